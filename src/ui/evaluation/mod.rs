//! An evaluation of the page as plain data: what a person has typed, what is asked of whom once it begins, and how it
//! stands. Pure and native, so that its rules are tested without a browser; it starts nothing.

mod form;
mod headless;
mod pace;
mod reckoning;
mod spending;

pub use form::{Form, How, Limit, Obstacle, Remembered};
pub use pace::Pace;
pub use reckoning::reckon;
pub use spending::Spending;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evaluate::{Method, Question, Record};
use crate::prng::Seed;
use crate::run::RunSpec;
use crate::session::ConnectionId;

/// The version of what is kept of an evaluation. A later one is not read.
pub const VERSION: u32 = 1;

/// What is asked of whom. It has no key and no address in it: connections are numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// [`VERSION`].
    pub version: u32,
    /// The panel and its rules; the texts in it are replaced by each question's.
    pub panel: RunSpec,
    /// For each agent, the connection that its calls go through.
    pub connections: Vec<Option<u32>>,
    /// Seconds that anybody waits for one agent, if a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience_seconds: Option<u32>,
    /// The methods by name.
    pub methods: Vec<String>,
    /// Decides the sample, the runs' own seeds and the intervals.
    pub seed: Seed,
    /// The questions in order.
    pub questions: Vec<Question>,
    /// Calls at most, if a person said so …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_calls: Option<u64>,
    /// … and money, in millionths of a US dollar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_micro_usd: Option<u64>,
}

/// How far an evaluation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Its questions are asked.
    Running,
    /// It waits until a person lets it go on.
    Held,
    /// Every question was asked.
    Over,
}

/// What its runs took so far: each run once, whatever is made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spent {
    /// Calls of models.
    pub calls: u64,
    /// Tokens read and written.
    pub tokens: u64,
    /// Money, in millionths of a US dollar, as far as prices are known.
    pub cost_micro_usd: u64,
}

/// How an evaluation stands, for the list and after a reload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`VERSION`].
    pub version: u32,
    /// What its file was called.
    pub name: String,
    /// Questions in all …
    pub count: usize,
    /// … and with a record.
    pub done: usize,
    /// How far it has come.
    pub stage: Stage,
    /// Whether questions are asked again whose records lack something.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retrying: bool,
    /// When it began, in milliseconds since 1970.
    pub started_millis: u64,
    /// How long it has worked, pauses not counted.
    pub worked_millis: u64,
    /// What it took.
    pub spent: Spent,
}

/// What is to be said about an evaluation that does not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvaluationNote {
    /// A limit of calls or money would be passed.
    Limit,
    /// Another tab drives it.
    Elsewhere,
    /// It is not kept, and why.
    NotKept(String),
}

impl Plan {
    /// The methods.
    pub fn methods(&self) -> Vec<Method> {
        self.methods.iter().filter_map(|name| Method::by_name(name)).collect()
    }

    /// The connections of the agents.
    pub fn bindings(&self) -> Vec<Option<ConnectionId>> {
        self.connections.iter().map(|id| id.map(ConnectionId)).collect()
    }
}

impl Head {
    /// Of an evaluation that begins.
    pub fn new(name: &str, count: usize, now_millis: u64) -> Self {
        Self {
            version: VERSION,
            name: name.to_owned(),
            count,
            done: 0,
            stage: Stage::Running,
            retrying: false,
            started_millis: now_millis,
            worked_millis: 0,
            spent: Spent::default(),
        }
    }
}

impl Spent {
    /// With what was spent elsewhere.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            tokens: self.tokens.saturating_add(other.tokens),
            cost_micro_usd: self.cost_micro_usd.saturating_add(other.cost_micro_usd),
        }
    }
}

/// Why a method has no answer, and to how many questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The method.
    pub method: Method,
    /// Why.
    pub reason: String,
    /// How many questions.
    pub questions: usize,
}

/// What failed, by method and reason.
pub fn lacks<'a>(records: impl Iterator<Item = &'a Record>) -> Vec<Lack> {
    let mut found: BTreeMap<(Method, &str), usize> = BTreeMap::new();
    for record in records {
        for (name, answered) in &record.methods {
            if let (Some(method), Some(reason)) = (Method::by_name(name), &answered.failed) {
                *found.entry((method, reason)).or_insert(0) += 1;
            }
        }
    }
    let lack = |((method, reason), questions): ((Method, &str), usize)| Lack {
        method,
        reason: reason.to_owned(),
        questions,
    };
    found.into_iter().map(lack).collect()
}

#[cfg(test)]
mod tests;
