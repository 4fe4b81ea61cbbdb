//! An evaluation that a page shows, with its records and the report on them: the page's own in one slot, one that came in a
//! link in another. What takes long is done in slices.

use std::sync::Arc;

use leptos::prelude::*;

use crate::evaluate::{Asked, Building, Found, Handout, Method, Question, Record, Report, SetUp, efforts};
use crate::prng::Seed;
use crate::ui::evaluation::{Head, Plan, Stage};
use crate::web;

/// The seed of intervals where a file of results does not name one.
const SEED: Seed = Seed::new(1);

/// The evaluation that a page shows.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its id on this device; `None` if it came as a file of results or in a link.
    pub id: Option<String>,
    /// How it stands.
    pub head: Head,
    /// What is asked of whom; `None` if it was not asked here.
    pub plan: Option<Arc<Plan>>,
    /// The records by the places of their questions; none where a link carried figures only.
    pub records: Vec<Option<Arc<Record>>>,
    /// What a link said beside them.
    pub received: Option<Arc<Handout>>,
}

/// A report, and whether its intervals are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// The report.
    pub report: Arc<Report>,
    /// Whether everything is there.
    pub is_whole: bool,
}

/// What a page shows. `Copy`, like the desk that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultSlot {
    /// What is found so far.
    pub report: RwSignal<Option<Reported>>,
    revision: RwSignal<u64>,
    state: StoredValue<State>,
}

/// What changes without a page that follows at once.
#[derive(Clone, Debug, Default)]
struct State {
    open: Option<Opened>,
    /// The method that others are compared with, if a person chose one.
    against: Option<Method>,
    frame_wanted: bool,
    /// Tells the report that is wanted from those before.
    reporting: u32,
    reports: bool,
}

/// The slot whose results the page shows: the page gives it to its parts.
pub fn use_results() -> ResultSlot {
    expect_context::<ResultSlot>()
}

impl Opened {
    /// What came in a link.
    pub(super) fn received(handout: Handout) -> Self {
        let records = match &handout.found {
            Found::Answers(records) => records.iter().cloned().map(Some).collect(),
            Found::Figures(_) => Vec::new(),
        };
        let mut head = Head::new(&handout.set_up.name, handout.set_up.count, 0);
        head.stage = Stage::Over;
        head.done = match &handout.found {
            Found::Answers(records) => records.len(),
            Found::Figures(report) => report.questions,
        };
        Self { id: None, head, plan: None, records, received: Some(Arc::new(handout)) }
    }

    /// Its records, in order.
    pub fn done(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.iter().flatten()
    }

    /// The question at a place, if it is known.
    pub fn question(&self, place: usize) -> Option<&Question> {
        self.plan.as_ref()?.questions.get(place)
    }

    /// How it was set up, as far as that is known. It works out digests of all questions.
    pub fn set_up(&self) -> SetUp {
        if let Some(received) = &self.received {
            return received.set_up.clone();
        }
        let plan = self.plan.as_ref();
        SetUp {
            name: self.head.name.clone(),
            count: self.head.count,
            seed: plan.map_or(SEED, |plan| plan.seed),
            asked: plan.and_then(|plan| Asked::of(&plan.panel, &plan.questions)),
        }
    }

    /// What is passed on of it: every answer, or the figures of a report.
    pub fn handout(&self, against: Option<Method>, figures: Option<Arc<Report>>) -> Handout {
        let records = || self.done().cloned().collect();
        Handout {
            set_up: self.set_up(),
            efforts: match &self.received {
                Some(received) => received.efforts.clone(),
                None => efforts(self.done().map(|record| &**record)),
            },
            against,
            found: figures.map_or_else(|| Found::Answers(records()), Found::Figures),
        }
    }

    fn seed(&self) -> Seed {
        let plan = self.plan.as_ref().map(|plan| plan.seed);
        plan.or_else(|| Some(self.received.as_ref()?.set_up.seed)).unwrap_or(SEED)
    }
}

