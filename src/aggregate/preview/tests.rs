//! Laws of the preview over every maker, and the lock.

use super::*;
use crate::aggregate::sample::{begun, begun_with};
use crate::market::Maker;
use crate::run::Input;
use proptest::prelude::*;

#[test]
fn a_stake_buys_for_no_more_than_itself() {
    let run = begun(1, 3);
    let (_, quote) = order_for_stake(&run, 0, 1, 25.0).unwrap();
    assert!(quote.cost <= Cash::from_units(25), "{:?}", quote.cost);
    assert!(quote.prices_after[1] > 0.5);
    assert_eq!(quote.worst_loss(), quote.cost);
    assert!(matches!(order_for_stake(&run, 0, 1, f64::NAN), Err(OrderError::Size(_))));
    assert!(matches!(order_for_stake(&run, 0, 1, 1e4), Err(OrderError::BeyondPurse { .. })));
    assert_eq!(order_for_stake(&run, 0, 1, 0.0), Err(OrderError::Empty));
    assert_eq!(person(&run), None);
}

const MAKERS: [Maker; 5] =
    [Maker::Lmsr, Maker::LsLmsr { alpha: 0.05 }, Maker::Cpmm, Maker::Quadratic, Maker::PmAmm];

/// A run with a person in the last seat, who has traded what `trades` say.
fn run_with(maker: Maker, outcomes: usize, liquidity: i64, trades: &[(usize, f64)]) -> Run {
    let mut run = begun_with(maker, outcomes, liquidity);
    let agent = person(&run).unwrap();
    for &(outcome, part) in trades {
        let wish = Wish { agent, outcome: outcome % outcomes, side: Side::Buy };
        if let Ok((order, _)) = wish.order_for(&run, wish.largest_amount(&run) * part) {
            run.advance(Input::PersonOrder(order)).unwrap();
        }
    }
    run
}

