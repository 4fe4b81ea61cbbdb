//! One agent's way to an answer in one round, as a machine without I/O: it says what to ask, is told what came, and
//! ends in an [`AgentReply`]. At most one repair, then no trade. Whoever drives it sends the requests, waits,
//! retries what may be retried, and decides when to interrupt.

use super::dialect::Dialect;
use super::parse::{Unusable, parse};
use super::prompt::{prompt, repair_prompt};
use super::schema;
use crate::llm::{CallError, ChatMessage, ChatReply, ChatRequest, ChatRole, ReplyFormat};
use crate::run::{
    AgentKind, AgentReply, AnswerFormat, CallRecord, Failure, FailureKind, ParseResult, PromptMessage,
    Purpose, Role, RunSpec, View,
};

/// An agent that is being asked.
#[derive(Clone, Debug)]
pub struct Forecaster {
    agent: usize,
    round: u32,
    outcomes: Vec<String>,
    model: String,
    temperature: Option<f64>,
    max_tokens: u32,
    prompt: Vec<PromptMessage>,
    purpose: Purpose,
    dialect: Dialect,
    calls: Vec<CallRecord>,
}

impl Forecaster {
    /// A model agent that sees `view`, at a server that takes `dialect`; `None` for any other kind of agent.
    pub fn new(spec: &RunSpec, view: &View, agent: usize, dialect: Dialect) -> Option<Self> {
        let AgentKind::Model { model, temperature, max_tokens, .. } = &spec.agents.get(agent)?.kind else {
            return None;
        };
        Some(Self {
            agent,
            round: view.round,
            outcomes: spec.outcomes.clone(),
            model: model.clone(),
            temperature: *temperature,
            max_tokens: *max_tokens,
            prompt: prompt(spec, view, agent),
            purpose: Purpose::Forecast,
            dialect,
            calls: Vec::new(),
        })
    }

    /// What to send now.
    pub fn request(&self) -> ChatRequest {
        let message = |message: &PromptMessage| ChatMessage {
            role: match message.role {
                Role::System => ChatRole::System,
                Role::User => ChatRole::User,
                Role::Assistant => ChatRole::Assistant,
            },
            content: message.content.clone(),
        };
        ChatRequest {
            model: self.model.clone(),
            messages: self.prompt.iter().map(message).collect(),
            temperature: self.sent_temperature(),
            max_tokens: self.max_tokens,
            token_limit: self.dialect.token_limit,
            format: match self.dialect.format {
                AnswerFormat::JsonSchema => ReplyFormat::JsonSchema {
                    name: schema::NAME,
                    schema: schema::forecast(self.outcomes.len()),
                },
                AnswerFormat::JsonObject => ReplyFormat::JsonObject,
                AnswerFormat::Text => ReplyFormat::Text,
            },
            stream: true,
            stream_usage: self.dialect.stream_usage,
            logprobs: None,
        }
    }

    /// What the request is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What the server takes, as far as is known.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Another agent has learnt what the server does not take.
    pub fn learn(&mut self, dialect: Dialect) {
        self.dialect = self.dialect.meet(dialect);
    }

    /// A complete reply came: the answer, or `None` if a repair is to be asked for (see [`Self::request`]).
    pub fn on_reply(&mut self, reply: &ChatReply) -> Option<AgentReply> {
        let parsed = parse(reply, &self.outcomes);
        let outcome = match &parsed {
            Ok(_) => ParseResult::Ok,
            Err(Unusable::Refused(problem) | Unusable::Unreadable(problem)) => {
                ParseResult::Unreadable { problem: problem.clone() }
            }
        };
        self.record(reply, outcome);
        match parsed {
            Ok(forecast) => Some(self.end(Ok(forecast))),
            Err(Unusable::Refused(problem)) => Some(self.end(Err(Failure {
                kind: FailureKind::Refusal,
                message: format!("No trade: {problem}. Put the question in other words, or use another model."),
            }))),
            Err(Unusable::Unreadable(problem)) if self.purpose == Purpose::Forecast => {
                self.prompt = repair_prompt(&self.prompt, &reply.text, &problem);
                self.purpose = Purpose::Repair;
                None
            }
            Err(Unusable::Unreadable(problem)) => Some(self.end(Err(Failure {
                kind: FailureKind::Unparseable,
                message: format!(
                    "No trade: the answer could not be read, even after one repair: {problem}. Use a larger model, or \
                     allow it more tokens."
                ),
            }))),
        }
    }

