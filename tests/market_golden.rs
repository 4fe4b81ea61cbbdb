//! The golden values of the mechanism: LMSR, Kelly, CARA, water-filling, and the highest price that a purse can set.
//! Each is reached by the engine and, where it can be, by a second way that shares no formula with it.
#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test, and its tables are data")]

use credence::belief::sizing::{Position, Sizing, desire};
use credence::belief::targets;
use credence::market::{Cash, CostFunction, Lmsr, MarketMaker, Order, Shares, math};

fn check(what: &str, actual: f64, golden: f64, tolerance: f64) {
    assert!((actual - golden).abs() <= tolerance, "{what}: {actual} is not {golden}");
}

fn shares(units: &[f64]) -> Vec<Shares> {
    units.iter().map(|&amount| Shares::round_down(amount).unwrap()).collect()
}

fn logs(prices: &[f64]) -> Vec<f64> {
    prices.iter().map(|&price| math::ln(price)).collect()
}

#[test]
fn buying_a_number_of_shares() {
    // liquidity, shares sold before, shares bought, cost, price of the first outcome after, decimals given
    let table: [(f64, [f64; 2], [f64; 2], f64, f64, f64); 4] = [
        (100.0, [0.0, 0.0], [50.0, 0.0], 28.092_980_362_016, 0.622_459_331_202, 5e-13),
        (10.0, [5.0, 3.0], [1.0, 0.0], 0.5622, 0.5744, 5e-5),
        (100.0, [5.0, 3.0], [1.0, 0.0], 0.5062, 0.5075, 5e-5),
        (1.0, [5.0, 3.0], [1.0, 0.0], 0.9217, 0.9526, 5e-5),
    ];
    for (b, before, bought, cost, price, tolerance) in table {
        let mut book = Lmsr::new(b, &[0.5, 0.5]);
        book.sell(&shares(&before));
        let p = book.price(0);
        check("cost", book.cost(&shares(&bought)), cost, tolerance);
        check("price", book.prices_after(&shares(&bought))[0], price, tolerance);
        // Closed form of two outcomes: b ln(1 − p + p e^{x/b}).
        check("closed cost", b * math::ln(1.0 - p + p * math::exp(bought[0] / b)), cost, tolerance);
        // Two quantities alone: the logistic of their difference.
        let difference = before[0] + bought[0] - before[1];
        check("closed price", math::logistic(difference / b), price, tolerance);
    }
}

#[test]
fn spending_an_amount() {
    let book = Lmsr::new(100.0, &[0.5, 0.5]);
    let bought = book.shares_for_spend(0, 25.0);
    check("shares", bought, 44.983_334_064_729, 5e-13);
    check("closed shares", 100.0 * math::ln((math::exp(0.25) - 0.5) / 0.5), 44.983_334_064_729, 5e-13);
    // To the micro-share, as the market sells them.
    check("price", book.prices_after(&shares(&[bought, 0.0]))[0], 0.610_599_608_464, 5e-9);
    check("closed price", 1.0 - 0.5 * math::exp(-0.25), 0.610_599_608_464, 5e-13);
    check("the cost comes back", book.cost(&shares(&[bought, 0.0])), 25.0, 1e-6);
}

#[test]
fn reaching_a_price() {
    let book = Lmsr::new(100.0, &[0.5, 0.5]);
    let bought = book.shares_to_reach(0, 0.9);
    check("shares", bought, 219.722_457_733_622, 5e-13);
    check("closed shares", 100.0 * math::ln(9.0), 219.722_457_733_622, 5e-13);
    check("cost", book.cost(&shares(&[bought, 0.0])), 160.943_791_243_410, 1e-6);
    check("closed cost", 100.0 * math::ln(0.5 / 0.1), 160.943_791_243_410, 5e-13);
    check("price", book.prices_after(&shares(&[bought, 0.0]))[0], 0.9, 1e-9);
}

#[test]
fn the_makers_worst_loss() {
    let book = Lmsr::new(100.0, &[0.25; 4]);
    check("bound", book.worst_loss(), 138.629_436_111_989, 5e-13);
    // The limit itself: whoever buys one outcome without end gains it.
    let cost = book.cost(&shares(&[100_000.0, 0.0, 0.0, 0.0]));
    check("limit", 100_000.0 - cost, 138.629_436_111_989, 1e-9);
    let skewed = Lmsr::new(10.0, &[0.5, 0.4, 0.1]);
    check("from a prior", skewed.worst_loss(), 10.0 * math::ln(10.0), 1e-12);
}

#[test]
fn far_quantities_stay_numbers() {
    // q = (1000, 0, −1000) at b = 1, reached from a uniform start, whose q is −ln 3 everywhere.
    let mut book = Lmsr::new(1.0, &[1.0 / 3.0; 3]);
    let (order, start) = (shares(&[2000.0, 1000.0, 0.0]), -math::ln(3.0));
    check("cost", book.cost(&order), 2000.0 + start, 1e-6);
    book.sell(&order);
    book.redeem(Shares::from_units(1000));
    check("C", book.cost_level() - start, 1000.0, 1e-6);
    assert_eq!(book.prices(), [1.0, 0.0, 0.0]);
    for (log_price, expected) in book.log_prices().into_iter().zip([0.0, -1000.0, -2000.0]) {
        check("log-price", log_price, expected, 1e-9);
    }
}

