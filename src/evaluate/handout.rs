//! What of an evaluation is passed on: how it was set up, what each method took, and either every answer, so that
//! whoever gets it works out the figures again, or the figures alone. It knows no link and no file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::method::Method;
use super::question::Question;
use super::record::{Effort, Record};
use super::report::Report;
use crate::audit::{Digest, digest_of};
use crate::prng::Seed;
use crate::run::{AgentKind, Prompts, RunSpec};

/// How an evaluation was set up, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct SetUp {
    /// What its file of questions was called.
    pub name: String,
    /// How many questions were to be asked.
    pub count: usize,
    /// Decided the sample, the runs' own seeds and the intervals.
    pub seed: Seed,
    /// What was asked of whom; `None` for results that came as a file.
    pub asked: Option<Asked>,
}

/// The panel and the questions that it was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The panel's set-up; one that was passed on lacks the texts that only models read.
    pub panel: RunSpec,
    /// The digest of the whole set-up.
    pub panel_digest: Digest,
    /// The digest of the questions, in order.
    pub questions_digest: Digest,
}

/// What is passed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Handout {
    /// How it was set up.
    pub set_up: SetUp,
    /// What each method took, in all.
    pub efforts: BTreeMap<Method, Effort>,
    /// The method that others are compared with, if a person chose one.
    pub against: Option<Method>,
    /// What came out.
    pub found: Found,
}

/// What came out of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// What became of every question. What it took stands in [`Handout::efforts`] alone, and runs are left out.
    Answers(Vec<Arc<Record>>),
    /// The figures, to the millionth.
    Figures(Arc<Report>),
}

impl Asked {
    /// Of these questions and this panel; `None` if they have no canonical JSON, which none lack that were checked.
    pub fn of(panel: &RunSpec, questions: &[Question]) -> Option<Self> {
        Some(Self {
            panel: panel.clone(),
            panel_digest: digest_of(panel).ok()?,
            questions_digest: digest_of(&questions).ok()?,
        })
    }

    /// Without the texts that only models read: personas, evidence, changed prompts.
    #[must_use]
    pub fn without_texts(mut self) -> Self {
        let panel = &mut self.panel;
        panel.prompts = Prompts::default();
        panel.background.clear();
        panel.criterion.clear();
        panel.reversed_question.clear();
        panel.derived_from = None;
        for agent in &mut panel.agents {
            if let AgentKind::Model { persona, evidence, .. } = &mut agent.kind {
                persona.clear();
                evidence.clear();
            }
        }
        self
    }
}

/// What each method took on these questions, in all.
pub fn efforts<'a>(records: impl IntoIterator<Item = &'a Record>) -> BTreeMap<Method, Effort> {
    let mut found: BTreeMap<Method, Effort> = BTreeMap::new();
    for record in records {
        for (name, answered) in &record.methods {
            if let Some(method) = Method::by_name(name) {
                let sum = found.entry(method).or_default();
                *sum = sum.plus(answered.effort);
            }
        }
    }
    found
}
