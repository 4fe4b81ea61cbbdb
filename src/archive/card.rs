//! A kept run in the list of runs: what can be said of it without reading it. Written by the tab that drives the run,
//! with every step.

use serde::{Deserialize, Serialize};

use super::records::Origin;
use super::{ArchiveError, RECORD_VERSION, record, text_of};
use crate::audit::Digest;
use crate::run::{AgentKind, Document, Ending, Mode, Phase, Run};

/// One run's card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    version: u32,
    /// The engine that made it.
    pub engine: String,
    /// Where the run comes from.
    pub origin: Origin,
    /// What was asked.
    pub question: String,
    /// When it began or arrived, in milliseconds since 1970.
    pub started_millis: u64,
    /// When it last changed.
    pub changed_millis: u64,
    /// How it ended; `None` while it is open.
    pub ending: Option<Ending>,
    /// Whether a person had paused it.
    pub paused: bool,
    /// The leading outcome and its price; `None` before the market opens.
    pub leader: Option<(String, f64)>,
    /// The models on the panel, each once.
    pub models: Vec<String>,
    /// How many agents are models.
    pub model_agents: usize,
    /// How many agents are simulated.
    pub simulated_agents: usize,
    /// Whether a person trades too.
    pub person: bool,
    /// Times an agent failed to answer.
    pub failures: u32,
    /// Calls in the log.
    pub calls: u32,
    /// What they cost, in millionths of a US dollar; `None` if a price is not known.
    pub cost_micro_usd: Option<u64>,
    /// Events in the log.
    pub events: u64,
    /// The digests under which it may be known, once it is over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<Digest>,
    /// Whether its file was changed or cut after it was made: it does not verify.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub altered: bool,
    /// What it is compared with, and what came of it, if it was made for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// A run that answers the question of another one in another way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// The head of the other run.
    pub with: Digest,
    /// How this one asked.
    pub mode: Mode,
    /// What it says, as a probability of each outcome.
    pub prices: Vec<f64>,
}

impl Card {
    /// The card of a run as it stands.
    pub fn of(run: &Run, engine: &str, origin: Origin, started_millis: u64) -> Self {
        let (spec, state) = (run.spec(), run.state());
        let mut models: Vec<String> = Vec::new();
        let mut priced = true;
        for agent in &spec.agents {
            if let AgentKind::Model { model, price, .. } = &agent.kind {
                priced &= price.is_some();
                if !models.contains(model) {
                    models.push(model.clone());
                }
            }
        }
        let totals = state.totals();
        Self {
            version: RECORD_VERSION,
            engine: engine.to_owned(),
            origin,
            question: spec.question.clone(),
            started_millis,
            changed_millis: started_millis,
            ending: match state.phase() {
                Phase::Closed(ending) => Some(ending),
                _ => None,
            },
            paused: false,
            leader: leader(run),
            models,
            model_agents: spec.agents.iter().filter(|agent| agent.kind.is_model()).count(),
            simulated_agents: spec.agents.iter().filter(|agent| agent.kind.is_simulated()).count(),
            person: spec.agents.iter().any(|agent| agent.kind.is_person()),
            failures: totals.failures,
            calls: totals.calls,
            cost_micro_usd: (priced || totals.calls == 0).then_some(totals.cost_micro_usd),
            events: run.head().seq,
            ends: run.ends(),
            altered: false,
            comparison: spec.compared_with().map(|with| Comparison {
                with,
                mode: spec.mode,
                prices: state.prices(),
            }),
        }
    }

    /// The record.
    pub fn to_text(&self) -> String {
        text_of(self)
    }

    /// From the record.
    ///
    /// # Errors
    /// It is none, or of a later version.
    pub fn from_text(text: &str) -> Result<Self, ArchiveError> {
        record(text)
    }

    /// Whether it may be kept from this file: what can be told of a file without reading what was kept.
    pub fn is_like(&self, document: &Document) -> bool {
        self.origin == Origin::Imported
            && document.spec.get("question").is_some_and(|said| *said == *self.question)
    }

    /// Whether it can go on: it was made here and is not over.
    pub fn is_open(&self) -> bool {
        self.origin == Origin::Here && self.ending.is_none()
    }
}

fn leader(run: &Run) -> Option<(String, f64)> {
    let prices = run.state().prices();
    let mut leader = 0;
    for (place, price) in prices.iter().enumerate() {
        if *price > prices[leader] {
            leader = place;
        }
    }
    let opened = run.head().seq > 0;
    Some((run.spec().outcomes.get(leader)?.clone(), *prices.get(leader)?)).filter(|_| opened)
}
