//! Words for events, in German: the name of each type, and one line that says what happened.

use crate::aggregate::moment::leader;
use crate::aggregate::pushed;
use crate::run::{Basis, CloseReason, Ending, PassReason, RunEvent, RunSpec};
use crate::ui::format;

use super::calls::call_line;
use super::watch::{agent_name, failure, outcome_name};
use super::{purchase, voices};

/// The name of a type of event, from its `type` in the log.
pub fn kind(type_name: &str) -> &str {
    match type_name {
        "opened" | "began" => "Eröffnung",
        "round_opened" => "Rundenbeginn",
        "call" => "Aufruf",
        "forecast" => "Antwort",
        "failed" => "Fehlschlag",
        "order_drawn" => "Reihenfolge",
        "traded" => "Handel",
        "passed" => "Kein Handel",
        "round_closed" => "Rundenende",
        "turn_opened" => "Zug",
        "argued" => "Argument",
        "turn_closed" => "Ende des Zugs",
        "stop_drawn" => "Auslosung",
        "gauged" => "Tests",
        "voided" => "Ungültig",
        "settled" | "peers_paid" => "Abrechnung",
        "closed" => "Ende",
        other => other,
    }
}

/// An event in one line; the agent's name stands beside it.
pub fn line(spec: &RunSpec, event: &RunEvent) -> String {
    match event {
        RunEvent::Opened { prices, .. } => format!("Der Markt öffnet mit {}", leading(spec, prices)),
        RunEvent::RoundOpened { round, blind: true, .. } => {
            format!("Runde {round}: Alle werden verdeckt gefragt, ohne Preise")
        }
        RunEvent::RoundOpened { round, prices, .. } => {
            format!("Runde {round} beginnt mit {}", leading(spec, prices))
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
        RunEvent::Failed { failure: what, .. } => format!("Fehlschlag: {}", failure(what.kind)),
        RunEvent::OrderDrawn { order, .. } if order.is_empty() => {
            "In dieser Runde kann niemand handeln".to_owned()
        }
        RunEvent::OrderDrawn { order, .. } => {
            let names: Vec<&str> = order.iter().map(|&agent| agent_name(spec, agent)).collect();
            format!("Gehandelt wird in dieser Reihenfolge: {}", names.join(", "))
        }
        RunEvent::Traded { trade, .. } => purchase::trade_line(
            spec,
            pushed(trade),
            &trade.shares_micros,
            [&trade.prices_before, &trade.prices_after],
            trade.cost_micros,
        ),
        RunEvent::Passed { reason: PassReason::BelowEpsilon, .. } => "Mit dem Preis einverstanden".to_owned(),
        RunEvent::Passed { reason: PassReason::EmptyPurse, .. } => {
            "Kein Geld mehr, um den Preis zu bewegen".to_owned()
        }
        RunEvent::RoundClosed { round, prices, largest_move } => {
            format!(
                "Runde {round} endet mit {}; größte Bewegung: {}",
                leading(spec, prices),
                percentage_points(*largest_move)
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
                format!("{name} gilt als eingetreten: {}", basis_words(*basis))
            } else {
                format!("Anteile an {name} werden ausbezahlt: {}", basis_words(*basis))
            }
        }
        RunEvent::Closed { status, reason, prices, .. } => {
            format!("{} mit {}: {}", ending(*status), leading(spec, prices), close_reason(*reason))
        }
    }
}

pub(super) fn leading(spec: &RunSpec, prices: &[f64]) -> String {
    let most = leader(prices);
    let price = format::percent_of(prices, most);
    format!("{} bei {price}", outcome_name(spec, most))
}

/// A change without its sign, with its unit.
pub(super) fn percentage_points(change: f64) -> String {
    let points = format::points(change);
    match points.trim_start_matches('+') {
        "1" => "1 Prozentpunkt".to_owned(),
        points => format!("{points} Prozentpunkte"),
    }
}

fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::KnownAnswer => "Diese Antwort wurde mit der Frage geliefert",
        Basis::HiddenTruth => "Das ist die Wahrheit in der Welt der simulierten Händler",
        Basis::Person => "Eine Person hat es nach dem Ende des Laufs gesagt",
    }
}

fn ending(status: Ending) -> &'static str {
    match status {
        Ending::Converged => "Entschieden",
        Ending::Undecided => "Unentschieden beendet",
        Ending::Stopped => "Gestoppt",
        Ending::Failed => "Gescheitert",
        Ending::Completed => "Beendet",
    }
}

fn close_reason(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::NoTrade => "Eine Runde verging ohne Handel",
        CloseReason::RoundLimit => "Die letzte Runde ist vorbei",
        CloseReason::CallLimit => "Die Obergrenze für Aufrufe ist erreicht",
        CloseReason::TokenLimit => "Die Obergrenze für Tokens ist erreicht",
        CloseReason::CostLimit => "Die Kostengrenze ist erreicht",
        CloseReason::TimeLimit => "Die Zeitgrenze ist erreicht",
        CloseReason::StoppedByPerson => "Jemand hat den Lauf gestoppt",
        CloseReason::NoAnswers => "Eine ganze Runde lang hat niemand geantwortet",
        CloseReason::Equilibrium => {
            "Die Schätzung ist zur Ruhe gekommen, nach der Regel und nach allen Tests"
        }
        CloseReason::GatesFailed => {
            "Nach der Regel ist die Schätzung zur Ruhe gekommen, nach einem Test besagt das aber nichts"
        }
        CloseReason::StopDrawn => "Das Los hat den Markt beendet",
        CloseReason::AllSpoke => "Alle haben gesprochen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_point_is_no_plural_and_a_sign_is_not_shown() {
        assert_eq!(percentage_points(0.01), "1 Prozentpunkt");
        assert_eq!(percentage_points(0.12), "12 Prozentpunkte");
        assert_eq!(percentage_points(0.002), "0,2 Prozentpunkte");
    }
}
