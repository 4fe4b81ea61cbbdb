//! The runs that are kept on this device, as a list that all tabs share. It reads cards and labels, and writes labels
//! only: what a run consists of is its keeper's business.

use leptos::prelude::*;

use crate::archive::{ArchiveError, Card, Label, Part};
use crate::session::Clock;
use crate::web::StoreError;
use crate::web::run_store::RunStore;
use crate::web::space::{self, Space};
use crate::web::{self, PageClock, tabs};

/// Something that was thrown away longer ago than this is removed at the next visit.
const BIN_MILLIS: u64 = 60_000;
/// Changes that come faster than this are read together.
const TOGETHER_MILLIS: u32 = 120;

/// One kept run in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id on this device.
    pub id: String,
    /// What can be said of it, or why nothing can.
    pub card: Result<Card, ArchiveError>,
    /// Its name, pin and bin.
    pub label: Label,
}

/// The list.
#[derive(Clone, Debug, PartialEq)]
pub enum Listing {
    /// It is being read.
    Loading,
    /// There can be none.
    Unavailable(StoreError),
    /// Here it is: pinned first, then newest first, those in the bin last.
    Ready(Vec<Row>),
}

/// The shelf. `Copy`, like the desk that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    store: StoredValue<Option<Result<RunStore, StoreError>>, LocalStorage>,
    reading: StoredValue<bool>,
    /// The list as it stands.
    pub list: RwSignal<Listing>,
    /// The room that the browser grants.
    pub space: RwSignal<Option<Space>>,
    /// Why a run that goes on is not kept, while it is not.
    pub refusal: RwSignal<Option<StoreError>>,
}

impl Shelf {
    pub(super) fn new() -> Self {
        Self {
            store: StoredValue::new_local(None),
            reading: StoredValue::new(false),
            list: RwSignal::new(Listing::Loading),
            space: RwSignal::new(None),
            refusal: RwSignal::new(None),
        }
    }

    /// Opens the database, reads the list and follows the other tabs.
    pub(super) fn open(self) {
        web::spawn(async move {
            let opened = RunStore::open().await;
            self.store.set_value(Some(opened.clone()));
            match opened {
                Ok(_) => {
                    self.empty_bin(BIN_MILLIS).await;
                    self.read().await;
                }
                Err(error) => {
                    self.list.try_set(Listing::Unavailable(error));
                }
            }
        });
    }

    /// The database, once it is open.
    pub(super) async fn opened(self) -> Result<RunStore, StoreError> {
        loop {
            match self.store.try_get_value().flatten() {
                Some(opened) => return opened,
                None => web::sleep(4).await,
            }
        }
    }

    /// Something has changed: the list is read again, soon.
    pub(super) fn changed(self) {
        if self.reading.try_update_value(|reading| std::mem::replace(reading, true)) != Some(false) {
            return;
        }
        web::spawn(async move {
            web::sleep(TOGETHER_MILLIS).await;
            self.reading.set_value(false);
            self.read().await;
        });
    }

    /// Waits until the list is there, or cannot be.
    pub(super) async fn listed(self) {
        while self.list.try_with_untracked(|list| *list == Listing::Loading) == Some(true) {
            web::sleep(4).await;
        }
    }

    /// Reads the list now.
    pub(super) async fn read_now(self) {
        self.read().await;
    }

    async fn read(self) {
        let Ok(store) = self.opened().await else { return };
        let listing = match store.list().await {
            Ok(found) => Listing::Ready(in_order(found)),
            Err(error) => Listing::Unavailable(error),
        };
        if self.list.try_get_untracked().is_some_and(|list| list != listing) {
            self.list.try_set(listing);
        }
        self.measure().await;
    }

    /// Asks how much room is taken.
    async fn measure(self) {
        let space = space::estimate().await;
        self.space.try_set(space);
    }

    /// A row of the list, in the bin or not.
    pub fn row(self, id: &str) -> Option<Row> {
        self.list.with_untracked(|list| match list {
            Listing::Ready(rows) => rows.iter().find(|row| row.id == id).cloned(),
            _ => None,
        })
    }

    /// The open run that changed last, unless it is in the bin.
    pub fn last_open(self) -> Option<Row> {
        let open =
            |row: &&Row| row.label.deleted_millis.is_none() && row.card.as_ref().is_ok_and(Card::is_open);
        let changed = |row: &&Row| row.card.as_ref().map_or(0, |card| card.changed_millis);
        self.list.with_untracked(|list| match list {
            Listing::Ready(rows) => rows.iter().filter(open).max_by_key(changed).cloned(),
            _ => None,
        })
    }

