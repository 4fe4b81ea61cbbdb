//! Laws of every sizing rule: nobody can go broke, no purse moves a price past its bound, every order that a rule
//! makes is accepted and goes where the rule aimed.

use credence::belief::sizing::{Desire, Position, Sizing, desire, traded_reference};
use credence::market::{Cash, CostFunction, MICROS, MarketMaker, OrderError, math};
use credence::prng::Seed;
use proptest::prelude::*;

use super::{Opening, beliefs, log_uniform, openings};

/// What rounding to micro-units may do to a price.
fn grain(opening: &Opening) -> f64 {
    20.0 / (MICROS as f64 * opening.liquidity) + 1e-9
}

fn rules() -> impl Strategy<Value = Sizing> {
    prop_oneof![
        (0.0..=1.0).prop_map(|rho| Sizing::Evidence { rho }),
        (0.01..=1.0).prop_map(|fraction| Sizing::Kelly { fraction }),
        log_uniform(0.01, 1e6).prop_map(|tolerance| Sizing::Cara { tolerance }),
        Just(Sizing::RiskNeutral),
    ]
}

/// A market, what its traders believe, and their purses.
fn panels() -> impl Strategy<Value = (Opening, Vec<Vec<f64>>, Vec<f64>)> {
    openings().prop_flat_map(|opening| {
        let traders = prop::collection::vec(beliefs(opening.outcomes()), 1..6);
        let purses = prop::collection::vec(prop_oneof![1 => Just(0.0), 9 => log_uniform(1e-5, 1e6)], 6);
        (Just(opening), traders, purses)
    })
}

fn open(opening: &Opening, purses: &[f64]) -> MarketMaker {
    let budgets: Vec<Cash> = purses.iter().map(|&units| Cash::round_down(units).unwrap()).collect();
    MarketMaker::open(opening.liquidity, &opening.prior, &budgets)
}

fn wish(
    market: &MarketMaker,
    rule: Sizing,
    trader: usize,
    belief: &[f64],
    reference: &[f64],
    traders: usize,
) -> Desire {
    let account = market.ledger().account(trader).unwrap();
    let held: Vec<f64> = account.holdings.iter().map(|shares| shares.units()).collect();
    let (log_prices, wealth) = (market.book().log_prices(), account.wealth());
    let position = Position {
        log_prices: &log_prices,
        liquidity: market.book().liquidity(),
        wealth: &wealth,
        held: &held,
        traders,
    };
    desire(&rule, &position, belief, reference)
}

