//! The records of a kept run: its set-up, its events one by one, the answers that are in ahead of their round's end,
//! and the times of its calls. Events are kept raw with their digests, so that damage is seen and can be shown.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ArchiveError, RECORD_VERSION, record, text_of};
use crate::audit::{Entry, Head};
use crate::prng::Seed;
use crate::run::{AgentReply, Document, ENGINE, Run, RunEvent};
use crate::session::{CallTiming, ConnectionId, StoredReply};

/// Where a kept run comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It was asked here.
    Here,
    /// It came as a file.
    Imported,
}

/// What a run starts from. Which address and key a connection stands for is settled elsewhere, and may have changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    version: u32,
    /// The engine that made the run.
    pub engine: String,
    /// Where the run comes from.
    pub origin: Origin,
    /// When it began or arrived, in milliseconds since 1970.
    pub started_millis: u64,
    /// Its set-up, raw.
    pub spec: Value,
    /// The connection of each agent, by number.
    pub connections: Vec<Option<u32>>,
    /// The head that an imported run claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_head: Option<Head>,
    /// What seals the stop of a self-resolving market that begins here. It never leaves the device before the run shows
    /// it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_secret: Option<Seed>,
    /// The times that came with an imported run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timings: Option<Value>,
    /// What a market elsewhere said of the same question. No part of what the run is, so it stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_price: Option<Value>,
    /// Whether kept replies are taken in place of calls. No part of what the run is, so it stands here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reuse: bool,
}

impl SetUp {
    /// Of a run that begins here.
    pub fn here(run: &Run, connections: &[Option<ConnectionId>], started_millis: u64, reuse: bool) -> Self {
        Self {
            version: RECORD_VERSION,
            engine: ENGINE.to_owned(),
            origin: Origin::Here,
            started_millis,
            spec: serde_json::to_value(run.spec()).unwrap_or_default(),
            connections: connections.iter().map(|id| id.map(|ConnectionId(id)| id)).collect(),
            claimed_head: None,
            stop_secret: run.state().stop_secret(),
            timings: None,
            listed_price: None,
            reuse,
        }
    }

    /// Of a run that came as a file.
    pub fn imported(document: &Document, started_millis: u64) -> Self {
        Self {
            version: RECORD_VERSION,
            engine: document.engine.clone(),
            origin: Origin::Imported,
            started_millis,
            spec: document.spec.clone(),
            connections: Vec::new(),
            claimed_head: Some(document.head),
            stop_secret: None,
            timings: document.timings.clone(),
            listed_price: document.listed_price.clone(),
            reuse: false,
        }
    }

    /// The record.
    pub fn to_text(&self) -> String {
        text_of(self)
    }

    /// From the record.
    ///
    /// # Errors
    /// It is none, or of a later version.
    pub fn from_text(text: &str) -> Result<Self, ArchiveError> {
        record(text)
    }
}

/// An entry of the log as a record.
pub fn entry_text<E: Serialize>(entry: &Entry<E>) -> String {
    text_of(entry)
}

/// Whether a run was kept from this very file: the same set-up, claims and times, and every event to the letter.
pub fn is_file(set_up: &str, events: &[String], document: &Document) -> bool {
    let Ok(kept) = SetUp::from_text(set_up) else { return false };
    let as_kept = SetUp::imported(document, kept.started_millis);
    kept == as_kept
        && events.len() == document.events.len()
        && document.events.iter().zip(events).all(|(entry, text)| entry_text(entry) == *text)
}

/// The entries of a run after the first `known`, as records with their numbers.
pub fn events_of(run: &Run, known: u64) -> Vec<(u64, String)> {
    let entries: &[Arc<Entry<RunEvent>>] = run.log().entries();
    let start = usize::try_from(known).unwrap_or(usize::MAX).min(entries.len());
    entries[start..].iter().map(|entry| (entry.seq, entry_text(&**entry))).collect()
}

/// An answer as a record.
pub fn reply_text(round: u32, reply: &AgentReply) -> String {
    text_of(&StoredReply::new(round, reply.clone()))
}

/// The times of a call as a record.
pub fn timing_text(timing: &CallTiming) -> String {
    text_of(timing)
}
