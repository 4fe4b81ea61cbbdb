//! Every trade, newest first. A row never changes once it is there, except for which way it moved the leader.

use leptos::prelude::*;

use crate::aggregate::TradeNote;
use crate::ui::components::{Avatar, Turns};
use crate::ui::desk::Feed;
use crate::ui::format;
use crate::ui::words::{market, purchase, watch as words};

/// Rows shown until somebody asks for all.
const WINDOW: usize = 400;

/// Rows that are built in one go.
const ROWS: usize = 20;

/// What a row shows.
#[derive(Clone)]
struct Row {
    trade: TradeNote,
    who: String,
    what: String,
    outcomes: Vec<String>,
}

/// The trades of a run.
#[component]
pub fn Trades(feed: Feed) -> impl IntoView {
    let all = RwSignal::new(false);
    let count = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.story.trades.len())));
    let turns = Turns::for_rows(ROWS, count.get_untracked().min(WINDOW));
    let show_all = move |_| {
        turns.extend(count.get_untracked());
        all.set(true);
    };
    let keys = Memo::new(move |_| {
        let most = turns.rows().min(if all.get() { usize::MAX } else { WINDOW });
        feed.with(|open| {
            let open = open?;
            Some(
                open.story
                    .trades
                    .iter()
                    .rev()
                    .take(most)
                    .map(|trade| (open.opening, trade.seq))
                    .collect::<Vec<_>>(),
            )
        })
        .unwrap_or_default()
    });
    let leader = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.story.now.leader())));
    let far = Memo::new(move |_| feed.with(|open| open.map(|open| market::how_far(&open.run.spec().sizing))));
    view! {
        <section class="trades" aria-labelledby="trades-title">
            <h2 id="trades-title">{words::TRADES}" "<small>{move || purchase::counted(count.get())}</small></h2>
            {move || far.get().map(|far| view! {
                <details class="aside-more trade-far" data-testid="trade-far"><summary>{market::HOW_FAR}</summary><p>{far}</p></details>
            })}
            <Show when=move || 0 < count.get() fallback=|| view! { <p class="quiet">{words::NO_TRADES_YET}</p> }>
                <ol class="card trade-list" tabindex="0" aria-labelledby="trades-title">
                    <For each=move || keys.get() key=|key| *key let((_, seq))>
                        {find(feed, seq).map(|row| view! { <TradeRow feed row leader /> })}
                    </For>
                </ol>
            </Show>
            <Show when=move || WINDOW < count.get() && !all.get()>
                <button type="button" class="button" on:click=show_all>{words::SHOW_ALL}</button>
            </Show>
        </section>
    }
}

fn find(feed: Feed, seq: u64) -> Option<Row> {
    feed.peek(|open| {
        let open = open?;
        let spec = open.run.spec();
        let place = open.story.trades.binary_search_by_key(&seq, |trade| trade.seq).ok()?;
        let trade = open.story.trades.get(place)?.clone();
        Some(Row {
            who: words::agent_name(spec, trade.agent).to_owned(),
            what: purchase::bought(spec, &trade),
            outcomes: spec.outcomes.clone(),
            trade,
        })
    })
}

#[component]
fn TradeRow(feed: Feed, row: Row, leader: Memo<usize>) -> impl IntoView {
    let Row { trade, who, what, outcomes } = row;
    let (seq, agent, cost, round) = (trade.seq, trade.agent, trade.cost, trade.round);
    let later = move || feed.scrub.get().is_some_and(|at| at < seq);
    let moved = Memo::new(move |_| {
        let outcome = leader.get();
        let name = outcomes.get(outcome).cloned().unwrap_or_default();
        let (before, after) = (trade.before.get(outcome)?, trade.after.get(outcome)?);
        let words = format!(
            "{} {} → {}",
            format::short(&name, 16),
            format::percent_of(&trade.before, outcome),
            format::percent_of(&trade.after, outcome)
        );
        Some((after > before, words))
    });
    let rose = move || moved.with(|moved| moved.as_ref().is_some_and(|(rose, _)| *rose));
    let shown = who.clone();
    view! {
        <li class="trade" data-testid="trade-row" data-seq=seq.to_string() class:later=later>
            <Avatar name=who place=agent />
            <span class="trade-what"><strong>{shown}</strong>" "{what}</span>
            <span class="trade-move number" class:up=rose class:down=move || !rose()>
                <span aria-hidden="true">{move || if rose() { "▲ " } else { "▽ " }}</span>
                {move || moved.with(|moved| moved.as_ref().map(|(_, words)| words.clone()))}
            </span>
            <span class="trade-cost number">{purchase::for_amount(cost)}</span>
            <a class="trade-link" href=format!("#/run/audit?at={seq}")>{words::round(round)}</a>
        </li>
    }
}
