//! Where each kind of trader would move the prices: the formulas of mechanisms §3, all in log-prices, for any
//! number of outcomes. `W_i` is wealth if outcome i happens, `b` the liquidity, `p` prices, `π` the belief.
//! It knows no order and rounds nothing.

use super::search::{Certain, NOISE, last_not_negative, root_of_decreasing};
use crate::market::math::{exp, ln, log_normalise, log_sum_exp, wright_omega};

/// The largest share t ∈ [0, 1] of the way from `log_prices` towards `log_target` that the purse allows, and the
/// log-prices there: p′ ∝ p · (target/p)^t with W_i + b ln(p′_i/p_i) ≥ 0 (mechanisms §2 and §3.7).
///
/// Each W_i + r_i(t) is concave in t and not negative at 0, so the allowed t form an interval and bisection finds
/// its end.
pub fn within_purse(log_prices: &[f64], log_target: &[f64], wealth: &[f64], b: f64) -> (f64, Vec<f64>) {
    let at = |t: f64| -> Vec<f64> {
        let mixed = log_prices.iter().zip(log_target).map(|(p, target)| p + t * (target - p)).collect();
        log_normalise(mixed)
    };
    // The least wealth that is left.
    let left = |moved: &[f64]| {
        let each = moved.iter().zip(log_prices).zip(wealth);
        each.map(|((to, from), wealth)| wealth + b * (to - from)).fold(f64::INFINITY, f64::min)
    };
    let whole = at(1.0);
    if left(&whole) >= 0.0 {
        return (1.0, whole);
    }
    let size = |log: f64| 2.0 + log.abs();
    let logs = log_prices.iter().chain(log_target).fold(0.0, |most: f64, log| most.max(size(*log)));
    let most = wealth.iter().copied().fold(b * logs, f64::max);
    // The same without a list of its own for every step.
    let mut moved = vec![0.0; log_prices.len()];
    let mut left_at = |t: f64| {
        for (moved, (p, target)) in moved.iter_mut().zip(log_prices.iter().zip(log_target)) {
            *moved = p + t * (target - p);
        }
        let total = log_sum_exp(&moved);
        for log in &mut moved {
            *log -= total;
        }
        left(&moved)
    };
    let certain = Certain::around_change(NOISE * most, &mut left_at);
    let allowed = last_not_negative(|t| certain.or(t, &mut left_at));
    (allowed, at(allowed))
}

/// Evidence trade: p′ ∝ p · (π/π₀)^w, where π₀ is what the trader's belief was when it last traded.
pub fn evidence(log_prices: &[f64], belief: &[f64], reference: &[f64], weight: f64) -> Vec<f64> {
    let moved = log_prices
        .iter()
        .zip(belief.iter().zip(reference))
        .map(|(p, (now, before))| p + weight * (ln(*now) - ln(*before)))
        .collect();
    log_normalise(moved)
}

/// CARA utility with risk tolerance τ: the log pool p′ ∝ (π e^{−h/τ})^{τ/(τ+b)} p^{b/(τ+b)}, h the shares held.
pub fn cara(log_prices: &[f64], belief: &[f64], held: &[f64], tolerance: f64, b: f64) -> Vec<f64> {
    let own = tolerance / (tolerance + b);
    let pooled = log_prices
        .iter()
        .zip(belief.iter().zip(held))
        .map(|(p, (belief, held))| own * (ln(*belief) - held / tolerance) + (1.0 - own) * p)
        .collect();
    log_normalise(pooled)
}

