//! The move that the chart's cursor points at: who made it, how far it went, with which argument, what it cost. Nothing
//! pointed at, it is the strongest.

use leptos::prelude::*;

use crate::aggregate::moves::{Move, call_behind, forecast_behind, move_at, strongest_move};
use crate::aggregate::{Story, call_cost};
use crate::run::{Run, RunSpec};
use crate::ui::chart::point_at;
use crate::ui::components::Avatar;
use crate::ui::desk::{Feed, use_desk};
use crate::ui::words::{voices, watch, why as words};

/// What the card shows.
#[derive(Clone, Debug, PartialEq)]
struct Card {
    step: usize,
    last: usize,
    seq: u64,
    heading: String,
    /// Whose it is: name and place.
    who: Vec<(String, usize)>,
    title: String,
    /// The change of the leading outcome.
    change: f64,
    moved: Vec<String>,
    said: Vec<(Option<String>, String)>,
    reasoning: String,
    facts: Vec<String>,
}

fn card(run: &Run, story: &Story, at: Option<u64>) -> Option<Card> {
    let spec = run.spec();
    let leader = story.now.leader();
    let step = match at {
        None => strongest_move(story, leader, u64::MAX)?,
        Some(seq) => move_at(story, story.points_by(seq).saturating_sub(1))?,
    };
    let last = story.path.len() - 1;
    let number = words::step_of(step.step, last, spec.mode.is_market());
    let heading = if at.is_none() { format!("{} · {number}", words::STRONGEST) } else { number };
    let several = step.by.len() > 1;
    let named = |agent: usize| watch::agent_name(spec, agent).to_owned();
    let said = step.by.iter().filter(|voice| !voice.words.is_empty());
    Some(Card {
        step: step.step,
        last,
        seq: step.seq,
        heading,
        who: step.by.iter().take(4).map(|voice| (named(voice.agent), voice.agent)).collect(),
        title: words::together(spec, &step),
        change: step.change(leader),
        moved: moved(spec, &step, leader),
        said: said.map(|voice| (several.then(|| named(voice.agent)), voices::said(&voice.words))).collect(),
        reasoning: reasoning(run, &step),
        facts: facts(run, story, &step),
    })
}

/// How the leading outcome moved, and the one that moved most if it is another.
fn moved(spec: &RunSpec, step: &Move, leader: usize) -> Vec<String> {
    let far = |outcome: &usize| step.change(*outcome).abs();
    let most = (0..step.after.len()).rev().max_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(leader);
    let shown = [Some(leader), (step.after.len() > 2 && most != leader).then_some(most)];
    shown.into_iter().flatten().map(|outcome| words::moved(spec, step, outcome)).collect()
}

fn reasoning(run: &Run, step: &Move) -> String {
    let behind = step.owner().and_then(|voice| forecast_behind(run, voice.agent, step.seq));
    // An argument is its own reason; a forecast that follows it is somebody else's.
    behind.filter(|_| step.trade.is_some()).map_or_else(String::new, |forecast| forecast.reasoning.clone())
}

/// What it cost, in play money and in calls.
fn facts(run: &Run, story: &Story, step: &Move) -> Vec<String> {
    let spec = run.spec();
    let mut facts = Vec::new();
    if let Some(trade) = step.trade.and_then(|trade| story.trades.get(trade)) {
        facts.push(words::paid(spec, trade));
    }
    let Some(voice) = step.owner() else {
        facts.push(words::TOGETHER_WHY.to_owned());
        return facts;
    };
    let Some(kind) = spec.agents.get(voice.agent).map(|agent| &agent.kind) else { return facts };
    if kind.is_simulated() {
        facts.push(words::NO_CALL.to_owned());
    } else if kind.is_person() {
        facts.push(words::BY_HAND.to_owned());
    } else if let Some(call) = call_behind(run, voice.agent, voice.seq) {
        facts.push(words::call_cost(spec, &call_cost(spec, call)));
    }
    facts
}

/// The card beside the chart.
#[component]
pub(super) fn Pointed(feed: Feed, event_href: Option<&'static str>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let at = feed.scrub.get();
        feed.with(|open| open.and_then(|open| card(&open.run, &open.story, at)))
    });
    view! {
        <section class="card why-move" data-testid="why-move"
            data-seq=move || shown.with(|card| card.as_ref().map(|card| card.seq.to_string()))
            data-value=move || shown.with(|card| card.as_ref().map(|card| card.change.to_string()))>
            {move || match shown.get() {
                Some(card) => view! { <CardView card event_href /> }.into_any(),
                None => view! { <p class="quiet">{words::NO_MOVES}</p> }.into_any(),
            }}
            <Steps feed shown />
            <p class="hint">{words::POINT}</p>
        </section>
    }
}

#[component]
fn CardView(card: Card, event_href: Option<&'static str>) -> impl IntoView {
    let Card { seq, heading, who, title, change, moved, said, reasoning, facts, .. } = card;
    let avatars = who.into_iter().map(|(name, place)| view! { <Avatar name place /> }).collect_view();
    let quotes = said.into_iter().map(|(who, words)| {
        let who = who.map(|who| view! { <footer>{who}</footer> });
        view! { <blockquote>{words}{who}</blockquote> }
    });
    let quotes: Vec<_> = quotes.collect();
    let silent = quotes.is_empty().then(|| view! { <p class="quiet">{words::NO_WORDS}</p> });
    view! {
        <h2>{heading}</h2>
        <p class="why-who">{avatars}<strong>{title}</strong></p>
        <p class="why-change number" class:up=0.0 <= change class:down=change < 0.0>
            <span aria-hidden="true">{if change < 0.0 { "▽ " } else { "▲ " }}</span>{watch::points(change)}
        </p>
        {moved.into_iter().map(|line| view! { <p class="why-moved number">{line}</p> }).collect_view()}
        {quotes.collect_view()}{silent}
        {(!reasoning.is_empty()).then(|| view! {
            <details class="why-reasons"><summary>{words::AT_LENGTH}</summary><p>{reasoning}</p></details>
        })}
        <ul class="why-facts">
            {facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view()}
            {event_href.map(|href| view! {
                <li><a href=format!("{href}{seq}")>{words::event(seq)}</a></li>
            })}
        </ul>
    }
}

/// From move to move without a mouse on the chart.
#[component]
fn Steps(feed: Feed, shown: Memo<Option<Card>>) -> impl IntoView {
    let desk = use_desk();
    let place = move || shown.with(|card| card.as_ref().map_or((0, 0), |card| (card.step, card.last)));
    let steps = move || feed.with(|open| open.map_or(0, |open| open.story.path.len() - 1));
    let go = move |to: usize| {
        point_at(feed, to);
        if let Some(Card { heading, title, moved, .. }) = shown.get_untracked() {
            desk.announce(format!("{heading}. {title}. {}", moved.join(". ")));
        }
    };
    view! {
        <div class="why-steps">
            <button type="button" class="button" data-testid="why-earlier" disabled=move || place().0 <= 1
                on:click=move |_| go(untrack(place).0.saturating_sub(1))>{words::EARLIER}</button>
            <button type="button" class="button" data-testid="why-later" disabled=move || steps() <= place().0
                on:click=move |_| go(untrack(place).0 + 1)>{words::LATER}</button>
        </div>
    }
}