#[test]
fn the_highest_price_that_a_purse_sets() {
    const GOLDEN: f64 = 0.696_734_670;
    check("closed form", 1.0 - 0.5 * math::exp(-0.5), GOLDEN, 5e-10);
    let target = logs(&[0.999_999, 0.000_001]);
    let (_, moved) = targets::within_purse(&logs(&[0.5, 0.5]), &target, &[50.0; 2], 100.0);
    check("solvency bound", math::exp(moved[0]), GOLDEN, 5e-10);
    // And by hand: spend all of it on one outcome, on a real market.
    let mut market = MarketMaker::open(100.0, &[0.5, 0.5], &[Cash::from_units(50)]);
    let amount = market.book().shares_for_spend(0, 50.0) - 0.000_002;
    market.execute(&Order::buy(0, 0, 2, amount).unwrap()).unwrap();
    check("all spent", market.prices()[0], GOLDEN, 1e-8);
}

/// The prices that a rule aims at, through the engine's own door. Sizing leaves sixteen micro-units of wealth alone,
/// so as much is added here.
fn wanted(rule: Sizing, prices: &[f64], belief: &[f64], wealth: f64, b: f64) -> Vec<f64> {
    let wealth = vec![wealth + 0.000_016; prices.len()];
    let held = vec![0.0; prices.len()];
    let log_prices = logs(prices);
    let position =
        Position { log_prices: &log_prices, liquidity: b, wealth: &wealth, held: &held, traders: 1 };
    desire(&rule, &position, belief, prices).wanted
}

/// The price in steps of 0.0001 that a trader likes best, by trying them all; a purse that could be empty forbids.
fn best_by_trying(belief: f64, price: f64, b: f64, wealth: f64, utility: impl Fn(f64) -> f64) -> f64 {
    let if_yes = |p: f64| wealth + b * math::ln(p / price);
    let if_no = |p: f64| wealth + b * math::ln((1.0 - p) / (1.0 - price));
    let expected = |p: f64| belief * utility(if_yes(p)) + (1.0 - belief) * utility(if_no(p));
    let candidates = (1..10_000).map(|step| f64::from(step) / 10_000.0);
    let allowed = candidates.filter(|&p| if_yes(p) > 0.0 && if_no(p) > 0.0);
    allowed.max_by(|a, b| expected(*a).total_cmp(&expected(*b))).unwrap()
}

#[test]
fn kelly() {
    const GOLDEN: f64 = 0.557_987_224_088_2;
    let prices = wanted(Sizing::Kelly { fraction: 1.0 }, &[0.4, 0.6], &[0.8, 0.2], 30.0, 50.0);
    check("engine", prices[0], GOLDEN, 1e-12);
    check("search", best_by_trying(0.8, 0.4, 50.0, 30.0, math::ln), GOLDEN, 1e-4);
    let moved = targets::power_utility(&logs(&[0.4, 0.6]), &[0.8, 0.2], &[30.0; 2], 1.0, 50.0);
    check("formula", math::exp(moved[0]), GOLDEN, 1e-12);
    // Half Kelly is full Kelly with the belief half-way to the price.
    let half = wanted(Sizing::Kelly { fraction: 0.5 }, &[0.4, 0.6], &[0.8, 0.2], 30.0, 50.0);
    let mixed = wanted(Sizing::Kelly { fraction: 1.0 }, &[0.4, 0.6], &[0.6, 0.4], 30.0, 50.0);
    check("half", half[0], mixed[0], 1e-12);
}

#[test]
fn cara() {
    const GOLDEN: f64 = 0.547_800_582_456_573_3;
    let rule = Sizing::Cara { tolerance: 25.0 };
    check("engine", wanted(rule, &[0.4, 0.6], &[0.8, 0.2], 30.0, 50.0)[0], GOLDEN, 1e-15);
    let utility = |w: f64| -math::exp(-w / 25.0);
    // CARA knows no purse, so the search gets one that forbids nothing.
    check("search", best_by_trying(0.8, 0.4, 50.0, 1e3, utility), GOLDEN, 1e-4);
    let pooled = (1.0 / 3.0) * math::logit(0.8) + (2.0 / 3.0) * math::logit(0.4);
    check("log pool", math::logistic(pooled), GOLDEN, 1e-15);
}

#[test]
fn water_filling() {
    const GOLDEN: [f64; 3] = [0.514_775_472, 0.181_959_198, 0.303_265_330];
    let (prices, belief) = ([0.2, 0.3, 0.5], [0.9, 0.07, 0.03]);
    let filled = wanted(Sizing::RiskNeutral, &prices, &belief, 10.0, 20.0);
    for (outcome, golden) in GOLDEN.into_iter().enumerate() {
        check("engine", filled[outcome], golden, 5e-10);
    }
    // Where the floor binds, the price is the floor; the rest is shared in the belief's proportions.
    let floor = |p: f64| p * math::exp(-0.5);
    for (outcome, golden) in [(1, floor(0.3)), (2, floor(0.5)), (0, 1.0 - floor(0.3) - floor(0.5))] {
        check("by hand", filled[outcome], golden, 1e-12);
    }
}

#[test]
fn evidence() {
    // Two traders with independent signals: log-odds add. With ρ = 1 each of two counts half.
    for (rho, expected) in [(0.0, 7.0 / 9.0), (1.0, 0.651_668_5)] {
        let weight = Sizing::Evidence { rho }.evidence_weight(2);
        let once = targets::evidence(&logs(&[0.5, 0.5]), &[0.7, 0.3], &[0.5, 0.5], weight);
        let twice = targets::evidence(&once, &[0.6, 0.4], &[0.5, 0.5], weight);
        let mean_log_odds = weight * (math::logit(0.7) + math::logit(0.6));
        check("log-odds", math::exp(twice[0]), math::logistic(mean_log_odds), 1e-15);
        check("value", math::exp(twice[0]), expected, 5e-8);
    }
}
