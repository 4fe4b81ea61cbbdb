//! Asks the options of a decision, one after the other, each as an ordinary run of this tab. Where it stands follows
//! from the decision alone, so it goes on after a stop, a reload or another tab: no option that was answered is asked
//! twice.

use std::sync::Arc;

use leptos::prelude::*;

use super::decisions::{NAME, forget};
use super::parts::part_of;
use super::{Bindings, Desk, Note};
use crate::aggregate::decision::NoBook;
use crate::run::{CloseReason, Run, RunSpec};
use crate::session::Clock;
use crate::ui::decision::{Decision, Plan, Stage, Told};
use crate::ui::draft::Draft;
use crate::ui::words::{comparisons, decide as words, shell};
use crate::web::{self, PageClock, run_lock};

/// How often it looks whether a run has been opened.
const LOOK_MILLIS: u32 = 8;

impl Desk {
    /// Asks every option, the first of them now.
    pub fn start_decision(self) {
        let (spec, bindings) = match untrack(|| self.planned_decision()) {
            Ok(planned) => planned,
            Err(obstacle) => {
                let (title, next) = words::obstacle(&obstacle);
                self.fail(title, "", next);
                return;
            }
        };
        if !self.can_ask(&spec, &bindings) {
            return;
        }
        let patience = self.draft.with_untracked(Draft::patience_seconds);
        self.decisions.replaced.set(None);
        self.decisions.current.update(|decision| {
            decision.options.iter_mut().for_each(forget);
            decision.plan = Some(Plan {
                common: spec,
                connections: bindings.iter().map(|id| id.map(|id| id.0)).collect(),
                patience_seconds: patience.ok().flatten(),
                asked_millis: PageClock.now_millis(),
            });
        });
        self.go_on_with_decision();
    }

    /// Goes on after a stop: options that were answered stay as they are.
    pub fn go_on_with_decision(self) {
        let answers = self.decisions.answers;
        self.trouble.set(None);
        self.decisions.current.update(|decision| {
            for option in &mut decision.options {
                let of_run = |id: &String| answers.with_untracked(|answers| answers.get(id).cloned());
                if option.run.as_ref().and_then(of_run).is_some_and(|told| is_lost(&told)) {
                    forget(option);
                }
            }
            decision.stage = Stage::Running;
        });
        web::spawn(async move { self.ask_on().await });
    }

    /// Asks one option again.
    pub fn ask_option_again(self, place: usize) {
        self.decisions.current.update(|decision| {
            if let Some(option) = decision.options.get_mut(place) {
                forget(option);
            }
        });
        self.go_on_with_decision();
    }

    /// Stops asking; what is answered stays.
    pub fn stop_decision(self) {
        let id = self.decisions.current.with_untracked(|decision| {
            decision.next_option().and_then(|place| decision.options[place].run.clone())
        });
        let its = |open: Option<&super::OpenRun>| {
            open.is_some_and(|open| open.kept == id && id.is_some() && open.is_ours())
        };
        if self.local().peek(its) && self.decisions.is_asking() {
            // Its end ends the asking.
            self.stop();
        } else {
            self.decisions.rest(Stage::Held);
        }
    }

    /// Takes the right to ask, opens the run that was going on, and asks from there on.
    pub(super) async fn ask_on(self) {
        let decisions = self.decisions;
        let lock = if let Some(lock) = run_lock::take(NAME).await {
            lock
        } else {
            decisions.elsewhere.set(true);
            let Some(lock) = run_lock::wait(NAME).await else { return };
            decisions.follow_other();
            decisions.elsewhere.set(false);
            lock
        };
        if decisions.stage() != Stage::Running {
            return;
        }
        self.open_option().await;
        if decisions.stage() == Stage::Running {
            decisions.lock.set_value(Some(lock));
            self.advance_decision();
        }
    }

