//! `credence export`: an evaluation as an Inspect log or a table, runs as OpenTelemetry spans. It reads folders and files
//! and writes one; what the formats are is `export`'s.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::arguments::{ExportArguments, ExportFormat};
use super::evaluate::by_name;
use super::evaluation::{MANIFEST, manifest_of, records_of};
use super::source::{self, DASH};
use super::{CliError, Outcome, note, say};
use crate::evaluate::{Record, report, tables};
use crate::export::{
    About, Recorded, Sample, Trace, closing, file_time, opening, sample, spans, spans_closing, spans_opening,
};
use crate::prng::Seed;

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) fn export(arguments: &ExportArguments) -> Result<Outcome, CliError> {
    match arguments.format {
        ExportFormat::Inspect => inspect(arguments),
        ExportFormat::Spans => traces(arguments),
        ExportFormat::Csv => {
            let folder = only_folder(arguments)?;
            let records: Vec<Record> = records_of(folder)?.into_values().collect();
            let table = tables::tidy_csv(&records)
                .map_err(|error| CliError::Usage(format!("a table cannot be made: {error}")))?;
            put(arguments, &format!("{}.csv", name_of(folder)), [table.as_str()])
        }
    }
}

/// The one evaluation that is meant.
fn only_folder(arguments: &ExportArguments) -> Result<&Path, CliError> {
    match arguments.sources.as_slice() {
        [folder] if folder.join(MANIFEST).exists() => Ok(folder),
        [other] => {
            let problem = format!("it is no evaluation: there is no {MANIFEST} in it");
            Err(CliError::Input(other.display().to_string(), problem))
        }
        _ => Err(CliError::Usage(
            "one evaluation at a time: make one of shards with credence merge".to_owned(),
        )),
    }
}

fn inspect(arguments: &ExportArguments) -> Result<Outcome, CliError> {
    let folder = only_folder(arguments)?;
    let (manifest, records) = (manifest_of(folder)?, records_of(folder)?);
    let seed: Seed = manifest
        .seed
        .parse()
        .map_err(|_| CliError::Input(folder.display().to_string(), "its seed cannot be read".to_owned()))?;
    let against = arguments.against.as_deref().map(by_name).transpose()?;
    let records: Vec<Record> = records.into_values().collect();
    let report = report(&records, against, seed);
    let mut samples = Vec::with_capacity(records.len());
    for record in &records {
        samples.push(sampled(folder, record, !arguments.no_calls)?);
    }
    let task = name_of(folder);
    let written_millis = written_millis(&folder.join(MANIFEST));
    let about = About { task: &task, manifest: &manifest, report: &report, written_millis, version: VERSION };
    let head = opening(about, &samples);
    // inspect view lists logs that are called so.
    let id = &manifest.questions.to_string()[..8];
    let name = format!("{}_{}_{id}.json", file_time(written_millis), task.replace('_', "-"));
    let texts = (0..).zip(&samples).flat_map(|(place, sample): (usize, &Sample)| {
        [if place == 0 { "" } else { "," }, sample.text.as_str()]
    });
    put(arguments, &name, [head.as_str()].into_iter().chain(texts).chain([closing()]))
}

/// A question with its runs read. A file that is gone leaves its sample without a transcript.
fn sampled(folder: &Path, record: &Record, calls: bool) -> Result<Sample, CliError> {
    let mut runs: Vec<(&str, Recorded)> = Vec::new();
    for (job, run) in &record.runs {
        let file = folder.join(&run.file);
        if file.exists() {
            runs.push((job, recorded(&file)?));
        } else {
            note(&format!("{} is missing: {} goes without it", file.display(), record.id));
        }
    }
    Ok(sample(record, &runs, calls))
}

fn recorded(file: &Path) -> Result<Recorded, CliError> {
    let name = file.display().to_string();
    Recorded::read(&source::document(&name)?).map_err(|error| CliError::Input(name, error.to_string()))
}

/// A run file, and what an evaluation says about it.
type Labelled = (PathBuf, Vec<(&'static str, String)>);

fn traces(arguments: &ExportArguments) -> Result<Outcome, CliError> {
    let mut files: Vec<Labelled> = Vec::new();
    for path in &arguments.sources {
        if path.join(MANIFEST).exists() {
            for record in records_of(path)?.values() {
                files.extend(record.runs.iter().map(|(job, run)| {
                    let labels =
                        vec![("credence.question.id", record.id.clone()), ("credence.job", job.clone())];
                    (path.join(&run.file), labels)
                }));
            }
        } else {
            files.push((path.clone(), Vec::new()));
        }
    }
    let mut pieces = vec![spans_opening(VERSION)];
    for (file, labels) in &files {
        let (provider, texts) = (arguments.provider.as_str(), arguments.texts);
        let trace = Trace { labels, provider, texts, written_millis: written_millis(file) };
        for span in spans(&recorded(file)?, trace) {
            let comma = if pieces.len() > 1 { "," } else { "" };
            pieces.push(format!("{comma}{span}"));
        }
    }
    pieces.push(spans_closing(VERSION));
    let name = arguments.sources.first().map_or_else(String::new, |path| name_of(path));
    put(arguments, &format!("{name}.spans.json"), pieces.iter().map(String::as_str))
}

/// Writes what was made, and says where.
fn put<'a>(
    arguments: &ExportArguments,
    name: &str,
    pieces: impl IntoIterator<Item = &'a str>,
) -> Result<Outcome, CliError> {
    let out = arguments.out.as_deref().unwrap_or(".");
    if out == DASH {
        let mut stdout = std::io::stdout().lock();
        let written = pieces.into_iter().try_for_each(|piece| stdout.write_all(piece.as_bytes()));
        let failed = |error| CliError::File("standard output".to_owned(), error);
        return written.map(|()| Outcome::Good).map_err(failed);
    }
    let path = Path::new(out);
    // What ends in a slash is meant for a folder, even if there is none yet.
    let path = if path.is_dir() || out.ends_with('/') {
        super::evaluate::made(path)?.join(name)
    } else {
        path.to_owned()
    };
    source::write_pieces(&path, pieces)?;
    say(&format!("saved {}", path.display()));
    Ok(Outcome::Good)
}

/// The last part of a path, without the endings of run files.
fn name_of(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.trim_end_matches(".json").trim_end_matches(".credence").to_owned()
}

/// When a file was last written, in milliseconds since 1970; 0 where the system does not say.
fn written_millis(file: &Path) -> u64 {
    let written = std::fs::metadata(file).and_then(|about| about.modified()).ok();
    let since = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
