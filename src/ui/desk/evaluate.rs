//! Asks the questions of an evaluation, several at once, each as ordinary runs. A question is kept with its runs in one
//! step, and replies of models are kept as they come in, so a pause, a reload or another tab goes on where it stood and
//! no answered call is sent again.

use std::rc::Rc;
use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::future::{AbortHandle, Abortable};
use futures_util::stream;
use leptos::prelude::*;

use super::evaluation_running::{Asked, Running, file_text};
use super::keeper::fresh_id;
use super::{Bindings, Desk};
use crate::evaluate::{Inquiry, Latency, Record};
use crate::run::Run;
use crate::session::Clock;
use crate::ui::draft::Draft;
use crate::ui::evaluation::{EvaluationNote, Head, Pace, Spending, Spent, Stage};
use crate::ui::words::browser;
use crate::ui::words::evaluate as words;
use crate::web::evaluation_store::Done;
use crate::web::run_lock::{self, RunLock};
use crate::web::{self, PageClock};

/// Questions at once where nobody is called.
const SIMULATED_AT_ONCE: usize = 6;
/// Questions of models at once, at most.
const MOST_AT_ONCE: usize = 16;
/// How often somebody who waits looks again.
const LOOK_MILLIS: u32 = 40;
/// How often the report is worked out again while questions are asked.
const REPORT_MILLIS: f64 = 3_000.0;

impl Desk {
    /// Begins: the questions that are chosen are asked now.
    pub fn start_evaluation(self) {
        let planned = untrack(|| self.evaluation_panel()).and_then(|(panel, bindings)| {
            let patience = self.draft.with_untracked(Draft::patience_seconds).ok().flatten();
            let evaluations = self.evaluations;
            evaluations.source.with_untracked(|source| {
                let questions = source.questions();
                evaluations.form.with_untracked(|form| form.plan(questions, panel, &bindings, patience))
            })
        });
        let plan = match planned {
            Ok(plan) => plan,
            Err(obstacle) => {
                let (title, next) = words::obstacle(&obstacle);
                self.fail(title, "", next);
                return;
            }
        };
        if !self.can_ask(&plan.panel, &plan.bindings()) {
            return;
        }
        self.trouble.set(None);
        let name = self.evaluations.source.with_untracked(|source| source.name().to_owned());
        let (id, head) = (fresh_id(), Head::new(&name, plan.questions.len(), PageClock.now_millis()));
        let texts = serde_json::to_string(&head).ok().zip(serde_json::to_string(&plan).ok());
        self.show_evaluation(id.clone(), head, plan);
        web::spawn(async move {
            let kept = match (self.evaluation_store().await, texts) {
                (Ok(store), Some((head, plan))) => store.begin(&id, &head, &plan).await,
                (Err(error), _) => Err(error),
                (Ok(_), None) => Ok(()),
            };
            if let Err(error) = kept {
                self.evaluations.note.set(Some(EvaluationNote::NotKept(browser::store(&error))));
            }
            self.drive_evaluation();
        });
    }

    /// Goes on after a pause, a limit or a reload.
    pub fn go_on_with_evaluation(self) {
        if let Some(running) = self.evaluations.running.get_value() {
            running.count_time();
            running.paused.set(false);
            running.sessions.borrow().iter().for_each(|(_, session)| session.resume());
            self.stand(|head| head.stage = Stage::Running);
            return;
        }
        let can = self.evaluations.peek(|open| {
            let plan = open.and_then(|open| open.plan.clone());
            plan.is_some_and(|plan| self.can_ask(&plan.panel, &plan.bindings()))
        });
        if can {
            self.trouble.set(None);
            self.stand(|head| head.stage = Stage::Running);
            self.drive_evaluation();
        }
    }

    /// Asks those questions again whose records lack something.
    pub fn retry_evaluation(self) {
        self.stand(|head| head.retrying = true);
        self.go_on_with_evaluation();
    }

    /// Lets what is under way come to the end of its round, and asks nobody until it goes on.
    pub fn pause_evaluation(self) {
        let Some(running) = self.evaluations.running.get_value() else { return };
        running.count_time();
        running.paused.set(true);
        running.sessions.borrow().iter().for_each(|(_, session)| session.pause());
        self.stand(|head| head.stage = Stage::Held);
    }

