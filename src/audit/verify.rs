//! Checks a chain that came from elsewhere, over raw JSON: an event that this program cannot even read still has
//! a digest that can be wrong. What events mean is checked by whoever knows them.

use serde_json::Value;

use super::digest::{Digest, digest_of};
use super::log::{Entry, Head, entry_digest};

/// The first place where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {kind}")]
pub struct ChainFault {
    /// The number of the entry, counted by its place from 1; one past the end if the fault is what is missing.
    pub seq: u64,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The entry has another number than its place.
    #[error("it is not in its place")]
    Misplaced,
    /// The digest does not follow from the entry and what stands before it.
    #[error("its digest does not match its content and what stands before it")]
    Digest,
    /// The log has fewer or more entries than the head says.
    #[error("the log does not end where its head says it does")]
    Length,
    /// The head's digest is not the last entry's.
    #[error("the head is not the digest of the last event")]
    Head,
}

/// A check of every digest from the header on, every number, and the head, one entry at a time.
pub struct ChainCheck<'a> {
    entries: &'a [Entry<Value>],
    head: Head,
    /// The digest of the last entry that holds; `None` if even the header has none.
    previous: Option<Digest>,
    checked: usize,
}

impl<'a> ChainCheck<'a> {
    /// Starts at the header.
    pub fn new(header: &Value, entries: &'a [Entry<Value>], head: Head) -> Self {
        Self { entries, head, previous: digest_of(header).ok(), checked: 0 }
    }

    /// Entries that hold.
    pub fn checked(&self) -> usize {
        self.checked
    }

    /// Checks the next entry; true once all and the head are checked.
    ///
    /// # Errors
    /// The first fault.
    pub fn work(&mut self) -> Result<bool, ChainFault> {
        let place = self.checked as u64 + 1;
        let fault = |seq: u64, kind: FaultKind| Err(ChainFault { seq, kind });
        let Some(previous) = self.previous else { return fault(1, FaultKind::Digest) };
        let Some(entry) = self.entries.get(self.checked) else { return self.check_head(previous) };
        if entry.seq != place {
            return fault(place, FaultKind::Misplaced);
        }
        match entry_digest(&previous, place, &entry.event) {
            Ok(digest) if digest == entry.digest => self.previous = Some(digest),
            _ => return fault(place, FaultKind::Digest),
        }
        self.checked += 1;
        Ok(false)
    }

    fn check_head(&self, last: Digest) -> Result<bool, ChainFault> {
        let count = self.entries.len() as u64;
        if self.head.seq != count {
            // Cut: the first missing entry. Lengthened: the first that the head does not know.
            let seq = self.head.seq.min(count).saturating_add(1);
            return Err(ChainFault { seq, kind: FaultKind::Length });
        }
        if self.head.digest != last {
            return Err(ChainFault { seq: count.max(1), kind: FaultKind::Head });
        }
        Ok(true)
    }
}

/// Checks a whole chain at once.
///
/// # Errors
/// The first fault.
pub fn verify_chain(header: &Value, entries: &[Entry<Value>], head: &Head) -> Result<(), ChainFault> {
    let mut check = ChainCheck::new(header, entries, *head);
    while !check.work()? {}
    Ok(())
}
