//! Files of an evaluation: questions from a drop, a picker, a paste or an address, results that were written elsewhere,
//! and the run of a question. Nothing here asks anybody anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::evaluations::{Loaded, Source};
use super::result_slot::Opened;
use super::{Desk, Provenance, arrival};
use crate::archive::Part;
use crate::evaluate::{Form as Layout, Reader, Record, rows};
use crate::run::{Document, Run};
use crate::ui::evaluation::{Head, How, Remembered, Stage};
use crate::ui::route::Route;
use crate::ui::words::browser;
use crate::ui::words::{evaluate as words, problems};
use crate::web;
use crate::web::assets::AssetError;

/// Under which name it is remembered how files were read before.
const MAPPINGS: &str = "evaluation-columns";
/// The largest file of questions or results that is read.
pub const MOST_BYTES: usize = 64 << 20;
/// By what a run file is told from others, and within how many bytes.
const RUN_FILE: &str = "\"credence-run\"";
const RUN_FILE_WITHIN: usize = 200;

impl Desk {
    /// What was dropped on the page or picked: questions, results of an evaluation, or a run.
    pub async fn receive_questions(self, name: String, bytes: Result<Vec<u8>, AssetError>) {
        let evaluations = self.evaluations;
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                evaluations.source.set(Source::Failed(browser::asset(&error)));
                return;
            }
        };
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(RUN_FILE_WITHIN)]);
        if crate::share::is_picture(&bytes) || start.contains(RUN_FILE) {
            self.import(Ok(bytes)).await;
            return;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            evaluations.source.set(Source::Failed(words::NO_TEXT.to_owned()));
            return;
        };
        if first_record(&text) {
            self.open_results(name, text).await;
        } else {
            self.read_questions(name, Arc::new(text)).await;
        }
    }

    /// Fetches questions from an https address.
    pub fn fetch_questions(self, address: &str) {
        let address = address.trim().to_owned();
        if !address.starts_with("https://") {
            self.evaluations.source.set(Source::Failed(words::NEEDS_HTTPS.to_owned()));
            return;
        }
        self.evaluations.source.set(Source::Reading);
        web::spawn(async move {
            let bytes = web::assets::public_file(&address, MOST_BYTES).await;
            let name = address.rsplit('/').next().unwrap_or_default();
            let name = name.split(['?', '#']).next().unwrap_or_default();
            self.receive_questions(name.to_owned(), bytes).await;
        });
    }

    /// Reads the rows of a text, as a file with these columns was read before.
    pub async fn read_questions(self, name: String, text: Arc<String>) {
        let remembered = web::storage::read::<Remembered>(MAPPINGS).unwrap_or_default();
        let first = rows(&text, Layout::of(&name, &text)).find_map(Result::ok);
        let columns: Vec<String> = first.map(|row| row.fields.keys().cloned().collect()).unwrap_or_default();
        let how = remembered.of(&columns).cloned().unwrap_or_default();
        self.evaluations.form.update(|form| form.how = how.clone());
        self.evaluations.source.set(Source::Reading);
        self.read_as(name, text, how).await;
    }

    /// Reads the file again, as a person says now, and remembers how.
    pub fn read_again(self, change: impl FnOnce(&mut How)) {
        let evaluations = self.evaluations;
        let Source::Ready(loaded) = evaluations.source.get_untracked() else { return };
        evaluations.form.update(|form| change(&mut form.how));
        let how = evaluations.form.with_untracked(|form| form.how.clone());
        let mut remembered = web::storage::read::<Remembered>(MAPPINGS).unwrap_or_default();
        remembered.put(&loaded.reading.columns, &how);
        // A browser that does not store it asks again next time.
        let _ = web::storage::write(MAPPINGS, &remembered);
        web::spawn(async move { self.read_as(loaded.name.clone(), Arc::clone(&loaded.text), how).await });
    }

    async fn read_as(self, name: String, text: Arc<String>, how: How) {
        let evaluations = self.evaluations;
        evaluations.reading.update_value(|count| *count += 1);
        let mine = evaluations.reading.get_value();
        let wanted = move || evaluations.reading.try_get_value() == Some(mine);
        let mapping = how.mapping();
        let mut reader = Reader::new(&text, Layout::of(&name, &text), how.preset(), &mapping);
        if web::in_slices(|| (!reader.step()).then_some(()), wanted).await.is_some() {
            let reading = reader.finish();
            evaluations.source.set(Source::Ready(Arc::new(Loaded { name, text, reading })));
        }
    }

    /// Opens the results that the native program wrote, or this page.
    async fn open_results(self, name: String, text: String) {
        let evaluations = self.evaluations;
        self.stop_evaluation();
        evaluations.opening.set(true);
        let mut records: Vec<Option<Arc<Record>>> = Vec::new();
        let mut places = BTreeMap::new();
        let mut broken = 0;
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let read = || {
            let Some(line) = lines.next() else { return Some(()) };
            match serde_json::from_str::<Record>(line) {
                // Of several lines on one question the last counts.
                Ok(record) => {
                    let place = *places.entry(record.id.clone()).or_insert(records.len());
                    let record = Some(Arc::new(record));
                    if place == records.len() { records.push(record) } else { records[place] = record }
                }
                Err(_) => broken += 1,
            }
            None
        };
        web::in_slices(read, || true).await;
        let mut head = Head::new(&name, records.len(), 0);
        (head.done, head.stage) = (records.len(), Stage::Over);
        evaluations.put(Some(Opened { id: None, head, plan: None, records, received: None }));
        evaluations.slot.work_out();
        evaluations.opening.try_set(false);
        self.go(Route::Evaluate);
        if broken > 0 {
            self.fail(words::RESULTS_BROKEN, words::broken_lines(broken), words::RESULTS_BROKEN_NEXT);
        }
    }

    /// Opens the run of a question of an evaluation of this device, which comes as its id and its name, with its audit
    /// trail.
    pub fn open_evaluation_run(self, (id, name): (String, String), place: usize, job: &str) {
        let job = job.to_owned();
        web::spawn(async move {
            let found = match self.evaluation_store().await {
                Ok(store) => store.run(&id, place, &job).await,
                Err(error) => Err(error),
            };
            let read = match found {
                Ok(Some(text)) => arrival::document_of(text.as_bytes()).await,
                Ok(None) => Err(words::RUN_GONE.to_owned()),
                Err(error) => Err(browser::store(&error)),
            };
            let shown = match read {
                Ok(document) => self.show_run_of_evaluation(document).await,
                Err(problem) => Err(problem),
            };
            match shown {
                Ok(true) => {
                    if let Some(kept) = self.local().peek(|open| open.and_then(|open| open.kept.clone())) {
                        self.shelf.make_part(&kept, &Part::Evaluation { name, id });
                    }
                    self.go(Route::Audit { at: None });
                }
                // It has said why.
                Ok(false) => {}
                Err(problem) => self.fail(words::CANNOT_OPEN, problem, words::CANNOT_OPEN_NEXT),
            }
        });
    }

    /// The runs of a question that was asked before; those that cannot be read any more are left out.
    pub(super) async fn runs_before(self, id: &str, place: usize) -> Vec<Run> {
        let jobs = self.evaluations.peek(|open| {
            let record = open?.records.get(place)?.as_ref()?;
            Some(record.runs.keys().cloned().collect::<Vec<String>>())
        });
        let mut found = Vec::new();
        let Ok(store) = self.evaluation_store().await else { return found };
        for job in jobs.unwrap_or_default() {
            let Ok(Some(text)) = store.run(id, place, &job).await else { continue };
            let document = arrival::document_of(text.as_bytes()).await;
            found.extend(document.ok().and_then(|document| document.readable().ok()));
        }
        found
    }

    /// Whoever opens a run twice finds what was kept the first time. Says whether it is open now.
    async fn show_run_of_evaluation(self, document: Document) -> Result<bool, String> {
        self.shelf.listed().await;
        let kept = untrack(|| self.kept_as(document.head.digest)).and_then(|id| self.shelf.row(&id));
        match kept.filter(|row| row.label.deleted_millis.is_none()) {
            Some(row) => Ok(self.open_row(row).await),
            None => self
                .open_document(document, Provenance::Imported)
                .map(|()| true)
                .map_err(|error| problems::run(&error)),
        }
    }
}

/// Whether a text is lines of results.
fn first_record(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| serde_json::from_str::<Record>(line).is_ok())
}
