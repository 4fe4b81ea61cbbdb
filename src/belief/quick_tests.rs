//! The quick shares are those of the run's own sizing, to the micro-share, or none are given; and they are given nearly
//! always where markets are as people set them up.

use super::quick::{self, Aim};
use super::sizing::{Position, Sizing, desire};
use super::targets;
use crate::market::math::{exp, log_normalise, unit_open};
use crate::prng::Seed;

const DRAWS: u64 = 40_000;

/// What a trader may stand before; `wild` is far from all sense.
struct Draw {
    log_prices: Vec<f64>,
    belief: Vec<f64>,
    wealth: Vec<f64>,
    liquidity: f64,
}

fn draw(seed: u64, outcomes: usize, wild: bool) -> Draw {
    let mut bits = Seed::new(seed).stream("quick");
    let mut uniform = move || unit_open(bits.next_u64());
    let spread = if wild { [1.0, 4.0, 14.0][(seed / 4 % 3) as usize] } else { 2.0 };
    let mut logs = || log_normalise((0..outcomes).map(|_| spread * (2.0 * uniform() - 1.0)).collect());
    let (log_prices, log_belief) = (logs(), logs());
    let mut bits = Seed::new(seed).stream("quick/purse");
    let mut uniform = move || unit_open(bits.next_u64());
    let liquidity = if wild { exp(12.0 * uniform() - 2.0) } else { 20.0 + 300.0 * uniform() };
    let purse = if wild { exp(12.0 * uniform() - 4.0) } else { 200.0 * uniform() };
    // Purses as markets leave them: whole micro-units; equal, of any size, and often used up.
    let kind = seed / 12 % 4;
    let wealth = (0..outcomes).map(|_| {
        let has = match kind {
            0 => purse,
            1 => purse * uniform(),
            2 => purse * exp(6.0 * uniform() - 5.0),
            _ => [purse, 0.0, 0.000_015, 0.000_02, 3.0][(5.0 * uniform()) as usize],
        };
        (has * 1e6).floor() / 1e6
    });
    let wealth = wealth.collect();
    Draw { log_prices, belief: log_belief.into_iter().map(exp).collect(), wealth, liquidity }
}

/// In how many of the draws the quick way knew the shares.
fn agreed(rule: impl Fn(u64) -> Sizing, outcomes: impl Fn(u64) -> usize, wild: bool) -> u64 {
    let mut known = 0;
    for seed in 0..DRAWS {
        let Draw { log_prices, belief, wealth, liquidity } = draw(seed, outcomes(seed), wild);
        let rule = rule(seed);
        let held = vec![0.0; wealth.len()];
        let position =
            Position { log_prices: &log_prices, liquidity, wealth: &wealth, held: &held, traders: 8 };
        if let Some(shares) = quick::shares(&rule, &position, &belief) {
            known += 1;
            let plain = desire(&rule, &position, &belief, &belief).shares;
            assert_eq!(
                shares, plain,
                "seed {seed} {rule:?} {log_prices:?} {belief:?} {wealth:?} {liquidity}"
            );
        }
    }
    known
}

#[test]
fn kelly_shares_are_those_of_the_bisection_to_the_micro_share() {
    let rule = |seed: u64| Sizing::Kelly { fraction: [0.25, 0.5, 1.0][(seed % 3) as usize] };
    let usual = agreed(rule, |seed| 2 + (seed % 5) as usize, false);
    assert!(usual > DRAWS / 100 * 95, "{usual}");
    let wild = agreed(rule, |seed| 2 + (seed % 11) as usize, true);
    assert!(wild > DRAWS / 2, "{wild}");
}

#[test]
fn shares_of_constant_relative_risk_aversion_are_those_of_the_bisection() {
    let rule = |seed: u64| Sizing::Crra { gamma: [0.1, 0.7, 2.0, 10.0, 50.0][(seed % 5) as usize] };
    let usual = agreed(rule, |seed| 2 + (seed / 5 % 5) as usize, false);
    assert!(usual > DRAWS / 100 * 80, "{usual}");
    let wild = agreed(rule, |seed| 2 + (seed / 5 % 11) as usize, true);
    assert!(wild > DRAWS / 3, "{wild}");
}

#[test]
fn risk_neutral_shares_are_those_of_the_bisection() {
    let two = agreed(|_| Sizing::RiskNeutral, |_| 2, false);
    assert!(two > DRAWS / 100 * 95, "{two}");
    // Where a purse ends at several outcomes at once, shares are whole by nature and rounding decides.
    let more = agreed(|_| Sizing::RiskNeutral, |seed| 3 + (seed % 4) as usize, false);
    assert!(more > DRAWS / 4, "{more}");
    let wild = agreed(|_| Sizing::RiskNeutral, |seed| 2 + (seed % 11) as usize, true);
    assert!(wild > DRAWS / 4, "{wild}");
}

/// How much of the noise that was reckoned with there is.
fn used(aim: &Aim, log_prices: &[f64], plain: &[f64]) -> f64 {
    let each = aim.moves.iter().zip(log_prices.iter().zip(plain));
    each.map(|(step, (from, to))| (step - (to - from)).abs() / aim.noise).fold(0.0, f64::max)
}

#[test]
fn what_rounding_amounts_to_is_a_small_part_of_what_is_reckoned_with() {
    let mut most = [0.0_f64; 2];
    for seed in 0..DRAWS {
        let Draw { log_prices, belief, mut wealth, liquidity: b } =
            draw(seed, 2 + (seed % 11) as usize, seed % 2 == 0);
        let plain = targets::risk_neutral(&log_prices, &belief, &wealth, b);
        if let Some(aim) = quick::risk_neutral(&log_prices, &belief, &wealth, b) {
            most[1] = most[1].max(used(&aim, &log_prices, &plain));
        }
        for has in &mut wealth {
            *has = has.max(1e-6);
        }
        let gamma = [0.1, 0.7, 1.0, 1.0, 2.0, 10.0, 50.0][(seed % 7) as usize];
        let plain = targets::power_utility(&log_prices, &belief, &wealth, gamma, b);
        if let Some(aim) = quick::power_utility(&log_prices, &belief, &wealth, gamma, b) {
            most[0] = most[0].max(used(&aim, &log_prices, &plain));
        }
    }
    assert!(most.iter().all(|&most| most > 0.0 && most < 0.25), "{most:?}");
}
