//! Milliseconds since 1970 as other tools write them, in UTC. Proleptic Gregorian dates, without a table or a crate.

const DAY_SECONDS: u64 = 86_400;

/// As ISO 8601: `2026-11-25T15:00:00.123+00:00`.
pub fn iso(millis: u64) -> String {
    let (date, seconds) = date(millis / 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{:03}+00:00", millis % 1_000)
}

/// The same for the name of a file, to the second: `2026-11-25T15-00-00+00-00`, as Inspect begins its own.
pub fn file_time(millis: u64) -> String {
    iso(millis / 1_000 * 1_000).replace(".000", "").replace(':', "-")
}

/// The date, and the seconds since its midnight.
fn date(seconds: u64) -> (String, u64) {
    let (days, rest) = (seconds / DAY_SECONDS, seconds % DAY_SECONDS);
    // Days since 0000-03-01, in eras of 400 years that are all alike; a year that begins in March has its leap day last
    // (Hinnant, “chrono-compatible low-level date algorithms”).
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let of_month = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (format!("{:04}-{month:02}-{of_month:02}", era * 400 + year + next), rest)
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
