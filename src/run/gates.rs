//! Whether a sequence of probabilities has come to rest: the paper's rule, and the gates that it lacks (mechanisms §1
//! and §7). With quotes that are pure noise the rule alone fires almost always; “converged” is said only where all
//! gates hold. Pure arithmetic; it does not know who quoted.

use serde::{Deserialize, Serialize};

/// Quotes that the rule looks at.
pub const WINDOW: usize = 3;
/// Changes of side that a sequence at rest may have behind it.
const MOST_SIDE_CHANGES: u32 = 2;
/// How far the movement may exceed the uncertainty that went away. For a Bayesian the two are equal on average
/// (Augenblick & Rabin 2021), so pure noise of standard deviation s shows as 2s² a step.
const MOST_EXCESS: f64 = 0.02;

/// A gate that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// The last three lie further apart than T.
    Range,
    /// The last three lie on both sides of ½.
    Straddle,
    /// The side changed too often.
    SideChanges,
    /// It moved much more than it learnt.
    ExcessMovement,
}

impl Gate {
    /// Every gate, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Range, Self::Straddle, Self::SideChanges, Self::ExcessMovement];
}

/// What a sequence of probabilities looks like, and which gates fail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    /// Quotes looked at.
    pub quotes: u32,
    /// Largest less smallest of the last three.
    pub range: f64,
    /// How often it went from one side of ½ to the other.
    pub side_changes: u32,
    /// Whether the last three lie on both sides of ½.
    pub straddles: bool,
    /// Σ|Δp|.
    pub path_length: f64,
    /// Σ(Δp)².
    pub movement: f64,
    /// p₀(1 − p₀) − p_T(1 − p_T): the uncertainty that went away.
    pub reduction: f64,
    /// The gates that do not hold.
    pub failed: Vec<Gate>,
}

/// The paper's stop rule: the range of the last three is at most `tolerance`.
pub fn range_rule(quotes: &[f64], tolerance: f64) -> bool {
    quotes.len() >= WINDOW && range(last(quotes)) <= tolerance
}

/// Measures a sequence against all gates.
pub fn gates(quotes: &[f64], tolerance: f64) -> Gates {
    let steps = || quotes.windows(2).map(|pair| pair[1] - pair[0]);
    let uncertainty = |p: Option<&f64>| p.map_or(0.0, |p| p * (1.0 - p));
    let side_changes = quotes.windows(2).filter(|pair| side(pair[0]) != side(pair[1])).count();
    let straddles = last(quotes).windows(2).any(|pair| side(pair[0]) != side(pair[1]));
    let movement: f64 = steps().map(|step| step * step).sum();
    let reduction = uncertainty(quotes.first()) - uncertainty(quotes.last());
    let side_changes = u32::try_from(side_changes).unwrap_or(u32::MAX);
    let holds = |gate: &Gate| match gate {
        Gate::Range => range_rule(quotes, tolerance),
        Gate::Straddle => !straddles,
        Gate::SideChanges => side_changes <= MOST_SIDE_CHANGES,
        Gate::ExcessMovement => movement - reduction <= MOST_EXCESS,
    };
    Gates {
        quotes: u32::try_from(quotes.len()).unwrap_or(u32::MAX),
        range: range(last(quotes)),
        side_changes,
        straddles,
        path_length: steps().map(f64::abs).sum(),
        movement,
        reduction,
        failed: Gate::ALL.into_iter().filter(|gate| !holds(gate)).collect(),
    }
}

fn last(quotes: &[f64]) -> &[f64] {
    &quotes[quotes.len().saturating_sub(WINDOW)..]
}

fn range(quotes: &[f64]) -> f64 {
    let most = quotes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = quotes.iter().copied().fold(f64::INFINITY, f64::min);
    if quotes.is_empty() { 0.0 } else { most - least }
}

fn side(p: f64) -> bool {
    p >= 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::math;
    use crate::prng::Seed;

    #[test]
    fn gates_see_what_the_rule_does_not() {
        for (quotes, expected) in [
            (vec![0.5, 0.7, 0.72, 0.71], vec![]),
            (vec![0.55, 0.45, 0.56], vec![Gate::Straddle, Gate::ExcessMovement]),
            (vec![0.9, 0.2], vec![Gate::Range, Gate::Straddle, Gate::ExcessMovement]),
            (vec![0.6, 0.4, 0.6, 0.4, 0.41, 0.4], vec![Gate::SideChanges, Gate::ExcessMovement]),
        ] {
            assert_eq!(gates(&quotes, 0.2).failed, expected, "{quotes:?}");
        }
        let found = gates(&[0.5, 0.6, 0.4], 0.2);
        assert!((found.path_length - 0.3).abs() < 1e-12 && (found.movement - 0.05).abs() < 1e-12);
        assert!((found.reduction - 0.01).abs() < 1e-12 && (found.range - 0.2).abs() < 1e-12);
    }

    /// Mechanisms §1: quotes of pure noise around 0.55 (standard deviation 0.1), ten trader turns, T = 0.2.
    #[test]
    fn the_papers_rule_takes_noise_for_agreement() {
        const WORLDS: u32 = 40_000;
        let (mut fired, mut wrong, mut passed, mut passed_wrong) = (0.0, 0.0, 0.0, 0.0);
        let mut draws = Seed::new(7).stream("test/noise");
        for _ in 0..WORLDS {
            let mut quotes = Vec::new();
            for _ in 0..=10 {
                quotes.push(0.55 + 0.1 * math::standard_normal([draws.next_u64(), draws.next_u64()]));
                if range_rule(&quotes, 0.2) {
                    let wrong_side = f64::from(u8::from(*quotes.last().unwrap() < 0.5));
                    fired += 1.0;
                    wrong += wrong_side;
                    if gates(&quotes, 0.2).failed.is_empty() {
                        passed += 1.0;
                        passed_wrong += wrong_side;
                    }
                    break;
                }
            }
        }
        let all = f64::from(WORLDS);
        // Three standard errors: 0.0008 and 0.0067.
        assert!((fired / all - 0.997).abs() < 0.0013, "fires in {}", fired / all);
        assert!((wrong / all - 0.27).abs() < 0.0117, "wrong side in {}", wrong / all);
        assert!(passed / all < 0.35, "all gates hold in {}", passed / all);
        assert!(passed_wrong / all < 0.05, "wrong behind all gates in {}", passed_wrong / all);
    }
}
