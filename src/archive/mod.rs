//! What is kept of a run from visit to visit, as texts that any store can hold, and the way back from the texts to a
//! run. It does not know the store, and no record has a field for a key or an address: a connection is a number here.

mod card;
mod group;
mod label;
mod reader;
mod records;
mod reply;

pub use card::{Card, Comparison};
pub use group::{Listed, grouped};
pub use label::{Label, Part};
pub use reader::{Ours, Raw, Read, Reader, WhyRaw};
pub use records::{Origin, SetUp, entry_text, events_of, is_file, reply_text, timing_text};
pub use reply::{Holdings, MOST, RepliesInMemory, ReplySize, kept_reply, kept_reply_text, surplus};

/// The version of every record. A record of a later version is not read.
pub const RECORD_VERSION: u32 = 1;

/// Why something that was kept cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// A later version of this program wrote it.
    #[error("a newer Credence kept it (version {0} of its records; this one reads {RECORD_VERSION})")]
    Newer(u64),
    /// It is no record.
    #[error("what was kept cannot be read: {0}")]
    Unreadable(String),
    /// Its set-up breaks a limit, or is of another kind than this program knows.
    #[error("its set-up cannot be read: {0}")]
    SetUp(String),
}

/// Reads a record and its version.
fn record<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ArchiveError> {
    #[derive(serde::Deserialize)]
    struct Kind {
        version: u64,
    }
    let unreadable = |error: serde_json::Error| ArchiveError::Unreadable(error.to_string());
    let kind: Kind = serde_json::from_str(text).map_err(unreadable)?;
    if kind.version > u64::from(RECORD_VERSION) {
        return Err(ArchiveError::Newer(kind.version));
    }
    serde_json::from_str(text).map_err(unreadable)
}

/// Writes a record.
fn text_of<T: serde::Serialize>(record: &T) -> String {
    // Records are plain data with text keys: writing one cannot fail.
    serde_json::to_string(record).unwrap_or_default()
}
