//! One trader's turn at the market: a belief, an account and a sizing rule become the quote of a trade, or a reason
//! why there is none. The run and every what-if replay take their turns here, so that both are one formula.

use super::along::{self, Place};
use super::quick;
use super::sizing::{self, Position, Sizing};
use crate::market::{CostFunction, MarketMaker, Order, OrderError, Quote, largest_move};

/// What a trader brings to its turn.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// Its place in the roster.
    pub agent: usize,
    /// Its belief, clipped and positive.
    pub belief: &'a [f64],
    /// The belief it has traded on so far: the prior at first.
    pub reference: &'a [f64],
    /// How many traders the panel has (for the evidence discount).
    pub traders: usize,
}

/// What becomes of a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The trade, if rounding and the purse leave any.
    pub quote: Option<Quote>,
    /// How much of the way to the prices it wanted the purse allows, in [0, 1].
    pub reach: f64,
    /// How far it would move a price without regard to its purse, in probability.
    pub wanted_move: f64,
}

/// What a trader does with its belief, given the market as it stands. Changes nothing.
///
/// # Errors
/// Traders and outcomes that the market does not know.
pub fn take(rule: &Sizing, market: &MarketMaker, turn: &Turn<'_>) -> Result<Outcome, OrderError> {
    let account = market.ledger().account(turn.agent).ok_or(OrderError::UnknownTrader(turn.agent))?;
    let wealth = account.wealth();
    let desire = if let Some(lmsr) = market.book().as_lmsr() {
        let held: Vec<f64> = account.holdings.iter().map(|shares| shares.units()).collect();
        let position = Position {
            log_prices: &lmsr.log_prices(),
            liquidity: lmsr.liquidity(),
            wealth: &wealth,
            held: &held,
            traders: turn.traders,
        };
        sizing::desire(rule, &position, turn.belief, turn.reference)
    } else {
        let place = Place { book: market.book(), wealth: &wealth, traders: turn.traders };
        along::desire(rule, &place, turn.belief, turn.reference)
    };
    let wanted_move = largest_move(&market.prices(), &desire.wanted);
    let quote = possible(desire.order(turn.agent).and_then(|order| market.quote(&order)))?;
    Ok(Outcome { quote, reach: desire.reach, wanted_move })
}

/// The quote of [`take`], to the bit, for replays that want no more and take turns by the ten thousand. The second
/// value is the reach; `None` where the rule does not look at what was traded before, so that it decides nothing.
///
/// # Errors
/// As [`take`].
pub fn quote(
    rule: &Sizing,
    market: &MarketMaker,
    turn: &Turn<'_>,
) -> Result<(Option<Quote>, Option<f64>), OrderError> {
    let knows_reference = matches!(rule, Sizing::Evidence { .. });
    if let (false, Some(lmsr), Some(account)) =
        (knows_reference, market.book().as_lmsr(), market.ledger().account(turn.agent))
    {
        let position = Position {
            log_prices: &lmsr.log_prices(),
            liquidity: lmsr.liquidity(),
            wealth: &account.wealth(),
            held: &[],
            traders: turn.traders,
        };
        if let Some(shares) = quick::shares(rule, &position, turn.belief) {
            let quote = Order::new(turn.agent, shares).and_then(|order| market.quote(&order));
            return Ok((possible(quote)?, None));
        }
    }
    let Outcome { quote, reach, .. } = take(rule, market, turn)?;
    Ok((quote, knows_reference.then_some(reach)))
}

/// A quote, or none where rounding and the purse leave nothing.
fn possible(quote: Result<Quote, OrderError>) -> Result<Option<Quote>, OrderError> {
    match quote {
        Ok(quote) => Ok(Some(quote)),
        Err(OrderError::Empty | OrderError::BeyondPurse { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
