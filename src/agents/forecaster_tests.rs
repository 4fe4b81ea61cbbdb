//! The forecaster, reply by reply.

use super::*;
use crate::agents::{Question, model_panel, spec_for};
use crate::llm::{Parameter, TokenLogprob, TokenLogprobs};
use crate::prng::Seed;

fn spec() -> RunSpec {
    let question = Question { text: "Will it rain?".into(), ..Question::yes_no() };
    spec_for(question, model_panel("m", 1), None, Seed::new(1))
}

fn labelled(mut spec: RunSpec) -> RunSpec {
    for agent in &mut spec.agents {
        if let AgentKind::Model { elicitation, .. } = &mut agent.kind {
            *elicitation = Elicitation::LabelLogprobs;
        }
    }
    spec
}

fn forecaster() -> Forecaster {
    asked(&spec())
}

fn asked(spec: &RunSpec) -> Forecaster {
    let view = View { round: 1, prices: None, own: None, others: Vec::new() };
    Forecaster::new(spec, &view, 0, Dialect::default()).unwrap()
}

fn said(text: &str) -> ChatReply {
    ChatReply {
        text: text.into(),
        finish_reason: Some("stop".into()),
        prompt_tokens: Some(5),
        ..ChatReply::default()
    }
}

/// What the calls were for, how their replies read, and how it ended.
fn check(reply: &AgentReply, calls: &[(Purpose, &str)], failure: Option<FailureKind>) {
    let made: Vec<(Purpose, &str)> =
        reply.calls.iter().map(|call| (call.purpose, call.reply.as_str())).collect();
    assert_eq!(made, calls);
    assert_eq!(reply.result.as_ref().err().map(|failure| failure.kind), failure);
}

const GOOD: &str = r#"{"beliefs":[0.8,0.2],"headline":"h"}"#;

#[test]
fn answers_repairs_and_gives_up() {
    check(&forecaster().on_reply(&said(GOOD), None).unwrap(), &[(Purpose::Forecast, GOOD)], None);
    let mut repaired = forecaster();
    assert_eq!(repaired.on_reply(&said("yes"), None), None);
    assert_eq!(repaired.request().messages.len(), 4);
    check(
        &repaired.on_reply(&said(GOOD), None).unwrap(),
        &[(Purpose::Forecast, "yes"), (Purpose::Repair, GOOD)],
        None,
    );
    let mut hopeless = forecaster();
    assert_eq!(hopeless.on_reply(&said("yes"), None), None);
    let end = hopeless.on_reply(&said("no"), None).unwrap();
    check(&end, &[(Purpose::Forecast, "yes"), (Purpose::Repair, "no")], Some(FailureKind::Unparseable));
    let refusal = ChatReply { refusal: Some("I will not".into()), ..said("") };
    let end = forecaster().on_reply(&refusal, None).unwrap();
    check(&end, &[(Purpose::Forecast, "I will not")], Some(FailureKind::Refusal));
}

#[test]
fn steps_down_without_counting_it_as_a_call() {
    let unsupported =
        |refused| CallError::BadRequest { status: 400, detail: String::new(), unsupported: Some(refused) };
    let mut forecaster = forecaster();
    assert!(matches!(forecaster.request().format, ReplyFormat::JsonSchema { .. }));
    assert_eq!(forecaster.on_error(&unsupported(Parameter::Format), ""), None);
    assert_eq!(forecaster.request().format, ReplyFormat::JsonObject);
    assert_eq!(forecaster.on_error(&unsupported(Parameter::Format), ""), None);
    assert_eq!(forecaster.on_error(&unsupported(Parameter::Temperature), ""), None);
    let request = forecaster.request();
    assert_eq!((request.format, request.temperature), (ReplyFormat::Text, None));
    // Nothing is left to leave out: now it is a failure.
    let end = forecaster.on_error(&unsupported(Parameter::Format), "").unwrap();
    check(&end, &[(Purpose::Forecast, "")], Some(FailureKind::Server));
    assert_eq!(end.calls[0].format, AnswerFormat::Text);
}

#[test]
fn what_came_before_a_failure_is_kept() {
    let end = forecaster().on_error(&CallError::Cut, "{\"bel").unwrap();
    check(&end, &[(Purpose::Forecast, "{\"bel")], Some(FailureKind::CutReply));
    let stopped = Failure { kind: FailureKind::Stopped, message: "stopped".into() };
    check(&forecaster().interrupt(stopped, None), &[], Some(FailureKind::Stopped));
}

