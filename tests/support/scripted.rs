//! A world for sessions: models that follow a script, and a clock that jumps to the next thing that happens.

pub mod models;
pub mod replies;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use credence::agents::{Question, model_panel, simulated_panel, spec_for};
use credence::audit::Head;
use credence::llm::Protocol;
use credence::prng::Seed;
use credence::run::{
    AgentKind, AgentReply, Mode, ParseResult, Run, RunEvent, RunSpec, StopRules, TokenPrice,
};
use credence::session::{
    AgentStatus, ConnectionId, Earlier, Endpoints, Observer, Options, Parts, Phase, Probe, ReplyCache,
    Session, StoredReply, probe,
};
use futures_executor::LocalPool;
use futures_util::task::LocalSpawnExt;

#[allow(unused_imports, reason = "not every file needs all of them")]
pub use models::{End, GOOD, Turn};
use models::{Models, Time};
pub use replies::Replies;

/// Looks at the session whenever it says that something changed, as a page does.
#[derive(Clone, Default)]
struct Watcher {
    session: Rc<RefCell<Option<Session>>>,
    statuses: Rc<RefCell<Vec<AgentStatus>>>,
    words: Rc<RefCell<Vec<String>>>,
    stored: Rc<RefCell<Vec<StoredReply>>>,
}

impl Observer for Watcher {
    fn events_appended(&self, first_seq: u64) {
        let session = self.session.borrow();
        let seq = session.as_ref().map_or(first_seq, |session| session.with_run(|run| run.head().seq));
        assert!(first_seq <= seq, "nothing was appended");
    }

    fn reply_arrived(&self, round: u32, reply: &AgentReply) {
        self.stored.borrow_mut().push(StoredReply::new(round, reply.clone()));
    }

    fn live_changed(&self) {
        let session = self.session.borrow();
        let Some(session) = session.as_ref() else { return };
        let first = session.with_live(|live| live.agents[0].clone());
        let (mut statuses, mut words) = (self.statuses.borrow_mut(), self.words.borrow_mut());
        if statuses.last() != Some(&first.status) {
            statuses.push(first.status);
        }
        if !first.words.is_empty() && words.last() != Some(&first.words) {
            words.push(first.words);
        }
    }
}

/// What a person presses, and when.
type Command = (u64, fn(&Session));

/// What is to be played.
pub struct Scenario {
    spec: RunSpec,
    turns: BTreeMap<usize, Vec<Turn>>,
    at_once: usize,
    connections: Vec<Option<ConnectionId>>,
    protocol: Protocol,
    commands: Vec<Command>,
    resumed: Option<(Run, Earlier)>,
    replies: Option<Rc<Replies>>,
    reuse: bool,
}

impl Scenario {
    /// So many models `m0`, `m1` …, each with a connection of its own.
    pub fn new(agents: usize) -> Self {
        let mut panel = model_panel("m", agents);
        for (place, agent) in panel.iter_mut().enumerate() {
            if let AgentKind::Model { model, .. } = &mut agent.kind {
                *model = format!("m{place}");
            }
        }
        let question = Question { text: "Will it rain?".into(), ..Question::yes_no() };
        Self {
            spec: spec_for(question, panel, None, Seed::new(11)),
            turns: BTreeMap::new(),
            at_once: 2,
            connections: (0..agents).map(|agent| Some(ConnectionId(agent as u32))).collect(),
            protocol: Protocol::default(),
            commands: Vec::new(),
            resumed: None,
            replies: None,
            reuse: false,
        }
    }

    pub fn simulated(agents: usize) -> Self {
        let question = Question { text: "Will it rain?".into(), ..Question::yes_no() };
        Self { spec: spec_for(question, simulated_panel(agents), None, Seed::new(11)), ..Self::new(0) }
    }

    pub fn turns(mut self, agent: usize, turns: Vec<Turn>) -> Self {
        self.turns.insert(agent, turns);
        self
    }

    pub fn rounds(mut self, most: u32) -> Self {
        self.spec.stop.max_rounds = most;
        self
    }

    pub fn stop(mut self, change: impl FnOnce(&mut StopRules)) -> Self {
        change(&mut self.spec.stop);
        self
    }

