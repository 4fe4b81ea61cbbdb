//! Evaluation: questions read from files, the methods to be compared on them, what each took and how good it was, with
//! honest statistics. Pure: it reads texts and runs, asks nobody and writes nothing; the figures are the same wherever
//! they are computed.

mod building;
pub mod contrast;
mod fields;
mod handout;
pub mod inquiry;
mod lessons;
pub mod listing;
pub mod method;
pub mod pieces;
pub mod preset;
pub mod question;
pub mod record;
pub mod report;
pub mod rows;
pub mod sample;
pub mod statistics;
pub mod summary;
pub mod tables;

pub use building::Building;
pub use handout::{Asked, Found, Handout, SetUp, efforts};
pub use inquiry::{Inquiry, Latency};
pub use lessons::lesson;
pub use method::{Job, Method};
pub use preset::Preset;
pub use question::{Question, Unfit};
pub use record::{Answered, Effort, Manifest, Record, RunFile};
pub use report::{Report, report};
pub use rows::{Form, Place, Reason, Rejected, Row, Rows, rows};
pub use sample::{Shard, ShardError, sample};

use std::collections::BTreeMap;

/// What a file of questions holds.
#[derive(Clone, Debug, Default, PartialEq)]
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
    let mut reader = Reader::new(text, form, preset, mapping);
    while reader.step() {}
    reader.finish()
}

/// Reads questions one after the other, so that a page can breathe in between.
pub struct Reader<'a> {
    rows: Rows<'a>,
    mapping: &'a Mapping,
    reading: Reading,
    begun: bool,
    seen: BTreeMap<String, Place>,
}

impl<'a> Reader<'a> {
    /// A reader of a file; the arguments are those of [`read`].
    pub fn new(text: &'a str, form: Form, preset: Option<Preset>, mapping: &'a Mapping) -> Self {
        let preset = if mapping.is_empty() { preset } else { Some(Preset::Plain) };
        let reading = Reading { preset, ..Reading::default() };
        Self { rows: rows(text, form), mapping, reading, begun: false, seen: BTreeMap::new() }
    }

    /// Reads a row; false when there are no more.
    pub fn step(&mut self) -> bool {
        let mut row = match self.rows.next() {
            None => {
                if !self.begun {
                    self.begin(&[], Place::Line(1));
                }
                return false;
            }
            Some(Err(rejected)) => {
                self.reading.rejected.push(rejected);
                return true;
            }
            Some(Ok(row)) => row,
        };
        if !self.begun {
            let columns: Vec<String> = row.fields.keys().cloned().collect();
            self.begin(&columns, row.place);
        }
        let Some(preset) = self.reading.preset else { return true };
        self.mapping.apply(&mut row);
        let seen = &mut self.seen;
        let unique = |question: Question| match seen.insert(question.id.clone(), row.place) {
            None => Ok(question),
            Some(earlier) => {
                seen.insert(question.id, earlier);
                Err(Unfit::Duplicate(earlier))
            }
        };
        match preset.question(&row).and_then(unique) {
            Ok(question) => self.reading.questions.push(question),
            Err(unfit) => {
                self.reading.rejected.push(Rejected { place: row.place, reason: unfit.into() });
            }
        }
        true
    }

    /// The first row says which columns there are, and so how all are read.
    fn begin(&mut self, columns: &[String], place: Place) {
        self.begun = true;
        self.reading.columns = columns.to_vec();
        self.reading.preset = self.reading.preset.or_else(|| Preset::of(columns));
        if self.reading.preset.is_none() {
            let reason = Reason::UnknownColumns(columns.to_vec());
            self.reading.rejected.push(Rejected { place, reason });
        }
    }

    /// What has been read.
    pub fn finish(mut self) -> Reading {
        self.reading.rejected.sort_by_key(|rejected| rejected.place);
        self.reading
    }
}
