//! Question files as rows of named values: JSONL, JSON and CSV alike. A row that cannot be read is listed with its place
//! and the reason, never dropped in silence. It does not know what the columns mean.

use serde_json::{Map, Value};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub reason: String,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// The rows that could be read, in order.
    pub rows: Vec<Row>,
    /// Those that could not.
    pub rejected: Vec<Rejected>,
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
                    Some('{') if serde_json::from_str::<Map<String, Value>>(line).is_ok() => {
                        // A single object on a single line may hold a list.
                        if first.lines().nth(1).is_none() { Self::Json } else { Self::Jsonl }
                    }
                    Some('[' | '{') => Self::Json,
                    _ => Self::Csv,
                }
            }
        }
    }
}

/// Reads a file's rows.
pub fn rows(text: &str, form: Form) -> Rows {
    let text = text.trim_start_matches('\u{feff}');
    let mut read = match form {
        Form::Jsonl => jsonl(text),
        Form::Json => json(text),
        Form::Csv => csv(text),
    };
    if read.rows.len() > MOST_ROWS {
        let reason = format!("a file may hold {MOST_ROWS} rows: split it");
        read.rejected.push(Rejected { place: read.rows[MOST_ROWS].place, reason });
        read.rows.truncate(MOST_ROWS);
    }
    read
}

impl Rows {
    fn add(&mut self, place: Place, value: Result<Value, String>) {
        match value {
            Ok(Value::Object(fields)) => self.rows.push(Row { place, fields }),
            Ok(_) => self.reject(place, "it is no object with named values".to_owned()),
            Err(reason) => self.reject(place, reason),
        }
    }

    fn reject(&mut self, place: Place, reason: String) {
        self.rejected.push(Rejected { place, reason });
    }

    fn nothing(place: Place, reason: &str) -> Self {
        Self { rows: Vec::new(), rejected: vec![Rejected { place, reason: reason.to_owned() }] }
    }
}

fn jsonl(text: &str) -> Rows {
    let mut read = Rows::default();
    for (place, line) in (1..).map(Place::Line).zip(text.lines()) {
        if !line.trim().is_empty() {
            read.add(place, serde_json::from_str(line).map_err(|error| format!("it is not JSON: {error}")));
        }
    }
    read
}

fn json(text: &str) -> Rows {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Rows::nothing(Place::Line(error.line()), &format!("it is not JSON: {error}")),
    };
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut fields) => {
            let found = LISTS.iter().find_map(|name| match fields.remove(*name) {
                Some(Value::Array(list)) => Some(list),
                Some(other) => {
                    fields.insert((*name).to_owned(), other);
                    None
                }
                None => None,
            });
            // An object without a list is itself the one row.
            found.unwrap_or_else(|| vec![Value::Object(fields)])
        }
        _ => return Rows::nothing(Place::Line(1), "it is neither a list nor an object"),
    };
    let mut read = Rows::default();
    for (place, value) in (1..).map(Place::Entry).zip(list) {
        read.add(place, Ok(unwrapped(value)));
    }
    read
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

fn csv(text: &str) -> Rows {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter =
        [',', ';', '\t'].into_iter().rev().max_by_key(|&sign| count(sign)).map_or(b',', |sign| sign as u8);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(header)) = records.next() else { return Rows::nothing(Place::Line(1), "it has no header") };
    let mut read = Rows::default();
    let header: Vec<String> = if is_mmlu_row(&header) {
        let names: Vec<String> = MMLU_HEADER.map(str::to_owned).to_vec();
        read.add(Place::Line(1), Ok(object(&names, &header)));
        names
    } else {
        header.iter().map(|name| name.trim().to_owned()).collect()
    };
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line) as usize;
                read.reject(Place::Line(line), format!("it is not CSV: {error}"));
                continue;
            }
        };
        let place = Place::Line(record.position().map_or(1, csv::Position::line) as usize);
        if record.len() == header.len() {
            read.add(place, Ok(object(&header, &record)));
        } else {
            read.reject(
                place,
                format!("it has {} values, and the header names {}", record.len(), header.len()),
            );
        }
    }
    read
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
