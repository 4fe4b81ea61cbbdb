//! A recorded run as exporters read it: set-up, events with their digests, and each call with its time, as far as the
//! file has times. Kept replies have none: nothing was sent for them.

use serde::Deserialize;

use crate::audit::{Digest, Entry, Head};
use crate::run::{CallRecord, Document, Purpose, RunError, RunEvent, RunSpec};

/// From when to when, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The begin.
    pub begin_millis: u64,
    /// The end.
    pub end_millis: u64,
}

/// A run with its times.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The set-up.
    pub spec: RunSpec,
    /// The head of its log.
    pub head: Head,
    /// The events, each with its digest.
    pub events: Vec<Entry<RunEvent>>,
    times: Vec<CallTime>,
}

/// One call of a recorded run.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// What was asked and what came.
    pub record: &'a CallRecord,
    /// The digest of its event.
    pub digest: Digest,
    /// When, where that is known.
    pub span: Option<Span>,
    /// How often it was sent, where that is known.
    pub attempts: Option<u32>,
}

/// The times beside a run's chain, as far as they are needed here.
#[derive(Default, Deserialize)]
struct Times {
    #[serde(default)]
    entries: Vec<CallTime>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct CallTime {
    round: u32,
    agent: usize,
    purpose: Purpose,
    attempts: u32,
    started_millis: u64,
    latency_millis: u64,
}

impl Recorded {
    /// Reads a run file's content. It does not check the chain: that is `verify`'s.
    ///
    /// # Errors
    /// A set-up or an event that this program cannot read.
    pub fn read(document: &Document) -> Result<Self, RunError> {
        let event = |entry: &Entry<serde_json::Value>| {
            let event = RunEvent::deserialize(&entry.event)
                .map_err(|error| RunError::Unreadable(format!("event {}: {error}", entry.seq)))?;
            Ok(Entry { seq: entry.seq, digest: entry.digest, event })
        };
        // Times that cannot be read are as good as none: they are no part of what the run says.
        let times = document.timings.as_ref().and_then(|times| Times::deserialize(times).ok());
        Ok(Self {
            spec: document.read_spec()?,
            head: document.head,
            events: document.events.iter().map(event).collect::<Result<_, RunError>>()?,
            times: times.unwrap_or_default().entries,
        })
    }

    /// Its calls, in the order of the log, each with its own time: the calls of one agent, round and purpose stand in both
    /// lists in the same order.
    pub fn calls(&self) -> Vec<Call<'_>> {
        let mut times: Vec<Option<&CallTime>> = self.times.iter().map(Some).collect();
        let mut timed = |call: &CallRecord| {
            let same = |time: &CallTime| {
                (time.round, time.agent, time.purpose) == (call.round, call.agent, call.purpose)
            };
            times.iter_mut().find(|time| time.is_some_and(same)).and_then(Option::take)
        };
        let calls = self.events.iter().filter_map(|entry| match &entry.event {
            RunEvent::Call(record) => Some((record, entry.digest)),
            _ => None,
        });
        calls
            .map(|(record, digest)| {
                let time = if record.reused.is_some() { None } else { timed(record) };
                let span = time.map(|time| Span {
                    begin_millis: time.started_millis,
                    end_millis: time.started_millis.saturating_add(time.latency_millis),
                });
                Call { record, digest, span, attempts: time.map(|time| time.attempts) }
            })
            .collect()
    }

    /// From its first call to the end of its last; `None` where no call has a time.
    pub fn span(&self) -> Option<Span> {
        let ends = self.times.iter().map(|time| time.started_millis.saturating_add(time.latency_millis));
        let begin_millis = self.times.iter().map(|time| time.started_millis).min()?;
        Some(Span { begin_millis, end_millis: ends.max()? })
    }

    /// The last prices, or what stands in their place: a probability of each outcome.
    pub fn prices(&self) -> Option<&[f64]> {
        self.events.iter().rev().find_map(|entry| match &entry.event {
            RunEvent::Closed { prices, .. }
            | RunEvent::RoundClosed { prices, .. }
            | RunEvent::TurnClosed { prices, .. } => Some(prices.as_slice()),
            _ => None,
        })
    }
}
