//! Modes without a market: agents speak in turns, and a protocol reads from the transcript whose turn it is next and
//! what the answer is so far. What all of them share is here: opening, recording a turn, limits, the end.

use super::{debate, maker_trader, self_consistency, self_resolving};
use crate::run::RunError;
use crate::run::call::FailureKind;
use crate::run::effect::AgentReply;
use crate::run::event::{CloseReason, Ending, RunEvent};
use crate::run::mode::{Debate, DebateStyle, Mode};
use crate::run::settle::close;
use crate::run::state::RunState;
use crate::run::step::{Scratch, limit_reached, record_reply};
use crate::run::transcript::{Said, Turn};

/// So many turns in a row without a usable word, and the run gives up.
const SILENT_TURNS: usize = 3;

/// What a protocol wants next.
pub(super) enum Next {
    /// Another turn.
    Turn(Turn),
    /// It is over.
    End(Ending, CloseReason),
}

/// Opens the run and its first turn.
pub fn begin(scratch: &mut Scratch) -> Result<(), RunError> {
    let spec = scratch.state.spec();
    let stop_seed = || self_resolving::stop_seed(&scratch.state);
    let (order, stop_commitment) = match spec.mode {
        Mode::SelfResolving(_) => {
            (self_resolving::order(spec), Some(self_resolving::commitment(stop_seed())))
        }
        _ => (Vec::new(), None),
    };
    let prices = spec.prior.probabilities();
    scratch.emit(RunEvent::Began { prices, order, stop_commitment })?;
    match next(&scratch.state) {
        Next::Turn(turn) => open_turn(scratch, turn),
        Next::End(status, reason) => end(scratch, status, reason),
    }
}

/// Records a turn in roster order and opens the next one, or ends the run.
pub fn play_turn(scratch: &mut Scratch, mut replies: Vec<AgentReply>) -> Result<(), RunError> {
    let Some(turn) = scratch.state.turn().cloned() else { return Err(RunError::OutOfPlace) };
    let round = scratch.state.round();
    replies.sort_by_key(|reply| reply.agent);
    if !replies.iter().map(|reply| reply.agent).eq(turn.agents.iter().copied()) {
        return Err(RunError::WrongReplies);
    }
    for reply in replies {
        record_reply(scratch, round, reply)?;
    }
    let prices = answer(&scratch.state);
    scratch.emit(RunEvent::TurnClosed { round, prices })?;
    let failures = scratch.state.tally().failures.clone();
    if failures.contains(&FailureKind::Stopped) {
        // Whoever interrupted the turn says next what becomes of the run; until then it is still the same turn.
        return open_turn(scratch, turn);
    }
    if let Some(reason) = failures.iter().find_map(|failure| failure.limit()) {
        return close(scratch, Ending::Stopped, reason);
    }
    if let Mode::SelfResolving(switches) = scratch.state.spec().mode {
        self_resolving::draw(scratch, &switches)?;
    }
    match next(&scratch.state) {
        Next::End(status, reason) => end(scratch, status, reason),
        Next::Turn(turn) => match limit_reached(&scratch.state) {
            Some(reason) => close(scratch, Ending::Stopped, reason),
            None => open_turn(scratch, turn),
        },
    }
}

fn open_turn(scratch: &mut Scratch, turn: Turn) -> Result<(), RunError> {
    let round = scratch.state.round() + 1;
    scratch.emit(RunEvent::TurnOpened { round, agents: turn.agents, task: turn.task })
}

/// What a protocol does at its own end, before the run closes.
fn end(scratch: &mut Scratch, status: Ending, reason: CloseReason) -> Result<(), RunError> {
    match scratch.state.spec().mode {
        Mode::MakerTrader(switches) => {
            let gates = maker_trader::gates(&scratch.state, &switches);
            scratch.emit(RunEvent::Gauged { gates })?;
        }
        Mode::SelfResolving(switches) => self_resolving::pay(scratch, &switches)?,
        Mode::Market | Mode::SelfConsistency(_) | Mode::Debate(_) => {}
    }
    close(scratch, status, reason)
}

fn next(state: &RunState) -> Next {
    let transcript = state.transcript();
    if transcript.len() >= SILENT_TURNS && transcript.iter().rev().take(SILENT_TURNS).all(Said::is_silence) {
        return Next::End(Ending::Failed, CloseReason::NoAnswers);
    }
    match &state.spec().mode {
        // The market has rounds of its own.
        Mode::Market => Next::End(Ending::Failed, CloseReason::NoAnswers),
        Mode::MakerTrader(switches) => maker_trader::next(state, switches),
        Mode::SelfResolving(_) => self_resolving::next(state),
        Mode::SelfConsistency(switches) => self_consistency::next(state, *switches),
        Mode::Debate(Debate { style: DebateStyle::Panel, rounds }) => debate::next_of_panel(state, *rounds),
        Mode::Debate(Debate { style: DebateStyle::Judge, rounds }) => debate::next_of_judge(state, *rounds),
    }
}

/// The answer so far: what stands where a market has prices.
fn answer(state: &RunState) -> Vec<f64> {
    match &state.spec().mode {
        Mode::Market => state.prices(),
        Mode::MakerTrader(_)
        | Mode::SelfResolving(_)
        | Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => {
            last_belief(state).unwrap_or_else(|| state.prices())
        }
        Mode::SelfConsistency(_) => vote(state, state.transcript().iter()),
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
            let last = state.agents().iter().enumerate().filter_map(|(agent, _)| {
                state.transcript().iter().rev().find(|said| said.agent == agent && !said.is_silence())
            });
            vote(state, last)
        }
    }
}

fn last_belief(state: &RunState) -> Option<Vec<f64>> {
    let last = state.transcript().iter().rev().find_map(Said::forecast);
    last.map(|forecast| forecast.beliefs.probabilities())
}

/// Each outcome's share of the votes; what stood before if nobody voted.
fn vote<'a>(state: &RunState, ballots: impl Iterator<Item = &'a Said>) -> Vec<f64> {
    let mut votes = vec![0_u32; state.spec().outcome_count()];
    for forecast in ballots.filter_map(Said::forecast) {
        votes[forecast.beliefs.favourite()] += 1;
    }
    let all: u32 = votes.iter().sum();
    if all == 0 {
        return state.prices();
    }
    votes.into_iter().map(|votes| f64::from(votes) / f64::from(all)).collect()
}
