//! The logarithmic market scoring rule (Hanson 2003, 2007): C(q) = b ln Σ exp(q_i / b), p_i ∝ exp(q_i / b).
//! Kept incrementally: the weights w_i = exp((q_i − anchor) / b) and their sum stay from trade to trade, so a
//! trade in one outcome takes one `exp` and one `ln` however many outcomes there are. It knows no trader.

use super::cost_function::CostFunction;
use super::math;
use super::quantity::{MICROS, Shares};

/// Trades between two rebuilds of the weights. Part of the engine's version: it decides last bits.
const REBUILD_EVERY: u32 = 1024;

/// The largest exponent a weight may have before the anchor moves. e^64 leaves the sum far from overflow, and
/// keeps 2⁻⁵² of the sum small against every weight that matters.
const MAX_EXPONENT: f64 = 64.0;

/// An LMSR market over 2–12 outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Lmsr {
    /// The liquidity parameter b, in units of money.
    liquidity: f64,
    /// 1/b for micro-shares: multiplying by it is faster than dividing.
    per_micro: f64,
    /// q: shares sold of each outcome. Integers, so the whole state is a function of the trades.
    sold: Vec<Shares>,
    /// The q against which weights are measured.
    anchor: Shares,
    weights: Vec<f64>,
    weight_sum: f64,
    trades_since_rebuild: u32,
    worst_loss: f64,
}

impl Lmsr {
    /// A market with liquidity `b` (units of money, above 0) that opens at `prior` (positive, summing to 1):
    /// q_i = b ln prior_i, so that C = 0 (mechanisms §2).
    pub fn new(liquidity: f64, prior: &[f64]) -> Self {
        debug_assert!(liquidity > 0.0 && prior.iter().all(|&p| p > 0.0));
        let sold = prior
            .iter()
            .map(|&p| Shares::from_micros((liquidity * math::ln(p) * MICROS as f64).round() as i64))
            .collect();
        let rarest = prior.iter().copied().fold(f64::INFINITY, f64::min);
        let mut lmsr = Self {
            liquidity,
            per_micro: 1.0 / (liquidity * MICROS as f64),
            sold,
            anchor: Shares::ZERO,
            weights: vec![0.0; prior.len()],
            weight_sum: 0.0,
            trades_since_rebuild: 0,
            worst_loss: -liquidity * math::ln(rarest),
        };
        lmsr.rebuild();
        lmsr
    }

    /// The liquidity parameter b.
    pub fn liquidity(&self) -> f64 {
        self.liquidity
    }

    /// How many shares of `outcome` cost `spend`: b ln(1 + (e^{spend/b} − 1)/p).
    pub fn shares_for_spend(&self, outcome: usize, spend: f64) -> f64 {
        let (growth, log_price) = (spend / self.liquidity, self.log_price(outcome));
        // ln x for x = (e^{spend/b} − 1)/p, which may be too large for a float while its logarithm is not.
        let log_ratio = growth + math::ln(-math::exp_m1(-growth)) - log_price;
        let log_sum = if log_ratio > MAX_EXPONENT { log_ratio } else { math::ln_1p(math::exp(log_ratio)) };
        self.liquidity * log_sum
    }

    /// How many shares of `outcome` raise its price to `target`: b (logit target − logit p); 0 if it is there.
    pub fn shares_to_reach(&self, outcome: usize, target: f64) -> f64 {
        let log_price = self.log_price(outcome);
        let log_odds = log_price - math::ln(-math::exp_m1(log_price));
        (self.liquidity * (math::logit(target) - log_odds)).max(0.0)
    }

    /// C(q) itself, from scratch. Only differences matter to traders; tests compare it with closed forms.
    pub fn cost_level(&self) -> f64 {
        let exponents: Vec<f64> = self.sold.iter().map(|q| q.units() / self.liquidity).collect();
        self.liquidity * math::log_sum_exp(&exponents)
    }

