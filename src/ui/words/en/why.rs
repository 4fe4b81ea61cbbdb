//! Words of the Why page: who moved the answer and with which argument, who disagrees, what it cost, how right
//! everybody was.

use super::purchase::{goods, holdings, money};
use super::verdict::{self, counted, has_models};
use super::watch::{agent_name, outcome_name, points};
use crate::aggregate::case::Argument;
use crate::aggregate::consensus::{Consensus, Dissenter, Doubt};
use crate::aggregate::marks::Whose;
use crate::aggregate::moves::Move;
use crate::aggregate::stance::Stance;
use crate::aggregate::{Moment, Spending, TradeNote};
use crate::market::Cash;
use crate::run::RunSpec;
use crate::ui::format;

/// Above the question.
pub const TITLE: &str = "Why this answer";
/// No run is open.
pub const EMPTY: &str = "There is no answer to explain yet";
/// What would be here.
pub const EMPTY_WHAT: &str = "Once a panel has answered, this page shows who moved the answer, with which argument, and who disagrees.";
/// Back to the run.
pub const BACK: &str = "← Watch the run";
/// From the run to this page.
pub const LINK: &str = "Why this answer? →";
/// The switch.
pub const VIEW: &str = "How much to show";
/// Its first choice.
pub const SIMPLE: &str = "Simple";
/// Its second.
pub const EXPERT: &str = "Expert";
/// The path has no steps.
pub const NO_MOVES: &str = "Nothing has moved the answer yet: this is where it opened.";

/// A heading of the card beside the chart: nothing is pointed at.
pub const STRONGEST: &str = "The strongest move";
/// How to point at another.
pub const POINT: &str = "Press any point of the path, or use the arrow keys, to see who moved it there.";
/// A button.
pub const EARLIER: &str = "◂ Earlier";
/// A button.
pub const LATER: &str = "Later ▸";
/// The reasons at length.
pub const AT_LENGTH: &str = "The reasons at length";
/// A move without words.
pub const NO_WORDS: &str = "It gave no reason in words.";

/// A heading.
pub const CASE: &str = "The case for and against";
/// What it is.
pub const CASE_WHAT: &str = "Every argument, the one that moved the answer most first";
/// The choice of the outcome.
pub const CASE_ABOUT: &str = "Arguments about";
/// An empty side.
pub const NO_ARGUMENTS: &str = "Nobody has argued on this side";
/// All of them.
pub const SHOW_ALL: &str = "Show all";

/// A heading.
pub const AGREED: &str = "Does the panel agree?";
/// The verdict.
pub const NEEDS_PERSON: &str = "Needs a person";
/// The other one.
pub const STANDS: &str = "The panel stands behind it";
/// The verdict where only one states a belief.
pub const ONE_VOICE: &str = "One voice";
/// Above the dissenters.
pub const DISSENT: &str = "Who disagrees";
/// Above those who do not disagree.
pub const LESS_SURE: &str = "Who is far less sure";

/// A heading.
pub const COST: &str = "What it cost";
/// A heading.
pub const MARKS: &str = "How right everybody was";
/// What it means.
pub const MARKS_WHAT: &str = "Brier is the squared distance from the truth: 0 is perfect, 2 the worst. The log score is the \
                              surprise at what happened: 0 is perfect. One question proves little: whoever is right once may have been lucky.";
/// A column.
pub const WHOSE: &str = "Who";
/// A column.
pub const GAVE: &str = "Gave it";
/// A column.
pub const BRIER: &str = "Brier";
/// A column.
pub const LOG: &str = "Log score";
/// A column.
pub const FIRST_BRIER: &str = "Brier, first answer";

/// Says that a move is pointed at.
pub fn step_of(step: usize, of: usize, is_market: bool) -> String {
    let what = if is_market { "Trade" } else { "Step" };
    format!("{what} {step} of {of}")
}

/// How far a step moved an outcome.
pub fn moved(spec: &RunSpec, step: &Move, outcome: usize) -> String {
    let at = |prices: &[f64]| format::percent_of(prices, outcome);
    format!("{}: {} → {}", outcome_name(spec, outcome), at(&step.before), at(&step.after))
}

/// Whose a step is, if it is not one's alone.
pub fn together(spec: &RunSpec, step: &Move) -> String {
    match step.by.as_slice() {
        [] => "Nobody spoke before it".to_owned(),
        [one] => agent_name(spec, one.agent).to_owned(),
        several => format!("{} together", counted(several.len(), "agent")),
    }
}

