//! The decision on the page: what is typed survives a reload, and its options are asked one after the other, each as an
//! ordinary run. It goes on from wherever it stands: what is over is kept under its run's id, and nothing is asked twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::kept::read;
use super::{Bindings, Desk};
use crate::agents::{Estimate, estimate};
use crate::aggregate::decision::NoBook;
use crate::archive::Read;
use crate::audit::Digest;
use crate::run::RunSpec;
use crate::ui::decision::{Choice, Decision, MOST_EARLIER, Obstacle, Report, Stage, Told};
use crate::web;
use crate::web::run_lock::RunLock;

/// Under which name decisions are stored, and who of the tabs asks.
pub(super) const NAME: &str = "decisions";
const VERSION: u32 = 1;

/// What is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Stored {
    version: u32,
    current: Decision,
    earlier: Vec<Decision>,
}

/// The finished runs of options by their ids, or why there is nothing to read.
type Answers = BTreeMap<String, Result<Arc<Told>, NoBook>>;

/// The decision on the page and those before it. `Copy`, like the desk that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decisions {
    /// The one on the page.
    pub current: RwSignal<Decision>,
    /// Those before it, newest first.
    pub earlier: RwSignal<Vec<Decision>>,
    /// What was typed before an example took its place, while it can be taken back.
    pub replaced: RwSignal<Option<Decision>>,
    /// Whether another tab asks its options.
    pub elsewhere: RwSignal<bool>,
    /// Whether the browser refuses to keep it.
    pub refused: RwSignal<bool>,
    pub(super) answers: RwSignal<Answers>,
    /// Held while this tab asks.
    pub(super) lock: StoredValue<Option<RunLock>, LocalStorage>,
    /// What this tab has last read or written.
    known: StoredValue<Option<Stored>>,
}

impl Decisions {
    pub(super) fn new() -> Self {
        Self {
            current: RwSignal::new(Decision::default()),
            earlier: RwSignal::new(Vec::new()),
            replaced: RwSignal::new(None),
            elsewhere: RwSignal::new(false),
            refused: RwSignal::new(false),
            answers: RwSignal::new(Answers::new()),
            lock: StoredValue::new_local(None),
            known: StoredValue::new(None),
        }
    }

    pub(super) fn is_asking(self) -> bool {
        self.lock.with_value(Option::is_some) && self.stage() == Stage::Running
    }

    pub(super) fn stage(self) -> Stage {
        self.current.with_untracked(|decision| decision.stage)
    }

    /// Ends the asking, for now or for good.
    pub(super) fn rest(self, stage: Stage) {
        self.current.update(|decision| decision.stage = stage);
        self.lock.set_value(None);
    }

    pub(super) fn load(self) {
        let found = web::storage::read::<Stored>(NAME).filter(|stored| stored.version == VERSION);
        if let Some(stored) = found {
            self.current.set(stored.current.clone());
            self.earlier.set(stored.earlier.clone());
            self.known.set_value(Some(stored));
        }
    }

    /// Reads what another tab has made of the same decision.
    pub(super) fn follow_other(self) {
        let there = web::storage::read::<Stored>(NAME);
        let mine = self.current.with_untracked(asked_at);
        if there.is_some_and(|there| asked_at(&there.current) == mine) {
            self.load();
        }
    }

    /// Writes what changed. What another tab has asked meanwhile goes to the earlier ones: nobody's result is lost.
    fn store(self) {
        let mine = Stored { version: VERSION, current: self.current.get(), earlier: self.earlier.get() };
        if self.elsewhere.get_untracked() || self.known.with_value(|known| known.as_ref() == Some(&mine)) {
            return;
        }
        let there = web::storage::read::<Stored>(NAME);
        if let Some(other) =
            there.filter(|there| self.known.with_value(|known| known.as_ref() != Some(there)))
            && other.current.is_asked()
            && asked_at(&other.current) != asked_at(&mine.current)
        {
            self.known.set_value(None);
            self.remember(other.current);
        }
        let refused = web::storage::write(NAME, &mine).is_err();
        if self.refused.get_untracked() != refused {
            self.refused.set(refused);
        }
        self.known.set_value(Some(mine));
    }

    /// Puts a decision that was asked to the earlier ones.
    pub(super) fn remember(self, decision: Decision) {
        if decision.is_asked() {
            self.earlier.update(|earlier| {
                earlier.retain(|other| asked_at(other) != asked_at(&decision));
                earlier.insert(0, decision);
                earlier.truncate(MOST_EARLIER);
            });
        }
    }
}

pub(super) fn asked_at(decision: &Decision) -> Option<u64> {
    decision.plan.as_ref().map(|plan| plan.asked_millis)
}

/// Not asked yet.
pub(super) fn forget(choice: &mut Choice) {
    (choice.run, choice.head) = (None, None);
}

impl Desk {
    /// Reads the decision that was on the page, goes on with it if it was being asked, and keeps what changes.
    pub fn load_decision(self) {
        let decisions = self.decisions;
        decisions.load();
        Effect::new(move |_| decisions.store());
        let local = self.local();
        let open = Memo::new(move |_| {
            local.with(|open| open.map(|open| (open.kept.clone(), open.run.state().is_closed())))
        });
        Effect::new(move |_| {
            // A memo that nobody reads follows nothing.
            let _ = open.get();
            decisions.current.with(Decision::next_option);
            // A run's end is work enough for one task.
            web::spawn(async move {
                web::sleep(0).await;
                self.advance_decision();
            });
        });
        if decisions.stage() == Stage::Running {
            web::spawn(async move { self.ask_on().await });
        }
    }

