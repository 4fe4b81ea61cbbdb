//! The makers that a run can choose between, behind one door. Each is for something else; the mechanism around them
//! (orders, quotes, purses, settlement) is the same.

use serde::{Deserialize, Serialize};

use super::cost_function::CostFunction;
use super::cpmm::Cpmm;
use super::lmsr::Lmsr;
use super::ls_lmsr::LsLmsr;
use super::pm_amm::PmAmm;
use super::quadratic::Quadratic;
use super::quantity::Shares;

/// Which rule prices the outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Maker {
    /// The logarithmic market scoring rule.
    #[default]
    Lmsr,
    /// The same with liquidity that grows with trade.
    LsLmsr {
        /// α: the maker's margin; b(q) = α Σ q.
        alpha: f64,
    },
    /// Constant product, one pool an outcome.
    Cpmm,
    /// The quadratic rule.
    Quadratic,
    /// pm-AMM; two outcomes only.
    PmAmm,
}

impl Maker {
    /// Whether it is the default, which set-ups leave out.
    pub fn is_lmsr(&self) -> bool {
        *self == Self::Lmsr
    }

    /// Whether its parameter is in range and it can price so many outcomes.
    pub fn fits(&self, outcomes: usize) -> bool {
        match *self {
            Self::LsLmsr { alpha } => (0.001..=1.0).contains(&alpha),
            Self::PmAmm => outcomes == 2,
            _ => true,
        }
    }
}

/// A maker at work.
#[derive(Clone, Debug, PartialEq)]
pub enum Book {
    /// See [`Lmsr`].
    Lmsr(Lmsr),
    /// See [`LsLmsr`].
    LsLmsr(LsLmsr),
    /// See [`Cpmm`].
    Cpmm(Cpmm),
    /// See [`Quadratic`].
    Quadratic(Quadratic),
    /// See [`PmAmm`].
    PmAmm(PmAmm),
}

impl Book {
    /// A market of this maker that opens at `prior`, as deep there as an LMSR with liquidity `b`.
    pub fn open(maker: Maker, liquidity: f64, prior: &[f64]) -> Self {
        match maker {
            Maker::Lmsr => Self::Lmsr(Lmsr::new(liquidity, prior)),
            Maker::LsLmsr { alpha } => Self::LsLmsr(LsLmsr::new(alpha, liquidity, prior)),
            Maker::Cpmm => Self::Cpmm(Cpmm::new(liquidity, prior)),
            Maker::Quadratic => Self::Quadratic(Quadratic::new(liquidity, prior)),
            Maker::PmAmm => Self::PmAmm(PmAmm::with_liquidity(liquidity, prior[0])),
        }
    }

    /// The LMSR, if it is one: its traders have closed forms.
    pub fn as_lmsr(&self) -> Option<&Lmsr> {
        match self {
            Self::Lmsr(lmsr) => Some(lmsr),
            _ => None,
        }
    }

    /// The b of an LMSR that is as deep at even prices; where it grows with trade, as it is now.
    pub fn liquidity(&self) -> f64 {
        match self {
            Self::Lmsr(book) => book.liquidity(),
            Self::LsLmsr(book) => book.liquidity(),
            Self::Cpmm(book) => book.depth(),
            Self::Quadratic(book) => book.liquidity(),
            Self::PmAmm(book) => book.liquidity(),
        }
    }

    /// How many shares of `outcome` cost `spend`: in closed form where there is one, by halving elsewhere.
    pub fn shares_for_spend(&self, outcome: usize, spend: f64) -> f64 {
        if let Self::Lmsr(lmsr) = self {
            return lmsr.shares_for_spend(outcome, spend);
        }
        let cost = |amount: f64| {
            let mut shares = vec![Shares::ZERO; self.outcomes()];
            shares[outcome] = Shares::round_down(amount).unwrap_or(Shares::MOST);
            self.cost(&shares)
        };
        // A share costs at most 1 and little more with a margin; it may cost next to nothing.
        let (mut low, mut high) = (0.0, spend.max(1e-6));
        while cost(high) < spend && high < Shares::MOST.units() {
            high *= 2.0;
        }
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if cost(middle) <= spend {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    fn inner(&self) -> &dyn CostFunction {
        match self {
            Self::Lmsr(book) => book,
            Self::LsLmsr(book) => book,
            Self::Cpmm(book) => book,
            Self::Quadratic(book) => book,
            Self::PmAmm(book) => book,
        }
    }

    fn inner_mut(&mut self) -> &mut dyn CostFunction {
        match self {
            Self::Lmsr(book) => book,
            Self::LsLmsr(book) => book,
            Self::Cpmm(book) => book,
            Self::Quadratic(book) => book,
            Self::PmAmm(book) => book,
        }
    }
}

impl CostFunction for Book {
    fn outcomes(&self) -> usize {
        self.inner().outcomes()
    }

    fn prices(&self) -> Vec<f64> {
        self.inner().prices()
    }

    fn log_prices(&self) -> Vec<f64> {
        self.inner().log_prices()
    }

    fn cost(&self, shares: &[Shares]) -> f64 {
        self.inner().cost(shares)
    }

    fn sell(&mut self, shares: &[Shares]) {
        self.inner_mut().sell(shares);
    }

    fn redeem(&mut self, sets: Shares) {
        self.inner_mut().redeem(sets);
    }

    fn shares_to(&self, target: &[f64]) -> Vec<f64> {
        self.inner().shares_to(target)
    }

    fn worst_loss(&self) -> f64 {
        self.inner().worst_loss()
    }
}
