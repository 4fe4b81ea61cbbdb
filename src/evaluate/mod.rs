//! Evaluation: questions read from files, the methods to be compared on them, what each took and how good it was, with
//! honest statistics. Pure: it reads texts and runs, asks nobody and writes nothing; the figures are the same wherever
//! they are computed.

mod fields;
pub mod method;
pub mod preset;
pub mod question;
pub mod record;
pub mod report;
pub mod rows;
pub mod sample;
pub mod statistics;
pub mod tables;

pub use method::{Job, Method};
pub use preset::Preset;
pub use question::{Question, Unfit};
pub use record::{Answered, Effort, Manifest, Record, RunFile};
pub use report::{Report, report};
pub use rows::{Form, Place, Rejected, Row, rows};
pub use sample::{Shard, ShardError, sample};

use std::collections::BTreeMap;

/// What a file of questions holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How it was read; `None` if no preset has its columns.
    pub preset: Option<Preset>,
    /// The columns of its first row.
    pub columns: Vec<String>,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// Rows that are none, each with its place and the reason.
    pub rejected: Vec<Rejected>,
}

/// Which columns mean what, where a set is like no preset: each is renamed to the column of [`Preset::Plain`] that it
/// stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Pairs of a plain name (`question`, `answer`, `background` …) and the set's own column.
    pub columns: Vec<(String, String)>,
    /// The outcomes of every question, where no column has them.
    pub outcomes: Vec<String>,
}

impl Mapping {
    /// Whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() && self.outcomes.is_empty()
    }

    fn apply(&self, row: &mut Row) {
        for (plain, column) in &self.columns {
            if let Some(value) = row.fields.get(column).cloned() {
                row.fields.insert(plain.clone(), value);
            }
        }
        if !self.outcomes.is_empty() {
            row.fields.insert("outcomes".to_owned(), self.outcomes.clone().into());
        }
    }
}

/// Reads questions: by a preset, by the one whose columns they have, or by a mapping.
pub fn read(text: &str, form: Form, preset: Option<Preset>, mapping: &Mapping) -> Reading {
    let read = rows(text, form);
    let columns: Vec<String> =
        read.rows.first().map(|row| row.fields.keys().cloned().collect()).unwrap_or_default();
    let mapped = (!mapping.is_empty()).then_some(Preset::Plain);
    let preset = mapped.or(preset).or_else(|| Preset::of(&columns));
    let mut reading = Reading { preset, columns, questions: Vec::new(), rejected: read.rejected };
    let Some(preset) = preset else {
        let place = read.rows.first().map_or(Place::Line(1), |row| row.place);
        let reason = format!(
            "no preset has these columns: {}. Name one, or map the columns",
            reading.columns.join(", ")
        );
        reading.rejected.push(Rejected { place, reason });
        return reading;
    };
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for mut row in read.rows {
        mapping.apply(&mut row);
        let unique = |question: Question| match seen.insert(question.id.clone(), row.place) {
            None => Ok(question),
            Some(earlier) => {
                seen.insert(question.id, earlier);
                Err(Unfit::Duplicate(earlier))
            }
        };
        match preset.question(&row).and_then(unique) {
            Ok(question) => reading.questions.push(question),
            Err(unfit) => reading.rejected.push(Rejected { place: row.place, reason: unfit.to_string() }),
        }
    }
    reading.rejected.sort_by_key(|rejected| rejected.place);
    reading
}