    /// Buys shares of a single outcome and returns the cost in units, before rounding: the loop `./bench` times.
    pub fn buy(&mut self, outcome: usize, shares: Shares) -> f64 {
        let exponent = self.exponent(outcome, shares);
        if exponent > MAX_EXPONENT {
            let mut order = vec![Shares::ZERO; self.sold.len()];
            order[outcome] = shares;
            let cost = self.cost(&order);
            self.sell(&order);
            return cost;
        }
        let weight = math::exp(exponent);
        let growth = weight - self.weights[outcome];
        let cost = self.liquidity * math::ln_grown(self.weight_sum, growth);
        self.sold[outcome] += shares;
        self.weights[outcome] = weight;
        self.weight_sum += growth;
        self.count_trade();
        cost
    }

    /// The price of one outcome.
    pub fn price(&self, outcome: usize) -> f64 {
        self.weights[outcome] / self.weight_sum
    }

    fn log_price(&self, outcome: usize) -> f64 {
        self.exponent(outcome, Shares::ZERO) - math::ln(self.weight_sum)
    }

    /// (q_i + δ_i − anchor) / b.
    fn exponent(&self, outcome: usize, bought: Shares) -> f64 {
        (self.sold[outcome] + bought - self.anchor).micros() as f64 * self.per_micro
    }

    fn exponents(&self, shares: &[Shares]) -> Vec<f64> {
        shares.iter().enumerate().map(|(outcome, &bought)| self.exponent(outcome, bought)).collect()
    }

    fn count_trade(&mut self) {
        self.trades_since_rebuild += 1;
        if self.trades_since_rebuild >= REBUILD_EVERY {
            self.rebuild();
        }
    }

    /// Recomputes every weight from q: ends the drift of the running sum and moves the anchor to max q.
    fn rebuild(&mut self) {
        self.anchor = self.sold.iter().copied().max().unwrap_or(Shares::ZERO);
        for outcome in 0..self.sold.len() {
            self.weights[outcome] = math::exp(self.exponent(outcome, Shares::ZERO));
        }
        self.weight_sum = self.weights.iter().sum();
        self.trades_since_rebuild = 0;
    }
}

fn too_large(exponents: &[f64]) -> bool {
    exponents.iter().any(|&exponent| exponent > MAX_EXPONENT)
}

impl CostFunction for Lmsr {
    fn outcomes(&self) -> usize {
        self.sold.len()
    }

    fn prices(&self) -> Vec<f64> {
        self.weights.iter().map(|weight| weight / self.weight_sum).collect()
    }

    fn log_prices(&self) -> Vec<f64> {
        (0..self.sold.len()).map(|outcome| self.log_price(outcome)).collect()
    }

    fn cost(&self, shares: &[Shares]) -> f64 {
        let exponents = self.exponents(shares);
        if too_large(&exponents) {
            return self.liquidity * (math::log_sum_exp(&exponents) - math::ln(self.weight_sum));
        }
        let growth: f64 = exponents
            .iter()
            .zip(shares)
            .zip(&self.weights)
            .filter(|((_, bought), _)| **bought != Shares::ZERO)
            .map(|((&exponent, _), weight)| math::exp(exponent) - weight)
            .sum();
        self.liquidity * math::ln_grown(self.weight_sum, growth)
    }

    fn shares_to(&self, target: &[f64]) -> Vec<f64> {
        let moves: Vec<f64> = target
            .iter()
            .enumerate()
            .map(|(outcome, &price)| self.liquidity * (math::ln(price) - self.log_price(outcome)))
            .collect();
        super::cost_function::long_only(&moves)
    }

    fn sell(&mut self, shares: &[Shares]) {
        let exponents = self.exponents(shares);
        for (sold, &bought) in self.sold.iter_mut().zip(shares) {
            *sold += bought;
        }
        if too_large(&exponents) {
            return self.rebuild();
        }
        for ((&exponent, &bought), weight) in exponents.iter().zip(shares).zip(&mut self.weights) {
            if bought != Shares::ZERO {
                let grown = math::exp(exponent);
                self.weight_sum += grown - *weight;
                *weight = grown;
            }
        }
        self.count_trade();
    }

    fn redeem(&mut self, sets: Shares) {
        // Every q and the anchor fall alike, so no weight changes: redeeming a set moves no price, by design.
        for sold in &mut self.sold {
            *sold -= sets;
        }
        self.anchor -= sets;
    }

    fn worst_loss(&self) -> f64 {
        self.worst_loss
    }
}
