//! What can happen in a run. Events are the only thing that changes a run's state, the only thing that is stored,
//! and what every page shows. No event holds a time, a key or an address.

use serde::{Deserialize, Serialize};

use super::asking::TokenChance;
use crate::audit::Digest;
use crate::belief::Forecast;
use crate::market::{Cash, Trade};

/// One event of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum RunEvent {
    /// The market opens: every purse, the maker's subsidy and the opening prices.
    Opened {
        /// Each agent's money, in roster order.
        cash_micros: Vec<Cash>,
        /// The maker's money.
        maker_cash_micros: Cash,
        /// The opening price of each outcome.
        prices: Vec<f64>,
    },
    /// A round begins: all agents see the same snapshot. The first round is blind: no price, no other's word.
    RoundOpened {
        /// Counted from 1.
        round: u32,
        /// Whether the agents see neither prices nor each other.
        blind: bool,
        /// The snapshot's prices.
        prices: Vec<f64>,
    },
    /// A model was called.
    Call(CallRecord),
    /// An agent answered.
    Forecast {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// What it answered.
        forecast: Forecast,
    },
    /// An agent gave no usable answer and does not trade in this round.
    Failed {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// What happened.
        failure: Failure,
    },
    /// The order in which this round's agents trade, drawn from the seed.
    OrderDrawn {
        /// The round.
        round: u32,
        /// Places in the roster, first to trade first.
        order: Vec<usize>,
    },
    /// An agent traded.
    Traded {
        /// The round.
        round: u32,
        /// How much of the way to the prices it wanted its purse allowed, in [0, 1]; 1 for a person's order.
        reach: f64,
        /// The trade.
        trade: Trade,
    },
    /// An agent answered and did not trade.
    Passed {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// Why.
        reason: PassReason,
        /// How far it would have moved a price, in probability.
        wanted_move: f64,
    },
    /// A round is over.
    RoundClosed {
        /// The round.
        round: u32,
        /// Prices at its end.
        prices: Vec<f64>,
        /// The largest change of a price in this round.
        largest_move: f64,
    },
    /// Shares were paid out.
    Settled {
        /// The outcome that counts as having happened.
        outcome: usize,
        /// Who says so.
        basis: Basis,
        /// What each agent's shares paid, in roster order.
        payouts_micros: Vec<Cash>,
        /// The maker's money afterwards.
        maker_cash_micros: Cash,
    },
    /// The run is over. Always the last event.
    Closed {
        /// How it ended.
        status: Ending,
        /// By which rule.
        reason: CloseReason,
        /// The last prices.
        prices: Vec<f64>,
        /// Sums over the run.
        totals: Totals,
    },
}

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

/// Why an agent with an answer did not trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassReason {
    /// The trade would have moved no price by ε.
    BelowEpsilon,
    /// Its purse does not allow a trade that would.
    EmptyPurse,
}

/// Who says which outcome happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The answer that came with the question.
    KnownAnswer,
    /// The truth of the simulated traders' world.
    HiddenTruth,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// No agent wanted to move a price any more.
    Converged,
    /// The rounds ran out first.
    Undecided,
    /// A person or a limit stopped it.
    Stopped,
    /// No agent could answer.
    Failed,
}

/// The rule that ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// A round passed without a trade.
    NoTrade,
    /// The limit of rounds.
    RoundLimit,
    /// The limit of calls.
    CallLimit,
    /// The limit of tokens.
    TokenLimit,
    /// The limit of money for calls.
    CostLimit,
    /// The limit of time.
    TimeLimit,
    /// A person pressed Stop.
    StoppedByPerson,
    /// No agent answered in a whole round.
    NoAnswers,
}

/// Sums over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Rounds of answers.
    pub rounds: u32,
    /// Trades made.
    pub trades: u32,
    /// Calls to models in the log.
    pub calls: u32,
    /// Tokens read, as far as the servers said.
    pub prompt_tokens: u64,
    /// Tokens written, as far as the servers said.
    pub completion_tokens: u64,
    /// What the calls cost, in millionths of a US dollar, as far as prices are known.
    pub cost_micro_usd: u64,
    /// Times an agent failed to answer.
    pub failures: u32,
}

impl RunEvent {
    /// The event's `type` in the log.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::RoundOpened { .. } => "round_opened",
            Self::Call(_) => "call",
            Self::Forecast { .. } => "forecast",
            Self::Failed { .. } => "failed",
            Self::OrderDrawn { .. } => "order_drawn",
            Self::Traded { .. } => "traded",
            Self::Passed { .. } => "passed",
            Self::RoundClosed { .. } => "round_closed",
            Self::Settled { .. } => "settled",
            Self::Closed { .. } => "closed",
        }
    }

    /// The agent it is about, if it is about one.
    pub fn agent(&self) -> Option<usize> {
        match self {
            Self::Call(call) => Some(call.agent),
            Self::Forecast { agent, .. } | Self::Failed { agent, .. } | Self::Passed { agent, .. } => {
                Some(*agent)
            }
            Self::Traded { trade, .. } => Some(trade.agent),
            _ => None,
        }
    }
}