/// Why such a step cannot be split.
pub const TOGETHER_WHY: &str = "They spoke at once, so nobody can say how much of it is whose.";

/// What a trade cost in play money, and what it got.
pub fn paid(spec: &RunSpec, trade: &TradeNote) -> String {
    let goods = goods(spec, trade.outcome, &trade.shares);
    format!("Bought {goods} for {}", money(trade.cost))
}

/// What the answer behind a move cost in real money.
pub fn call_cost(spec: &RunSpec, spent: &Spending) -> String {
    match verdict::tokens(spent) {
        Some(tokens) => format!("The answer took {tokens}: {}", verdict::cost(spec, spent)),
        None => format!("The answer's tokens are not known: {}", verdict::cost(spec, spent)),
    }
}

/// A simulated trader's move cost no call.
pub const NO_CALL: &str = "A simulated trader: no model was called";
/// A person's move.
pub const BY_HAND: &str = "Traded by hand";

/// A side of the case.
pub fn side(spec: &RunSpec, name: &str, speaks_for: bool, other: &str) -> String {
    // What was argued and what it did may differ; only what it did is known.
    if !spec.mode.is_market() {
        return match (speaks_for, spec.outcome_count()) {
            (true, _) => format!("Moved it towards {name}"),
            (false, 2) => format!("Moved it towards {other}"),
            (false, _) => format!("Moved it away from {name}"),
        };
    }
    match (speaks_for, spec.outcome_count()) {
        (true, _) => format!("For {name}"),
        (false, 2) => format!("For {other}"),
        (false, _) => format!("Against {name}"),
    }
}

/// How far an argument moved the answer.
pub fn argument_change(argument: &Argument) -> String {
    match argument.change {
        None => "not known".to_owned(),
        Some(change) if change.abs() < 0.0005 => "moved nothing".to_owned(),
        Some(change) => points(change),
    }
}

/// What acting on it cost.
pub fn argument_cost(cost: Cash) -> String {
    format!("{} behind it", money(cost))
}

/// How many stand behind the answer, in a sentence.
pub fn agreement(spec: &RunSpec, found: &Consensus) -> String {
    let name = outcome_name(spec, found.leader);
    let Consensus { answered, in_favour, undecided, .. } = found;
    match (answered - in_favour, *answered) {
        (_, 0) => "Nobody has given a usable answer.".to_owned(),
        (0, 1) => format!(
            "One agent alone states a probability, and it favours {name}: nobody can say whether the others agree."
        ),
        (0, all) => format!("All {all} agents find {name} likeliest."),
        _ if undecided.is_empty() => format!("{in_favour} of {answered} agents find {name} likeliest."),
        _ => format!(
            "{in_favour} of {answered} agents find {name} likeliest, {} undecided.",
            be(undecided.len())
        ),
    }
}

/// How many are something.
fn be(number: usize) -> String {
    if number == 1 { "1 is".to_owned() } else { format!("{number} are") }
}

/// Who disagrees, in one or two sentences; nothing before anybody has said anything.
pub fn disagree(spec: &RunSpec, found: &Consensus) -> Option<String> {
    if found.answered == 0 {
        return None;
    }
    let leader = outcome_name(spec, found.leader);
    let against: Vec<&str> = found.dissenters.iter().map(|voice| agent_name(spec, voice.agent)).collect();
    let undecided: Vec<&str> = found.undecided.iter().map(|&agent| agent_name(spec, agent)).collect();
    let said = match against.as_slice() {
        [] if undecided.is_empty() => {
            format!("Nobody disagrees: all who answered find {leader} the likeliest.")
        }
        [] => format!("Nobody disagrees: none finds anything likelier than {leader}."),
        [one] => format!("Who disagrees: {one} finds something else likelier than {leader}."),
        several => format!("Who disagrees: {} find something else likelier than {leader}.", listed(several)),
    };
    let rest =
        if undecided.is_empty() { String::new() } else { format!(" Undecided: {}.", listed(&undecided)) };
    Some(said + &rest)
}

/// Names in a row.
fn listed(names: &[&str]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        names => names.concat(),
    }
}

