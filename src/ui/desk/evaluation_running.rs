//! An evaluation while this tab asks its questions: what is under way, how fast it goes, and whether one question more is
//! within the limits. It asks nobody.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use futures_util::future::AbortHandle;

use super::Bindings;
use crate::agents::Estimate;
use crate::evaluate::{Method, Record};
use crate::run::Run;
use crate::session::{Session, Timings};
use crate::share::write_file;
use crate::ui::evaluation::{Pace, Plan, Spent};
use crate::ui::words::problems;
use crate::web;
use crate::web::run_lock::RunLock;

/// An evaluation that goes on in this tab.
pub(super) struct Running {
    pub(super) id: String,
    pub(super) plan: Arc<Plan>,
    pub(super) methods: Vec<Method>,
    pub(super) bindings: Bindings,
    /// What a question may use at most.
    most_of_one: Option<Estimate>,
    pub(super) paused: Cell<bool>,
    /// A limit would be passed by the next question.
    pub(super) full: Cell<bool>,
    pub(super) under_way: Cell<usize>,
    pub(super) sessions: RefCell<Vec<(usize, Session)>>,
    pub(super) abort: AbortHandle,
    pub(super) pace: Cell<Pace>,
    /// When the time was last counted.
    counted: Cell<f64>,
    pub(super) reported: Cell<f64>,
    _lock: RunLock,
}

/// A question that is done, with the files of its runs.
pub(super) struct Asked {
    pub(super) place: usize,
    pub(super) record: Record,
    pub(super) runs: Vec<(String, String)>,
    pub(super) spent: Spent,
}

impl Running {
    pub(super) fn new(id: String, plan: Arc<Plan>, abort: AbortHandle, lock: RunLock) -> Self {
        let now = web::page::now_millis();
        Self {
            id,
            methods: plan.methods(),
            bindings: plan.bindings(),
            most_of_one: plan.most_of_one(),
            plan,
            paused: Cell::new(false),
            full: Cell::new(false),
            under_way: Cell::new(0),
            sessions: RefCell::new(Vec::new()),
            abort,
            pace: Cell::new(Pace::default()),
            counted: Cell::new(now),
            reported: Cell::new(now),
            _lock: lock,
        }
    }

    /// Counts the time since it was counted last.
    pub(super) fn count_time(&self) -> u64 {
        let now = web::page::now_millis();
        let passed = (now - self.counted.replace(now)).max(0.0) as u64;
        if self.paused.get() {
            return 0;
        }
        let pace = self.pace.get();
        self.pace.set(Pace { millis: pace.millis + passed, ..pace });
        passed
    }

    /// Whether one question more is within the limits, whatever those under way use.
    pub(super) fn has_room(&self, spent: Spent) -> bool {
        let Some(most) = &self.most_of_one else { return true };
        let with_one = self.under_way.get() as u64 + 1;
        let fits = |limit: Option<u64>, spent: u64, each: u64| {
            limit.is_none_or(|limit| spent.saturating_add(each.saturating_mul(with_one)) <= limit)
        };
        fits(self.plan.most_calls, spent.calls, most.calls.1)
            && fits(self.plan.most_micro_usd, spent.cost_micro_usd, most.cost_micro_usd.1)
    }
}

/// A run as a file, with its times.
pub(super) fn file_text(run: &Run, timings: &Timings) -> Result<String, String> {
    let mut document = run.document().map_err(|error| problems::run(&error))?;
    document.timings = timings.to_value();
    Ok(write_file(&document))
}
