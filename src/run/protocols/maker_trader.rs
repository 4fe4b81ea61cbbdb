//! Maker–trader, the protocol of Gho et al., arXiv 2511.17621 (mechanisms §1): the maker states a probability, a trader
//! argues, the maker states it again, until its last three lie within T or the turns run out. Nobody owns anything.
//! “Converged” needs the gates of mechanisms §7 besides the paper's rule.

use super::turns::Next;
use crate::run::event::{CloseReason, Ending};
use crate::run::gates::{self, Gates, range_rule};
use crate::run::mode::{MakerTrader, ReadOut};
use crate::run::state::RunState;
use crate::run::transcript::{Said, Task, Turn};

/// The maker's place in the roster.
pub const MAKER: usize = 0;

pub(super) fn next(state: &RunState, switches: &MakerTrader) -> Next {
    let quote = || Next::Turn(Turn { agents: vec![MAKER], task: Task::Forecast });
    let Some(last) = state.transcript().last() else { return quote() };
    let quotes = quotes(state);
    if quotes.is_empty() {
        return Next::End(Ending::Failed, CloseReason::NoAnswers);
    }
    match last.task {
        Task::Forecast if !last.is_silence() && range_rule(&quotes, switches.tolerance) => {
            if gates::gates(&quotes, switches.tolerance).failed.is_empty() {
                Next::End(Ending::Converged, CloseReason::Equilibrium)
            } else {
                Next::End(Ending::Undecided, CloseReason::GatesFailed)
            }
        }
        Task::Forecast => argue(state, switches),
        Task::Argue { .. } if last.is_silence() => argue(state, switches),
        Task::Argue { .. } => match questioned(state, switches, last) {
            Some(agent) => Next::Turn(Turn { agents: vec![agent], task: Task::Reply }),
            None => quote(),
        },
        Task::Reply => quote(),
    }
}

/// The next trader's turn, or the end.
fn argue(state: &RunState, switches: &MakerTrader) -> Next {
    let turns = state.transcript().iter().filter(|said| matches!(said.task, Task::Argue { .. })).count();
    if turns >= switches.turns as usize {
        return Next::End(Ending::Undecided, CloseReason::RoundLimit);
    }
    let traders = state.agents().len() - 1;
    // A panel of one plays both parts.
    let trader = if traders == 0 { MAKER } else { 1 + turns % traders };
    let side = switches.either_side.then_some(turns % 2);
    Next::Turn(Turn { agents: vec![trader], task: Task::Argue { side } })
}

/// Who must answer the question of the last argument: whoever argued before.
fn questioned(state: &RunState, switches: &MakerTrader, last: &Said) -> Option<usize> {
    let asks = switches.cross_examination && last.argument().is_some_and(|said| !said.question.is_empty());
    let earlier = state.transcript().iter().rev().skip(1);
    let mut arguments = earlier.filter(|said| matches!(said.task, Task::Argue { .. }) && !said.is_silence());
    if asks { arguments.next().map(|said| said.agent) } else { None }
}

/// The maker's probabilities of the first outcome, first first.
fn quotes(state: &RunState) -> Vec<f64> {
    state.transcript().iter().filter_map(Said::forecast).map(|forecast| forecast.beliefs.of(0)).collect()
}

pub(super) fn gates(state: &RunState, switches: &MakerTrader) -> Gates {
    gates::gates(&quotes(state), switches.tolerance)
}

/// The answer: the last quote, or the mean of the last three.
pub fn read_out(state: &RunState, switches: &MakerTrader) -> Option<Vec<f64>> {
    let quotes = quotes(state);
    let counted = match switches.read_out {
        ReadOut::Last => 1,
        ReadOut::MeanOfThree => gates::WINDOW,
    };
    let last = &quotes[quotes.len().saturating_sub(counted)..];
    let p = last.iter().sum::<f64>() / last.len().max(1) as f64;
    (!last.is_empty()).then(|| vec![p, 1.0 - p])
}
