//! The two paths of one outcome's price, laid over each other, with the same figures in a table.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::Pair;
use crate::aggregate::difference::{Step, common_events, parting, path, price_by, shared_outcomes};
use crate::ui::format;
use crate::ui::words::compare as words;

/// The picture's measures, in its own units: it is stretched over whatever room there is.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 300.0;
/// The lines that help the eye, in probability.
const LINES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// The section.
#[component]
pub(super) fn Paths(pair: Pair) -> impl IntoView {
    let [left, right] = pair.each_ref().map(|held| held.run.spec());
    let shared = shared_outcomes(left, right);
    let names: Vec<String> = shared.iter().map(|&(one, _)| left.outcomes[one].clone()).collect();
    let leader = pair[0].story.now.leader();
    let first = shared.iter().position(|&(one, _)| one == leader).unwrap_or(0);
    let events = pair.each_ref().map(|held| held.run.log().entries().len());
    let common = words::common(common_events(&pair[0].run, &pair[1].run), events[0], events[1]);
    let shown = RwSignal::new(first);
    let body = if shared.is_empty() {
        view! { <p class="hint" data-testid="compare-no-shared">{words::NO_SHARED}</p> }.into_any()
    } else {
        let options = names.iter().enumerate().map(|(place, name)| {
            view! {
                <option value=place.to_string() selected=place == first>{name.clone()}</option>
            }
        });
        let options = options.collect_view();
        let pick = move |event| shown.set(event_target_value(&event).parse().unwrap_or(0));
        view! {
            <div class="compare-outcome">
                <label for="compare-outcome">{words::OUTCOME}</label>
                <select id="compare-outcome" data-testid="compare-outcome" on:change=pick>{options}</select>
            </div>
            {move || {
                let place = shown.get().min(shared.len() - 1);
                let (one, other) = shared[place];
                let paths = [path(&pair[0].story, one), path(&pair[1].story, other)];
                view! { <Laid paths outcome=names[place].clone() /> }
            }}
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="compare-paths" data-testid="compare-paths">
            <h2 id="compare-paths">{words::PATHS}</h2>
            {body}
            <p class="hint" data-testid="compare-common">{common}</p>
        </section>
    }
}

/// Two paths over each other.
#[component]
fn Laid(paths: [Vec<Step>; 2], outcome: String) -> impl IntoView {
    let [left, right] = &paths;
    let found = parting(left, right);
    let last = |path: &[Step]| path.last().copied().unwrap_or(Step { at: 0.0, price: 0.0 });
    let rounds = last(left).at.max(last(right).at).ceil().max(1.0);
    let label = words::picture(&outcome, last(left).price, last(right).price);
    let height = |price: f64| (1.0 - price) * HEIGHT;
    let lines = LINES.map(|price| {
        let y = format!("{:.1}", height(price));
        view! { <line class="compare-grid" x1="0" x2=WIDTH.to_string() y1=y.clone() y2=y /> }
    });
    let curves = [(right, "compare-right"), (left, "compare-left")].map(|(path, class)| {
        view! { <polyline class=class points=points(path, rounds) /> }
    });
    let scale = [1.0, 0.5, 0.0].map(|price| view! { <span>{format::percent(price)}</span> });
    let rows = table(left, right).into_iter().map(|(round, prices)| view! {
        <tr><th scope="row">{words::round(round)}</th>{prices.map(|price| view! { <td class="number">{price}</td> })}</tr>
    });
    view! {
        <p data-testid="compare-parting">{words::parting(&found, &outcome)}</p>
        <figure class="compare-picture">
            <div class="compare-scale" aria-hidden="true">{scale}</div>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=label
                data-testid="compare-chart">{lines}{curves}</svg>
            <div class="compare-rounds" aria-hidden="true"><span>{words::START}</span><span>{words::round(rounds as u32)}</span></div>
            <figcaption class="compare-legend">
                {[0, 1].map(|place| view! {
                    <span data-side=place.to_string()><span class="compare-mark" aria-hidden="true"></span>{words::SIDES[place]}</span>
                })}
            </figcaption>
        </figure>
        <details>
            <summary>{words::TABLE}</summary>
            <div class="scroll"><table class="plain-table">
                <thead><tr>
                    <th scope="col">{words::ROUND}</th>
                    {words::SIDES.map(|side| view! { <th scope="col" class="number">{side}</th> })}
                    <th scope="col" class="number">{words::CHANGE}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table></div>
        </details>
    }
}

/// The corners of a path that keeps its price until the next step.
fn points(path: &[Step], rounds: f64) -> String {
    let mut corners = String::new();
    let mut before: Option<f64> = None;
    let mut corner = |at: f64, price: f64| {
        // Writing to a text cannot fail.
        let _ = write!(corners, "{:.1},{:.1} ", at / rounds * WIDTH, (1.0 - price) * HEIGHT);
    };
    for step in path {
        if let Some(price) = before {
            corner(step.at, price);
        }
        corner(step.at, step.price);
        before = Some(step.price);
    }
    if let Some(price) = before {
        corner(rounds, price);
    }
    corners
}

/// The prices at the end of each round, and the second less the first.
fn table(left: &[Step], right: &[Step]) -> Vec<(u32, [String; 3])> {
    let last = |path: &[Step]| path.last().map_or(0, |step| step.at.ceil() as u32);
    (0..=last(left).max(last(right)))
        .map(|round| {
            let prices = [left, right].map(|path| price_by(path, round));
            let text = |price: f64| format::percent_fine(price);
            (round, [text(prices[0]), text(prices[1]), format::points(prices[1] - prices[0])])
        })
        .collect()
}
