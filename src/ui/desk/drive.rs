//! Runs the local run in a session and brings what the session does to the page, a frame at a time. A newer run
//! makes the older session's messages go nowhere.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::{Bindings, Connection, Desk, OpenRun, outside};
use crate::agents::Dialect;
use crate::market::Order;
use crate::run::{Run, RunError, RunSpec};
use crate::session::{Earlier, Endpoints, Observer, Options, Parts, Phase, Session};
use crate::ui::words::watch as words;
use crate::web;

/// Between two rounds of a panel that answers at once: long enough to see the price move, short enough for ten rounds
/// in well under a second.
const ROUND_PAUSE_MILLIS: u64 = 45;

/// Who drives. All of it is plain data: nothing on the page reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drive {
    session: StoredValue<Option<Session>, LocalStorage>,
    endpoints: StoredValue<Rc<Endpoints>, LocalStorage>,
    generation: StoredValue<u64>,
    frame_wanted: StoredValue<bool>,
}

/// Passes a session's news on, unless a newer run has taken its place.
struct Watcher {
    desk: Desk,
    drive: Drive,
    generation: u64,
}

impl Observer for Watcher {
    fn events_appended(&self, _first_seq: u64) {
        self.drive.wake(self.desk, self.generation);
    }

    fn live_changed(&self) {
        self.drive.wake(self.desk, self.generation);
    }
}

impl Drive {
    pub(super) fn new() -> Self {
        Self {
            session: StoredValue::new_local(None),
            endpoints: StoredValue::new_local(Endpoints::new(BTreeMap::new())),
            generation: StoredValue::new(0),
            frame_wanted: StoredValue::new(false),
        }
    }

    /// Takes over how many calls a connection takes at once, and what its kind of server is known to take.
    pub(super) fn set_connection(self, connection: &Connection) {
        self.endpoints.with_value(|endpoints| {
            endpoints.set_at_once(connection.id, connection.at_once);
            endpoints.set_dialect(connection.id, Dialect::from(connection.provider.quirks));
        });
    }

    /// Stops whatever runs and lets its messages go nowhere.
    pub(super) fn abandon(self) {
        self.generation.update_value(|generation| *generation += 1);
        if let Some(session) = self.session() {
            session.stop();
        }
        self.session.set_value(None);
    }

    pub(super) fn begin(self, desk: Desk, spec: RunSpec, bindings: Bindings) -> Result<(), RunError> {
        let run = Run::new(spec)?;
        self.abandon();
        let generation = self.generation.get_value();
        let models = run.spec().agents.iter().any(|agent| agent.kind.is_model());
        let person = run.spec().agents.iter().any(|agent| agent.kind.is_person());
        let options = Options {
            connections: bindings,
            round_pause_millis: if models { 0 } else { ROUND_PAUSE_MILLIS },
            ..Options::default()
        };
        let parts = Parts {
            clock: Rc::new(web::PageClock),
            client: outside::client(desk),
            observer: Rc::new(Watcher { desk, drive: self, generation }),
            endpoints: self.endpoints.get_value(),
        };
        let session = Session::new(run.clone(), parts, options, Earlier::default());
        if person && !models {
            // Simulated rounds last no time: whoever trades too needs a pause to do so.
            session.step();
        }
        self.session.set_value(Some(session.clone()));
        desk.local().put(Some(OpenRun::live(run)));
        web::spawn(async move {
            let ended = session.drive().await;
            if self.generation.get_value() == generation {
                self.refresh(desk);
                if let Err(error) = ended {
                    desk.fail(words::BROKE, error.to_string(), words::BROKE_NEXT);
                }
            }
        });
        Ok(())
    }

    /// Something has happened: the page follows at the next frame.
    fn wake(self, desk: Desk, generation: u64) {
        if self.generation.get_value() != generation || self.frame_wanted.get_value() {
            return;
        }
        self.frame_wanted.set_value(true);
        request_animation_frame(move || {
            self.frame_wanted.set_value(false);
            self.refresh(desk);
        });
    }

    /// Copies what the session holds: entries are shared, so this is cheap.
    fn refresh(self, desk: Desk) {
        let Some(session) = self.session() else { return };
        let (run, live) = (session.with_run(Run::clone), session.with_live(Clone::clone));
        let timings = session.timings();
        let mut news = None;
        desk.local().change(|open| {
            let known = open.story.trades.len();
            open.run = run;
            open.live = live;
            open.story.follow(&open.run);
            open.driven = !open.run.state().is_closed() && !matches!(open.live.phase, Phase::Broken(_));
            open.timings = if timings.entries.is_empty() { None } else { serde_json::to_value(timings).ok() };
            news = words::news(open.run.spec(), &open.story, known, open.driven);
        });
        if let Some(sentence) = news {
            desk.announce(sentence);
        }
    }

    fn session(self) -> Option<Session> {
        self.session.try_get_value().flatten()
    }

    /// Gives a command to the session and shows at once what it changes.
    pub(super) fn command(self, desk: Desk, command: impl FnOnce(&Session)) {
        if let Some(session) = self.session() {
            command(&session);
            self.refresh(desk);
        }
    }

    pub(super) fn trade(self, desk: Desk, order: Order) -> Result<(), RunError> {
        let session = self.session().ok_or(RunError::OutOfPlace)?;
        session.trade(order)?;
        self.refresh(desk);
        Ok(())
    }
}