/// The laws of one wish at one target.
fn check(run: &Run, wish: Wish, target: f64) {
    let price = wish.price(run);
    let most = wish.largest_amount(run);
    match wish.order_for_target(run, target) {
        Ok((amount, _, quote)) => {
            let after = quote.prices_after[wish.outcome];
            assert!((after - target).abs() <= TICK, "{after} is not {target}");
            assert!(wish.against(price, after) > 0.0);
            assert!(amount <= most, "{amount} of {most}");
            // The amount that is shown, typed again, leads to the same price.
            let (_, again) = wish.order_for(run, amount).unwrap();
            let again = again.prices_after[wish.outcome];
            assert!((again - target).abs() <= TICK, "{again} is not {target}");
        }
        Err(OffTarget::OutOfReach { furthest }) => {
            assert!(wish.against(furthest, target) > TICK);
            if let Ok((_, quote)) = wish.order_for(run, most) {
                let after = quote.prices_after[wish.outcome];
                assert!((after - furthest).abs() <= TICK, "{after} is not {furthest}");
            } else {
                // Nothing to trade with: the furthest price is the price.
                assert!((furthest - price).abs() <= TICK, "{furthest} is not {price}");
            }
        }
        Err(OffTarget::WrongWay { price: now }) => {
            assert!((now - price).abs() < 1e-12 && wish.against(price, target) < TICK);
        }
        Err(OffTarget::NotAPrice) => panic!("{target} is a price"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_target_is_hit_or_the_furthest_price_is_named(
        maker in prop::sample::select(MAKERS.to_vec()),
        outcomes in 2_usize..6,
        liquidity in prop::sample::select(vec![1_i64, 10, 40, 250, 5_000]),
        trades in prop::collection::vec((0_usize..6, 0.0..0.6), 0..4),
        outcome in 0_usize..6,
        sell in any::<bool>(),
        target in 0.001..0.999,
    ) {
        let outcomes = if maker.fits(outcomes) { outcomes } else { 2 };
        let run = run_with(maker, outcomes, liquidity, &trades);
        let side = if sell { Side::Sell } else { Side::Buy };
        check(&run, Wish { agent: person(&run).unwrap(), outcome: outcome % outcomes, side }, target);
    }

    #[test]
    fn the_whole_of_what_can_be_traded_can_be_traded(
        maker in prop::sample::select(MAKERS.to_vec()),
        trades in prop::collection::vec((0_usize..3, 0.0..0.9), 0..4),
        outcome in 0_usize..2,
        sell in any::<bool>(),
    ) {
        let run = run_with(maker, 2, 40, &trades);
        let side = if sell { Side::Sell } else { Side::Buy };
        let wish = Wish { agent: person(&run).unwrap(), outcome, side };
        let most = wish.largest_amount(&run);
        if most > 0.0 {
            let (_, quote) = wish.order_for(&run, most).unwrap();
            prop_assert!(quote.cash_after >= Cash::ZERO);
            prop_assert!(wish.order_for(&run, most + 0.01).is_err());
        }
    }
}

#[test]
fn what_is_held_is_sold_for_money_and_the_price_falls() {
    let run = run_with(Maker::Lmsr, 2, 40, &[(0, 0.3)]);
    let wish = Wish { agent: person(&run).unwrap(), outcome: 0, side: Side::Sell };
    let held = wish.held(&run);
    let (_, quote) = wish.order_for(&run, held.units()).unwrap();
    assert_eq!(wish.traded(&quote), (held, held.payout() - quote.cost), "all of it ends in complete sets");
    assert_eq!(quote.holdings_after, vec![Shares::ZERO; 2]);
    // Bought and sold at once: what was paid comes back, less the rounding.
    assert!((quote.cash_after - Cash::from_units(100)).micros().abs() <= 4, "{:?}", quote.cash_after);
    assert_eq!(wish.order_for(&run, held.units() + 1.0), Err(OrderError::BeyondHoldings));
}

#[test]
fn ten_points_against_the_person_need_a_second_word() {
    let run = begun_with(Maker::Lmsr, 2, 40);
    let wish = Wish { agent: person(&run).unwrap(), outcome: 0, side: Side::Buy };
    let (_, _, small) = wish.order_for_target(&run, 0.59).unwrap();
    assert_eq!(wish.slip(&small, 0.5), None);
    let (_, _, exact) = wish.order_for_target(&run, 0.6).unwrap();
    assert_eq!(wish.slip(&exact, 0.5), None, "ten points are not more than ten");
    let (_, _, large) = wish.order_for_target(&run, 0.65).unwrap();
    let slip = wish.slip(&large, 0.5).unwrap();
    assert!(slip.is_own() && (slip.distance() - 0.15).abs() < TICK, "{slip:?}");
    // Seen at 0.42: nine points of its own, eight that came meanwhile.
    let moved = wish.slip(&small, 0.42).unwrap();
    assert!(!moved.is_own() && (moved.distance() - 0.17).abs() < TICK, "{moved:?}");
    // A price that fell is to the buyer's advantage.
    assert_eq!(wish.slip(&small, 0.9), None);
    // Who has agreed is asked again only for what comes on top.
    assert_eq!(wish.slip_beyond(&large, &slip), None);
    let (_, _, larger) = wish.order_for_target(&run, 0.78).unwrap();
    assert!(wish.slip_beyond(&larger, &slip).is_some());
}

#[test]
fn what_is_no_target_is_named() {
    let run = begun_with(Maker::Lmsr, 2, 40);
    let agent = person(&run).unwrap();
    let wish = Wish { agent, outcome: 0, side: Side::Buy };
    for target in [f64::NAN, 0.0, 1.0, -0.2, 1.5] {
        assert_eq!(wish.order_for_target(&run, target), Err(OffTarget::NotAPrice));
    }
    assert_eq!(wish.order_for_target(&run, 0.4), Err(OffTarget::WrongWay { price: 0.5 }));
    assert_eq!(wish.order_for_target(&run, 0.5), Err(OffTarget::WrongWay { price: 0.5 }));
    // b = 40 and a purse of 100: 1 − ½ e^(−100/40).
    let Err(OffTarget::OutOfReach { furthest }) = wish.order_for_target(&run, 0.99) else { panic!() };
    assert!((furthest - 0.958_957_5).abs() < 1e-6, "{furthest}");
    let sell = Wish { agent, outcome: 0, side: Side::Sell };
    let none = sell.order_for_target(&run, 0.4);
    assert_eq!(none, Err(OffTarget::OutOfReach { furthest: 0.5 }), "nothing is held");
    assert!(sell.largest_amount(&run).abs() < f64::EPSILON);
}
