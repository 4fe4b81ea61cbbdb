//! Prices as pitch, for people who listen to the chart: two octaves from never to surely, even odds in the middle.

use crate::market::math::{exp, ln};

/// The note of a price of 0, in hertz: A below middle C.
const LOWEST_HERTZ: f64 = 220.0;
/// How many times higher the note of a price of 1 is.
const SPAN: f64 = 4.0;

/// The frequency that stands for a price, in hertz: equal steps of price are equal steps of pitch.
pub fn pitch(price: f64) -> f64 {
    let price = if price.is_finite() { price.clamp(0.0, 1.0) } else { 0.0 };
    LOWEST_HERTZ * exp(price * ln(SPAN))
}

#[cfg(test)]
mod tests {
    use super::pitch;

    #[test]
    fn two_octaves_with_even_odds_in_the_middle() {
        for (price, hertz) in [(0.0, 220.0), (0.5, 440.0), (1.0, 880.0), (-1.0, 220.0), (f64::NAN, 220.0)] {
            assert!((pitch(price) - hertz).abs() < 1e-9, "{price}: {}", pitch(price));
        }
        assert!(pitch(0.6) > pitch(0.59));
    }
}
