//! Replay: finds the recorded inputs in a log, runs them through the engine again, and compares event by event.
//! Replaying never calls a model; verification is a replay plus the chain.

use super::RunError;
use super::effect::{AgentReply, Effect, Input};
use super::event::{CallRecord, RunEvent};
use super::record::{Document, ENGINE, Run};
use super::simulate::simulated_reply;
use super::spec::{AgentKind, RunSpec, Texts};
use crate::audit::verify_chain;
use crate::market::Order;

/// The outcome of verifying a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Everything follows.
    Verified {
        /// How many events were checked.
        events: u64,
        /// Texts that a reduced copy lacks.
        texts: Option<Texts>,
    },
    /// Something does not.
    Broken {
        /// The first event that does not hold, from 1.
        seq: u64,
        /// What is wrong with it.
        problem: String,
    },
}

/// Checks the chain, then recomputes every price, balance and trade from the recorded beliefs.
pub fn verify(document: &Document) -> Verdict {
    let broken = |seq: u64, problem: String| Verdict::Broken { seq, problem };
    if let Err(fault) = verify_chain(&document.header(), &document.events, &document.head) {
        return broken(fault.seq, fault.kind.to_string());
    }
    if document.engine != ENGINE {
        return broken(1, format!("it was made by {}, and this is {ENGINE}", document.engine));
    }
    let spec = match document.read_spec() {
        Ok(spec) => spec,
        Err(error) => return broken(1, format!("the set-up cannot be used: {error}")),
    };
    let mut events = Vec::with_capacity(document.events.len());
    for entry in &document.events {
        match serde_json::from_value::<RunEvent>(entry.event.clone()) {
            Ok(event) => events.push(event),
            Err(error) => return broken(entry.seq, format!("it cannot be read: {error}")),
        }
    }
    let texts = spec.derived_from.as_ref().map(|origin| origin.texts);
    match replay(spec, &events) {
        Err(divergence) => broken(divergence.seq, divergence.problem),
        Ok(run) if !run.state().is_closed() => broken(
            events.len() as u64 + 1,
            "the closing event is missing: the log was cut or never finished".into(),
        ),
        Ok(run) if run.head() != document.head => {
            broken(document.head.seq, "the recomputed log has another head".into())
        }
        Ok(_) => Verdict::Verified { events: document.head.seq, texts },
    }
}

/// The first place where a log is not what the engine makes of its inputs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {problem}")]
pub struct Divergence {
    /// The event, from 1.
    pub seq: u64,
    /// What differs.
    pub problem: String,
}

/// Runs the inputs recorded in `events` through the engine and compares every event.
///
/// # Errors
/// The first event that differs.
pub fn replay(spec: RunSpec, events: &[RunEvent]) -> Result<Run, Divergence> {
    let at = |position: usize, problem: String| Divergence { seq: position as u64 + 1, problem };
    let mut run = Run::new(spec).map_err(|error| at(0, error.to_string()))?;
    let mut position = 0;
    while position < events.len() {
        let input = next_input(&run, &events[position..])
            .map_err(|(offset, error)| at(position + offset, error.to_string()))?;
        run.advance(input).map_err(|error| at(position, error.to_string()))?;
        let made = &run.log().entries()[position..];
        for (entry, recorded) in made.iter().zip(&events[position..]) {
            if entry.event != *recorded {
                let problem = format!("the engine computes another “{}” here", entry.event.type_name());
                return Err(Divergence { seq: entry.seq, problem });
            }
        }
        position = run.log().entries().len();
    }
    if position > events.len() {
        return Err(at(events.len(), "the log stops in the middle of a round".into()));
    }
    Ok(run)
}

