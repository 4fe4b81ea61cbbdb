//! When calls were made and how long they took: kept beside the run, outside its chain, so that the same replies give
//! the same digest whenever they come. It is data only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::run::Purpose;

/// The times of a run's calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timings {
    /// One entry a call, in the order in which they ended.
    pub entries: Vec<CallTiming>,
    /// How long rounds were under way, in all sessions together: pauses do not count.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub worked_millis: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_zero(millis: &u64) -> bool {
    *millis == 0
}

/// The times of one call, with all its attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallTiming {
    /// The round.
    pub round: u32,
    /// The agent's place in the roster.
    pub agent: usize,
    /// What the call was for.
    pub purpose: Purpose,
    /// How often a request was sent, retries included.
    pub attempts: u32,
    /// When the first was sent, in milliseconds since 1970.
    pub started_millis: u64,
    /// From there to the end, waits included.
    pub latency_millis: u64,
    /// Why it was sent again, each time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retries: Vec<Retry>,
}

/// Why a request was sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// What had gone wrong, in a few words.
    pub reason: String,
    /// How long was waited.
    pub wait_millis: u64,
}

impl Timings {
    /// The times of calls whose working time nobody kept: a round was under way from its first call to the end of its
    /// last.
    pub fn of_entries(entries: Vec<CallTiming>) -> Self {
        let mut rounds: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        for entry in &entries {
            let (begin, end) =
                (entry.started_millis, entry.started_millis.saturating_add(entry.latency_millis));
            let span = rounds.entry(entry.round).or_insert((begin, end));
            *span = (span.0.min(begin), span.1.max(end));
        }
        let worked_millis =
            rounds.values().fold(0, |sum: u64, (begin, end)| sum.saturating_add(end.saturating_sub(*begin)));
        Self { entries, worked_millis }
    }

    /// As they stand in a file beside the chain; nothing where no call was made.
    pub fn to_value(&self) -> Option<serde_json::Value> {
        if self.entries.is_empty() { None } else { serde_json::to_value(self).ok() }
    }

    /// How long a round was under way, for everybody or for one agent: from its first call to the end of its last.
    pub fn round_millis(&self, round: u32, only: Option<usize>) -> u64 {
        let of_it =
            |entry: &&CallTiming| entry.round == round && only.is_none_or(|agent| entry.agent == agent);
        Self::of_entries(self.entries.iter().filter(of_it).cloned().collect()).worked_millis
    }

    /// Requests sent, retries included.
    pub fn attempts(&self) -> u32 {
        self.entries.iter().fold(0, |total, entry| total.saturating_add(entry.attempts))
    }
}
