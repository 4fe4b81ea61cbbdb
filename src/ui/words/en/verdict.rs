//! The sentences that say what a run found: the summary at its top, how it ended, how it turned out.

use super::turns;
use super::watch::{agent_name, outcome_name};
use crate::aggregate::{Confidence, Moment, Spending, Summary};
use crate::run::{AgentKind, Basis, CloseReason, Ending, RunSpec, Settled, Texts};
use crate::ui::format;
use crate::ui::status::RunStatus;

/// What the panel thinks and why, who disagrees, and what went wrong, as few sentences as it takes.
pub fn summary(spec: &RunSpec, found: &Summary, moment: &Moment) -> String {
    if !spec.mode.is_market() {
        return turns::summary(spec, found, moment);
    }
    let mut sentences = vec![lead(spec, found, moment)];
    if has_models(spec) {
        sentences.extend(dissent(spec, found));
    } else {
        sentences.push(simulated(found));
    }
    if found.failures > 0 {
        sentences.push(failures(found, spec.agents.len()));
    }
    sentences.join(" ")
}

fn lead(spec: &RunSpec, found: &Summary, moment: &Moment) -> String {
    let name = outcome_name(spec, found.leader);
    let price = format::percent_of(&moment.prices, found.leader);
    let open = moment.closed.is_none();
    if found.answered == 0 {
        return "No agent has given a usable answer, so the price is still where it started.".to_owned();
    }
    let (one, verb) = match (has_models(spec), spec.all_simulated()) {
        (true, _) => ("The panel", if open { "stands at" } else { "ends at" }),
        (false, true) => ("The simulated traders", if open { "stand at" } else { "end at" }),
        (false, false) => ("The simulated traders and you", if open { "stand at" } else { "end at" }),
    };
    let thinks = format!("{one} {verb}");
    let how = match found.confidence {
        Confidence::Certain => format!("{price} for {name}, almost without doubt"),
        Confidence::Likely => format!("{price} for {name}"),
        Confidence::Leaning => format!("{price} for {name}, a lean rather than a verdict"),
        Confidence::Open => format!("{price} for {name}: it cannot tell the answers apart"),
    };
    match &found.reason {
        Some(reason) if has_models(spec) && found.confidence != Confidence::Open => {
            let words = format::short(reason.headline.trim_end_matches('.'), 120);
            format!("{thinks} {how}, mostly because of {}: “{words}”.", agent_name(spec, reason.agent))
        }
        _ => format!("{thinks} {how}."),
    }
}

/// Whether anybody on the panel has read the question.
pub(crate) fn has_models(spec: &RunSpec) -> bool {
    spec.agents.iter().any(|agent| agent.kind.is_model())
}

/// Counts, not reasons: a simulated trader's words claim nothing.
fn simulated(found: &Summary) -> String {
    let sides = match (found.in_favour, found.answered) {
        (some, all) if some == all => format!("All {all} lean that way"),
        (1, all) => format!("1 of {all} leans that way"),
        (some, all) => format!("{some} of {all} lean that way"),
    };
    let against = match found.answered - found.in_favour - found.undecided {
        0 => String::new(),
        1 => ", one against".to_owned(),
        against => format!(", {against} against"),
    };
    let undecided = match found.undecided {
        0 => String::new(),
        1 => ", one undecided".to_owned(),
        undecided => format!(", {undecided} undecided"),
    };
    format!(
        "{sides}{against}{undecided}. They know nothing about the question: this shows how the market works."
    )
}

fn dissent(spec: &RunSpec, found: &Summary) -> Option<String> {
    let dissent = found.dissent.as_ref()?;
    let name = agent_name(spec, dissent.agent);
    let belief = format::percent(dissent.belief);
    let verb = if dissent.disagrees { "disagrees" } else { "is far less sure" };
    Some(if dissent.headline.is_empty() {
        format!("{name} {verb}, at {belief}.")
    } else {
        let words = format::short(dissent.headline.trim_end_matches('.'), 120);
        format!("{name} {verb}, at {belief}: “{words}”.")
    })
}

pub(crate) fn failures(found: &Summary, agents: usize) -> String {
    let times =
        if found.failures == 1 { "One answer".to_owned() } else { format!("{} answers", found.failures) };
    if found.silent == 0 {
        format!("{times} failed; see the panel for what happened.")
    } else {
        format!("{times} failed, and {} of {agents} agents never had a say.", found.silent)
    }
}

/// Who ran, in a few words.
pub fn panel(spec: &RunSpec) -> String {
    let models = spec.agents.iter().filter_map(|agent| match &agent.kind {
        AgentKind::Model { model, .. } => Some(model.as_str()),
        _ => None,
    });
    let mut names: Vec<&str> = models.collect();
    let agents = names.len();
    names.sort_unstable();
    names.dedup();
    let simulated = spec.agents.iter().filter(|agent| agent.kind.is_simulated()).count();
    let mut parts = Vec::new();
    let mode = if spec.mode.is_market() { String::new() } else { format!("{}: ", turns::mode(&spec.mode)) };
    match (agents, names.as_slice()) {
        (0, _) => {}
        (_, [one]) => parts.push(format!("{} of {one}", counted(agents, "agent"))),
        (_, several) => parts.push(format!("{} of {} models", counted(agents, "agent"), several.len())),
    }
    if simulated > 0 {
        parts.push(counted(simulated, "simulated trader"));
    }
    if spec.agents.iter().any(|agent| agent.kind.is_person()) {
        parts.push("you".to_owned());
    }
    mode + &parts.join(" and ")
}

