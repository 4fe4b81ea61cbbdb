//! A question with its answer, as an evaluation asks it, and what makes one unusable. It does not know how it was read.

use serde::{Deserialize, Serialize};

use super::rows::Place;
use crate::audit::digest_of;
use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::run::spec::{MAX_LONG_TEXT, MAX_SHORT_TEXT};

/// Digits of the digest that names a question without a name.
const ID_DIGITS: usize = 16;
/// The longest name of a question that becomes part of a file's name.
const MAX_ID: usize = 80;

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name, unlike every other of its set, and good for a file's name.
    pub id: String,
    /// The question.
    pub question: String,
    /// Facts that every agent sees.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub background: String,
    /// When which outcome counts as having happened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub criterion: String,
    /// Its outcomes.
    pub outcomes: Vec<String>,
    /// The right one: its place from 0.
    pub answer: usize,
    /// What it belongs to, if its set says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// What a market said of the first outcome, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market_price: Option<f64>,
}

/// Why a row is no question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// A column is missing or empty.
    #[error("“{0}” is missing or empty")]
    Missing(String),
    /// A column has values that are not read as what they should be.
    #[error("“{0}” is not {1}")]
    NotA(String, &'static str),
    /// Too few or too many outcomes.
    #[error("it has {0} outcomes, and a question has {MIN_OUTCOMES} to {MAX_OUTCOMES}")]
    OutcomeCount(usize),
    /// An outcome is empty or there twice.
    #[error("outcome {0} is empty or there twice")]
    OutcomeName(usize),
    /// The answer is none of the outcomes.
    #[error("the answer “{0}” is none of the outcomes")]
    UnknownAnswer(String),
    /// A text is over its limit.
    #[error("the {0} is too long: {1} bytes, the limit is {2}")]
    TooLong(&'static str, usize, usize),
    /// The market's price is no probability.
    #[error("the market's price is no probability from 0 to 1")]
    BadPrice,
    /// It was not resolved.
    #[error("it is not resolved, so no answer is known")]
    Unresolved,
    /// It has the same name as an earlier one.
    #[error("it is the same as {0}")]
    Duplicate(Place),
    /// The preset does not know what to make of it.
    #[error("{0}")]
    Other(&'static str),
}

impl Question {
    /// A question of that text and these outcomes.
    pub fn new(question: &str, outcomes: Vec<String>, answer: usize) -> Self {
        Self {
            id: String::new(),
            question: question.trim().to_owned(),
            background: String::new(),
            criterion: String::new(),
            outcomes: outcomes.into_iter().map(|name| name.trim().to_owned()).collect(),
            answer,
            category: String::new(),
            market_price: None,
        }
    }

    /// Checks every limit and gives it a name if it has none.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn checked(mut self) -> Result<Self, Unfit> {
        if self.question.is_empty() {
            return Err(Unfit::Missing("question".to_owned()));
        }
        if !(MIN_OUTCOMES..=MAX_OUTCOMES).contains(&self.outcomes.len()) {
            return Err(Unfit::OutcomeCount(self.outcomes.len()));
        }
        for (place, name) in self.outcomes.iter().enumerate() {
            if name.is_empty() || self.outcomes[..place].contains(name) {
                return Err(Unfit::OutcomeName(place + 1));
            }
        }
        if self.answer >= self.outcomes.len() {
            return Err(Unfit::UnknownAnswer((self.answer + 1).to_string()));
        }
        if self.market_price.is_some_and(|price| !(0.0..=1.0).contains(&price)) {
            return Err(Unfit::BadPrice);
        }
        let longest = self.outcomes.iter().map(String::len).max().unwrap_or_default();
        for (what, bytes, most) in [
            ("question", self.question.len(), MAX_SHORT_TEXT),
            ("longest outcome", longest, MAX_SHORT_TEXT),
            ("criterion", self.criterion.len(), MAX_SHORT_TEXT),
            ("background", self.background.len(), MAX_LONG_TEXT),
        ] {
            if bytes > most {
                return Err(Unfit::TooLong(what, bytes, most));
            }
        }
        self.id = if self.id.trim().is_empty() { self.digest_id() } else { file_name(&self.id) };
        Ok(self)
    }

    /// The first digits of the digest of what is asked.
    fn digest_id(&self) -> String {
        let digest = digest_of(&(&self.question, &self.background, &self.outcomes));
        digest.map_or_else(|_| String::from("question"), |digest| digest.to_string()[..ID_DIGITS].to_owned())
    }
}

/// A name in the letters that every file system takes. Where something had to go, a digest keeps names apart.
fn file_name(id: &str) -> String {
    let id = id.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if id.chars().all(plain) && id.len() <= MAX_ID && !id.starts_with('.') {
        return id.to_owned();
    }
    let spelt: String = id.chars().map(|c| if plain(c) { c } else { '_' }).take(MAX_ID / 2).collect();
    let digest = digest_of(&id).map_or_else(|_| String::new(), |digest| digest.to_string()[..8].to_owned());
    format!("{}-{digest}", spelt.trim_start_matches('.'))
}
