//! What the controls of the Learn page compute: small questions to the same market engine that runs use. Pure; the
//! sentences are in `words/learn`.

use crate::lab::shared_weight;
use crate::market::math::{ln, normal_cdf, sqrt};
use crate::market::{CostFunction, Lmsr, Shares};

/// The lowest and the highest price that a control offers, in per cent.
pub const PERCENTS: (u32, u32) = (5, 95);

/// What a purchase did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purchase {
    /// The price of Yes before.
    pub before: f64,
    /// The price of Yes after.
    pub after: f64,
    /// Shares bought: of Yes if the price rose, of No if it fell.
    pub shares: f64,
    /// What they cost.
    pub cost: f64,
}

impl Purchase {
    /// What the buyer has gained or lost once the truth is out: each share of what happened pays 1.
    pub fn gain(&self, yes: bool) -> f64 {
        if yes == (self.after >= self.before) { self.shares - self.cost } else { -self.cost }
    }

    /// The gain to be expected by somebody who knows that Yes comes true with this probability.
    pub fn expected_gain(&self, chance: f64) -> f64 {
        chance * self.gain(true) + (1.0 - chance) * self.gain(false)
    }
}

/// A yes/no market of this liquidity whose price of Yes is `price`.
fn market(liquidity: f64, price: f64) -> Lmsr {
    Lmsr::new(liquidity, &[price, 1.0 - price])
}

fn bought(mut market: Lmsr, outcome: usize, shares: f64) -> Purchase {
    let before = market.price(0);
    let shares = Shares::from_micros((shares * 1e6).round() as i64);
    let mut order = [Shares::ZERO; 2];
    order[outcome] = shares;
    let cost = market.cost(&order);
    market.sell(&order);
    Purchase { before, after: market.price(0), shares: shares.units(), cost }
}

/// Buys Yes (or No) for a stake.
pub fn buy_for(liquidity: f64, price: f64, yes: bool, stake: f64) -> Purchase {
    let market = market(liquidity, price);
    let outcome = usize::from(!yes);
    let shares = market.shares_for_spend(outcome, stake);
    bought(market, outcome, shares)
}

/// Buys as much as takes the price of Yes to `target`.
pub fn buy_to(liquidity: f64, price: f64, target: f64) -> Purchase {
    let market = market(liquidity, price);
    let outcome = usize::from(target < price);
    let goal = if outcome == 0 { target } else { 1.0 - target };
    let shares = market.shares_to_reach(outcome, goal);
    bought(market, outcome, shares)
}

/// b ln(p_after / p_before) of what came true: the same gain, told as what the market learned (mechanisms §2).
pub fn lesson_taught(liquidity: f64, purchase: &Purchase, yes: bool) -> f64 {
    let of = |price: f64| if yes { price } else { 1.0 - price };
    liquidity * (ln(of(purchase.after)) - ln(of(purchase.before)))
}

/// As how many independent minds a panel counts whose errors have pairwise correlation ρ: n/(1 + (n − 1)ρ).
pub fn independent_minds(members: usize, rho: f64) -> f64 {
    members as f64 * shared_weight(members, rho)
}

/// How often the best reader of a panel is right about a yes/no question, if each member alone has a signal of
/// strength d′ = 1 and is right Φ(½) ≈ 69 % of the time: Φ(½√n_independent).
pub fn panel_hits(members: usize, rho: f64) -> f64 {
    normal_cdf(0.5 * sqrt(independent_minds(members, rho)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-5
    }

    #[test]
    fn a_gain_is_what_the_market_was_taught() {
        for (price, target) in [(0.5, 0.8), (0.5, 0.1), (0.2, 0.9), (0.7, 0.69)] {
            let made = buy_to(100.0, price, target);
            assert!(close(made.after, target), "{made:?}");
            for yes in [true, false] {
                assert!(
                    close(made.gain(yes), lesson_taught(100.0, &made, yes)),
                    "{price} to {target}, {yes}"
                );
            }
        }
    }

    #[test]
    fn a_stake_buys_what_it_costs_and_moves_a_shallow_market_further() {
        let shallow = buy_for(20.0, 0.5, true, 10.0);
        let deep = buy_for(200.0, 0.5, true, 10.0);
        assert!(close(shallow.cost, 10.0) && close(deep.cost, 10.0));
        assert!(shallow.after > deep.after && deep.after > 0.5);
        assert!(buy_for(20.0, 0.5, false, 10.0).after < 0.5);
    }

    #[test]
    fn pushing_a_right_price_away_costs_on_average() {
        // b times the Kullback–Leibler divergence of the right price from the pushed one.
        let push = buy_to(100.0, 0.3, 0.8);
        let expected = 100.0 * (0.3 * ln(0.8 / 0.3) + 0.7 * ln(0.2 / 0.7));
        assert!(close(push.expected_gain(0.3), expected) && expected < 0.0);
        assert!(close(buy_to(100.0, 0.8, 0.3).expected_gain(0.3), -expected), "who puts it right earns it");
    }

    #[test]
    fn shared_errors_make_a_crowd_smaller() {
        assert!(close(independent_minds(10, 0.0), 10.0));
        assert!(close(independent_minds(10, 0.5), 10.0 / 5.5));
        assert!(close(panel_hits(1, 0.9), 0.691_462_5));
        assert!(panel_hits(20, 0.0) > 0.98 && panel_hits(20, 0.5) < 0.77);
    }
}
