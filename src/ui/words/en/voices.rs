//! What simulated traders say. Their words are part of the run, the same in every language, so that a link has one digest.

/// Words of an agent as they are shown; in English just as they were said.
pub fn said(words: &str) -> String {
    words.to_owned()
}
