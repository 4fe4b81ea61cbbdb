//! What every automated market maker can do: price its outcomes, cost a trade, take a trade. Ownership, purses
//! and rounding of money are not its business; the ledger and the market maker see to them.

use super::math;
use super::quantity::Shares;

/// Prices below this have its logarithm.
const LEAST_PRICE: f64 = 1e-300;

/// Moves of q with as many complete sets added as make the least of them 0.
pub(super) fn long_only(moves: &[f64]) -> Vec<f64> {
    let least = moves.iter().copied().fold(f64::INFINITY, f64::min);
    moves.iter().map(|step| (step - least).max(0.0)).collect()
}

/// q after selling `more` (which may be shorter: nothing of the rest) on top of what was sold since the opening.
pub(super) fn quantities(opening: &[f64], sold: &[Shares], more: &[Shares]) -> Vec<f64> {
    let extra = more.iter().copied().chain(std::iter::repeat(Shares::ZERO));
    opening.iter().zip(sold).zip(extra).map(|((q, &sold), more)| q + (sold + more).units()).collect()
}

/// A cost function C over the vector q of shares sold (Chen & Pennock 2007): a trade δ costs C(q + δ) − C(q), and
/// prices are the gradient of C. Vectors have one entry an outcome, in the question's order.
pub trait CostFunction {
    /// How many outcomes there are.
    fn outcomes(&self) -> usize;

    /// The marginal price of each outcome, each in [0, 1].
    fn prices(&self) -> Vec<f64>;

    /// ln of each price; finite where the price itself rounds to 0.
    fn log_prices(&self) -> Vec<f64> {
        self.prices().into_iter().map(|price| math::ln(price.max(LEAST_PRICE))).collect()
    }

    /// C(q + δ) − C(q) in units of money, before rounding. `shares` holds one non-negative amount an outcome.
    fn cost(&self, shares: &[Shares]) -> f64;

    /// The prices after selling `shares`.
    fn prices_after(&self, shares: &[Shares]) -> Vec<f64>
    where
        Self: Sized + Clone,
    {
        let mut after = self.clone();
        after.sell(shares);
        after.prices()
    }

    /// The shares of each outcome, in units, that move the prices to `target` (positive, summing to 1): none below 0,
    /// and 0 of at least one, because a complete set moves nothing.
    fn shares_to(&self, target: &[f64]) -> Vec<f64>;

    /// Sells `shares`: q becomes q + δ.
    fn sell(&mut self, shares: &[Shares]);

    /// Takes back `sets` complete sets (one share of every outcome), at exactly one unit a set: no price moves.
    /// What the maker then owes falls by as much as it pays.
    fn redeem(&mut self, sets: Shares);

    /// The most the maker can lose from its start, whatever happens, in units of money.
    fn worst_loss(&self) -> f64;
}
