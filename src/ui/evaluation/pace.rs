//! How fast an evaluation goes, and how long it will still take: from the questions that were done since it last went on.

/// The work since it last went on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Questions that were done.
    pub done: usize,
    /// How long that took, in milliseconds.
    pub millis: u64,
}

impl Pace {
    /// Questions a minute; `None` before there is one.
    pub fn a_minute(self) -> Option<f64> {
        (self.done > 0 && self.millis > 0).then(|| self.done as f64 * 60_000.0 / self.millis as f64)
    }

    /// Milliseconds that so many more will take; `None` before anybody can say.
    pub fn left_millis(self, open: usize) -> Option<u64> {
        (self.done > 0).then(|| (self.millis as f64 / self.done as f64 * open as f64) as u64)
    }
}
