//! The folder of an evaluation: what it is, its results line by line, its run files and its tables; and several such
//! folders as one. A line is written whole; one that a crash cut is passed over, and its question asked again.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::arguments::MergeArguments;
use super::evaluate::{by_name, made};
use super::source;
use super::{CliError, Outcome, note, say};
use crate::evaluate::record::{FORMAT, VERSION};
use crate::evaluate::{Manifest, Method, Record, report, tables};
use crate::prng::Seed;

/// What an evaluation is.
pub(super) const MANIFEST: &str = "evaluation.json";
const RESULTS: &str = "results.jsonl";
const LOCK: &str = ".lock";

/// The folder, held by this program alone.
pub(super) struct Folder {
    path: PathBuf,
    /// Locked as long as it is open.
    _lock: File,
}

impl Folder {
    /// Opens a folder for an evaluation, new or begun earlier.
    ///
    /// # Errors
    /// A folder that holds another evaluation.
    pub(super) fn open(path: &Path, manifest: &Manifest) -> Result<Self, CliError> {
        let path = made(path)?;
        let folder = Self { _lock: locked(&path)?, path };
        let path = folder.path();
        made(&path.join("runs"))?;
        let file = path.join(MANIFEST);
        if file.exists() {
            same(path, manifest)?;
        } else {
            let text = serde_json::to_string_pretty(manifest)
                .map_err(|error| unreadable(&file, &error.to_string()))?;
            source::write(&file, &(text + "\n"))?;
        }
        Ok(folder)
    }

    /// What is done of an evaluation, without opening or making its folder.
    ///
    /// # Errors
    /// A folder that holds another evaluation.
    pub(super) fn known(path: &Path, manifest: &Manifest) -> Result<BTreeMap<String, Record>, CliError> {
        if !path.join(MANIFEST).exists() {
            return Ok(BTreeMap::new());
        }
        same(path, manifest)?;
        records_of(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is done, by question: of several lines on one, the last.
    pub(super) fn records(&self) -> Result<BTreeMap<String, Record>, CliError> {
        records_of(&self.path)
    }

    /// Adds a line.
    pub(super) fn add(&self, record: &Record) -> Result<(), CliError> {
        let file = self.path.join(RESULTS);
        let line = serde_json::to_string(record).map_err(|error| unreadable(&file, &error.to_string()))?;
        let open = || std::fs::OpenOptions::new().create(true).read(true).append(true).open(&file);
        let written = open().and_then(|mut results| {
            // A crash may have cut the last line: the next one must not be glued to it.
            let begin = if ends_a_line(&file)? { "" } else { "\n" };
            results.write_all(format!("{begin}{line}\n").as_bytes())
        });
        written.map_err(|error| CliError::File(file.display().to_string(), error))
    }

    /// Writes every table; what people read of them.
    pub(super) fn write_tables(
        &self,
        records: &BTreeMap<String, Record>,
        against: Option<Method>,
        seed: Seed,
    ) -> Result<String, CliError> {
        let records: Vec<Record> = records.values().cloned().collect();
        let report = report(&records, against, seed);
        let csv = |made: Result<String, csv::Error>| {
            made.map_err(|error| CliError::Usage(format!("a table cannot be made: {error}")))
        };
        let text = tables::markdown(&report);
        for (name, content) in [
            ("results.csv", csv(tables::tidy_csv(&records))?),
            ("summary.csv", csv(tables::summary_csv(&report))?),
            ("summary.md", text.clone()),
            ("summary.tex", tables::latex(&report)),
        ] {
            source::write(&self.path.join(name), &content)?;
        }
        Ok(text)
    }
}

/// Refuses a folder that holds another evaluation.
fn same(folder: &Path, manifest: &Manifest) -> Result<(), CliError> {
    let known = manifest_of(folder)?;
    if known == *manifest {
        return Ok(());
    }
    Err(CliError::Usage(format!(
        "{} holds another evaluation ({}): take another folder",
        folder.display(),
        differences(&known, manifest)
    )))
}

/// Waits until no other program works on the folder: one that was started again while its first start still runs would
/// ask everything twice. Where the file system knows no locks, there is none to wait for.
fn locked(folder: &Path) -> Result<File, CliError> {
    let file = folder.join(LOCK);
    let lock = File::create(&file).map_err(|error| CliError::File(file.display().to_string(), error))?;
    if let Err(TryLockError::WouldBlock) = lock.try_lock() {
        note(&format!("another credence works on {}: waiting until it is done", folder.display()));
        lock.lock().map_err(|error| CliError::File(file.display().to_string(), error))?;
    }
    Ok(lock)
}

fn ends_a_line(file: &Path) -> std::io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(file)?;
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == [b'\n'])
}

