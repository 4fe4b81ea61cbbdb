//! The one controller of the page: which runs are open, where the page is, what went wrong. It sends commands to
//! the session and holds no rule of the market.

pub mod arrival;
mod comparisons;
mod connections;
mod decide;
mod decisions;
mod drive;
mod evaluate;
mod evaluation_files;
mod evaluation_pairs;
mod evaluation_running;
mod evaluation_texts;
mod evaluations;
mod feed;
mod held;
mod keeper;
mod kept;
mod listing;
mod note;
pub mod on_device;
mod outside;
mod parts;
mod prices;
mod records;
mod replies;
mod result_slot;
mod settings_file;
mod shelf;
mod sign_in;
mod trouble;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

pub use decisions::Decisions;
pub use evaluation_files::MOST_BYTES;
pub use evaluation_pairs::{EvaluationChoice, HeldEvaluation};
pub use evaluations::{Evaluations, Loaded, Source};
pub use feed::{Feed, OpenRun, Provenance};
pub use held::{Choice, Held, LINKED, OPEN};
pub use note::Note;
pub use prices::PriceBook;
pub use records::{Finished, LearningPanel};
pub use replies::Replies;
pub use result_slot::{Opened, Reported, ResultSlot, use_results};
pub use shelf::{Listing, Row, Shelf};
pub use trouble::Trouble;

use crate::aggregate::track::RunRecord;
use crate::evaluate::listing::ListedPrice;
use crate::llm::{Engine, Protocol, Provider};
use crate::market::Order;
use crate::run::{Document, Resolution, RunError, RunSpec, TokenPrice};
use crate::session::{ConnectionId, Session};
use crate::share::LinkedRun;
use crate::ui::draft::{Draft, Preset};
use crate::ui::route::Route;
use crate::ui::words;
use crate::web;

/// Under which name it is stored whether experts' figures are shown.
const EXPERT: &str = "expert";

/// For each agent, in roster order: the connection that its calls go through, if it makes any.
pub type Bindings = Vec<Option<ConnectionId>>;

/// What finished runs say, by their ids, with the time of the card that it belongs to; nothing if nobody settled one.
type Records = BTreeMap<String, (u64, Option<Arc<RunRecord>>)>;

/// A saved way to a model server. Its key is not here: keys live in `web::keys` alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// What bindings call it.
    pub id: ConnectionId,
    /// What people call it.
    pub name: String,
    /// Which kind of server it was made from: for advice, and for what its servers take.
    pub provider: &'static Provider,
    /// What its server speaks.
    pub protocol: Protocol,
    /// What runs the model, if it runs on this device; then there is neither address nor key.
    pub engine: Option<Engine>,
    /// Where its server is.
    pub base_url: String,
    /// The model that new agents get.
    pub model: String,
    /// What that model's tokens cost, if known.
    pub price: Option<TokenPrice>,
    /// Calls that may be under way at once.
    pub at_once: usize,
    /// Tokens that an answer may take, where this connection sets a limit of its own.
    pub answer_tokens: Option<u32>,
    /// Whether it came from a file and nobody has confirmed its address yet: then it is not called.
    pub unconfirmed: bool,
    /// Whether a key was entered once: after a reload it is needed again.
    pub needs_key: bool,
}

/// The controller. `Copy`: get it with [`use_desk`] wherever it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk {
    local: Feed,
    shared: Feed,
    /// Where the page is.
    pub route: RwSignal<Route>,
    /// What went wrong, while it is to be shown.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The last sentence for people who listen.
    pub announcement: RwSignal<String>,
    /// Whether the pages of a run show every figure, not only what everybody needs.
    pub expert: RwSignal<bool>,
    /// A sentence about settings that changed while nobody pressed anything, until it is read.
    pub news: RwSignal<Option<String>>,
    /// The saved connections.
    pub connections: RwSignal<Vec<Connection>>,
    /// What models cost, as far as it is known.
    pub prices: RwSignal<PriceBook>,
    /// The Ask form, which survives going elsewhere.
    pub draft: RwSignal<Draft>,
    /// The runs that are kept on this device.
    pub shelf: Shelf,
    /// The replies of models that are kept from run to run.
    pub replies: Replies,
    /// The decision of the Decide page.
    pub decisions: Decisions,
    /// The evaluation of the Evaluate page.
    pub evaluations: Evaluations,
    /// Results that came in a link. They never touch the page's own.
    pub received: ResultSlot,
    /// Whether the person said that the interrupted run can wait.
    pub offer_dismissed: RwSignal<bool>,
    /// Whether a kept run is being opened.
    pub opening: RwSignal<bool>,
    /// Whether a run of another tab is being read again.
    following: StoredValue<bool>,
    /// What finished runs say, by their ids, with the time of the card that it belongs to.
    records: StoredValue<Records>,
    drive: drive::Drive,
}

