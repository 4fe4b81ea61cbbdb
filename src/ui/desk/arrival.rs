//! What arrives as bytes, whatever it is: a run file, or a picture that carries a run. Links are read here too, a little
//! each frame.

use super::{Desk, Note, Provenance};
use crate::evaluate::Handout;
use crate::run::Document;
use crate::share::{
    Decoding, LinkError, LinkedRun, PictureError, ResultsDecoding, code_in_picture, is_picture, read_file,
};
use crate::ui::route::Route;
use crate::ui::words::browser;
use crate::ui::words::{ask as words, problems, runs};
use crate::web;
use crate::web::assets::AssetError;

/// The run in the code of a link; `None` once it is no longer wanted.
pub async fn run_of_code(code: &str, wanted: impl Fn() -> bool) -> Option<Result<LinkedRun, LinkError>> {
    match Decoding::new(code) {
        Ok(mut decoding) => web::in_slices(|| decoding.work().transpose(), wanted).await,
        Err(error) => Some(Err(error)),
    }
}

/// The results in the code of a link; `None` once they are no longer wanted.
pub async fn results_of_code(code: &str, wanted: impl Fn() -> bool) -> Option<Result<Handout, LinkError>> {
    match ResultsDecoding::new(code) {
        Ok(mut decoding) => web::in_slices(|| decoding.work().transpose(), wanted).await,
        Err(error) => Some(Err(error)),
    }
}

/// The run in a file, as it stands there: it may be broken.
///
/// # Errors
/// Why there is none, in words.
pub async fn document_of(bytes: &[u8]) -> Result<Document, String> {
    if !is_picture(bytes) {
        return read_file(bytes).map_err(|error| problems::file(&error));
    }
    let code = code_in_picture(bytes).map_err(|error| problems::picture(&error))?;
    let linked = match run_of_code(&code, || true).await {
        Some(linked) => linked.map_err(|error| problems::in_picture(&error))?,
        // Nobody stops the reading of a picture.
        None => return Err(problems::picture(&PictureError::Damaged)),
    };
    linked.document().map_err(|error| problems::run(&error))
}

impl Desk {
    /// Shows results that came in a link, beside the page's own; nothing forgets the ones before.
    pub fn show_received(self, results: Option<Handout>) {
        match results {
            Some(results) => self.received.receive(results),
            None => self.received.put(None),
        }
    }

    /// Opens what a person brought as a file in place of the local run, and shows its events. Whatever is wrong with
    /// it is said, and changes nothing.
    pub async fn import(self, bytes: Result<Vec<u8>, AssetError>) {
        let document = match bytes {
            Ok(bytes) => document_of(&bytes).await,
            Err(error) => Err(browser::asset(&error)),
        };
        let opened = match document {
            Ok(document) => self.open_file(document).await,
            Err(problem) => Err(problem),
        };
        match opened {
            Ok(known) => {
                self.go(Route::Audit { at: None });
                if known {
                    self.announce(runs::OPENED_BEFORE);
                }
            }
            Err(problem) => self.fail(words::IMPORT_FAILED, problem, words::IMPORT_NEXT),
        }
    }

    /// Opens the run of a file: as it was kept, if this very file was opened before. Says whether it was.
    async fn open_file(self, document: Document) -> Result<bool, String> {
        if let Some(row) = self.kept_from(&document).await
            && self.open_row(row).await
        {
            self.all_is_well();
            self.local().change(|open| open.note = open.note.take().or(Some(Note::OpenedBefore)));
            return Ok(true);
        }
        let opened = self.open_document(document, Provenance::Imported);
        opened.map(|()| false).map_err(|error| problems::run(&error))
    }
}
