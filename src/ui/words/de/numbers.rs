//! How numbers are written in German.

/// Between the whole and the fraction.
pub const DECIMAL: &str = ",";
/// Between thousands.
pub const THOUSANDS: char = '.';
