//! What tokens cost: every model in use with its price and who says so, and the refresh from OpenRouter's list, which
//! shows what it would change before it does.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::agents::prices::{DatedList, PriceChanges, PriceSource};
use crate::session::ConnectionId;
use crate::ui::desk::{PriceBook, use_desk};
use crate::ui::draft::SeatKind;
use crate::ui::pages::price_editor::PriceEditor;
use crate::ui::words::prices as words;
use crate::web;

/// The most changes that a preview lists.
const MOST_SHOWN: usize = 12;

/// One line of the card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    connection: ConnectionId,
    name: String,
    model: String,
}

/// The card.
#[component]
pub(super) fn Prices() -> impl IntoView {
    let desk = use_desk();
    let lines = Memo::new(move |_| lines());
    let about = move || desk.prices.with(|book| words::about(book.fetched_on()));
    view! {
        <section class="card" data-testid="prices">
            <h2>{words::TITLE}</h2>
            <p class="settings-what">{about}</p>
            <Show when=move || lines.with(Vec::is_empty)>
                <p class="settings-empty">{words::NO_MODELS}</p>
            </Show>
            <ul class="price-list">
                <For each=move || lines.get() key=|line| (line.connection.0, line.name.clone(), line.model.clone()) let(line)>
                    <PriceLine line />
                </For>
            </ul>
            <Refresh />
        </section>
    }
}

/// The models that the connections, the Ask form and the person's own prices name.
fn lines() -> Vec<Line> {
    let desk = use_desk();
    let seats = desk.draft.with(|draft| desk.with_preset(|preset| draft.seats(preset)));
    desk.connections.with(|saved| {
        let mut lines = BTreeSet::new();
        for (place, connection) in saved.iter().enumerate() {
            let mut models: Vec<String> = vec![connection.model.clone()];
            models.extend(desk.prices.with(|book| owned(book, connection.id)));
            for seat in &seats {
                // A seat without a connection of its own takes the first.
                let here = seat.connection.map_or(place == 0, |id| id == connection.id);
                if let (SeatKind::Model { model, .. }, true) = (&seat.kind, here) {
                    models.push(model.trim().to_owned());
                }
            }
            for model in models.into_iter().filter(|model| !model.is_empty()) {
                lines.insert(Line { connection: connection.id, name: connection.name.clone(), model });
            }
        }
        lines.into_iter().collect()
    })
}

fn owned(book: &PriceBook, connection: ConnectionId) -> Vec<String> {
    book.own_models(connection).map(str::to_owned).collect()
}

#[component]
fn PriceLine(line: Line) -> impl IntoView {
    let desk = use_desk();
    let Line { connection, name, model } = line;
    let found = {
        let model = model.clone();
        Memo::new(move |_| desk.price_of(connection, &model))
    };
    let own = move || found.with(|found| matches!(found, Some((_, PriceSource::Own))));
    let says = move || found.with(|found| words::source(found.as_ref().map(|(_, source)| source)));
    let drop = {
        let model = model.clone();
        move |_| desk.set_price(connection, &model, None)
    };
    let editor = model.clone();
    view! {
        <li class="price-line" data-testid="price-line">
            <p>
                <strong>{model}</strong>" "<span class="hint">{name}</span>" "
                <span class="tag" class:tag-warn=move || found.with(Option::is_none)>{says}</span>
            </p>
            // Drawn anew when another list or price counts.
            {move || { found.track(); view! { <PriceEditor connection model=editor.clone() /> } }}
            <Show when=own>
                <button type="button" class="button button-quiet button-small" on:click=drop.clone()>{words::DROP}</button>
            </Show>
        </li>
    }
}

/// What the refresh has come to.
#[derive(Clone, Debug, PartialEq)]
enum Fetched {
    Nothing,
    UnderWay,
    Failed(String),
    Offer(DatedList, PriceChanges),
    Applied,
}

#[component]
fn Refresh() -> impl IntoView {
    let desk = use_desk();
    let fetched = RwSignal::new(Fetched::Nothing);
    let busy = move || fetched.with(|fetched| *fetched == Fetched::UnderWay);
    let refresh = move |_| {
        fetched.set(Fetched::UnderWay);
        web::spawn(async move {
            let found = desk.fetch_prices().await;
            fetched.try_set(match found {
                Ok((list, changes)) => Fetched::Offer(list, changes),
                Err(problem) => Fetched::Failed(problem),
            });
        });
    };
    view! {
        <div class="settings-actions">
            <button type="button" class="button" data-testid="prices-refresh" prop:disabled=busy on:click=refresh>
                {move || if busy() { words::REFRESHING } else { words::REFRESH }}
            </button>
            <span class="hint">{words::REFRESH_WHAT}</span>
        </div>
        <div role="status">
            {move || match fetched.get() {
                Fetched::Nothing | Fetched::UnderWay => ().into_any(),
                Fetched::Failed(problem) => view! {
                    <p class="test-result" data-status="error">{words::REFRESH_FAILED}": "{problem}</p>
                }.into_any(),
                Fetched::Applied => view! { <p>{words::APPLIED}</p> }.into_any(),
                Fetched::Offer(list, changes) => view! { <Offer fetched list changes /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Offer(fetched: RwSignal<Fetched>, list: DatedList, changes: PriceChanges) -> impl IntoView {
    let desk = use_desk();
    let rest = changes.changed.len().saturating_sub(MOST_SHOWN);
    let apply = move |_| {
        desk.use_prices(list.clone());
        fetched.set(Fetched::Applied);
    };
    view! {
        <div class="notice price-offer" data-testid="prices-preview">
            <div>
                <p>{words::changes(&changes)}</p>
                <ul>
                    {changes.changed.iter().take(MOST_SHOWN).map(|(name, before, after)| view! {
                        <li>{words::change(name, *before, *after)}</li>
                    }).collect_view()}
                    {(rest > 0).then(|| view! { <li>{words::more(rest)}</li> })}
                </ul>
                <div class="settings-actions">
                    <button type="button" class="button button-primary" data-testid="prices-apply" on:click=apply>
                        {words::APPLY}
                    </button>
                    <button type="button" class="button" on:click=move |_| fetched.set(Fetched::Nothing)>
                        {words::KEEP}
                    </button>
                </div>
            </div>
        </div>
    }
}
