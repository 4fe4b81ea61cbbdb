//! One call of a model as the log keeps it, and the ways in which it can fail: no time, no key, no address.

use serde::{Deserialize, Serialize};

use super::asking::TokenChance;
use super::event::CloseReason;
use crate::audit::Digest;

/// One call of a model: what was asked, what came back word for word, and what was made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallRecord {
    /// The round.
    pub round: u32,
    /// The agent's place in the roster.
    pub agent: usize,
    /// What the call was for.
    pub purpose: Purpose,
    /// The model's name, as it was asked for.
    pub model: String,
    /// Sampling temperature, if one was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Limit on the answer's tokens.
    pub max_tokens: u32,
    /// How the form of the answer was demanded.
    pub format: AnswerFormat,
    /// The prompt, message by message.
    pub prompt: Vec<PromptMessage>,
    /// The raw reply; empty if none came.
    pub reply: String,
    /// The server's reason for ending the reply, as it said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_reason: Option<String>,
    /// Tokens read, if the server said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_tokens: Option<u64>,
    /// Tokens written, if the server said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_tokens: Option<u64>,
    /// What the parser made of the reply, or what went wrong with the call.
    pub parse: ParseResult,
    /// The likeliest first words of the answer, if it was asked for a label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first_token: Vec<TokenChance>,
    /// The digest of the request, if a reply recorded earlier was taken in place of a call: then nothing was sent or
    /// paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reused: Option<Digest>,
}

/// What a call was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The agent's answer.
    Forecast,
    /// A second try after an answer that could not be read.
    Repair,
    /// The label of one outcome, whose log-probabilities are the agent's answer.
    Label,
    /// The agent's answer to the reversed question.
    Reversed,
}

/// How the form of an answer was demanded, strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFormat {
    /// A JSON schema that the server enforces.
    JsonSchema,
    /// JSON, of whatever shape.
    JsonObject,
    /// Words; the JSON is looked for in them.
    Text,
}

/// One message of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromptMessage {
    /// `system`, `user` or `assistant`.
    pub role: Role,
    /// The text.
    pub content: String,
}

/// Who speaks in a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Instructions.
    System,
    /// The question.
    User,
    /// What the model said before.
    Assistant,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case", deny_unknown_fields)]
pub enum ParseResult {
    /// The reply was read.
    Ok,
    /// The reply came and could not be read.
    Unreadable {
        /// What was wrong with it.
        problem: String,
    },
    /// No complete reply came.
    NoReply {
        /// What happened instead.
        problem: String,
    },
}

/// Why an agent has no answer in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The kind of failure.
    pub kind: FailureKind,
    /// What happened and what can be done, in words.
    pub message: String,
}

/// The kinds of failure (product §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// No answer in time.
    Timeout,
    /// The server asked for patience until ours ran out.
    RateLimit,
    /// The key is wrong or may not use the model.
    Unauthorised,
    /// The model would not answer.
    Refusal,
    /// The reply broke off.
    CutReply,
    /// The reply could not be read, even after one repair.
    Unparseable,
    /// The server could not be reached, or does not admit this page.
    Network,
    /// The server answered with an error.
    Server,
    /// The run's limit of calls left no room for the call.
    CallLimit,
    /// The run's limit of tokens left no room for the call.
    TokenLimit,
    /// The run's limit of money left no room for the call.
    CostLimit,
    /// The run's limit of time left no room for the call, or ended it.
    TimeLimit,
    /// A person went on without the agent.
    LeftOut,
    /// The run was stopped while the agent was thinking. Not counted as a failure.
    Stopped,
}

impl FailureKind {
    /// Whether something went wrong, as opposed to somebody ending the run.
    pub fn counts(self) -> bool {
        self != Self::Stopped
    }

    /// The limit of the run that it speaks of, if it speaks of one.
    pub fn limit(self) -> Option<CloseReason> {
        match self {
            Self::CallLimit => Some(CloseReason::CallLimit),
            Self::TokenLimit => Some(CloseReason::TokenLimit),
            Self::CostLimit => Some(CloseReason::CostLimit),
            Self::TimeLimit => Some(CloseReason::TimeLimit),
            _ => None,
        }
    }
}
