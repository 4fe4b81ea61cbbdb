//! The strip that keeps the market honest: what cheaper ways make of the same answers.

use leptos::prelude::*;

use super::comparisons::Comparisons;
use crate::aggregate::{Baselines, Moment, baselines, best_in_hindsight, lone_voice};
use crate::run::{RunSpec, Settled};
use crate::ui::desk::{Feed, use_desk};
use crate::ui::format;
use crate::ui::words::market as market_words;
use crate::ui::words::{turns, watch as words};

/// A name, the figure of the first answers, and that of the last.
type Row = (&'static str, String, String);

/// The rows that everybody understands at once; experts see all of them.
const SIMPLE_ROWS: [&str; 4] = [words::SINGLE, words::MEAN, words::MAJORITY, words::BEST];

/// What the strip shows: a name and a figure for the first and the last answers.
#[derive(Clone, Debug, PartialEq)]
struct Strip {
    leader: usize,
    name: String,
    rows: Vec<Row>,
    market: String,
    /// What the last row is called.
    answer: &'static str,
    /// Whether the price lies beyond every belief.
    beyond: bool,
    /// The agent that stands far from all others, where a guard could be used and none is.
    lone: Option<String>,
}

fn strip(spec: &RunSpec, moment: &Moment) -> Option<Strip> {
    let known = match moment.settled {
        Some(Settled::Outcome(outcome, _)) => Some(outcome),
        // What is judged by peers is not known.
        _ => None,
    };
    let first = baselines(moment.agents.iter().map(|agent| agent.first.as_ref()))?;
    let last = baselines(moment.agents.iter().map(|agent| agent.belief.as_ref()))?;
    let leader = moment.leader();
    let both = |read: fn(&Baselines) -> &Vec<f64>| {
        let share =
            |found: &Baselines| read(found).get(leader).map_or_else(String::new, |p| format::percent(*p));
        (share(&first), share(&last))
    };
    let vote = |found: &Baselines| {
        let name = spec.outcomes.get(found.majority.outcome).map_or("", String::as_str);
        words::majority(&format::short(name, 14), found.majority.votes, found.answers, found.majority.tied)
    };
    let row = |label, (first, last): (String, String)| (label, first, last);
    let mut rows = vec![
        row(words::SINGLE, both(|found| &found.single.1)),
        row(words::MEAN, both(|found| &found.mean)),
        row(words::MEDIAN, both(|found| &found.median)),
        row(words::LOG_POOL, both(|found| &found.log_pool)),
        row(words::EXTREMISED, both(|found| &found.extremised)),
        row(words::MAJORITY, (vote(&first), vote(&last))),
        row(words::CONFIDENCE_VOTE, both(|found| &found.confidence_vote)),
    ];
    let share = |p: Option<&f64>| p.map_or_else(String::new, |p| format::percent(*p));
    if let Some(outcome) = known {
        let best = best_in_hindsight(moment.agents.iter().map(|agent| agent.belief.as_ref()), outcome);
        if let Some((agent, belief)) = best {
            let name = format::short(words::agent_name(spec, agent), 14);
            rows.push(row(words::BEST, (name, share(belief.get(leader)))));
        }
    }
    let prior = spec.prior.of(leader);
    rows.push(row(words::PRIOR, (String::new(), format::percent(prior))));
    rows.push(row(words::EVEN_ODDS, (String::new(), format::percent(1.0 / spec.outcome_count() as f64))));
    Some(Strip {
        leader,
        name: spec.outcomes.get(leader).cloned().unwrap_or_default(),
        rows,
        answer: turns::mode(&spec.mode),
        market: moment.prices.get(leader).map_or_else(String::new, |p| format::percent(*p)),
        beyond: moment
            .agents
            .iter()
            .flat_map(|agent| &agent.belief)
            .all(|belief| Some(&belief.of(leader)) < moment.prices.get(leader)),
        lone: spec
            .unguarded_evidence()
            .then(|| lone_voice(moment.agents.iter().map(|agent| agent.belief.as_ref()), leader))
            .flatten()
            .map(|agent| spec.agents[agent].name.clone()),
    })
}

/// The strip; nothing before the first answers.
#[component]
pub fn BaselineStrip(feed: Feed, moment: Memo<Option<Moment>>) -> impl IntoView {
    let desk = use_desk();
    let strip = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            moment.with(|moment| strip(open.run.spec(), moment.as_ref()?))
        })
    });
    // By the last event, wherever the scrubber stands: a comparison is with the whole run.
    let leader = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.story.now.leader())));
    let table = move || {
        strip.get().map(|Strip { leader, name, rows, market, answer, beyond, lone }| {
            let shown = move |(label, ..): &Row| desk.expert.get() || SIMPLE_ROWS.contains(label);
            let rows = rows.into_iter().filter(shown).map(|(label, first, last)| view! {
                <tr><th scope="row">{label}</th><td class="number">{first}</td><td class="number">{last}</td></tr>
            });
            view! {
                <table class="plain-table">
                    <thead><tr>
                        <th scope="col">{name}</th><th scope="col">{words::FIRST}</th><th scope="col">{words::LAST}</th>
                    </tr></thead>
                    <tbody>
                        {rows.collect_view()}
                        <tr class="baseline-market" data-outcome=leader.to_string()>
                            <th scope="row">{answer}</th><td></td><td class="number">{market}</td>
                        </tr>
                    </tbody>
                </table>
                {beyond.then(|| view! { <p class="hint">{words::BEYOND}</p> })}
                {lone.map(|agent| view! {
                    <p class="hint" data-testid="guard-suggestion">{market_words::lone_voice(&agent)}</p>
                })}
            }
        })
    };
    let there = Memo::new(move |_| strip.with(Option::is_some));
    view! {
        <Show when=move || there.get()>
            <section class="card baselines" aria-labelledby="baselines-title">
                <h2 id="baselines-title">{words::BASELINES}</h2>
                <p class="hint">{words::BASELINES_WHAT}</p>
                {table}
                <Comparisons feed leader=leader.into() />
            </section>
        </Show>
    }
}
