//! The one word that says how a run stands. It is derived, never stored beside what it is derived from.

use crate::run::{Ending, Phase};

/// How a run stands, as the page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStatus {
    /// There is no run.
    Idle,
    /// Answers are awaited or being traded.
    Running,
    /// A person has paused it.
    Paused,
    /// It ended in agreement.
    Converged,
    /// It ended without.
    Undecided,
    /// A person or a limit stopped it.
    Stopped,
    /// Nobody could answer.
    Failed,
    /// It ran its course, where there is nothing to agree on.
    Completed,
}

impl RunStatus {
    /// From where the run stands and whether somebody is running it: a log that was cut counts as stopped.
    pub fn of(phase: Phase, driven: bool, paused: bool) -> Self {
        match phase {
            Phase::Closed(Ending::Converged) => Self::Converged,
            Phase::Closed(Ending::Undecided) => Self::Undecided,
            Phase::Closed(Ending::Stopped) => Self::Stopped,
            Phase::Closed(Ending::Failed) => Self::Failed,
            Phase::Closed(Ending::Completed) => Self::Completed,
            _ if paused && driven => Self::Paused,
            _ if driven => Self::Running,
            _ => Self::Stopped,
        }
    }

    /// The text of `data-status`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
            // Whoever waits for the end of a run waits for this word.
            Self::Converged | Self::Completed => "converged",
            Self::Undecided => "undecided",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    /// Whether more may happen.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Paused)
    }
}
