//! Writes one run to the device as it happens: what a step brought, in one transaction, behind the session's back. If
//! the browser refuses, the run goes on in memory, and the next step tries again with everything that is missing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{Desk, OpenRun};
use crate::archive::{Card, Origin, Ours, SetUp, events_of, reply_text, timing_text};
use crate::evaluate::listing::ListedPrice;
use crate::run::{AgentReply, ENGINE, Run};
use crate::session::{Clock, ConnectionId, Session};
use crate::web::run_lock::RunLock;
use crate::web::run_store::Batch;
use crate::web::{self, PageClock, StoreError, tabs};

/// How long the page waits for the last event to be kept before it says that the run is over.
const LAST_WRITE_MILLIS: u32 = 1_000;
/// How often it looks meanwhile.
const LOOK_MILLIS: u32 = 8;

/// One run's way to the device. Cloning gives another handle.
#[derive(Clone)]
pub(super) struct Keeper(Rc<Inner>);

struct Inner {
    desk: Desk,
    id: String,
    started_millis: u64,
    set_up: String,
    /// Whether its session takes kept replies in place of calls.
    reuse: bool,
    /// What a market elsewhere said of the same question.
    listed: Option<ListedPrice>,
    session: RefCell<Option<Session>>,
    /// Held as long as this tab may write the run.
    lock: RefCell<Option<RunLock>>,
    paused: Cell<bool>,
    /// The last step was cut off in the middle: what is kept of it goes before the next is written.
    torn: Cell<bool>,
    replies: RefCell<Vec<(u32, usize, String)>>,
    sent: Cell<Sent>,
    kept: Cell<Sent>,
    /// Batches that the browser has not answered for yet.
    under_way: Cell<usize>,
    /// Nothing is written any more: it failed for good, or the run is somebody else's now.
    ended: Cell<bool>,
    /// The last batch was refused.
    refused: Cell<bool>,
}

/// How far something has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sent {
    set_up: bool,
    seq: u64,
    replies: usize,
    timings: usize,
    paused: bool,
}

impl Keeper {
    /// For a run that begins.
    pub(super) fn new(
        desk: Desk,
        run: &Run,
        connections: &[Option<ConnectionId>],
        reuse: bool,
        listed: Option<&ListedPrice>,
    ) -> Self {
        let mut set_up = SetUp::here(run, connections, PageClock.now_millis(), reuse);
        set_up.listed_price = listed.and_then(ListedPrice::to_value);
        Self::make(desk, fresh_id(), &set_up, Sent::default())
    }

    /// For a run that goes on: what is kept of it is not written again. `torn` if more events are kept than it has.
    pub(super) fn resumed(desk: Desk, id: &str, set_up: &SetUp, ours: &Ours, paused: bool) -> Self {
        let (seq, timings) = (ours.run.head().seq, ours.earlier.timings.entries.len());
        let sent = Sent { set_up: true, seq, timings, paused, replies: 0 };
        let keeper = Self::make(desk, id.to_owned(), set_up, sent);
        keeper.0.torn.set(ours.kept_events > seq);
        keeper.0.paused.set(paused);
        keeper
    }

    fn make(desk: Desk, id: String, set_up: &SetUp, sent: Sent) -> Self {
        Self(Rc::new(Inner {
            desk,
            id,
            started_millis: set_up.started_millis,
            reuse: set_up.reuse,
            listed: set_up.listed_price.clone().and_then(ListedPrice::from_value),
            set_up: set_up.to_text(),
            session: RefCell::new(None),
            lock: RefCell::new(None),
            paused: Cell::new(false),
            torn: Cell::new(false),
            replies: RefCell::new(Vec::new()),
            sent: Cell::new(sent),
            kept: Cell::new(sent),
            under_way: Cell::new(0),
            ended: Cell::new(false),
            refused: Cell::new(false),
        }))
    }

    /// The run's id on this device.
    pub(super) fn id(&self) -> &str {
        &self.0.id
    }

    /// Whether its session takes kept replies in place of calls.
    pub(super) fn reuses(&self) -> bool {
        self.0.reuse
    }

    /// The run as the page opens it.
    pub(super) fn opened(&self, run: Run) -> OpenRun {
        OpenRun { kept: Some(self.0.id.clone()), listed: self.0.listed.clone(), ..OpenRun::live(run) }
    }

    /// The session whose run it writes.
    pub(super) fn attach(&self, session: &Session) {
        *self.0.session.borrow_mut() = Some(session.clone());
    }

    /// Keeps the run's lock.
    pub(super) fn hold(&self, lock: RunLock) {
        *self.0.lock.borrow_mut() = Some(lock);
    }

    /// A person has paused the run or let it go on.
    pub(super) fn set_paused(&self, paused: bool) {
        self.0.paused.set(paused);
        self.poke();
    }

    /// Whether a person has paused it.
    pub(super) fn is_paused(&self) -> bool {
        self.0.paused.get()
    }

