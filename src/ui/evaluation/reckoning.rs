//! What an evaluation may use before it begins, and what one question may use at most. A page that reckons with every key
//! that is pressed looks at the shortest and the longest question only.

use super::Plan;
use crate::agents::Estimate;
use crate::evaluate::{Method, Question};
use crate::prng::Seed;
use crate::run::RunSpec;
use crate::session::reckoning::reckon_one;

/// What so many of these questions may use: each as much as the shortest of them at least, and as the longest at most.
/// `None` if nobody on the panel is a model.
pub fn reckon(
    panel: &RunSpec,
    methods: &[Method],
    questions: &[Question],
    count: usize,
    seed: Seed,
) -> Option<Estimate> {
    let size =
        |question: &&Question| question.question.len() + question.background.len() + question.criterion.len();
    let low = reckon_one(panel, methods, questions.iter().min_by_key(size)?, seed)?;
    let high = reckon_one(panel, methods, questions.iter().max_by_key(size)?, seed)?;
    let count = count as u64;
    let span = |low: u64, high: u64| (low.saturating_mul(count), high.saturating_mul(count));
    Some(Estimate {
        calls: span(low.calls.0, high.calls.1),
        tokens: span(low.tokens.0, high.tokens.1),
        cost_micro_usd: span(low.cost_micro_usd.0, high.cost_micro_usd.1),
        ..high
    })
}

impl Plan {
    /// What its longest question may use at most.
    pub fn most_of_one(&self) -> Option<Estimate> {
        reckon(&self.panel, &self.methods(), &self.questions, 1, self.seed)
    }
}