    #[allow(dead_code, reason = "not every file plays all modes")]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.spec.mode = mode;
        self
    }

    pub fn price(mut self, each: TokenPrice) -> Self {
        for agent in &mut self.spec.agents {
            if let AgentKind::Model { price, .. } = &mut agent.kind {
                *price = Some(each);
            }
        }
        self
    }

    /// All agents go through connection 0 …
    pub fn same_connection(mut self) -> Self {
        self.connections.fill(Some(ConnectionId(0)));
        self
    }

    /// … and are the model `m0`.
    pub fn same_model(mut self) -> Self {
        for agent in &mut self.spec.agents {
            if let AgentKind::Model { model, .. } = &mut agent.kind {
                *model = "m0".into();
            }
        }
        self.same_connection()
    }

    pub fn unconnected(mut self) -> Self {
        self.connections.clear();
        self
    }

    /// What all servers speak.
    pub fn speaking(mut self, protocol: Protocol) -> Self {
        self.protocol = protocol;
        self
    }

    pub fn at_once(mut self, calls: usize) -> Self {
        self.at_once = calls;
        self
    }

    /// The agents change their minds in every round, so that the market never settles.
    pub fn disagreeing(mut self) -> Self {
        let say = |p: f64| Turn::says(&format!("{{\"beliefs\":[{p},{}]}}", 1.0 - p));
        for agent in 0..self.spec.agents.len() {
            self.turns.insert(agent, [0.9, 0.1, 0.9, 0.1, 0.9].map(say).to_vec());
        }
        self
    }

    /// The script goes on after its first so many turns.
    #[allow(dead_code, reason = "only resumed runs need it")]
    pub fn skip_turns(mut self, agent: usize, count: usize) -> Self {
        if let Some(turns) = self.turns.get_mut(&agent) {
            turns.drain(..count.min(turns.len()));
        }
        self
    }

    pub fn at(mut self, millis: u64, command: fn(&Session)) -> Self {
        self.commands.push((millis, command));
        self
    }

    /// Takes kept replies, and keeps.
    pub fn reusing(self, replies: &Rc<Replies>) -> Self {
        Self { reuse: true, ..self.keeping(replies) }
    }

    /// Keeps replies without taking any.
    pub fn keeping(mut self, replies: &Rc<Replies>) -> Self {
        self.replies = Some(Rc::clone(replies));
        self
    }

    pub fn resume(mut self, run: Run, earlier: Earlier) -> Self {
        self.resumed = Some((run, earlier));
        self
    }

    /// Plays to the run's end.
    pub fn play(self) -> Outcome {
        let outcome = self.play_until(u64::MAX);
        assert!(outcome.session.with_run(|run| run.state().is_closed()), "it hangs: {:?}", outcome.story());
        outcome
    }

    /// Plays up to a moment, or to the end.
    pub fn play_until(self, end: u64) -> Outcome {
        let time = Time::default();
        let models = Models { time: time.clone(), protocol: self.protocol, ..Models::default() };
        for (agent, turns) in self.turns {
            models.scripts.borrow_mut().insert(format!("m{agent}"), turns);
        }
        let watcher = Watcher::default();
        let limits = (0..32).map(|connection| (ConnectionId(connection), self.at_once)).collect();
        let parts = Parts {
            clock: Rc::new(time.clone()),
            client: Rc::new(models.clone()),
            observer: Rc::new(watcher.clone()),
            endpoints: Endpoints::new(limits),
        };
        let options = Options {
            connections: self.connections,
            total_timeout_millis: 60_000,
            idle_timeout_millis: 10_000,
            replies: self.replies.clone().map(|replies| replies as Rc<dyn ReplyCache>),
            reuse: self.reuse,
            ..Options::default()
        };
        let (run, earlier) =
            self.resumed.unwrap_or_else(|| (Run::new(self.spec).unwrap(), Earlier::default()));
        let session = Session::new(run, parts, options, earlier);
        *watcher.session.borrow_mut() = Some(session.clone());
        drive(&session, &time, self.commands, end);
        Outcome { session, time, models, watcher }
    }
}

/// Runs the session until it is done or `end` has come; whenever everybody waits, time jumps to the next event.
fn drive(session: &Session, time: &Time, mut commands: Vec<Command>, end: u64) {
    let mut pool = LocalPool::new();
    let driven = session.clone();
    pool.spawner().spawn_local(async move { driven.drive().await.unwrap() }).unwrap();
    loop {
        commands.retain(|(when, command)| {
            let due = *when <= time.now.get();
            if due {
                command(session);
            }
            !due
        });
        pool.run_until_stalled();
        if session.with_live(|live| live.phase == Phase::Finished) {
            return;
        }
        // Sleepers of dropped futures are harmless: time passes their moment like any other.
        let wakes: Vec<u64> = time.sleepers.borrow().iter().map(|(when, _)| *when).collect();
        match wakes.into_iter().chain(commands.iter().map(|(when, _)| *when)).min() {
            Some(next) if next <= end => time.advance(next),
            _ => return,
        }
    }
}

