//! Words of the page that shows two runs side by side.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{market, roles, turns};
use crate::aggregate::difference::{Feature, Parting};
use crate::run::{AgentSpec, RunSpec};
use crate::ui::format;

/// The page.
pub const TITLE: &str = "Compare two runs";
/// What it is for.
pub const WHAT: &str =
    "Two runs side by side: what was set up differently, where the prices part, and what came out.";
/// The two choices.
pub const SIDES: [&str; 2] = ["First run", "Second run"];
/// Nothing is chosen yet.
pub const CHOOSE: &str = "Choose a run…";
/// Where the runs to choose from come from.
pub const SOURCES: &str = "Here stand the runs of this device, the one that is open, and the last that came from a link. A run from a file is \
     kept on this device once it was opened.";
/// Exchanges the two.
pub const SWAP: &str = "Swap";
/// There are not two.
pub const EMPTY: &str = "Two runs are needed";
/// How to get them.
pub const EMPTY_WHAT: &str = "Run a question, then press “Run again with changes…” and change one thing: the liquidity, an agent, the seed. \
     Both runs then stand here.";
/// Goes there.
pub const EMPTY_NEXT: &str = "Ask a question";
/// While one is read.
pub const READING: &str = "Reading the run…";
/// It is not there.
pub const GONE: &str = "This run is not on this device any more.";
/// Both choices are one run.
pub const SAME: &str = "Both sides show the same run: choose another on one of them.";
/// The run that is open but not kept.
pub const OPEN: &str = "Open in this tab";
/// The run of a link.
pub const LINKED: &str = "From a link";
/// The first section.
pub const RESULT: &str = "What came out";
/// The second.
pub const PATHS: &str = "Where the prices part";
/// The third.
pub const SET_UP: &str = "What was set up differently";
/// Nothing differs.
pub const NO_DIFFERENCE: &str =
    "Nothing: the set-ups are equal to the last figure. What differs comes from the answers themselves.";
/// The outcome whose price is drawn.
pub const OUTCOME: &str = "Price of";
/// No outcome is shared.
pub const NO_SHARED: &str =
    "The two runs have no outcome of the same name, so their prices cannot be laid over each other.";
/// The figures of the picture.
pub const TABLE: &str = "The figures, round by round";
/// The table's columns.
pub const ROUND: &str = "Round";
/// The row before the first round.
pub const START: &str = "Start";
/// A figure's name.
pub const FIGURE: &str = "Figure";
/// The column of what changed.
pub const CHANGE: &str = "Change";
/// The column of the parts of a set-up.
pub const PART: &str = "Part";
/// A run that is not over.
pub const OPEN_END: &str = "Not finished";
/// A price that is not known.
pub const COST_UNKNOWN: &str = "no price known";
/// Opens one of them.
pub const WATCH: &str = "Open";
/// The way here.
pub const COMPARE: &str = "Compare…";
/// The way here from the list.
pub const COMPARE_RUNS: &str = "Compare two runs…";
/// The rows of the result.
pub const ANSWER: &str = "Answer";
/// How it ended.
pub const ENDING: &str = "How it ended";
/// Rounds.
pub const ROUNDS: &str = "Rounds";
/// Trades.
pub const TRADES: &str = "Trades";
/// Calls of models.
pub const CALLS: &str = "Calls";
/// Tokens.
pub const TOKENS: &str = "Tokens";
/// Money.
pub const COST: &str = "Cost";
/// Answers that failed.
pub const FAILURES: &str = "Failed answers";
/// The score against the known answer.
pub const BRIER: &str = "Brier score (0 is perfect)";

/// Whether the two agree, in one sentence.
pub fn verdict(left: (&str, &str), right: (&str, &str)) -> String {
    let (one, other) = (left.1, right.1);
    if left.0 == right.0 {
        format!("Both lead with {}: {one} in the first run, {other} in the second.", left.0)
    } else {
        format!(
            "They disagree: the first run leads with {} ({one}), the second with {} ({other}).",
            left.0, right.0
        )
    }
}

/// Where they part, in one sentence.
pub fn parting(found: &Parting, outcome: &str) -> String {
    let Some(first) = found.first else {
        return format!("At the end of no round do the two prices of {outcome} lie a whole point apart.");
    };
    let at = |round: u32| if round == 0 { "at the start".to_owned() } else { format!("in round {round}") };
    let gap = format!("{} points", format::points(found.gap));
    if first == found.widest {
        format!(
            "The prices of {outcome} part {}, where the second lies {gap} from the first: as far as they ever do.",
            at(first)
        )
    } else {
        let widest = at(found.widest);
        format!(
            "The prices of {outcome} part {} and lie farthest apart {widest}: the second {gap} from the first.",
            at(first)
        )
    }
}

