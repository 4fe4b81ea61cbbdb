//! One agent's way to an answer in one round, as a machine without I/O: it says what to ask, is told what came, and
//! ends in an [`AgentReply`]. It may ask for a label first and for stated beliefs where there is none to be had, and
//! for the reversed question afterwards. At most one repair of an answer, then no trade. Whoever drives it sends the requests, waits,
//! retries what may be retried, and decides when to interrupt.

use super::dialect::Dialect;
use super::labels::{ALTERNATIVES, LABEL_TOKENS, Labels, Unlabelled};
use super::parse::{Unusable, parse, parse_argument};
use super::prompt::{label_prompt, prompt, repair_prompt, reversed};
use super::turn_prompt::{reversed_turn, turn_label_prompt, turn_prompt};
use super::wanted::Wanted;
use crate::audit::Digest;
use crate::belief::{Belief, Forecast};
use crate::llm::{CallError, ChatMessage, ChatReply, ChatRequest, ChatRole, ReplyFormat};
use crate::market::math::{exp, ln};
use crate::run::{
    AgentKind, AgentReply, Answer, AnswerFormat, CallRecord, Elicitation, Failure, FailureKind, ParseResult,
    PromptMessage, Purpose, Role, RunSpec, TokenChance, TurnView, View,
};

/// No answer to a question or its reversal counts for more than certainty up to this.
const REVERSAL_FLOOR: f64 = 0.001;

/// An agent that is being asked.
#[derive(Clone, Debug)]
pub struct Forecaster {
    agent: usize,
    round: u32,
    outcomes: Vec<String>,
    labels: Labels,
    model: String,
    temperature: Option<f64>,
    max_tokens: u32,
    /// What is being asked, and how to ask it in other words.
    asking: Asking,
    /// The reversed question, if it is still to be asked.
    reversal: Option<Asking>,
    /// The answer to the question itself, while its reversal is asked.
    first: Option<Forecast>,
    prompt: Vec<PromptMessage>,
    wanted: Wanted,
    purpose: Purpose,
    dialect: Dialect,
    calls: Vec<CallRecord>,
    last_was_read: bool,
}

/// One question in its two forms.
#[derive(Clone, Debug)]
struct Asking {
    /// For beliefs in JSON.
    stated: Vec<PromptMessage>,
    /// For a label, while that is wanted and to be had.
    label: Option<Vec<PromptMessage>>,
}

impl Asking {
    fn new(spec: &RunSpec, view: &View, agent: usize, elicitation: Elicitation) -> Self {
        let label = (!elicitation.is_stated()).then(|| label_prompt(spec, view, agent));
        Self { stated: prompt(spec, view, agent), label }
    }

    fn prompt(&self) -> &[PromptMessage] {
        self.label.as_ref().unwrap_or(&self.stated)
    }
}

impl Forecaster {
    /// A model agent that sees `view`, at a server that takes `dialect`; `None` for any other kind of agent.
    pub fn new(spec: &RunSpec, view: &View, agent: usize, dialect: Dialect) -> Option<Self> {
        let AgentKind::Model { elicitation, .. } = spec.agents.get(agent)?.kind else { return None };
        let asking = Asking::new(spec, view, agent, elicitation);
        let reversal = reversed(spec, view).map(|(spec, view)| Asking::new(&spec, &view, agent, elicitation));
        Self::with(spec, agent, dialect, view.round, Wanted::Forecast, (asking, reversal))
    }

    /// A model agent whose turn it is; `None` for any other kind of agent. Where others answer its words, it states its
    /// belief in numbers and is not asked the reversed question.
    pub fn for_turn(spec: &RunSpec, view: &TurnView, agent: usize, dialect: Dialect) -> Option<Self> {
        let wanted = Wanted::in_turn(spec, view.task);
        let AgentKind::Model { elicitation, .. } = spec.agents.get(agent)?.kind else { return None };
        let any = view.task.is_forecast() && spec.mode.takes_any_belief();
        let asking = |spec: &RunSpec, view: &TurnView| Asking {
            stated: turn_prompt(spec, view, agent),
            label: (any && !elicitation.is_stated()).then(|| turn_label_prompt(spec, view, agent)),
        };
        let reversal = reversed_turn(spec, view).filter(|_| any).map(|(spec, view)| asking(&spec, &view));
        Self::with(spec, agent, dialect, view.round, wanted, (asking(spec, view), reversal))
    }

