//! Words of the track record.

use super::roles;
use crate::aggregate::track::{Ladder, Tally, Who};
use crate::ui::format;

/// The heading.
pub const TITLE: &str = "Track record";
/// What it is.
pub const WHAT: &str = "How every agent fared in the finished runs of this device, apart by who said what happened: results \
                        of different kinds are never added up. Scores are of first answers, before any price was \
                        seen, and lower is better.";
/// While runs are read.
pub const LOADING: &str = "Reading the finished runs…";
/// Nothing is settled.
pub const EMPTY: &str = "No run of this device is settled yet. A run is settled by its known answer, by you afterwards, by \
                         its own last report, or declared void.";
/// The columns.
pub const COLUMNS: [&str; 5] = ["Agent", "Runs", "Mean result, play money", "Brier", "Log score"];

/// The name of a kind of settlement.
pub fn ladder(ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Label => "Settled by a known answer",
        Ladder::Hand => "Settled by hand",
        Ladder::Peers => "Judged by peers",
        Ladder::Void => "Declared void",
    }
}

/// What it means.
pub fn ladder_what(ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Label => "The answer came with the question, or is the truth of a simulated world",
        Ladder::Hand => "Somebody said afterwards what happened",
        Ladder::Peers => "The last report stood in for the truth: provisional, and no score is known",
        Ladder::Void => "Everybody had their money back; the runs count for nobody",
    }
}

/// Its name for tests.
pub fn slug(ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Label => "label",
        Ladder::Hand => "hand",
        Ladder::Peers => "peers",
        Ladder::Void => "void",
    }
}

/// The name of whoever took part.
pub fn who(who: &Who) -> String {
    match who {
        Who::Model { name, .. } => name.clone(),
        Who::Simulated(trader) => roles::trader(*trader).to_owned(),
        Who::Person => super::ask::YOU.to_owned(),
    }
}

/// What kind of agent it is.
pub fn kind(who: &Who) -> String {
    match who {
        Who::Model { model, .. } => model.clone(),
        Who::Simulated(_) => "simulated".to_owned(),
        Who::Person => String::new(),
    }
}

/// Runs, mean result, Brier and log score.
pub fn figures(tally: &Tally) -> [String; 4] {
    let none = || "–".to_owned();
    let (brier, log) = tally
        .mean_scores()
        .map_or_else(|| (none(), none()), |(brier, log)| (format::decimal(brier), format::decimal(log)));
    let profit = tally.mean_profit().map_or_else(none, |profit| format!("{profit:+.2}").replace('-', "−"));
    [format::count(u64::from(tally.runs)), profit, brier, log]
}
