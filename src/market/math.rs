//! The one door for transcendental functions. `std`'s `exp` and `ln` differ in their last bits between native
//! builds and browsers; `libm`, pinned to one exact version, does not. It knows no market.

/// e^x.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e^x − 1, exact for small x.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm; −∞ at 0.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), exact for small x.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// ln(p / (1 − p)), the log-odds of a probability.
pub fn logit(p: f64) -> f64 {
    ln(p) - ln_1p(-p)
}

/// 1 / (1 + e^−x), the probability with log-odds `x`; never overflows.
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// ln Σ e^{x_i}, shifted by the maximum so that nothing overflows; −∞ for an empty slice.
pub fn log_sum_exp(xs: &[f64]) -> f64 {
    let max = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if max.is_infinite() {
        return max;
    }
    max + ln(xs.iter().map(|x| exp(x - max)).sum())
}

/// Log-weights moved so that their exponentials sum to 1.
pub fn log_normalise(mut xs: Vec<f64>) -> Vec<f64> {
    let total = log_sum_exp(&xs);
    for x in &mut xs {
        *x -= total;
    }
    xs
}

/// The Wright omega function: the `w > 0` with w + ln w = z, by Newton's method in a form that stays positive.
/// It gives the trade of a trader with power or log utility in closed form.
pub fn wright_omega(z: f64) -> f64 {
    if z < -36.0 {
        // w is so small that the term w vanishes beside ln w.
        return exp(z);
    }
    let mut w = if z > 1.0 { z - ln(z) } else { ln_1p(exp(z)) };
    if w <= 0.0 {
        w = exp(z);
    }
    // Quadratic convergence from within a factor of two: six steps are more than enough for 53 bits.
    for _ in 0..8 {
        w = w * (1.0 + z - ln(w)) / (1.0 + w);
    }
    w
}

/// A standard normal draw from 128 random bits (Box & Muller 1958, one of the pair).
pub fn standard_normal(bits: [u64; 2]) -> f64 {
    let radius = libm::sqrt(-2.0 * ln(unit_open(bits[0])));
    radius * libm::cos(std::f64::consts::TAU * unit_open(bits[1]))
}

/// A uniform draw from the open interval (0, 1) with 53 bits.
pub fn unit_open(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

/// √x, correctly rounded on every machine.
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omega_solves_its_equation() {
        for z in [-50.0, -20.0, -3.0, -1.0, 0.0, 0.5, 1.0, 2.0, 10.0, 700.0] {
            let w = wright_omega(z);
            assert!(w > 0.0 && (w + ln(w) - z).abs() < 1e-12 * z.abs().max(1.0), "z = {z}, w = {w}");
        }
    }

    #[test]
    fn log_odds_and_back() {
        for p in [1e-9, 0.02, 0.5, 0.75, 1.0 - 1e-9] {
            assert!((logistic(logit(p)) - p).abs() < 1e-15, "{p}");
        }
        assert!(logistic(-1e4) >= 0.0 && (logistic(1e4) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn normal_draws_have_mean_zero_and_unit_variance() {
        let mut prng = crate::prng::Seed::new(3).stream("normal");
        let draws: Vec<f64> =
            (0..40_000).map(|_| standard_normal([prng.next_u64(), prng.next_u64()])).collect();
        let mean = draws.iter().sum::<f64>() / 40_000.0;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 40_000.0;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
    }
}
