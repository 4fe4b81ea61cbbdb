//! The experts' figures: what each agent's moves were worth, its fair share, the run without it, in another order, with
//! other liquidity; how few decided it, and whether it came to rest. Each with a sentence that says what it means.

use leptos::prelude::*;

use super::figures::{Figure, Figures, largest};
use super::inquiry::{Found, Inquiry, Stage};
use crate::aggregate::Yardstick;
use crate::aggregate::analysis::LIQUIDITY_SCALE;
use crate::aggregate::attribution::weighed_credits;
use crate::aggregate::diagnostics::{Diagnostics, concentration, last_wanted_move};
use crate::market::Maker;
use crate::run::Mode;
use crate::ui::components::Place;
use crate::ui::desk::{Feed, OpenRun};
use crate::ui::format;
use crate::ui::words::{watch, why_detail as words, why_rest};

/// The place of the run's own liquidity on the scale.
const OWN_LIQUIDITY: usize = LIQUIDITY_SCALE.len() / 2;

/// All of them.
#[component]
pub(super) fn Detail(feed: Feed, inquiry: Inquiry) -> impl IntoView {
    let elsewhere =
        Memo::new(move |_| feed.with(|open| open.and_then(|open| words::not_here(open.run.spec()))));
    let state = move || match inquiry.stage.get() {
        Stage::Nothing => "nothing",
        Stage::Open => "open",
        Stage::Working(..) => "working",
        Stage::Done => "done",
        Stage::Cancelled => "cancelled",
    };
    view! {
        <section class="why-detail" aria-labelledby="detail-title" data-testid="why-detail" data-state=state>
            <h2 id="detail-title">{words::DETAIL}</h2>
            {move || match elsewhere.get() {
                Some(elsewhere) => view! {
                    <p class="why-lead" data-testid="why-not-here">{elsewhere}</p>
                    <div class="why-cards"><Rest feed /></div>
                }.into_any(),
                None => view! {
                    <p class="why-lead">{words::HELD_FIXED}</p>
                    <Progress inquiry />
                    <div class="why-cards">
                        <Credit feed /><Replayed feed inquiry /><Few feed /><Rest feed />
                    </div>
                }.into_any(),
            }}
        </section>
    }
}

/// How far the replays are, with what can be done about it.
#[component]
fn Progress(inquiry: Inquiry) -> impl IntoView {
    let button = move |label: &'static str, test_id: &'static str| {
        view! {
            <button type="button" class="button" data-testid=test_id on:click=move |_| inquiry.begin()>{label}</button>
        }
    };
    move || {
        match inquiry.stage.get() {
        Stage::Working(done, total) => Some(
            view! {
                <div class="why-progress" role="status">
                    <progress max=total.to_string() prop:value=done as f64 aria-label=words::REPLAYS></progress>
                    <span class="number" aria-hidden="true">{words::progress(done, total)}</span>
                    <button type="button" class="button" data-testid="why-cancel" on:click=move |_| inquiry.cancel()>
                        {words::CANCEL}
                    </button>
                </div>
            }
            .into_any(),
        ),
        Stage::Open => Some(
            view! { <div class="why-progress"><p>{words::STILL_OPEN}</p>{button(words::WORK_OUT, "why-begin")}</div> }
                .into_any(),
        ),
        Stage::Cancelled => Some(
            view! { <div class="why-progress"><p>{words::CANCELLED}</p>{button(words::WORK_OUT, "why-begin")}</div> }
                .into_any(),
        ),
        Stage::Nothing => Some(view! { <p class="quiet">{words::NO_TRADES}</p> }.into_any()),
        Stage::Done => None,
    }
    }
}

/// A figure for each agent.
fn figures(open: &OpenRun, values: &[f64], errors: &[Option<f64>]) -> Vec<Figure> {
    let most = largest(values);
    let of = |(agent, value): (usize, &f64)| {
        let error = errors.get(agent).copied().flatten();
        let who = watch::agent_name(open.run.spec(), agent).to_owned();
        Figure::new(agent, who, *value, most, error, words::with_error(*value, error))
    };
    values.iter().enumerate().map(of).collect()
}