    /// An answer is in.
    pub(super) fn reply_arrived(&self, round: u32, reply: &AgentReply) {
        self.0.replies.borrow_mut().push((round, reply.agent, reply_text(round, reply)));
        self.poke();
    }

    /// There may be something to write.
    pub(super) fn poke(&self) {
        if self.0.under_way.get() == 0 {
            self.start_writing();
        }
    }

    /// Hands everything to the browser at once, even behind a batch that is under way: the page may be closing.
    pub(super) fn flush(&self) {
        self.start_writing();
    }

    /// Writes nothing more and lets the lock go.
    pub(super) fn end(&self) {
        self.0.ended.set(true);
        self.0.lock.borrow_mut().take();
        self.0.session.borrow_mut().take();
    }

    /// Whether everything is kept, as far as it can be.
    pub(super) fn is_settled(&self) -> bool {
        let inner = &self.0;
        inner.ended.get() || inner.refused.get() || (inner.under_way.get() == 0 && self.next().is_none())
    }

    /// Waits a moment until everything is kept.
    pub(super) async fn settled(&self) {
        let mut waited = 0;
        while !self.is_settled() && waited < LAST_WRITE_MILLIS {
            web::sleep(LOOK_MILLIS).await;
            waited += LOOK_MILLIS;
        }
    }

    /// How far everything has come, if that is further than what was handed to the browser.
    fn next(&self) -> Option<Sent> {
        let inner = &self.0;
        let session = inner.session.borrow();
        let session = session.as_ref()?;
        let next = Sent {
            set_up: true,
            seq: session.with_run(|run| run.head().seq),
            replies: inner.replies.borrow().len(),
            timings: session.timings().entries.len(),
            paused: inner.paused.get(),
        };
        Some(next).filter(|next| *next != inner.sent.get())
    }

    /// Everything that was not handed to the browser yet, and how far it takes what is kept.
    fn pending(&self) -> Option<(Batch, Sent)> {
        let (inner, next, sent) = (&self.0, self.next()?, self.0.sent.get());
        let session = inner.session.borrow();
        let session = session.as_ref()?;
        let timings = session.timings().entries;
        let first = sent.timings.min(timings.len());
        let replies = inner.replies.borrow();
        let batch = session.with_run(|run| {
            let mut card = Card::of(run, ENGINE, Origin::Here, inner.started_millis);
            card.changed_millis = PageClock.now_millis();
            card.paused = next.paused;
            Batch {
                card: Some(card.to_text()),
                set_up: (!sent.set_up).then(|| inner.set_up.clone()),
                cut_after: inner.torn.get().then_some(sent.seq),
                events: events_of(run, sent.seq),
                replies: replies[sent.replies.min(replies.len())..].to_vec(),
                // Those of the last round stay until the next one is closed too.
                replies_from: run.state().round().saturating_sub(1),
                timings: (first..).zip(timings[first..].iter().map(timing_text)).collect(),
            }
        });
        Some((batch, next))
    }

    fn start_writing(&self) {
        if self.0.ended.get() {
            return;
        }
        let keeper = self.clone();
        self.0.under_way.update(|count| count + 1);
        // The task starts within this turn: what is written has left the page before the page can be closed.
        web::spawn(async move {
            let shelf = keeper.0.desk.shelf;
            let store = shelf.opened().await;
            while let (Ok(store), Some((batch, next))) = (&store, keeper.pending()) {
                keeper.0.sent.set(next);
                let written = store.write(keeper.id(), &batch).await;
                keeper.written(next, &written);
                if written.is_err() {
                    break;
                }
            }
            if store.is_err() {
                keeper.end_writing();
            }
            keeper.0.under_way.update(|count| count.saturating_sub(1));
            keeper.rest();
        });
    }

    fn written(&self, next: Sent, written: &Result<(), StoreError>) {
        let inner = &self.0;
        match written {
            Ok(()) => {
                inner.kept.set(next);
                inner.torn.set(false);
                inner.refused.set(false);
                inner.desk.shelf.kept_again();
                tabs::say(&inner.id);
                inner.desk.shelf.changed();
            }
            Err(StoreError::Conflict) => {
                self.end_writing();
                inner.desk.lost_to_another_tab(&inner.id);
            }
            Err(error) => {
                inner.sent.set(inner.kept.get());
                inner.refused.set(true);
                inner.desk.shelf.refused(error);
            }
        }
    }

    fn end_writing(&self) {
        self.0.ended.set(true);
    }

    /// A closed run that is kept needs neither lock nor session.
    fn rest(&self) {
        let over = |session: &Session| session.with_run(|run| run.state().is_closed());
        let closed = self.0.session.borrow().as_ref().is_some_and(over);
        if closed && !self.0.refused.get() && self.is_settled() {
            self.end();
        }
    }
}

/// A name that no other run on this device has.
pub(super) fn fresh_id() -> String {
    format!("{:016x}", web::page::fresh_bits())
}
