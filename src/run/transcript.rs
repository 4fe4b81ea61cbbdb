//! What was said in a mode without a market, turn by turn: the part of the state from which each protocol reads whose
//! turn it is and what the answer is so far. It decides nothing.

use serde::{Deserialize, Serialize};

use super::call::FailureKind;
use super::effect::Argument;
use crate::belief::Forecast;

/// What an agent is asked for in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Task {
    /// A belief with its reasons.
    Forecast,
    /// An argument.
    Argue {
        /// The outcome to argue for; free to choose if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        side: Option<usize>,
    },
    /// An answer to the last question of the transcript.
    Reply,
}

impl Task {
    /// Whether an answer to it holds a belief.
    pub fn is_forecast(self) -> bool {
        self == Self::Forecast
    }
}

/// Whose turn it is, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Places in the roster, ascending.
    pub agents: Vec<usize>,
    /// What they are asked for.
    pub task: Task,
}

/// One contribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The round, from 1.
    pub round: u32,
    /// The agent's place in the roster.
    pub agent: usize,
    /// What it was asked for.
    pub task: Task,
    /// What it said.
    pub what: What,
}

/// What an agent said.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A belief with its reasons.
    Forecast(Forecast),
    /// Words alone.
    Argument(Argument),
    /// Nothing usable.
    Silence(FailureKind),
}

impl Said {
    /// The belief, if there is one.
    pub fn forecast(&self) -> Option<&Forecast> {
        match &self.what {
            What::Forecast(forecast) => Some(forecast),
            _ => None,
        }
    }

    /// The argument, if there is one.
    pub fn argument(&self) -> Option<&Argument> {
        match &self.what {
            What::Argument(argument) => Some(argument),
            _ => None,
        }
    }

    /// Whether it failed.
    pub fn is_silence(&self) -> bool {
        matches!(self.what, What::Silence(_))
    }
}

/// What an agent may see in a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnView {
    /// The round, from 1.
    pub round: u32,
    /// What it is asked for.
    pub task: Task,
    /// What it may read of what was said, first first.
    pub transcript: Vec<Said>,
}
