//! What a model is asked where agents speak in turns. As on the market, everything that others wrote is quoted data
//! behind the run's delimiter; it tells no time and nothing of payments, and no stop rule.

use super::labels::Labels;
use super::prompt::{
    between, case, conversation, delimiter, evidence, first_chars, inline, reversed_spec, rounded,
    system_parts,
};
use super::quote::{object, quoted};
use super::template::Part;
use crate::belief::MAX_HEADLINE_CHARS;
use crate::run::{
    Debate, DebateStyle, MakerTrader, Mode, Objective, PromptMessage, RunSpec, Said, Task, TurnView, What,
};

/// The most of what somebody said that is shown, in characters.
const MAX_SHOWN: usize = 2_000;

/// What `agent` is asked in its turn.
pub fn turn_prompt(spec: &RunSpec, view: &TurnView, agent: usize) -> Vec<PromptMessage> {
    let mark = delimiter(spec.seed);
    let parts = [
        ("question", between(&mark, &case(spec, evidence(spec, agent)))),
        ("said", said(spec, view, agent, &mark)),
        ("task", ask(spec, view)),
    ];
    conversation(role(spec, view, agent, form(spec, view)), Part::Turn.fill(&spec.prompts, &parts))
}

/// What `agent` is asked in its turn when its belief is read from the label that it answers with.
pub(super) fn turn_label_prompt(spec: &RunSpec, view: &TurnView, agent: usize) -> Vec<PromptMessage> {
    let mark = delimiter(spec.seed);
    let labels = Labels::of(&spec.outcomes).in_words();
    let parts = [
        ("question", between(&mark, &case(spec, evidence(spec, agent)))),
        ("said", said(spec, view, agent, &mark)),
        ("labels", labels.clone()),
    ];
    let form = format!("Answer with one label and nothing else: {labels}.");
    conversation(role(spec, view, agent, form), Part::TurnLabel.fill(&spec.prompts, &parts))
}

/// The set-up and the view of an agent that is asked the reversed question: what was said for one outcome was said for
/// the other. `None` where it is not asked.
pub(super) fn reversed_turn(spec: &RunSpec, view: &TurnView) -> Option<(RunSpec, TurnView)> {
    let spec = reversed_spec(spec)?;
    let mut view = view.clone();
    for said in &mut view.transcript {
        if let What::Forecast(forecast) = &mut said.what {
            forecast.beliefs = forecast.beliefs.reversed();
        }
    }
    Some((spec, view))
}

/// What was said so far, as the reader may see it.
fn said(spec: &RunSpec, view: &TurnView, agent: usize, mark: &str) -> String {
    if view.transcript.is_empty() {
        return "Nobody has said anything yet.".to_owned();
    }
    let said: Vec<String> = view.transcript.iter().map(|said| statement(spec, said, agent)).collect();
    format!("What was said so far, first first:\n{}", between(mark, &format!("[{}]", said.join(",\n "))))
}

/// Who the agent is in this protocol, and the form of its answer.
fn role(spec: &RunSpec, view: &TurnView, agent: usize, form: String) -> String {
    let mark = delimiter(spec.seed);
    let mut parts = system_parts(spec, &mark, agent, form).to_vec();
    let side = |before: &str, side: Option<usize>| {
        let side = side.and_then(|side| spec.outcomes.get(side));
        side.map_or_else(String::new, |side| format!("{before} {}.", inline(side, &mark)))
    };
    let part = match (&spec.mode, view.task) {
        (Mode::MakerTrader(_), Task::Forecast) => Part::Maker,
        (Mode::MakerTrader(switches), Task::Argue { side: to }) => {
            parts.push(("aim", aim(switches).to_owned()));
            parts.push(("side", side(" In this turn you argue for the outcome", to)));
            Part::Trader
        }
        (_, Task::Argue { side: to }) => {
            parts.push(("side", side(" Your side is the outcome", to)));
            Part::Debater
        }
        (_, Task::Reply) => Part::Answerer,
        (Mode::SelfResolving(_), Task::Forecast) => Part::Reporter,
        (Mode::Debate(Debate { style: DebateStyle::Judge, .. }), Task::Forecast) => Part::Judge,
        (_, Task::Forecast) => Part::Forecaster,
    };
    part.fill(&spec.prompts, &parts)
}

