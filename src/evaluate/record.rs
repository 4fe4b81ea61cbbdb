//! What an evaluation keeps of each question: one line of JSON, written when the question is done, so that whatever
//! happens later nothing is asked twice. Wire types: unknown fields are refused, and there is none for a key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::method::Method;
use crate::aggregate::{call_price, call_tokens};
use crate::audit::{Digest, Head, digest_of};
use crate::run::{Run, RunEvent, RunSpec};

/// The version of the records and of the manifest.
pub const VERSION: u32 = 1;
/// What a manifest says that it is.
pub const FORMAT: &str = "credence-evaluation";

/// What an evaluation is: whoever resumes or merges must mean the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The digest of the panel's set-up.
    pub panel: Digest,
    /// The digest of the questions that were chosen, in order, before they were split into shards.
    pub questions: Digest,
    /// How many those are.
    pub count: usize,
    /// The methods, by name.
    pub methods: Vec<String>,
    /// The seed.
    pub seed: String,
}

impl Manifest {
    /// Of an evaluation; `None` if the set-up has no canonical JSON, which no valid one lacks.
    pub fn of(
        panel: &RunSpec,
        questions: &[super::Question],
        methods: &[Method],
        seed: &str,
    ) -> Option<Self> {
        Some(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            panel: digest_of(panel).ok()?,
            questions: digest_of(&questions).ok()?,
            count: questions.len(),
            methods: methods.iter().map(|method| method.name().to_owned()).collect(),
            seed: seed.to_owned(),
        })
    }
}

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The question's name.
    pub id: String,
    /// What it belongs to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// How many outcomes it has.
    pub outcomes: usize,
    /// The right one.
    pub answer: usize,
    /// What each agent said first, in roster order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beliefs: Vec<Option<Vec<f64>>>,
    /// Its runs: file by job, and their heads.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub runs: BTreeMap<String, RunFile>,
    /// What each method came to, by name.
    pub methods: BTreeMap<String, Answered>,
    /// Answers of agents that failed, in all its runs.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failures: u32,
}

/// Where a run lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFile {
    /// The file, from the evaluation's folder.
    pub file: String,
    /// Its head.
    pub head: Head,
}

/// What a method came to on one question, and what it took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// A probability for each outcome; absent if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Vec<f64>>,
    /// Why it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// What it took, whether or not replies were kept ones.
    #[serde(default)]
    pub effort: Effort,
}

/// Calls, tokens, money and time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Calls of models.
    pub calls: u64,
    /// Tokens read and written.
    pub tokens: u64,
    /// Money, in millionths of a US dollar, as far as prices are known.
    pub cost_micro_usd: u64,
    /// Time, in milliseconds.
    pub latency_millis: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Record {
    /// Whether something can be gained by asking again.
    pub fn is_whole(&self) -> bool {
        self.failures == 0 && self.methods.values().all(|answered| answered.forecast.is_some())
    }
}

impl Answered {
    /// An answer.
    pub fn with(forecast: Vec<f64>, effort: Effort) -> Self {
        Self { forecast: Some(forecast), failed: None, effort }
    }

    /// None, and why.
    pub fn without(reason: &str, effort: Effort) -> Self {
        Self { forecast: None, failed: Some(reason.to_owned()), effort }
    }
}

impl Effort {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            tokens: self.tokens.saturating_add(other.tokens),
            cost_micro_usd: self.cost_micro_usd.saturating_add(other.cost_micro_usd),
            latency_millis: self.latency_millis.saturating_add(other.latency_millis),
        }
    }

    /// What the calls of a run took, of all rounds or of the first, and of all agents or of one. A kept reply counts like
    /// any other: a method's price does not depend on what was asked before.
    pub fn of(run: &Run, first_round: bool, only: Option<usize>, latency_millis: u64) -> Self {
        let calls = run.log().events().filter_map(|event| match event {
            RunEvent::Call(call) => Some(call),
            _ => None,
        });
        let counted = calls
            .filter(|call| !first_round || call.round == 1)
            .filter(|call| only.is_none_or(|agent| call.agent == agent));
        counted.fold(Self { latency_millis, ..Self::default() }, |sum, call| {
            let tokens = call_tokens(call);
            let price = call_price(run.spec(), call);
            Self {
                calls: sum.calls + 1,
                tokens: sum.tokens.saturating_add(tokens.read).saturating_add(tokens.written),
                cost_micro_usd: sum.cost_micro_usd.saturating_add(
                    price.map_or(0, |price| price.cost_micro_usd(tokens.read, tokens.written)),
                ),
                ..sum
            }
        })
    }
}
