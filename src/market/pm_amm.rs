//! The static pm-AMM (Moallemi & Robinson 2024) for two outcomes: the curve on which a pool loses to informed traders
//! at an even pace wherever the price stands. With x YES and y NO shares in the pool and u = y − x,
//! u Φ(u/L) + L φ(u/L) = y, and the price of YES is Φ(u/L).

use super::cost_function::CostFunction;
use super::math;
use super::quantity::Shares;

/// L for each unit of b, so that the pool is as deep at even prices as an LMSR with that b: 4 φ(0).
const DEPTH_PER_LIQUIDITY: f64 = 1.595_769_121_605_730_7;

/// A pm-AMM market over two outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct PmAmm {
    depth: f64,
    /// u and y before the first trade.
    opening: (f64, f64),
    sold: [Shares; 2],
    worst_loss: f64,
}

/// The pool's YES and NO shares at a price: y = L(zP + φ(z)) and x = y − Lz with z = Φ⁻¹(P).
pub fn reserves(depth: f64, price: f64) -> (f64, f64) {
    let z = math::normal_quantile(price);
    let no = depth * (z * price + math::normal_density(z));
    (no - depth * z, no)
}

impl PmAmm {
    /// A market with the parameter L that opens with YES at `price`.
    pub fn new(depth: f64, price: f64) -> Self {
        debug_assert!(depth > 0.0 && price > 0.0 && price < 1.0);
        let (yes, no) = reserves(depth, price);
        Self { depth, opening: (no - yes, no), sold: [Shares::ZERO; 2], worst_loss: yes.max(no) }
    }

    /// As deep at even prices as an LMSR with liquidity `b`.
    pub fn with_liquidity(liquidity: f64, price: f64) -> Self {
        Self::new(liquidity * DEPTH_PER_LIQUIDITY, price)
    }

    /// The b of an LMSR that is as deep at even prices.
    pub fn liquidity(&self) -> f64 {
        self.depth / DEPTH_PER_LIQUIDITY
    }

    fn surplus(&self, more: [Shares; 2]) -> f64 {
        self.opening.0 + (self.sold[0] + more[0] - self.sold[1] - more[1]).units()
    }

    /// The money that has come in, as a function of what was sold.
    fn cost_level(&self, more: [Shares; 2]) -> f64 {
        let u = self.surplus(more);
        let z = u / self.depth;
        let no = u * math::normal_cdf(z) + self.depth * math::normal_density(z);
        no - self.opening.1 + (self.sold[1] + more[1]).units()
    }
}

impl CostFunction for PmAmm {
    fn outcomes(&self) -> usize {
        2
    }

    fn prices(&self) -> Vec<f64> {
        let z = self.surplus([Shares::ZERO; 2]) / self.depth;
        vec![math::normal_cdf(z), math::normal_cdf(-z)]
    }

    fn cost(&self, shares: &[Shares]) -> f64 {
        self.cost_level([shares[0], shares[1]]) - self.cost_level([Shares::ZERO; 2])
    }

    fn sell(&mut self, shares: &[Shares]) {
        self.sold[0] += shares[0];
        self.sold[1] += shares[1];
    }

    fn redeem(&mut self, sets: Shares) {
        self.sold[0] -= sets;
        self.sold[1] -= sets;
    }

    fn shares_to(&self, target: &[f64]) -> Vec<f64> {
        let surplus = self.depth * math::normal_quantile(target[0]);
        super::cost_function::long_only(&[surplus - self.surplus([Shares::ZERO; 2]), 0.0])
    }

    fn worst_loss(&self) -> f64 {
        self.worst_loss
    }
}
