//! Ways to answer the question of a finished run that have to ask again, each with its cost before and its result after.

use leptos::prelude::*;

use crate::agents::estimate_turns;
use crate::aggregate::{Way, comparison};
use crate::audit::Digest;
use crate::run::{AgentKind, RunSpec};
use crate::ui::components::Turns;
use crate::ui::desk::{Bindings, Feed, use_desk};
use crate::ui::format;
use crate::ui::words::{comparisons as words, prices, turns};
use crate::web;

/// What is known of a finished run without looking further.
#[derive(Clone, Debug, PartialEq)]
struct Original {
    spec: RunSpec,
    ends: Vec<Digest>,
    kept: Option<String>,
    ways: Vec<Way>,
}

/// Frames between the end of a run and this list.
const FRAMES_LATER: usize = 3;

/// The list; nothing before the run is over.
#[component]
pub fn Comparisons(
    /// The run.
    feed: Feed,
    /// The outcome whose figure is shown.
    leader: Signal<usize>,
) -> impl IntoView {
    let desk = use_desk();
    let over = Memo::new(move |_| feed.with(|open| open.is_some_and(|open| open.run.state().is_closed())));
    // A run's end is work enough for one task: what it could be compared with comes some frames later.
    let due = RwSignal::new(false);
    Effect::new(move |_| {
        if !over.get() {
            due.set(false);
            return;
        }
        web::spawn(async move {
            for _ in 0..FRAMES_LATER {
                web::next_frame().await;
            }
            due.try_set(over.try_get_untracked() == Some(true));
        });
    });
    let original = Memo::new(move |_| {
        if !due.get() {
            return None;
        }
        feed.with(|open| {
            let open = open.filter(|open| open.run.state().is_closed())?;
            let ways = Way::ALL.into_iter().filter(|way| comparison(&open.run, *way).is_some());
            Some(Original {
                spec: open.run.spec().clone(),
                ends: open.run.ends(),
                kept: open.kept.clone(),
                ways: ways.collect(),
            })
        })
    });
    move || {
        let found = original.get().filter(|_| !desk.route.read().is_embedded())?;
        Some(match found.spec.compared_with() {
            Some(with) => view! { <Back with /> }.into_any(),
            None => view! { <Offered feed original=found leader /> }.into_any(),
        })
    }
}