    /// Ends the calls that are under way. What is done stays done, and it can go on later.
    pub fn stop_evaluation(self) {
        if let Some(running) = self.evaluations.running.try_update_value(Option::take).flatten() {
            running.abort.abort();
            self.stand(|head| head.stage = Stage::Held);
        }
    }

    /// How fast it goes; nothing while it does not. Subscribes.
    pub fn evaluation_pace(self) -> Option<Pace> {
        self.evaluations.with(|_| self.evaluations.running.get_value().map(|running| running.pace.get()))
    }

    /// How many calls these connections take at once, together. Subscribes.
    pub fn calls_at_once(self, bindings: &Bindings) -> usize {
        self.connections.with(|saved| {
            saved.iter().filter(|one| bindings.contains(&Some(one.id))).map(|one| one.at_once).sum()
        })
    }

    /// Changes how the evaluation stands, and keeps it.
    fn stand(self, change: impl FnOnce(&mut Head)) {
        let mut kept = None;
        self.evaluations.slot.change(|open| {
            change(&mut open.head);
            kept = open.id.clone().zip(serde_json::to_string(&open.head).ok());
        });
        let Some((id, head)) = kept else { return };
        web::spawn(async move {
            if let Ok(store) = self.evaluation_store().await
                && let Err(error) = store.stand(&id, &head).await
            {
                self.evaluations.note.try_set(Some(EvaluationNote::NotKept(browser::store(&error))));
            }
        });
    }

    /// Takes the right to ask, and asks until all is done or somebody stops it.
    pub(super) fn drive_evaluation(self) {
        let evaluations = self.evaluations;
        let Some(id) = evaluations.peek(|open| open.and_then(|open| open.id.clone())) else { return };
        web::spawn(async move {
            let name = format!("evaluation/{id}");
            let Some(lock) = run_lock::take(&name).await else {
                evaluations.note.set(Some(EvaluationNote::Elsewhere));
                if run_lock::wait(&name).await.is_some() && evaluations.shows(&id) {
                    // The other tab has gone on with it: it is read again, and goes on here if it is not over.
                    evaluations.put(None);
                    self.open_evaluation(&id).await;
                }
                return;
            };
            if evaluations.running.with_value(Option::is_some) || !evaluations.shows(&id) {
                return;
            }
            self.drive_with(id, lock).await;
        });
    }

    async fn drive_with(self, id: String, lock: RunLock) {
        let evaluations = self.evaluations;
        let Some((plan, places)) = evaluations.peek(|open| {
            let open = open?;
            let retrying = open.head.retrying;
            let wanted = |record: &Option<Arc<Record>>| {
                record.as_ref().is_none_or(|record| retrying && !record.is_whole())
            };
            let places: Vec<usize> =
                (0..open.records.len()).filter(|&place| wanted(&open.records[place])).collect();
            Some((open.plan.clone()?, places))
        }) else {
            return;
        };
        let (abort, registration) = AbortHandle::new_pair();
        let running = Rc::new(Running::new(id, plan, abort, lock));
        evaluations.running.set_value(Some(Rc::clone(&running)));
        evaluations.note.set(None);
        let asking = self.ask_questions(&running, places);
        let ended = Abortable::new(asking, registration).await;
        running.count_time();
        evaluations.running.update_value(|current| {
            if current.as_ref().is_some_and(|current| Rc::ptr_eq(current, &running)) {
                *current = None;
            }
        });
        if !evaluations.shows(&running.id) {
            self.list_evaluations().await;
            return;
        }
        let full = running.full.get();
        match ended {
            Ok(Err(problem)) => {
                self.stand(|head| head.stage = Stage::Held);
                self.fail(words::BROKE, problem, words::BROKE_NEXT);
            }
            Ok(Ok(())) if !full => {
                self.stand(|head| (head.stage, head.retrying) = (Stage::Over, false));
                self.announce(words::OVER);
            }
            Ok(Ok(())) => {
                self.stand(|head| head.stage = Stage::Held);
                evaluations.note.set(Some(EvaluationNote::Limit));
            }
            // Whoever stopped it has said so.
            Err(_) => {}
        }
        evaluations.slot.work_out();
        self.list_evaluations().await;
    }

