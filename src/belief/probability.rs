//! A belief: one probability an outcome, kept in millionths that sum to exactly one million. Integers make it
//! compact in a link, exact in the log and equal on every machine. It does not know who believes it.

use serde::{Deserialize, Serialize};

/// Millionths in probability 1.
pub const MILLION: u32 = 1_000_000;

/// A probability distribution over the outcomes of a question, in millionths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belief(Vec<u32>);

/// Why numbers are not a belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BeliefError {
    /// A NaN or an infinity.
    #[error("probabilities must be finite numbers")]
    NotFinite,
    /// Below zero.
    #[error("probabilities must not be negative")]
    Negative,
    /// Nothing to normalise.
    #[error("probabilities must not all be zero")]
    AllZero,
    /// The millionths do not sum to one million.
    #[error("probabilities must sum to 1 in steps of 0.000001")]
    BadSum,
}

impl Belief {
    /// Every outcome alike.
    pub fn uniform(outcomes: usize) -> Self {
        Self::from_weights(&vec![1.0; outcomes.max(1)]).unwrap_or_else(|_| Self(vec![MILLION]))
    }

    /// Normalises non-negative weights and rounds to millionths by largest remainder (ties: first outcome first).
    ///
    /// # Errors
    /// Weights that are not finite, negative, or all zero.
    pub fn from_weights(weights: &[f64]) -> Result<Self, BeliefError> {
        if weights.iter().any(|w| !w.is_finite()) {
            return Err(BeliefError::NotFinite);
        }
        if weights.iter().any(|&w| w < 0.0) {
            return Err(BeliefError::Negative);
        }
        // Scaled by the largest first, so that a sum of huge weights cannot overflow.
        let largest = weights.iter().copied().fold(0.0, f64::max);
        if largest <= 0.0 {
            return Err(BeliefError::AllZero);
        }
        let total: f64 = weights.iter().map(|w| w / largest).sum();
        let exact: Vec<f64> = weights.iter().map(|w| w / largest / total * f64::from(MILLION)).collect();
        let mut millionths: Vec<u32> = exact.iter().map(|x| x.floor() as u32).collect();
        let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
        by_remainder.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()).then(a.cmp(&b)));
        let missing = MILLION.saturating_sub(millionths.iter().sum());
        for &outcome in by_remainder.iter().cycle().take(missing as usize) {
            millionths[outcome] += 1;
        }
        Self::from_millionths(millionths)
    }

    /// From millionths that sum to one million.
    ///
    /// # Errors
    /// Any other sum.
    pub fn from_millionths(millionths: Vec<u32>) -> Result<Self, BeliefError> {
        let total: u64 = millionths.iter().map(|&m| u64::from(m)).sum();
        if total == u64::from(MILLION) { Ok(Self(millionths)) } else { Err(BeliefError::BadSum) }
    }

    /// The millionths of each outcome.
    pub fn millionths(&self) -> &[u32] {
        &self.0
    }

    /// How many outcomes.
    pub fn outcomes(&self) -> usize {
        self.0.len()
    }

    /// The probability of one outcome, in [0, 1].
    pub fn of(&self, outcome: usize) -> f64 {
        f64::from(self.0[outcome]) / f64::from(MILLION)
    }

    /// All probabilities.
    pub fn probabilities(&self) -> Vec<f64> {
        (0..self.0.len()).map(|outcome| self.of(outcome)).collect()
    }

    /// The probabilities clipped to [`floor`, 1 − `floor`] and normalised: no formula meets a 0 or a 1.
    pub fn clipped(&self, floor: f64) -> Vec<f64> {
        let clipped: Vec<f64> = self.probabilities().iter().map(|p| p.clamp(floor, 1.0 - floor)).collect();
        let total: f64 = clipped.iter().sum();
        clipped.into_iter().map(|p| p / total).collect()
    }

    /// The same belief with the outcomes in the opposite order.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self(self.0.iter().rev().copied().collect())
    }

    /// The likeliest outcome (the first of equals).
    pub fn favourite(&self) -> usize {
        (0..self.0.len()).rev().max_by_key(|&outcome| self.0[outcome]).unwrap_or(0)
    }
}

impl Serialize for Belief {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.probabilities())
    }
}

impl<'de> Deserialize<'de> for Belief {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = Vec::<f64>::deserialize(deserializer)?;
        let in_range = numbers.iter().all(|p| (0.0..=1.0).contains(p));
        let belief = if in_range {
            let millionths = numbers.iter().map(|p| (p * f64::from(MILLION)).round() as u32).collect();
            Self::from_millionths(millionths)
        } else {
            Err(BeliefError::BadSum)
        };
        match belief {
            // A number between two millionths would come back changed: refuse it instead.
            Ok(belief) if belief.probabilities() == numbers => Ok(belief),
            _ => Err(serde::de::Error::custom(BeliefError::BadSum)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(weights: &[f64], expected: &[u32]) {
        let belief = Belief::from_weights(weights).unwrap();
        assert_eq!(belief.millionths(), expected);
        let json = serde_json::to_string(&belief).unwrap();
        assert_eq!(serde_json::from_str::<Belief>(&json).unwrap(), belief, "{json}");
    }

    #[test]
    fn weights_become_millionths_that_sum_to_one_million() {
        check(&[0.7, 0.3], &[700_000, 300_000]);
        check(&[1.0, 1.0, 1.0], &[333_334, 333_333, 333_333]);
        check(&[0.0, 5.0], &[0, 1_000_000]);
        check(&[f64::MAX, f64::MAX], &[500_000, 500_000]);
        assert_eq!(Belief::from_weights(&[f64::NAN, 1.0]), Err(BeliefError::NotFinite));
        assert_eq!(Belief::from_weights(&[-0.1, 1.1]), Err(BeliefError::Negative));
        assert_eq!(Belief::from_weights(&[0.0, 0.0]), Err(BeliefError::AllZero));
    }

    #[test]
    fn reading_refuses_what_would_come_back_changed() {
        for bad in ["[0.5,0.4]", "[0.70000001,0.29999999]", "[1.2,-0.2]", "[]", "[null,1]"] {
            assert!(serde_json::from_str::<Belief>(bad).is_err(), "{bad}");
        }
    }
}
