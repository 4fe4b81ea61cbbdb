//! The commands of the person who watches: pause, go on, one round, stop; and of one agent: ask it again, go on without
//! it. It knows when the loop may go on and wakes whoever waits for that; what stopping means is the loop's business.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

/// What the loop may do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Play a round.
    Round,
    /// End the run.
    Stop,
}

/// What a person wants of one agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Ask it at once: it waits for a retry, or has failed in the round that is open.
    AskAgain,
    /// Wait for it no longer.
    GoOnWithout,
}

/// The commands given so far.
#[derive(Debug, Default)]
pub(super) struct Control {
    stopped: Cell<bool>,
    paused: Cell<bool>,
    /// Rounds that may be played although it is paused.
    steps: Cell<u32>,
    wishes: RefCell<BTreeMap<usize, Wish>>,
    /// Agents of the open round that may still answer by themselves.
    busy: Cell<usize>,
    waiting: RefCell<Vec<Waker>>,
}

impl Control {
    pub(super) fn pause(&self) {
        self.paused.set(true);
    }

    pub(super) fn resume(&self) {
        self.paused.set(false);
        self.steps.set(0);
        self.wake();
    }

    /// Plays one round and pauses.
    pub(super) fn step(&self) {
        self.paused.set(true);
        self.steps.set(self.steps.get().saturating_add(1));
        self.wake();
    }

    /// For good.
    pub(super) fn stop(&self) {
        self.stopped.set(true);
        self.wake();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Whether the next round waits for a command.
    pub(super) fn is_holding(&self) -> bool {
        self.paused.get() && self.steps.get() == 0
    }

    /// Ends when Stop is pressed.
    pub(super) async fn stopped(&self) {
        poll_fn(|context| if self.is_stopped() { Poll::Ready(()) } else { self.wait(context) }).await;
    }

    /// Ends when the next round may be played; uses up one step.
    pub(super) async fn next(&self) -> Next {
        poll_fn(|context| {
            if self.is_stopped() {
                Poll::Ready(Next::Stop)
            } else if self.is_holding() {
                self.wait(context)
            } else {
                self.steps.set(self.steps.get().saturating_sub(1));
                Poll::Ready(Next::Round)
            }
        })
        .await
    }

    /// Asks for something that whoever asks the agent takes up.
    pub(super) fn wish(&self, agent: usize, wish: Wish) {
        self.wishes.borrow_mut().insert(agent, wish);
        self.wake();
    }

    /// Drops a wish that came before there was anything to wish for.
    pub(super) fn forget(&self, agent: usize, wish: Wish) {
        self.wishes.borrow_mut().retain(|&whose, what| (whose, *what) != (agent, wish));
    }

    /// Ends when this is wished for the agent, and takes the wish.
    pub(super) async fn wished(&self, agent: usize, wish: Wish) {
        poll_fn(|context| {
            if self.wishes.borrow().get(&agent) == Some(&wish) {
                self.wishes.borrow_mut().remove(&agent);
                Poll::Ready(())
            } else {
                self.wait(context)
            }
        })
        .await;
    }

    /// A round begins in which so many agents are asked.
    pub(super) fn open_round(&self, agents: usize) {
        self.wishes.borrow_mut().clear();
        self.busy.set(agents);
    }

    /// An agent is asked once more.
    pub(super) fn begin_work(&self) {
        self.busy.set(self.busy.get().saturating_add(1));
    }

    /// An agent has answered or failed; the last one ends the round.
    pub(super) fn end_work(&self) {
        self.busy.set(self.busy.get().saturating_sub(1));
        if self.busy.get() == 0 {
            self.wake();
        }
    }

    /// Ends when no agent is being asked any more.
    pub(super) async fn round_over(&self) {
        poll_fn(|context| if self.busy.get() == 0 { Poll::Ready(()) } else { self.wait(context) }).await;
    }

    fn wait<T>(&self, context: &Context<'_>) -> Poll<T> {
        let mut waiting = self.waiting.borrow_mut();
        if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            waiting.push(context.waker().clone());
        }
        Poll::Pending
    }

    fn wake(&self) {
        let waiting = self.waiting.take();
        waiting.into_iter().for_each(Waker::wake);
    }
}
