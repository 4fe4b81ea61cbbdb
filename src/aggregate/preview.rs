//! What a person's trade would do before it is placed, from either end: an amount and the price that results, or a
//! price and the amount that it takes. Every figure is the market's own quote, the one that also executes. And the
//! slippage lock: what a price may move against the person without being asked again.

use crate::market::{Cash, Order, OrderError, Quote, Shares};
use crate::run::Run;

/// How far a price may move against a person, in probability, before an order needs a second word.
pub const SLIPPAGE_LOCK: f64 = 0.10;
/// How near a solved amount comes to a price that was asked for: a hundredth of a point.
pub const TICK: f64 = 0.0001;
/// Sums of floats that should be ten points are ten points.
const ROUNDING: f64 = 1e-9;

/// The place of the person on the roster, if there is one.
pub fn person(run: &Run) -> Option<usize> {
    run.spec().agents.iter().position(|agent| agent.kind.is_person())
}

/// Which way a person trades.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Buys an outcome; amounts are stakes in units of play money.
    #[default]
    Buy,
    /// Sells what it holds of an outcome, by buying the others and redeeming complete sets; amounts are shares.
    Sell,
}

/// What a person wants to trade, but for how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Its place on the roster.
    pub agent: usize,
    /// Which outcome.
    pub outcome: usize,
    /// Which way.
    pub side: Side,
}

/// Why no amount leads to a price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OffTarget {
    /// It is no price: not a number strictly between 0 and 1.
    NotAPrice,
    /// The price is there already, or this side of the market moves it the other way.
    WrongWay {
        /// The price now.
        price: f64,
    },
    /// The purse, or what is held, does not reach so far.
    OutOfReach {
        /// The furthest price that it reaches.
        furthest: f64,
    },
}

/// A price that moves, or has moved, further against a person than [`SLIPPAGE_LOCK`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slip {
    /// The outcome's price when the person made up its mind.
    pub seen: f64,
    /// The price before the order.
    pub before: f64,
    /// The price after it.
    pub after: f64,
}

impl Slip {
    /// Whether it is the order itself that moves the price so far; otherwise it moved meanwhile.
    pub fn is_own(&self) -> bool {
        (self.after - self.before).abs() > SLIPPAGE_LOCK + ROUNDING
    }

    /// How far the price ends from where it was seen or, if that is further, from where it stands.
    pub fn distance(&self) -> f64 {
        (self.after - self.seen).abs().max((self.after - self.before).abs())
    }
}

impl Wish {
    /// How far `to` lies beyond `from` in the direction that is to this person's disadvantage.
    fn against(self, from: f64, to: f64) -> f64 {
        match self.side {
            Side::Buy => to - from,
            Side::Sell => from - to,
        }
    }

    /// Whether an order at this quote needs a second word, given the price that the person saw.
    pub fn slip(self, quote: &Quote, seen: f64) -> Option<Slip> {
        let before = *quote.prices_before.get(self.outcome)?;
        let after = *quote.prices_after.get(self.outcome)?;
        let worst = self.against(before, after).max(self.against(seen, after));
        (worst > SLIPPAGE_LOCK + ROUNDING).then_some(Slip { seen, before, after })
    }

    /// The same after the person has agreed to a slip: only what came on top of it counts.
    pub fn slip_beyond(self, quote: &Quote, agreed: &Slip) -> Option<Slip> {
        let before = *quote.prices_before.get(self.outcome)?;
        let after = *quote.prices_after.get(self.outcome)?;
        let more = self.against(agreed.after, after);
        (more > SLIPPAGE_LOCK + ROUNDING).then_some(Slip { seen: agreed.before, before, after })
    }

    /// What the person holds of the outcome.
    pub fn held(self, run: &Run) -> Shares {
        let account = run.state().market().ledger().account(self.agent);
        account.and_then(|account| account.holdings.get(self.outcome).copied()).unwrap_or_default()
    }

    /// What changes hands: shares of the outcome and play money, both without a sign. A sale pays out as many complete
    /// sets as it sells shares, since nobody keeps any.
    pub fn traded(self, quote: &Quote) -> (Shares, Cash) {
        match self.side {
            Side::Buy => (quote.shares.get(self.outcome).copied().unwrap_or_default(), quote.cost),
            Side::Sell => (quote.redeemed, quote.redeemed.payout() - quote.cost),
        }
    }

    /// The price of the outcome now.
    fn price(self, run: &Run) -> f64 {
        run.state().market().prices().get(self.outcome).copied().unwrap_or(0.0)
    }

    /// The quote for so many micro-shares, bought or sold.
    fn quote(self, run: &Run, micros: i64) -> Result<(Order, Quote), OrderError> {
        let market = run.state().market();
        let outcomes = run.spec().outcome_count();
        let shares = Shares::from_micros(micros);
        let order = match self.side {
            Side::Buy => Order::buy(self.agent, self.outcome, outcomes, shares.units())?,
            Side::Sell => {
                let account = market.ledger().account(self.agent);
                let account = account.ok_or(OrderError::UnknownTrader(self.agent))?;
                Order::sell(self.agent, self.outcome, &account.holdings, shares.units())?
            }
        };
        let quote = market.quote(&order)?;
        Ok((order, quote))
    }