/// The input that must have come next, given what the run waits for and the events that follow.
fn next_input(run: &Run, events: &[RunEvent]) -> Result<Input, (usize, RunError)> {
    match (run.state().asked(), events.first()) {
        (None, _) if run.log().entries().is_empty() => Ok(Input::Begin),
        (None, _) | (_, None) => Err((0, RunError::OutOfPlace)),
        (Some(_), Some(RunEvent::Traded { trade, .. })) => {
            let order = Order::new(trade.agent, trade.shares_micros.clone());
            order.map(Input::PersonOrder).map_err(|error| (0, error.into()))
        }
        (Some(_), Some(RunEvent::Settled { .. } | RunEvent::Closed { .. })) => Ok(Input::Stop),
        (Some(Effect::AskRound { agents, .. }), Some(_)) => recorded_replies(run, &agents, events),
    }
}

/// Gathers one reply for each agent: recomputed for simulated ones, read from the log for the others.
fn recorded_replies(run: &Run, agents: &[usize], events: &[RunEvent]) -> Result<Input, (usize, RunError)> {
    let mut replies = Vec::with_capacity(agents.len());
    let mut offset = 0;
    for &agent in agents {
        let (recorded, used) =
            read_reply(agent, &events[offset..]).ok_or((offset, RunError::WrongReplies))?;
        offset += used;
        let simulated = matches!(run.spec().agents[agent].kind, AgentKind::Simulated { .. });
        replies.push(if simulated {
            simulated_reply(run.state(), agent).ok_or((offset, RunError::WrongReplies))?
        } else {
            recorded
        });
    }
    Ok(Input::Replies(replies))
}

/// Reads the calls and the result of one agent; with the number of events that they take.
fn read_reply(agent: usize, events: &[RunEvent]) -> Option<(AgentReply, usize)> {
    let mut calls: Vec<CallRecord> = Vec::new();
    for event in events {
        let result = match event {
            RunEvent::Call(call) if call.agent == agent => {
                calls.push(call.clone());
                continue;
            }
            RunEvent::Forecast { agent: who, forecast, .. } if *who == agent => Ok(forecast.clone()),
            RunEvent::Failed { agent: who, failure, .. } if *who == agent => Err(failure.clone()),
            _ => return None,
        };
        let used = calls.len() + 1;
        return Some((AgentReply { agent, calls, result }, used));
    }
    None
}

/// The inputs of a finished run, in order, without those that follow from the set-up: what a link carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedInputs {
    /// Inputs after `Begin`; replies hold only agents that are not simulated.
    pub inputs: Vec<Input>,
}

/// Reads the recorded inputs out of a run.
pub fn recorded_inputs(run: &Run) -> RecordedInputs {
    let events: Vec<RunEvent> = run.log().events().cloned().collect();
    let mut inputs = Vec::new();
    let Ok(mut again) = Run::new(run.spec().clone()) else { return RecordedInputs::default() };
    let mut position = 0;
    while position < events.len() {
        let Ok(input) = next_input(&again, &events[position..]) else { break };
        if again.advance(input.clone()).is_err() {
            break;
        }
        position = again.log().entries().len();
        let recorded = match input {
            Input::Replies(mut replies) => {
                replies.retain(|reply| {
                    !matches!(run.spec().agents[reply.agent].kind, AgentKind::Simulated { .. })
                });
                Input::Replies(replies)
            }
            other => other,
        };
        inputs.push(recorded);
    }
    if inputs.first() == Some(&Input::Begin) {
        inputs.remove(0);
    }
    RecordedInputs { inputs }
}

/// Plays recorded inputs from the start; simulated agents answer again by themselves. A run that is all simulated
/// plays to its end, or to the recorded Stop.
///
/// # Errors
/// Inputs that do not fit the set-up.
pub fn play(spec: RunSpec, recorded: RecordedInputs) -> Result<Run, RunError> {
    let mut run = Run::new(spec)?;
    run.advance(Input::Begin)?;
    for input in recorded.inputs {
        let full = match input {
            Input::Replies(replies) => with_simulated(&run, replies)?,
            other => other,
        };
        run.advance(full)?;
    }
    Ok(run)
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