/// How many events they share.
pub fn common(shared: usize, left: usize, right: usize) -> String {
    let count = |events: usize| format::count(events as u64);
    match shared {
        0 => format!(
            "Their logs, of {} and {} events, differ from the first event on.",
            count(left),
            count(right)
        ),
        shared if shared == left && left == right => {
            format!("All {} events of their logs are the same.", count(left))
        }
        shared => format!(
            "The first {} of their {} and {} events are the same.",
            count(shared),
            count(left),
            count(right)
        ),
    }
}

/// What the picture shows, for those who do not see it.
pub fn picture(outcome: &str, left: f64, right: f64) -> String {
    format!(
        "The price of {outcome} over the rounds: the first run ends at {}, the second at {}.",
        format::percent(left),
        format::percent(right)
    )
}

/// A round of the picture's scale.
pub fn round(round: u32) -> String {
    if round == 0 { START.to_owned() } else { format!("{ROUND} {round}") }
}

/// The name of a part of the set-up.
pub fn feature(feature: Feature) -> String {
    match feature {
        Feature::Question => "Question",
        Feature::Background => "Background",
        Feature::Criterion => "When which outcome counts",
        Feature::ReversedQuestion => "The question the other way round",
        Feature::Outcomes => "Outcomes",
        Feature::Answer => "Known answer",
        Feature::Mode => "Way to the answer",
        Feature::Seed => "Seed",
        Feature::Liquidity => "Liquidity",
        Feature::Prior => "Opening prices",
        Feature::Sizing => "Size of trades",
        Feature::Maker => "Market maker",
        Feature::Guard => "Guard",
        Feature::Epsilon => "Smallest trade",
        Feature::Rounds => "Rounds at most",
        Feature::Limits => "Limits",
        Feature::World => "World of the simulated traders",
        Feature::Prompts => "Words of the prompts",
        Feature::Agent(place) => return format!("Agent {}", place + 1),
    }
    .to_owned()
}

/// What a part of the set-up is in two runs.
pub fn values(feature: Feature, left: &RunSpec, right: &RunSpec) -> [String; 2] {
    let both = |value: &dyn Fn(&RunSpec) -> String| [value(left), value(right)];
    match feature {
        Feature::Question => both(&|spec| spec.question.clone()),
        Feature::Background => both(&|spec| text(&spec.background)),
        Feature::Criterion => both(&|spec| text(&spec.criterion)),
        Feature::ReversedQuestion => both(&|spec| text(&spec.reversed_question)),
        Feature::Outcomes => both(&|spec| spec.outcomes.join(", ")),
        Feature::Answer => both(&|spec| {
            spec.answer.and_then(|answer| spec.outcomes.get(answer)).cloned().unwrap_or_else(none)
        }),
        Feature::Mode => {
            let name = |spec: &RunSpec| turns::mode(&spec.mode).to_owned();
            named([name(left), name(right)], [fields(&left.mode), fields(&right.mode)])
        }
        Feature::Seed => both(&|spec| spec.seed.to_string()),
        Feature::Liquidity => both(&|spec| format::cash(spec.liquidity_micros)),
        Feature::Prior => both(&|spec| {
            let prices = spec.prior.probabilities().into_iter().map(format::percent_fine);
            prices.collect::<Vec<_>>().join(", ")
        }),
        Feature::Sizing => both(&|spec| roles::sizing_of(&spec.sizing)),
        Feature::Maker => {
            let name = |spec: &RunSpec| market::maker(&spec.maker).to_owned();
            named([name(left), name(right)], [fields(&left.maker), fields(&right.maker)])
        }
        Feature::Guard => {
            let name = |spec: &RunSpec| market::guard(&spec.guard).to_owned();
            named([name(left), name(right)], [fields(&left.guard), fields(&right.guard)])
        }
        Feature::Epsilon => both(&|spec| format::points(spec.stop.epsilon)),
        Feature::Rounds => both(&|spec| spec.stop.max_rounds.to_string()),
        Feature::Limits => {
            let limits = |spec: &RunSpec| {
                let mut found = fields(&spec.stop);
                found.retain(|name, _| name.starts_with("max_") && name != "max_rounds");
                found
            };
            differing(limits(left), limits(right))
        }
        Feature::World => differing(fields(&left.world), fields(&right.world)),
        Feature::Prompts => differing(fields(&left.prompts), fields(&right.prompts)),
        Feature::Agent(place) => match (left.agents.get(place), right.agents.get(place)) {
            (Some(one), Some(other)) => differing(fields(one), fields(other)),
            (one, other) => [member(one), member(other)],
        },
    }
}

fn none() -> String {
    "none".to_owned()
}

