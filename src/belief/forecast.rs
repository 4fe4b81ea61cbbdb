//! What an agent answers when asked: a belief and the words that go with it. It does not know how the answer was
//! obtained.

use serde::{Deserialize, Serialize};

use super::probability::Belief;

/// The longest headline, in characters; a longer one is cut when it is parsed.
pub const MAX_HEADLINE_CHARS: usize = 140;

/// An agent's answer. The words may be empty; the belief never is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// The private belief, one probability an outcome.
    pub beliefs: Belief,
    /// The reason in at most [`MAX_HEADLINE_CHARS`] characters, shown to the other agents.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub headline: String,
    /// The reasons at length.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reasoning: String,
    /// Pieces of evidence named by the agent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// What the agent thinks the others will say on average, for the first outcome, in [0, 1]
    /// (for “surprisingly popular”: Prelec, Seung & McCoy 2017).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicted_mean_of_others: Option<f64>,
    /// How far the answers to the question and to its reversal are from adding up, |p + p̄ − 1|, where both were
    /// asked; the belief is then their average in log-odds (mechanisms §13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoherence: Option<f64>,
}

/// From this incoherence on an agent is said to contradict itself (mechanisms §13).
pub const INCOHERENT: f64 = 0.1;

/// Whether answers to a question and to its reversal that are so far from adding up contradict each other.
pub fn is_incoherent(distance: f64) -> bool {
    distance > INCOHERENT
}

impl Forecast {
    /// Whether the answers to the question and to its reversal contradict each other.
    pub fn is_incoherent(&self) -> bool {
        self.incoherence.is_some_and(is_incoherent)
    }

    /// A belief without words.
    pub fn wordless(beliefs: Belief) -> Self {
        Self {
            beliefs,
            headline: String::new(),
            reasoning: String::new(),
            evidence: Vec::new(),
            predicted_mean_of_others: None,
            incoherence: None,
        }
    }
}
