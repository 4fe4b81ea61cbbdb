//! The quick searches go the way of plain bisection to the last bit: old runs depend on it.

use super::targets;
use crate::market::math::{exp, ln, log_normalise, log_sum_exp, unit_open, wright_omega};
use crate::prng::Seed;

/// Draws of each kind; `CREDENCE_SEARCH_DRAWS` asks for more.
fn draws() -> u64 {
    std::env::var("CREDENCE_SEARCH_DRAWS").ok().and_then(|draws| draws.parse().ok()).unwrap_or(4_000)
}

fn bisect(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..120 {
        let middle = f64::midpoint(low, high);
        let end = if f(middle) > 0.0 { &mut low } else { &mut high };
        if middle.to_bits() == end.to_bits() {
            break;
        }
        *end = middle;
    }
    high
}

fn plain_power(log_prices: &[f64], belief: &[f64], wealth: &[f64], gamma: f64, b: f64) -> Vec<f64> {
    let scale = gamma * b;
    let at = |log_kappa: f64| -> Vec<f64> {
        let each = log_prices.iter().zip(belief.iter().zip(wealth));
        each.map(|(p, (belief, wealth))| {
            let z = (log_kappa + ln(*belief) - p + wealth / b) / gamma - ln(scale);
            p + (scale * wright_omega(z) - wealth) / b
        })
        .collect()
    };
    let mut width = 1.0;
    while (log_sum_exp(&at(-width)) > 0.0 || log_sum_exp(&at(width)) < 0.0) && width < 1e6 {
        width *= 2.0;
    }
    log_normalise(at(bisect(-width, width, |log_kappa| -log_sum_exp(&at(log_kappa)))))
}

fn plain_risk_neutral(log_prices: &[f64], belief: &[f64], wealth: &[f64], b: f64) -> Vec<f64> {
    let floors: Vec<f64> = log_prices.iter().zip(wealth).map(|(p, wealth)| p - wealth / b).collect();
    let logs: Vec<f64> = belief.iter().map(|&belief| ln(belief)).collect();
    let at = |log_lambda: f64| -> Vec<f64> {
        floors.iter().zip(&logs).map(|(floor, belief)| floor.max(belief - log_lambda)).collect()
    };
    let mut high = 1.0;
    while log_sum_exp(&at(high)) > 0.0 && high < 1e6 {
        high *= 2.0;
    }
    at(bisect(0.0, high, |log_lambda| log_sum_exp(&at(log_lambda))))
}

fn plain_within_purse(log_prices: &[f64], target: &[f64], wealth: &[f64], b: f64) -> (f64, Vec<f64>) {
    let at = |t: f64| -> Vec<f64> {
        log_normalise(log_prices.iter().zip(target).map(|(p, target)| p + t * (target - p)).collect())
    };
    let solvent = |t: f64| {
        let moved = at(t);
        moved.iter().zip(log_prices).zip(wealth).all(|((to, from), wealth)| wealth + b * (to - from) >= 0.0)
    };
    if solvent(1.0) {
        return (1.0, at(1.0));
    }
    let (mut allowed, mut refused) = (0.0, 1.0);
    for _ in 0..120 {
        let middle = f64::midpoint(allowed, refused);
        let end = if solvent(middle) { &mut allowed } else { &mut refused };
        if middle.to_bits() == end.to_bits() {
            break;
        }
        *end = middle;
    }
    (allowed, at(allowed))
}

/// What a trader may stand before: log-prices, belief, wealth, b and γ, from the usual to the absurd.
fn position(seed: u64) -> (Vec<f64>, Vec<f64>, Vec<f64>, f64, f64) {
    let mut bits = Seed::new(seed).stream("search");
    let mut uniform = move || unit_open(bits.next_u64());
    let outcomes = 2 + (seed % 4) as usize;
    let spread = [1.0, 4.0, 14.0][(seed / 4 % 3) as usize];
    let mut shares = |spread: f64| {
        log_normalise((0..outcomes).map(|_| spread * (2.0 * uniform() - 1.0)).collect::<Vec<f64>>())
    };
    let (log_prices, log_belief) = (shares(spread), shares(spread));
    let belief: Vec<f64> = log_belief.into_iter().map(exp).collect();
    let mut bits = Seed::new(seed).stream("purse");
    let mut uniform = move || unit_open(bits.next_u64());
    let b = exp(12.0 * uniform() - 2.0);
    let purse = exp(12.0 * uniform() - 4.0);
    let equal = uniform() < 0.3;
    let wealth =
        (0..outcomes).map(|_| if equal { purse } else { purse * exp(6.0 * uniform() - 4.0) }).collect();
    let gamma = [1.0, 1.0, 0.1 + uniform(), 1.0 + 10.0 * uniform()][(seed / 12 % 4) as usize];
    (log_prices, belief, wealth, b, gamma)
}

fn bits(logs: &[f64]) -> Vec<u64> {
    logs.iter().map(|log| log.to_bits()).collect()
}

#[test]
fn power_utility_is_plain_bisection_to_the_bit() {
    for seed in 0..draws() {
        let (prices, belief, wealth, b, gamma) = position(seed);
        let quick = targets::power_utility(&prices, &belief, &wealth, gamma, b);
        assert_eq!(bits(&quick), bits(&plain_power(&prices, &belief, &wealth, gamma, b)), "seed {seed}");
    }
}

#[test]
fn water_filling_and_what_a_purse_allows_are_plain_bisection_to_the_bit() {
    let mut cut = 0;
    for seed in 0..draws() {
        let (prices, belief, wealth, b, _) = position(seed);
        let quick = targets::risk_neutral(&prices, &belief, &wealth, b);
        assert_eq!(bits(&quick), bits(&plain_risk_neutral(&prices, &belief, &wealth, b)), "seed {seed}");
        let log_belief: Vec<f64> = belief.iter().map(|&p| ln(p)).collect();
        for target in [&log_belief, &quick] {
            let (share, moved) = targets::within_purse(&prices, target, &wealth, b);
            let (plain_share, plain_moved) = plain_within_purse(&prices, target, &wealth, b);
            assert_eq!(share.to_bits(), plain_share.to_bits(), "seed {seed}");
            assert_eq!(bits(&moved), bits(&plain_moved), "seed {seed}");
            cut += u64::from(share < 1.0);
        }
    }
    assert!(cut > draws() / 4, "only {cut} were cut short");
}