/// The controller of this page.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    /// A desk for a page that has just been opened.
    pub fn new() -> Self {
        let mut draft = Draft::first_visit();
        draft.asking.reuse = Self::remembered_reuse();
        Self {
            local: Feed::new(),
            shared: Feed::new(),
            route: RwSignal::new(Route::parse(&web::page::fragment())),
            trouble: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            expert: RwSignal::new(web::storage::read::<bool>(EXPERT).unwrap_or(false)),
            news: RwSignal::new(None),
            connections: RwSignal::new(Vec::new()),
            prices: RwSignal::new(PriceBook::new()),
            draft: RwSignal::new(draft),
            shelf: Shelf::new(),
            replies: Replies::new(),
            decisions: Decisions::new(),
            evaluations: Evaluations::new(),
            received: ResultSlot::new(),
            offer_dismissed: RwSignal::new(false),
            opening: RwSignal::new(false),
            following: StoredValue::new(false),
            records: StoredValue::new(Records::new()),
            drive: drive::Drive::new(),
        }
    }

    /// The run of this tab: asked here or imported.
    pub fn local(self) -> Feed {
        self.local
    }

    /// The run of an opened link. It never touches the local one.
    pub fn shared(self) -> Feed {
        self.shared
    }

    /// The run that the current page shows.
    pub fn shown(self) -> Feed {
        if matches!(*self.route.read(), Route::Shared { .. }) { self.shared } else { self.local }
    }

    /// Goes to another page, at once.
    pub fn go(self, route: Route) {
        web::page::set_fragment(&route.to_string());
        self.arrive(route);
    }

    /// The address says that the page is elsewhere now.
    pub fn arrive(self, route: Route) {
        if *self.route.read_untracked() != route {
            if !self.route.read_untracked().same_page(&route) {
                self.all_is_well();
            }
            self.route.set(route);
            self.take_up_where_it_stood();
        }
    }

    /// Chooses how much the pages of a run show, from now on.
    pub fn choose_view(self, expert: bool) {
        self.expert.set(expert);
        // A browser that stores nothing shows the simple view next time.
        let _ = web::storage::write(EXPERT, &expert);
    }

    /// Puts the run that goes on here aside: it finishes its round, is kept, and waits.
    fn put_aside(self) {
        self.drive.put_aside();
    }

    /// Starts a run over whatever is open here; says whether it began.
    fn begin(self, spec: RunSpec, bindings: Bindings, listed: Option<&ListedPrice>) -> bool {
        if let Err(error) = self.drive.begin(self, spec, bindings, listed) {
            self.fail(words::shell::CANNOT_START, words::problems::run(&error), words::shell::CHECK_THE_FORM);
            return false;
        }
        self.all_is_well();
        let kept = self.local.peek(|open| open.and_then(|open| open.kept.clone()));
        web::tabs::remember_run(kept.as_deref());
        true
    }

    /// Starts a run over whatever is open here, and shows it; `listed` is what a market elsewhere says of its question.
    pub fn start(self, spec: RunSpec, bindings: Bindings, listed: Option<&ListedPrice>) {
        if self.begin(spec, bindings, listed) {
            self.go(Route::Watch { at: None });
            // The page follows a moment later; whoever reads the status right after the press reads the truth.
            web::page::set_attribute("[data-testid='status']", "data-status", self.local.status().name());
        }
    }

    /// Builds the set-up that the Ask form describes and starts it; says what is in the way otherwise.
    pub fn start_draft(self) {
        let preset = self.preset_now();
        let preset = preset.as_ref().map(|(id, model)| (*id, model.as_str()));
        let built = self.draft.with_untracked(|draft| draft.build(web::page::fresh_bits(), preset));
        match built {
            Ok((mut spec, bindings)) => {
                untrack(|| self.price_models(&mut spec, &bindings));
                self.limit_answers(&mut spec, &bindings);
                let patience = self.draft.with_untracked(Draft::patience_seconds);
                self.drive.set_patience(patience.ok().flatten());
                let listed = self.draft.with_untracked(|draft| draft.listed_for(&spec.outcomes));
                self.start(spec, bindings, listed.as_ref());
            }
            Err(error) => {
                let (title, next_step) = words::ask::draft_error(&error);
                self.fail(title, "", next_step);
            }
        }
    }

    /// Reads the connection that new models get: the first that is saved. Subscribes.
    pub fn with_preset<R>(self, read: impl FnOnce(Option<Preset<'_>>) -> R) -> R {
        self.connections.with(|saved: &Vec<Connection>| {
            read(first_usable(saved).map(|first| (first.id, first.model.as_str())))
        })
    }

    /// The same for commands: a copy, without subscribing.
    pub fn preset_now(self) -> Option<(ConnectionId, String)> {
        self.connections
            .with_untracked(|saved| first_usable(saved).map(|first| (first.id, first.model.clone())))
    }

    /// Changes the Ask form, given the connection that new models get.
    pub fn edit_draft(self, edit: impl FnOnce(&mut Draft, Option<Preset<'_>>)) {
        let preset = self.preset_now();
        self.draft.update(|draft| edit(draft, preset.as_ref().map(|(id, model)| (*id, model.as_str()))));
    }

    /// Pauses after the round that is under way.
    pub fn pause(self) {
        self.drive.command(self, Some(true), Session::pause);
    }

    /// Goes on after a pause.
    pub fn resume(self) {
        self.local.change(|open| open.note = None);
        self.drive.command(self, Some(false), Session::resume);
    }

    /// Plays one round and pauses again.
    pub fn step(self) {
        self.drive.command(self, Some(true), Session::step);
    }

    /// Ends the run; what has happened stays usable.
    pub fn stop(self) {
        self.drive.command(self, None, Session::stop);
    }

    /// Asks an agent at once that waits for a retry or has failed in the open round.
    pub fn retry_now(self, agent: usize) {
        self.drive.command(self, None, |session| session.retry_now(agent));
    }

    /// Waits for an agent of the open round no longer.
    pub fn go_on_without(self, agent: usize) {
        self.drive.command(self, None, |session| session.go_on_without(agent));
    }

    /// Shows the local run as its session has it, without waiting for the next frame.
    pub fn catch_up(self) {
        self.drive.refresh(self);
    }

    /// The person on the panel trades.
    ///
    /// # Errors
    /// Orders that the market refuses, and a run that is not open.
    pub fn trade(self, order: Order) -> Result<(), RunError> {
        self.drive.trade(self, order)
    }

    /// A person says what became of the finished local run.
    pub fn resolve(self, resolution: Resolution) {
        if let Err(error) = self.drive.resolve(self, resolution) {
            self.fail(words::turns::RESOLVE_FAILED, words::problems::run(&error), words::turns::RESOLVE_NEXT);
        }
    }

    /// Opens a run that came from elsewhere in place of the local one, which is put aside if it goes on. One that came
    /// as a file is kept on this device.
    ///
    /// # Errors
    /// A set-up that cannot be read: there is nothing to show, and nothing changes.
    pub fn open_document(self, document: Document, provenance: Provenance) -> Result<(), RunError> {
        let run = document.readable()?;
        self.drive.put_aside();
        let kept = (provenance == Provenance::Imported).then(|| self.keep_imported(&run, document.clone()));
        web::tabs::remember_run(kept.as_deref());
        self.local.put(Some(OpenRun { kept, ..OpenRun::arrived(run, document, provenance) }));
        self.all_is_well();
        Ok(())
    }

    /// Opens a linked run beside the local one.
    pub fn open_shared(self, linked: LinkedRun) {
        let LinkedRun { run, listed } = linked;
        self.shared.put(Some(OpenRun { listed, ..OpenRun::played(run, Provenance::Link) }));
        self.all_is_well();
    }

    /// Opens the run of a file that a link names beside the local one.
    ///
    /// # Errors
    /// A set-up that cannot be read.
    pub fn open_shared_document(self, document: Document) -> Result<(), RunError> {
        let run = document.readable()?;
        self.shared.put(Some(OpenRun::arrived(run, document, Provenance::Link)));
        self.all_is_well();
        Ok(())
    }

    /// Fills the Ask form with the set-up of a run and goes there. What is open stays open.
    pub fn fork_of(self, feed: Feed) {
        let again = |open: &OpenRun| (Draft::from_spec(open.run.spec()), open.listed.clone());
        if let Some((mut draft, listed)) = feed.peek(|open| open.map(again)) {
            draft.listed = listed;
            // No part of a set-up: the person's last choice stays.
            draft.asking.reuse = self.draft.with_untracked(|draft| draft.asking.reuse);
            self.draft.set(draft);
        }
        self.go(Route::Ask);
    }
}

/// The first connection that may be called.
fn first_usable(saved: &[Connection]) -> Option<&Connection> {
    saved.iter().find(|connection| !connection.unconfirmed)
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}
