//! The page's clock, for sessions: the only place where a run's surroundings learn the time.

use futures_util::future::LocalBoxFuture;

use crate::session::Clock;

/// Today, as year, month and day.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// Wall-clock time and the browser's timers.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageClock;

impl Clock for PageClock {
    fn now_millis(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn sleep(&self, millis: u64) -> LocalBoxFuture<'static, ()> {
        Box::pin(super::task::sleep(u32::try_from(millis).unwrap_or(u32::MAX)))
    }
}