/// Tests a connection whose model `m0` follows these turns.
pub fn probe_model(turns: Vec<Turn>) -> Probe {
    let time = Time::default();
    let models = Models { time: time.clone(), ..Models::default() };
    models.scripts.borrow_mut().insert("m0".to_owned(), turns);
    let result = Rc::new(RefCell::new(None));
    let found = Rc::clone(&result);
    let clock = time.clone();
    let mut pool = LocalPool::new();
    let test = async move { *found.borrow_mut() = Some(probe(&models, &clock, ConnectionId(0), "m0").await) };
    pool.spawner().spawn_local(test).unwrap();
    loop {
        pool.run_until_stalled();
        if let Some(probe) = result.take() {
            return probe;
        }
        let next = time.sleepers.borrow().iter().map(|(when, _)| *when).min();
        time.advance(next.expect("the test waits for nothing"));
    }
}

/// What came of it.
pub struct Outcome {
    pub session: Session,
    time: Time,
    models: Models,
    watcher: Watcher,
}

impl Outcome {
    /// The calls and their fate, in the words of the log.
    pub fn story(&self) -> Vec<String> {
        self.session.with_run(|run| run.log().events().filter_map(line).collect())
    }

    pub fn sent(&self) -> usize {
        self.models.formats.borrow().len()
    }

    pub fn calls_shown(&self) -> u32 {
        self.session.with_live(|live| live.spent.calls)
    }

    pub fn formats(&self) -> Vec<String> {
        self.models.formats.borrow().clone()
    }

    /// The bodies of all requests.
    pub fn posted(&self) -> Vec<String> {
        self.models.posted.borrow().clone()
    }

    pub fn aborted(&self) -> usize {
        self.models.aborted.get()
    }

    pub fn most_at_once(&self, connection: ConnectionId) -> usize {
        self.models.most.borrow().get(&connection).copied().unwrap_or(0)
    }

    pub fn now(&self) -> u64 {
        self.time.now.get()
    }

    pub fn head(&self) -> Head {
        self.session.with_run(Run::head)
    }

    pub fn rounds(&self) -> u32 {
        self.session.with_run(|run| run.state().totals().rounds)
    }

    pub fn phase(&self) -> Phase {
        self.session.with_live(|live| live.phase.clone())
    }

    pub fn statuses_seen(&self) -> Vec<AgentStatus> {
        self.watcher.statuses.borrow().clone()
    }

    pub fn words_seen(&self) -> Vec<String> {
        self.watcher.words.borrow().clone()
    }

    pub fn waits_seen(&self) -> Vec<u64> {
        let seconds = |status: &AgentStatus| match status {
            AgentStatus::Waiting { seconds_left, .. } => Some(*seconds_left),
            _ => None,
        };
        self.watcher.statuses.borrow().iter().filter_map(seconds).collect()
    }

    pub fn stored(&self) -> Vec<StoredReply> {
        self.watcher.stored.borrow().clone()
    }
}

impl Drop for Outcome {
    fn drop(&mut self) {
        // The watcher holds the session that holds the watcher.
        self.watcher.session.borrow_mut().take();
    }
}

fn line(event: &RunEvent) -> Option<String> {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    match event {
        RunEvent::Call(call) => {
            let purpose = word(serde_json::to_value(call.purpose).unwrap());
            let fate = match &call.parse {
                ParseResult::Ok => "ok".to_owned(),
                ParseResult::Unreadable { .. } => format!("unreadable “{}”", call.reply),
                ParseResult::NoReply { .. } => format!("no reply “{}”", call.reply),
            };
            Some(format!("{} {purpose} {fate}", call.agent))
        }
        RunEvent::Forecast { agent, .. } => Some(format!("{agent} answered")),
        RunEvent::Failed { agent, failure, .. } => {
            Some(format!("{agent} failed {}", word(serde_json::to_value(failure.kind).unwrap())))
        }
        RunEvent::Closed { status, .. } => {
            Some(format!("closed {}", word(serde_json::to_value(status).unwrap())))
        }
        _ => None,
    }
}
