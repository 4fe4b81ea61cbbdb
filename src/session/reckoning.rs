//! What the questions of an evaluation may use before it begins, as the Ask page reckons a run: runs that several methods
//! share count once, and what asks again is matched to the panel's calls, as it will be. It asks nobody.

use crate::agents::{Estimate, estimate, estimate_turns};
use crate::evaluate::method::{job_spec, jobs, likely_spec, panel_spec};
use crate::evaluate::{Job, Method, Question};
use crate::prng::Seed;
use crate::run::RunSpec;

/// What these questions may use together. `None` if nobody on the panel is a model, and for no questions.
pub fn reckon_each<'a>(
    panel: &RunSpec,
    methods: &[Method],
    questions: impl IntoIterator<Item = &'a Question>,
    seed: Seed,
) -> Option<Estimate> {
    let each = questions.into_iter().filter_map(|question| reckon_one(panel, methods, question, seed));
    each.reduce(|sum, one| plus(sum, &one))
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

fn plus(mut sum: Estimate, one: &Estimate) -> Estimate {
    let add = |a: (u64, u64), b: (u64, u64)| (a.0.saturating_add(b.0), a.1.saturating_add(b.1));
    for model in &one.unpriced {
        if !sum.unpriced.contains(model) {
            sum.unpriced.push(model.clone());
        }
    }
    Estimate {
        calls: add(sum.calls, one.calls),
        tokens: add(sum.tokens, one.tokens),
        cost_micro_usd: add(sum.cost_micro_usd, one.cost_micro_usd),
        priced: sum.priced || one.priced,
        ..sum
    }
}
