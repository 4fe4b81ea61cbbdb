//! The loop: what the run asks for is performed, the answers are fed back, until the run is closed. Commands take
//! effect between rounds, except Stop, which also ends calls under way: answers that are in are kept, they are paid
//! for. No cell stays borrowed across an await or a call to somebody else's code.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::control::{Control, Next, Wish};
use super::endpoint::Endpoints;
use super::interruption::Stopwatch;
use super::limits::{LimitReached, Limits, Spent, Used};
use super::live::{AgentLive, AgentStatus, Live, Phase};
use super::ports::{Clock, ConnectionId, LlmClient, Observer, ReplyCache};
use super::retry::Backoff;
use super::reuse::Samples;
use super::stored::StoredReply;
use super::timings::{CallTiming, Timings};
use crate::market::Order;
use crate::prng::{Prng, Seed};
use crate::run::{AgentReply, Effect, Input, Purpose, Resolution, Run, RunError, state};

/// The outside world of a session.
#[derive(Clone)]
pub struct Parts {
    /// Time.
    pub clock: Rc<dyn Clock>,
    /// Models.
    pub client: Rc<dyn LlmClient>,
    /// Who watches.
    pub observer: Rc<dyn Observer>,
    /// What is known of the connections; shared by all sessions of a page.
    pub endpoints: Rc<Endpoints>,
}

/// How a session behaves.
#[derive(Clone)]
pub struct Options {
    /// Each agent's connection, in roster order; `None` for agents that need none. May be shorter than the roster.
    pub connections: Vec<Option<ConnectionId>>,
    /// An agent that has no answer so long after its first request is given up, retries and repair included: nobody
    /// waits longer for it.
    pub total_timeout_millis: u64,
    /// Silence that lasts longer ends an attempt. Slow servers are silent while they read the prompt.
    pub idle_timeout_millis: u64,
    /// Waits between attempts.
    pub backoff: Backoff,
    /// Slept between rounds; even 0 lets the page draw.
    pub round_pause_millis: u64,
    /// Where replies are kept for later runs.
    pub replies: Option<Rc<dyn ReplyCache>>,
    /// Whether the replies kept there are taken in place of calls.
    pub reuse: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connections: Vec::new(),
            total_timeout_millis: 300_000,
            idle_timeout_millis: 120_000,
            backoff: Backoff::default(),
            round_pause_millis: 0,
            replies: None,
            reuse: false,
        }
    }
}

/// What an interrupted session left behind, besides its log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earlier {
    /// Answers that were in ([`Observer::reply_arrived`]); those to the open round are not asked for again.
    pub replies: Vec<StoredReply>,
    /// Times so far.
    pub timings: Timings,
}

/// A run in progress. Cloning gives another handle on the same session.
#[derive(Clone)]
pub struct Session(Rc<Shared>);

/// What the loop, the agents being asked and the handles share.
pub(super) struct Shared {
    pub(super) clock: Rc<dyn Clock>,
    pub(super) client: Rc<dyn LlmClient>,
    pub(super) endpoints: Rc<Endpoints>,
    pub(super) control: Control,
    pub(super) options: Options,
    pub(super) observer: Rc<dyn Observer>,
    pub(super) run: RefCell<Run>,
    live: RefCell<Live>,
    limits: RefCell<Limits>,
    /// Seconds that the run may work, and how long it has.
    pub(super) max_seconds: Option<u32>,
    pub(super) watch: Stopwatch,
    timings: RefCell<Timings>,
    pub(super) earlier: RefCell<Vec<AgentReply>>,
    pub(super) samples: Samples,
    /// Jitter is outside the chain: it is seeded by the clock, or two pages with one run would retry in step.
    jitter: RefCell<Prng>,
    driven: Cell<bool>,
}

