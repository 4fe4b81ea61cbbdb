//! Liquidity in a person's terms: how much the prior weighs against the panel's money (Sethi & Vaughan 2016;
//! mechanisms §2). The inverse of `RunSpec::prior_weight` for an even prior.

use crate::market::math::ln;
use crate::market::{Cash, MICROS};

/// The weights that make a market: a prior of 0 or 1 does not.
const WEIGHT_RANGE: (f64, f64) = (0.001, 0.95);
/// The bounds of the set-up on b, in units.
const LIQUIDITY_RANGE: (f64, f64) = (0.001, 1e6);

/// The liquidity b with which an even prior over `outcomes` weighs `weight` against purses of `purses`:
/// b ln n = ΣW · w / (1 − w).
pub fn liquidity_for_prior_weight(weight: f64, purses: Cash, outcomes: usize) -> Cash {
    let weight = weight.clamp(WEIGHT_RANGE.0, WEIGHT_RANGE.1);
    let b = purses.units() * weight / (1.0 - weight) / ln(outcomes.max(2) as f64);
    Cash::round_up(b.clamp(LIQUIDITY_RANGE.0, LIQUIDITY_RANGE.1)).unwrap_or(Cash::from_micros(MICROS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::begun;

    #[test]
    fn weight_and_liquidity_are_inverse() {
        let mut spec = begun(1, 5).spec().clone();
        for weight in [0.01, 0.05, 0.2, 0.5] {
            spec.liquidity_micros = liquidity_for_prior_weight(weight, spec.total_budget(), 2);
            assert!((spec.prior_weight() - weight).abs() < 1e-6);
        }
    }
}
