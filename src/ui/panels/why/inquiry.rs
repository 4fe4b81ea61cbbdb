//! The replays behind the figures, under way or done: a little each frame, begun by itself once a market is over, on
//! request while it goes on, and ended by a press. It knows no words.

use std::sync::Arc;

use leptos::prelude::*;

use crate::aggregate::Yardstick;
use crate::aggregate::analysis::{Analysis, Findings};
use crate::aggregate::what_if::Record;
use crate::ui::desk::{Feed, OpenRun};
use crate::web;

/// How far the replays are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nobody has traded, so there is nothing to play again.
    Nothing,
    /// The run goes on; nobody has asked yet.
    Open,
    /// So many of so many are done.
    Working(usize, usize),
    /// All are.
    Done,
    /// Somebody ended it.
    Cancelled,
}

/// What was found, and what it was found about.
#[derive(Debug)]
pub(super) struct Found {
    /// The figures.
    pub findings: Findings,
    /// What can be played again with other liquidity.
    pub record: Record,
}

/// The replays about one feed. `Copy`: parts of a page share it.
#[derive(Clone, Copy)]
pub(super) struct Inquiry {
    feed: Feed,
    /// How far it is.
    pub stage: RwSignal<Stage>,
    found: RwSignal<Option<Arc<Found>>>,
    /// Tells the work that is under way from that before.
    begun: StoredValue<u32>,
}

/// What the figures are about: another opening, or another end, needs others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct About {
    opening: u64,
    /// The last event, once the run is over.
    end: Option<u64>,
    traded: bool,
}

impl About {
    fn of(open: &OpenRun) -> Self {
        let over = open.run.state().is_closed();
        Self {
            opening: open.opening,
            end: over.then(|| open.run.head().seq),
            traded: !open.story.trades.is_empty(),
        }
    }
}

impl Inquiry {
    /// Begins as soon as the feed's run is over.
    pub fn about(feed: Feed) -> Self {
        let inquiry = Self {
            feed,
            stage: RwSignal::new(Stage::Nothing),
            found: RwSignal::new(None),
            begun: StoredValue::new(0),
        };
        let about = Memo::new(move |_| feed.with(|open| open.map(About::of)));
        Effect::new(move |_| match about.get() {
            Some(About { traded: true, end: Some(_), .. }) => inquiry.begin(),
            Some(About { traded: true, end: None, .. }) => inquiry.put_off(Stage::Open),
            _ => inquiry.put_off(Stage::Nothing),
        });
        inquiry
    }

    /// Reads what was found, if it is there; subscribes.
    pub fn with<R>(self, read: impl FnOnce(Option<&Found>) -> R) -> R {
        self.found.with(|found| read(found.as_deref()))
    }

    /// What was found; subscribes.
    pub fn found(self) -> Option<Arc<Found>> {
        self.found.get()
    }

    fn put_off(self, stage: Stage) {
        self.begun.update_value(|begun| *begun += 1);
        self.found.set(None);
        self.stage.set(stage);
    }

    /// Ends the work under way; what was found before is gone.
    pub fn cancel(self) {
        self.put_off(Stage::Cancelled);
    }

    /// Plays everything again, for what has happened so far.
    pub fn begin(self) {
        self.put_off(Stage::Working(0, 1));
        let mine = self.begun.get_value();
        let wanted = move || self.begun.try_get_value() == Some(mine);
        web::spawn(async move {
            // The page shows its parts before it is busy with this.
            web::next_frame().await;
            let Some(mut analysis) = self.analysis().filter(|_| wanted()) else { return };
            let counted = std::cell::Cell::new((0, 1));
            let work = || {
                let over = analysis.work();
                counted.set((analysis.done(), analysis.total()));
                over.then(|| analysis.findings()).flatten()
            };
            let told = || {
                let (done, total) = counted.get();
                wanted() && self.stage.try_set(Stage::Working(done, total)).is_none()
            };
            let Some(findings) = web::in_slices(work, told).await.filter(|_| wanted()) else { return };
            let record = analysis.into_record();
            self.found.try_set(Some(Arc::new(Found { findings, record })));
            self.stage.try_set(Stage::Done);
        });
    }

    fn analysis(self) -> Option<Analysis> {
        self.feed.peek(|open| {
            let open = open?;
            let weights = Yardstick::of(&open.story.now).weights(open.run.spec().outcome_count());
            Some(Analysis::new(Record::of(&open.run), weights))
        })
    }
}