/// The way back from a comparison.
#[component]
fn Back(with: Digest) -> impl IntoView {
    let desk = use_desk();
    let kept = Memo::new(move |_| desk.kept_as(with));
    view! {
        <div class="comparisons" data-testid="comparison-of">
            <p class="hint">{words::IS_ONE}</p>
            {move || match kept.get() {
                Some(id) => view! {
                    <button type="button" class="button" data-testid="comparison-original"
                        on:click=move |_| desk.open_kept(&id)>{words::OPEN_ORIGINAL}</button>
                }.into_any(),
                None => view! { <p class="hint">{words::ORIGINAL_GONE}</p> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Offered(feed: Feed, original: Original, leader: Signal<usize>) -> impl IntoView {
    let desk = use_desk();
    let Original { spec, ends, kept, ways } = original;
    let person = spec.agents.iter().any(|agent| agent.kind.is_person());
    let bindings = RwSignal::new(None::<Bindings>);
    let asked = spec.clone();
    let connections = desk.connections;
    // Also when a connection is saved or removed meanwhile.
    Effect::new(move |_| {
        connections.track();
        let (kept, asked) = (kept.clone(), asked.clone());
        web::spawn(async move {
            let found = desk.bindings_like(kept, &asked).await;
            bindings.try_set(Some(found));
        });
    });
    let ends = StoredValue::new(ends);
    let turns = Turns::for_rows(1, ways.len());
    let none = ways.is_empty();
    let ways = StoredValue::new(ways);
    let rows = move || 0..ways.with_value(Vec::len).min(turns.rows());
    view! {
        <div class="comparisons" data-testid="comparisons">
            <h3>{words::TITLE}</h3>
            {if none {
                view! { <p class="hint">{words::REDUCED}</p> }.into_any()
            } else {
                view! {
                    <p class="hint">{words::WHAT}{person.then(|| format!(" {}", words::WITHOUT_YOU))}</p>
                    <ul class="comparison-list">
                        <For each=rows key=|place| *place let:place>
                            {ways.with_value(|ways| ways.get(place).copied())
                                .map(|way| view! { <WayRow feed way bindings ends leader /> })}
                        </For>
                    </ul>
                }.into_any()
            }}
        </div>
    }
}

/// One way: what it would take, the button, and what came of it.
#[component]
fn WayRow(
    feed: Feed,
    way: Way,
    bindings: RwSignal<Option<Bindings>>,
    ends: StoredValue<Vec<Digest>>,
    leader: Signal<usize>,
) -> impl IntoView {
    let desk = use_desk();
    let plan =
        Memo::new(move |_| bindings.get().and_then(|found| desk.planned_comparison(feed, way, &found)));
    let result = Memo::new(move |_| {
        let found = ends.with_value(|ends| desk.comparisons_with(ends));
        found.into_iter().find(|(_, card)| {
            card.comparison.as_ref().is_some_and(|comparison| Way::of(&comparison.mode) == Some(way))
        })
    });
    let figure = move || {
        result.get().map(|(_, card)| {
            let price = card.comparison.and_then(|comparison| comparison.prices.get(leader.get()).copied());
            match (card.ending, price) {
                (Some(_), Some(price)) => view! {
                    <b class="number" data-testid="comparison-result" data-value=price.to_string()>
                        {format::percent(price)}
                    </b>
                }
                .into_any(),
                _ => view! { <span class="hint">{words::UNFINISHED}</span> }.into_any(),
            }
        })
    };
    let confirming = RwSignal::new(false);
    move || {
        let Some(spec) = plan.get() else {
            return view! { <li class="comparison"><p class="hint">{words::LOADING}</p></li> }.into_any();
        };
        let slug = words::slug(&spec.mode);
        let title = turns::mode(&spec.mode);
        let uses = words::uses(estimate_turns(&spec).as_ref());
        view! {
            <li class="comparison" data-testid=format!("comparison-{slug}")>
                <p class="comparison-head"><span>{title}</span>{figure}</p>
                <p class="hint">{words::plan(&spec.mode, spec.agents.len())}": "
                    <span data-testid="comparison-uses">{uses.clone()}</span></p>
                <Doing feed way spec bindings confirming uses />
                {move || result.get().map(|(id, _)| view! {
                    <button type="button" class="button" data-testid="comparison-open"
                        aria-label=format!("{}: {title}", words::OPEN)
                        on:click=move |_| desk.open_kept(&id)>{words::OPEN}</button>
                })}
            </li>
        }
        .into_any()
    }
}

/// The button, and the question before money is spent.
#[component]
fn Doing(
    feed: Feed,
    way: Way,
    spec: RunSpec,
    bindings: RwSignal<Option<Bindings>>,
    confirming: RwSignal<bool>,
    uses: String,
) -> impl IntoView {
    let desk = use_desk();
    let title = turns::mode(&spec.mode);
    let found = bindings.get_untracked().unwrap_or_default();
    let unbound =
        spec.agents.iter().zip(&found).any(|(agent, bound)| agent.kind.is_model() && bound.is_none());
    if unbound {
        return view! {
            <p class="hint" data-testid="comparison-unbound">{words::NO_CONNECTION}" "
                <a href="#/settings">{words::NO_CONNECTION_NEXT}</a></p>
        }
        .into_any();
    }
    let costs = desk.may_cost(&spec, &found);
    let start = move || {
        let Some(found) = bindings.get_untracked() else { return };
        desk.start_comparison(feed, way, found);
    };
    let press = move |_| {
        if costs {
            confirming.set(true);
            request_animation_frame(|| {
                web::page::focus("[data-testid='comparison-start']");
            });
        } else {
            start();
        }
    };
    let names = desk.connection_names(&found);
    let unpriced = unpriced(&spec);
    let limited = spec.stop.max_cost_micro_usd.is_some() && !unpriced.is_empty();
    view! {
        <Show when=move || confirming.get() fallback=move || view! {
            <button type="button" class="button" data-testid="comparison-run"
                aria-label=format!("{}: {title}", if costs { words::ASK } else { words::RUN }) on:click=press>
                {if costs { words::ASK } else { words::RUN }}
            </button>
        }>
            <div class="comparison-confirm" role="group" aria-label=title>
                <p>{words::confirm(&uses, &names)}</p>
                {limited.then(|| view! { <p>{prices::cannot_enforce(&unpriced)}</p> })}
                <button type="button" class="button button-primary" data-testid="comparison-start"
                    on:click=move |_| start()>{words::START}</button>
                <button type="button" class="button button-quiet" data-testid="comparison-cancel"
                    on:click=move |_| confirming.set(false)>{words::CANCEL}</button>
            </div>
        </Show>
    }
    .into_any()
}

/// The models without a price, each once.
fn unpriced(spec: &RunSpec) -> Vec<String> {
    let mut models: Vec<String> = Vec::new();
    for agent in &spec.agents {
        if let AgentKind::Model { model, price: None, .. } = &agent.kind
            && !models.contains(model)
        {
            models.push(model.clone());
        }
    }
    models
}
