//! Runs the local run in a session and brings what the session does to the page, a frame at a time. Only the run that
//! the page has open reaches it; a run that was put aside finishes its round, is kept, and waits.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::keeper::Keeper;
use super::replies::DeskReplies;
use super::{Bindings, Connection, Desk, outside};
use crate::agents::Dialect;
use crate::evaluate::listing::ListedPrice;
use crate::market::Order;
use crate::prng::Seed;
use crate::run::{AgentReply, Input, Mode, Resolution, Run, RunError, RunSpec};
use crate::session::{Earlier, Endpoints, Observer, Options, Parts, Phase, Session};
use crate::ui::words::{problems, watch as words};
use crate::web::{self, run_lock};

/// Between two rounds of a panel that answers at once: long enough to see the price move, short enough for ten rounds
/// in well under a second.
const ROUND_PAUSE_MILLIS: u64 = 45;

/// A session and whoever keeps its run.
#[derive(Clone)]
pub(super) struct Driven {
    pub(super) session: Session,
    pub(super) keeper: Keeper,
}

/// Who drives. All of it is plain data: nothing on the page reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drive {
    current: StoredValue<Option<Driven>, LocalStorage>,
    /// Runs that were put aside while they went on.
    aside: StoredValue<Vec<Driven>, LocalStorage>,
    endpoints: StoredValue<Rc<Endpoints>, LocalStorage>,
    frame_wanted: StoredValue<bool>,
    /// How long anybody waits for one agent, if a person said so.
    patience_seconds: StoredValue<Option<u32>>,
}

/// Passes a session's news on: to its keeper always, to the page while it is the run that is open.
struct Watcher {
    desk: Desk,
    drive: Drive,
    keeper: Keeper,
}

impl Observer for Watcher {
    fn events_appended(&self, _first_seq: u64) {
        self.keeper.poke();
        self.drive.wake(self.desk, &self.keeper);
    }

    fn reply_arrived(&self, round: u32, reply: &AgentReply) {
        self.keeper.reply_arrived(round, reply);
    }

    fn live_changed(&self) {
        self.drive.wake(self.desk, &self.keeper);
    }
}

impl Drive {
    pub(super) fn new() -> Self {
        Self {
            current: StoredValue::new_local(None),
            aside: StoredValue::new_local(Vec::new()),
            endpoints: StoredValue::new_local(Endpoints::new(BTreeMap::new())),
            frame_wanted: StoredValue::new(false),
            patience_seconds: StoredValue::new(None),
        }
    }

    /// Takes over how many calls a connection takes at once, and what its kind of server is known to take.
    pub(super) fn set_connection(self, connection: &Connection) {
        self.endpoints.with_value(|endpoints| {
            endpoints.set_at_once(connection.id, connection.at_once);
            let known = Dialect::from(connection.provider.quirks);
            let logprobs = known.logprobs && connection.protocol.has_logprobs();
            endpoints.set_dialect(connection.id, Dialect { logprobs, ..known });
        });
    }

    /// How long anybody waits for one agent in the runs that begin from now on.
    pub(super) fn set_patience(self, seconds: Option<u32>) {
        self.patience_seconds.set_value(seconds);
    }

    /// How a session behaves.
    fn options(self, connections: Bindings, models: bool) -> Options {
        let usual = Options::default();
        let total = self.patience_seconds.get_value().map(|seconds| u64::from(seconds) * 1_000);
        Options {
            connections,
            total_timeout_millis: total.unwrap_or(usual.total_timeout_millis),
            round_pause_millis: if models { 0 } else { ROUND_PAUSE_MILLIS },
            ..usual
        }
    }

    /// Stops whatever runs and lets its messages go nowhere but to the device.
    pub(super) fn abandon(self) {
        if let Some(driven) = self.take() {
            driven.session.stop();
        }
    }

    /// Puts whatever runs aside: it finishes its round and waits, until it is opened again.
    pub(super) fn put_aside(self) {
        let Some(driven) = self.take() else { return };
        if driven.session.with_run(|run| !run.state().is_closed()) {
            driven.session.pause();
            driven.keeper.set_paused(true);
            self.aside.update_value(|aside| aside.push(driven));
        }
    }

