//! How numbers are written in English.

/// Between the whole and the fraction.
pub const DECIMAL: &str = ".";
/// Between thousands.
pub const THOUSANDS: char = ',';
