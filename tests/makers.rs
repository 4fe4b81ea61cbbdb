//! Every maker: golden values of the mechanism note, laws that hold for all cost functions over random markets, and
//! closed forms against numeric search.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use credence::belief::turn::{Turn, take};
use credence::belief::{Sizing, targets};
use credence::market::cpmm::Pool;
use credence::market::math::ln;
use credence::market::{
    Book, Cash, CostFunction, LsLmsr, Maker, MarketMaker, Order, Quadratic, Shares, pm_amm,
};
use proptest::prelude::*;

fn near(made: f64, golden: f64, tolerance: f64) {
    assert!((made - golden).abs() < tolerance, "{made} is not {golden}");
}

const MAKERS: [Maker; 5] =
    [Maker::Lmsr, Maker::LsLmsr { alpha: 0.05 }, Maker::Cpmm, Maker::Quadratic, Maker::PmAmm];

#[test]
fn golden_values() {
    let book = LsLmsr::at(0.05, &[120.0, 80.0, 40.0]);
    for (made, golden) in book.marginal_prices().iter().zip([0.972_326_73, 0.042_359_86, 0.009_184_23]) {
        near(*made, golden, 5e-9);
    }
    near(book.marginal_prices().iter().sum(), 1.023_870_82, 5e-9);
    near(LsLmsr::at(0.05, &[50.0; 3]).marginal_prices().iter().sum(), 1.164_791_84, 5e-9);

    let pool = Pool::new(0.37, 100.0);
    near(pool.price(0.0), 0.37, 1e-12);
    near(pool.reserves_at(0.8).no - 100.0, 103.368_442_309, 5e-9);
    near(pool.reserves_at(0.1).yes - 100.0, 185.466_612_143, 5e-9);
    // And back through the cost function: the money that came in moved the price there.
    let surplus = pool.surplus_at(0.8);
    near(pool.price(surplus), 0.8, 1e-12);
    near(pool.cost(surplus), 103.368_442_309, 5e-9);

    for (price, yes, no) in [
        (0.5, 39.894_228_040, 39.894_228_040),
        (0.6, 28.500_369_224, 53.835_079_538),
        (0.9, 4.734_317_538, 132.889_474_092),
    ] {
        let made = pm_amm::reserves(100.0, price);
        near(made.0, yes, 5e-9);
        near(made.1, no, 5e-9);
    }

    // Binary price of the quadratic rule: ½ + (q1 − q2)/(4b); its loss b(1 − 1/n).
    let mut book = Quadratic::new(10.0, &[0.5, 0.5]);
    near(book.worst_loss(), 5.0, 1e-12);
    book.sell(&[Shares::from_units(3), Shares::from_units(1)]);
    near(book.prices()[0], 0.55, 1e-12);
    book.sell(&[Shares::from_units(100), Shares::ZERO]);
    near(book.prices()[0], 1.0, 1e-12);
}

/// Manifold's own formulas for a bet of `m`, on reserves.
fn manifold(yes: f64, no: f64, p: f64, m: f64, on_yes: bool) -> f64 {
    let power = |base: f64, exponent: f64| credence::market::math::exp(exponent * ln(base));
    let k = power(yes, p) * power(no, 1.0 - p);
    if on_yes {
        yes + m - power(k * power(m + no, p - 1.0), 1.0 / p)
    } else {
        no + m - power(k * power(m + yes, -p), 1.0 / (1.0 - p))
    }
}

/// A maker and an opening for it.
fn opening() -> impl Strategy<Value = (Maker, f64, Vec<f64>)> {
    let prior = prop::collection::vec(0.05..1.0_f64, 2..7).prop_map(|weights| {
        let total: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / total).collect::<Vec<f64>>()
    });
    (0..MAKERS.len(), 5.0..200.0_f64, prior).prop_filter_map(
        "two outcomes only",
        |(place, liquidity, prior)| {
            let maker = MAKERS[place];
            maker.fits(prior.len()).then_some((maker, liquidity, prior))
        },
    )
}

