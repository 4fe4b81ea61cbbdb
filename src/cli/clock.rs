//! The native clock, for sessions: beside the page's the only place that learns the time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::future::LocalBoxFuture;

use crate::session::Clock;

/// The system's time and tokio's timers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    fn now_millis(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn sleep(&self, millis: u64) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move {
            match millis {
                0 => tokio::task::yield_now().await,
                millis => tokio::time::sleep(Duration::from_millis(millis)).await,
            }
        })
    }
}
