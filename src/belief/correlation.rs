//! What members of a panel say alike once the truth is known: the common part of their evidence.

use super::stacking::Resolved;
use crate::market::math::sqrt;

/// ρ̂ of a whole panel on resolved questions: what its members have in common beyond the truth, in [0, 1].
pub fn rho(resolved: &[Resolved]) -> f64 {
    correlation(&resolved.iter().collect::<Vec<_>>(), None)
}

/// The mean over pairs of the correlation of log-odds, taken around their means under each truth: what is left of two
/// members' agreement once the truth is known. Members who always say the same are left out, and so is `without`.
pub(super) fn correlation(resolved: &[&Resolved], without: Option<usize>) -> f64 {
    let everybody = 0..resolved.first().map_or(0, |question| question.log_odds.len());
    let heard = everybody.filter(|&member| Some(member) != without);
    let rest: Vec<Vec<f64>> = heard.map(|member| around_truth(resolved, member)).collect();
    let (mut total, mut pairs) = (0.0, 0_u32);
    for (place, first) in rest.iter().enumerate() {
        for second in &rest[place + 1..] {
            let spread = dot(first, first) * dot(second, second);
            if spread > 0.0 {
                total += dot(first, second) / sqrt(spread);
                pairs += 1;
            }
        }
    }
    if pairs == 0 { 0.0 } else { (total / f64::from(pairs)).clamp(0.0, 1.0) }
}

/// A member's log-odds less their mean over the questions with the same truth.
fn around_truth(resolved: &[&Resolved], member: usize) -> Vec<f64> {
    let mean = |happened: bool| {
        let said: Vec<f64> =
            resolved.iter().filter(|q| q.happened == happened).map(|q| q.log_odds[member]).collect();
        said.iter().sum::<f64>() / said.len().max(1) as f64
    };
    let (yes, no) = (mean(true), mean(false));
    resolved.iter().map(|q| q.log_odds[member] - if q.happened { yes } else { no }).collect()
}

/// Σ a_i b_i.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
