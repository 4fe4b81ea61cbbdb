//! Question files as rows of named values: JSONL, JSON and CSV alike. A row that cannot be read is listed with its place
//! and the reason, never dropped in silence. It does not know what the columns mean.

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::pieces::{Broken, Pieces, list_in};
use super::question::Unfit;

/// Rows that one file may hold; what lies beyond is refused by name.
pub const MOST_ROWS: usize = 100_000;
/// Under which names a JSON object may hold its rows.
const LISTS: [&str; 6] = ["questions", "data", "samples", "examples", "rows", "items"];
/// What an MMLU file without a header means by its six columns.
const MMLU_HEADER: [&str; 6] = ["question", "A", "B", "C", "D", "answer"];

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    Jsonl,
    /// A list of objects, or an object that holds one.
    Json,
    /// Comma-, semicolon- or tab-separated values under a header.
    Csv,
}

/// Where in its file a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// An entry of a list, from 1.
    Entry(usize),
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// Its values by column.
    pub fields: Map<String, Value>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Why a row cannot be read. The command line shows the text that stands here; the page has words of its own.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Reason {
    /// It is not JSON from this character (from 1) on; with what the reader says.
    #[error("it is not JSON: {1}")]
    NotJson(usize, String),
    /// A list that ceases to be JSON at this character of its line (from 1), so that nothing behind it is read.
    #[error("from here on it is not JSON: {1}")]
    BrokenJson(usize, String),
    /// JSON without names.
    #[error("it is no object with named values")]
    NoObject,
    /// JSON that holds no rows.
    #[error("it is neither a list nor an object")]
    NoList,
    /// A table without a first line.
    #[error("it has no header")]
    NoHeader,
    /// It is not CSV; with what the reader says.
    #[error("it is not CSV: {0}")]
    NotCsv(String),
    /// It has more or fewer values than the header has names.
    #[error("it has {found} values, and the header names {named}")]
    Values {
        /// Values of the row.
        found: usize,
        /// Names of the header.
        named: usize,
    },
    /// The file has more rows than are read.
    #[error("a file may hold {MOST_ROWS} rows: split it")]
    TooMany,
    /// No preset has the columns of the first row.
    #[error("no preset has these columns: {}. Name one, or map the columns", .0.join(", "))]
    UnknownColumns(Vec<String>),
    /// It was read, and is no question.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Entry(entry) => write!(f, "entry {entry}"),
        }
    }
}

impl Form {
    /// The form of a file, by the ending of its name or else by how it begins.
    pub fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" | "tsv" => Self::Csv,
            _ => {
                let first = text.trim_start_matches('\u{feff}').trim_start();
                let line = first.lines().next().unwrap_or_default();
                match first.chars().next() {
                    // A single object on a single line may hold a list.
                    Some('{')
                        if first.lines().nth(1).is_some()
                            && serde_json::from_str::<IgnoredAny>(line).is_ok() =>
                    {
                        Self::Jsonl
                    }
                    Some('[' | '{') => Self::Json,
                    _ => Self::Csv,
                }
            }
        }
    }
}

/// Reads a file's rows one after the other, so that a page can breathe in between.
pub struct Rows<'a> {
    source: Source<'a>,
    read: usize,
    /// A row that comes before the next, or the one thing that is wrong with the whole file.
    first: Option<Read>,
}

/// A row, or why there is none at its place.
type Read = Result<Row, Rejected>;

enum Source<'a> {
    Lines(std::iter::Enumerate<std::str::Lines<'a>>),
    Entries {
        pieces: Pieces<'a>,
        entry: usize,
    },
    /// An object that is itself the one row.
    One(Map<String, Value>),
    Csv {
        reader: csv::Reader<&'a [u8]>,
        header: Vec<String>,
    },
    Nothing,
}

/// Reads a file's rows.
pub fn rows(text: &str, form: Form) -> Rows<'_> {
    let text = text.trim_start_matches('\u{feff}');
    match form {
        Form::Jsonl => Rows::of(Source::Lines(text.lines().enumerate())),
        Form::Json => json(text),
        Form::Csv => csv(text),
    }
}

impl<'a> Rows<'a> {
    fn of(source: Source<'a>) -> Self {
        Self { source, read: 0, first: None }
    }

    fn nothing(place: Place, reason: Reason) -> Self {
        Self { first: Some(Err(rejected(place, reason))), ..Self::of(Source::Nothing) }
    }