/// Budget-limited risk-neutral trader: p′_i = max(p_i e^{−W_i/b}, π_i/λ) with λ from Σ p′ = 1 (water-filling).
pub fn risk_neutral(log_prices: &[f64], belief: &[f64], wealth: &[f64], b: f64) -> Vec<f64> {
    let floors: Vec<f64> = log_prices.iter().zip(wealth).map(|(p, wealth)| p - wealth / b).collect();
    let logs: Vec<f64> = belief.iter().map(|&belief| ln(belief)).collect();
    let at = |log_lambda: f64| -> Vec<f64> {
        floors.iter().zip(&logs).map(|(floor, belief)| floor.max(belief - log_lambda)).collect()
    };
    let mut filled = vec![0.0; floors.len()];
    let mut sum = |log_lambda: f64| {
        for (filled, (floor, belief)) in filled.iter_mut().zip(floors.iter().zip(&logs)) {
            *filled = floor.max(belief - log_lambda);
        }
        log_sum_exp(&filled)
    };
    let most = floors.iter().chain(&logs).fold(4.0, |most: f64, log| most.max(4.0 + log.abs()));
    let noise = |log_lambda: f64| NOISE * (most + log_lambda.abs());
    // Only the outcomes above their floors give way to λ.
    let certain = Certain::around_root(0.0, noise, |log_lambda| {
        let filled = at(log_lambda);
        let total = log_sum_exp(&filled);
        let above = filled.iter().zip(&floors).filter(|(filled, floor)| filled > floor);
        (total, -above.map(|(filled, _)| exp(filled - total)).sum::<f64>())
    });
    let mut value = |log_lambda: f64| certain.or(log_lambda, &mut sum);
    // At λ = 1 the sum is at least Σπ = 1; at λ → ∞ it is Σ floors ≤ 1.
    let mut high = 1.0;
    while value(high) > 0.0 && high < 1e6 {
        high *= 2.0;
    }
    at(root_of_decreasing(0.0, high, value))
}

/// Power utility with relative risk aversion γ (γ = 1: log utility, Kelly): p′_i ∝ π_i (W_i + b ln(p′_i/p_i))^{−γ}.
///
/// For a normaliser κ, u_i = W_i + b ln(p′_i/p_i) solves u^γ e^{u/b} = κ π_i/p_i · e^{W_i/b}, so
/// u_i = γ b ω(z_i) with the Wright omega function; κ is the root of Σ p′ = 1. Always solvent: u_i > 0.
pub fn power_utility(log_prices: &[f64], belief: &[f64], wealth: &[f64], gamma: f64, b: f64) -> Vec<f64> {
    let scale = gamma * b;
    let log_scale = ln(scale);
    let logs: Vec<f64> = belief.iter().map(|&belief| ln(belief)).collect();
    // The log-price of an outcome, and how fast it rises with ln κ.
    let one = |log_kappa: f64, outcome: usize| {
        let (p, wealth) = (log_prices[outcome], wealth[outcome]);
        let z = (log_kappa + logs[outcome] - p + wealth / b) / gamma - log_scale;
        let omega = wright_omega(z);
        (p + (scale * omega - wealth) / b, omega / (1.0 + omega))
    };
    let at = |log_kappa: f64| -> Vec<f64> {
        (0..log_prices.len()).map(|outcome| one(log_kappa, outcome).0).collect()
    };
    // Σ p′ grows with κ.
    let mut moved = vec![0.0; log_prices.len()];
    let mut value = |log_kappa: f64| {
        for (outcome, moved) in moved.iter_mut().enumerate() {
            *moved = one(log_kappa, outcome).0;
        }
        -log_sum_exp(&moved)
    };
    let each = (0..log_prices.len()).map(|i| log_prices[i].abs() + logs[i].abs() + wealth[i].abs() / b);
    let most = each.fold(4.0 + gamma * log_scale.abs(), f64::max);
    let noise = |log_kappa: f64| NOISE * (most + log_kappa.abs()) * gamma.max(1.0 / gamma);
    // Where nothing is traded κ is the mean of W^γ.
    let start = gamma * ln(belief.iter().zip(wealth).map(|(belief, wealth)| belief * wealth).sum::<f64>());
    let certain = Certain::around_root(start, noise, |log_kappa| {
        let (moved, rises): (Vec<f64>, Vec<f64>) =
            (0..log_prices.len()).map(|outcome| one(log_kappa, outcome)).unzip();
        let total = log_sum_exp(&moved);
        let rise = moved.iter().zip(&rises).map(|(moved, rise)| rise * exp(moved - total)).sum::<f64>();
        (-total, -rise)
    });
    let mut value = |log_kappa: f64| certain.or(log_kappa, &mut value);
    // Widen the bracket from 0 until it holds the root.
    let mut width = 1.0;
    while (value(-width) < 0.0 || value(width) > 0.0) && width < 1e6 {
        width *= 2.0;
    }
    log_normalise(at(root_of_decreasing(-width, width, value)))
}

