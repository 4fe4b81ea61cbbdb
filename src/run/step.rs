//! The run's decisions: `step` takes the state and an input and says which events follow and what is wanted next.
//! Synchronous and pure: no clock, no network, no randomness but the seed's streams.

use super::RunError;
use super::effect::{AgentReply, Effect, Input};
use super::event::{Basis, CloseReason, Ending, FailureKind, PassReason, RunEvent};
use super::spec::MAX_CALL_TOKENS;
use super::state::{Phase, RunState};
use crate::belief::Signals;
use crate::belief::turn::{self, Outcome, Turn};
use crate::market::{Order, Trade, largest_move};

/// What follows from an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Events, in order, to be appended to the log.
    pub events: Vec<RunEvent>,
    /// What is wanted next.
    pub effects: Vec<Effect>,
    /// The state after the events.
    pub state: RunState,
}

/// Events being made: each is applied to a copy of the state as soon as it is known, so that the next one follows
/// from it exactly as it will when the log is replayed.
struct Scratch {
    state: RunState,
    events: Vec<RunEvent>,
}

impl Scratch {
    fn emit(&mut self, event: RunEvent) -> Result<(), RunError> {
        self.state.apply(&event)?;
        self.events.push(event);
        Ok(())
    }
}

/// Decides what follows from `input`.
///
/// # Errors
/// Inputs that do not fit the state, and a person's order that the market refuses. The state is then unchanged.
pub fn step(state: &RunState, input: Input) -> Result<Step, RunError> {
    let mut scratch = Scratch { state: state.clone(), events: Vec::new() };
    match (state.phase(), input) {
        (Phase::New, Input::Begin) => begin(&mut scratch)?,
        (Phase::Asking, Input::Replies(replies)) => play_round(&mut scratch, replies)?,
        (Phase::Asking, Input::PersonOrder(order)) => person_trades(&mut scratch, &order)?,
        (Phase::Asking, Input::Stop) => close(&mut scratch, Ending::Stopped, CloseReason::StoppedByPerson)?,
        _ => return Err(RunError::OutOfPlace),
    }
    let effects = scratch.state.asked().into_iter().collect();
    Ok(Step { events: scratch.events, effects, state: scratch.state })
}

fn begin(scratch: &mut Scratch) -> Result<(), RunError> {
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

fn person_trades(scratch: &mut Scratch, order: &Order) -> Result<(), RunError> {
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
fn play_round(scratch: &mut Scratch, mut replies: Vec<AgentReply>) -> Result<(), RunError> {
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

fn record_reply(scratch: &mut Scratch, round: u32, reply: AgentReply) -> Result<(), RunError> {
    let agent = reply.agent;
    for mut call in reply.calls {
        if call.agent != agent || call.round != round {
            return Err(RunError::WrongReplies);
        }
        // Counts that no server can mean count as not given.
        call.prompt_tokens = call.prompt_tokens.filter(|&tokens| tokens <= MAX_CALL_TOKENS);
        call.completion_tokens = call.completion_tokens.filter(|&tokens| tokens <= MAX_CALL_TOKENS);
        scratch.emit(RunEvent::Call(call))?;
    }
    scratch.emit(match reply.result {
        Ok(forecast) => RunEvent::Forecast { round, agent, forecast },
        Err(failure) => RunEvent::Failed { round, agent, failure },
    })
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

/// The limit that leaves no room for another round.
fn limit_reached(state: &RunState) -> Option<CloseReason> {
    let (stop, totals) = (&state.spec().stop, state.totals());
    let tokens = totals.prompt_tokens.saturating_add(totals.completion_tokens);
    if stop.max_cost_micro_usd.is_some_and(|most| totals.cost_micro_usd >= most) {
        Some(CloseReason::CostLimit)
    } else if stop.max_tokens.is_some_and(|most| tokens >= most) {
        Some(CloseReason::TokenLimit)
    } else if stop.max_calls.is_some_and(|most| totals.calls >= most) {
        Some(CloseReason::CallLimit)
    } else {
        None
    }
}

/// Settles, where the outcome is known, and closes.
fn close(scratch: &mut Scratch, status: Ending, reason: CloseReason) -> Result<(), RunError> {
    let prices = scratch.state.market().prices();
    let spec = scratch.state.spec();
    let hidden = || spec.all_simulated().then(|| scratch.state.signals().map(Signals::truth)).flatten();
    let known = match spec.answer {
        Some(answer) => Some((answer, Basis::KnownAnswer)),
        None => hidden().map(|truth| (truth, Basis::HiddenTruth)),
    };
    if let Some((outcome, basis)) = known {
        let settlement = scratch.state.market().clone().settle(outcome)?;
        scratch.emit(RunEvent::Settled {
            outcome,
            basis,
            payouts_micros: settlement.payouts,
            maker_cash_micros: settlement.maker_cash,
        })?;
    }
    let totals = scratch.state.totals();
    scratch.emit(RunEvent::Closed { status, reason, prices, totals })
}
