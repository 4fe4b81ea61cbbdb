//! Words of the experts' figures on the Why page: each has one sentence that says what it means to somebody who has never
//! seen a market, and what does not apply in other modes is said.

use super::watch::{agent_name, outcome_name};
use crate::aggregate::Yardstick;
use crate::run::{Debate, DebateStyle, Mode, RunSpec};
use crate::ui::format;

/// A heading.
pub const DETAIL: &str = "In detail";
/// What holds for all replays.
pub const HELD_FIXED: &str = "Played again from the log, with the others' words held fixed: had they read something else, they might have \
                              answered otherwise, and no replay can know how. No model is asked.";
/// Begins the work.
pub const WORK_OUT: &str = "Work it out";
/// The run goes on.
pub const STILL_OPEN: &str = "The run goes on. The figures can be worked out for what has happened so far.";
/// Ends the work.
pub const CANCEL: &str = "Cancel";
/// It was cancelled.
pub const CANCELLED: &str = "Cancelled: the figures below need all replays";
/// What the progress bar counts.
pub const REPLAYS: &str = "Replays done";
/// A heading.
pub const CREDIT: &str = "Credit, move by move";
/// A heading.
pub const SHAPLEY: &str = "Fair share";
/// A heading.
pub const WITHOUT: &str = "Without each agent";
/// A heading.
pub const ORDERS: &str = "In another order";
/// A heading.
pub const LIQUIDITY: &str = "With a deeper or a shallower market";
/// The range.
pub const LIQUIDITY_RANGE: &str = "Liquidity, as a multiple of the run's";
/// A heading.
pub const FEW: &str = "How few decided it";
/// A heading.
pub const REST: &str = "Did it come to rest?";
/// A row.
pub const TOTAL: &str = "Together";
/// No trades.
pub const NO_TRADES: &str = "Nobody has traded, so there is nothing to share out.";

/// What does not apply, and why.
pub fn not_here(spec: &RunSpec) -> Option<&'static str> {
    Some(match spec.mode {
        Mode::Market => return None,
        Mode::MakerTrader(_) => {
            "Nobody owns anything in a maker–trader run, so there is no money to share out and no order of trade to \
             change. Each argument is credited with how far the maker's estimate moved right after it. Fair shares and \
             runs without one of the traders would need the maker to be asked again: its estimates answer every \
             argument that came before."
        }
        Mode::SelfResolving(_) => {
            "Reports come in turn and each answers those before it. A report is credited with how far it moved the \
             chain. Leaving one out or changing the order would change the later reports themselves, so those replays do \
             not apply; what each report is paid stands in the panel."
        }
        Mode::SelfConsistency(_) => {
            "Every answer has one vote, so nobody carries more of the result than anybody else: credit, fair shares and \
             the order of trade do not apply."
        }
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
            "Everybody answers at once and has one vote, so no single argument can be credited with a move: credit, fair \
             shares and the order of trade do not apply."
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => {
            "One agent judges after hearing both sides, so only it knows what weighed how much: credit, fair shares and \
             the order of trade do not apply."
        }
    })
}

/// How far the replays have come.
pub fn progress(done: usize, total: usize) -> String {
    format!("{} of {} replays", format::count(done as u64), format::count(total as u64))
}

/// By what credit is measured.
pub fn yardstick(spec: &RunSpec, yardstick: &Yardstick) -> String {
    match yardstick {
        Yardstick::Outcome(outcome) => format!("what happened, {}", outcome_name(spec, *outcome)),
        Yardstick::EndPrice(_) => "where the price ended, since nobody knows yet what happened".to_owned(),
    }
}

/// What credit means.
pub fn credit_what(spec: &RunSpec, measure: &Yardstick) -> String {
    format!(
        "What an agent's moves were worth, measured by {}: towards it counts for the mover, away from it against, and \
         the parts add up to the whole way exactly.",
        yardstick(spec, measure)
    )
}

/// What Shapley's value means.
pub fn shapley_what(agents: usize, exact: bool) -> String {
    let how = if exact {
        format!("all {} groups of the {agents} agents were played", format::count(1 << agents.min(20)))
    } else {
        "the order of joining was sampled, so each figure has a standard error".to_owned()
    };
    format!(
        "What an agent adds on average when the panel is put together one by one in every order, so that it does not \
         matter who came first; {how}."
    )
}

/// What leaving out means.
pub const WITHOUT_WHAT: &str = "Where the price would have ended had one agent stayed away: the further from the line, the more hangs on it.";

/// What the band means.
pub fn orders_what(orders: usize) -> String {
    format!(
        "Who trades first in a round is drawn by lot. In {orders} other draws the price ends within the band: a narrow one \
         says that luck of the draw hardly mattered."
    )
}

/// The band in figures.
pub fn orders_band(low: f64, high: f64, least: f64, most: f64) -> String {
    format!(
        "Nine in ten between {} and {}, all between {} and {}",
        format::percent_fine(low),
        format::percent_fine(high),
        format::percent_fine(least),
        format::percent_fine(most)
    )
}

/// How often the answer leads.
pub fn orders_lead(spec: &RunSpec, outcome: usize, leads: usize, of: usize) -> String {
    let name = outcome_name(spec, outcome);
    if leads == of {
        format!("{name} leads in all of them")
    } else {
        format!("{name} leads in {leads} of {of}")
    }
}

/// What liquidity means.
pub const LIQUIDITY_WHAT: &str = "A deeper market gives way less: the same conviction costs more to voice. If the answer changes a lot, it \
                                  owes something to how the market was set up, and not to the panel alone.";

/// The price at a multiple.
pub fn liquidity_at(spec: &RunSpec, factor: f64, outcome: usize, price: f64) -> String {
    format!(
        "At {} the liquidity: {} for {}",
        times(factor),
        format::percent_fine(price),
        outcome_name(spec, outcome)
    )
}

/// A multiple.
pub fn times(factor: f64) -> String {
    if factor < 1.0 { format!("1/{:.0}", 1.0 / factor) } else { format!("{factor}×") }
}

/// How few decided it.
pub fn few(spec: &RunSpec, largest: Option<(usize, f64)>, effective: f64, agents: usize) -> String {
    match largest {
        None => NO_TRADES.to_owned(),
        Some((agent, share)) => format!(
            "{} made {} of all movement. The path is as concentrated as if {effective:.1} equal agents had made it, of {agents}.",
            agent_name(spec, agent),
            format::percent(share)
        ),
    }
}

/// What concentration means.
pub const FEW_WHAT: &str = "The nearer to one, the more the answer is one agent's and not the panel's.";

/// The largest purse.
pub fn purse(share: f64) -> String {
    format!("The largest purse held {} of the panel's money.", format::percent(share))
}

/// The line that places are compared with.
pub fn as_it_was(spec: &RunSpec, outcome: usize, price: f64) -> String {
    format!("The line: {} for {}, as it was", format::percent(price), outcome_name(spec, outcome))
}

/// A unit of credit.
pub fn credit(value: f64) -> String {
    let text = format::decimal(value);
    if value > 0.0 && text != "0.00" { format!("+{text}") } else { text }
}

/// A figure with its standard error.
pub fn with_error(value: f64, stderr: Option<f64>) -> String {
    match stderr {
        None => credit(value),
        Some(stderr) => format!("{} ± {}", credit(value), format::decimal(stderr)),
    }
}

/// The unit of credit.
pub fn unit(is_lmsr: bool) -> &'static str {
    if is_lmsr {
        "In play money: b · ln of the new price over the old, what the market's rule pays for the move."
    } else {
        "In points of log score, b · ln of the new price over the old; this market's maker pays by another rule."
    }
}
