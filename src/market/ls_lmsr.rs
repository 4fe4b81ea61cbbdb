//! LS-LMSR (Othman, Pennock, Reeves & Sandholm 2013): the logarithmic rule whose liquidity grows with what is traded,
//! b(q) = α Σ q_i. Its marginal prices sum to a little over 1, which is the maker's margin; what is shown is normalised.

use super::cost_function::{CostFunction, quantities};
use super::math;
use super::quantity::Shares;

/// Steps of the fixed point from prices to the quantities that have them.
const STEPS: usize = 200;
/// No proportion is taken for less.
const LEAST_SHARE: f64 = 1e-9;
/// No q is taken below this part of the even one.
const LEAST_DIRECTION: f64 = 0.02;

/// An LS-LMSR market.
#[derive(Clone, Debug, PartialEq)]
pub struct LsLmsr {
    alpha: f64,
    /// q before the first trade.
    opening: Vec<f64>,
    sold: Vec<Shares>,
    worst_loss: f64,
}

impl LsLmsr {
    /// A market that opens near `prior` (exactly at an even one) with b(q) = `liquidity`.
    pub fn new(alpha: f64, liquidity: f64, prior: &[f64]) -> Self {
        debug_assert!(alpha > 0.0 && liquidity > 0.0);
        let opening: Vec<f64> = directions(alpha, prior).iter().map(|g| liquidity * g).collect();
        let least = opening.iter().copied().fold(f64::INFINITY, f64::min);
        let worst_loss = cost_level(alpha, &opening) - least;
        Self { alpha, sold: vec![Shares::ZERO; prior.len()], opening, worst_loss }
    }

    /// A market at the given q, as the formulas write it.
    pub fn at(alpha: f64, quantities: &[f64]) -> Self {
        let least = quantities.iter().copied().fold(f64::INFINITY, f64::min);
        Self {
            alpha,
            opening: quantities.to_vec(),
            sold: vec![Shares::ZERO; quantities.len()],
            worst_loss: cost_level(alpha, quantities) - least,
        }
    }

    /// The marginal prices, whose sum lies between 1 and 1 + α n ln n.
    pub fn marginal_prices(&self) -> Vec<f64> {
        marginal(self.alpha, &self.quantities(&[]))
    }

    /// b(q) now.
    pub fn liquidity(&self) -> f64 {
        self.alpha * self.quantities(&[]).iter().sum::<f64>()
    }

    /// The proportions of the e^{q_i/b} whose normalised prices are `target`.
    ///
    /// A marginal price is s_i + αH with s_i the proportion and H the entropy of all of them, so
    /// s_i = t_i(1 + nαH) − αH: one number to iterate on. Prices below αH/(1 + nαH) cannot be had; and q must stay above
    /// 0, so the result is mixed with an even one as far as that asks for.
    fn shares_priced(&self, target: &[f64]) -> Vec<f64> {
        let (count, alpha) = (target.len() as f64, self.alpha);
        let mut shares = target.to_vec();
        for _ in 0..STEPS {
            let spread = alpha * shares.iter().map(|s| -s * math::ln(*s)).sum::<f64>();
            let next =
                target.iter().map(|t| (t * (1.0 + count * spread) - spread).max(LEAST_SHARE)).collect();
            let next = normalised(next);
            let far = shares.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            shares = next;
            if far < 1e-15 {
                break;
            }
        }
        let least = LEAST_DIRECTION / (alpha * count);
        let mut even = 0.0;
        loop {
            let mixed: Vec<f64> = shares.iter().map(|s| (1.0 - even) * s + even / count).collect();
            if even >= 1.0 || directions(alpha, &mixed).iter().all(|g| *g >= least) {
                return mixed;
            }
            even = (even + 0.01).min(1.0);
        }
    }

    fn quantities(&self, more: &[Shares]) -> Vec<f64> {
        quantities(&self.opening, &self.sold, more)
    }
}

/// q/b(q) of the market whose e^{q_i/b} stand in the proportions of `shares`: they sum to 1/α.
fn directions(alpha: f64, shares: &[f64]) -> Vec<f64> {
    let logs: Vec<f64> = shares.iter().map(|&share| math::ln(share)).collect();
    let lift = (1.0 / alpha - logs.iter().sum::<f64>()) / shares.len() as f64;
    logs.iter().map(|log| log + lift).collect()
}

fn cost_level(alpha: f64, q: &[f64]) -> f64 {
    let b = alpha * q.iter().sum::<f64>();
    b * math::log_sum_exp(&q.iter().map(|q| q / b).collect::<Vec<_>>())
}

/// ∂C/∂q_i = α LSE(q/b) + (S e_i − Σ q_j e_j)/(S Σ e_j), with e_i = exp(q_i/b) and S = Σ q_j.
fn marginal(alpha: f64, q: &[f64]) -> Vec<f64> {
    let total: f64 = q.iter().sum();
    let b = alpha * total;
    let exponents: Vec<f64> = q.iter().map(|q| q / b).collect();
    let level = math::log_sum_exp(&exponents);
    // Shares of the e_i: shifted, so that nothing overflows.
    let shares: Vec<f64> = exponents.iter().map(|x| math::exp(x - level)).collect();
    let mean: f64 = shares.iter().zip(q).map(|(share, q)| share * q).sum();
    shares.iter().map(|share| alpha * level + share - mean / total).collect()
}

fn normalised(mut prices: Vec<f64>) -> Vec<f64> {
    let total: f64 = prices.iter().sum();
    for price in &mut prices {
        *price /= total;
    }
    prices
}

impl CostFunction for LsLmsr {
    fn outcomes(&self) -> usize {
        self.opening.len()
    }

    fn prices(&self) -> Vec<f64> {
        normalised(self.marginal_prices())
    }

    fn cost(&self, shares: &[Shares]) -> f64 {
        cost_level(self.alpha, &self.quantities(shares)) - cost_level(self.alpha, &self.quantities(&[]))
    }

    fn sell(&mut self, shares: &[Shares]) {
        for (sold, &bought) in self.sold.iter_mut().zip(shares) {
            *sold += bought;
        }
    }

    fn redeem(&mut self, _sets: Shares) {
        // q stays: it remembers all that was ever sold, and with it the liquidity. Money and what is owed fall alike.
    }

    fn shares_to(&self, target: &[f64]) -> Vec<f64> {
        // Prices depend on the proportions of q alone: those whose price is the target, as near as there are any …
        let directions = directions(self.alpha, &self.shares_priced(target));
        // … and the smallest q in that proportion that lies above the present one.
        let now = self.quantities(&[]);
        let scale = now.iter().zip(&directions).map(|(q, g)| q / g.max(1e-12)).fold(0.0, f64::max);
        now.iter().zip(&directions).map(|(q, g)| (scale * g - q).max(0.0)).collect()
    }

    fn worst_loss(&self) -> f64 {
        self.worst_loss
    }
}
