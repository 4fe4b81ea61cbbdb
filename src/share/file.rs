//! Run ↔ file, as anybody can check it with a library for RFC 8785 and SHA-256 (README). Reading checks the file's
//! form only: set-up and events stay raw, so that a file that was tampered with still opens and can say where.

use serde::Deserialize;
use serde_json::Value;

use super::strict_json::StrictValue;
use crate::audit::{Digest, Entry, Head};
use crate::run::{Document, FORMAT, FORMAT_VERSION};

/// The largest file that is read.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// The longest part of a file's name that comes from the question.
const MAX_SLUG_CHARS: usize = 48;

/// Why a file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Over the limit.
    #[error("the file is too large: {} MiB, the limit is {} MiB", bytes.div_ceil(1 << 20), MAX_FILE_BYTES >> 20)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// It is not text.
    #[error("this is not a text file, so it holds no run")]
    NotText,
    /// Not JSON.
    #[error("this is not JSON: {0}")]
    NotJson(String),
    /// JSON of another kind.
    #[error("this is JSON, but not a run of Credence")]
    NotARun,
    /// A later version of this program wrote it.
    #[error(
        "this file was made by a newer Credence (version {0} of run files; this one reads {FORMAT_VERSION})"
    )]
    NewerVersion(u64),
    /// A run file with parts missing or unknown.
    #[error("this run file is malformed: {0}")]
    Malformed(String),
}

/// The file, field by field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RunFile {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    engine: String,
    spec: StrictValue,
    events: Vec<FileEntry>,
    head: Head,
    #[serde(default)]
    timings: Option<StrictValue>,
    #[serde(default)]
    listed_price: Option<StrictValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    seq: u64,
    digest: Digest,
    event: StrictValue,
}

/// Just enough to tell what a file is; everything else is skipped.
#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    version: Value,
}

/// Reads a run file.
///
/// # Errors
/// Whatever keeps it from being opened, by name.
pub fn read_file(bytes: &[u8]) -> Result<Document, FileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let kind = match serde_json::from_str::<Kind>(text) {
        Ok(kind) => kind,
        Err(error) if error.is_data() => return Err(FileError::NotARun),
        Err(error) => return Err(FileError::NotJson(error.to_string())),
    };
    if kind.format != FORMAT {
        return Err(FileError::NotARun);
    }
    match kind.version.as_u64() {
        Some(version) if version == u64::from(FORMAT_VERSION) => {}
        Some(version) if version > u64::from(FORMAT_VERSION) => return Err(FileError::NewerVersion(version)),
        _ => return Err(FileError::Malformed("it has no version".into())),
    }
    let file: RunFile =
        serde_json::from_str(text).map_err(|error| FileError::Malformed(error.to_string()))?;
    let entry = |entry: FileEntry| Entry { seq: entry.seq, digest: entry.digest, event: entry.event.0 };
    Ok(Document {
        engine: file.engine,
        spec: file.spec.0,
        events: file.events.into_iter().map(entry).collect(),
        head: file.head,
        timings: file.timings.map(|timings| timings.0),
        listed_price: file.listed_price.map(|price| price.0),
    })
}

/// Writes a run file: one event a line, so that two files can be compared line by line.
pub fn write_file(document: &Document) -> String {
    let Document { engine, spec, events, head, timings, listed_price } = document;
    let entries: Vec<String> = events.iter().map(entry_line).collect();
    let list = if entries.is_empty() { "[]".into() } else { format!("[\n{}\n  ]", entries.join(",\n")) };
    let mut parts = vec![
        ("format", Value::from(FORMAT).to_string()),
        ("version", FORMAT_VERSION.to_string()),
        ("engine", Value::from(engine.as_str()).to_string()),
        ("spec", indented(spec)),
        ("events", list),
        ("head", format!("{{\"seq\": {}, \"digest\": \"{}\"}}", head.seq, head.digest)),
    ];
    for (name, value) in [("timings", timings), ("listed_price", listed_price)] {
        parts.extend(value.as_ref().map(|value| (name, value.to_string())));
    }
    let lines: Vec<String> = parts.into_iter().map(|(key, value)| format!("  \"{key}\": {value}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn entry_line(entry: &Entry<Value>) -> String {
    let Entry { seq, digest, event } = entry;
    format!("    {{\"seq\": {seq}, \"digest\": \"{digest}\", \"event\": {event}}}")
}

/// Pretty JSON that stands two columns in.
fn indented(value: &Value) -> String {
    // JSON strings hold no line breaks, so every one is layout.
    format!("{value:#}").replace('\n', "\n  ")
}

/// The name of a run's file with another ending: a picture or a table of the same run.
pub fn file_name_as(name: &str, ending: &str) -> String {
    format!("{}.{ending}", name.trim_end_matches(".json"))
}

/// A name for a run's file: from its question, with the first digits of its head to tell runs of one question apart.
pub fn file_name(question: &str, head: &Digest, failures: u32) -> String {
    let mut slug = String::new();
    for letter in question.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= MAX_SLUG_CHARS {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    let name = if slug.is_empty() { "run" } else { slug };
    let failed = match failures {
        0 => String::new(),
        1 => "-1-failure".to_owned(),
        several => format!("-{several}-failures"),
    };
    format!("{name}-{}{failed}.credence.json", &head.to_string()[..8])
}