fn text(text: &str) -> String {
    if text.is_empty() { none() } else { text.to_owned() }
}

fn member(agent: Option<&AgentSpec>) -> String {
    agent.map_or_else(|| "nobody".to_owned(), |agent| format!("{}, {}", agent.name, roles::kind(&agent.kind)))
}

/// A name with those of its parameters that are not the same on both sides.
fn named(names: [String; 2], found: [BTreeMap<String, String>; 2]) -> [String; 2] {
    let [left, right] = found;
    let [one, other] = differing(left, right);
    let with =
        |name: &str, rest: String| if rest == none() { name.to_owned() } else { format!("{name}: {rest}") };
    [with(&names[0], one), with(&names[1], other)]
}

/// The fields that differ, on each side.
fn differing(left: BTreeMap<String, String>, right: BTreeMap<String, String>) -> [String; 2] {
    let only = |own: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        let parts: Vec<String> = own
            .iter()
            .filter(|(name, value)| other.get(*name) != Some(value))
            .map(|(name, value)| format!("{} {value}", field(name)))
            .collect();
        if parts.is_empty() { none() } else { parts.join(", ") }
    };
    [only(&left, &right), only(&right, &left)]
}

/// The leaves of anything that can be written as JSON, by their names.
fn fields(of: &impl serde::Serialize) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    // A set-up is plain data: writing it cannot fail.
    gather("", &serde_json::to_value(of).unwrap_or_default(), &mut found);
    found
}

fn gather(name: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        // A part without parameters is its name alone, which stands elsewhere.
        Value::String(_) if name.is_empty() => {}
        Value::Object(parts) => parts.iter().for_each(|(name, part)| gather(name, part, found)),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().map(plain).collect();
            found.insert(name.to_owned(), parts.join(", "));
        }
        value if name.ends_with("_micros") => {
            let amount =
                value.as_i64().map_or_else(|| plain(value), |micros| format::decimal(micros as f64 / 1e6));
            found.insert(name.to_owned(), amount);
        }
        value => {
            found.insert(name.to_owned(), plain(value));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => format!("“{}”", format::short(text, 160)),
        value => value.to_string(),
    }
}

/// A field's name in words.
fn field(name: &str) -> String {
    match name {
        "budget_micros" => "purse".to_owned(),
        "max_calls" => "calls at most".to_owned(),
        "max_tokens" => "tokens at most".to_owned(),
        "max_cost_micro_usd" => "millionths of a dollar at most".to_owned(),
        "max_seconds" => "seconds at most".to_owned(),
        "input_micro_usd" => "price of tokens read".to_owned(),
        "output_micro_usd" => "price of tokens written".to_owned(),
        name => name.trim_end_matches("_micros").replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::difference::differences;
    use crate::market::Cash;
    use crate::run::Mode;
    use crate::ui::draft::Draft;

    fn spec() -> RunSpec {
        Draft::first_visit().build(7, None).unwrap().0
    }

    #[test]
    fn a_difference_is_said_on_both_sides() {
        let mut left = spec();
        left.background = String::new();
        let mut right = left.clone();
        right.liquidity_micros = Cash::from_units(50);
        right.mode = Mode::MakerTrader(crate::run::MakerTrader::default());
        right.agents[1].budget_micros = Cash::from_units(7);
        right.agents.pop();
        right.background = "A fact".into();
        for part in differences(&left, &right) {
            let [one, other] = values(part, &left, &right);
            assert_ne!(one, other, "{part:?}");
            assert!(!feature(part).is_empty());
        }
        assert_eq!(values(Feature::Background, &left, &right), ["none", "A fact"]);
        assert_eq!(values(Feature::Agent(1), &left, &right)[1], "purse 7.00");
        assert_eq!(values(Feature::Agent(left.agents.len() - 1), &left, &right)[1], "nobody");
        let [market, paper] = values(Feature::Mode, &left, &right);
        assert!(!market.contains(':') && paper.contains("turns 10"), "{market} / {paper}");
    }

    #[test]
    fn sentences_fit_what_was_found() {
        let found = Parting { first: None, widest: 0, gap: 0.001 };
        assert!(parting(&found, "Yes").starts_with("At the end of no round"));
        let found = Parting { first: Some(1), widest: 3, gap: -0.2 };
        assert!(parting(&found, "Yes").contains("part in round 1"), "{}", parting(&found, "Yes"));
        assert!(common(5, 5, 5).starts_with("All 5"));
        assert!(common(0, 5, 6).contains("from the first event"));
        assert!(common(3, 5, 6).starts_with("The first 3"));
        assert!(verdict(("Yes", "70 %"), ("No", "60 %")).starts_with("They disagree"));
    }
}
