//! What moved the price: the strongest trades, with the words behind them.

use leptos::prelude::*;

use crate::aggregate::strongest_pushes;
use crate::ui::components::Avatar;
use crate::ui::desk::Feed;
use crate::ui::words::{purchase, voices, watch as words};

/// How many are shown.
const SHOWN: usize = 5;

/// One of them, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    seq: u64,
    agent: usize,
    who: String,
    words: String,
    change: f64,
    number: u32,
}

/// The ranking.
#[component]
pub fn Pushes(feed: Feed) -> impl IntoView {
    let rows = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            let spec = open.run.spec();
            let found =
                strongest_pushes(&open.story, open.story.now.leader(), spec.liquidity_micros.units(), SHOWN);
            let row = |push: crate::aggregate::Push| Row {
                seq: push.trade.seq,
                agent: push.trade.agent,
                who: words::agent_name(spec, push.trade.agent).to_owned(),
                words: if push.trade.headline.is_empty() {
                    purchase::bought(spec, &push.trade)
                } else {
                    voices::said(&push.trade.headline)
                },
                change: push.change,
                number: push.trade.number,
            };
            Some(found.into_iter().map(row).collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    view! {
        <section class="pushes" aria-labelledby="pushes-title">
            <h2 id="pushes-title">{words::PUSHES}</h2>
            <Show when=move || rows.with(|rows| !rows.is_empty())
                fallback=|| view! { <p class="quiet">{words::PUSHES_EMPTY}</p> }>
                <ol class="card push-list">
                    {move || rows.get().into_iter().map(|row| view! { <PushRow feed row /> }).collect_view()}
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn PushRow(feed: Feed, row: Row) -> impl IntoView {
    let Row { seq, agent, who, words: said, change, number } = row;
    let shown = who.clone();
    view! {
        <li class="push">
            <Avatar name=who place=agent />
            <span class="push-what"><strong>{shown}</strong><span>{said}</span></span>
            <span class="push-change number" class:up=0.0 <= change class:down=change < 0.0>
                <span aria-hidden="true">{if change < 0.0 { "▽ " } else { "▲ " }}</span>{words::points(change)}
            </span>
            <button type="button" class="push-link" on:click=move |_| feed.scrub.set(Some(seq))>
                {words::trade_number(number)}
            </button>
        </li>
    }
}
