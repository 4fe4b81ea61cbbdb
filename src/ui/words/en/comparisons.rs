//! Words of the ways that ask again: what each does, what it may use, and what came of it.

use crate::agents::Estimate;
use crate::run::{Debate, DebateStyle, Mode};

/// The heading.
pub const TITLE: &str = "Other ways, asked anew";
/// What they are.
pub const WHAT: &str = "The same question, agents and limits, with as many answers as this run used or as near as \
                        whole rounds come: more answers alone would win any comparison.";
/// A person trades in the original.
pub const WITHOUT_YOU: &str = "You are left out: only agents can be asked again.";
/// Starts it.
pub const RUN: &str = "Run it";
/// Starts it after a question.
pub const ASK: &str = "Run it…";
/// Opens it.
pub const OPEN: &str = "Open its run";
/// Confirms.
pub const START: &str = "Start and pay";
/// Does not.
pub const CANCEL: &str = "Not now";
/// It goes on, or was interrupted.
pub const UNFINISHED: &str = "not finished";
/// Nobody on the panel is a model.
pub const SIMULATED: &str = "simulated: no calls, no cost";
/// While it is found out through which connections models would be called.
pub const LOADING: &str = "Looking up the connections of this run…";
/// Models without a connection.
pub const NO_CONNECTION: &str = "Its models need a connection.";
/// What to do.
pub const NO_CONNECTION_NEXT: &str = "Open Settings, add a connection and save it.";
/// What to do about keys.
pub const NEEDS_KEYS_NEXT: &str = "Open Settings and enter it, then start again.";
/// The copy does not hold what the agents were told.
pub const REDUCED: &str =
    "This copy does not hold all that the agents were told, so nobody can be asked the same again.";
/// The run is a comparison itself.
pub const IS_ONE: &str = "This run was made to be compared with another one.";
/// Opens that one.
pub const OPEN_ORIGINAL: &str = "Open the run it is compared with";
/// That one is gone.
pub const ORIGINAL_GONE: &str = "That one is not on this device.";

/// The name of a way in a test's and a label's words.
pub fn slug(mode: &Mode) -> &'static str {
    match mode {
        Mode::SelfConsistency(_) => "self-consistency",
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => "panel-debate",
        _ => "judge-debate",
    }
}

/// What it does here, in numbers.
pub fn plan(mode: &Mode, agents: usize) -> String {
    match mode {
        Mode::SelfConsistency(switches) => format!("{} answers, each alone, then a vote", switches.answers),
        Mode::Debate(Debate { style: DebateStyle::Panel, rounds }) => {
            format!("{rounds} rounds of {agents} answers, each after reading the others, then a vote")
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, rounds: 1 }) => {
            "One argument a side, then a judge".to_owned()
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, rounds }) => {
            format!("{rounds} arguments a side, then a judge")
        }
        _ => String::new(),
    }
}

/// What it may use.
pub fn uses(estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(|| SIMULATED.to_owned(), super::prices::uses)
}

/// The question before money is spent.
pub fn confirm(uses: &str, connections: &[String]) -> String {
    let names: Vec<String> = connections.iter().map(|name| format!("“{name}”")).collect();
    format!(
        "This asks through {}: {uses}. It ends where the limits of this run are reached.",
        names.join(" and ")
    )
}

/// Keys are gone.
pub fn needs_keys(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    format!("The key of {} is not on this page any more.", quoted.join(" and "))
}
