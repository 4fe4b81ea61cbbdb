//! Words for events: the name of each type, and one line that says what happened.

use crate::aggregate::moment::leader;
use crate::aggregate::pushed;
use crate::run::{Basis, CloseReason, Ending, FailureKind, PassReason, RunEvent, RunSpec};
use crate::ui::format;

use super::calls::call_line;
use super::watch::{agent_name, outcome_name};
use super::{purchase, voices};

/// The name of a type of event, from its `type` in the log.
pub fn kind(type_name: &str) -> &str {
    match type_name {
        "opened" | "began" => "Opening",
        "round_opened" => "Round opens",
        "call" => "Call",
        "forecast" => "Answer",
        "failed" => "Failure",
        "order_drawn" => "Order",
        "traded" => "Trade",
        "passed" => "No trade",
        "round_closed" => "Round closes",
        "turn_opened" => "Turn",
        "argued" => "Argument",
        "turn_closed" => "Turn ends",
        "stop_drawn" => "Draw",
        "gauged" => "Gates",
        "voided" => "Void",
        "settled" | "peers_paid" => "Settlement",
        "closed" => "End",
        other => other,
    }
}

/// An event in one line; the agent's name stands beside it.
pub fn line(spec: &RunSpec, event: &RunEvent) -> String {
    match event {
        RunEvent::Opened { prices, .. } => format!("The market opens with {}", leading(spec, prices)),
        RunEvent::RoundOpened { round, blind: true, .. } => {
            format!("Round {round}: everybody is asked in private, without prices")
        }
        RunEvent::RoundOpened { round, prices, .. } => {
            format!("Round {round} opens with {}", leading(spec, prices))
        }
        RunEvent::Call(call) => call_line(call),
        RunEvent::Forecast { forecast, .. } => {
            let said = leading(spec, &forecast.beliefs.probabilities());
            if forecast.headline.is_empty() {
                said
            } else {
                format!("{said}: {}", voices::said(&forecast.headline))
            }
        }
        RunEvent::Failed { failure: what, .. } => format!("No answer: {}", failure(what.kind)),
        RunEvent::OrderDrawn { order, .. } if order.is_empty() => "Nobody can trade in this round".to_owned(),
        RunEvent::OrderDrawn { order, .. } => {
            let names: Vec<&str> = order.iter().map(|&agent| agent_name(spec, agent)).collect();
            format!("They trade in this order: {}", names.join(", "))
        }
        RunEvent::Traded { trade, .. } => purchase::trade_line(
            spec,
            pushed(trade),
            &trade.shares_micros,
            [&trade.prices_before, &trade.prices_after],
            trade.cost_micros,
        ),
        RunEvent::Passed { reason: PassReason::BelowEpsilon, .. } => "Content with the price".to_owned(),
        RunEvent::Passed { reason: PassReason::EmptyPurse, .. } => {
            "Has no money left to move the price".to_owned()
        }
        RunEvent::RoundClosed { round, prices, largest_move } => {
            format!(
                "Round {round} ends with {}, moved by {} points at most",
                leading(spec, prices),
                points(*largest_move)
            )
        }
        RunEvent::Began { .. }
        | RunEvent::TurnOpened { .. }
        | RunEvent::Argued { .. }
        | RunEvent::TurnClosed { .. }
        | RunEvent::StopDrawn { .. }
        | RunEvent::StopRevealed { .. }
        | RunEvent::Gauged { .. }
        | RunEvent::PeersPaid { .. }
        | RunEvent::Voided { .. } => super::turns::line(spec, event),
        RunEvent::Settled { outcome, basis, payouts_micros, .. } => {
            let name = outcome_name(spec, *outcome);
            if payouts_micros.is_empty() {
                format!("{name} counts as what happened: {}", basis_words(*basis))
            } else {
                format!("Shares of {name} are paid out: {}", basis_words(*basis))
            }
        }
        RunEvent::Closed { status, reason, prices, .. } => {
            format!("{} with {}: {}", ending(*status), leading(spec, prices), close_reason(*reason))
        }
    }
}

pub(super) fn leading(spec: &RunSpec, prices: &[f64]) -> String {
    let most = leader(prices);
    let price = format::percent_of(prices, most);
    format!("{} at {price}", outcome_name(spec, most))
}

fn points(change: f64) -> String {
    format::points(change).trim_start_matches('+').to_owned()
}

/// The kind of a failure, in the middle of a sentence.
fn failure(kind: FailureKind) -> String {
    let words = super::watch::failure(kind);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::KnownAnswer => "the answer that came with the question",
        Basis::HiddenTruth => "the truth of the simulated traders' world",
        Basis::Person => "a person said so after the end of the run",
    }
}

fn ending(status: Ending) -> &'static str {
    match status {
        Ending::Converged => "Settled",
        Ending::Undecided => "Ended undecided",
        Ending::Stopped => "Stopped",
        Ending::Failed => "Failed",
        Ending::Completed => "Ended",
    }
}

fn close_reason(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::NoTrade => "a round passed without a trade",
        CloseReason::RoundLimit => "the last round is over",
        CloseReason::CallLimit => "the limit of calls was reached",
        CloseReason::TokenLimit => "the limit of tokens was reached",
        CloseReason::CostLimit => "the limit of money was reached",
        CloseReason::TimeLimit => "the limit of time was reached",
        CloseReason::StoppedByPerson => "somebody pressed Stop",
        CloseReason::NoAnswers => "nobody answered in a whole round",
        CloseReason::Equilibrium => "the estimate held still, by the rule and by every gate",
        CloseReason::GatesFailed => {
            "the rule says that the estimate held still, and a gate says that it means nothing"
        }
        CloseReason::StopDrawn => "the draw stopped the market",
        CloseReason::AllSpoke => "everybody has spoken",
    }
}