    /// What every option would be asked with now, with prices and limits. Subscribes.
    ///
    /// # Errors
    /// The first thing in the way.
    pub fn planned_decision(self) -> Result<(RunSpec, Bindings), Obstacle> {
        let seed = web::page::fresh_bits();
        let built = self.decisions.current.with(|decision| {
            self.draft.with(|form| self.with_preset(|preset| decision.common(form, seed, preset)))
        });
        built.map(|(mut spec, bindings)| {
            self.price_models(&mut spec, &bindings);
            self.limit_answers(&mut spec, &bindings);
            (spec, bindings)
        })
    }

    /// What all options may use together; `None` if nobody on the panel is a model. Subscribes.
    pub fn decision_estimate(self, spec: &RunSpec) -> Option<Estimate> {
        let options = self.decisions.current.with(|decision| decision.options.len()) as u64;
        let times = |(low, high): (u64, u64)| (low * options, high * options);
        estimate(spec).map(|one| Estimate {
            calls: times(one.calls),
            tokens: times(one.tokens),
            cost_micro_usd: times(one.cost_micro_usd),
            ..one
        })
    }

    /// The decision on the page with what its runs said so far. Subscribes.
    pub fn decision_report(self) -> Report {
        let decision = self.decisions.current.get();
        let told = self.decisions.answers.with(|answers| {
            let of = |option: &Choice| match (&option.run, option.head) {
                (Some(id), Some(_)) => answers.get(id).cloned().unwrap_or(Err(NoBook::Open)),
                _ => Err(NoBook::Open),
            };
            decision.options.iter().map(of).collect()
        });
        Report::new(decision, told)
    }

    /// Whether a finished run of the decision is yet to be read. Subscribes.
    pub fn reads_answers(self) -> bool {
        let decisions = self.decisions;
        let unread = |option: &Choice| match (&option.run, option.head) {
            (Some(id), Some(_)) => decisions.answers.with(|answers| !answers.contains_key(id)),
            _ => false,
        };
        decisions.current.with(|decision| decision.options.iter().any(unread))
    }

    /// Reads the finished runs of the decision that this visit has not seen yet, one after the other.
    pub async fn read_answers(self) {
        let decisions = self.decisions;
        for Choice { run, head, .. } in decisions.current.get_untracked().options {
            let (Some(id), Some(head)) = (run, head) else { continue };
            if decisions.answers.with_untracked(|answers| answers.contains_key(&id)) {
                continue;
            }
            let told = self.read_answer(&id, head).await.ok_or(NoBook::Gone);
            decisions.answers.update(|answers| {
                answers.entry(id).or_insert(told);
            });
            web::next_frame().await;
        }
    }

    async fn read_answer(self, id: &str, head: Digest) -> Option<Arc<Told>> {
        self.shelf.listed().await;
        let here = self.shelf.row(id).filter(|row| row.label.deleted_millis.is_none());
        // It may have come back as a file, under another id.
        let id = here.map(|row| row.id).or_else(|| untrack(|| self.kept_as(head)))?;
        let records = self.shelf.opened().await.ok()?.read(&id).await.ok()??;
        let run = match read(&records).await.ok()? {
            (_, Read::Ours(ours)) => ours.run,
            (_, Read::Raw(_)) => return None,
        };
        run.ends().contains(&head).then(|| Arc::new(Told { head, ..Told::of(run) }))
    }

    /// Fills in an example; what was typed can be taken back.
    pub fn use_example_decision(self, place: usize) {
        let Some(example) = Decision::example(place) else { return };
        let old = self.decisions.current.get_untracked();
        self.decisions.replaced.set((old.is_typed() && !old.is_asked()).then(|| old.clone()));
        self.decisions.remember(old);
        self.decisions.current.set(example);
    }

    /// Takes back what an example took the place of.
    pub fn take_back_decision(self) {
        if let Some(old) = self.decisions.replaced.get_untracked() {
            self.decisions.replaced.set(None);
            self.decisions.current.set(old);
        }
    }

    /// The form again, with the same texts or empty; what was asked stays among the earlier ones.
    pub fn decide_again(self, same: bool) {
        let old = self.decisions.current.get_untracked();
        let next = if same { old.again() } else { Decision::default() };
        self.decisions.remember(old);
        self.decisions.current.set(next);
    }

    /// Shows an earlier decision.
    pub fn open_earlier_decision(self, place: usize) {
        let Some(chosen) = self.decisions.earlier.with_untracked(|earlier| earlier.get(place).cloned())
        else {
            return;
        };
        let old = self.decisions.current.get_untracked();
        self.decisions.replaced.set((old.is_typed() && !old.is_asked()).then(|| old.clone()));
        self.decisions.earlier.update(|earlier| {
            earlier.remove(place);
        });
        self.decisions.remember(old);
        self.decisions.current.set(chosen);
    }
}
