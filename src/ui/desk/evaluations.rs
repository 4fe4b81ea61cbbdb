//! The evaluation on the page: its questions as they are read, what it is and how it stands, its records and the report on
//! them. Whatever takes long is done in slices. How it is driven stands elsewhere.

use std::sync::Arc;

use leptos::prelude::*;

use super::evaluation_running::Running;
use super::evaluation_texts::opened;
use super::result_slot::{Opened, ResultSlot};
use super::{Bindings, Desk};
use crate::evaluate::{Question, Reading};
use crate::run::RunSpec;
use crate::ui::evaluation::{EvaluationNote, Form, Head, Obstacle, Plan, Stage, VERSION};
use crate::ui::words::browser;
use crate::ui::words::evaluate as words;
use crate::web::evaluation_store::EvaluationStore;
use crate::web::{self, StoreError};

/// Under which name the evaluation that the page shows is remembered.
const SHOWN: &str = "evaluation";

/// A file of questions.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// There is none.
    Empty,
    /// It is being fetched or read.
    Reading,
    /// There is none, and why.
    Failed(String),
    /// Here it is.
    Ready(Arc<Loaded>),
}

/// A file of questions as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub text: Arc<String>,
    /// What was found in it.
    pub reading: Reading,
}

/// The page's evaluation and those before it. `Copy`, like the desk that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluations {
    /// What is typed.
    pub form: RwSignal<Form>,
    /// The questions.
    pub source: RwSignal<Source>,
    /// The evaluations on this device, newest first; `None` until they are read.
    pub list: RwSignal<Option<Vec<(String, Head)>>>,
    /// The evaluation that is shown.
    pub slot: ResultSlot,
    /// What is to be said.
    pub note: RwSignal<Option<EvaluationNote>>,
    /// Whether one is being read.
    pub opening: RwSignal<bool>,
    pub(super) running: StoredValue<Option<std::rc::Rc<Running>>, LocalStorage>,
    /// Tells the reading that is wanted from those before.
    pub(super) reading: StoredValue<u32>,
}

impl Source {
    /// The questions, if there are any.
    pub fn questions(&self) -> &[Question] {
        match self {
            Self::Ready(loaded) => &loaded.reading.questions,
            _ => &[],
        }
    }

    /// What the file is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Ready(loaded) => &loaded.name,
            _ => "",
        }
    }
}

impl Evaluations {
    pub(super) fn new() -> Self {
        Self {
            form: RwSignal::new(Form::default()),
            source: RwSignal::new(Source::Empty),
            list: RwSignal::new(None),
            slot: ResultSlot::new(),
            note: RwSignal::new(None),
            opening: RwSignal::new(false),
            running: StoredValue::new_local(None),
            reading: StoredValue::new(0),
        }
    }

    /// Reads the evaluation that is shown and subscribes to its changes.
    pub fn with<R>(self, read: impl FnOnce(Option<&Opened>) -> R) -> R {
        self.slot.with(read)
    }

    /// Reads it without subscribing.
    pub fn peek<R>(self, read: impl FnOnce(Option<&Opened>) -> R) -> R {
        self.slot.peek(read)
    }

    pub(super) fn put(self, open: Option<Opened>) {
        let id = open.as_ref().and_then(|open| open.id.clone());
        // A browser that does not store it shows the form next time.
        let _ = web::storage::write(SHOWN, &id);
        self.note.set(None);
        self.slot.put(open);
    }

    /// Whether this is the evaluation that is shown.
    pub(super) fn shows(self, id: &str) -> bool {
        self.peek(|open| open.and_then(|open| open.id.as_deref()) == Some(id))
    }
}

impl Desk {
    pub(super) async fn evaluation_store(self) -> Result<EvaluationStore, StoreError> {
        self.shelf.opened().await.map(|store| store.evaluations())
    }

    /// Goes on with the evaluation that was shown, if it was going on. Where there was none, nothing is read.
    pub fn load_evaluations(self) {
        let Some(shown) = web::storage::read::<Option<String>>(SHOWN).flatten() else { return };
        web::spawn(async move {
            self.list_evaluations().await;
            let is_running = self.evaluations.list.with_untracked(|list| {
                list.iter().flatten().any(|(id, head)| *id == shown && head.stage == Stage::Running)
            });
            if is_running {
                self.open_evaluation(&shown).await;
            }
        });
    }

