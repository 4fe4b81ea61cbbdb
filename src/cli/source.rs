//! Where runs and set-ups come from and go to: files, standard input, links. A file is written whole or not at all.

use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::CliError;
use crate::run::{Document, RunSpec};
use crate::share::{LinkedRun, MAX_FILE_BYTES, decode_linked, read_file};

/// What stands for standard input and output.
pub(super) const DASH: &str = "-";

/// The bytes of a file, or of standard input.
pub(super) fn read(path: &str) -> Result<Vec<u8>, CliError> {
    let failed = |error| CliError::File(path.to_owned(), error);
    if path == DASH {
        let mut bytes = Vec::new();
        let most = MAX_FILE_BYTES as u64 + 1;
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(failed)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(failed)
}

/// Writes a file by way of a partial one beside it.
pub(super) fn write(path: &Path, text: &str) -> Result<(), CliError> {
    write_pieces(path, [text])
}

/// The same for what is too long to be one text.
pub(super) fn write_pieces<'a>(
    path: &Path,
    pieces: impl IntoIterator<Item = &'a str>,
) -> Result<(), CliError> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(format!(".partial-{}", std::process::id()));
    let partial = PathBuf::from(partial);
    let write = || {
        let mut file = BufWriter::new(std::fs::File::create(&partial)?);
        pieces.into_iter().try_for_each(|piece| file.write_all(piece.as_bytes()))?;
        file.flush()?;
        std::fs::rename(&partial, path)
    };
    write().map_err(|error| {
        // What is half written is of no use; that it cannot be removed either adds nothing to the error.
        let _ = std::fs::remove_file(&partial);
        CliError::File(path.display().to_string(), error)
    })
}

/// A run from a file, from standard input, or from a link.
pub(super) fn document(source: &str) -> Result<Document, CliError> {
    let unreadable = |error: String| CliError::Input(shortened(source), error);
    if is_link(source) {
        return Ok(linked(source)?.document()?);
    }
    read_file(&read(source)?).map_err(|error| unreadable(error.to_string()))
}

/// What a link holds.
pub(super) fn linked(link: &str) -> Result<LinkedRun, CliError> {
    decode_linked(link_text(link)).map_err(|error| CliError::Input(shortened(link), error.to_string()))
}

/// Whether it is a link to a run, and no file of that name.
pub(super) fn is_link(source: &str) -> bool {
    let text = link_text(source);
    (text != source || text.starts_with("1.")) && !Path::new(source).exists()
}

/// What a link says, from its version on: the address in front and the parameters behind it are the page's.
fn link_text(link: &str) -> &str {
    let text = link.split_once("#/r/").map_or(link, |(_, text)| text);
    text.split(['?', '&']).next().unwrap_or(text)
}

/// A set-up: its own JSON, or a run file whose set-up is run again.
pub(super) fn spec(source: &str) -> Result<RunSpec, CliError> {
    let unreadable = |error: String| CliError::Input(shortened(source), error);
    if is_link(source) {
        return Ok(linked(source)?.run.spec().clone());
    }
    let bytes = read(source)?;
    let spec = match read_file(&bytes) {
        Ok(document) => document.read_spec()?,
        Err(not_a_run) => match serde_json::from_slice::<RunSpec>(&bytes) {
            Ok(spec) => spec,
            // Whoever sent a run file wants to hear of the run file.
            Err(_) if names_a_format(&bytes) => return Err(unreadable(not_a_run.to_string())),
            Err(error) => return Err(unreadable(format!("this is no set-up of a run: {error}"))),
        },
    };
    spec.validate().map_err(|error| unreadable(error.to_string()))?;
    Ok(spec)
}

fn names_a_format(bytes: &[u8]) -> bool {
    let value = serde_json::from_slice::<serde_json::Value>(bytes);
    value.is_ok_and(|value| value.get("format").is_some())
}

/// A source in a message: links are long.
pub(super) fn shortened(source: &str) -> String {
    const MOST: usize = 80;
    if source.chars().count() <= MOST {
        return source.to_owned();
    }
    source.chars().take(MOST).chain(['…']).collect()
}