    fn with(
        spec: &RunSpec,
        agent: usize,
        dialect: Dialect,
        round: u32,
        wanted: Wanted,
        (asking, reversal): (Asking, Option<Asking>),
    ) -> Option<Self> {
        let AgentKind::Model { model, temperature, max_tokens, .. } = &spec.agents.get(agent)?.kind else {
            return None;
        };
        let mut forecaster = Self {
            agent,
            round,
            outcomes: spec.outcomes.clone(),
            labels: Labels::of(&spec.outcomes),
            model: model.clone(),
            temperature: *temperature,
            max_tokens: *max_tokens,
            reversal,
            first: None,
            prompt: asking.prompt().to_vec(),
            wanted,
            purpose: if asking.label.is_some() { Purpose::Label } else { Purpose::Forecast },
            asking,
            dialect,
            calls: Vec::new(),
            last_was_read: false,
        };
        forecaster.without_logprobs();
        Some(forecaster)
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
            max_tokens: self.answer_tokens(),
            token_limit: self.dialect.token_limit,
            format: match self.format() {
                AnswerFormat::JsonSchema => {
                    let (name, schema) = self.wanted.schema(self.outcomes.len());
                    ReplyFormat::JsonSchema { name, schema }
                }
                AnswerFormat::JsonObject => ReplyFormat::JsonObject,
                AnswerFormat::Text => ReplyFormat::Text,
            },
            stream: true,
            stream_usage: self.dialect.stream_usage,
            logprobs: self.asks_label().then_some(ALTERNATIVES),
        }
    }

    /// What the request is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whether the last reply could be read.
    pub fn has_read_last(&self) -> bool {
        self.last_was_read
    }

    /// What the server takes, as far as is known.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Another agent has learnt what the server does not take.
    pub fn learn(&mut self, dialect: Dialect) {
        self.dialect = self.dialect.meet(dialect);
        self.without_logprobs();
    }

    /// A complete reply came, or one that was recorded earlier was taken in its place (`reused`): the answer, or `None`
    /// if there is more to ask (see [`Self::request`]).
    pub fn on_reply(&mut self, reply: &ChatReply, reused: Option<Digest>) -> Option<AgentReply> {
        if self.asks_label() && !withheld(reply) {
            return self.on_label(reply, reused);
        }
        let parsed: Result<Answer, Unusable> = match self.wanted {
            Wanted::Forecast | Wanted::TurnForecast => parse(reply, &self.outcomes).map(Into::into),
            Wanted::Argument { .. } => parse_argument(reply).map(Answer::Argument),
        };
        let outcome = match &parsed {
            Ok(_) => ParseResult::Ok,
            Err(Unusable::Refused(problem) | Unusable::Unreadable(problem)) => {
                ParseResult::Unreadable { problem: problem.clone() }
            }
        };
        self.record(reply, outcome, Vec::new(), reused);
        match parsed {
            Ok(Answer::Forecast(forecast)) => self.answered(forecast),
            Ok(argument) => Some(self.end(Ok(argument))),
            Err(Unusable::Refused(problem)) => Some(self.failed(Failure {
                kind: FailureKind::Refusal,
                message: format!("No trade: {problem}. Put the question in other words, or use another model."),
            })),
            Err(Unusable::Unreadable(problem)) if self.purpose != Purpose::Repair => {
                self.prompt = repair_prompt(&self.prompt, &reply.text, &problem);
                self.purpose = Purpose::Repair;
                None
            }
            Err(Unusable::Unreadable(problem)) => Some(self.failed(Failure {
                kind: FailureKind::Unparseable,
                message: format!(
                    "No trade: the answer could not be read, even after one repair: {problem}. Use a larger model, or \
                     allow it more tokens."
                ),
            })),
        }
    }

    /// A reply to the question for a label. Without a belief in it, the agent is asked to state one.
    fn on_label(&mut self, reply: &ChatReply, reused: Option<Digest>) -> Option<AgentReply> {
        match self.labels.read(reply) {
            Ok((belief, chances)) => {
                self.record(reply, ParseResult::Ok, chances, reused);
                self.answered(Forecast::wordless(belief))
            }
            Err(problem) => {
                self.record(
                    reply,
                    ParseResult::Unreadable { problem: problem.to_string() },
                    Vec::new(),
                    reused,
                );
                if problem == Unlabelled::NoLogprobs {
                    self.dialect.logprobs = false;
                }
                self.state_instead();
                None
            }
        }
    }

    /// An answer to the question, or to its reversal.
    fn answered(&mut self, forecast: Forecast) -> Option<AgentReply> {
        if let Some(first) = self.first.take() {
            return Some(self.end(Ok(averaged(first, &forecast.beliefs).into())));
        }
        let Some(reversal) = self.reversal.take() else { return Some(self.end(Ok(forecast.into()))) };
        self.first = Some(forecast);
        self.asking = reversal;
        self.prompt = self.asking.prompt().to_vec();
        self.purpose = Purpose::Reversed;
        self.without_logprobs();
        None
    }

    /// The call failed for good; `partial` is what had come of the reply. `None` if the server merely does not take
    /// a part of the request: then it is to be asked again without it, which counts neither as repair nor as an
    /// answer.
    pub fn on_error(&mut self, error: &CallError, partial: &str) -> Option<AgentReply> {
        if let Some(next) = error.unsupported().and_then(|refused| self.dialect.without(refused)) {
            self.dialect = next;
            self.without_logprobs();
            return None;
        }
        Some(self.interrupt(failure_of(error), Some(partial)))
    }

    /// Ends without an answer. `sent` is what had come of the reply to a call that was under way or had failed;
    /// `None` if none was sent.
    pub fn interrupt(&mut self, failure: Failure, sent: Option<&str>) -> AgentReply {
        if let Some(partial) = sent {
            let reply = ChatReply { text: partial.to_owned(), ..ChatReply::default() };
            let parse = ParseResult::NoReply { problem: failure.message.clone() };
            self.record(&reply, parse, Vec::new(), None);
        }
        self.failed(failure)
    }

    /// Whether the call being made asks for a label.
    fn asks_label(&self) -> bool {
        self.asking.label.is_some()
    }

    /// From here on the agent is asked for its beliefs in JSON.
    fn state_instead(&mut self) {
        self.asking.label = None;
        self.prompt.clone_from(&self.asking.stated);
        if self.purpose == Purpose::Label {
            self.purpose = Purpose::Forecast;
        }
    }

    /// A server without log-probabilities cannot be asked for a label's.
    fn without_logprobs(&mut self) {
        if self.asks_label() && !self.dialect.logprobs {
            self.state_instead();
        }
    }

    fn sent_temperature(&self) -> Option<f64> {
        self.temperature.filter(|_| self.dialect.temperature)
    }

    fn answer_tokens(&self) -> u32 {
        if self.asks_label() { LABEL_TOKENS } else { self.max_tokens }
    }

    fn format(&self) -> AnswerFormat {
        if self.asks_label() { AnswerFormat::Text } else { self.dialect.format }
    }

    fn record(
        &mut self,
        reply: &ChatReply,
        parse: ParseResult,
        first_token: Vec<TokenChance>,
        reused: Option<Digest>,
    ) {
        self.last_was_read = parse == ParseResult::Ok;
        // A refusal that has a field of its own is what the model said.
        let said = reply.refusal.as_deref().filter(|_| reply.text.is_empty()).unwrap_or(&reply.text);
        self.calls.push(CallRecord {
            round: self.round,
            agent: self.agent,
            purpose: self.purpose,
            model: self.model.clone(),
            temperature: self.sent_temperature(),
            max_tokens: self.answer_tokens(),
            format: self.format(),
            prompt: self.prompt.clone(),
            reply: said.to_owned(),
            finish_reason: reply.finish_reason.clone(),
            prompt_tokens: reply.prompt_tokens,
            completion_tokens: reply.completion_tokens,
            parse,
            first_token,
            reused,
        });
    }

    /// The reversed question adds to an answer; without its own answer, the first one stands.
    fn failed(&mut self, failure: Failure) -> AgentReply {
        let result = self.first.take().ok_or(failure);
        self.end(result.map(Into::into))
    }

    fn end(&mut self, result: Result<Answer, Failure>) -> AgentReply {
        AgentReply { agent: self.agent, calls: std::mem::take(&mut self.calls), result }
    }
}