/// What each agent's moves were worth.
#[component]
fn Credit(feed: Feed) -> impl IntoView {
    let found = Memo::new(move |_| {
        feed.with(|open| {
            let open = open.filter(|open| !open.story.trades.is_empty())?;
            let spec = open.run.spec();
            let measure = Yardstick::of(&open.story.now);
            let parts = weighed_credits(&open.story, &measure, spec.liquidity_micros.units());
            let total = parts.iter().sum::<f64>();
            let what = words::credit_what(spec, &measure);
            Some((
                what,
                figures(open, &parts, &[]),
                words::credit(total),
                words::unit(spec.maker == Maker::Lmsr),
            ))
        })
    });
    move || {
        found.get().map(|(what, rows, total, unit)| {
            view! {
                <section class="card" aria-labelledby="credit-title" data-testid="why-credit">
                    <h3 id="credit-title">{words::CREDIT}</h3>
                    <p class="hint">{what}" "{unit}</p>
                    <Figures rows total />
                </section>
            }
        })
    }
}

/// What needs replays, once they are done.
#[component]
fn Replayed(feed: Feed, inquiry: Inquiry) -> impl IntoView {
    move || {
        let found = inquiry.found()?;
        feed.peek(|open| {
            let open = open?;
            let (leader, end) = (open.story.now.leader(), open.story.now.prices.clone());
            let end = end.get(leader).copied().unwrap_or(0.0);
            Some(view! {
                {fair_share(open, &found)}
                {without(open, &found, leader, end)}
                {other_orders(open, &found, leader, end)}
                <Liquidity feed inquiry leader end />
            })
        })
    }
}

fn fair_share(open: &OpenRun, found: &Found) -> impl IntoView + use<> {
    let shares = &found.findings.shapley;
    let values: Vec<f64> = shares.iter().map(|share| share.value).collect();
    let errors: Vec<Option<f64>> = shares.iter().map(|share| share.stderr).collect();
    let exact = errors.iter().all(Option::is_none);
    let total = words::credit(values.iter().sum::<f64>());
    let rows = figures(open, &values, &errors);
    view! {
        <section class="card" aria-labelledby="shapley-title" data-testid="why-shapley">
            <h3 id="shapley-title">{words::SHAPLEY}</h3>
            <p class="hint">{words::shapley_what(values.len(), exact)}</p>
            <Figures rows total />
        </section>
    }
}

