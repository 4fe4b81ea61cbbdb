//! What the run asks of the world, and what the world answers, as plain data. The run never calls anything;
//! the session performs effects and feeds the answers back as inputs.

use serde::{Deserialize, Serialize};

use super::call::{CallRecord, Failure};
use crate::belief::{Belief, Forecast};
use crate::market::Order;

/// Something the run wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask these agents (places in the roster) for this round's forecasts, each shown its [`View`].
    AskRound {
        /// The round, from 1.
        round: u32,
        /// Whom to ask: everyone but persons on a market, whose turn it is elsewhere.
        agents: Vec<usize>,
    },
}

/// Something that happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Open the market and the first round.
    Begin,
    /// All answers of the round that was asked for, in any order, one for each agent asked.
    Replies(Vec<AgentReply>),
    /// A person, who is on the roster, trades now.
    PersonOrder(Order),
    /// A person presses Stop.
    Stop,
    /// A person says what became of a finished run.
    Resolve(Resolution),
}

/// What a person says of a finished run whose outcome is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// This outcome happened: its place from 0.
    Outcome(usize),
    /// Nothing can be said, or the question was no good: everybody gets their money back.
    Void,
}

/// One agent's answer, or why there is none, with the calls that it took.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentReply {
    /// The agent's place in the roster.
    pub agent: usize,
    /// Calls made to get it; empty for simulated agents and in reduced runs.
    pub calls: Vec<CallRecord>,
    /// The answer.
    pub result: Result<Answer, Failure>,
}

/// What an agent can answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A belief with its words.
    Forecast(Forecast),
    /// Words alone, where a protocol asks for an argument.
    Argument(Argument),
}

impl Answer {
    /// The belief, if it holds one.
    pub fn forecast(&self) -> Option<&Forecast> {
        match self {
            Self::Forecast(forecast) => Some(forecast),
            Self::Argument(_) => None,
        }
    }
}

impl From<Forecast> for Answer {
    fn from(forecast: Forecast) -> Self {
        Self::Forecast(forecast)
    }
}

/// What an agent says to move another's belief: words, and no number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// The argument. Empty only in copies that leave the words out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub argument: String,
    /// A question to whoever argued before, where cross-examination allows one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
}

/// What one agent may see when it is asked. In the blind round: the question alone.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The round, from 1.
    pub round: u32,
    /// The market's prices at the round's start; none in the blind round.
    pub prices: Option<Vec<f64>>,
    /// The agent's own last belief.
    pub own: Option<Belief>,
    /// The others' last answers, in roster order; empty in the blind round.
    pub others: Vec<OtherView>,
}

/// Another agent's last answer, as a peer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherView {
    /// Its place in the roster.
    pub agent: usize,
    /// Its name.
    pub name: String,
    /// Its last belief.
    pub beliefs: Belief,
    /// Its last headline.
    pub headline: String,
    /// Its last reasoning.
    pub reasoning: String,
}