/// Whether a provider or the model itself would not answer.
fn withheld(reply: &ChatReply) -> bool {
    reply.refusal.is_some() || reply.finish_reason.as_deref() == Some("content_filter")
}

/// The answers to a question and to its reversal as one: the mean of their log-odds for the first outcome,
/// (logit p − logit p̄)/2, and how far p + p̄ is from 1 (mechanisms §13).
fn averaged(first: Forecast, reversal: &Belief) -> Forecast {
    let clip = |p: f64| p.clamp(REVERSAL_FLOOR, 1.0 - REVERSAL_FLOOR);
    let logit = |p: f64| ln(p / (1.0 - p));
    let (p, p_bar) = (first.beliefs.of(0), reversal.of(0));
    let odds = exp((logit(clip(p)) - logit(clip(p_bar))) / 2.0);
    let incoherence = ((p + p_bar - 1.0).abs() * 1e6).round() / 1e6;
    // Odds of clipped probabilities are finite and positive.
    let beliefs = Belief::from_weights(&[odds, 1.0]).unwrap_or_else(|_| first.beliefs.clone());
    Forecast { beliefs, incoherence: Some(incoherence), ..first }
}

/// What a failed call means for the agent.
pub fn failure_of(error: &CallError) -> Failure {
    let kind = match error {
        CallError::RateLimited { .. } | CallError::QuotaExhausted { .. } => FailureKind::RateLimit,
        CallError::Unauthorised | CallError::Forbidden | CallError::NotAdmitted { .. } => {
            FailureKind::Unauthorised
        }
        CallError::Network | CallError::Unreachable { .. } => FailureKind::Network,
        CallError::TotalTimeout { .. } | CallError::IdleTimeout { .. } => FailureKind::Timeout,
        CallError::Cut => FailureKind::CutReply,
        CallError::Refused { .. } => FailureKind::Refusal,
        CallError::NotFound { .. }
        | CallError::BadRequest { .. }
        | CallError::ContextTooLong { .. }
        | CallError::Server { .. }
        | CallError::Oversized
        | CallError::KeyEchoed
        | CallError::Malformed { .. }
        | CallError::OnDevice(_) => FailureKind::Server,
    };
    Failure { kind, message: error.to_string() }
}

#[cfg(test)]
#[path = "forecaster_tests.rs"]
mod tests;
