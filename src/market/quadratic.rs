//! The quadratic market, Brier's twin: C(q) = max over distributions p of p·q − b Σ(p_i − 1/n)². Prices are straight
//! lines in q until they reach 0 or 1, where they stay: an outcome can be priced out of the market entirely.

use super::cost_function::{CostFunction, quantities};
use super::math;
use super::quantity::Shares;

/// A price of 0 has a logarithm all the same: that of this.
const LEAST_PRICE: f64 = 1e-9;

/// A quadratic market.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic {
    liquidity: f64,
    /// q before the first trade.
    opening: Vec<f64>,
    sold: Vec<Shares>,
    worst_loss: f64,
}

impl Quadratic {
    /// A market with liquidity `b` that opens at `prior`: q_i = 2b(π_i − 1/n).
    pub fn new(liquidity: f64, prior: &[f64]) -> Self {
        debug_assert!(liquidity > 0.0);
        let even = 1.0 / prior.len() as f64;
        // b Σ_j (δ_ij − π_j)², for the outcome where it is most.
        let squares: f64 = prior.iter().map(|p| p * p).sum();
        let worst = prior.iter().map(|p| 1.0 - 2.0 * p + squares).fold(0.0, f64::max);
        Self {
            liquidity,
            opening: prior.iter().map(|p| 2.0 * liquidity * (p - even)).collect(),
            sold: vec![Shares::ZERO; prior.len()],
            worst_loss: liquidity * worst,
        }
    }

    /// The liquidity b.
    pub fn liquidity(&self) -> f64 {
        self.liquidity
    }

    fn quantities(&self, more: &[Shares]) -> Vec<f64> {
        quantities(&self.opening, &self.sold, more)
    }

    /// The distribution nearest to 1/n + q/(2b): its point on the simplex (Held, Wolfe & Crowder 1974).
    fn prices_at(&self, q: &[f64]) -> Vec<f64> {
        let even = 1.0 / q.len() as f64;
        let heights: Vec<f64> = q.iter().map(|q| even + q / (2.0 * self.liquidity)).collect();
        let mut sorted = heights.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let (mut sum, mut shift) = (0.0, 0.0);
        for (count, height) in sorted.iter().enumerate() {
            sum += height;
            let level = (sum - 1.0) / (count as f64 + 1.0);
            if *height > level {
                shift = level;
            }
        }
        heights.iter().map(|height| (height - shift).clamp(0.0, 1.0)).collect()
    }

    fn cost_level(&self, q: &[f64]) -> f64 {
        let even = 1.0 / q.len() as f64;
        let prices = self.prices_at(q);
        let worth: f64 = prices.iter().zip(q).map(|(p, q)| p * q).sum();
        worth - self.liquidity * prices.iter().map(|p| (p - even) * (p - even)).sum::<f64>()
    }
}

impl CostFunction for Quadratic {
    fn outcomes(&self) -> usize {
        self.opening.len()
    }

    fn prices(&self) -> Vec<f64> {
        self.prices_at(&self.quantities(&[]))
    }

    fn log_prices(&self) -> Vec<f64> {
        self.prices().into_iter().map(|price| math::ln(price.max(LEAST_PRICE))).collect()
    }

    fn cost(&self, shares: &[Shares]) -> f64 {
        self.cost_level(&self.quantities(shares)) - self.cost_level(&self.quantities(&[]))
    }

    fn sell(&mut self, shares: &[Shares]) {
        for (sold, &bought) in self.sold.iter_mut().zip(shares) {
            *sold += bought;
        }
    }

    fn redeem(&mut self, sets: Shares) {
        for sold in &mut self.sold {
            *sold -= sets;
        }
    }

    fn shares_to(&self, target: &[f64]) -> Vec<f64> {
        let moves: Vec<f64> =
            target.iter().zip(self.quantities(&[])).map(|(p, q)| 2.0 * self.liquidity * p - q).collect();
        super::cost_function::long_only(&moves)
    }

    fn worst_loss(&self) -> f64 {
        self.worst_loss
    }
}
