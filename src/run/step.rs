//! The run's decisions: `step` takes the state and an input and says which events follow and what is wanted next.
//! What a round is made of is the protocols' business; what all of them do alike is here.
//! Synchronous and pure: no clock, no network, no randomness but the seed's streams.

use super::RunError;
use super::effect::{AgentReply, Answer, Effect, Input};
use super::event::{CloseReason, Ending, RunEvent};
use super::protocols::{market, turns};
use super::settle::{close, resolve};
use super::spec::MAX_CALL_TOKENS;
use super::state::{Phase, RunState};

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
pub(super) struct Scratch {
    pub(super) state: RunState,
    events: Vec<RunEvent>,
}

impl Scratch {
    /// Applies an event and keeps it.
    pub(super) fn emit(&mut self, event: RunEvent) -> Result<(), RunError> {
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
    let on_market = state.spec().mode.is_market();
    let mut scratch = Scratch { state: state.clone(), events: Vec::new() };
    match (state.phase(), input) {
        (Phase::New, Input::Begin) if on_market => market::begin(&mut scratch)?,
        (Phase::New, Input::Begin) => turns::begin(&mut scratch)?,
        (Phase::Asking, Input::Replies(replies)) if on_market => market::play_round(&mut scratch, replies)?,
        (Phase::Asking, Input::Replies(replies)) => turns::play_turn(&mut scratch, replies)?,
        (Phase::Asking, Input::PersonOrder(order)) => market::person_trades(&mut scratch, &order)?,
        (Phase::Asking, Input::Stop) => close(&mut scratch, Ending::Stopped, CloseReason::StoppedByPerson)?,
        (Phase::Closed(_), Input::Resolve(resolution)) => resolve(&mut scratch, resolution)?,
        _ => return Err(RunError::OutOfPlace),
    }
    let effects = scratch.state.asked().into_iter().collect();
    Ok(Step { events: scratch.events, effects, state: scratch.state })
}

/// Records an agent's calls and what came of them.
pub(super) fn record_reply(scratch: &mut Scratch, round: u32, reply: AgentReply) -> Result<(), RunError> {
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
    let wants_belief = scratch.state.turn().is_none_or(|turn| turn.task.is_forecast());
    scratch.emit(match reply.result {
        Ok(Answer::Forecast(forecast)) if wants_belief => RunEvent::Forecast { round, agent, forecast },
        Ok(Answer::Argument(argument)) if !wants_belief => RunEvent::Argued { round, agent, argument },
        // Only what was asked for is an answer.
        Ok(_) => return Err(RunError::WrongReplies),
        Err(failure) => RunEvent::Failed { round, agent, failure },
    })
}

/// The limit that leaves no room for another round.
pub(super) fn limit_reached(state: &RunState) -> Option<CloseReason> {
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
