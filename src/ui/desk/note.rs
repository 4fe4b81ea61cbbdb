//! What is to be said about how an open run came here and whether it goes on. It holds no words.

/// A note above a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Another tab drives it; this one only shows it.
    Elsewhere,
    /// The tab that drove it is gone: this one may go on.
    Free,
    /// Another tab has taken it over.
    TakenOver,
    /// It goes on from here and waits for keys of these connections.
    NeedsKeys(Vec<String>),
    /// It goes on from here, but connections that it used are gone.
    NeedsConnections,
    /// An engine of another version made it.
    OtherEngine,
    /// What was kept of it is damaged from this event on.
    Damaged(u64),
    /// The file that was just opened is the one that it was kept from.
    OpenedBefore,
}

impl Note {
    /// Whether this tab only looks on.
    pub fn is_read_only(&self) -> bool {
        matches!(self, Self::Elsewhere | Self::Free | Self::TakenOver)
    }
}
