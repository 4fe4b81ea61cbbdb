//! The constant-product maker of Manifold (“Maniswap”): a pool of y YES and n NO shares with y^p n^{1−p} constant, seen
//! as a cost function: selling d more YES than NO needs the money c at which the pool, fed with c complete sets, keeps
//! its product. Several outcomes are one pool each; complete sets are traded between them until the prices sum to 1.

use super::cost_function::CostFunction;
use super::math;
use super::quantity::Shares;

/// Newton steps at most: convergence is quadratic and from one side.
const NEWTON_STEPS: usize = 80;
/// Halvings of the bracket for the sets traded between pools.
const HALVINGS: usize = 120;

/// One pool for one proposition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    /// p, the exponent of the YES shares: the price while y = n.
    weight: f64,
    /// y and n at the start.
    depth: f64,
}

/// What a pool holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reserves {
    /// YES shares.
    pub yes: f64,
    /// NO shares.
    pub no: f64,
}

impl Pool {
    /// A pool that opens at the price `weight` with `depth` shares of each.
    pub fn new(weight: f64, depth: f64) -> Self {
        debug_assert!(weight > 0.0 && weight < 1.0 && depth > 0.0);
        Self { weight, depth }
    }

    /// What the pool holds once it has sold `surplus` more YES than NO.
    ///
    /// The scarcer side is e^u with w u + (1 − w) ln(e^u + |surplus|) = ln depth, w its exponent: convex and rising in
    /// u, so Newton's method falls to the root from any point above it.
    pub fn reserves(&self, surplus: f64) -> Reserves {
        let weight = if surplus >= 0.0 { self.weight } else { 1.0 - self.weight };
        let (gap, goal) = (surplus.abs(), math::ln(self.depth));
        let mut u = goal;
        for _ in 0..NEWTON_STEPS {
            let scarce = math::exp(u);
            let missed = weight * u + (1.0 - weight) * math::ln(scarce + gap) - goal;
            let next = u - missed / (weight + (1.0 - weight) * scarce / (scarce + gap));
            if next >= u {
                break;
            }
            u = next;
        }
        let scarce = math::exp(u);
        if surplus >= 0.0 {
            Reserves { yes: scarce, no: scarce + gap }
        } else {
            Reserves { yes: scarce + gap, no: scarce }
        }
    }

    /// The money that came in for `surplus` more YES than NO sold; both sides grew by it.
    pub fn cost(&self, surplus: f64) -> f64 {
        self.reserves(surplus).no - self.depth
    }

    /// p n/((1 − p) y + p n).
    pub fn price(&self, surplus: f64) -> f64 {
        let Reserves { yes, no } = self.reserves(surplus);
        self.weight * no / ((1.0 - self.weight) * yes + self.weight * no)
    }

    /// What the pool holds at a price: y/n = r with r = p(1 − P)/((1 − p)P), and n = depth · r^{−p}.
    pub fn reserves_at(&self, price: f64) -> Reserves {
        let log_ratio = math::logit(self.weight) - math::logit(price);
        let no = self.depth * math::exp(-self.weight * log_ratio);
        Reserves { yes: no * math::exp(log_ratio), no }
    }

    /// How many more YES than NO it has sold at a price.
    pub fn surplus_at(&self, price: f64) -> f64 {
        let Reserves { yes, no } = self.reserves_at(price);
        no - yes
    }
}

/// A constant-product market over two or more outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Cpmm {
    /// One pool for two outcomes, one an outcome for more.
    pools: Vec<Pool>,
    sold: Vec<Shares>,
}

impl Cpmm {
    /// A market that opens at `prior` with `depth` shares of each side in each pool.
    pub fn new(depth: f64, prior: &[f64]) -> Self {
        let pools = if prior.len() == 2 { &prior[..1] } else { prior };
        Self {
            pools: pools.iter().map(|&price| Pool::new(price, depth)).collect(),
            sold: vec![Shares::ZERO; prior.len()],
        }
    }

    /// How many shares of each side each pool was given.
    pub fn depth(&self) -> f64 {
        self.pools.first().map_or(0.0, |pool| pool.depth)
    }

    fn quantities(&self, more: &[Shares]) -> Vec<f64> {
        let extra = more.iter().copied().chain(std::iter::repeat(Shares::ZERO));
        self.sold.iter().zip(extra).map(|(&sold, more)| (sold + more).units()).collect()
    }

    /// B, the NO sets that all pools together hold against each other: with it their prices sum to 1.
    fn sets_between(&self, q: &[f64]) -> f64 {
        let even = 1.0 / self.pools.len() as f64;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for (pool, q) in self.pools.iter().zip(q) {
            let sets = q - pool.surplus_at(even);
            (low, high) = (low.min(sets), high.max(sets));
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            let total: f64 = self.pools.iter().zip(q).map(|(pool, q)| pool.price(q - middle)).sum();
            let end = if total > 1.0 { &mut low } else { &mut high };
            if middle.to_bits() == end.to_bits() {
                break;
            }
            *end = middle;
        }
        f64::midpoint(low, high)
    }

    fn cost_level(&self, q: &[f64]) -> f64 {
        if let [pool] = self.pools[..] {
            return pool.cost(q[0] - q[1]) + q[1];
        }
        let sets = self.sets_between(q);
        self.pools.iter().zip(q).map(|(pool, q)| pool.cost(q - sets)).sum::<f64>() + sets
    }
}

impl CostFunction for Cpmm {
    fn outcomes(&self) -> usize {
        self.sold.len()
    }

    fn prices(&self) -> Vec<f64> {
        let q = self.quantities(&[]);
        if let [pool] = self.pools[..] {
            let yes = pool.price(q[0] - q[1]);
            return vec![yes, 1.0 - yes];
        }
        let sets = self.sets_between(&q);
        let prices: Vec<f64> = self.pools.iter().zip(&q).map(|(pool, q)| pool.price(q - sets)).collect();
        let total: f64 = prices.iter().sum();
        prices.into_iter().map(|price| price / total).collect()
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
        let q = self.quantities(&[]);
        let moves: Vec<f64> = if let [pool] = self.pools[..] {
            vec![pool.surplus_at(target[0]) - (q[0] - q[1]), 0.0]
        } else {
            self.pools.iter().zip(target).zip(&q).map(|((pool, &p), q)| pool.surplus_at(p) - q).collect()
        };
        super::cost_function::long_only(&moves)
    }

    fn worst_loss(&self) -> f64 {
        // Each pool can lose all that it was given: `depth` complete sets.
        self.pools.iter().map(|pool| pool.depth).sum()
    }
}