    /// The most micro-shares that the purse, or what is held, allows.
    fn most_micros(self, run: &Run) -> i64 {
        let allowed = |micros: i64| self.quote(run, micros).is_ok();
        if self.side == Side::Sell {
            let held = self.held(run).micros();
            return if allowed(held) { held } else { most(0, held, allowed) };
        }
        let mut beyond = 1;
        while beyond < Shares::MOST.micros() && allowed(beyond) {
            beyond *= 2;
        }
        most(0, beyond.min(Shares::MOST.micros() + 1), allowed)
    }

    /// The most that can be staked, or sold; 0 if nothing can.
    pub fn largest_amount(self, run: &Run) -> f64 {
        let micros = self.most_micros(run);
        match self.side {
            Side::Sell => Shares::from_micros(micros).units(),
            Side::Buy => self.quote(run, micros).map_or(0.0, |(_, quote)| quote.cost.units()),
        }
    }

    /// The order for an amount: what a stake buys for no more than itself, or as many shares sold.
    ///
    /// # Errors
    /// Amounts that are none, and orders that the market refuses.
    pub fn order_for(self, run: &Run, amount: f64) -> Result<(Order, Quote), OrderError> {
        match self.side {
            Side::Buy => order_for_stake(run, self.agent, self.outcome, amount),
            Side::Sell => {
                let sold = Shares::round_down(amount)?;
                if sold > self.held(run) {
                    return Err(OrderError::BeyondHoldings);
                }
                self.quote(run, sold.micros())
            }
        }
    }

    /// The amount that takes the outcome's price to `target`, within a [`TICK`], with its order.
    ///
    /// # Errors
    /// Prices that are none, that lie the other way, and that are out of reach: then with the furthest one.
    pub fn order_for_target(self, run: &Run, target: f64) -> Result<(f64, Order, Quote), OffTarget> {
        if !(0.0 < target && target < 1.0) {
            return Err(OffTarget::NotAPrice);
        }
        let price = self.price(run);
        if self.against(price, target) <= 0.0 {
            return Err(OffTarget::WrongWay { price });
        }
        let limit = self.most_micros(run);
        let after = |micros: i64| {
            let quoted = self.quote(run, micros).ok();
            quoted.and_then(|(_, quote)| quote.prices_after.get(self.outcome).copied()).unwrap_or(price)
        };
        let furthest = after(limit);
        if self.against(furthest, target) > TICK {
            return Err(OffTarget::OutOfReach { furthest });
        }
        let within = |micros: i64| self.against(after(micros), target) >= 0.0;
        let micros = if within(limit) { limit } else { most(0, limit, within) };
        // A step of less than a micro-share is none.
        let (order, quote) = self.quote(run, micros).map_err(|_| OffTarget::WrongWay { price })?;
        let amount = match self.side {
            Side::Buy => quote.cost.units(),
            Side::Sell => Shares::from_micros(micros).units(),
        };
        Ok((amount, order, quote))
    }
}

/// The largest number from `low` up to but not including `beyond` that is fine, if all up to it are and none after.
fn most(mut low: i64, mut beyond: i64, fine: impl Fn(i64) -> bool) -> i64 {
    while low + 1 < beyond {
        let middle = low + (beyond - low) / 2;
        if fine(middle) {
            low = middle;
        } else {
            beyond = middle;
        }
    }
    low
}

/// An order for as much of an outcome as `stake` (in units of play money) buys, at no more than the stake.
///
/// # Errors
/// Stakes that are no amount, and orders that the market refuses.
pub fn order_for_stake(
    run: &Run,
    agent: usize,
    outcome: usize,
    stake: f64,
) -> Result<(Order, Quote), OrderError> {
    let market = run.state().market();
    // Checked before any formula sees it.
    let stake = Cash::round_down(stake)?;
    let outcomes = run.spec().outcome_count();
    if outcome >= outcomes {
        return Err(OrderError::UnknownOutcome { outcome, outcomes });
    }
    let shares = Shares::round_down(market.book().shares_for_spend(outcome, stake.units()))?;
    let wish = Wish { agent, outcome, side: Side::Buy };
    let cost = |micros: i64| wish.quote(run, micros).map(|(_, quote)| quote.cost);
    match cost(shares.micros()) {
        // The cost is rounded up once: a whole purse would be a micro-unit short.
        Ok(dear) | Err(OrderError::BeyondPurse { cost: dear, .. })
            if stake < dear && (dear - stake).micros() <= NEAR =>
        {
            let affordable = |micros: i64| cost(micros).is_ok_and(|cost| cost <= stake);
            wish.quote(run, most(0, shares.micros(), affordable))
        }
        _ => wish.quote(run, shares.micros()),
    }
}

/// Micro-units by which rounding alone can make an order dearer than its stake.
const NEAR: i64 = 1_000;

#[cfg(test)]
mod tests;