/// What a trader is told to want.
fn aim(switches: &MakerTrader) -> &'static str {
    match switches.objective {
        Objective::Honest => {
            "Give the strongest accurate consideration that is not yet in the transcript, whichever way it points."
        }
        Objective::Displacement => {
            "Give the one argument that will change the estimate as much as possible, either way."
        }
    }
}

/// The form of the answer.
fn form(spec: &RunSpec, view: &TurnView) -> String {
    let head = "Answer with one JSON object and nothing else, with these fields in this order:\n";
    match view.task {
        Task::Forecast => {
            let outcomes = spec.outcome_count();
            let numbers = vec!["number"; outcomes].join(", ");
            let claim = match spec.mode {
                Mode::MakerTrader(_) => "your claim in one sentence",
                _ => "your strongest reason",
            };
            format!(
                "{head}{{\"beliefs\": [{numbers}], \"headline\": \"text\", \"reasoning\": \"text\"}}\n\
                 - beliefs: {outcomes} numbers from 0 to 1 that sum to 1, your probability of each outcome, in the order \
                 in which the outcomes are listed.\n\
                 - headline: {claim}, in at most {MAX_HEADLINE_CHARS} characters.\n\
                 - reasoning: why, in at most 120 words."
            )
        }
        Task::Argue { .. } if questions(spec) => format!(
            "{head}{{\"argument\": \"text\", \"question\": \"text\"}}\n\
             - argument: the argument.\n\
             - question: one question to whoever argued before you, if their argument deserves one; otherwise an empty \
             text. They will have to answer it."
        ),
        Task::Argue { .. } => format!("{head}{{\"argument\": \"text\"}}\n- argument: the argument."),
        Task::Reply => format!("{head}{{\"argument\": \"text\"}}\n- argument: your answer to the question."),
    }
}

/// What is wanted now.
fn ask(spec: &RunSpec, view: &TurnView) -> String {
    let again = view.transcript.iter().any(|said| said.forecast().is_some());
    match (&spec.mode, view.task) {
        (_, Task::Argue { .. }) => "Give your argument now, as one JSON object.",
        (_, Task::Reply) => "Answer the last question now, as one JSON object.",
        (Mode::MakerTrader(_), Task::Forecast) if again => {
            "State your claim and your probabilities again, with all of this in view, as one JSON object."
        }
        (Mode::Debate(Debate { style: DebateStyle::Panel, .. }), Task::Forecast) if again => {
            "These are the answers of everybody, yours among them. Weigh their arguments, not their number, and state \
             your beliefs again as one JSON object."
        }
        (_, Task::Forecast) => "State your beliefs, with your reasons, as one JSON object.",
    }
    .to_owned()
}

fn questions(spec: &RunSpec) -> bool {
    matches!(spec.mode, Mode::MakerTrader(switches) if switches.cross_examination)
}

/// One contribution as quoted data. Who spoke is told by name; the reader's own words are marked.
fn statement(spec: &RunSpec, said: &Said, reader: usize) -> String {
    let name = spec.agents.get(said.agent).map_or("", |agent| agent.name.as_str());
    let mut fields = vec![("by", quoted(name))];
    if said.agent == reader {
        fields.push(("by_you", "true".to_owned()));
    }
    match &said.what {
        What::Forecast(forecast) => {
            fields.push(("probabilities", quoted(&rounded(&forecast.beliefs.probabilities()))));
            fields.push(("claim", quoted(&first_chars(&forecast.headline, MAX_HEADLINE_CHARS))));
            fields.push(("reasoning", quoted(&first_chars(&forecast.reasoning, MAX_SHOWN))));
        }
        What::Argument(argument) => {
            let name = if said.task == Task::Reply { "answer_to_the_question" } else { "argument" };
            fields.push((name, quoted(&first_chars(&argument.argument, MAX_SHOWN))));
            if !argument.question.is_empty() {
                fields.push((
                    "question_to_the_one_before",
                    quoted(&first_chars(&argument.question, MAX_SHOWN)),
                ));
            }
        }
        What::Silence(_) => fields.push(("said_nothing", "true".to_owned())),
    }
    object(&fields)
}