proptest! {
    #[test]
    fn nobody_goes_broke_and_no_purse_buys_more_than_its_bound(
        (opening, traders, purses) in panels(), rule in rules(), rounds in 1_usize..4,
    ) {
        let mut market = open(&opening, &purses);
        let mut references = vec![opening.prior.clone(); traders.len()];
        for (trader, belief) in (0..rounds).flat_map(|_| traders.iter().enumerate()) {
            let before = market.ledger().account(trader).unwrap().clone();
            let (prices, wealth) = (market.prices(), before.wealth());
            let wish = wish(&market, rule, trader, belief, &references[trader], traders.len());
            prop_assert!((0.0..=1.0).contains(&wish.reach), "{}", wish.reach);
            prop_assert!((wish.wanted.iter().sum::<f64>() - 1.0).abs() <= 1e-9, "{:?}", wish.wanted);
            match wish.order(trader).and_then(|order| market.execute(&order)) {
                // Empty: whatever it holds is too little for a share, or for the rounding of its cost.
                Ok(_) | Err(OrderError::Empty) => {}
                Err(error) => prop_assert!(false, "{rule:?}: {error}"),
            }
            references[trader] = traded_reference(&references[trader], belief, wish.reach);
            let (after, moved) = (market.ledger().account(trader).unwrap(), market.prices());
            for outcome in 0..opening.outcomes() {
                prop_assert!(after.wealth_if(outcome) >= Cash::ZERO, "{after:?}");
                // Solvency: p′ ≥ p e^{−W/b}, so the others fall no lower and this one rises no higher.
                let floor = |i: usize| prices[i] * math::exp(-wealth[i] / opening.liquidity);
                prop_assert!(moved[outcome] >= floor(outcome) * (1.0 - grain(&opening)) - 1e-15);
                let others: f64 = (0..opening.outcomes()).filter(|&i| i != outcome).map(floor).sum();
                prop_assert!(moved[outcome] <= 1.0 - others + grain(&opening), "{moved:?} from {prices:?}");
                if before.holdings.iter().all(|held| held.micros() == 0) {
                    // With cash alone: p′ ≤ 1 − (1 − p) e^{−W/b}.
                    let most = 1.0 - (1.0 - prices[outcome]) * math::exp(-before.cash.units() / opening.liquidity);
                    prop_assert!(moved[outcome] <= most + grain(&opening), "{} > {most}", moved[outcome]);
                }
            }
        }
        prop_assert!(market.ledger().maker_cash() >= Cash::ZERO);
    }

    #[test]
    fn what_the_purse_allows_is_reached(
        (opening, traders, _) in panels(), rule in rules(),
    ) {
        // A purse that forbids nothing: then prices go where the rule aims, and a risk-neutral trader to its belief.
        let opening = Opening { liquidity: opening.liquidity.clamp(1.0, 1e4), ..opening };
        let purse = 40.0 * opening.liquidity;
        let mut market = open(&opening, &[purse]);
        let wish = wish(&market, rule, 0, &traders[0], &opening.prior, 1);
        if let Ok(order) = wish.order(0) {
            market.execute(&order).unwrap();
        }
        if wish.reach >= 1.0 {
            for (price, wanted) in market.prices().into_iter().zip(&wish.wanted) {
                prop_assert!((price - wanted).abs() <= grain(&opening), "{rule:?}: {price} {wanted}");
            }
        }
        if rule == Sizing::RiskNeutral {
            for (price, belief) in market.prices().into_iter().zip(&traders[0]) {
                prop_assert!((price - belief).abs() <= grain(&opening), "{price} {belief}");
            }
        }
    }

    #[test]
    fn evidence_comes_to_the_same_price_in_any_order((opening, traders, _) in panels(), rho in 0.0..=1.0, seed: u64) {
        let opening = Opening { liquidity: opening.liquidity.clamp(1.0, 1e3), ..opening };
        let rule = Sizing::Evidence { rho };
        let play = |order: &[usize]| -> (Vec<f64>, bool) {
            let mut market = open(&opening, &vec![1e6; traders.len()]);
            let mut whole = true;
            for &trader in order {
                let wish = wish(&market, rule, trader, &traders[trader], &opening.prior, traders.len());
                whole &= wish.reach >= 1.0;
                if let Ok(order) = wish.order(trader) {
                    market.execute(&order).unwrap();
                }
            }
            (market.prices(), whole)
        };
        let mut order: Vec<usize> = (0..traders.len()).collect();
        let (one, free) = play(&order);
        Seed::new(seed).stream("order").shuffle(&mut order);
        let (other, also_free) = play(&order);
        prop_assume!(free && also_free);
        // Log-odds add: p ∝ π₀ Π (π/π₀)^w.
        let weight = rule.evidence_weight(traders.len());
        let log_odds = |i: usize| -> f64 {
            let prior = math::ln(opening.prior[i]);
            prior + weight * traders.iter().map(|belief| math::ln(belief[i]) - prior).sum::<f64>()
        };
        let pooled = math::log_normalise((0..opening.outcomes()).map(log_odds).collect());
        for i in 0..opening.outcomes() {
            let tolerance = grain(&opening) * traders.len() as f64;
            prop_assert!((one[i] - other[i]).abs() <= tolerance, "{one:?} {other:?}");
            prop_assert!((one[i] - math::exp(pooled[i])).abs() <= tolerance, "{one:?} {pooled:?}");
        }
    }
}
