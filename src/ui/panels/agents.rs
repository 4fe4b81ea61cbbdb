//! The panel: one row an agent.

use leptos::prelude::*;

use super::agent_row::AgentRow;
use crate::aggregate::Moment;
use crate::aggregate::consensus::consensus;
use crate::ui::components::Turns;
use crate::ui::desk::Feed;
use crate::ui::words::{watch as words, why};

/// Rows that are built in one go.
const ROWS: usize = 3;

/// The agents, in roster order.
#[component]
pub fn Agents(
    /// The run.
    feed: Feed,
    /// How it stood where the scrubber is.
    moment: Memo<Option<Moment>>,
) -> impl IntoView {
    let count = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.run.spec().agents.len())));
    let turns = Turns::for_rows(ROWS, count.get_untracked());
    let awaited = Memo::new(move |_| {
        feed.with(|open| {
            let open = open.filter(|open| open.driven)?;
            words::waiting_for(open.run.spec(), &open.live)
        })
    });
    let apart = Memo::new(move |_| {
        feed.with(|open| {
            let spec = open?.run.spec();
            moment.with(|moment| why::disagree(spec, &consensus(spec, moment.as_ref()?)))
        })
    });
    view! {
        <section class="card agents" aria-labelledby="agents-title">
            <h2 id="agents-title">{words::PANEL}</h2>
            {move || awaited.get().map(|awaited| view! { <p class="agents-awaited" data-testid="waiting-for">{awaited}</p> })}
            {move || apart.get().map(|apart| view! { <p class="agents-apart hint" data-testid="disagree">{apart}</p> })}
            <ul>
                <For each=move || 0..count.get().min(turns.rows()) key=|agent| *agent let:agent>
                    <AgentRow feed moment agent />
                </For>
            </ul>
        </section>
    }
}
