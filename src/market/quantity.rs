//! Money and shares as integers in micro-units, and the liquidity of a market. Floats enter here once, checked
//! and rounded in a stated direction. It does not know who owns anything.

use serde::{Deserialize, Serialize};

/// Micro-units in one unit of money or one share.
pub const MICROS: i64 = 1_000_000;

/// The largest amount anywhere, in units: sums of dozens of them stay exact in JSON (below 2⁵³ micro-units).
pub const MAX_UNITS: f64 = 1e8;

/// Why a number is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// NaN.
    #[error("it is not a number")]
    NotANumber,
    /// ±∞.
    #[error("it is infinite")]
    Infinite,
    /// Below zero.
    #[error("it is negative")]
    Negative,
    /// Above [`MAX_UNITS`].
    #[error("it is larger than 100 million")]
    TooLarge,
}

fn checked_units(units: f64) -> Result<f64, QuantityError> {
    if units.is_nan() {
        Err(QuantityError::NotANumber)
    } else if units.is_infinite() {
        Err(QuantityError::Infinite)
    } else if units < 0.0 {
        Err(QuantityError::Negative)
    } else if units > MAX_UNITS {
        Err(QuantityError::TooLarge)
    } else {
        Ok(in_micros(units))
    }
}

/// Units in micro-units, with a fraction only where there is one: 1.1 × 10⁶ is 1,100,000.0000000001 to a processor,
/// and rounding that in a direction would make another amount of 1.1.
fn in_micros(units: f64) -> f64 {
    let micros = units * MICROS as f64;
    let whole = micros.round();
    let written_so = (whole / MICROS as f64).to_bits() == units.to_bits();
    if written_so { whole } else { micros }
}

macro_rules! micro_units {
    ($name:ident, $what:literal) => {
        #[doc = $what]
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// None of it.
            pub const ZERO: Self = Self(0);
            /// The largest amount that is accepted from outside: [`MAX_UNITS`].
            pub const MOST: Self = Self(MAX_UNITS as i64 * MICROS);

            /// From a count of micro-units; may be negative (a difference).
            pub const fn from_micros(micros: i64) -> Self {
                Self(micros)
            }

            /// From whole units.
            pub const fn from_units(units: i64) -> Self {
                Self(units * MICROS)
            }

            /// From units, rounded down.
            ///
            /// # Errors
            /// NaN, infinite, negative and too large numbers are refused by name.
            pub fn round_down(units: f64) -> Result<Self, QuantityError> {
                checked_units(units).map(|micros| Self(micros.floor() as i64))
            }

            /// From units, rounded up.
            ///
            /// # Errors
            /// NaN, infinite, negative and too large numbers are refused by name.
            pub fn round_up(units: f64) -> Result<Self, QuantityError> {
                checked_units(units).map(|micros| Self(micros.ceil() as i64))
            }

            /// The count of micro-units.
            pub const fn micros(self) -> i64 {
                self.0
            }

            /// In units, for formulas and for the page.
            pub fn units(self) -> f64 {
                self.0 as f64 / MICROS as f64
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl std::ops::SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, |total, amount| total + amount)
            }
        }
    };
}

micro_units!(Cash, "Play money in micro-units.");
micro_units!(
    Shares,
    "Shares of one outcome in micro-shares; one share pays one unit if that outcome happens."
);

impl Shares {
    /// What these shares pay if their outcome happens: one unit a share, exactly.
    pub const fn payout(self) -> Cash {
        Cash::from_micros(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_has_a_direction_and_bad_numbers_have_names() {
        assert_eq!(Cash::round_up(0.000_000_1).map(Cash::micros), Ok(1));
        assert_eq!(Shares::round_down(0.000_000_9).map(Shares::micros), Ok(0));
        for micros in [1, 3, 290_000, 1_100_000, 100_099_999, 100_100_000, 99_999_999_999_999] {
            let units = Cash::from_micros(micros).units();
            assert_eq!(Cash::round_down(units).map(Cash::micros), Ok(micros), "{units}");
            assert_eq!(Cash::round_up(units).map(Cash::micros), Ok(micros), "{units}");
        }
        assert_eq!(Cash::round_up(f64::NAN), Err(QuantityError::NotANumber));
        assert_eq!(Cash::round_up(f64::NEG_INFINITY), Err(QuantityError::Infinite));
        assert_eq!(Shares::round_down(-1.0), Err(QuantityError::Negative));
        assert_eq!(Shares::round_down(1e9), Err(QuantityError::TooLarge));
    }
}
