//! One trader's turn at the market: a belief, an account and a sizing rule become the quote of a trade, or a reason
//! why there is none. The run and every what-if replay take their turns here, so that both are one formula.

use super::along::{self, Place};
use super::sizing::{self, Position, Sizing};
use crate::market::{CostFunction, MarketMaker, OrderError, Quote, largest_move};

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
    let quote = match desire.order(turn.agent).and_then(|order| market.quote(&order)) {
        Ok(quote) => Some(quote),
        Err(OrderError::Empty | OrderError::BeyondPurse { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Outcome { quote, reach: desire.reach, wanted_move })
}
