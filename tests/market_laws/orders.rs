//! Laws of orders and money: nothing is made or lost, the maker's loss is bounded, a preview is what happens, and a
//! refused order changes nothing.

use credence::market::{Cash, CostFunction, MarketMaker, Order, OrderError, QuantityError, Shares};
use proptest::prelude::*;

use super::{Opening, openings};

const TRADERS: usize = 3;

/// Something that a trader tries.
#[derive(Clone, Debug)]
enum Attempt {
    /// Shares of one outcome (counted round and round) for a part of the purse; above 1 it is beyond it.
    Buy(usize, f64),
    /// Any amounts of all outcomes, as multiples of b.
    Bundle(Vec<f64>),
    /// A part of a holding; above 1 it is more than there is.
    Sell(usize, f64),
}

fn attempts() -> impl Strategy<Value = Vec<(usize, Attempt)>> {
    let attempt = prop_oneof![
        4 => (0..usize::MAX, 0.0..1.1).prop_map(|(outcome, part)| Attempt::Buy(outcome, part)),
        2 => prop::collection::vec(0.0..2.0, 12).prop_map(Attempt::Bundle),
        3 => (0..usize::MAX, 0.0..1.1).prop_map(|(outcome, part)| Attempt::Sell(outcome, part)),
    ];
    prop::collection::vec((0..TRADERS, attempt), 1..40)
}

fn open(opening: &Opening, budget: i64) -> MarketMaker {
    MarketMaker::open(opening.liquidity, &opening.prior, &[Cash::from_units(budget); TRADERS])
}

fn order(market: &MarketMaker, trader: usize, attempt: &Attempt) -> Result<Order, OrderError> {
    let account = market.ledger().account(trader).unwrap();
    let outcomes = account.holdings.len();
    match attempt {
        Attempt::Buy(outcome, part) => {
            let outcome = outcome % outcomes;
            let amount = market.book().shares_for_spend(outcome, part * account.cash.units());
            Order::buy(trader, outcome, outcomes, amount)
        }
        Attempt::Bundle(multiples) => {
            let b = market.book().liquidity();
            let shares = multiples[..outcomes].iter().map(|x| Shares::round_down(x * b).unwrap());
            Order::new(trader, shares.collect())
        }
        Attempt::Sell(outcome, part) => {
            let outcome = outcome % outcomes;
            Order::sell(trader, outcome, &account.holdings, part * account.holdings[outcome].units())
        }
    }
}

/// Bit for bit: the debug text of a float names it exactly.
fn bits(market: &MarketMaker) -> String {
    format!("{market:?}")
}

/// What holds at every moment.
fn check(market: &MarketMaker, total: Cash, subsidy: Cash) {
    let ledger = market.ledger();
    assert_eq!(ledger.total_cash(), total);
    for account in ledger.accounts() {
        assert!(account.cash >= Cash::ZERO, "{account:?}");
        assert!(account.holdings.iter().all(|&held| held >= Shares::ZERO), "{account:?}");
        assert!(account.holdings.contains(&Shares::ZERO), "complete sets are redeemed: {account:?}");
    }
    let outcomes = market.book().outcomes();
    for outcome in 0..outcomes {
        let held: Shares = ledger.accounts().iter().map(|account| account.holdings[outcome]).sum();
        assert_eq!(ledger.outstanding()[outcome], held);
        let mut settled = market.clone();
        let settlement = settled.settle(outcome).unwrap();
        assert_eq!(settled.ledger().total_cash(), total);
        assert_eq!(settlement.payouts.iter().copied().sum::<Cash>(), held.payout());
        assert!(settlement.maker_cash >= Cash::ZERO, "the maker is broke: {settlement:?}");
        let lost = (subsidy - settlement.maker_cash).units();
        assert!(lost <= market.book().worst_loss() + 25e-6, "{lost} > {}", market.book().worst_loss());
        assert!(settled.ledger().outstanding().iter().all(|&shares| shares == Shares::ZERO));
    }
}

