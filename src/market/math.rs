//! The one door for transcendental functions. `std`'s `exp` and `ln` differ in their last bits between native
//! builds and browsers; `libm`, pinned to one exact version, does not, and neither do the two kernels here, which
//! use nothing but IEEE additions, multiplications and one division. It knows no market.

/// Adding it to a number below 2⁵¹ leaves the nearest integer in the low bits: 1.5 · 2⁵².
const ROUNDING: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts, the first with so few bits that its multiples by any exponent are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1/√(2π).
const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;
/// Beyond it e^x may over- or underflow.
const EXP_RANGE: f64 = 700.0;
/// Parts into which the table below divides an octave, and their logarithm to base 2.
const PARTS: usize = 128;
const PARTS_LOG_2: u32 = 7;
/// 2^(j/128), computed by the compiler.
static POWERS: [f64; PARTS] = powers();

/// The Taylor series of e^(j ln 2 / 128) in 64-bit fixed point, rounded once.
const fn powers() -> [f64; PARTS] {
    const LN_2_FIXED: u128 = 0xb172_17f7_d1cf_79ab;
    let mut table = [1.0; PARTS];
    let mut j = 0;
    while j < PARTS {
        let x = (LN_2_FIXED * j as u128) >> PARTS_LOG_2;
        let (mut term, mut sum, mut n) = (1_u128 << 64, 0_u128, 1);
        while term > 0 {
            sum += term;
            term = ((term * x) >> 64) / n;
            n += 1;
        }
        table[j] = ((sum + (1 << 11)) >> 12) as f64 / (1_u64 << 52) as f64;
        j += 1;
    }
    table
}

/// e^x, to within two units in the last place.
///
/// x = k ln 2 / 128 + r with |r| ≤ ln 2 / 256, so e^x = 2^(k/128) e^r with five terms of the Taylor series (the rest
/// is below 2⁻⁶⁰). `libm::exp` has branches that a market's exponents make unpredictable; this one has none.
#[expect(
    clippy::inline_always,
    reason = "the page is compiled for size, and a call costs a fifth of the speed"
)]
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    if x.abs() > EXP_RANGE || x.is_nan() {
        return libm::exp(x);
    }
    let shifted = x * (std::f64::consts::LOG2_E * PARTS as f64) + ROUNDING;
    let k = shifted - ROUNDING;
    let r = (x - k * (LN_2_HIGH / PARTS as f64)) - k * (LN_2_LOW / PARTS as f64);
    let r2 = r * r;
    let growth = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    // k's own bits are the low ones of `shifted`: the lowest choose the power, the others are its exponent.
    let bits = shifted.to_bits();
    let power = POWERS[bits as usize % PARTS].to_bits();
    let scale = f64::from_bits(power.wrapping_add((bits >> PARTS_LOG_2) << 52));
    scale + scale * growth
}

/// ln((total + growth) / total): what a weight's growth does to the logarithm of the sum of weights.
///
/// While the sum grows by at most a sixteenth, 2 artanh(s) with s = growth / (2 total + growth) by five terms of its
/// Taylor series (the rest is below 2⁻⁵⁴ of the result), so that small trades are fast and keep all their digits.
#[expect(
    clippy::inline_always,
    reason = "the page is compiled for size, and a call costs a fifth of the speed"
)]
#[inline(always)]
pub fn ln_grown(total: f64, growth: f64) -> f64 {
    if growth < 0.0 || growth > total * 0.0625 {
        return ln_1p(growth / total);
    }
    let s = growth / (2.0 * total + growth);
    let z = s * s;
    2.0 * s + s * z * ((2.0 / 3.0 + z * (2.0 / 5.0)) + z * z * (2.0 / 7.0 + z * (2.0 / 9.0)))
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
    let mut before = f64::NAN;
    for left in (0..8).rev() {
        let next = w * (1.0 + z - ln(w)) / (1.0 + w);
        // At rest: the steps that are left would change nothing.
        if next.to_bits() == w.to_bits() {
            break;
        }
        // To and fro between two neighbours: the steps that are left would end on the one or the other.
        if next.to_bits() == before.to_bits() {
            return if left % 2 == 0 { next } else { w };
        }
        (before, w) = (w, next);
    }
    w
}

/// Φ, the standard normal distribution function; exact in both tails.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// φ, the standard normal density.
pub fn normal_density(z: f64) -> f64 {
    exp(-0.5 * z * z) * INV_SQRT_TAU
}

/// Φ⁻¹, by halving: 0 and 1 give the ends of the range in which Φ is told from them.
pub fn normal_quantile(p: f64) -> f64 {
    // The lower half has all its digits; the upper one is its mirror.
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let (mut low, mut high) = (-38.0, 0.0);
    loop {
        let middle = f64::midpoint(low, high);
        let end = if normal_cdf(middle) < p { &mut low } else { &mut high };
        if middle.to_bits() == end.to_bits() {
            return middle;
        }
        *end = middle;
    }
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
    fn omega_is_eight_steps_of_newton_to_the_bit() {
        let plain = |z: f64| {
            let mut w = if z > 1.0 { z - ln(z) } else { ln_1p(exp(z)) };
            for _ in 0..8 {
                w = w * (1.0 + z - ln(w)) / (1.0 + w);
            }
            w
        };
        let mut prng = crate::prng::Seed::new(6).stream("omega");
        for _ in 0..40_000 {
            let z = 60.0 * unit_open(prng.next_u64()) - 35.0;
            assert_eq!(wright_omega(z).to_bits(), plain(z).to_bits(), "z = {z:?}");
        }
    }

    #[test]
    fn omega_solves_its_equation() {
        for z in [-50.0, -20.0, -3.0, -1.0, 0.0, 0.5, 1.0, 2.0, 10.0, 700.0] {
            let w = wright_omega(z);
            assert!(w > 0.0 && (w + ln(w) - z).abs() < 1e-12 * z.abs().max(1.0), "z = {z}, w = {w}");
        }
    }

    #[test]
    fn the_kernels_are_as_good_as_the_library() {
        let mut prng = crate::prng::Seed::new(5).stream("kernels");
        for range in [1e-9, 1e-3, 1.0, 30.0, 699.0] {
            for _ in 0..20_000 {
                let x = range * (2.0 * unit_open(prng.next_u64()) - 1.0);
                let distance = exp(x).to_bits().abs_diff(libm::exp(x).to_bits());
                assert!(distance <= 2, "e^{x:?} is {distance} steps away");
                let expected = ln_1p(x.abs() / 16.0);
                assert!(
                    (ln_grown(3.0, x.abs() * (3.0 / 16.0)) - expected).abs() <= 1e-15 * expected,
                    "{x:?}"
                );
            }
        }
        for x in [0.0, -0.0, 700.5, 709.7, 710.0, -745.0, -746.0, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x}");
        }
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn log_odds_and_back() {
        for p in [1e-9, 0.02, 0.5, 0.75, 1.0 - 1e-9] {
            assert!((logistic(logit(p)) - p).abs() < 1e-15, "{p}");
        }
        assert!(logistic(-1e4) >= 0.0 && (logistic(1e4) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn the_normal_distribution_and_its_inverse() {
        for (z, p) in [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (-1.959_963_984_540_054, 0.025)] {
            assert!((normal_cdf(z) - p).abs() < 1e-14, "{z}");
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}");
        }
        for p in [1e-12, 1e-6, 0.3, 0.7, 1.0 - 1e-6] {
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-15, "{p}");
        }
        assert!((normal_density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-16);
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