/// e^x for each entry.
pub fn exponentials(logs: &[f64]) -> Vec<f64> {
    logs.iter().map(|&log| exp(log)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logs(prices: &[f64]) -> Vec<f64> {
        prices.iter().map(|&p| ln(p)).collect()
    }

    fn check(moved: &[f64], expected: &[f64], tolerance: f64) {
        let prices = exponentials(moved);
        assert!((prices.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{prices:?}");
        for (price, expected) in prices.iter().zip(expected) {
            assert!((price - expected).abs() < tolerance, "{prices:?} is not {expected}");
        }
    }

    #[test]
    fn golden_values_of_the_mechanism_note() {
        let binary = logs(&[0.4, 0.6]);
        let kelly = power_utility(&binary, &[0.8, 0.2], &[30.0, 30.0], 1.0, 50.0);
        check(&kelly, &[0.557_987_224_088_2], 1e-12);
        check(&cara(&binary, &[0.8, 0.2], &[0.0, 0.0], 25.0, 50.0), &[0.547_800_582_456_7], 1e-12);
        let filled = risk_neutral(&logs(&[0.2, 0.3, 0.5]), &[0.9, 0.07, 0.03], &[10.0; 3], 20.0);
        check(&filled, &[0.514_775_472, 0.181_959_198, 0.303_265_330], 1e-9);
    }

    #[test]
    fn a_purse_of_fifty_moves_half_to_the_bound_and_no_further() {
        let start = logs(&[0.5, 0.5]);
        let (share, moved) = within_purse(&start, &logs(&[0.999_999, 0.000_001]), &[50.0, 50.0], 100.0);
        check(&moved, &[0.696_734_670], 1e-9);
        assert!(share > 0.0 && share < 1.0);
        let (share, _) = within_purse(&start, &logs(&[0.6, 0.4]), &[50.0, 50.0], 100.0);
        assert!((share - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn kelly_is_the_optimum_of_its_utility() {
        // A grid search over the same utility, from the formula alone.
        let (belief, price, b, wealth) = (0.7, 0.25, 40.0, 25.0);
        let utility = |p: f64| {
            belief * ln(wealth + b * ln(p / price))
                + (1.0 - belief) * ln(wealth + b * ln((1.0 - p) / (1.0 - price)))
        };
        let best = (2_501..6_000)
            .map(|step| f64::from(step) / 10_000.0)
            .filter(|p| wealth + b * ln((1.0 - p) / (1.0 - price)) > 0.0)
            .max_by(|a, b| utility(*a).total_cmp(&utility(*b)));
        let moved =
            power_utility(&logs(&[price, 1.0 - price]), &[belief, 1.0 - belief], &[wealth; 2], 1.0, b);
        check(&moved, &[best.unwrap_or(0.0)], 1e-4);
    }

    #[test]
    fn the_order_of_evidence_does_not_matter() {
        let start = logs(&[0.5, 0.3, 0.2]);
        let prior = [0.5, 0.3, 0.2];
        let (a, b) = ([0.6, 0.3, 0.1], [0.2, 0.5, 0.3]);
        let one = evidence(&evidence(&start, &a, &prior, 0.7), &b, &prior, 0.7);
        let other = evidence(&evidence(&start, &b, &prior, 0.7), &a, &prior, 0.7);
        check(&one, &exponentials(&other), 1e-14);
    }
}
