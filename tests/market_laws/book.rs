//! Laws of the cost function alone: costs depend on where the book goes and not on the way, and prices are the
//! softmax of what was sold, however the incremental form got there.

use credence::market::{CostFunction, Lmsr, MICROS, Shares, math};
use credence::prng::Seed;
use proptest::prelude::*;

use super::{Opening, Purchase, log_uniform, openings, purchases};

fn open(opening: &Opening) -> Lmsr {
    Lmsr::new(opening.liquidity, &opening.prior)
}

/// `multiple` of b in shares, at most what an order may hold.
fn shares(liquidity: f64, multiple: f64) -> Shares {
    Shares::round_down((liquidity * multiple).min(1e7)).unwrap()
}

fn single(outcomes: usize, outcome: usize, bought: Shares) -> Vec<Shares> {
    let mut order = vec![Shares::ZERO; outcomes];
    order[outcome] = bought;
    order
}

fn orders(opening: &Opening, purchases: &[Purchase]) -> Vec<Vec<Shares>> {
    let order = |(outcome, multiple): &Purchase| {
        single(opening.outcomes(), outcome.index(opening.outcomes()), shares(opening.liquidity, *multiple))
    };
    purchases.iter().map(order).collect()
}

fn sum(orders: &[Vec<Shares>]) -> Vec<Shares> {
    let outcomes = orders[0].len();
    (0..outcomes).map(|outcome| orders.iter().map(|order| order[outcome]).sum()).collect()
}

/// What the book costs from start to end, order by order.
fn walk(book: &mut Lmsr, orders: &[Vec<Shares>]) -> f64 {
    let mut total = 0.0;
    for order in orders {
        total += book.cost(order);
        book.sell(order);
    }
    total
}

/// The market without increments: q in micro-shares, and everything else from scratch.
struct Plain {
    liquidity: f64,
    sold: Vec<i64>,
}

impl Plain {
    fn open(opening: &Opening) -> Self {
        let micros = opening.liquidity * MICROS as f64;
        let sold = opening.prior.iter().map(|p| (micros * libm::log(*p)).round() as i64).collect();
        Self { liquidity: opening.liquidity, sold }
    }

    fn sell(&mut self, order: &[Shares]) {
        for (sold, bought) in self.sold.iter_mut().zip(order) {
            *sold += bought.micros();
        }
    }

    /// ln p_i = (q_i − m)/b − ln Σ e^{(q_j − m)/b}.
    fn log_prices(&self) -> Vec<f64> {
        let most = *self.sold.iter().max().unwrap();
        let exponent = |&sold: &i64| (sold - most) as f64 / MICROS as f64 / self.liquidity;
        let sum: f64 = self.sold.iter().map(|sold| libm::exp(exponent(sold))).sum();
        self.sold.iter().map(|sold| exponent(sold) - libm::log(sum)).collect()
    }

    /// C(q) less the largest q.
    fn cost_above_most(&self) -> f64 {
        let least_negative = self.log_prices().into_iter().fold(f64::NEG_INFINITY, f64::max);
        -self.liquidity * least_negative
    }

    /// C(q + δ) − C(q), with the large parts subtracted as integers.
    fn cost(&self, order: &[Shares]) -> f64 {
        let mut after = Self { liquidity: self.liquidity, sold: self.sold.clone() };
        after.sell(order);
        let risen = after.sold.iter().max().unwrap() - self.sold.iter().max().unwrap();
        risen as f64 / MICROS as f64 + (after.cost_above_most() - self.cost_above_most())
    }
}

