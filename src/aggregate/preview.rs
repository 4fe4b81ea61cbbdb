//! What a person's stake would do, before it is placed: the market's own quote, the one that also executes.

use crate::market::{Order, OrderError, Quote};
use crate::run::Run;

/// The place of the person on the roster, if there is one.
pub fn person(run: &Run) -> Option<usize> {
    run.spec().agents.iter().position(|agent| agent.kind.is_person())
}

/// An order for as much of an outcome as `stake` (in units of play money) buys.
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
    let stake = crate::market::Cash::round_down(stake)?.units();
    let outcomes = run.spec().outcome_count();
    if outcome >= outcomes {
        return Err(OrderError::UnknownOutcome { outcome, outcomes });
    }
    let shares = market.book().shares_for_spend(outcome, stake);
    let order = Order::buy(agent, outcome, outcomes, shares)?;
    let quote = market.quote(&order)?;
    Ok((order, quote))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::begun;
    use crate::market::Cash;

    #[test]
    fn a_stake_buys_for_no_more_than_itself() {
        let run = begun(1, 3);
        let (_, quote) = order_for_stake(&run, 0, 1, 25.0).unwrap();
        assert!(quote.cost <= Cash::from_units(25) + Cash::from_micros(1), "{:?}", quote.cost);
        assert!(quote.prices_after[1] > 0.5);
        assert_eq!(quote.worst_loss(), quote.cost);
        assert!(matches!(order_for_stake(&run, 0, 1, f64::NAN), Err(OrderError::Size(_))));
        assert!(matches!(order_for_stake(&run, 0, 1, 1e4), Err(OrderError::BeyondPurse { .. })));
        assert_eq!(order_for_stake(&run, 0, 1, 0.0), Err(OrderError::Empty));
        assert_eq!(person(&run), None);
    }
}