    async fn ask_questions(self, running: &Rc<Running>, places: Vec<usize>) -> Result<(), String> {
        let at_once = self.questions_at_once(running);
        let mut asked = stream::iter(places)
            .map(|place| async move {
                if !self.may_ask(running).await {
                    return Ok(None);
                }
                running.under_way.update(|count| count + 1);
                let asked = self.ask_question(running, place).await;
                running.under_way.update(|count| count - 1);
                asked.map(Some)
            })
            .buffer_unordered(at_once);
        while let Some(asked) = asked.next().await {
            if let Some(asked) = asked? {
                self.take_record(running, asked);
            }
        }
        Ok(())
    }

    /// As many as keep the slowest connection busy.
    fn questions_at_once(self, running: &Running) -> usize {
        let calls = self.connections.with_untracked(|saved| {
            let bound = saved.iter().filter(|one| running.bindings.contains(&Some(one.id)));
            bound.map(|one| one.at_once).max()
        });
        calls.map_or(SIMULATED_AT_ONCE, |calls| {
            (calls / running.bindings.len().max(1) + 1).clamp(2, MOST_AT_ONCE)
        })
    }

    /// Waits while it is paused, and while a limit could be passed by what is under way; false if it is reached.
    async fn may_ask(self, running: &Running) -> bool {
        loop {
            if running.full.get() {
                return false;
            }
            if !running.paused.get() {
                let spent =
                    self.evaluations.peek(|open| open.map_or(Spent::default(), |open| open.head.spent));
                if running.has_room(spent) {
                    return true;
                }
                if running.under_way.get() == 0 {
                    running.full.set(true);
                    return false;
                }
            }
            web::sleep(LOOK_MILLIS).await;
        }
    }

    async fn ask_question(self, running: &Running, place: usize) -> Result<Asked, String> {
        let plan = &running.plan;
        let mut inquiry = Inquiry::new(&plan.panel, &running.methods, &plan.questions[place], plan.seed);
        let mut runs = Vec::new();
        let mut spending = Spending::after(&self.runs_before(&running.id, place).await);
        while let Some((job, spec)) = inquiry.next_run() {
            let session = self
                .drive
                .session_of_many(self, spec, running.bindings.clone(), plan.patience_seconds)
                .map_err(|error| error.to_string())?;
            running.sessions.borrow_mut().push((place, session.clone()));
            if running.paused.get() {
                session.pause();
            }
            let ended = session.drive().await;
            running.sessions.borrow_mut().retain(|(other, _)| *other != place);
            ended.map_err(|error| error.to_string())?;
            let (run, timings) = (session.with_run(Run::clone), session.timings());
            runs.push((job.name().to_owned(), file_text(&run, &timings)?));
            spending.add(&run);
            let agents = run.spec().agents.len();
            let latency = Latency::of(timings.worked_millis, agents, |only| timings.round_millis(1, only));
            inquiry.made(job, run, latency);
            // What several questions do at once is no single task.
            web::next_task().await;
        }
        Ok(Asked { place, record: inquiry.record(), runs, spent: spending.spent })
    }

    /// Shows and keeps a question that is done.
    fn take_record(self, running: &Rc<Running>, asked: Asked) {
        let evaluations = self.evaluations;
        let passed = running.count_time();
        let pace = running.pace.get();
        running.pace.set(Pace { done: pace.done + 1, ..pace });
        let record = serde_json::to_string(&asked.record).unwrap_or_default();
        let mut head = String::new();
        evaluations.slot.change(|open| {
            let slot = &mut open.records[asked.place];
            open.head.done += usize::from(slot.is_none());
            *slot = Some(Arc::new(asked.record));
            open.head.spent = open.head.spent.and(asked.spent);
            open.head.worked_millis += passed;
            head = serde_json::to_string(&open.head).unwrap_or_default();
        });
        let (id, done) = (running.id.clone(), Done { place: asked.place, record, runs: asked.runs });
        web::spawn(async move {
            let kept = match self.evaluation_store().await {
                Ok(store) => store.add(&id, &head, &done).await,
                Err(error) => Err(error),
            };
            if let Err(error) = kept {
                evaluations.note.try_set(Some(EvaluationNote::NotKept(browser::store(&error))));
            }
        });
        let now = web::page::now_millis();
        if now - running.reported.get() > REPORT_MILLIS && !evaluations.slot.is_reporting() {
            running.reported.set(now);
            evaluations.slot.work_out();
        }
    }
}