fn purchase(outcomes: usize, picks: &[(usize, f64)]) -> Vec<Shares> {
    let mut shares = vec![Shares::ZERO; outcomes];
    for &(place, amount) in picks {
        shares[place % outcomes] += Shares::round_down(amount).unwrap();
    }
    shares
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn laws_of_every_cost_function(
        (maker, liquidity, prior) in opening(),
        trades in prop::collection::vec(prop::collection::vec((0..7_usize, 0.1..60.0_f64), 1..3), 1..8),
    ) {
        let outcomes = prior.len();
        let mut book = Book::open(maker, liquidity, &prior);
        let start = book.clone();
        let mut paid = 0.0;
        let mut whole = vec![Shares::ZERO; outcomes];
        for picks in &trades {
            let shares = purchase(outcomes, picks);
            let (before, cost) = (book.prices(), book.cost(&shares));
            let after = book.prices_after(&shares);
            // Prices are a distribution; what is bought alone becomes dearer, never cheaper.
            prop_assert!((after.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{maker:?} {after:?}");
            prop_assert!(after.iter().all(|p| (0.0..=1.0 + 1e-12).contains(p)), "{maker:?} {after:?}");
            let bought: Vec<usize> = (0..outcomes).filter(|&o| shares[o] > Shares::ZERO).collect();
            if let [alone] = bought[..] {
                prop_assert!(after[alone] >= before[alone] - 1e-12, "{maker:?}");
                // A finite trade costs between the price before and the price after, up to LS-LMSR's margin.
                let per_share = cost / shares[alone].units();
                let margin = if matches!(maker, Maker::LsLmsr { .. }) { 0.05 * outcomes as f64 * ln(outcomes as f64) } else { 0.0 };
                prop_assert!(per_share >= before[alone] - 1e-6 - margin, "{maker:?} {per_share} {before:?}");
                prop_assert!(per_share <= after[alone] + margin + 1e-6, "{maker:?} {per_share} {after:?}");
            }
            prop_assert!(cost >= -1e-9);
            book.sell(&shares);
            paid += cost;
            whole.iter_mut().zip(&shares).for_each(|(sum, &more)| *sum += more);
        }
        // Path independence: all at once costs the same, to the same prices.
        prop_assert!((start.cost(&whole) - paid).abs() < 1e-6 * (1.0 + paid), "{maker:?}");
        for (one, other) in start.prices_after(&whole).iter().zip(book.prices()) {
            prop_assert!((one - other).abs() < 1e-9, "{maker:?}");
        }
        // Bounded loss, whatever happens.
        for sold in &whole {
            prop_assert!(sold.units() - paid <= start.worst_loss() + 1e-6, "{maker:?}: {} of {}", sold.units() - paid, start.worst_loss());
        }
        // Redeeming complete sets moves no price.
        let sets = whole.iter().copied().min().unwrap();
        let prices = book.prices();
        book.redeem(sets);
        for (one, other) in prices.iter().zip(book.prices()) {
            prop_assert!((one - other).abs() < 1e-9, "{maker:?}");
        }
    }

    #[test]
    fn shares_to_a_price_lead_there(
        (maker, liquidity, prior) in opening(),
        picks in prop::collection::vec((0..7_usize, 0.1..60.0_f64), 0..3),
        weights in prop::collection::vec(0.05..1.0_f64, 7),
    ) {
        let outcomes = prior.len();
        let mut book = Book::open(maker, liquidity, &prior);
        book.sell(&purchase(outcomes, &picks));
        let total: f64 = weights[..outcomes].iter().sum();
        let target: Vec<f64> = weights[..outcomes].iter().map(|weight| weight / total).collect();
        let amounts = book.shares_to(&target);
        prop_assert!(amounts.iter().all(|&amount| amount >= 0.0));
        let shares: Vec<Shares> = amounts.iter().map(|&amount| Shares::round_down(amount).unwrap()).collect();
        // Some prices an LS-LMSR cannot have: s_i = t_i(1 + nαH) − αH must be a distribution, H its own entropy.
        if let Maker::LsLmsr { alpha } = maker {
            let (n, mut s) = (outcomes as f64, target.clone());
            for _ in 0..100 {
                let h: f64 = s.iter().map(|&s| if s > 0.0 { -s * ln(s) } else { 0.0 }).sum();
                s = target.iter().map(|t| t * (1.0 + n * alpha * h) - alpha * h).collect();
            }
            prop_assume!(s.iter().all(|&s| s > 0.01));
        }
        for (made, wanted) in book.prices_after(&shares).iter().zip(&target) {
            prop_assert!((made - wanted).abs() < 2e-6, "{maker:?}: {made} is not {wanted}");
        }
    }

    #[test]
    fn prices_are_the_slope_of_the_cost((maker, liquidity, prior) in opening(), picks in prop::collection::vec((0..7_usize, 0.1..30.0_f64), 0..3)) {
        let outcomes = prior.len();
        let mut book = Book::open(maker, liquidity, &prior);
        book.sell(&purchase(outcomes, &picks));
        let step = 1e-3;
        let slopes: Vec<f64> = (0..outcomes).map(|o| book.cost(&purchase(outcomes, &[(o, step)])) / step).collect();
        let sum: f64 = slopes.iter().sum();
        // LS-LMSR charges a margin; the shares of its slopes are its prices.
        let scale = if matches!(maker, Maker::LsLmsr { .. }) { sum } else { 1.0 };
        for (slope, price) in slopes.iter().zip(book.prices()) {
            prop_assert!((slope / scale - price).abs() < 1e-3, "{maker:?}: {slope} is not {price}");
        }
    }

    #[test]
    fn a_bet_is_manifolds_bet(p in 0.05..0.95_f64, depth in 10.0..500.0_f64, m in 0.5..300.0_f64, on_yes: bool) {
        let book = Book::open(Maker::Cpmm, depth, &[p, 1.0 - p]);
        let shares = manifold(depth, depth, p, m, on_yes);
        let order = purchase(2, &[(usize::from(!on_yes), shares)]);
        prop_assert!((book.cost(&order) - m).abs() < 2e-6 * (1.0 + m), "{} is not {m}", book.cost(&order));
        prop_assert!((book.shares_for_spend(usize::from(!on_yes), m) - shares).abs() < 1e-4 * (1.0 + shares));
    }

    #[test]
    fn every_rule_trades_solvently_on_every_maker(
        (maker, liquidity, prior) in opening(),
        weights in prop::collection::vec(0.02..1.0_f64, 7),
        purse in 0.0..300.0_f64,
        rule in 0..5_usize,
    ) {
        let rules = [
            Sizing::Evidence { rho: 0.2 },
            Sizing::Kelly { fraction: 0.5 },
            Sizing::Cara { tolerance: 25.0 },
            Sizing::RiskNeutral,
            Sizing::Crra { gamma: 3.0 },
        ];
        let outcomes = prior.len();
        let total: f64 = weights[..outcomes].iter().sum();
        let belief: Vec<f64> = weights[..outcomes].iter().map(|weight| weight / total).collect();
        let mut market = MarketMaker::open_with(maker, liquidity, &prior, &[Cash::round_down(purse).unwrap(); 2]);
        let money = market.ledger().total_cash();
        for agent in 0..2 {
            let turn = Turn { agent, belief: &belief, reference: &prior, traders: 2 };
            let made = take(&rules[rule], &market, &turn).unwrap();
            prop_assert!((0.0..=1.0).contains(&made.reach));
            if let Some(quote) = made.quote {
                market.accept(&quote);
            }
        }
        prop_assert_eq!(market.ledger().total_cash(), money);
        for outcome in 0..outcomes {
            let mut settled = market.clone();
            settled.settle(outcome).unwrap();
            prop_assert!(settled.ledger().maker_cash() >= Cash::ZERO, "{maker:?}");
            prop_assert!(settled.ledger().accounts().iter().all(|account| account.cash >= Cash::ZERO));
        }
    }
}

#[test]
fn the_general_way_agrees_with_the_closed_forms_of_the_lmsr() {
    // The same trader before an LMSR, by the closed form and by the search along the way, for two outcomes, where
    // there is only one way.
    let (b, prior, purse) = (50.0, [0.4, 0.6], 30.0);
    let book = Book::open(Maker::Lmsr, b, &prior);
    let belief = [0.8, 0.2];
    for (rule, expected) in [
        (Sizing::Kelly { fraction: 1.0 }, 0.557_987_224_088_2),
        (Sizing::Cara { tolerance: 25.0 }, 0.547_800_582_456_7),
    ] {
        let place = credence::belief::along::Place { book: &book, wealth: &[purse, purse], traders: 1 };
        let made = credence::belief::along::desire(&rule, &place, &belief, &prior);
        near(made.wanted[0], expected, 2e-6);
    }
    let logs = [ln(0.4), ln(0.6)];
    let exact = targets::exponentials(&targets::power_utility(&logs, &belief, &[purse, purse], 3.0, b));
    let place = credence::belief::along::Place { book: &book, wealth: &[purse, purse], traders: 1 };
    let made = credence::belief::along::desire(&Sizing::Crra { gamma: 3.0 }, &place, &belief, &prior);
    near(made.wanted[0], exact[0], 2e-6);
}

#[test]
fn a_market_of_every_maker_takes_orders_and_pays() {
    for maker in MAKERS {
        let mut market = MarketMaker::open_with(maker, 20.0, &[0.5, 0.5], &[Cash::from_units(100); 2]);
        let order = Order::buy(0, 0, 2, 15.0).unwrap();
        let quote = market.execute(&order).unwrap();
        assert!(quote.prices_after[0] > 0.55 && quote.cost < Cash::from_units(15), "{maker:?} {quote:?}");
        assert!(market.execute(&Order::buy(1, 1, 2, 1e6).unwrap()).is_err(), "{maker:?}");
        market.settle(0).unwrap();
        assert_eq!(market.ledger().accounts()[1].cash, Cash::from_units(100));
    }
}

/// A simulated run with this maker and guard, played to its end.
fn played(maker: Maker, guard: credence::belief::Guard) -> credence::run::Run {
    use credence::run::{Input, Run, with_simulated};
    let question =
        credence::agents::Question { text: "Will it open?".into(), ..credence::agents::Question::yes_no() };
    let seed = credence::prng::Seed::new(21);
    let mut spec = credence::agents::spec_for(question, credence::agents::simulated_panel(5), None, seed);
    spec.maker = maker;
    spec.guard = guard;
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        let round = with_simulated(&run, Vec::new()).unwrap();
        run.advance(round).unwrap();
    }
    run
}

#[test]
fn runs_of_every_maker_and_guard_verify_travel_and_replay() {
    use credence::aggregate::what_if::{Change, Record};
    use credence::belief::Guard;
    let guards = [
        Guard::None,
        Guard::Trim,
        Guard::Cap { most: 0.5 },
        Guard::Robust,
        Guard::Weights { weights: vec![0.5, 0.25, 0.0, 1.0, -0.1] },
    ];
    let mut heads = Vec::new();
    for maker in MAKERS {
        for guard in guards.clone() {
            let run = played(maker, guard.clone());
            let document = run.document().unwrap();
            let verdict = credence::run::verify(&document);
            assert!(
                matches!(verdict, credence::run::Verdict::Verified { .. }),
                "{maker:?} {guard:?} {verdict:?}"
            );
            // The set-up says so, or says nothing where it is the default.
            assert_eq!(document.spec.get("maker").is_some(), maker != Maker::Lmsr);
            assert_eq!(document.spec.get("guard").is_some(), guard != Guard::None);
            // What-if replays take the same turns, to the bit.
            let record = Record::of(&run);
            assert_eq!(record.replay(&Change::nothing(5)), record.prices(), "{maker:?} {guard:?}");
            // A link brings the same head.
            let opened =
                credence::share::link::decode(&credence::share::link::encode(&run).unwrap()).unwrap();
            assert_eq!(opened.head(), run.head(), "{maker:?} {guard:?}");
            heads.push(run.head().digest);
        }
    }
    heads.sort();
    heads.dedup();
    assert_eq!(heads.len(), MAKERS.len() * guards.len(), "every maker and guard makes another run");
}

#[test]
fn makers_and_guards_are_refused_where_they_do_not_fit() {
    use credence::belief::Guard;
    let fine = played(Maker::Lmsr, Guard::None).spec().clone();
    let mut three = fine.clone();
    three.outcomes = vec!["a".into(), "b".into(), "c".into()];
    three.prior = credence::belief::Belief::uniform(3);
    assert_eq!(three.validate(), Ok(()));
    three.maker = Maker::PmAmm;
    assert!(three.validate().is_err());
    for (guard, sizing) in [
        (Guard::Trim, Sizing::RiskNeutral),
        (Guard::Cap { most: 0.0 }, fine.sizing),
        (Guard::Weights { weights: vec![1.0] }, fine.sizing),
    ] {
        let mut spec = fine.clone();
        (spec.guard, spec.sizing) = (guard, sizing);
        assert!(spec.validate().is_err(), "{spec:?}");
    }
    let mut spec = fine;
    spec.maker = Maker::LsLmsr { alpha: f64::NAN };
    assert!(spec.validate().is_err());
}
