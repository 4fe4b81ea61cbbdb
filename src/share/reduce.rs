//! Copies of a run that say less. A reduced copy is a run of its own: the same answers without their words, played
//! through the engine to a chain of its own, with the original's head in its set-up.

use crate::belief::Forecast;
use crate::run::{
    AgentKind, AgentReply, Answer, Argument, CallRecord, Failure, Input, Origin, ParseResult, Prompts,
    RecordedInputs, Run, RunError, RunEvent, RunSpec, Texts, play, recorded_inputs,
};

/// The tiers that differ for this run, least first: a run holds no more texts than were left to it, and what
/// simulated agents say follows from the set-up.
pub fn tiers(run: &Run) -> Vec<Texts> {
    let spoken = |agent: &crate::run::AgentSpec| agent.kind.is_model();
    if !run.spec().agents.iter().any(spoken) {
        return vec![texts_of(run.spec())];
    }
    let all = [Texts::Numbers, Texts::Headlines, Texts::Everything];
    all.into_iter().filter(|&tier| tier <= texts_of(run.spec())).collect()
}

/// The texts that a run with this set-up holds.
fn texts_of(spec: &RunSpec) -> Texts {
    spec.derived_from.as_ref().map_or(Texts::Everything, |origin| origin.texts)
}

/// The copy of `run` that holds no more than `texts`; the run itself if it holds no more already.
///
/// Gone are, at least: prompts and replies, reasoning, evidence, personas, the background, and what failures say.
/// What stays in every tier: the question, its criterion and outcomes, names, models and all numbers.
///
/// # Errors
/// None for a run that this engine made.
pub fn reduce(run: &Run, texts: Texts) -> Result<Run, RunError> {
    if texts >= texts_of(run.spec()) {
        return Ok(run.clone());
    }
    let spec = reduced_spec(run, texts);
    let ending = |run: &Run| run.log().events().last().cloned().map(without_totals);
    let copy = play(spec.clone(), reduced_inputs(run, texts, false));
    match copy {
        Ok(copy) if ending(&copy) == ending(run) => Ok(copy),
        // A limit on calls, tokens or money ended it: without the calls' numbers it would have gone on.
        _ => play(spec, reduced_inputs(run, texts, true)),
    }
}

fn without_totals(event: RunEvent) -> RunEvent {
    match event {
        RunEvent::Closed { status, reason, prices, totals: _ } => {
            RunEvent::Closed { status, reason, prices, totals: crate::run::Totals::default() }
        }
        other => other,
    }
}

fn reduced_spec(run: &Run, texts: Texts) -> RunSpec {
    let mut spec = run.spec().clone();
    // A copy of a copy still comes from the original.
    let head = match &spec.derived_from {
        Some(origin) if origin.texts < Texts::Everything => origin.head,
        _ => run.head().digest,
    };
    spec.derived_from = Some(Origin { head, texts });
    spec.background.clear();
    spec.prompts = Prompts::default();
    for agent in &mut spec.agents {
        if let AgentKind::Model { persona, evidence, .. } = &mut agent.kind {
            persona.clear();
            evidence.clear();
        }
    }
    spec
}

fn reduced_inputs(run: &Run, texts: Texts, with_calls: bool) -> RecordedInputs {
    let mut recorded = recorded_inputs(run);
    for input in &mut recorded.inputs {
        if let Input::Replies(replies) = input {
            for reply in replies {
                *reply = reduced_reply(reply, texts, with_calls);
            }
        }
    }
    recorded
}

fn reduced_reply(reply: &AgentReply, texts: Texts, with_calls: bool) -> AgentReply {
    let headline =
        |headline: &String| if texts >= Texts::Headlines { headline.clone() } else { String::new() };
    AgentReply {
        agent: reply.agent,
        calls: if with_calls { reply.calls.iter().map(wordless_call).collect() } else { Vec::new() },
        result: match &reply.result {
            Ok(Answer::Forecast(forecast)) => Ok(Answer::Forecast(Forecast {
                headline: headline(&forecast.headline),
                predicted_mean_of_others: forecast.predicted_mean_of_others,
                incoherence: forecast.incoherence,
                ..Forecast::wordless(forecast.beliefs.clone())
            })),
            // An argument is a text like any other: who argued stays, what they said goes.
            Ok(Answer::Argument(said)) => Ok(Answer::Argument(Argument {
                argument: String::new(),
                // That somebody was questioned decides who speaks next.
                question: if said.question.is_empty() { String::new() } else { "…".to_owned() },
            })),
            Err(failure) => Err(Failure { kind: failure.kind, message: String::new() }),
        },
    }
}

/// A call's numbers: what limits count.
fn wordless_call(call: &CallRecord) -> CallRecord {
    CallRecord {
        prompt: Vec::new(),
        reply: String::new(),
        first_token: Vec::new(),
        parse: match &call.parse {
            ParseResult::Ok => ParseResult::Ok,
            ParseResult::Unreadable { .. } => ParseResult::Unreadable { problem: String::new() },
            ParseResult::NoReply { .. } => ParseResult::NoReply { problem: String::new() },
        },
        ..call.clone()
    }
}
