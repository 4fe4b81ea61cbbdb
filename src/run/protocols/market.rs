//! The market: private first beliefs, then rounds. All agents of a round see one snapshot; their answers become trades
//! in an order drawn from the seed, until a round passes without a trade.

use crate::belief::turn::{self, Outcome, Turn};
use crate::market::{Order, Trade, largest_move};
use crate::run::RunError;
use crate::run::call::FailureKind;
use crate::run::effect::AgentReply;
use crate::run::event::{CloseReason, Ending, PassReason, RunEvent};
use crate::run::settle::close;
use crate::run::state::RunState;
use crate::run::step::{Scratch, limit_reached, record_reply};

/// Opens the market and the first round.
pub fn begin(scratch: &mut Scratch) -> Result<(), RunError> {
    let ledger = scratch.state.market().ledger();
    let opened = RunEvent::Opened {
        cash_micros: ledger.accounts().iter().map(|account| account.cash).collect(),
        maker_cash_micros: ledger.maker_cash(),
        prices: scratch.state.market().prices(),
    };
    scratch.emit(opened)?;
    open_round(scratch, 1)
}

fn open_round(scratch: &mut Scratch, round: u32) -> Result<(), RunError> {
    let prices = scratch.state.market().prices();
    scratch.emit(RunEvent::RoundOpened { round, blind: round == 1, prices })
}

/// A person, who is on the roster, trades while answers are awaited.
pub fn person_trades(scratch: &mut Scratch, order: &Order) -> Result<(), RunError> {
    let agent =
        scratch.state.spec().agents.get(order.trader()).ok_or(RunError::UnknownAgent(order.trader()))?;
    if !agent.kind.is_person() {
        return Err(RunError::NotAPerson(order.trader()));
    }
    let quote = scratch.state.market().quote(order)?;
    let round = scratch.state.round();
    scratch.emit(RunEvent::Traded { round, reach: 1.0, trade: Trade::from(quote) })
}

/// Records a round's answers in roster order, lets the agents trade in the seed's order, and ends the round.
pub fn play_round(scratch: &mut Scratch, mut replies: Vec<AgentReply>) -> Result<(), RunError> {
    let round = scratch.state.round();
    replies.sort_by_key(|reply| reply.agent);
    let answered: Vec<usize> = replies.iter().map(|reply| reply.agent).collect();
    if answered != scratch.state.asked_agents() {
        return Err(RunError::WrongReplies);
    }
    for reply in replies {
        record_reply(scratch, round, reply)?;
    }
    let state = &scratch.state;
    let mut order: Vec<usize> =
        answered.into_iter().filter(|&agent| state.agents()[agent].answered_round == round).collect();
    state.spec().seed.stream(&format!("order/{round}")).shuffle(&mut order);
    scratch.emit(RunEvent::OrderDrawn { round, order: order.clone() })?;
    for &agent in &order {
        let event = trade_or_pass(&scratch.state, round, agent)?;
        scratch.emit(event)?;
    }
    let tally = scratch.state.tally().clone();
    let prices = scratch.state.market().prices();
    let largest_move = largest_move(&tally.opening_prices, &prices);
    scratch.emit(RunEvent::RoundClosed { round, prices, largest_move })?;
    match ending(&scratch.state, order.len()) {
        Some((status, reason)) => close(scratch, status, reason),
        None => open_round(scratch, round + 1),
    }
}

/// What an agent does with its belief, given the market as it stands.
fn trade_or_pass(state: &RunState, round: u32, agent: usize) -> Result<RunEvent, RunError> {
    let belief = state.traded_belief(agent).ok_or(RunError::BadForecast { agent })?;
    let reference = &state.agents()[agent].reference;
    let turn = Turn { agent, belief: &belief, reference, traders: state.asked_agents().len() };
    let Outcome { quote, reach, wanted_move } = turn::take(&state.spec().sizing, state.market(), &turn)?;
    let epsilon = state.spec().stop.epsilon;
    match quote {
        Some(quote) if quote.largest_move() >= epsilon => {
            Ok(RunEvent::Traded { round, reach, trade: Trade::from(quote) })
        }
        _ => {
            let held_back = wanted_move >= epsilon && reach < 1.0;
            let reason = if held_back { PassReason::EmptyPurse } else { PassReason::BelowEpsilon };
            Ok(RunEvent::Passed { round, agent, reason, wanted_move })
        }
    }
}

/// Whether the run ends after a round in which `answers` agents answered.
fn ending(state: &RunState, answers: usize) -> Option<(Ending, CloseReason)> {
    let tally = state.tally();
    if tally.failures.contains(&FailureKind::Stopped) {
        // Whoever interrupted the round says next what becomes of the run.
        return None;
    }
    if let Some(reason) = tally.failures.iter().find_map(|failure| failure.limit()) {
        return Some((Ending::Stopped, reason));
    }
    if answers == 0 && !state.asked_agents().is_empty() {
        return Some((Ending::Failed, CloseReason::NoAnswers));
    }
    // Silence of failed agents is no agreement: half of those asked must have answered.
    if tally.trades == 0 && 2 * answers >= state.asked_agents().len() {
        return Some((Ending::Converged, CloseReason::NoTrade));
    }
    if let Some(reason) = limit_reached(state) {
        return Some((Ending::Stopped, reason));
    }
    (state.round() >= state.spec().stop.max_rounds).then_some((Ending::Undecided, CloseReason::RoundLimit))
}
