//! What members of a panel say alike once the truth is known: the common part of their evidence.

use super::stacking::{Resolved, dot};
use crate::market::math::sqrt;

/// The mean over pairs of the correlation of log-odds, taken around their means under each truth: what is left of two
/// members' agreement once the truth is known. Members who always say the same are left out.
pub(super) fn correlation(resolved: &[&Resolved], of: &[usize]) -> f64 {
    let rest: Vec<Vec<f64>> = of.iter().map(|&member| around_truth(resolved, member)).collect();
    let members = rest.len();
    let (mut total, mut pairs) = (0.0, 0_u32);
    for first in 0..members {
        for second in first + 1..members {
            let spread = dot(&rest[first], &rest[first]) * dot(&rest[second], &rest[second]);
            if spread > 0.0 {
                total += dot(&rest[first], &rest[second]) / sqrt(spread);
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