/// Why a person should look.
pub fn doubt(spec: &RunSpec, doubt: &Doubt) -> String {
    match *doubt {
        Doubt::NoAnswers => "Nobody has given a usable answer.".to_owned(),
        Doubt::Split { against, answered } => {
            format!("The panel is split: {against} of {answered} find another answer likeliest.")
        }
        Doubt::Wavering { undecided, answered } => {
            format!("Not all stand behind it: {undecided} of {answered} cannot tell it from another answer.")
        }
        Doubt::AgainstTheCount { in_favour, answered } => format!(
            "Only {in_favour} of {answered} find this answer likeliest: a few with much conviction outweigh the rest."
        ),
        Doubt::Open => "The price is close to even: it hardly tells the answers apart.".to_owned(),
        Doubt::Undecided => "What looked settled may be noise: the run ended undecided.".to_owned(),
        Doubt::CutShort => "The run ended before it had settled.".to_owned(),
        Doubt::Silent { silent, of } => format!("{silent} of {of} agents never gave a usable answer."),
        Doubt::HangsOn(agent) => {
            format!("It hangs on one voice: without {} another answer would lead.", agent_name(spec, agent))
        }
        Doubt::Order { others, of } => format!(
            "It hangs on the order of trade, which was drawn by lot: in {others} of {of} other orders another answer leads."
        ),
    }
}

/// What a dissenter believes.
pub fn dissenter(spec: &RunSpec, voice: &Dissenter, leader: usize) -> String {
    let here = format!("{} for {}", format::percent(voice.belief), outcome_name(spec, leader));
    match voice.stance {
        Stance::For => here,
        Stance::Undecided => format!("{here}, undecided"),
        Stance::Against => format!(
            "{here}, {} for {}",
            format::percent(voice.favourite_belief),
            outcome_name(spec, voice.favourite)
        ),
    }
}

/// What it put behind that.
pub fn behind(spec: &RunSpec, voice: &Dissenter) -> String {
    if voice.spent > Cash::ZERO {
        format!("Spent {}, holds {}", money(voice.spent), holdings(spec, &voice.holdings))
    } else {
        "Put no money behind it".to_owned()
    }
}

/// Said below the verdict of a panel that knows nothing.
pub const KNOW_NOTHING: &str = "These are simulated traders that know nothing about the question: this shows how a panel \
                                is read, and is no advice.";
/// Said below a verdict of models.
pub const ONE_MIND_TOO: &str = "Models may share an error: agreement is no proof.";

/// What is said below the verdict.
pub fn caveat(spec: &RunSpec) -> &'static str {
    if has_models(spec) { ONE_MIND_TOO } else { KNOW_NOTHING }
}

/// What a run cost, as a few facts.
pub fn cost_of_all(spec: &RunSpec, spent: &Spending) -> String {
    let calls = verdict::calls(spec, spent.calls);
    match verdict::tokens(spent) {
        Some(tokens) => format!("{calls}, {tokens}: {}", verdict::cost(spec, spent)),
        None => format!("{calls}: {}", verdict::cost(spec, spent)),
    }
}

/// What one agent's calls cost.
pub fn cost_of_one(spec: &RunSpec, agent: usize, spent: &Spending) -> String {
    let kind = spec.agents.get(agent).map(|agent| &agent.kind);
    match kind {
        Some(kind) if kind.is_model() => match verdict::tokens(spent) {
            Some(tokens) => format!("{}, {tokens}", counted(spent.calls as usize, "call")),
            None => verdict::calls(spec, spent.calls),
        },
        Some(kind) if kind.is_person() => "you".to_owned(),
        _ => "simulated".to_owned(),
    }
}

/// Points of the answer that one agent moved, for so much money.
pub fn moved_points(change: f64) -> String {
    if change.abs() < 0.0005 { "moved nothing".to_owned() } else { format!("moved it {}", points(change)) }
}

/// Whose mark.
pub fn whose(spec: &RunSpec, whose: Whose) -> String {
    match whose {
        Whose::Answer if spec.mode.is_market() => "The market".to_owned(),
        Whose::Answer => "The answer".to_owned(),
        Whose::Average => "Average of all".to_owned(),
        Whose::Agent(agent) => agent_name(spec, agent).to_owned(),
        Whose::Even => "An even split".to_owned(),
    }
}

/// What happened, above the marks.
pub fn happened(spec: &RunSpec, outcome: usize) -> String {
    format!("It was {}.", outcome_name(spec, outcome))
}

/// What the clip means.
pub const CLIPPED: &str =
    "* Gave it next to nothing: the log score is cut off there, and the true one is worse.";

/// What an agent put into the market, or what it has left.
pub fn purse_of(spec: &RunSpec, moment: &Moment, agent: usize) -> Option<String> {
    let (before, now) = (spec.agents.get(agent)?.budget_micros, moment.agents.get(agent)?.cash);
    spec.mode.is_market().then(|| format!("{} spent", money(before - now)))
}

/// An event to read.
pub fn event(seq: u64) -> String {
    format!("Event {seq} in the log")
}
