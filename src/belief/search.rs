//! Roots by bisection, quickly. The last bit of a bisection's result is decided by the signs it meets on its way, noise
//! of rounding and all, and results are part of the engine's version: so the way stays what it was. But far from the
//! root a sign is certain without computing anything, and most of the way is far from the root. It knows no market.

/// Steps of every bisection: more than enough for 53 bits from any start used.
const BISECTION_STEPS: u32 = 120;
/// Newton steps towards the root, at most.
const NEWTON_STEPS: u32 = 10;
/// Steps of the search for a change of sign.
const FALSE_POSITION_STEPS: u32 = 16;
/// Tries to find a reach that leaves rounding behind, each this many times as wide as the one before.
const TRIES: u32 = 3;
const WIDER: f64 = 32.0;
/// What rounding may amount to in the functions of `targets`, for magnitudes of 1: 64 units in the last place.
pub(super) const NOISE: f64 = 64.0 * f64::EPSILON;

/// Places outside of which the sign of a function that falls is certain, rounding included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Certain {
    /// Up to here it is positive.
    below: f64,
    /// From here on it is negative.
    above: f64,
}

impl Certain {
    /// Nothing is.
    pub const NOWHERE: Self = Self { below: f64::NEG_INFINITY, above: f64::INFINITY };

    /// The function's value, or a number of the same sign where that is certain.
    pub fn or(self, x: f64, f: impl FnOnce(f64) -> f64) -> f64 {
        if x <= self.below {
            1.0
        } else if x >= self.above {
            -1.0
        } else {
            f(x)
        }
    }

    /// Around the root of a decreasing function, given as value and slope: Newton's steps from `start`, then as far
    /// around as it takes for the value to exceed what rounding at that place, `noise`, may amount to.
    pub fn around_root(start: f64, noise: impl Fn(f64) -> f64, mut f: impl FnMut(f64) -> (f64, f64)) -> Self {
        let mut x = start;
        let mut steepness = 0.0;
        for _ in 0..NEWTON_STEPS {
            let (value, slope) = f(x);
            if !(slope < 0.0 && value.is_finite()) {
                return Self::NOWHERE;
            }
            steepness = -slope;
            x += value / steepness;
            if value.abs() <= 1e-7 {
                // Convergence is quadratic: the step just taken has arrived.
                break;
            }
        }
        Self::near(x, noise(x) / steepness, |place| f(place).0, noise(x))
    }

    /// Around the place where a concave function, positive at 0 and negative at 1, changes its sign.
    pub fn around_change(noise: f64, mut f: impl FnMut(f64) -> f64) -> Self {
        let (mut low, mut at_low) = (0.0, f(0.0));
        let (mut high, mut at_high) = (1.0, f(1.0));
        if at_low <= noise || at_high >= 0.0 {
            return Self::NOWHERE;
        }
        let steepest = at_low - at_high;
        let mut x = 0.5;
        // False position; the end that stays counts half (the “Illinois” rule).
        let mut stayed = 0;
        for _ in 0..FALSE_POSITION_STEPS {
            x = high - at_high * (high - low) / (at_high - at_low);
            let value = f(x);
            if value.abs() <= noise {
                break;
            }
            if value > 0.0 {
                (low, at_low) = (x, value);
                at_high *= if stayed == 1 { 0.5 } else { 1.0 };
                stayed = 1;
            } else {
                (high, at_high) = (x, value);
                at_low *= if stayed == -1 { 0.5 } else { 1.0 };
                stayed = -1;
            }
        }
        Self::near(x, noise / steepest, |place| if place >= 1.0 { -1.0 } else { f(place) }, noise)
    }

    /// As far around `x` as it takes for the value to exceed `noise` on both sides.
    fn near(x: f64, reach: f64, mut f: impl FnMut(f64) -> f64, noise: f64) -> Self {
        let mut reach = 4.0 * reach;
        for _ in 0..TRIES {
            let certain = Self { below: x - reach, above: x + reach };
            if f(certain.below) > noise && f(certain.above) < -noise {
                return certain;
            }
            reach *= WIDER;
        }
        Self::NOWHERE
    }
}

/// The root of a decreasing function between `low` and `high`, by bisection.
pub(super) fn root_of_decreasing(mut low: f64, mut high: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    for _ in 0..BISECTION_STEPS {
        let middle = f64::midpoint(low, high);
        let end = if f(middle) > 0.0 { &mut low } else { &mut high };
        // No number is left between the two: every further step would be this one.
        if middle.to_bits() == end.to_bits() {
            break;
        }
        *end = middle;
    }
    high
}

/// The last place between 0 and 1 at which `f` is not negative, by bisection.
pub(super) fn last_not_negative(mut f: impl FnMut(f64) -> f64) -> f64 {
    let (mut allowed, mut refused) = (0.0, 1.0);
    for _ in 0..BISECTION_STEPS {
        let middle = f64::midpoint(allowed, refused);
        let end = if f(middle) >= 0.0 { &mut allowed } else { &mut refused };
        // No number is left between the two: every further step would be this one.
        if middle.to_bits() == end.to_bits() {
            break;
        }
        *end = middle;
    }
    allowed
}
