//! What ends the wait for an agent from outside: Stop, the run's limit of time, or a person who goes on without it.
//! And the watch that counts the time: only rounds under way count, so a pause costs none of it.

use std::cell::Cell;
use std::future::pending;
use std::pin::pin;

use futures_util::FutureExt;

use super::control::Wish;
use super::ports::Clock;
use super::run_loop::Shared;
use crate::run::{Failure, FailureKind};

/// Why nobody waits for the agent any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interruption {
    /// Stop was pressed.
    Stopped,
    /// The run has worked for so many seconds, which is its limit.
    TimeOver(u32),
    /// A person went on without the agent.
    LeftOut,
}

impl Interruption {
    /// What it is to the agent.
    pub(super) fn failure(self) -> Failure {
        let (kind, message) = match self {
            Self::Stopped => {
                (FailureKind::Stopped, "The run was stopped before this agent had answered.".to_owned())
            }
            Self::TimeOver(seconds) => (
                FailureKind::TimeLimit,
                format!(
                    "The run's limit of {seconds} s is used up. Allow more time and run again, or ask faster models."
                ),
            ),
            Self::LeftOut => (
                FailureKind::LeftOut,
                "You went on without this agent before it had answered. While the round is open it can be asked again."
                    .to_owned(),
            ),
        };
        Failure { kind, message }
    }
}

/// Counts the time that a run works.
#[derive(Debug, Default)]
pub(super) struct Stopwatch {
    counted_millis: Cell<u64>,
    since_millis: Cell<Option<u64>>,
}

impl Stopwatch {
    /// A watch that has counted so much in an earlier session.
    pub(super) fn after(counted_millis: u64) -> Self {
        Self { counted_millis: Cell::new(counted_millis), since_millis: Cell::new(None) }
    }

    pub(super) fn start(&self, clock: &dyn Clock) {
        self.since_millis.set(Some(clock.now_millis()));
    }

    pub(super) fn stop(&self, clock: &dyn Clock) {
        self.counted_millis.set(self.millis(clock));
        self.since_millis.set(None);
    }

    /// All that was counted, the round under way included.
    pub(super) fn millis(&self, clock: &dyn Clock) -> u64 {
        let running = self.since_millis.get().map_or(0, |since| clock.now_millis().saturating_sub(since));
        self.counted_millis.get().saturating_add(running)
    }
}

impl Shared {
    /// Ends when nobody waits for the agent any more.
    pub(super) async fn interrupted(&self, agent: usize) -> Interruption {
        let mut stop = pin!(self.control.stopped().fuse());
        let mut left_out = pin!(self.control.wished(agent, Wish::GoOnWithout).fuse());
        let mut time_over = pin!(self.time_over().fuse());
        futures_util::select_biased! {
            () = stop => Interruption::Stopped,
            () = left_out => Interruption::LeftOut,
            seconds = time_over => Interruption::TimeOver(seconds),
        }
    }

    /// Ends when the run has worked as long as it may.
    async fn time_over(&self) -> u32 {
        let Some(seconds) = self.max_seconds else { return pending().await };
        loop {
            let worked = self.watch.millis(&*self.clock);
            let left = (u64::from(seconds) * 1_000).saturating_sub(worked);
            if left == 0 {
                return seconds;
            }
            self.clock.sleep(left).await;
        }
    }
}