/// The book agrees with the market without increments, in every price and its logarithm.
fn check(book: &Lmsr, plain: &Plain) {
    let prices = book.prices();
    assert!((prices.iter().sum::<f64>() - 1.0).abs() <= 1e-12, "{prices:?}");
    for ((price, log_price), expected) in prices.iter().zip(book.log_prices()).zip(plain.log_prices()) {
        assert!((log_price - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{log_price} {expected}");
        assert!((price - libm::exp(expected)).abs() <= 1e-12, "{price} is not e^{expected}");
    }
}

fn close(actual: f64, expected: f64, liquidity: f64) -> bool {
    // Relative to the cost, or, for orders that cost next to nothing, to the digits that b leaves.
    (actual - expected).abs() <= 1e-9 * expected.abs() + 1e-13 * liquidity
}

proptest! {
    #[test]
    fn the_way_does_not_matter(opening in openings(), purchases in purchases(40), seed: u64) {
        let mut orders = orders(&opening, &purchases);
        let mut book = open(&opening);
        let at_once = book.cost(&sum(&orders));
        let one_way = walk(&mut book, &orders);
        prop_assert!(close(one_way, at_once, opening.liquidity), "{one_way} {at_once}");
        Seed::new(seed).stream("way").shuffle(&mut orders);
        // Every order in two parts, too.
        let halves = |order: &Vec<Shares>| -> [Vec<Shares>; 2] {
            let first: Vec<Shares> = order.iter().map(|s| Shares::from_micros(s.micros() / 3)).collect();
            let second = order.iter().zip(&first).map(|(&whole, &part)| whole - part).collect();
            [first, second]
        };
        let other_way = walk(&mut open(&opening), &orders.iter().flat_map(halves).collect::<Vec<_>>());
        prop_assert!(close(other_way, at_once, opening.liquidity), "{other_way} {at_once}");
    }

    #[test]
    fn prices_are_the_softmax_of_what_was_sold(opening in openings(), purchases in purchases(60)) {
        let (mut book, mut plain) = (open(&opening), Plain::open(&opening));
        check(&book, &plain);
        for order in orders(&opening, &purchases) {
            let (cost, expected) = (book.cost(&order), plain.cost(&order));
            prop_assert!(close(cost, expected, opening.liquidity), "{cost} {expected}");
            let preview = book.prices_after(&order);
            book.sell(&order);
            plain.sell(&order);
            prop_assert_eq!(preview, book.prices());
            check(&book, &plain);
        }
        let most = *plain.sold.iter().max().unwrap() as f64 / MICROS as f64;
        let (level, expected) = (book.cost_level(), most + plain.cost_above_most());
        prop_assert!((level - expected).abs() <= 1e-12 * (most.abs() + opening.liquidity), "{level} {expected}");
    }

    #[test]
    fn the_single_purchase_is_the_general_one(opening in openings(), purchases in purchases(60)) {
        let (mut quick, mut general) = (open(&opening), open(&opening));
        for (outcome, multiple) in purchases {
            let (outcome, bought) = (outcome.index(opening.outcomes()), shares(opening.liquidity, multiple));
            if bought == Shares::ZERO {
                continue;
            }
            let order = single(opening.outcomes(), outcome, bought);
            let cost = general.cost(&order);
            general.sell(&order);
            prop_assert_eq!(quick.buy(outcome, bought).to_bits(), cost.to_bits());
            prop_assert_eq!(&quick, &general);
        }
    }

    #[test]
    fn complete_sets_cost_one_and_move_nothing(opening in openings(), purchases in purchases(20), sets in 1_i64..1_000_000) {
        let mut book = open(&opening);
        walk(&mut book, &orders(&opening, &purchases));
        let (prices, order) = (book.prices(), vec![Shares::from_units(sets); opening.outcomes()]);
        prop_assert!(close(book.cost(&order), sets as f64, opening.liquidity));
        let mut redeemed = book.clone();
        redeemed.redeem(Shares::from_units(sets));
        prop_assert_eq!(redeemed.prices(), prices.clone());
        book.sell(&order);
        book.redeem(Shares::from_units(sets));
        for (price, before) in book.prices().into_iter().zip(prices) {
            prop_assert!((price - before).abs() <= 1e-12);
        }
    }

    #[test]
    fn amounts_for_money_and_for_prices_are_inverses(
        opening in openings(), purchases in purchases(10), spend in log_uniform(1e-4, 1e5), target in 0.001..0.999,
    ) {
        let mut book = open(&opening);
        walk(&mut book, &orders(&opening, &purchases));
        for outcome in 0..opening.outcomes() {
            let amount = book.shares_for_spend(outcome, spend);
            prop_assert!(amount >= spend * (1.0 - 1e-12), "a share costs at most one unit: {amount} for {spend}");
            if amount < 1e8 {
                let order = single(opening.outcomes(), outcome, Shares::round_down(amount).unwrap());
                let cost = book.cost(&order);
                prop_assert!((cost - spend).abs() <= 2e-6 + 1e-9 * spend + 1e-13 * opening.liquidity, "{cost} {spend}");
            }
            let log_price = book.log_prices()[outcome];
            let amount = book.shares_to_reach(outcome, target);
            prop_assert!((amount > 0.0) == (math::exp(log_price) < target), "{amount}");
            if amount > 0.0 && amount < 1e8 {
                let order = single(opening.outcomes(), outcome, Shares::round_down(amount).unwrap());
                let reached = book.prices_after(&order)[outcome];
                prop_assert!((reached - target).abs() <= 1e-6 / opening.liquidity + 1e-9, "{reached} {target}");
            }
        }
    }
}

#[test]
fn the_incremental_form_does_not_drift() {
    // More than five rebuilds apart, at every size of market; now and then an order beyond the guard.
    for (outcomes, liquidity) in [(2, 0.01), (3, 1.0), (5, 100.0), (12, 1e5)] {
        let opening = Opening { liquidity, prior: vec![1.0 / outcomes as f64; outcomes] };
        let (mut book, mut plain) = (open(&opening), Plain::open(&opening));
        let mut draws = Seed::new(outcomes as u64).stream("drift");
        for trade in 1..=6_000_u32 {
            let outcome = draws.below(outcomes as u64) as usize;
            let far = if trade % 1_500 == 0 { 90.0 } else { 0.3 };
            let bought = shares(liquidity, far * math::unit_open(draws.next_u64()));
            let order = single(outcomes, outcome, bought);
            plain.sell(&order);
            book.buy(outcome, bought);
            if trade % 97 == 0 || trade % 1_500 < 2 {
                check(&book, &plain);
            }
        }
        check(&book, &plain);
    }
}

#[test]
fn weights_are_rebuilt_every_1024_trades() {
    let opening = Opening { liquidity: 10.0, prior: vec![0.5, 0.3, 0.2] };
    let (mut book, mut plain) = (open(&opening), Plain::open(&opening));
    // Right after a rebuild, prices are bit for bit those of weights that were computed from scratch.
    let from_scratch = |sold: &[i64]| -> Vec<f64> {
        let most = *sold.iter().max().unwrap();
        let per_micro = 1.0 / (10.0 * MICROS as f64);
        let weights: Vec<f64> = sold.iter().map(|q| math::exp((q - most) as f64 * per_micro)).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    };
    let mut draws = Seed::new(1024).stream("rebuild");
    let mut differed = 0;
    for trade in 1..=4_096 {
        let bought = Shares::from_micros(1 + draws.below(3_000_000) as i64);
        let order = single(3, draws.below(3) as usize, bought);
        plain.sell(&order);
        book.sell(&order);
        let same = book.prices() == from_scratch(&plain.sold);
        assert!(same || trade % 1024 != 0, "no rebuild at trade {trade}");
        differed += u32::from(!same);
    }
    assert!(differed > 1_000, "the test would not notice a rebuild: {differed}");
}
