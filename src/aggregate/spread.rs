//! How sure a panel is of a price: how far its agents still are from it, and the range of probabilities that this
//! leaves. What a page says about certainty, in figures or in words, comes from here.

use super::moment::Moment;
use crate::market::math::sqrt;

/// One voice has no spread: nobody can say how sure it is.
pub const FEWEST_VOICES: usize = 2;

/// The root of the mean squared distance of the last beliefs from the price of an outcome; `None` where fewer than
/// [`FEWEST_VOICES`] have answered.
pub fn spread_of(moment: &Moment, outcome: usize) -> Option<f64> {
    let price = *moment.prices.get(outcome)?;
    let beliefs: Vec<f64> =
        moment.agents.iter().filter_map(|agent| Some(agent.belief.as_ref()?.of(outcome))).collect();
    (beliefs.len() >= FEWEST_VOICES).then(|| distance(price, &beliefs))
}

/// The root of the mean squared distance from the price.
pub(super) fn distance(price: f64, beliefs: &[f64]) -> f64 {
    let squares: f64 = beliefs.iter().map(|belief| (belief - price) * (belief - price)).sum();
    sqrt(squares / beliefs.len().max(1) as f64)
}

/// The probabilities that lie within the spread of a price: never below 0 or above 1.
pub fn range_around(price: f64, spread: f64) -> (f64, f64) {
    ((price - spread).max(0.0), (price + spread).min(1.0))
}
