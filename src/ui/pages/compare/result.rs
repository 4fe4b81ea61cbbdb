//! What came out of two runs, figure by figure.

use leptos::prelude::*;

use super::Pair;
use crate::aggregate::difference::shared_outcomes;
use crate::aggregate::{brier, spending};
use crate::ui::desk::Held;
use crate::ui::format;
use crate::ui::status::RunStatus;
use crate::ui::words::{compare as words, shell};

/// A figure of two runs, and what changed from the first to the second.
struct Row {
    name: String,
    sides: [String; 2],
    change: String,
}

/// The section.
#[component]
pub(super) fn Outcome(pair: Pair) -> impl IntoView {
    let verdict = {
        let [left, right] = pair.each_ref().map(|held| leader(held));
        words::verdict((&left.0, &left.1), (&right.0, &right.1))
    };
    let rows = rows(&pair).into_iter().map(|Row { name, sides: [left, right], change }| view! {
        <tr><th scope="row">{name}</th><td>{left}</td><td>{right}</td><td class="number">{change}</td></tr>
    });
    view! {
        <section class="card" aria-labelledby="compare-result" data-testid="compare-result">
            <h2 id="compare-result">{words::RESULT}</h2>
            <p class="compare-verdict" data-testid="compare-verdict">{verdict}</p>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="compare-result"><table class="plain-table">
                <thead><tr>
                    <th scope="col">{words::FIGURE}</th>
                    {words::SIDES.map(|side| view! { <th scope="col">{side}</th> })}
                    <th scope="col" class="number">{words::CHANGE}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table></div>
        </section>
    }
}

/// What a run leads with, and its price in words.
fn leader(held: &Held) -> (String, String) {
    let now = &held.story.now;
    let name = held.run.spec().outcomes.get(now.leader()).cloned().unwrap_or_default();
    (name, format::percent_of(&now.prices, now.leader()))
}

/// The price of an outcome with one decimal, as it stands among the run's others.
fn fine(held: &Held, place: usize) -> String {
    format::percents_fine(&held.story.now.prices).into_iter().nth(place).unwrap_or_default()
}

fn rows(pair: &Pair) -> Vec<Row> {
    let sides = pair.each_ref().map(|held| &**held);
    let counted = |name: &str, figure: &dyn Fn(&Held) -> u64| {
        let [left, right] = sides.map(figure);
        let sign = if right >= left { "+" } else { "−" };
        let change = if left == right {
            String::new()
        } else {
            format!("{sign}{}", format::count(left.abs_diff(right)))
        };
        Row { name: name.to_owned(), sides: [left, right].map(format::count), change }
    };
    let mut found = vec![Row {
        name: words::ANSWER.to_owned(),
        sides: sides.map(|held| {
            let (name, price) = leader(held);
            format!("{name} {price}")
        }),
        change: String::new(),
    }];
    let [left, right] = sides;
    for (one, other) in shared_outcomes(left.run.spec(), right.run.spec()) {
        let prices = [(left, one), (right, other)]
            .map(|(held, place)| held.story.now.prices.get(place).copied().unwrap_or(0.0));
        found.push(Row {
            name: left.run.spec().outcomes[one].clone(),
            sides: [(left, one), (right, other)].map(|(held, place)| fine(held, place)),
            change: format::points(prices[1] - prices[0]),
        });
    }
    if sides.iter().all(|held| score(held).is_some()) {
        let scores = sides.map(|held| score(held).unwrap_or(0.0));
        let change = scores[1] - scores[0];
        found.push(Row {
            name: words::BRIER.to_owned(),
            sides: scores.map(format::fine),
            change: if change == 0.0 { String::new() } else { format::fine(change) },
        });
    }
    found.push(Row {
        name: words::ENDING.to_owned(),
        sides: sides.map(|held| {
            let status = RunStatus::of(held.run.state().phase(), false, false);
            if held.run.state().is_closed() { shell::status(status) } else { words::OPEN_END }.to_owned()
        }),
        change: String::new(),
    });
    found.push(counted(words::ROUNDS, &|held| u64::from(held.story.now.round)));
    if sides.iter().any(|held| held.story.now.trades > 0) {
        found.push(counted(words::TRADES, &|held| u64::from(held.story.now.trades)));
    }
    found.push(counted(words::FAILURES, &|held| {
        held.story.now.agents.iter().map(|agent| u64::from(agent.failures)).sum()
    }));
    let spent = sides.map(|held| spending(&held.run));
    if spent.iter().any(|spent| spent.calls > 0) {
        found.push(counted(words::CALLS, &|held| u64::from(spending(&held.run).calls)));
        found.push(counted(words::TOKENS, &|held| spending(&held.run).tokens));
        found.push(Row {
            name: words::COST.to_owned(),
            sides: spent.map(|spent| {
                if spent.unpriced.is_empty() {
                    format::dollars(spent.cost_micro_usd)
                } else {
                    words::COST_UNKNOWN.to_owned()
                }
            }),
            change: String::new(),
        });
    }
    found
}

/// The Brier score of the last prices against the known answer.
fn score(held: &Held) -> Option<f64> {
    held.run.spec().answer.map(|answer| brier(&held.story.now.prices, answer))
}