    /// The call failed for good; `partial` is what had come of the reply. `None` if the server merely does not take
    /// a part of the request: then it is to be asked again without it, which counts neither as repair nor as an
    /// answer.
    pub fn on_error(&mut self, error: &CallError, partial: &str) -> Option<AgentReply> {
        if let Some(next) = error.unsupported().and_then(|refused| self.dialect.without(refused)) {
            self.dialect = next;
            return None;
        }
        Some(self.interrupt(failure_of(error), Some(partial)))
    }

    /// Ends without an answer. `sent` is what had come of the reply to a call that was under way or had failed;
    /// `None` if none was sent.
    pub fn interrupt(&mut self, failure: Failure, sent: Option<&str>) -> AgentReply {
        if let Some(partial) = sent {
            let reply = ChatReply { text: partial.to_owned(), ..ChatReply::default() };
            self.record(&reply, ParseResult::NoReply { problem: failure.message.clone() });
        }
        self.end(Err(failure))
    }

    fn sent_temperature(&self) -> Option<f64> {
        self.temperature.filter(|_| self.dialect.temperature)
    }

    fn record(&mut self, reply: &ChatReply, parse: ParseResult) {
        // A refusal that has a field of its own is what the model said.
        let said = reply.refusal.as_deref().filter(|_| reply.text.is_empty()).unwrap_or(&reply.text);
        self.calls.push(CallRecord {
            round: self.round,
            agent: self.agent,
            purpose: self.purpose,
            model: self.model.clone(),
            temperature: self.sent_temperature(),
            max_tokens: self.max_tokens,
            format: self.dialect.format,
            prompt: self.prompt.clone(),
            reply: said.to_owned(),
            finish_reason: reply.finish_reason.clone(),
            prompt_tokens: reply.prompt_tokens,
            completion_tokens: reply.completion_tokens,
            parse,
        });
    }

    fn end(&mut self, result: Result<crate::belief::Forecast, Failure>) -> AgentReply {
        AgentReply { agent: self.agent, calls: std::mem::take(&mut self.calls), result }
    }
}

/// What a failed call means for the agent.
pub fn failure_of(error: &CallError) -> Failure {
    let kind = match error {
        CallError::RateLimited { .. } | CallError::QuotaExhausted { .. } => FailureKind::RateLimit,
        CallError::Unauthorised | CallError::Forbidden | CallError::NotAdmitted { .. } => {
            FailureKind::Unauthorised
        }
        CallError::Network => FailureKind::Network,
        CallError::TotalTimeout { .. } | CallError::IdleTimeout { .. } => FailureKind::Timeout,
        CallError::Cut => FailureKind::CutReply,
        CallError::Refused { .. } => FailureKind::Refusal,
        CallError::NotFound { .. }
        | CallError::BadRequest { .. }
        | CallError::ContextTooLong { .. }
        | CallError::Server { .. }
        | CallError::Oversized
        | CallError::KeyEchoed
        | CallError::Malformed { .. } => FailureKind::Server,
    };
    Failure { kind, message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::{Question, model_panel, spec_for};
    use crate::llm::Parameter;
    use crate::prng::Seed;

    fn forecaster() -> Forecaster {
        let question = Question { text: "Will it rain?".into(), ..Question::yes_no() };
        let spec = spec_for(question, model_panel("m", 1), None, Seed::new(1));
        let view = View { round: 1, prices: None, own: None, others: Vec::new() };
        Forecaster::new(&spec, &view, 0, Dialect::default()).unwrap()
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
        check(&forecaster().on_reply(&said(GOOD)).unwrap(), &[(Purpose::Forecast, GOOD)], None);
        let mut repaired = forecaster();
        assert_eq!(repaired.on_reply(&said("yes")), None);
        assert_eq!(repaired.request().messages.len(), 4);
        check(
            &repaired.on_reply(&said(GOOD)).unwrap(),
            &[(Purpose::Forecast, "yes"), (Purpose::Repair, GOOD)],
            None,
        );
        let mut hopeless = forecaster();
        assert_eq!(hopeless.on_reply(&said("yes")), None);
        let end = hopeless.on_reply(&said("no")).unwrap();
        check(&end, &[(Purpose::Forecast, "yes"), (Purpose::Repair, "no")], Some(FailureKind::Unparseable));
        let refusal = ChatReply { refusal: Some("I will not".into()), ..said("") };
        let end = forecaster().on_reply(&refusal).unwrap();
        check(&end, &[(Purpose::Forecast, "I will not")], Some(FailureKind::Refusal));
    }

    #[test]
    fn steps_down_without_counting_it_as_a_call() {
        let unsupported = |refused| CallError::BadRequest {
            status: 400,
            detail: String::new(),
            unsupported: Some(refused),
        };
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
}
