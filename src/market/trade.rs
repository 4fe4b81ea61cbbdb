//! The three words of a deal: an `Order` is asked, a `Quote` is offered, a `Trade` has happened. They know no
//! cost function; the market maker turns one into the next.

use serde::{Deserialize, Serialize};

use super::quantity::{Cash, QuantityError, Shares};

/// A request to buy `shares[i]` shares of each outcome i. Long only: to sell an outcome, buy all the others and
/// let the complete sets be redeemed (`Order::sell` writes that down).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    trader: usize,
    shares: Vec<Shares>,
}

/// Why an order is refused. The market's state is untouched by a refused order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// The size is no amount: NaN, infinite, negative or too large.
    #[error("the order's size is refused: {0}")]
    Size(#[from] QuantityError),
    /// Nothing is asked for.
    #[error("the order is empty")]
    Empty,
    /// There is no such outcome.
    #[error("there is no outcome {outcome}: the question has {outcomes}")]
    UnknownOutcome {
        /// The index asked for, from 0.
        outcome: usize,
        /// How many the question has.
        outcomes: usize,
    },
    /// There is no such trader.
    #[error("there is no trader {0}")]
    UnknownTrader(usize),
    /// The trader cannot pay, even after redeeming complete sets.
    #[error("the order costs {} and the purse holds {}", cost.units(), purse.units())]
    BeyondPurse {
        /// What it would cost.
        cost: Cash,
        /// What the trader could pay: cash and the complete sets that the order would make.
        purse: Cash,
    },
    /// The trader asked to sell more than it holds.
    #[error("the trader holds fewer shares than it would sell")]
    BeyondHoldings,
}

impl Order {
    /// An order for the given amounts, one an outcome.
    ///
    /// # Errors
    /// Negative and too large amounts and empty orders are refused.
    pub fn new(trader: usize, shares: Vec<Shares>) -> Result<Self, OrderError> {
        if shares.iter().any(|&bought| bought > Shares::MOST) {
            return Err(QuantityError::TooLarge.into());
        }
        if shares.iter().any(|&bought| bought < Shares::ZERO) {
            return Err(QuantityError::Negative.into());
        }
        if shares.iter().all(|&bought| bought == Shares::ZERO) {
            return Err(OrderError::Empty);
        }
        Ok(Self { trader, shares })
    }

    /// An order for `amount` shares (in units, rounded down) of one of `outcomes` outcomes.
    ///
    /// # Errors
    /// NaN, infinite, negative, too large, zero, and unknown outcomes are refused by name.
    pub fn buy(trader: usize, outcome: usize, outcomes: usize, amount: f64) -> Result<Self, OrderError> {
        let bought = Shares::round_down(amount)?;
        if outcome >= outcomes {
            return Err(OrderError::UnknownOutcome { outcome, outcomes });
        }
        let mut shares = vec![Shares::ZERO; outcomes];
        shares[outcome] = bought;
        Self::new(trader, shares)
    }

    /// An order that sells `amount` shares of one outcome by completing sets: it buys as many of all the others.
    ///
    /// # Errors
    /// As [`Order::buy`], and selling more than `held`.
    pub fn sell(trader: usize, outcome: usize, held: &[Shares], amount: f64) -> Result<Self, OrderError> {
        let sold = Shares::round_down(amount)?;
        let outcomes = held.len();
        let owned = held.get(outcome).ok_or(OrderError::UnknownOutcome { outcome, outcomes })?;
        if *owned < sold {
            return Err(OrderError::BeyondHoldings);
        }
        let missing = |(other, &has): (usize, &Shares)| {
            if other == outcome { Shares::ZERO } else { (sold - has).max(Shares::ZERO) }
        };
        Self::new(trader, held.iter().enumerate().map(missing).collect())
    }

    /// Who asks.
    pub fn trader(&self) -> usize {
        self.trader
    }

    /// How much of each outcome.
    pub fn shares(&self) -> &[Shares] {
        &self.shares
    }
}

/// What an order would do, to the micro-unit. Preview and execution use the same quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Who asked.
    pub trader: usize,
    /// Shares bought of each outcome.
    pub shares: Vec<Shares>,
    /// What they cost, rounded up: against the trader.
    pub cost: Cash,
    /// Complete sets redeemed at one unit each as part of the trade.
    pub redeemed: Shares,
    /// Price of each outcome before.
    pub prices_before: Vec<f64>,
    /// Price of each outcome after.
    pub prices_after: Vec<f64>,
    /// The trader's cash after.
    pub cash_after: Cash,
    /// The trader's shares after.
    pub holdings_after: Vec<Shares>,
}

impl Quote {
    /// The most that this trade alone can lose, whatever happens: the cost less the least it can bring.
    pub fn worst_loss(&self) -> Cash {
        let least = self.shares.iter().copied().min().unwrap_or(Shares::ZERO);
        self.cost - least.payout()
    }

    /// The largest change of a price, in probability.
    pub fn largest_move(&self) -> f64 {
        largest_move(&self.prices_before, &self.prices_after)
    }
}

/// A quote that was executed, as it stands in the log. Amounts in micro-units, one entry an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trade {
    /// The trader's place in the roster.
    pub agent: usize,
    /// Shares bought of each outcome.
    pub shares_micros: Vec<Shares>,
    /// What was paid.
    pub cost_micros: Cash,
    /// Complete sets redeemed, one unit of money each.
    pub redeemed_micros: Shares,
    /// Prices before the trade.
    pub prices_before: Vec<f64>,
    /// Prices after it.
    pub prices_after: Vec<f64>,
    /// The trader's cash after it.
    pub cash_micros: Cash,
    /// The trader's shares after it.
    pub holdings_micros: Vec<Shares>,
}

impl From<Quote> for Trade {
    fn from(quote: Quote) -> Self {
        Self {
            agent: quote.trader,
            shares_micros: quote.shares,
            cost_micros: quote.cost,
            redeemed_micros: quote.redeemed,
            prices_before: quote.prices_before,
            prices_after: quote.prices_after,
            cash_micros: quote.cash_after,
            holdings_micros: quote.holdings_after,
        }
    }
}

/// The largest absolute difference between two price vectors.
pub fn largest_move(before: &[f64], after: &[f64]) -> f64 {
    before.iter().zip(after).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
