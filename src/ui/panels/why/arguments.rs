//! Every argument for an outcome and against it, ranked by how far it moved the answer. A press points the chart at
//! its strongest move.

use leptos::prelude::*;

use crate::aggregate::Moment;
use crate::aggregate::case::{Argument, case};
use crate::ui::components::{Avatar, Meter};
use crate::ui::desk::Feed;
use crate::ui::words::{voices, watch, why as words};

/// Arguments of a side that are shown at first.
const SHOWN: usize = 4;

/// One argument, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    seq: u64,
    agent: usize,
    who: String,
    said: String,
    change: String,
    /// Of the strongest of both sides, in [−1, 1].
    size: f64,
    rose: bool,
    cost: Option<String>,
}

/// One side.
#[derive(Clone, Debug, PartialEq)]
struct Side {
    title: String,
    outcome: Option<usize>,
    rows: Vec<Row>,
}

/// The two sides.
#[component]
pub(super) fn Arguments(feed: Feed, moment: Memo<Option<Moment>>) -> impl IntoView {
    let chosen = RwSignal::new(None::<usize>);
    let leader = Memo::new(move |_| moment.with(|moment| moment.as_ref().map_or(0, Moment::leader)));
    let about = Memo::new(move |_| chosen.get().unwrap_or_else(|| leader.get()));
    let names = Memo::new(move |_| {
        feed.with(|open| open.map_or_else(Vec::new, |open| open.run.spec().outcomes.clone()))
    });
    let sides = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            moment.with(|moment| {
                let (spec, outcome) = (open.run.spec(), about.get());
                let binary = spec.outcome_count() == 2;
                let found = case(&open.story, moment.as_ref()?, outcome);
                let most = found.pro.iter().chain(&found.con).filter_map(|argument| argument.change);
                let most = most.map(f64::abs).fold(0.0, f64::max);
                // Of two answers, what falls for the one rises for the other.
                let own = |argument: &Argument, speaks_for: bool| {
                    if speaks_for || !binary { argument.clone() } else { argument.mirrored() }
                };
                let row = |argument: Argument| Row {
                    seq: argument.seq,
                    agent: argument.agent,
                    who: watch::agent_name(spec, argument.agent).to_owned(),
                    change: words::argument_change(&argument),
                    size: argument.share_of(most),
                    rose: argument.change.is_none_or(|change| change >= 0.0),
                    cost: argument.cost.map(words::argument_cost),
                    said: voices::said(&argument.words),
                };
                let name = |outcome: usize| watch::outcome_name(spec, outcome);
                let other = if binary { 1 - outcome } else { outcome };
                let side = |speaks_for: bool, arguments: &[Argument]| Side {
                    title: words::side(spec, name(outcome), speaks_for, name(other)),
                    outcome: if speaks_for { Some(outcome) } else { binary.then_some(other) },
                    rows: arguments.iter().map(|argument| row(own(argument, speaks_for))).collect(),
                };
                Some([side(true, &found.pro), side(false, &found.con)])
            })
        })
    });
    view! {
        <section class="why-case" aria-labelledby="case-title">
            <h2 id="case-title">{words::CASE}</h2>
            <p class="hint">{words::CASE_WHAT}</p>
            <Show when=move || names.with(|names| 2 < names.len())>
                <div class="chips" role="group" aria-label=words::CASE_ABOUT>
                    {move || names.get().into_iter().enumerate().map(|(place, name)| view! {
                        <button type="button" class="button button-small" data-outcome=place.to_string()
                            aria-pressed=move || (about.get() == place).to_string()
                            on:click=move |_| chosen.set(Some(place))><span class="swatch"></span>{name}</button>
                    }).collect_view()}
                </div>
            </Show>
            <div class="why-sides">
                {move || sides.get().map(|sides| {
                    let ids = ["case-pro", "case-con"];
                    ids.into_iter().zip(sides).map(|(id, side)| view! { <SideView feed side id /> }).collect_view()
                })}
            </div>
        </section>
    }
}

#[component]
fn SideView(feed: Feed, side: Side, id: &'static str) -> impl IntoView {
    let all = RwSignal::new(false);
    let Side { title, outcome, rows } = side;
    let more = rows.len() > SHOWN;
    let none = rows.is_empty();
    let shown = move || {
        let most = if all.get() { usize::MAX } else { SHOWN };
        rows.iter().take(most).cloned().map(|row| view! { <ArgumentRow feed row /> }).collect_view()
    };
    view! {
        <section class="card why-side" aria-labelledby=id data-testid=id
            data-outcome=outcome.map(|outcome| outcome.to_string())>
            <h3 id=id><span class="swatch"></span>{title}</h3>
            {none.then(|| view! { <p class="quiet">{words::NO_ARGUMENTS}</p> })}
            <ol>{shown}</ol>
            <Show when=move || more && !all.get()>
                <button type="button" class="button button-small" on:click=move |_| all.set(true)>{words::SHOW_ALL}</button>
            </Show>
        </section>
    }
}

#[component]
fn ArgumentRow(feed: Feed, row: Row) -> impl IntoView {
    let Row { seq, agent, who, said, change, size, rose, cost } = row;
    let shown = who.clone();
    let silent = said.is_empty().then_some(words::NO_WORDS);
    view! {
        <li class="why-argument" data-testid="why-argument">
            <Avatar name=who place=agent />
            <div class="why-said">
                <p>{said}{silent.map(|silent| view! { <span class="quiet">{silent}</span> })}</p>
                <p class="hint"><strong>{shown}</strong>{cost.map(|cost| format!(" · {cost}"))}</p>
                <Meter value=size signed=false />
            </div>
            <button type="button" class="push-link number" class:up=rose class:down=!rose
                on:click=move |_| feed.scrub.set(Some(seq))>{change}</button>
        </li>
    }
}
