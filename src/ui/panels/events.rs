//! The events of a run: search, filters, a window of rows, and the way to one of them. It works on logs that were
//! tampered with as well: whatever cannot be read is shown raw and marked.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::event_row::EventRow;
use crate::run::AgentSpec;
use crate::ui::components::{Turns, Windows};
use crate::ui::desk::Feed;
use crate::ui::rows::{Filter, Row, Rows, WINDOW};
use crate::ui::words::audit as words;
use crate::web;

/// What the list knows besides its rows. `Copy`, shared with each row.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    pub(super) feed: Feed,
    /// The rows that are open.
    pub(super) open: RwSignal<BTreeSet<u64>>,
    /// The row that the address asks for.
    pub(super) at: Signal<Option<u64>>,
    /// The first row that a check found broken.
    pub(super) broken: Signal<Option<u64>>,
    /// What stands before an event's number in a link to it.
    pub(super) href: Option<&'static str>,
}

/// Rows that are built in one go.
const ROWS: usize = 25;

/// Turns for the rows of a run.
pub fn event_turns(feed: Feed) -> Turns {
    let events = feed.peek(|open| open.map_or(0, |open| open.run.log().entries().len()));
    Turns::for_rows(ROWS, events.min(WINDOW))
}

/// The list.
#[component]
pub fn EventList(
    /// The run.
    feed: Feed,
    /// The event that the address asks for.
    #[prop(into)]
    at: Signal<Option<u64>>,
    /// The first event that a check found broken.
    #[prop(into)]
    broken: Signal<Option<u64>>,
    /// Where events can be linked to, the number to be put behind it.
    #[prop(optional)]
    event_href: Option<&'static str>,
    /// The turns of the rows, for whoever waits for them.
    turns: Turns,
) -> impl IntoView {
    let rows = StoredValue::new(Rows::default());
    let filter = RwSignal::new(Filter::default());
    let window = RwSignal::new(0_usize);
    let listing = Listing { feed, open: RwSignal::new(BTreeSet::new()), at, broken, href: event_href };
    // The rows are a cache of the log: they grow when the log does, and nowhere else.
    let version = Memo::new(move |_| {
        feed.with(|open| {
            if let Some(open) = open {
                rows.update_value(|rows| rows.follow(&open.run, open.document.as_ref()));
            }
            rows.with_value(Rows::version)
        })
    });
    let passing = Memo::new_with_compare(
        move |_| {
            version.track();
            filter.with(|filter| rows.with_value(|rows| rows.passing(filter)))
        },
        |before, now| !before.zip(now).is_some_and(|(before, now)| same_rows(before, now)),
    );
    let shown = move || {
        passing.with(|rows| {
            let most = turns.rows().min(WINDOW);
            rows.iter().skip(window.get() * WINDOW).take(most).map(Arc::clone).collect::<Vec<_>>()
        })
    };
    Effect::new(move |_| {
        let Some(seq) = at.get() else { return };
        filter.set(Filter::default());
        let shown = (seq.saturating_sub(1)) as usize / WINDOW;
        if window.get_untracked() != shown {
            turns.restart(WINDOW);
            window.set(shown);
        }
        listing.open.update(|open| {
            open.insert(seq);
        });
        // After the row is there, and after a new page has taken the focus to its heading.
        web::spawn(async move {
            web::next_frame().await;
            web::next_frame().await;
            let row = format!("#event-{seq} > details > summary");
            while !web::page::reveal(&row) && turns.is_under_way() {
                web::next_frame().await;
            }
        });
    });
    let clear = move |_| {
        turns.restart(WINDOW);
        filter.set(Filter::default());
    };
    view! {
        <Filters feed filter rows version window turns />
        <p class="events-found hint" role="status">
            {move || words::found(passing.with(Vec::len), version.get().1)}
            {move || (!filter.with(Filter::is_empty)).then(|| view! {
                " "
                <button type="button" class="button-link" on:click=clear>
                    {words::CLEAR}
                </button>
            })}
        </p>
        <ol class="events">
            <For each=shown key=|row| (row.generation, row.seq) let(row)><EventRow row listing /></For>
        </ol>
        {move || passing.with(Vec::is_empty).then(|| view! { <p class="hint">{words::NONE_FOUND}</p> })}
        <Windows window turns count=Signal::derive(move || passing.with(Vec::len)) size=WINDOW name=words::EVENTS
            earlier=words::EARLIER later=words::LATER said=words::window
            reveal=".events > li:first-child > details > summary" later_id="events-later" />
    }
}

fn same_rows(before: &[Arc<Row>], now: &[Arc<Row>]) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(before, now)| Arc::ptr_eq(before, now))
}

/// Search and the two filters.
#[component]
fn Filters(
    feed: Feed,
    filter: RwSignal<Filter>,
    rows: StoredValue<Rows>,
    version: Memo<(u64, usize)>,
    window: RwSignal<usize>,
    turns: Turns,
) -> impl IntoView {
    let change = move |change: &dyn Fn(&mut Filter)| {
        turns.restart(WINDOW);
        window.set(0);
        filter.update(|filter| change(filter));
    };
    let types = Memo::new(move |_| {
        version.track();
        rows.with_value(Rows::types)
    });
    let agents = Memo::new(move |_| {
        let names =
            |agents: &[AgentSpec]| -> Vec<String> { agents.iter().map(|agent| agent.name.clone()).collect() };
        feed.with(|open| open.map(|open| names(&open.run.spec().agents))).unwrap_or_default()
    });
    let chosen_type = move || filter.with(|filter| filter.type_name.clone().unwrap_or_default());
    let chosen_agent =
        move || filter.with(|filter| filter.agent.map(|agent| agent.to_string()).unwrap_or_default());
    view! {
        <search class="events-filter">
            <div class="field">
                <label for="event-search">{words::SEARCH}</label>
                <input id="event-search" type="search" placeholder=words::SEARCH_HINT data-testid="event-search"
                    prop:value=move || filter.with(|filter| filter.search.clone())
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        change(&|filter| filter.search.clone_from(&typed));
                    } />
            </div>
            <div class="field">
                <label for="event-type">{words::TYPE}</label>
                <select id="event-type" data-testid="event-type" prop:value=chosen_type
                    on:change=move |event| {
                        let name = Some(event_target_value(&event)).filter(|name| !name.is_empty());
                        change(&|filter| filter.type_name.clone_from(&name));
                    }>
                    <option value="">{words::ALL_TYPES}</option>
                    <For each=move || types.get() key=Clone::clone let((name, count))>
                        <option value=name.clone() selected=move || chosen_type() == name>
                            {format!("{} ({count})", words::kind(&name))}
                        </option>
                    </For>
                </select>
            </div>
            <div class="field">
                <label for="event-agent">{words::AGENT}</label>
                <select id="event-agent" data-testid="event-agent" prop:value=chosen_agent
                    on:change=move |event| {
                        let agent = event_target_value(&event).parse().ok();
                        change(&|filter| filter.agent = agent);
                    }>
                    <option value="">{words::ALL_AGENTS}</option>
                    <For each=move || agents.get().into_iter().enumerate() key=Clone::clone let((place, name))>
                        <option value=place.to_string() selected=move || chosen_agent() == place.to_string()>{name}</option>
                    </For>
                </select>
            </div>
        </search>
    }
}
