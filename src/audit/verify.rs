//! Checks a chain that came from elsewhere, over raw JSON: an event that this program cannot even read still has
//! a digest that can be wrong. What events mean is checked by whoever knows them.

use serde_json::Value;

use super::digest::digest_of;
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

/// Checks every digest from the header on, every number, and the head.
///
/// # Errors
/// The first fault.
pub fn verify_chain(header: &Value, entries: &[Entry<Value>], head: &Head) -> Result<(), ChainFault> {
    let fault = |seq: u64, kind: FaultKind| Err(ChainFault { seq, kind });
    let Ok(mut previous) = digest_of(header) else { return fault(1, FaultKind::Digest) };
    for (place, entry) in (1_u64..).zip(entries) {
        if entry.seq != place {
            return fault(place, FaultKind::Misplaced);
        }
        match entry_digest(&previous, place, &entry.event) {
            Ok(digest) if digest == entry.digest => previous = digest,
            _ => return fault(place, FaultKind::Digest),
        }
    }
    let count = entries.len() as u64;
    if head.seq != count {
        // Cut: the first missing entry. Lengthened: the first that the head does not know.
        return fault(head.seq.min(count) + 1, FaultKind::Length);
    }
    if head.digest != previous {
        return fault(count.max(1), FaultKind::Head);
    }
    Ok(())
}
