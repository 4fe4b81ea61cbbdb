//! Opens kept runs: from the list, after a reload, or because another tab is done with one. A run that is over is
//! shown; one that is open goes on where it stood, if no other tab drives it.

use leptos::prelude::*;

use super::drive::First;
use super::keeper::{Keeper, fresh_id};
use super::note::Note;
use super::shelf::Row;
use super::{Desk, OpenRun, Provenance};
use crate::archive::{Card, Origin, Ours, Raw, Read, Reader, SetUp, WhyRaw, entry_text, is_file};
use crate::evaluate::listing::ListedPrice;
use crate::run::{Document, ENGINE, Run};
use crate::session::{Clock, ConnectionId, Session};
use crate::ui::route::Route;
use crate::ui::words::browser;
use crate::ui::words::{problems, runs as words};
use crate::web::run_lock::{self, RunLock};
use crate::web::run_store::{Batch, Records};
use crate::web::{self, PageClock, keys, tabs};

/// Events that are read between two breaths of the page.
const SLICE: usize = 20;
/// Events of an imported run that are written at once.
const WRITE_SLICE: usize = 200;

impl Desk {
    /// Opens the device's runs and follows what other tabs do with them.
    pub fn open_shelf(self) {
        self.shelf.open();
        tabs::listen(move |id| {
            self.shelf.changed();
            self.follow_elsewhere(&id);
        });
        tabs::before_leaving(move || self.drive.keepers().iter().for_each(Keeper::flush));
        self.take_up_where_it_stood();
    }

    /// On the pages of a run, with none open: the run that this tab had open, or else the last one that is not over.
    pub(super) fn take_up_where_it_stood(self) {
        let of_a_run = self.route.read_untracked().shows_local_run();
        if !of_a_run || self.local().peek(|open| open.is_some()) || self.opening.get_untracked() {
            return;
        }
        self.opening.set(true);
        web::spawn(async move {
            self.shelf.listed().await;
            let remembered = tabs::remembered_run().and_then(|id| self.shelf.row(&id));
            let there = remembered.filter(|row| row.label.deleted_millis.is_none());
            let found = there.or_else(|| self.shelf.last_open());
            if let Some(row) = found.filter(|_| self.local().peek(|open| open.is_none())) {
                self.open_row(row).await;
            }
            self.opening.try_set(false);
        });
    }

    /// Opens a kept run and shows it. A run that goes on here is put aside, not stopped.
    pub fn open_kept(self, id: &str) {
        self.all_is_well();
        if self.local().peek(|open| open.and_then(|open| open.kept.as_deref()) == Some(id)) {
            self.go(Route::Watch { at: None });
            return;
        }
        let Some(row) = self.shelf.row(id) else { return };
        self.opening.set(true);
        web::spawn(async move {
            let shown = self.open_row(row).await;
            self.opening.try_set(false);
            if shown {
                self.go(Route::Watch { at: None });
            }
        });
    }

    /// Opens a run of the list in place of the local one; says whether it is there now.
    pub(super) async fn open_row(self, row: Row) -> bool {
        self.drive.put_aside();
        if self.drive.take_up(self, &row.id) {
            tabs::remember_run(Some(&row.id));
            return true;
        }
        let open = row.card.as_ref().is_ok_and(Card::is_open);
        let lock = if open { run_lock::take(&row.id).await } else { None };
        let elsewhere = open && lock.is_none();
        let shown = self.show(&row, lock).await;
        if shown && elsewhere {
            self.wait_for(row);
        }
        shown
    }

    /// Reads a run and shows it; it goes on if this tab holds its lock.
    async fn show(self, row: &Row, lock: Option<RunLock>) -> bool {
        let records = match self.shelf.opened().await {
            Ok(store) => store.read(&row.id).await,
            Err(error) => Err(error),
        };
        let records = match records {
            Ok(Some(records)) => records,
            Ok(None) => {
                self.fail(words::CANNOT_OPEN, words::GONE, words::CANNOT_OPEN_NEXT);
                return false;
            }
            Err(error) => {
                self.fail(words::CANNOT_OPEN, browser::store(&error), words::CANNOT_OPEN_NEXT);
                return false;
            }
        };
        match read(&records).await {
            Ok((set_up, Read::Ours(ours))) => self.show_ours(row, lock, &set_up, *ours),
            Ok((_, Read::Raw(raw))) => self.show_raw(row, *raw),
            Err(error) => {
                self.fail(words::CANNOT_OPEN, problems::kept(&error), words::CANNOT_OPEN_NEXT);
                return false;
            }
        }
        tabs::remember_run(Some(&row.id));
        true
    }

