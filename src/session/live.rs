//! What a page shows of a session that the log does not hold (yet): who is thinking, the words so far, who waits for
//! what. Plain data with a revision; it decides nothing.

use super::limits::Spent;
use crate::run::{AgentReply, FailureKind};

/// The session as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Grows with every change.
    pub revision: u64,
    /// What the session is doing.
    pub phase: Phase,
    /// The round that is being asked, from 1; 0 before the first.
    pub round: u32,
    /// The agents, in roster order.
    pub agents: Vec<AgentLive>,
    /// Calls, tokens and money so far, as the run's limits count them: transport retries are calls, and what no server
    /// counted is the most that it can have been.
    pub spent: Spent,
    /// The same with a likely figure where no server counted …
    pub likely: Spent,
    /// … and whether there is such a figure in it.
    pub estimated: bool,
}

/// What a session is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing yet.
    #[default]
    Idle,
    /// It runs.
    Running,
    /// It pauses: a round under way is finished, the next one waits.
    Paused,
    /// The run is closed.
    Finished,
    /// The run refused an input, which is a mistake in the program; the log up to there is good.
    Broken(String),
}

/// One agent as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentLive {
    /// What it is doing.
    pub status: AgentStatus,
    /// What has arrived of its current reply, raw.
    pub words: String,
    /// Attempts of its current call so far, the one under way included.
    pub attempts: u32,
}

/// What an agent is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AgentStatus {
    /// Nothing is asked of it.
    #[default]
    Idle,
    /// It waits for its turn at the server.
    Queued,
    /// A call is under way.
    Thinking {
        /// When it was sent.
        since_millis: u64,
        /// Whether it is a second try after an unreadable answer.
        repair: bool,
    },
    /// It waits before it tries again.
    Waiting {
        /// Whole seconds left, rounded up.
        seconds_left: u64,
        /// Why, in two or three words.
        reason: &'static str,
        /// What happened and what can be done.
        message: String,
    },
    /// It answered in this round.
    Answered,
    /// It gave no answer in this round.
    Failed {
        /// What kind of failure.
        kind: FailureKind,
        /// What happened and what can be done.
        message: String,
        /// Whether it can be asked again, since the round is still open.
        again: bool,
    },
}

impl AgentStatus {
    /// What a reply makes of the agent.
    pub(super) fn after(reply: &AgentReply, again: bool) -> Self {
        match &reply.result {
            Ok(_) => Self::Answered,
            Err(failure) => Self::Failed { kind: failure.kind, message: failure.message.clone(), again },
        }
    }

    /// The round is over.
    pub(super) fn close(&mut self) {
        if let Self::Failed { again, .. } = self {
            *again = false;
        }
    }

    /// Whether the round waits for it.
    pub fn is_awaited(&self) -> bool {
        matches!(self, Self::Queued | Self::Thinking { .. } | Self::Waiting { .. })
    }
}