proptest! {
    #[test]
    fn money_is_conserved_and_the_maker_is_never_broke(
        opening in openings(), budget in prop_oneof![Just(0_i64), 1..1_000_i64, 1_000..1_000_000_i64], attempts in attempts(),
    ) {
        let mut market = open(&opening, budget);
        let (total, subsidy) = (market.ledger().total_cash(), market.ledger().maker_cash());
        for (trader, attempt) in attempts {
            let before = bits(&market);
            let preview = order(&market, trader, &attempt).and_then(|order| market.quote(&order));
            prop_assert_eq!(&bits(&market), &before, "a preview changes nothing");
            let done = order(&market, trader, &attempt).and_then(|order| market.execute(&order));
            prop_assert_eq!(&preview, &done);
            match done {
                Err(_) => prop_assert_eq!(bits(&market), before, "a refused order changes nothing"),
                Ok(quote) => {
                    let account = market.ledger().account(trader).unwrap();
                    prop_assert_eq!((account.cash, &account.holdings), (quote.cash_after, &quote.holdings_after));
                    prop_assert_eq!(market.prices(), quote.prices_after);
                }
            }
            check(&market, total, subsidy);
        }
    }

    #[test]
    fn round_trips_gain_nothing_and_lose_rounding_only(
        opening in openings(), parts in prop::collection::vec((0..usize::MAX, 0.01..0.9), 1..8),
    ) {
        let mut market = open(&opening, 1_000);
        let (start, prices) = (Cash::from_units(1_000), market.prices());
        let mut trades = 0;
        for (outcome, part) in parts {
            let buy = order(&market, 0, &Attempt::Buy(outcome, part));
            trades += i64::from(buy.and_then(|order| market.execute(&order)).is_ok());
        }
        for outcome in 0..opening.outcomes() {
            let sell = order(&market, 0, &Attempt::Sell(outcome, 1.0));
            trades += i64::from(sell.and_then(|order| market.execute(&order)).is_ok());
        }
        let account = market.ledger().account(0).unwrap();
        prop_assert!(account.holdings.iter().all(|&held| held == Shares::ZERO), "{account:?}");
        let lost = (start - account.cash).micros();
        prop_assert!((0..=trades).contains(&lost), "lost {lost} micro-units in {trades} trades");
        for (price, before) in market.prices().into_iter().zip(prices) {
            prop_assert!((price - before).abs() <= 1e-12, "{price} {before}");
        }
    }

    #[test]
    fn in_parts_costs_one_micro_unit_a_part_more_at_most(
        opening in openings(), multiples in prop::collection::vec(0.0..0.2, 1..10), outcome: usize,
    ) {
        let outcome = outcome % opening.outcomes();
        let parts: Vec<Shares> =
            multiples.iter().map(|x| Shares::round_down(x * opening.liquidity).unwrap()).filter(|s| *s > Shares::ZERO).collect();
        let mut market = open(&opening, 1_000_000);
        let order = |bought: Shares| {
            let mut shares = vec![Shares::ZERO; opening.outcomes()];
            shares[outcome] = bought;
            Order::new(0, shares)
        };
        let Ok(whole) = order(parts.iter().copied().sum()).and_then(|order| market.quote(&order)) else { return Ok(()) };
        let mut paid = Cash::ZERO;
        for &part in &parts {
            paid += market.execute(&order(part).unwrap()).unwrap().cost;
        }
        let extra = (paid - whole.cost).micros();
        prop_assert!((-1..=parts.len() as i64).contains(&extra), "{extra} micro-units for {} parts", parts.len());
    }
}

#[test]
fn refusals_have_names_and_leave_no_trace() {
    use OrderError as E;
    use QuantityError as Q;
    let opening = Opening { liquidity: 20.0, prior: vec![0.5, 0.3, 0.2] };
    let mut market = open(&opening, 10);
    market.execute(&Order::buy(1, 0, 3, 4.0).unwrap()).unwrap();
    let held = market.ledger().account(1).unwrap().holdings.clone();
    let micros = |amounts: [i64; 3]| amounts.map(Shares::from_micros).to_vec();
    let table: [(&str, Result<Order, OrderError>, fn(&E) -> bool); 17] = [
        ("NaN", Order::buy(0, 0, 3, f64::NAN), |e| *e == E::Size(Q::NotANumber)),
        ("∞", Order::buy(0, 0, 3, f64::INFINITY), |e| *e == E::Size(Q::Infinite)),
        ("−∞", Order::buy(0, 0, 3, f64::NEG_INFINITY), |e| *e == E::Size(Q::Infinite)),
        ("negative", Order::buy(0, 0, 3, -1.0), |e| *e == E::Size(Q::Negative)),
        ("negative in a bundle", Order::new(0, micros([5, -1, 5])), |e| *e == E::Size(Q::Negative)),
        ("too large", Order::buy(0, 0, 3, 1.1e8), |e| *e == E::Size(Q::TooLarge)),
        ("too large in a bundle", Order::new(0, micros([1, i64::MAX, 0])), |e| *e == E::Size(Q::TooLarge)),
        ("zero", Order::buy(0, 0, 3, 0.0), |e| *e == E::Empty),
        ("less than a micro-share", Order::buy(0, 0, 3, 9e-7), |e| *e == E::Empty),
        ("nothing at all", Order::new(0, Vec::new()), |e| *e == E::Empty),
        ("no such outcome", Order::buy(0, 3, 3, 1.0), |e| {
            *e == E::UnknownOutcome { outcome: 3, outcomes: 3 }
        }),
        ("more outcomes than there are", Order::new(0, vec![Shares::from_units(1); 4]), |e| {
            *e == E::UnknownOutcome { outcome: 3, outcomes: 3 }
        }),
        ("no such trader", Order::buy(3, 0, 3, 1.0), |e| *e == E::UnknownTrader(3)),
        ("beyond the purse", Order::buy(0, 0, 3, 1e6), |e| matches!(e, E::BeyondPurse { .. })),
        ("the dearest order there is", Order::new(0, vec![Shares::MOST, Shares::ZERO, Shares::MOST]), |e| {
            matches!(e, E::BeyondPurse { .. })
        }),
        ("more than is held", Order::sell(1, 0, &held, 4.1), |e| *e == E::BeyondHoldings),
        ("sell NaN", Order::sell(1, 0, &held, f64::NAN), |e| *e == E::Size(Q::NotANumber)),
    ];
    let before = bits(&market);
    for (what, order, named) in table {
        let refused = order.and_then(|order| market.execute(&order)).unwrap_err();
        assert!(named(&refused), "{what}: {refused:?}");
        assert!(!refused.to_string().is_empty());
        assert_eq!(bits(&market), before, "{what}");
    }
    assert_eq!(market.settle(3), Err(E::UnknownOutcome { outcome: 3, outcomes: 3 }));
    assert_eq!(bits(&market), before);
}