    /// Opens the run of the option that is being asked, if it had begun; it goes on by itself.
    async fn open_option(self) {
        self.shelf.listed().await;
        while self.opening.get_untracked() {
            web::sleep(LOOK_MILLIS).await;
        }
        let current = self.decisions.current.get_untracked();
        let Some(place) = current.next_option() else { return };
        let is_open = self.local().peek(|open| open.and_then(|open| open.kept.clone()));
        let row = current.options[place].run.as_ref().and_then(|id| self.shelf.row(id));
        match row.filter(|row| row.label.deleted_millis.is_none()) {
            Some(row) if is_open.as_ref() != Some(&row.id) => {
                self.open_row(row).await;
            }
            Some(_) => {}
            None if is_open.is_some() && is_open == current.options[place].run => {}
            None => {
                // Whatever else goes on here waits.
                self.put_aside();
                self.decisions.current.update(|decision| forget(&mut decision.options[place]));
            }
        }
    }

    /// Does what is next: starts an option, notes the end of one, or ends.
    pub(super) fn advance_decision(self) {
        let decisions = self.decisions;
        if !decisions.is_asking() {
            return;
        }
        let current = decisions.current.get_untracked();
        let Some(place) = current.next_option() else {
            decisions.rest(Stage::Over);
            self.announce(words::headline(&untrack(|| self.decision_report())));
            return;
        };
        let Some(id) = &current.options[place].run else {
            self.begin_option(&current, place);
            return;
        };
        let open = self.local().peek(|open| {
            let open = open.filter(|open| open.kept.as_ref() == Some(id))?;
            Some(open.run.state().is_closed().then(|| open.run.clone()))
        });
        match open {
            Some(None) => {}
            Some(Some(run)) => {
                let told = Told::of(run);
                let (head, stopped) = (told.head, was_stopped(&told));
                decisions.answers.update(|answers| {
                    answers.insert(id.clone(), Ok(Arc::new(told)));
                });
                decisions.current.update(|decision| decision.options[place].head = Some(head));
                if stopped {
                    decisions.rest(Stage::Held);
                }
            }
            // Somebody has opened another run.
            None => decisions.rest(Stage::Held),
        }
    }

    fn begin_option(self, decision: &Decision, place: usize) {
        let bindings = decision.bindings();
        let Some(spec) = decision.spec_of(place) else { return };
        if !self.can_ask(&spec, &bindings) {
            self.decisions.rest(Stage::Held);
            return;
        }
        self.drive.set_patience(decision.plan.as_ref().and_then(|plan| plan.patience_seconds));
        if !self.begin(spec, bindings, None) {
            self.decisions.rest(Stage::Held);
            return;
        }
        let kept = self.local().peek(|open| open.and_then(|open| open.kept.clone()));
        if let (Some(id), Some(part)) = (&kept, part_of(decision)) {
            self.shelf.make_part(id, &part);
        }
        self.decisions.current.update(|decision| decision.options[place].run = kept);
        self.announce(words::progress(decision).unwrap_or_default());
    }

    /// Whether every model has a connection and a key; says what is missing otherwise.
    pub(super) fn can_ask(self, spec: &RunSpec, bindings: &Bindings) -> bool {
        let missing = Run::new(spec.clone()).ok().and_then(|run| self.missing(&run, bindings));
        match missing {
            None => return true,
            Some(Note::NeedsKeys(names)) => {
                let what = comparisons::needs_keys(&names);
                self.fail(shell::CANNOT_START, what, comparisons::NEEDS_KEYS_NEXT);
            }
            Some(_) => {
                self.fail(shell::CANNOT_START, comparisons::NO_CONNECTION, comparisons::NO_CONNECTION_NEXT);
            }
        }
        false
    }
}

fn was_stopped(told: &Told) -> bool {
    told.story.now.closed.is_some_and(|(_, reason)| reason == CloseReason::StoppedByPerson)
}

/// Whether an option has to be asked anew: its run was stopped, or is gone.
fn is_lost(told: &Result<Arc<Told>, NoBook>) -> bool {
    told.as_ref().map_or(true, |told| was_stopped(told))
}
