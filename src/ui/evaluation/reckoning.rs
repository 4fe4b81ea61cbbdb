//! What an evaluation may use before it begins, and what one question may use at most, as the Ask page reckons a run:
//! runs that several methods share count once.

use super::Plan;
use crate::agents::{Estimate, estimate, estimate_turns};
use crate::evaluate::method::{job_spec, jobs, likely_spec, panel_spec};
use crate::evaluate::{Job, Method, Question};
use crate::prng::Seed;
use crate::run::RunSpec;

/// What all questions may use: the shortest of them at least, the longest at most. `None` if nobody on the panel is a
/// model.
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

/// What one question may use.
pub fn reckon_one(panel: &RunSpec, methods: &[Method], question: &Question, seed: Seed) -> Option<Estimate> {
    let spec = panel_spec(panel, question, seed).ok()?;
    let mut sum: Option<Estimate> = None;
    let mut matched = (1, 1);
    for job in jobs(panel, methods) {
        let one = match job {
            Job::Own(method) => own(&spec, method, matched),
            job => {
                let one = any(&job_spec(&spec, job, &[]).ok()?);
                // What asks again is matched to the panel, or to the first answers where there is no more.
                matched = one.as_ref().map_or(matched, |one| one.calls);
                one
            }
        };
        sum = match (sum, one) {
            (Some(sum), Some(one)) => Some(plus(sum, &one)),
            (sum, one) => sum.or(one),
        };
    }
    sum
}

impl Plan {
    /// What its longest question may use at most.
    pub fn most_of_one(&self) -> Option<Estimate> {
        reckon(&self.panel, &self.methods(), &self.questions, 1, self.seed)
    }
}

fn any(spec: &RunSpec) -> Option<Estimate> {
    if spec.mode.is_market() { estimate(spec) } else { estimate_turns(spec) }
}

fn own(panel: &RunSpec, method: Method, matched: (u64, u64)) -> Option<Estimate> {
    let with = |calls: u64| {
        let calls = u32::try_from(calls).unwrap_or(u32::MAX);
        likely_spec(panel, method, calls).as_ref().and_then(any)
    };
    let (low, high) = (with(matched.0)?, with(matched.1)?);
    Some(Estimate {
        calls: (low.calls.0, high.calls.1),
        tokens: (low.tokens.0, high.tokens.1),
        cost_micro_usd: (low.cost_micro_usd.0, high.cost_micro_usd.1),
        ..high
    })
}

fn plus(sum: Estimate, one: &Estimate) -> Estimate {
    let add = |a: (u64, u64), b: (u64, u64)| (a.0.saturating_add(b.0), a.1.saturating_add(b.1));
    Estimate {
        calls: add(sum.calls, one.calls),
        tokens: add(sum.tokens, one.tokens),
        cost_micro_usd: add(sum.cost_micro_usd, one.cost_micro_usd),
        ..sum
    }
}
