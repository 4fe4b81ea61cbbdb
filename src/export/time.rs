//! Milliseconds since 1970 as other tools write them, in UTC.

use time::OffsetDateTime;

/// As ISO 8601: `2026-11-25T15:00:00.123+00:00`.
pub fn iso(millis: u64) -> String {
    let seconds = i64::try_from(millis / 1_000).unwrap_or(i64::MAX);
    // Times after the year 9999 are nobody's; they are written as the first.
    let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (date, (hour, minute, second)) = (at.date(), at.to_hms());
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{:03}+00:00", millis % 1_000)
}

/// The same for the name of a file, to the second: `2026-11-25T15-00-00+00-00`, as Inspect begins its own.
pub fn file_time(millis: u64) -> String {
    iso(millis / 1_000 * 1_000).replace(".000", "").replace(':', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000+00:00"),
            (951_782_399_999, "2000-02-28T23:59:59.999+00:00"),
            (951_782_400_000, "2000-02-29T00:00:00.000+00:00"),
            (1_709_251_199_000, "2024-02-29T23:59:59.000+00:00"),
            (1_764_085_007_123, "2025-11-25T15:36:47.123+00:00"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000+00:00"),
        ] {
            assert_eq!(iso(millis), text);
        }
        assert_eq!(file_time(1_764_085_007_123), "2025-11-25T15-36-47+00-00");
    }
}