fn unreadable(file: &Path, reason: &str) -> CliError {
    CliError::Input(file.display().to_string(), reason.to_owned())
}

pub(super) fn manifest_of(folder: &Path) -> Result<Manifest, CliError> {
    let file = folder.join(MANIFEST);
    let bytes = source::read(&file.display().to_string())?;
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|error| unreadable(&file, &error.to_string()))?;
    if manifest.format != FORMAT || manifest.version != VERSION {
        return Err(unreadable(&file, "it is of another version of Credence"));
    }
    Ok(manifest)
}

pub(super) fn records_of(folder: &Path) -> Result<BTreeMap<String, Record>, CliError> {
    let file = folder.join(RESULTS);
    if !file.exists() {
        return Ok(BTreeMap::new());
    }
    let text = String::from_utf8_lossy(&source::read(&file.display().to_string())?).into_owned();
    let mut records = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty()) {
        match serde_json::from_str::<Record>(line) {
            Ok(record) => {
                records.insert(record.id.clone(), record);
            }
            Err(error) => note(&format!("{}, line {number} is passed over: {error}", file.display())),
        }
    }
    Ok(records)
}

/// In what two evaluations differ.
fn differences(one: &Manifest, other: &Manifest) -> String {
    let parts = [
        ("the panel", one.panel != other.panel),
        ("the questions", one.questions != other.questions),
        ("the methods", one.methods != other.methods),
        ("the seed", one.seed != other.seed),
    ];
    let differ: Vec<&str> = parts.iter().filter(|(_, differs)| *differs).map(|(what, _)| *what).collect();
    format!("{} differ", differ.join(", "))
}

/// `credence merge`: shards become one evaluation, run files included.
pub(super) fn merge(arguments: &MergeArguments) -> Result<Outcome, CliError> {
    let mut folders = arguments.folders.iter();
    let first = folders.next().ok_or_else(|| CliError::Usage("there is nothing to merge".to_owned()))?;
    let manifest = manifest_of(first)?;
    for folder in folders {
        let other = manifest_of(folder)?;
        if other != manifest {
            let differ = differences(&other, &manifest);
            let names = (first.display(), folder.display());
            return Err(CliError::Usage(format!(
                "{} and {} are no shards of one evaluation: {differ}",
                names.0, names.1
            )));
        }
    }
    let whole = Folder::open(&arguments.out, &manifest)?;
    let known = whole.records()?;
    for folder in arguments.folders.iter().filter(|folder| **folder != arguments.out) {
        for (id, record) in records_of(folder)? {
            // Of two records of one question, whichever has more answers.
            if known.get(&id).is_none_or(|known| !known.is_whole() && record.is_whole()) {
                copy_runs(folder, whole.path(), &record)?;
                whole.add(&record)?;
            }
        }
    }
    let records = whole.records()?;
    let seed: Seed = manifest.seed.parse().map_err(|_| unreadable(first, "its seed cannot be read"))?;
    let against = arguments.against.as_deref().map(by_name).transpose()?;
    say(whole.write_tables(&records, against, seed)?.trim_end());
    let missing = manifest.count.saturating_sub(records.len());
    if missing > 0 {
        note(&format!(
            "{missing} of {} questions are missing: a shard is not done, or not here",
            manifest.count
        ));
    }
    Ok(if missing == 0 && records.values().all(Record::is_whole) { Outcome::Good } else { Outcome::Partly })
}

fn copy_runs(from: &Path, to: &Path, record: &Record) -> Result<(), CliError> {
    for run in record.runs.values() {
        // A path that leads out of the folder is no run file of ours.
        let name =
            Path::new(&run.file).file_name().ok_or_else(|| unreadable(from, "a run file has no name"))?;
        let (source, target) = (from.join("runs").join(name), to.join("runs").join(name));
        std::fs::copy(&source, &target)
            .map_err(|error| CliError::File(source.display().to_string(), error))?;
    }
    Ok(())
}