impl Session {
    /// A session for a run, new or resumed. Nothing happens until [`Self::drive`].
    pub fn new(run: Run, parts: Parts, options: Options, earlier: Earlier) -> Self {
        // A run that has not begun waits for the answers to its first round.
        let open = run.state().round().max(1);
        let replies = latest(earlier.replies.into_iter().filter(|reply| reply.round == open));
        let unlogged: Vec<_> = replies.iter().flat_map(|reply| reply.calls.iter().cloned()).collect();
        let spent = Limits::earlier(&run, &unlogged, &earlier.timings);
        let live = Live {
            agents: vec![AgentLive::default(); run.spec().agents.len()],
            round: run.state().round(),
            phase: if run.state().is_closed() { Phase::Finished } else { Phase::Idle },
            spent,
            likely: spent,
            estimated: Limits::is_estimated(&run, &unlogged),
            ..Live::default()
        };
        Self(Rc::new(Shared {
            max_seconds: run.spec().stop.max_seconds,
            watch: Stopwatch::after(earlier.timings.worked_millis),
            limits: RefCell::new(Limits::new(&run.spec().stop, spent)),
            jitter: RefCell::new(Seed::new(parts.clock.now_millis()).stream("session/jitter")),
            clock: parts.clock,
            client: parts.client,
            endpoints: parts.endpoints,
            observer: parts.observer,
            control: Control::default(),
            options,
            run: RefCell::new(run),
            live: RefCell::new(live),
            timings: RefCell::new(earlier.timings),
            samples: Samples::after(unlogged),
            earlier: RefCell::new(replies.into_iter().map(StoredReply::into_reply).collect()),
            driven: Cell::new(false),
        }))
    }

    /// Runs until the run is closed. A second call while the first is under way does nothing.
    ///
    /// # Errors
    /// An input that the run refuses, which is a mistake in the program: [`Phase::Broken`] says so to the page.
    pub async fn drive(&self) -> Result<(), RunError> {
        if self.0.driven.replace(true) {
            return Ok(());
        }
        let ended = self.0.drive().await;
        self.0.driven.set(false);
        self.0.set_phase(match &ended {
            Ok(()) => Phase::Finished,
            Err(error) => Phase::Broken(error.to_string()),
        });
        ended
    }

    /// Finishes the round under way and waits.
    pub fn pause(&self) {
        self.0.control.pause();
        self.0.show_whether_paused();
    }

    /// Goes on.
    pub fn resume(&self) {
        self.0.control.resume();
        self.0.show_whether_paused();
    }

    /// Plays one round and pauses.
    pub fn step(&self) {
        self.0.control.step();
        self.0.show_whether_paused();
    }

    /// Ends calls under way and closes the run with what is in. For good.
    pub fn stop(&self) {
        self.0.control.stop();
    }

    /// Asks an agent now that waits for a retry, or that has failed in the round that is open. An answer that is in is
    /// never asked for again.
    pub fn retry_now(&self, agent: usize) {
        self.0.control.wish(agent, Wish::AskAgain);
    }

    /// Waits for an agent of the open round no longer: its failure says that a person went on without it.
    pub fn go_on_without(&self, agent: usize) {
        self.0.control.wish(agent, Wish::GoOnWithout);
    }

    /// A person on the panel trades now.
    ///
    /// # Errors
    /// Orders that the market refuses, agents that are no persons, and a run that is not open.
    pub fn trade(&self, order: Order) -> Result<(), RunError> {
        self.0.advance(Input::PersonOrder(order))
    }

    /// A person says what became of the finished run.
    ///
    /// # Errors
    /// A run that is not over, or settled already.
    pub fn resolve(&self, resolution: Resolution) -> Result<(), RunError> {
        self.0.advance(Input::Resolve(resolution))
    }

    /// Looks at the run. Do not call the session from inside.
    pub fn with_run<T>(&self, look: impl FnOnce(&Run) -> T) -> T {
        look(&self.0.run.borrow())
    }

    /// Looks at what the log does not hold. Do not call the session from inside.
    pub fn with_live<T>(&self, look: impl FnOnce(&Live) -> T) -> T {
        look(&self.0.live.borrow())
    }