    fn show_ours(self, row: &Row, lock: Option<RunLock>, set_up: &SetUp, ours: Ours) {
        let paused = row.card.as_ref().is_ok_and(|card| card.paused);
        let Some(lock) = lock else {
            let listed = set_up.listed_price.clone().and_then(ListedPrice::from_value);
            let kept = Some(row.id.clone());
            let mut open = OpenRun { listed, kept, ..OpenRun::played(ours.run, Provenance::Live) };
            let timings = ours.earlier.timings;
            open.timings =
                (!timings.entries.is_empty()).then(|| serde_json::to_value(timings).ok()).flatten();
            open.driven = !open.run.state().is_closed();
            open.note = open.driven.then_some(Note::Elsewhere);
            open.live.phase =
                if paused { crate::session::Phase::Paused } else { crate::session::Phase::Running };
            self.local().put(Some(open));
            return;
        };
        let missing = self.missing(&ours.run, &ours.connections);
        let first = if paused || missing.is_some() { First::Wait } else { First::Run };
        let keeper = Keeper::resumed(self, &row.id, set_up, &ours, paused);
        keeper.hold(lock);
        self.drive.launch(self, ours.run, ours.earlier, ours.connections, keeper, first);
        self.local().change(|open| open.note = missing);
    }

    fn show_raw(self, row: &Row, raw: Raw) {
        let note = match raw.why {
            WhyRaw::Imported => None,
            WhyRaw::OtherEngine => Some(Note::OtherEngine),
            WhyRaw::Damaged(seq) => Some(Note::Damaged(seq)),
        };
        // The reader has read the set-up, so there is something to show.
        let Ok(run) = raw.document.readable() else { return };
        let provenance = if note.is_none() { Provenance::Imported } else { Provenance::Live };
        let mut open = OpenRun::arrived(run, raw.document, provenance);
        open.kept = Some(row.id.clone());
        open.note = note.or(open.note);
        self.local().put(Some(open));
    }

    /// What the models of a run lack since the page was loaded again.
    pub(super) fn missing(self, run: &Run, connections: &[Option<ConnectionId>]) -> Option<Note> {
        let mut without_key = Vec::new();
        let mut gone = false;
        self.connections.with_untracked(|saved| {
            for (place, agent) in run.spec().agents.iter().enumerate() {
                if !agent.kind.is_model() {
                    continue;
                }
                let bound = connections.get(place).copied().flatten();
                match bound.and_then(|id| saved.iter().find(|saved| saved.id == id)) {
                    Some(found) if found.needs_key && !keys::has(found.id) => {
                        if !without_key.contains(&found.name) {
                            without_key.push(found.name.clone());
                        }
                    }
                    Some(_) => {}
                    None => gone = true,
                }
            }
        });
        match (without_key.is_empty(), gone) {
            (false, _) => Some(Note::NeedsKeys(without_key)),
            (true, true) => Some(Note::NeedsConnections),
            (true, false) => None,
        }
    }

    /// Keys have come or gone: a run that waits for them goes on once they are all there.
    pub fn keys_changed(self) {
        // The rows tell whether a key is there.
        self.connections.update(|_| ());
        let waits = self.local().peek(|open| match open.and_then(|open| open.note.as_ref()) {
            Some(Note::NeedsKeys(names)) => Some(names.clone()),
            _ => None,
        });
        let Some(names) = waits else { return };
        let lacks = |name: &&String| {
            let saved = self.connections.read_untracked();
            saved.iter().any(|saved| saved.name == **name && saved.needs_key && !keys::has(saved.id))
        };
        let left: Vec<String> = names.iter().filter(lacks).cloned().collect();
        let paused = self.drive.driven().is_some_and(|driven| driven.keeper.is_paused());
        let done = left.is_empty();
        self.local().change(|open| open.note = (!done).then_some(Note::NeedsKeys(left)));
        if done && !paused {
            self.drive.command(self, None, Session::resume);
        }
    }

    /// Waits until the tab that drives a run lets go of it, and says so.
    fn wait_for(self, row: Row) {
        let opening = self.local().peek(|open| open.map(|open| open.opening));
        web::spawn(async move {
            let Some(lock) = run_lock::wait(&row.id).await else { return };
            let still = |open: Option<&OpenRun>| open.is_some_and(|open| open.note == Some(Note::Elsewhere));
            if self.local().peek(|open| open.map(|open| open.opening)) != opening || !self.local().peek(still)
            {
                return;
            }
            drop(lock);
            self.shelf.changed();
            self.local().change(|open| open.note = Some(Note::Free));
        });
    }

    /// Goes on with a run that another tab drove.
    pub fn take_over(self) {
        let Some(id) = self.local().peek(|open| open.and_then(|open| open.kept.clone())) else { return };
        web::spawn(async move {
            let Some(lock) = run_lock::take(&id).await else {
                self.local().change(|open| open.note = Some(Note::Elsewhere));
                return;
            };
            self.shelf.read_now().await;
            if let Some(row) = self.shelf.row(&id) {
                // The card may be newer than the list that was shown; a run that has ended opens as such.
                self.show(&row, Some(lock).filter(|_| row.card.as_ref().is_ok_and(Card::is_open))).await;
            }
        });
    }

