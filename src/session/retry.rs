//! How long to wait before a request is sent again: exponential back-off with jitter, or what the server asks for.
//! It does not wait itself, and it does not decide what is worth a retry; `CallError::is_retryable` does.

use crate::prng::Prng;

/// The rule for waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// Attempts at most, the first one included.
    pub attempts: u32,
    /// The shortest wait; the ceiling starts at twice this and doubles with every attempt …
    pub shortest_millis: u64,
    /// … up to this.
    pub longest_millis: u64,
    /// A server that asks for more patience than this is given up at once.
    pub patience_millis: u64,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { attempts: 4, shortest_millis: 1_000, longest_millis: 30_000, patience_millis: 120_000 }
    }
}

impl Backoff {
    /// The wait after so many failed attempts, or `None` to give up. Drawn anywhere between the shortest wait and the
    /// ceiling, so that agents that failed together do not return together. `Retry-After` is honoured, with a little
    /// jitter on top.
    pub fn wait_millis(
        &self,
        failed: u32,
        retry_after_seconds: Option<u64>,
        jitter: &mut Prng,
    ) -> Option<u64> {
        if failed >= self.attempts {
            return None;
        }
        if let Some(seconds) = retry_after_seconds {
            let asked = seconds.saturating_mul(1_000);
            return (asked <= self.patience_millis).then(|| asked + jitter.below(self.shortest_millis + 1));
        }
        let doubled = self.shortest_millis.saturating_mul(1 << failed.min(20));
        let ceiling = doubled.clamp(self.shortest_millis, self.longest_millis.max(self.shortest_millis));
        Some(self.shortest_millis + jitter.below(ceiling - self.shortest_millis + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prng::Seed;

    #[test]
    fn waits_stay_in_their_range_and_differ() {
        let backoff = Backoff { attempts: 9, ..Backoff::default() };
        let mut jitter = Seed::new(1).stream("test");
        for (failed, retry_after, least, most) in [
            (1, None, 1_000, 2_000),
            (2, None, 1_000, 4_000),
            (4, None, 1_000, 16_000),
            (8, None, 1_000, 30_000),
            (1, Some(7), 7_000, 8_000),
            (8, Some(0), 0, 1_000),
        ] {
            let waits: Vec<u64> =
                (0..200).filter_map(|_| backoff.wait_millis(failed, retry_after, &mut jitter)).collect();
            assert_eq!(waits.len(), 200);
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{failed}: {waits:?}");
            let (low, high) = (waits.iter().min(), waits.iter().max());
            assert!(
                high.zip(low).is_some_and(|(high, low)| high - low > (most - least) / 2),
                "no jitter: {waits:?}"
            );
        }
        assert_eq!(backoff.wait_millis(9, None, &mut jitter), None);
        assert_eq!(backoff.wait_millis(1, Some(121), &mut jitter), None);
        assert_eq!(backoff.wait_millis(1, Some(u64::MAX), &mut jitter), None);
    }
}
