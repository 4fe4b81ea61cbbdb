//! One open run and its revision. The run is plain data; readers subscribe to the revision, which moves at most
//! once an animation frame however much happens in between (house §3).

use std::sync::atomic::{AtomicU64, Ordering};

use leptos::prelude::*;

use super::note::Note;
use crate::aggregate::Story;
use crate::audit::Head;
use crate::evaluate::listing::ListedPrice;
use crate::run::{Document, ENGINE, Run, RunError};
use crate::session::{Live, Phase};
use crate::ui::status::RunStatus;

/// Where an open run comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// It was run here.
    Live,
    /// From a file.
    Imported,
    /// From a link.
    Link,
    /// Recorded earlier and shipped with the page.
    Sample {
        /// Model and date.
        label: String,
    },
}

/// A run that the page shows.
#[derive(Clone, Debug)]
pub struct OpenRun {
    /// Tells this opening from every other of the page.
    pub opening: u64,
    /// The run as far as it can be read.
    pub run: Run,
    /// Its story, which grows with its log.
    pub story: Story,
    /// The run as it came, if it came from elsewhere: it may be broken.
    pub document: Option<Document>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Times and waits, outside the chain, as they go into a file.
    pub timings: Option<serde_json::Value>,
    /// What a market elsewhere said of the same question, outside the chain too.
    pub listed: Option<ListedPrice>,
    /// What the session holds beside the log: who is thinking, the words so far.
    pub live: Live,
    /// Whether a session runs it right now, here or in another tab.
    pub driven: bool,
    /// Under which id it is kept on this device, if it is.
    pub kept: Option<String>,
    /// What is to be said about it.
    pub note: Option<Note>,
}

impl OpenRun {
    /// Whether its file, if it came as one, says what its events come to: otherwise it was changed or cut, or another
    /// engine made it.
    pub fn is_as_its_file(&self) -> bool {
        self.document.as_ref().is_none_or(|document| document.says_what_follows(&self.run))
    }

    /// Whether its file was changed or cut after it was made.
    pub fn is_altered(&self) -> bool {
        self.note != Some(Note::OtherEngine) && !self.is_as_its_file()
    }

    /// The head that its file claims, while its events come to something else.
    pub fn claimed_head(&self) -> Option<Head> {
        self.document.as_ref().map(|document| document.head).filter(|_| self.is_altered())
    }

    /// The head that names it: computed here, or, where this engine cannot, as its file says.
    pub fn head(&self) -> Head {
        match &self.document {
            Some(document) if !self.is_altered() => document.head,
            _ => self.run.head(),
        }
    }

    /// A run about to start here.
    pub fn live(run: Run) -> Self {
        Self {
            opening: next_opening(),
            story: Story::of(&run),
            run,
            document: None,
            provenance: Provenance::Live,
            timings: None,
            listed: None,
            live: Live::default(),
            driven: true,
            kept: None,
            note: None,
        }
    }

    /// A run that came from elsewhere as raw JSON that nobody has checked.
    pub fn arrived(run: Run, document: Document, provenance: Provenance) -> Self {
        let timings = document.timings.clone();
        let listed = document.listed_price.clone().and_then(ListedPrice::from_value);
        let note = (document.engine != ENGINE).then_some(Note::OtherEngine);
        Self { document: Some(document), timings, listed, note, ..Self::played(run, provenance) }
    }

    /// A run that came from elsewhere and was played again here.
    pub fn played(run: Run, provenance: Provenance) -> Self {
        Self { provenance, driven: false, ..Self::live(run) }
    }

    /// The run as it stands in a file: as it came, or as it was made here, with what stands beside the chain.
    ///
    /// # Errors
    /// None for a run that was made here.
    pub fn to_document(&self) -> Result<Document, RunError> {
        if let Some(document) = &self.document {
            return Ok(document.clone());
        }
        let listed_price = self.listed.as_ref().and_then(ListedPrice::to_value);
        let document = self.run.document()?;
        Ok(Document { timings: self.timings.clone(), listed_price, ..document })
    }

    /// Whether this tab may command it.
    pub fn is_ours(&self) -> bool {
        self.driven && !self.note.as_ref().is_some_and(Note::is_read_only)
    }

    /// How it stands.
    pub fn status(&self) -> RunStatus {
        RunStatus::of(self.run.state().phase(), self.driven, self.live.phase == Phase::Paused)
    }
}

fn next_opening() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A handle to one open run: `Copy`, and alive as long as the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed {
    revision: RwSignal<u64>,
    open: StoredValue<Option<OpenRun>>,
    /// The event that the scrubber stands at; `None` follows the run.
    pub scrub: RwSignal<Option<u64>>,
}

impl Feed {
    /// A feed without a run.
    pub fn new() -> Self {
        Self { revision: RwSignal::new(0), open: StoredValue::new(None), scrub: RwSignal::new(None) }
    }

    /// Subscribes the caller to changes.
    pub fn track(self) {
        self.revision.track();
    }

    /// Reads the run and subscribes.
    pub fn with<R>(self, read: impl FnOnce(Option<&OpenRun>) -> R) -> R {
        self.track();
        self.peek(read)
    }

    /// Reads the run without subscribing.
    pub fn peek<R>(self, read: impl FnOnce(Option<&OpenRun>) -> R) -> R {
        self.open.with_value(|open| read(open.as_ref()))
    }

    /// How the run stands; subscribes.
    pub fn status(self) -> RunStatus {
        self.with(|open| open.map_or(RunStatus::Idle, OpenRun::status))
    }

    /// How many answers failed; subscribes.
    pub fn failures(self) -> u32 {
        self.with(|open| open.map_or(0, |open| open.run.state().totals().failures))
    }

    /// Puts another run here, or none, and shows it at once.
    pub fn put(self, open: Option<OpenRun>) {
        self.open.set_value(open);
        self.scrub.set(None);
        self.show();
    }

    /// Changes the run and shows it: not more than once a frame.
    pub(super) fn change(self, change: impl FnOnce(&mut OpenRun)) {
        self.open.update_value(|open| {
            if let Some(open) = open {
                change(open);
            }
        });
        self.show();
    }

    /// Points the scrubber at an event, if there is one; at or beyond the last it follows the run.
    pub fn point_at_event(self, seq: Option<u64>) {
        let last = self.peek(|open| open.map_or(0, |open| open.story.now.seq));
        self.scrub.set(seq.filter(|&seq| seq < last));
    }

    fn show(self) {
        self.revision.update(|revision| *revision += 1);
    }
}

impl Default for Feed {
    fn default() -> Self {
        Self::new()
    }
}