    /// Gives a run another name.
    pub fn rename(self, id: &str, name: &str) {
        self.relabel(id, |label| label.rename(name));
    }

    /// Pins a run or lets it go; the first pin asks the browser to throw nothing away.
    pub fn pin(self, id: &str, pinned: bool) {
        self.relabel(id, |label| label.pinned = pinned);
        if pinned {
            web::spawn(async move {
                // Whether it agrees changes nothing here; it shows in the browser's own settings.
                let _ = space::persist().await;
                self.measure().await;
            });
        }
    }

    /// Notes what a run belongs to, also of one that is not in the list yet.
    pub(super) fn make_part(self, id: &str, part: &Part) {
        let mut label = self.row(id).map(|row| row.label).unwrap_or_default();
        if label.part.as_ref() == Some(part) {
            return;
        }
        label.part = Some(part.clone());
        let id = id.to_owned();
        web::spawn(async move {
            let Ok(store) = self.opened().await else { return };
            // Without it the run stands loose in the list, and nothing else is lost.
            let _ = store.label(&id, &label.to_text()).await;
            self.changed();
            tabs::say(&id);
        });
    }

    /// Throws a run away; it can be taken back while this visit lasts.
    pub fn bin(self, id: &str) {
        let now = PageClock.now_millis();
        self.relabel(id, |label| label.deleted_millis = Some(now));
    }

    /// Takes a run back.
    pub fn take_back(self, id: &str) {
        self.relabel(id, |label| label.deleted_millis = None);
    }

    /// Removes what is in the bin, for good; then there may be room again.
    pub fn empty(self, after: impl FnOnce() + 'static) {
        web::spawn(async move {
            self.empty_bin(0).await;
            self.read().await;
            after();
        });
    }

    async fn empty_bin(self, older_than_millis: u64) {
        let Ok(store) = self.opened().await else { return };
        let Ok(found) = store.list().await else { return };
        let now = PageClock.now_millis();
        for row in in_order(found) {
            let old = |since: u64| now.saturating_sub(since) >= older_than_millis;
            if row.label.deleted_millis.is_some_and(old) && store.remove(&row.id).await.is_ok() {
                tabs::say(&row.id);
            }
        }
    }

    /// Removes every run for good.
    pub(super) fn clear(self) {
        web::spawn(async move {
            if let Ok(store) = self.opened().await
                && let Err(error) = store.clear().await
            {
                self.refusal.try_set(Some(error));
            }
            self.read().await;
            tabs::say("");
        });
    }

    /// Changes a label: in the list at once, on the device as soon as it can be.
    fn relabel(self, id: &str, change: impl FnOnce(&mut Label)) {
        let Some(Row { mut label, .. }) = self.row(id) else { return };
        change(&mut label);
        self.list.update(|list| {
            if let Listing::Ready(rows) = list {
                for row in rows.iter_mut().filter(|row| row.id == id) {
                    row.label = label.clone();
                }
                sort(rows);
            }
        });
        let id = id.to_owned();
        web::spawn(async move {
            let Ok(store) = self.opened().await else { return };
            if let Err(error) = store.label(&id, &label.to_text()).await {
                self.refusal.try_set(Some(error));
                self.read().await;
            }
            tabs::say(&id);
        });
    }

    /// The browser has refused to keep something.
    pub(super) fn refused(self, error: &StoreError) {
        if self.refusal.try_with_untracked(|known| known.as_ref() != Some(error)) == Some(true) {
            self.refusal.try_set(Some(error.clone()));
        }
    }

    /// The browser keeps again.
    pub(super) fn kept_again(self) {
        if self.refusal.try_with_untracked(Option::is_some) == Some(true) {
            self.refusal.try_set(None);
        }
    }
}

fn in_order(found: Vec<(String, String, Option<String>)>) -> Vec<Row> {
    let row = |(id, card, label): (String, String, Option<String>)| Row {
        card: Card::from_text(&card),
        // A label that cannot be read is as good as none.
        label: label.and_then(|label| Label::from_text(&label).ok()).unwrap_or_default(),
        id,
    };
    let mut rows: Vec<Row> = found.into_iter().map(row).collect();
    sort(&mut rows);
    rows
}

fn sort(rows: &mut [Row]) {
    rows.sort_by_key(|row| {
        let started = row.card.as_ref().map_or(0, |card| card.started_millis);
        (!row.label.pinned, std::cmp::Reverse(started))
    });
}