fn without(open: &OpenRun, found: &Found, leader: usize, end: f64) -> impl IntoView + use<> {
    let spec = open.run.spec();
    let rows = found.findings.without.iter().enumerate().map(|(agent, prices)| {
        let price = prices.get(leader).copied().unwrap_or(0.0);
        let who = watch::agent_name(spec, agent).to_owned();
        view! {
            <li class="figure-row" data-testid="figure-row" data-value=price.to_string()>
                <span>{who}</span><Place value=price line=end /><span class="number">{format::percent(price)}</span>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="without-title" data-testid="why-without" data-outcome=leader.to_string()>
            <h3 id="without-title">{words::WITHOUT}</h3>
            <p class="hint">{words::WITHOUT_WHAT}</p>
            <ul>{rows.collect_view()}</ul>
            <p class="why-line number">{words::as_it_was(spec, leader, end)}</p>
        </section>
    }
}

fn other_orders(open: &OpenRun, found: &Found, leader: usize, end: f64) -> impl IntoView + use<> {
    let spec = open.run.spec();
    let orders = &found.findings.orders;
    let at = |ends: &[f64]| ends.get(leader).copied().unwrap_or(0.0);
    let (low, high, least, most) = (at(&orders.low), at(&orders.high), at(&orders.least), at(&orders.most));
    let middle = at(&orders.middle);
    let leads = orders.leads.get(leader).copied().unwrap_or(0);
    view! {
        <section class="card" aria-labelledby="orders-title" data-testid="why-orders" data-outcome=leader.to_string()
            data-orders=orders.orders.to_string() data-least=least.to_string() data-most=most.to_string()>
            <h3 id="orders-title">{words::ORDERS}</h3>
            <p class="hint">{words::orders_what(orders.orders)}</p>
            <Place value=middle line=end bands=vec![(least, most), (low, high)] />
            <p class="number why-line">{words::orders_band(low, high, least, most)}</p>
            <p>{words::orders_lead(spec, leader, leads, orders.orders)}</p>
        </section>
    }
}

/// The market played again at once wherever the range is put.
#[component]
fn Liquidity(feed: Feed, inquiry: Inquiry, leader: usize, end: f64) -> impl IntoView {
    let place = RwSignal::new(OWN_LIQUIDITY);
    let factor = move || LIQUIDITY_SCALE.get(place.get()).copied().unwrap_or(1.0);
    let price = Memo::new(move |_| {
        let factor = factor();
        inquiry.with(|found| found?.record.with_liquidity(factor).get(leader).copied())
    });
    let said = Memo::new(move |_| {
        let (factor, price) = (factor(), price.get()?);
        feed.peek(|open| open.map(|open| words::liquidity_at(open.run.spec(), factor, leader, price)))
    });
    let moved = move |event| {
        if let Ok(wanted) = event_target_value(&event).parse() {
            place.set(wanted);
        }
    };
    let last = (LIQUIDITY_SCALE.len() - 1).to_string();
    view! {
        <section class="card" aria-labelledby="liquidity-title" data-testid="why-liquidity" data-outcome=leader.to_string()
            data-value=move || price.get().map(|price| price.to_string())>
            <h3 id="liquidity-title">{words::LIQUIDITY}</h3>
            <p class="hint">{words::LIQUIDITY_WHAT}</p>
            <input type="range" min="0" max=last aria-label=words::LIQUIDITY_RANGE data-testid="liquidity-range"
                prop:value=move || place.get().to_string() aria-valuetext=move || said.get() on:input=moved />
            {move || price.get().map(|price| view! { <Place value=price line=end /> })}
            <p class="number why-line">{move || said.get()}</p>
        </section>
    }
}

/// How few decided it.
#[component]
fn Few(feed: Feed) -> impl IntoView {
    let found = Memo::new(move |_| {
        feed.with(|open| {
            let open = open.filter(|open| !open.story.trades.is_empty())?;
            let spec = open.run.spec();
            let found = concentration(&open.story, spec, open.story.now.leader());
            let agents = spec.agents.len();
            Some((
                words::few(spec, found.largest, found.effective_agents, agents),
                words::purse(found.largest_purse),
            ))
        })
    });
    move || {
        found.get().map(|(few, purse)| {
            view! {
                <section class="card" aria-labelledby="few-title" data-testid="why-few">
                    <h3 id="few-title">{words::FEW}</h3>
                    <p class="hint">{words::FEW_WHAT}</p>
                    <p>{few}</p>
                    <p>{purse}</p>
                </section>
            }
        })
    }
}

/// Whether the path came to rest, and how it got there.
#[component]
fn Rest(feed: Feed) -> impl IntoView {
    let found = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            let spec = open.run.spec();
            let leader = open.story.now.leader();
            let path: Vec<f64> =
                open.story.path.iter().filter_map(|point| point.prices.get(leader).copied()).collect();
            let wanted = spec
                .mode
                .is_market()
                .then(|| (last_wanted_move(spec.agents.len(), open.run.log().events()), spec.stop.epsilon));
            let still = match spec.mode {
                Mode::MakerTrader(switches) => switches.tolerance,
                _ => why_rest::STILL,
            };
            Some(why_rest::findings(&Diagnostics::of(&path), wanted, still))
        })
    });
    let row = |finding: why_rest::Finding| {
        view! {
            <li class="why-finding" class:why-finding-bad=!finding.good>
                <p><span aria-hidden="true">{if finding.good { "✓ " } else { "! " }}</span>{finding.name}
                    <strong class="number">{finding.figure}</strong></p>
                <p class="hint">{finding.meaning}</p>
            </li>
        }
    };
    view! {
        <section class="card why-rest" aria-labelledby="rest-title" data-testid="why-rest">
            <h3 id="rest-title">{words::REST}</h3>
            <ul>{move || found.get().map(|found| found.into_iter().map(row).collect_view())}</ul>
        </section>
    }
}
