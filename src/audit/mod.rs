//! A tamper-evident log: entries of any serialisable event, chained by SHA-256 over RFC 8785 canonical JSON.
//! It does not know what an event is, nor what a chain cannot prove (that a recorded reply was really given).

mod digest;
mod log;
mod verify;

pub use digest::{Digest, canonical_bytes, digest_of};
pub use log::{Entry, Head, Log};
pub use verify::{ChainCheck, ChainFault, FaultKind, verify_chain};

/// Why a value cannot enter a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// It has no canonical JSON (a NaN, an infinity, a map with keys that are not strings).
    #[error("the value has no canonical JSON: {0}")]
    NotCanonical(String),
}