    fn next_read(&mut self) -> Option<Read> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match &mut self.source {
            Source::Nothing => None,
            Source::Lines(lines) => {
                let (place, line) = lines.find(|(_, line)| !line.trim().is_empty())?;
                let value = serde_json::from_str(line).map_err(|error| not_json(&error));
                Some(row(Place::Line(place + 1), value))
            }
            Source::Entries { pieces, entry } => {
                *entry += 1;
                Some(match pieces.next_entry()? {
                    Ok(value) => row(Place::Entry(*entry), Ok(unwrapped(value))),
                    Err(broken) => Err(no_json(&broken)),
                })
            }
            Source::One(fields) => {
                let fields = std::mem::take(fields);
                self.source = Source::Nothing;
                Some(row(Place::Entry(1), Ok(Value::Object(fields))))
            }
            Source::Csv { reader, header } => csv_row(reader, header),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        let read = self.next_read()?;
        self.read += usize::from(read.is_ok());
        match read {
            Ok(row) if self.read > MOST_ROWS => {
                self.source = Source::Nothing;
                Some(Err(rejected(row.place, Reason::TooMany)))
            }
            read => Some(read),
        }
    }
}

fn rejected(place: Place, reason: Reason) -> Rejected {
    Rejected { place, reason }
}

fn not_json(error: &serde_json::Error) -> Reason {
    Reason::NotJson(error.column(), error.to_string())
}

fn row(place: Place, value: Result<Value, Reason>) -> Read {
    match value {
        Ok(Value::Object(fields)) => Ok(Row { place, fields }),
        Ok(_) => Err(rejected(place, Reason::NoObject)),
        Err(reason) => Err(rejected(place, reason)),
    }
}

fn json(text: &str) -> Rows<'_> {
    let begin = text.len() - text.trim_start().len();
    let list = match text.as_bytes().get(begin) {
        Some(b'[') => Ok(Some(begin)),
        Some(b'{') => list_in(text, &LISTS),
        _ => {
            return match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => Rows::nothing(Place::Line(1), Reason::NoList),
                Err(error) => Rows::nothing(Place::Line(error.line()), not_json(&error)),
            };
        }
    };
    match list {
        Ok(Some(at)) => Rows::of(Source::Entries { pieces: Pieces::at(text, at), entry: 0 }),
        // An object without a list.
        Ok(None) => match serde_json::from_str(text) {
            Ok(fields) => Rows::of(Source::One(fields)),
            Err(error) => Rows::nothing(Place::Line(error.line()), not_json(&error)),
        },
        Err(broken) => Rows { first: Some(Err(no_json(&broken))), ..Rows::of(Source::Nothing) },
    }
}

/// A list that is read entry by entry ends where it breaks.
fn no_json(Broken { line, column, reason }: &Broken) -> Rejected {
    rejected(Place::Line(*line), Reason::BrokenJson(*column, reason.clone()))
}

/// A dataset server wraps each row: `{"row_idx": 0, "row": {…}}`.
fn unwrapped(value: Value) -> Value {
    match value {
        Value::Object(mut fields)
            if fields.contains_key("row_idx") && fields.get("row").is_some_and(Value::is_object) =>
        {
            fields.remove("row").unwrap_or_default()
        }
        other => other,
    }
}

fn csv(text: &str) -> Rows<'_> {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter =
        [',', ';', '\t'].into_iter().rev().max_by_key(|&sign| count(sign)).map_or(b',', |sign| sign as u8);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    if !matches!(reader.read_record(&mut record), Ok(true)) {
        return Rows::nothing(Place::Line(1), Reason::NoHeader);
    }
    if is_mmlu_row(&record) {
        let header: Vec<String> = MMLU_HEADER.map(str::to_owned).to_vec();
        let first = row(Place::Line(1), Ok(object(&header, &record)));
        return Rows { first: Some(first), ..Rows::of(Source::Csv { reader, header }) };
    }
    let header = record.iter().map(|name| name.trim().to_owned()).collect();
    Rows::of(Source::Csv { reader, header })
}

fn csv_row(reader: &mut csv::Reader<&[u8]>, header: &[String]) -> Option<Read> {
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(false) => return None,
        Ok(true) => {}
        Err(error) => {
            let line = error.position().map_or(1, csv::Position::line) as usize;
            return Some(Err(rejected(Place::Line(line), Reason::NotCsv(error.to_string()))));
        }
    }
    let place = Place::Line(record.position().map_or(1, csv::Position::line) as usize);
    if record.len() == header.len() {
        return Some(row(place, Ok(object(header, &record))));
    }
    let reason = Reason::Values { found: record.len(), named: header.len() };
    Some(Err(rejected(place, reason)))
}

/// Whether the first line of a file is a question of MMLU rather than a header.
fn is_mmlu_row(record: &csv::StringRecord) -> bool {
    let last = record.get(MMLU_HEADER.len() - 1).unwrap_or_default().trim();
    record.len() == MMLU_HEADER.len() && matches!(last, "A" | "B" | "C" | "D")
}

fn object(header: &[String], record: &csv::StringRecord) -> Value {
    let fields = header.iter().zip(record).map(|(name, value)| (name.clone(), Value::from(value)));
    Value::Object(fields.collect())
}
