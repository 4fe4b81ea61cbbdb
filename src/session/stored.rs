//! An answer that is in while its round is still open, as it lies in a store: a wire type of its own, so that a page
//! that crashes in mid-round need not pay for the answer again. It does not know the store.

use serde::{Deserialize, Serialize};

use crate::belief::Forecast;
use crate::run::{AgentReply, Answer, Argument, CallRecord, Failure};

/// One stored answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredReply {
    /// The round that it answers.
    pub round: u32,
    /// The agent's place in the roster.
    pub agent: usize,
    /// The calls that it took.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallRecord>,
    /// The answer, or why there is none.
    pub result: StoredResult,
}

/// The answer, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredResult {
    /// The answer.
    Forecast(Forecast),
    /// An argument, where one was asked for.
    Argument(Argument),
    /// Why there is none.
    Failure(Failure),
}

impl StoredReply {
    /// For the store.
    pub fn new(round: u32, reply: AgentReply) -> Self {
        let AgentReply { agent, calls, result } = reply;
        let result = match result {
            Ok(Answer::Forecast(forecast)) => StoredResult::Forecast(forecast),
            Ok(Answer::Argument(argument)) => StoredResult::Argument(argument),
            Err(failure) => StoredResult::Failure(failure),
        };
        Self { round, agent, calls, result }
    }

    /// From the store.
    pub fn into_reply(self) -> AgentReply {
        let result = match self.result {
            StoredResult::Forecast(forecast) => Ok(forecast.into()),
            StoredResult::Argument(argument) => Ok(Answer::Argument(argument)),
            StoredResult::Failure(failure) => Err(failure),
        };
        AgentReply { agent: self.agent, calls: self.calls, result }
    }
}
