//! A small panel, what an agent sees before and after the first round, and what it is then asked.
#![allow(dead_code, reason = "each test uses its part")]
#![allow(clippy::unwrap_used)]

use credence::agents::{Forecaster, Question, model_panel, spec_for};
use credence::belief::Belief;
use credence::llm::{ChatMessage, ChatReply, ChatRole, TokenLogprob, TokenLogprobs};
use credence::prng::Seed;
use credence::run::{OtherView, PromptMessage, Role, RunSpec, View};

pub fn spec(question: &str) -> RunSpec {
    let question = Question { text: question.into(), ..Question::yes_no() };
    spec_for(question, model_panel("m", 3), None, Seed::new(7))
}

pub fn blind() -> View {
    View { round: 1, prices: None, own: None, others: Vec::new() }
}

pub fn later(headline: &str, reasoning: &str) -> View {
    let beliefs = Belief::from_weights(&[0.25, 0.75]).unwrap();
    let other = |agent: usize, name: &str| OtherView {
        agent,
        name: name.into(),
        beliefs: beliefs.clone(),
        headline: headline.into(),
        reasoning: reasoning.into(),
    };
    View {
        round: 2,
        prices: Some(vec![0.612_345_678, 0.387_654_322]),
        own: Some(Belief::from_weights(&[2.0, 1.0]).unwrap()),
        others: vec![other(1, "Domain engineer"), other(2, "Sceptic")],
    }
}

pub fn messages_of(forecaster: &Forecaster) -> Vec<PromptMessage> {
    let message = |message: ChatMessage| PromptMessage {
        role: if message.role == ChatRole::System { Role::System } else { Role::User },
        content: message.content,
    };
    forecaster.request().messages.into_iter().map(message).collect()
}

/// A reply from which a label can be read.
pub fn label_reply() -> ChatReply {
    let chosen = TokenLogprob { token: "A".into(), logprob: -0.1 };
    let token = TokenLogprobs { top: vec![chosen.clone()], chosen };
    ChatReply { text: "A".into(), logprobs: vec![token], ..ChatReply::default() }
}