    /// Takes a run up again that was put aside in this tab.
    pub(super) fn take_up(self, desk: Desk, id: &str) -> bool {
        let found = self.aside.try_update_value(|aside| {
            let place = aside.iter().position(|driven| driven.keeper.id() == id)?;
            Some(aside.remove(place))
        });
        let Some(driven) = found.flatten() else { return false };
        let run = driven.session.with_run(Run::clone);
        desk.local().put(Some(driven.keeper.opened(run)));
        self.current.set_value(Some(driven));
        self.refresh(desk);
        true
    }

    fn take(self) -> Option<Driven> {
        self.current.try_update_value(Option::take).flatten()
    }

    /// Begins a run; `listed` is what a market elsewhere says of its question.
    pub(super) fn begin(
        self,
        desk: Desk,
        spec: RunSpec,
        bindings: Bindings,
        listed: Option<&ListedPrice>,
    ) -> Result<(), RunError> {
        let run = Run::sealed(spec.clone(), stop_secret(&spec))?;
        self.abandon();
        let reuse = desk.draft.with_untracked(|draft| draft.asking.reuse);
        let keeper = Keeper::new(desk, &run, &bindings, reuse, listed);
        // Nobody else knows the run yet, so the lock is free.
        let locked = keeper.clone();
        web::spawn(async move {
            if let Some(lock) = run_lock::take(locked.id()).await {
                locked.hold(lock);
            }
        });
        let person = run.spec().agents.iter().any(|agent| agent.kind.is_person());
        let models = run.spec().agents.iter().any(|agent| agent.kind.is_model());
        // Simulated rounds last no time: whoever trades too needs a pause to do so.
        let first = if person && !models { First::Step } else { First::Run };
        self.launch(desk, run, Earlier::default(), bindings, keeper, first);
        Ok(())
    }

    /// Drives a run, from its start or from where it stood.
    pub(super) fn launch(
        self,
        desk: Desk,
        run: Run,
        earlier: Earlier,
        connections: Bindings,
        keeper: Keeper,
        first: First,
    ) {
        let models = run.spec().agents.iter().any(|agent| agent.kind.is_model());
        let mut options = Options {
            replies: Some(Rc::new(DeskReplies(desk))),
            reuse: keeper.reuses(),
            ..self.options(connections, models)
        };
        desk.be_patient(&mut options);
        let parts = Parts {
            clock: Rc::new(web::PageClock),
            client: outside::client(desk),
            observer: Rc::new(Watcher { desk, drive: self, keeper: keeper.clone() }),
            endpoints: self.endpoints.get_value(),
        };
        let session = Session::new(run.clone(), parts, options, earlier);
        keeper.attach(&session);
        desk.local().put(Some(keeper.opened(run)));
        self.current.set_value(Some(Driven { session: session.clone(), keeper: keeper.clone() }));
        match first {
            First::Run => {}
            First::Step => {
                session.step();
                keeper.set_paused(true);
            }
            // That a person paused it, or did not, is known from before.
            First::Wait => session.pause(),
        }
        keeper.poke();
        web::spawn(async move {
            let ended = session.drive().await;
            // What the page says is over is kept, as far as the browser lets it be.
            keeper.settled().await;
            if self.is_current(&keeper) {
                self.refresh(desk);
                if let Err(error) = ended {
                    desk.fail(words::BROKE, problems::run(&error), words::BROKE_NEXT);
                }
            }
        });
    }

    /// A session for a run of many, which nobody watches: replies that are kept are taken in place of calls.
    pub(super) fn session_of_many(
        self,
        desk: Desk,
        spec: RunSpec,
        connections: Bindings,
        patience_seconds: Option<u32>,
    ) -> Result<Session, RunError> {
        let run = Run::sealed(spec.clone(), stop_secret(&spec))?;
        let usual = Options::default();
        let total = patience_seconds.map(|seconds| u64::from(seconds) * 1_000);
        let mut options = Options {
            connections,
            total_timeout_millis: total.unwrap_or(usual.total_timeout_millis),
            replies: Some(Rc::new(DeskReplies(desk))),
            reuse: true,
            ..usual
        };
        desk.be_patient(&mut options);
        let parts = Parts {
            clock: Rc::new(web::PageClock),
            client: outside::client(desk),
            observer: Rc::new(()),
            endpoints: self.endpoints.get_value(),
        };
        Ok(Session::new(run, parts, options, Earlier::default()))
    }

