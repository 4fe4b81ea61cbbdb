//! What a report earns when a later report stands in for the truth (Srinivasan, Karger & Chen 2023; mechanisms §5c):
//! b Σ_i r_i ln(q_t,i / q_{t−1,i}) with the reference r. It moves with the expected log score, so whoever copies the
//! report before earns exactly 0, and the sum telescopes.

use crate::market::math::ln;

/// What each report of a chain earns against the last one, in units. `chain` begins with the prior, so there is one
/// figure less than beliefs; beliefs must be positive. The last figure is what the reference would earn from itself.
pub fn peer_payments(chain: &[Vec<f64>], b: f64) -> Vec<f64> {
    let Some(reference) = chain.last() else { return Vec::new() };
    let earned = |pair: &[Vec<f64>]| {
        let gain = |((r, before), after): ((&f64, &f64), &f64)| r * (ln(*after) - ln(*before));
        b * reference.iter().zip(&pair[0]).zip(&pair[1]).map(gain).sum::<f64>()
    };
    chain.windows(2).map(earned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mechanisms §14.
    #[test]
    fn the_golden_chain() {
        let chain: Vec<Vec<f64>> =
            [0.5, 0.6, 0.6, 0.8, 0.7, 0.75].iter().map(|&p| vec![p, 1.0 - p]).collect();
        let paid = peer_payments(&chain, 1.0);
        for (paid, expected) in paid.iter().zip([0.080_955, 0.0, 0.042_475, 0.001_218]) {
            assert!((paid - expected).abs() < 5e-7, "{paid} is not {expected}");
        }
        assert!(paid[1].to_bits() == 0.0_f64.to_bits(), "a copy earns exactly nothing");
        assert!((paid[..4].iter().sum::<f64>() - 0.124_648).abs() < 5e-7);
    }
}