/// How far it has come, or how it ended.
pub fn progress(status: RunStatus, spec: &RunSpec, moment: &Moment, now: bool) -> String {
    if !spec.mode.is_market() {
        return turns::progress(status, spec, moment, now);
    }
    let rounds = counted(moment.round as usize, "round");
    let trades = counted(moment.trades as usize, "trade");
    if !now {
        return format!("as it stood in round {}, after {trades}", moment.round);
    }
    match moment.closed {
        Some((ending, reason)) => format!("{} after {rounds}, {trades}{}", ended(ending), because(reason)),
        None if status.is_open() => {
            format!("round {} of at most {}, {trades}", moment.round, spec.stop.max_rounds)
        }
        None => format!("{rounds}, {trades}"),
    }
}

pub(crate) fn ended(ending: Ending) -> &'static str {
    match ending {
        Ending::Converged => "settled",
        Ending::Undecided => "undecided",
        Ending::Stopped => "stopped",
        Ending::Failed => "failed",
        Ending::Completed => "finished",
    }
}

pub(crate) fn because(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::NoTrade
        | CloseReason::StoppedByPerson
        | CloseReason::AllSpoke
        | CloseReason::Equilibrium => "",
        CloseReason::GatesFailed => ": what held still may be noise",
        CloseReason::StopDrawn => ": the draw stopped it",
        CloseReason::RoundLimit => ": the rounds ran out",
        CloseReason::CallLimit => ": the limit of calls was reached",
        CloseReason::TokenLimit => ": the limit of tokens was reached",
        CloseReason::CostLimit => ": the limit of money was reached",
        CloseReason::TimeLimit => ": the limit of time was reached",
        CloseReason::NoAnswers => ": nobody could answer",
    }
}

/// How many calls were made.
pub fn calls(spec: &RunSpec, calls: u32) -> String {
    match calls {
        0 if lacks_calls(spec) => "calls not in this copy".to_owned(),
        0 => "no calls".to_owned(),
        some => counted(some as usize, "call"),
    }
}

/// Whether a reduced copy of a run of models may have lost its calls, and with them what they cost.
pub(crate) fn lacks_calls(spec: &RunSpec) -> bool {
    let reduced = spec.derived_from.as_ref().is_some_and(|origin| origin.texts < Texts::Everything);
    reduced && spec.agents.iter().any(|agent| agent.kind.is_model())
}

/// How many tokens they took; nothing if there were none. Where no server counted, it says so.
pub fn tokens(spent: &Spending) -> Option<String> {
    let tokens = format::count(spent.tokens);
    match (spent.tokens, spent.estimated) {
        (0, _) => None,
        (_, false) => Some(format!("{tokens} tokens")),
        (_, true) => Some(format!("about {tokens} tokens, partly estimated")),
    }
}

/// What they cost. A price that nobody knows is said, never taken for nothing.
pub fn cost(spec: &RunSpec, spent: &Spending) -> String {
    let mut priced = spec.agents.iter().filter_map(|agent| match &agent.kind {
        AgentKind::Model { price, .. } => Some(price.is_some()),
        _ => None,
    });
    let about = if spent.estimated { "about " } else { "" };
    let money = || format::dollars(spent.cost_micro_usd);
    match (priced.next(), priced.all(|known| known)) {
        (None, _) => "no cost".to_owned(),
        _ if spent.calls == 0 && lacks_calls(spec) => "cost not in this copy".to_owned(),
        (Some(true), true) => format!("{about}{}", money()),
        _ if spent.cost_micro_usd > 0 => format!("at least {about}{}, {NO_PRICE}", money()),
        _ => format!("cost not known, {NO_PRICE}"),
    }
}

/// Why a cost is not the whole cost.
const NO_PRICE: &str = "no price known for every model";

/// What happened in the end, and how the market did.
pub fn result(spec: &RunSpec, moment: &Moment) -> Option<String> {
    let (outcome, basis) = match moment.settled? {
        Settled::Outcome(outcome, basis) => (outcome, basis),
        Settled::Peers(reference) => return Some(turns::judged_by_peers(spec, reference)),
        Settled::Void => return Some(turns::VOIDED.to_owned()),
    };
    let name = outcome_name(spec, outcome);
    let price = format::percent_of(&moment.prices, outcome);
    let who = match basis {
        Basis::KnownAnswer => "The known answer is",
        Basis::HiddenTruth => "The hidden truth behind the signals was",
        Basis::Person => "Resolved by hand, after the end: it was",
    };
    let one = if spec.mode.is_market() { "the market" } else { "the panel" };
    let verdict = if moment.leader() == outcome { "leads with it" } else { "leads with another" };
    Some(format!("{who} {name}; {one} {verdict}, and gave it {price}."))
}

/// A number with its noun.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format::count(number as u64))
}
