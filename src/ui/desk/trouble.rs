//! What went wrong, in words for a person, and how it is shown and taken back. It does not know which room it comes from.

use leptos::prelude::*;

use super::Desk;

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

impl Desk {
    /// Nothing that went wrong or was said before is of interest any more: something else has succeeded, or another page
    /// comes.
    pub fn all_is_well(self) {
        self.trouble.try_set(None);
        self.announcement.try_set(String::new());
    }

    /// Shows what went wrong.
    pub fn fail(self, title: impl Into<String>, what: impl Into<String>, next_step: impl Into<String>) {
        let trouble = Trouble { title: title.into(), what: what.into(), next_step: next_step.into() };
        self.trouble.try_set(Some(trouble));
    }

    /// Says a sentence to people who listen.
    pub fn announce(self, sentence: impl Into<String>) {
        self.announcement.try_set(sentence.into());
    }
}
