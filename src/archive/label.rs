//! What a person made of a kept run: its name, whether it is pinned, whether it is thrown away. It is a record of its
//! own, so that the tab that drives the run and the tab that renames it never write the same one.

use serde::{Deserialize, Serialize};

use super::{ArchiveError, RECORD_VERSION, record, text_of};

/// The longest name, in characters.
const MOST_CHARS: usize = 200;

/// What a run belongs to, if it was not asked for itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Part {
    /// It asks one option of a decision.
    Decision {
        /// What the decision is to reach.
        name: String,
        /// When it was asked, in milliseconds since 1970: it tells one decision from another.
        asked_millis: u64,
    },
    /// It answers one question of an evaluation.
    Evaluation {
        /// What its file of questions is called.
        name: String,
        /// The evaluation's id on this device.
        id: String,
    },
}

/// One run's label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    version: u32,
    /// A name of its own; its question otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it stands at the top.
    #[serde(default)]
    pub pinned: bool,
    /// When it was thrown away: it can be taken back until it is removed for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_millis: Option<u64>,
    /// What it belongs to. The page that began it or opened it writes this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

impl Default for Label {
    fn default() -> Self {
        Self { version: RECORD_VERSION, name: None, pinned: false, deleted_millis: None, part: None }
    }
}

impl Label {
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

    /// Gives it another name; white space alone takes the name away.
    pub fn rename(&mut self, name: &str) {
        let name: String = name.trim().chars().take(MOST_CHARS).collect();
        self.name = (!name.is_empty()).then_some(name);
    }
}
