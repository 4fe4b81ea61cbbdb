//! The append-only log itself. Entries are immutable and numbered from 1; the head names the whole log.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::AuditError;
use super::digest::{Digest, canonical_bytes, digest_of};

/// An event in its place in the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<E> {
    /// Its number, from 1.
    pub seq: u64,
    /// SHA-256(previous digest ‖ JCS({"event", "seq"})).
    pub digest: Digest,
    /// The event.
    pub event: E,
}

/// The last entry's number and digest: they name the log as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// How many entries there are.
    pub seq: u64,
    /// The last entry's digest; the header's, if there is none.
    pub digest: Digest,
}

/// What is hashed of an entry: all but its digest.
#[derive(Serialize)]
struct Body<'a, E> {
    event: &'a E,
    seq: u64,
}

/// The digest of entry `seq` after `previous`.
pub(super) fn entry_digest<E: Serialize>(
    previous: &Digest,
    seq: u64,
    event: &E,
) -> Result<Digest, AuditError> {
    Ok(previous.extend(&canonical_bytes(&Body { event, seq })?))
}

/// An append-only log. Cloning is cheap enough for a page: entries are shared.
#[derive(Clone, Debug)]
pub struct Log<E> {
    origin: Digest,
    entries: Vec<Arc<Entry<E>>>,
}

impl<E: Serialize> Log<E> {
    /// An empty log under `header`.
    ///
    /// # Errors
    /// A header that has no canonical JSON.
    pub fn new<H: Serialize>(header: &H) -> Result<Self, AuditError> {
        Ok(Self { origin: digest_of(header)?, entries: Vec::new() })
    }

    /// Adds an event to the end.
    ///
    /// # Errors
    /// An event that has no canonical JSON; the log is then unchanged.
    pub fn append(&mut self, event: E) -> Result<&Entry<E>, AuditError> {
        let head = self.head();
        let seq = head.seq + 1;
        let digest = entry_digest(&head.digest, seq, &event)?;
        self.entries.push(Arc::new(Entry { seq, digest, event }));
        Ok(&self.entries[self.entries.len() - 1])
    }

    /// The head.
    pub fn head(&self) -> Head {
        match self.entries.last() {
            Some(entry) => Head { seq: entry.seq, digest: entry.digest },
            None => Head { seq: 0, digest: self.origin },
        }
    }

    /// All entries, first first.
    pub fn entries(&self) -> &[Arc<Entry<E>>] {
        &self.entries
    }

    /// All events, first first.
    pub fn events(&self) -> impl Iterator<Item = &E> {
        self.entries.iter().map(|entry| &entry.event)
    }
}
