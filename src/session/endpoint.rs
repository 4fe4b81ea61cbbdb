//! What is kept for each connection over all runs of a page: how many calls are under way (small servers collapse
//! under more) and which parts of a request its models take. It does not know addresses or keys.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::ports::ConnectionId;
use crate::agents::Dialect;

/// Calls under way at once on one connection, unless it is set otherwise.
pub const AT_ONCE: usize = 2;

/// The connections in use.
#[derive(Debug)]
pub struct Endpoints {
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    at_once: BTreeMap<ConnectionId, usize>,
    under_way: BTreeMap<ConnectionId, usize>,
    waiting: Vec<Waker>,
    /// What each connection takes before anything is learnt of it.
    first_dialects: BTreeMap<ConnectionId, Dialect>,
    dialects: BTreeMap<(ConnectionId, String), Dialect>,
}

impl Endpoints {
    /// Connections with limits of their own; all others get [`AT_ONCE`].
    pub fn new(at_once: BTreeMap<ConnectionId, usize>) -> Rc<Self> {
        Rc::new(Self { state: RefCell::new(State { at_once, ..State::default() }) })
    }

    /// How many calls may be under way at once on a connection.
    pub fn set_at_once(&self, connection: ConnectionId, calls: usize) {
        self.state.borrow_mut().at_once.insert(connection, calls);
    }

    /// Waits for a place at a connection. Dropping the slot gives it back; a call keeps its slot while it waits for a
    /// retry, so a server that asks for patience is not asked by the next agent instead.
    pub async fn slot(self: &Rc<Self>, connection: ConnectionId) -> Slot {
        poll_fn(|context| {
            let mut state = self.state.borrow_mut();
            let most = state.at_once.get(&connection).copied().unwrap_or(AT_ONCE).max(1);
            let under_way = state.under_way.entry(connection).or_default();
            if *under_way < most {
                *under_way += 1;
                return Poll::Ready(());
            }
            if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                state.waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
        Slot { endpoints: Rc::clone(self), connection }
    }

    /// What a model's server takes, as far as is known.
    pub fn dialect(&self, connection: ConnectionId, model: &str) -> Dialect {
        let state = self.state.borrow();
        let learnt = state.dialects.get(&(connection, model.to_owned()));
        learnt.or_else(|| state.first_dialects.get(&connection)).copied().unwrap_or_default()
    }

    /// Remembers what a model's server does not take.
    pub fn learn(&self, connection: ConnectionId, model: &str, dialect: Dialect) {
        let known = self.dialect(connection, model).meet(dialect);
        self.state.borrow_mut().dialects.insert((connection, model.to_owned()), known);
    }

    /// What a connection takes before anything is learnt of it. Forgets what was learnt: its settings have changed.
    pub fn set_dialect(&self, connection: ConnectionId, first: Dialect) {
        let mut state = self.state.borrow_mut();
        state.first_dialects.insert(connection, first);
        state.dialects.retain(|(other, _), _| *other != connection);
    }
}

/// A place at a connection.
#[derive(Debug)]
pub struct Slot {
    endpoints: Rc<Endpoints>,
    connection: ConnectionId,
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.endpoints.state.borrow_mut();
        if let Some(under_way) = state.under_way.get_mut(&self.connection) {
            *under_way = under_way.saturating_sub(1);
        }
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}