    /// Shows the evaluation that was shown before, if none is, and reads the list of all.
    pub fn take_up_evaluation(self) {
        self.want_evaluations();
        if self.evaluations.peek(|open| open.is_some()) || self.evaluations.opening.get_untracked() {
            return;
        }
        if let Some(id) = web::storage::read::<Option<String>>(SHOWN).flatten() {
            web::spawn(async move { self.open_evaluation(&id).await });
        }
    }

    pub(super) async fn list_evaluations(self) {
        let found = match self.evaluation_store().await {
            Ok(store) => store.list().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let head =
            |text: &str| serde_json::from_str::<Head>(text).ok().filter(|head| head.version == VERSION);
        let mut list: Vec<(String, Head)> =
            found.into_iter().filter_map(|(id, text)| Some((id, head(&text)?))).collect();
        list.sort_by_key(|(_, head)| std::cmp::Reverse(head.started_millis));
        self.evaluations.list.try_set(Some(list));
    }

    /// Opens an evaluation of this device, and goes on with it if it was going on.
    pub async fn open_evaluation(self, id: &str) {
        let evaluations = self.evaluations;
        if evaluations.shows(id) || evaluations.opening.get_untracked() {
            return;
        }
        self.stop_evaluation();
        evaluations.opening.set(true);
        let read = match self.evaluation_store().await {
            Ok(store) => store.read(id).await,
            Err(error) => Err(error),
        };
        match read {
            Ok(Some(texts)) => match opened(id, &texts).await {
                Some(open) => {
                    let goes_on = open.head.stage == Stage::Running;
                    evaluations.put(Some(open));
                    evaluations.slot.work_out();
                    if goes_on {
                        self.drive_evaluation();
                    }
                }
                None => self.fail(words::CANNOT_OPEN, words::UNREADABLE, words::CANNOT_OPEN_NEXT),
            },
            // It was removed, or never kept.
            Ok(None) => {
                let _ = web::storage::write(SHOWN, &None::<String>);
            }
            Err(error) => self.fail(words::CANNOT_OPEN, browser::store(&error), words::CANNOT_OPEN_NEXT),
        }
        evaluations.opening.try_set(false);
    }

    /// Shows a new evaluation; it is kept when the first question is done.
    pub(super) fn show_evaluation(self, id: String, head: Head, plan: Plan) {
        let records = vec![None; plan.questions.len()];
        self.evaluations.put(Some(Opened {
            id: Some(id),
            head,
            plan: Some(Arc::new(plan)),
            records,
            received: None,
        }));
    }

    /// The form again; what goes on waits.
    pub fn leave_evaluation(self) {
        self.stop_evaluation();
        self.evaluations.put(None);
        web::spawn(async move { self.list_evaluations().await });
    }

    /// Removes an evaluation for good.
    pub fn remove_evaluation(self, id: String) {
        if self.evaluations.shows(&id) {
            self.leave_evaluation();
        }
        web::spawn(async move {
            let removed = match self.evaluation_store().await {
                Ok(store) => store.remove(&id).await,
                Err(error) => Err(error),
            };
            if let Err(error) = removed {
                self.fail(words::NOT_REMOVED, browser::store(&error), words::CANNOT_OPEN_NEXT);
            }
            self.list_evaluations().await;
        });
    }

    /// The panel as every question is asked of it, with prices and limits. Subscribes.
    ///
    /// # Errors
    /// The first thing in the way.
    pub fn evaluation_panel(self) -> Result<(RunSpec, Bindings), Obstacle> {
        let built = self
            .evaluations
            .form
            .with(|form| self.draft.with(|ask| self.with_preset(|preset| form.panel(ask, preset))));
        built.map(|(mut panel, bindings)| {
            self.price_models(&mut panel, &bindings);
            self.limit_answers(&mut panel, &bindings);
            (panel, bindings)
        })
    }
}