    /// Another tab has written a run: if it is the one that this tab looks at, this one follows.
    fn follow_elsewhere(self, id: &str) {
        let looks_on = self.local().peek(|open| {
            open.is_some_and(|open| {
                open.kept.as_deref() == Some(id) && open.note.as_ref().is_some_and(Note::is_read_only)
            })
        });
        if !looks_on || self.following.get_value() {
            return;
        }
        self.following.set_value(true);
        let id = id.to_owned();
        web::spawn(async move {
            web::next_frame().await;
            self.following.set_value(false);
            let Ok(store) = self.shelf.opened().await else { return };
            let Ok(Some(records)) = store.read(&id).await else { return };
            let Ok((_, Read::Ours(ours))) = read(&records).await else { return };
            let same = self.local().peek(|open| open.is_some_and(|open| open.kept.as_ref() == Some(&id)));
            if same && !self.drive.drives(&id) {
                self.local().change(|open| {
                    open.run = ours.run;
                    open.story.follow(&open.run);
                    open.driven = !open.run.state().is_closed();
                    open.note = open.note.take().filter(|_| open.driven);
                });
            }
        });
    }

    /// The database says that another tab has gone on with a run that this one drove.
    pub(super) fn lost_to_another_tab(self, id: &str) {
        if self.drive.drives(id) {
            self.drive.abandon();
            self.local().change(|open| {
                open.driven = false;
                open.note = Some(Note::TakenOver);
            });
        }
    }

    /// Throws a kept run away, with an undo; one that goes on here is stopped first.
    pub fn bin_run(self, id: &str) {
        if self.drive.drives(id) {
            self.drive.abandon();
        }
        if self.local().peek(|open| open.and_then(|open| open.kept.as_deref()) == Some(id)) {
            self.local().put(None);
            tabs::remember_run(None);
        }
        self.shelf.bin(id);
    }

    /// There may be room again for what the browser refused to keep.
    pub fn keep_again(self) {
        self.drive.keepers().iter().for_each(Keeper::poke);
    }

    /// The kept run that came as this very file, if there is one.
    pub(super) async fn kept_from(self, document: &Document) -> Option<Row> {
        // A file that was opened a moment ago is not in the list that is shown yet.
        self.shelf.read_now().await;
        let store = self.shelf.opened().await.ok()?;
        for (id, _) in untrack(|| self.kept_cards(|card| card.is_like(document))) {
            if let Ok(Some(records)) = store.read(&id).await
                && is_file(&records.set_up, &records.events, document)
            {
                return self.shelf.row(&id);
            }
        }
        None
    }

    /// Keeps a run that came as a file; gives its id here.
    pub(super) fn keep_imported(self, run: &Run, document: Document) -> String {
        let id = fresh_id();
        let now = PageClock.now_millis();
        let mut card = Card::of(run, &document.engine, Origin::Imported, now);
        card.altered = document.engine == ENGINE && !document.says_what_follows(run);
        let card = card.to_text();
        let kept = id.clone();
        web::spawn(async move {
            let Ok(store) = self.shelf.opened().await else { return };
            let mut batch = Batch {
                card: Some(card),
                set_up: Some(SetUp::imported(&document, now).to_text()),
                ..Batch::default()
            };
            // By their places: a file may number its events as it likes.
            let texts: Vec<(u64, String)> = (1..).zip(document.events.iter().map(entry_text)).collect();
            let mut slices = texts.chunks(WRITE_SLICE);
            loop {
                let slice = slices.next();
                batch.events = slice.unwrap_or_default().to_vec();
                if let Err(error) = store.write(&kept, &batch).await {
                    // A part of a file is of no use.
                    let _ = store.remove(&kept).await;
                    self.shelf.refused(&error);
                    return;
                }
                if slice.is_none() {
                    break;
                }
                batch = Batch::default();
                web::next_frame().await;
            }
            self.shelf.changed();
            tabs::say(&kept);
        });
        id
    }
}

/// Reads records in slices, so that the page breathes.
pub(super) async fn read(records: &Records) -> Result<(SetUp, Read), crate::archive::ArchiveError> {
    let set_up = SetUp::from_text(&records.set_up)?;
    let mut reader = Reader::new(&records.set_up)?;
    for (place, text) in records.events.iter().enumerate() {
        if place % SLICE == SLICE - 1 {
            web::sleep(0).await;
        }
        reader.feed(text);
    }
    Ok((set_up, reader.finish(&records.replies, &records.timings)))
}