    /// The times so far.
    pub fn timings(&self) -> Timings {
        let worked_millis = self.0.watch.millis(&*self.0.clock);
        Timings { worked_millis, ..self.0.timings.borrow().clone() }
    }
}

impl Shared {
    async fn drive(self: &Rc<Self>) -> Result<(), RunError> {
        if self.run.borrow().state().phase() == state::Phase::New {
            self.advance(Input::Begin)?;
        }
        loop {
            let asked = self.run.borrow().state().asked();
            let Some(Effect::AskRound { round, agents }) = asked else { return Ok(()) };
            self.show_whether_paused();
            if self.control.next().await == Next::Stop {
                return self.advance(Input::Stop);
            }
            self.show_whether_paused();
            self.watch.start(&*self.clock);
            let replies = self.ask_round(round, &agents).await;
            self.watch.stop(&*self.clock);
            self.advance(Input::Replies(replies))?;
            if self.control.is_stopped() && !self.run.borrow().state().is_closed() {
                return self.advance(Input::Stop);
            }
            self.clock.sleep(self.options.round_pause_millis).await;
        }
    }

    /// Feeds the run and tells the observer what it made of it.
    fn advance(&self, input: Input) -> Result<(), RunError> {
        let first_seq = {
            let mut run = self.run.borrow_mut();
            let before = run.head().seq;
            run.advance(input)?;
            before + 1
        };
        self.observer.events_appended(first_seq);
        Ok(())
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Live)) {
        {
            let mut live = self.live.borrow_mut();
            change(&mut live);
            live.revision += 1;
        }
        self.observer.live_changed();
    }

    fn set_phase(&self, phase: Phase) {
        if self.live.borrow().phase != phase {
            self.change(|live| live.phase = phase);
        }
    }

    fn show_whether_paused(&self) {
        if !self.run.borrow().state().is_closed() {
            self.set_phase(if self.control.is_holding() { Phase::Paused } else { Phase::Running });
        }
    }

    pub(super) fn set_status(&self, agent: usize, status: AgentStatus) {
        self.change(|live| live.agents[agent].status = status);
    }

    pub(super) fn start_thinking(&self, agent: usize, timing: &CallTiming) {
        let since_millis = self.clock.now_millis();
        let repair = timing.purpose == Purpose::Repair;
        self.change(|live| {
            live.agents[agent] = AgentLive {
                status: AgentStatus::Thinking { since_millis, repair },
                words: String::new(),
                attempts: timing.attempts,
            };
        });
    }

    pub(super) fn add_words(&self, agent: usize, words: &str) {
        self.change(|live| live.agents[agent].words.push_str(words));
    }

    pub(super) fn reserve(&self, bound: Spent) -> Result<(), LimitReached> {
        self.limits.borrow_mut().reserve(bound)
    }

    pub(super) fn settle(&self, bound: Spent, used: Used) {
        self.limits.borrow_mut().settle(bound, used.booked);
        let spent = self.limits.borrow().spent();
        self.change(|live| {
            live.spent = spent;
            live.likely = live.likely.plus(used.likely);
            live.estimated |= !used.counted;
        });
    }

    pub(super) fn backoff_millis(&self, failed: u32, retry_after_seconds: Option<u64>) -> Option<u64> {
        self.options.backoff.wait_millis(failed, retry_after_seconds, &mut self.jitter.borrow_mut())
    }

    pub(super) fn finish_timing(&self, mut timing: CallTiming) {
        timing.latency_millis = self.clock.now_millis().saturating_sub(timing.started_millis);
        if timing.attempts > 0 {
            self.timings.borrow_mut().entries.push(timing);
        }
    }
}

/// The last answer of each agent: one that was asked again has several.
fn latest(replies: impl Iterator<Item = StoredReply>) -> Vec<StoredReply> {
    let mut latest: Vec<StoredReply> = Vec::new();
    for reply in replies {
        match latest.iter_mut().find(|known| known.agent == reply.agent) {
            Some(known) => *known = reply,
            None => latest.push(reply),
        }
    }
    latest
}
