//! Numbers on the wire. People and models write round numbers, so all of them are kept as decimals: a mantissa
//! without trailing zeros and a power of ten, which is shorter and exact.

use serde::{Deserialize, Serialize};

use super::WireError;
use crate::belief::{Belief, MILLION};
use crate::market::MAX_OUTCOMES;
use crate::share::bounded::Bounded;

/// mantissa · 10^exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decimal {
    exponent: i8,
    mantissa: i64,
}

impl Decimal {
    /// The shortest decimal that reads back as `number`.
    pub(super) fn from_f64(number: f64) -> Result<Self, WireError> {
        let refused = WireError::Number("a fraction");
        // `{:e}` prints the shortest digits that round-trip: at most 17, so they fit an i64.
        let text = format!("{number:e}");
        let (digits, power) = text.split_once('e').ok_or(refused.clone())?;
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mantissa: i64 = format!("{whole}{fraction}").parse().map_err(|_| refused.clone())?;
        let power: i32 = power.parse().map_err(|_| refused.clone())?;
        let exponent = if mantissa == 0 { 0 } else { power - fraction.len() as i32 };
        // No number of a run is smaller than about 1e-100 but by a rounding error: refused.
        i8::try_from(exponent).map(|exponent| Self { exponent, mantissa }).map_err(|_| refused)
    }

    /// The number, read as a decimal literal is.
    pub(super) fn to_f64(self) -> Result<f64, WireError> {
        let number: Option<f64> = format!("{}e{}", self.mantissa, self.exponent).parse().ok();
        number.filter(|number| number.is_finite()).ok_or(WireError::Number("a fraction"))
    }

    /// An integer, its trailing zeros as a power of ten.
    pub(super) fn from_i64(number: i64) -> Self {
        let (mut mantissa, mut exponent) = (number, 0);
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        Self { exponent, mantissa }
    }

    /// The integer.
    pub(super) fn to_i64(self) -> Result<i64, WireError> {
        let power = u32::try_from(self.exponent).ok().and_then(|exponent| 10_i64.checked_pow(exponent));
        let number = power.and_then(|power| self.mantissa.checked_mul(power));
        number.ok_or(WireError::Number("an amount"))
    }

    /// An amount of money or shares: no run holds more than [`crate::market::quantity::MAX_UNITS`].
    pub(super) fn to_micros(self) -> Result<i64, WireError> {
        let most = (crate::market::quantity::MAX_UNITS * crate::market::MICROS as f64) as i64;
        self.to_i64().ok().filter(|micros| (0..=most).contains(micros)).ok_or(WireError::Number("an amount"))
    }

    /// A count that may be large: tokens, or money in millionths.
    pub(super) fn from_u64(number: u64) -> Result<Self, WireError> {
        i64::try_from(number).map(Self::from_i64).map_err(|_| WireError::Number("a count"))
    }

    /// The count.
    pub(super) fn to_u64(self) -> Result<u64, WireError> {
        self.to_i64().ok().and_then(|n| u64::try_from(n).ok()).ok_or(WireError::Number("a count"))
    }
}

/// A belief: the millionths of all outcomes but the last, which is what is missing to one million, with the power of
/// ten that they have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WireBelief {
    zeros: u8,
    shares: Bounded<u32, { MAX_OUTCOMES - 1 }>,
}

impl WireBelief {
    pub(super) fn from_belief(belief: &Belief) -> Result<Self, WireError> {
        let millionths = belief.millionths();
        let mut power = 1;
        let mut zeros = 0;
        while power < MILLION && millionths.iter().all(|m| m % (power * 10) == 0) {
            power *= 10;
            zeros += 1;
        }
        let told = millionths.split_last().map_or(&[][..], |(_, told)| told);
        let shares = told.iter().map(|m| m / power).collect();
        let shares = Bounded::new(shares).ok_or(WireError::TooMany("outcomes"))?;
        Ok(Self { zeros, shares })
    }

    pub(super) fn into_belief(self) -> Result<Belief, WireError> {
        let refused = || WireError::Number("a belief");
        let zeros = Some(u32::from(self.zeros)).filter(|&zeros| zeros <= 6).ok_or_else(refused)?;
        let power = 10_u32.pow(zeros);
        let mut millionths = Vec::with_capacity(MAX_OUTCOMES);
        let mut rest = MILLION;
        for share in self.shares.into_vec() {
            let share = share.checked_mul(power).ok_or_else(refused)?;
            rest = rest.checked_sub(share).ok_or_else(refused)?;
            millionths.push(share);
        }
        millionths.push(rest);
        Belief::from_millionths(millionths).map_err(|_| refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_come_back_to_the_bit() {
        for number in [0.0, 0.25, 1.0, 0.1 + 0.2, 1e-7, 123_456.789, 1.0 / 3.0, 6.02e60, -2.5] {
            let read = Decimal::from_f64(number).unwrap().to_f64().unwrap();
            assert_eq!(read.to_bits(), number.to_bits(), "{number}");
        }
        assert!(Decimal::from_f64(f64::NAN).is_err() && Decimal::from_f64(f64::INFINITY).is_err());
        assert!(Decimal { exponent: 127, mantissa: i64::MAX }.to_f64().is_ok());
    }

    #[test]
    fn integers_come_back_and_nonsense_does_not() {
        for number in [0, 1, 1_000_000, 100_000_000, -70, i64::MAX, i64::MIN] {
            assert_eq!(Decimal::from_i64(number).to_i64(), Ok(number));
        }
        assert_eq!(postcard::to_allocvec(&Decimal::from_i64(100_000_000)).unwrap(), [8, 2]);
        assert!(Decimal { exponent: 19, mantissa: 1 }.to_i64().is_err());
        assert!(Decimal { exponent: -1, mantissa: 10 }.to_i64().is_err());
        assert!(Decimal { exponent: 0, mantissa: -1 }.to_micros().is_err());
    }

    #[test]
    fn beliefs_come_back_and_nonsense_does_not() {
        for (weights, bytes) in [
            (&[0.62, 0.38][..], &[4, 1, 62][..]),
            (&[0.5, 0.5], &[5, 1, 5]),
            (&[1.0, 0.0], &[6, 1, 1]),
            (&[0.2, 0.3, 0.5], &[5, 2, 2, 3]),
            (&[0.123_456, 0.876_544], &[0, 1, 192, 196, 7]),
        ] {
            let belief = Belief::from_weights(weights).unwrap();
            let wire = WireBelief::from_belief(&belief).unwrap();
            assert_eq!(postcard::to_allocvec(&wire).unwrap(), bytes, "{weights:?}");
            assert_eq!(wire.into_belief(), Ok(belief));
        }
        for bytes in
            [&[7, 1, 1][..], &[4, 1, 101], &[9, 1, 0, 0], &[255, 1, 9], &[0, 1, 255, 255, 255, 255, 15]]
        {
            let wire: WireBelief = postcard::from_bytes(bytes).unwrap();
            assert!(wire.into_belief().is_err(), "{bytes:?}");
        }
        assert!(postcard::from_bytes::<WireBelief>(&[0, 12, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).is_err());
    }
}
