//! What went wrong, in words for a person. It does not know which room it comes from.

/// An error to show: what happened, why, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What happened, in a few words.
    pub title: String,
    /// What happened in detail, and why.
    pub what: String,
    /// What can be done about it.
    pub next_step: String,
}