    fn is_current(self, keeper: &Keeper) -> bool {
        self.current.try_with_value(|current| {
            current.as_ref().is_some_and(|driven| driven.keeper.id() == keeper.id())
        }) == Some(true)
    }

    /// The id of the run that is driven here and open.
    pub(super) fn drives(self, id: &str) -> bool {
        self.driven().is_some_and(|driven| {
            driven.keeper.id() == id && driven.session.with_run(|run| !run.state().is_closed())
        })
    }

    /// Something has happened: the page follows at the next frame.
    fn wake(self, desk: Desk, keeper: &Keeper) {
        if !self.is_current(keeper) || self.frame_wanted.get_value() {
            return;
        }
        self.frame_wanted.set_value(true);
        web::spawn(async move {
            web::next_frame().await;
            self.frame_wanted.set_value(false);
            self.refresh(desk);
        });
    }

    /// Copies what the session holds: entries are shared, so this is cheap.
    pub(super) fn refresh(self, desk: Desk) {
        let Some(Driven { session, keeper }) = self.driven() else { return };
        let (run, live) = (session.with_run(Run::clone), session.with_live(Clone::clone));
        // The end of the run is shown once it is kept; the drive's own end comes back for it.
        if run.state().is_closed() && live.phase != Phase::Finished && !keeper.is_settled() {
            return;
        }
        let timings = session.timings();
        let mut news = None;
        desk.local().change(|open| {
            let known = open.story.trades.len();
            open.run = run;
            open.live = live;
            open.story.follow(&open.run);
            open.driven = !open.run.state().is_closed() && !matches!(open.live.phase, Phase::Broken(_));
            open.timings = timings.to_value();
            news = words::news(open.run.spec(), &open.story, known, open.driven);
        });
        if let Some(sentence) = news {
            desk.announce(sentence);
        }
    }

    pub(super) fn driven(self) -> Option<Driven> {
        self.current.try_get_value().flatten()
    }

    /// Everything that is written here.
    pub(super) fn keepers(self) -> Vec<Keeper> {
        let aside = self.aside.try_get_value().unwrap_or_default();
        aside.into_iter().chain(self.driven()).map(|driven| driven.keeper).collect()
    }

    /// Gives a command to the session and shows at once what it changes; `paused` if it changes that.
    pub(super) fn command(self, desk: Desk, paused: Option<bool>, command: impl FnOnce(&Session)) {
        if let Some(Driven { session, keeper }) = self.driven() {
            command(&session);
            if let Some(paused) = paused {
                keeper.set_paused(paused);
            }
            self.refresh(desk);
        }
    }

    pub(super) fn trade(self, desk: Desk, order: Order) -> Result<(), RunError> {
        let session = self.driven().ok_or(RunError::OutOfPlace)?.session;
        session.trade(order)?;
        self.refresh(desk);
        Ok(())
    }

    /// Settles the local run by hand: in its session, or, where it came from a file that holds, as it lies here.
    pub(super) fn resolve(self, desk: Desk, resolution: Resolution) -> Result<(), RunError> {
        if let Some(Driven { session, .. }) = self.driven() {
            session.resolve(resolution)?;
            self.refresh(desk);
            return Ok(());
        }
        let mut outcome = Err(RunError::OutOfPlace);
        desk.local().change(|open| {
            let whole = open.document.as_ref().is_none_or(|document| document.head == open.run.head());
            if whole {
                outcome = open.run.advance(Input::Resolve(resolution)).map(|_| ());
            }
            if outcome.is_ok() {
                open.document = None;
                open.story.follow(&open.run);
                // It is kept as a run of its own: what was kept before stays as it was.
                open.kept = open.to_document().ok().map(|document| desk.keep_imported(&open.run, document));
            }
        });
        outcome
    }
}

/// What seals the stop of a self-resolving market among models, so that nobody can work it out from the set-up. Among
/// simulated traders it follows from the seed: the same seed gives the same run.
fn stop_secret(spec: &RunSpec) -> Option<Seed> {
    let sealed = matches!(spec.mode, Mode::SelfResolving(_)) && !spec.all_simulated();
    if sealed { web::page::secret_bits().map(Seed::new) } else { None }
}

/// What a session does first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// It goes on.
    Run,
    /// It plays one round and waits.
    Step,
    /// It waits.
    Wait,
}
