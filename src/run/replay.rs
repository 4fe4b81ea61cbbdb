//! Replay: finds the recorded inputs in a log, runs them through the engine again, and compares event by event.
//! Replaying never calls a model.

use super::RunError;
use super::call::CallRecord;
use super::effect::{AgentReply, Answer, Effect, Input, Resolution};
use super::event::{Basis, RunEvent};
use super::fault::Fault;
use super::protocols::self_resolving;
use super::record::Run;
use super::simulate::simulated_reply;
use super::spec::RunSpec;
use crate::market::Order;
use crate::prng::Seed;

/// The first place where a log is not what the engine makes of its inputs.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("event {seq}: {problem}")]
pub struct Divergence {
    /// The event, from 1.
    pub seq: u64,
    /// What differs.
    pub problem: Fault,
}

/// A replay under way, an input at a time.
pub struct Replay {
    run: Run,
    events: Vec<RunEvent>,
    position: usize,
}

impl Replay {
    /// Starts before the first event.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn new(spec: RunSpec, events: Vec<RunEvent>) -> Result<Self, RunError> {
        let secret = self_resolving::shown_secret(&spec, &events);
        Self::sealed(spec, events, secret)
    }

    fn sealed(spec: RunSpec, events: Vec<RunEvent>, secret: Option<Seed>) -> Result<Self, RunError> {
        Ok(Self { run: Run::sealed(spec, secret)?, events, position: 0 })
    }

    /// The run as far as it has been recomputed.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Events that were recomputed and compared.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Takes the next recorded input and compares the events that follow from it; true at the end of the log.
    ///
    /// # Errors
    /// The first event that differs.
    pub fn work(&mut self) -> Result<bool, Divergence> {
        if self.position >= self.events.len() {
            return Ok(true);
        }
        self.take_input().map(|_| self.position >= self.events.len())
    }

    fn take_input(&mut self) -> Result<Input, Divergence> {
        let at = |place: usize, problem: Fault| Divergence { seq: place as u64 + 1, problem };
        let rest = &self.events[self.position..];
        let input = next_input(&self.run, rest)
            .map_err(|(offset, error)| at(self.position + offset, error.into()))?;
        self.run.advance(input.clone()).map_err(|error| at(self.position, error.into()))?;
        let made = &self.run.log().entries()[self.position..];
        for (entry, recorded) in made.iter().zip(rest) {
            if entry.event != *recorded {
                return Err(Divergence { seq: entry.seq, problem: Fault::Differs(entry.event.type_name()) });
            }
        }
        if made.len() > rest.len() {
            return Err(at(self.events.len(), Fault::MidRound));
        }
        self.position += made.len();
        Ok(input)
    }
}

/// Runs the inputs recorded in `events` through the engine and compares every event.
///
/// # Errors
/// The first event that differs.
pub fn replay(spec: RunSpec, events: &[RunEvent]) -> Result<Run, Divergence> {
    let mut replay =
        Replay::new(spec, events.to_vec()).map_err(|error| Divergence { seq: 1, problem: error.into() })?;
    while !replay.work()? {}
    Ok(replay.run)
}

/// The input that must have come next, given what the run waits for and the events that follow.
fn next_input(run: &Run, events: &[RunEvent]) -> Result<Input, (usize, RunError)> {
    match (run.state().asked(), events.first()) {
        (None, _) if run.log().entries().is_empty() => Ok(Input::Begin),
        (None, Some(RunEvent::Settled { outcome, basis: Basis::Person, .. })) => {
            Ok(Input::Resolve(Resolution::Outcome(*outcome)))
        }
        (None, Some(RunEvent::Voided { .. })) => Ok(Input::Resolve(Resolution::Void)),
        (None, _) | (_, None) => Err((0, RunError::OutOfPlace)),
        (Some(_), Some(RunEvent::Traded { trade, .. })) => {
            let order = Order::new(trade.agent, trade.shares_micros.clone());
            order.map(Input::PersonOrder).map_err(|error| (0, error.into()))
        }
        (
            Some(_),
            Some(RunEvent::Settled { .. } | RunEvent::StopRevealed { .. } | RunEvent::Closed { .. }),
        ) => Ok(Input::Stop),
        (Some(Effect::AskRound { agents, .. }), Some(_)) => recorded_replies(run, &agents, events),
    }
}

/// Gathers one reply for each agent: recomputed for simulated ones, read from the log for the others.
fn recorded_replies(run: &Run, agents: &[usize], events: &[RunEvent]) -> Result<Input, (usize, RunError)> {
    let mut replies = Vec::with_capacity(agents.len());
    let mut offset = 0;
    for &agent in agents {
        let (recorded, used) = read_reply(run, agent, &events[offset..])
            .map_err(|place| (offset + place, RunError::WrongReplies))?;
        offset += used;
        let simulated = run.spec().agents[agent].kind.is_simulated();
        replies.push(if simulated {
            simulated_reply(run.state(), agent).ok_or((offset, RunError::WrongReplies))?
        } else {
            recorded
        });
    }
    Ok(Input::Replies(replies))
}