impl ResultSlot {
    pub(super) fn new() -> Self {
        Self {
            report: RwSignal::new(None),
            revision: RwSignal::new(0),
            state: StoredValue::new(State::default()),
        }
    }

    /// Reads the evaluation that is shown and subscribes to its changes.
    pub fn with<R>(self, read: impl FnOnce(Option<&Opened>) -> R) -> R {
        self.revision.track();
        self.peek(read)
    }

    /// Reads it without subscribing.
    pub fn peek<R>(self, read: impl FnOnce(Option<&Opened>) -> R) -> R {
        self.state.with_value(|state| read(state.open.as_ref()))
    }

    /// Changes it; the page follows at the next frame.
    pub(super) fn change(self, change: impl FnOnce(&mut Opened)) {
        let mut wanted = false;
        self.state.update_value(|state| {
            if let Some(open) = &mut state.open {
                change(open);
            }
            wanted = std::mem::replace(&mut state.frame_wanted, true);
        });
        if wanted {
            return;
        }
        web::spawn(async move {
            web::next_frame().await;
            self.state.update_value(|state| state.frame_wanted = false);
            self.revision.try_update(|revision| *revision += 1);
        });
    }

    pub(super) fn put(self, open: Option<Opened>) {
        self.state.update_value(|state| {
            state.reporting += 1;
            (state.open, state.against, state.reports) = (open, None, false);
        });
        self.report.set(None);
        self.revision.update(|revision| *revision += 1);
    }

    /// Shows what came in a link.
    pub(super) fn receive(self, handout: Handout) {
        let (against, found) = (handout.against, handout.found.clone());
        self.put(Some(Opened::received(handout)));
        self.state.update_value(|state| state.against = against);
        match found {
            Found::Answers(_) => self.work_out(),
            Found::Figures(report) => self.report.set(Some(Reported { report, is_whole: true })),
        }
    }

    /// Compares the others with this method.
    pub fn compare_with(self, against: Option<Method>) {
        self.state.update_value(|state| state.against = against);
        self.work_out();
    }

    /// Whether the figures can be worked out again: not where a link carried nothing else.
    pub fn has_answers(self) -> bool {
        self.with(|open| open.is_some_and(|open| !open.records.is_empty()))
    }

    /// Whether a report is being worked out.
    pub(super) fn is_reporting(self) -> bool {
        self.state.with_value(|state| state.reports)
    }

    /// Works the report out again, in slices; what was under way is given up.
    pub fn work_out(self) {
        let mut mine = 0;
        self.state.update_value(|state| {
            (mine, state.reports) = (state.reporting + 1, true);
            state.reporting = mine;
        });
        let wanted = move || self.state.try_with_value(|state| state.reporting) == Some(mine);
        let against = self.state.with_value(|state| state.against);
        let (records, seed, received) = self.peek(|open| {
            let records: Vec<Arc<Record>> =
                open.map(|open| open.done().cloned().collect()).unwrap_or_default();
            (records, open.map_or(SEED, Opened::seed), open.and_then(|open| open.received.clone()))
        });
        web::spawn(async move {
            let mut building = Building::new(against, seed);
            let mut left = records.iter();
            let add = || match left.next() {
                Some(record) => {
                    building.add(record);
                    None
                }
                None => Some(()),
            };
            let show = |building: &Building, is_whole: bool| {
                let report = Arc::new(building.so_far().clone());
                self.report.try_set(Some(Reported { report, is_whole }));
            };
            let figures = web::in_slices(add, wanted).await;
            if let Some(received) = received {
                building.take_efforts(&received.efforts);
            }
            if figures.is_some()
                && web::in_slices(
                    || {
                        building.step();
                        building.has_figures().then_some(())
                    },
                    wanted,
                )
                .await
                .is_some()
            {
                show(&building, false);
                if web::in_slices(|| (!building.step()).then_some(()), wanted).await.is_some() {
                    show(&building, true);
                }
            }
            if wanted() {
                self.state.update_value(|state| state.reports = false);
            }
        });
    }
}