/// A reply whose first word is Yes with this probability, and No with all the rest.
fn label(yes: f64) -> ChatReply {
    let one = |token: &str, p: f64| TokenLogprob { token: token.into(), logprob: ln(p) };
    let token = TokenLogprobs { chosen: one("Yes", yes), top: vec![one("Yes", yes), one(" No", 1.0 - yes)] };
    ChatReply { logprobs: vec![token], ..said("Yes") }
}

fn purposes(reply: &AgentReply) -> Vec<Purpose> {
    reply.calls.iter().map(|call| call.purpose).collect()
}

#[test]
fn a_label_is_a_belief_and_without_one_it_is_stated() {
    let mut forecaster = asked(&labelled(spec()));
    let request = forecaster.request();
    assert_eq!((request.format, request.logprobs, request.max_tokens), (ReplyFormat::Text, Some(20), 4));
    assert!(request.messages[1].content.ends_with("Answer with one label alone: Yes or No."));
    let end = forecaster.on_reply(&label(0.75), None).unwrap();
    assert_eq!(end.result.as_ref().unwrap().forecast().unwrap().beliefs.millionths(), [750_000, 250_000]);
    assert_eq!(purposes(&end), [Purpose::Label]);
    assert_eq!(end.calls[0].first_token.len(), 2);

    // A server without log-probabilities: the same agent states its beliefs, and the server is not asked again.
    let mut forecaster = asked(&labelled(spec()));
    assert_eq!(forecaster.on_reply(&said("Yes"), None), None);
    assert!(!forecaster.dialect().logprobs);
    assert!(matches!(forecaster.request().format, ReplyFormat::JsonSchema { .. }));
    let end = forecaster.on_reply(&said(GOOD), None).unwrap();
    assert_eq!(purposes(&end), [Purpose::Label, Purpose::Forecast]);
    assert!(matches!(end.calls[0].parse, ParseResult::Unreadable { .. }));

    let refused =
        CallError::BadRequest { status: 400, detail: String::new(), unsupported: Some(Parameter::Logprobs) };
    let mut forecaster = asked(&labelled(spec()));
    assert_eq!(forecaster.on_error(&refused, ""), None);
    assert_eq!(forecaster.request().logprobs, None);
    check(&forecaster.on_reply(&said(GOOD), None).unwrap(), &[(Purpose::Forecast, GOOD)], None);
}

#[test]
fn the_reversed_question_is_averaged_in_log_odds() {
    let reversed_question = "Will it stay dry?".to_owned();
    let mut forecaster = asked(&RunSpec { reversed_question: reversed_question.clone(), ..spec() });
    assert_eq!(forecaster.on_reply(&said(GOOD), None), None);
    assert!(forecaster.request().messages[1].content.contains("Will it stay dry?"));
    // 0.8 for rain and 0.5 for dry: log-odds (1.386 − 0)/2 are a probability of 2/3.
    let end = forecaster.on_reply(&said(r#"{"beliefs":[0.5,0.5]}"#), None).unwrap();
    let forecast = end.result.as_ref().unwrap().forecast().unwrap();
    assert_eq!(forecast.beliefs.millionths(), [666_667, 333_333]);
    assert_eq!((forecast.incoherence, forecast.headline.as_str()), (Some(0.3), "h"));
    assert_eq!(purposes(&end), [Purpose::Forecast, Purpose::Reversed]);

    // No answer to the reversal: the answer to the question stands.
    let mut forecaster = asked(&RunSpec { reversed_question: reversed_question.clone(), ..spec() });
    assert_eq!(forecaster.on_reply(&said(GOOD), None), None);
    let end = forecaster.on_error(&CallError::Cut, "{").unwrap();
    assert_eq!(end.result.as_ref().unwrap().forecast().unwrap().incoherence, None);
    check(&end, &[(Purpose::Forecast, GOOD), (Purpose::Reversed, "{")], None);

    // By label both ways.
    let mut forecaster = asked(&labelled(RunSpec { reversed_question, ..spec() }));
    assert_eq!(forecaster.on_reply(&label(0.75), None), None);
    assert_eq!(forecaster.request().logprobs, Some(20));
    let end = forecaster.on_reply(&label(0.25), None).unwrap();
    assert_eq!(end.result.as_ref().unwrap().forecast().unwrap().beliefs.millionths(), [750_000, 250_000]);
    assert_eq!(end.result.as_ref().unwrap().forecast().unwrap().incoherence, Some(0.0));
}