/// Reads the calls and the result of one agent; with the number of events that they take.
///
/// # Errors
/// The place of the first event that does not belong there, or of the end of the log if it comes too early.
fn read_reply(run: &Run, agent: usize, events: &[RunEvent]) -> Result<(AgentReply, usize), usize> {
    let (now, outcomes) = (run.state().round(), run.spec().outcome_count());
    let mut calls: Vec<CallRecord> = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let result = match event {
            RunEvent::Call(call) if call.agent == agent && call.round == now => {
                calls.push(call.clone());
                continue;
            }
            RunEvent::Forecast { round, agent: who, forecast }
                if *who == agent && *round == now && forecast.beliefs.outcomes() == outcomes =>
            {
                Ok(forecast.clone().into())
            }
            RunEvent::Argued { round, agent: who, argument } if *who == agent && *round == now => {
                Ok(Answer::Argument(argument.clone()))
            }
            RunEvent::Failed { round, agent: who, failure } if *who == agent && *round == now => {
                Err(failure.clone())
            }
            _ => return Err(place),
        };
        return Ok((AgentReply { agent, calls, result }, place + 1));
    }
    Err(events.len())
}

/// The inputs of a finished run, in order, without those that follow from the set-up: what a link carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedInputs {
    /// Inputs after `Begin`; replies hold only agents that are not simulated.
    pub inputs: Vec<Input>,
    /// What sealed the stop of a self-resolving market, where it does not follow from the set-up.
    pub stop_secret: Option<Seed>,
}

/// Reads the recorded inputs out of a run, an input at a time.
pub struct Recording {
    replay: Replay,
    recorded: RecordedInputs,
}

impl Recording {
    /// Starts before the first event.
    ///
    /// # Errors
    /// None for a run that this engine made.
    pub fn new(run: &Run) -> Result<Self, RunError> {
        let events: Vec<RunEvent> = run.log().events().cloned().collect();
        let known = run.state().stop_secret();
        let stop_secret = known.or_else(|| self_resolving::shown_secret(run.spec(), &events));
        Ok(Self {
            replay: Replay::sealed(run.spec().clone(), events, stop_secret)?,
            recorded: RecordedInputs { inputs: Vec::new(), stop_secret },
        })
    }

    /// Reads the next input; all of them at the end of the log.
    pub fn work(&mut self) -> Option<RecordedInputs> {
        // A log that the engine wrote replays to its end; of any other, what fits is kept.
        let more = self.replay.position < self.replay.events.len();
        let input = more.then(|| self.replay.take_input().ok()).flatten();
        match input {
            None => return Some(std::mem::take(&mut self.recorded)),
            Some(Input::Begin) => {}
            Some(Input::Replies(mut replies)) => {
                let agents = &self.replay.run.spec().agents;
                replies.retain(|reply| !agents[reply.agent].kind.is_simulated());
                self.recorded.inputs.push(Input::Replies(replies));
            }
            Some(other) => self.recorded.inputs.push(other),
        }
        None
    }
}

/// Reads the recorded inputs out of a run in one go.
pub fn recorded_inputs(run: &Run) -> RecordedInputs {
    let Ok(mut recording) = Recording::new(run) else { return RecordedInputs::default() };
    loop {
        if let Some(recorded) = recording.work() {
            return recorded;
        }
    }
}

/// Plays recorded inputs from the start, a round at a time; simulated agents answer again by themselves, and go on by
/// themselves where nothing is recorded and nobody else is asked: a run that is all simulated plays to its end, or to
/// the recorded Stop.
pub struct Playing {
    run: Run,
    inputs: std::iter::Peekable<std::vec::IntoIter<Input>>,
}

impl Playing {
    /// Begins a run.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn new(spec: RunSpec, recorded: RecordedInputs) -> Result<Self, RunError> {
        let mut run = Run::sealed(spec, recorded.stop_secret)?;
        run.advance(Input::Begin)?;
        Ok(Self { run, inputs: recorded.inputs.into_iter().peekable() })
    }

    /// Plays one input; whether there is more to play.
    ///
    /// # Errors
    /// An input that does not fit.
    pub fn work(&mut self) -> Result<bool, RunError> {
        // Only what is over can be resolved: before that, what needs no record is played.
        let waits =
            matches!(self.inputs.peek(), None | Some(Input::Resolve(_))) && self.waits_for_simulated_only();
        let input = match if waits { None } else { self.inputs.next() } {
            Some(Input::Replies(replies)) => with_simulated(&self.run, replies)?,
            Some(other) => other,
            None if waits => with_simulated(&self.run, Vec::new())?,
            None => return Ok(false),
        };
        self.run.advance(input)?;
        Ok(true)
    }

    fn waits_for_simulated_only(&self) -> bool {
        let agents = &self.run.spec().agents;
        let state = self.run.state();
        !state.is_closed() && state.asked_agents().iter().all(|&agent| agents[agent].kind.is_simulated())
    }

    /// The run as far as it was played.
    pub fn into_run(self) -> Run {
        self.run
    }
}

/// Plays recorded inputs in one go.
///
/// # Errors
/// Inputs that do not fit the set-up.
pub fn play(spec: RunSpec, recorded: RecordedInputs) -> Result<Run, RunError> {
    let mut playing = Playing::new(spec, recorded)?;
    while playing.work()? {}
    Ok(playing.into_run())
}

/// Completes a round's replies with those of the simulated agents.
///
/// # Errors
/// A reply for a simulated agent among `replies`.
pub fn with_simulated(run: &Run, mut replies: Vec<AgentReply>) -> Result<Input, RunError> {
    for agent in run.state().asked_agents() {
        if let Some(reply) = simulated_reply(run.state(), agent) {
            if replies.iter().any(|given| given.agent == agent) {
                return Err(RunError::WrongReplies);
            }
            replies.push(reply);
        }
    }
    Ok(Input::Replies(replies))
}
