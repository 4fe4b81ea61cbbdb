//! Verification in slices: first the chain over raw JSON, then a replay that compares event by event. A page does a
//! little of it each frame; `verify` does it in one go. It cannot know whether a model really said what is recorded.

use super::event::RunEvent;
use super::fault::Fault;
use super::protocols::self_resolving;
use super::record::{Document, ENGINE};
use super::replay::Replay;
use super::spec::Texts;
use crate::audit::ChainCheck;

/// The outcome of verifying a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Everything follows.
    Verified {
        /// How many events were checked.
        events: u64,
        /// Texts that a reduced copy keeps; `None` for an original.
        texts: Option<Texts>,
    },
    /// Something does not.
    Broken {
        /// The first event that does not hold, from 1; one past the end if the end is missing.
        seq: u64,
        /// What is wrong with it.
        problem: Fault,
    },
}

/// Checks the chain, then recomputes every price, balance and trade from the recorded beliefs.
pub fn verify(document: &Document) -> Verdict {
    let mut verification = Verification::new(document);
    loop {
        if let Some(verdict) = verification.work() {
            return verdict;
        }
    }
}

/// A verification under way. Each call of [`work`](Self::work) takes a bounded bite: one event of the chain, or one
/// round of the replay.
pub struct Verification<'a> {
    document: &'a Document,
    stage: Stage<'a>,
}

enum Stage<'a> {
    Chain(ChainCheck<'a>),
    Reading(Vec<RunEvent>),
    Replaying(Box<Replay>),
    Done(Verdict),
}

impl<'a> Verification<'a> {
    /// Starts at the header.
    pub fn new(document: &'a Document) -> Self {
        let chain = ChainCheck::new(&document.header(), &document.events, document.head);
        Self { document, stage: Stage::Chain(chain) }
    }

    /// Events looked at so far, and in all: each is looked at three times.
    pub fn progress(&self) -> (usize, usize) {
        let all = self.document.events.len();
        let done = match &self.stage {
            Stage::Chain(chain) => chain.checked(),
            Stage::Reading(events) => all + events.len(),
            Stage::Replaying(replay) => 2 * all + replay.position(),
            Stage::Done(_) => 3 * all,
        };
        (done.min(3 * all), 3 * all)
    }

    /// Does a little; `Some` once the outcome is known.
    pub fn work(&mut self) -> Option<Verdict> {
        let next = match &mut self.stage {
            Stage::Chain(chain) => match chain.work() {
                Ok(false) => None,
                Ok(true) => Some(self.start_reading()),
                Err(fault) => Some(broken(fault.seq, fault.kind.into())),
            },
            Stage::Reading(events) => {
                if let Some(entry) = self.document.events.get(events.len()) {
                    match serde_json::from_value::<RunEvent>(entry.event.clone()) {
                        Ok(event) => {
                            events.push(event);
                            None
                        }
                        Err(error) => Some(broken(entry.seq, Fault::Unreadable(error.to_string()))),
                    }
                } else {
                    let events = std::mem::take(events);
                    Some(self.start_replaying(events))
                }
            }
            Stage::Replaying(replay) => match replay.work() {
                Ok(false) => None,
                Ok(true) => Some(Stage::Done(conclude(self.document, replay))),
                Err(divergence) => Some(broken(divergence.seq, divergence.problem)),
            },
            Stage::Done(_) => None,
        };
        if let Some(stage) = next {
            self.stage = stage;
        }
        match &self.stage {
            Stage::Done(verdict) => Some(verdict.clone()),
            _ => None,
        }
    }

    fn start_reading(&self) -> Stage<'a> {
        if self.document.engine == ENGINE {
            return Stage::Reading(Vec::with_capacity(self.document.events.len()));
        }
        broken(1, Fault::OtherEngine(self.document.engine.clone()))
    }

    fn start_replaying(&self, events: Vec<RunEvent>) -> Stage<'a> {
        let spec = self.document.read_spec();
        let fault = spec.as_ref().ok().and_then(|spec| self_resolving::seal_fault(spec, &events));
        if let Some((place, problem)) = fault {
            return broken(place as u64 + 1, problem);
        }
        match spec.and_then(|spec| Replay::new(spec, events)) {
            Ok(replay) => Stage::Replaying(Box::new(replay)),
            Err(error) => broken(1, Fault::SetUp(error)),
        }
    }
}

fn conclude(document: &Document, replay: &Replay) -> Verdict {
    let run = replay.run();
    if !run.state().is_closed() {
        return Verdict::Broken { seq: document.events.len() as u64 + 1, problem: Fault::NoEnd };
    }
    if run.head() != document.head {
        return Verdict::Broken { seq: document.head.seq, problem: Fault::OtherHead };
    }
    let texts = run.spec().derived_from.as_ref().map(|origin| origin.texts);
    Verdict::Verified { events: document.head.seq, texts }
}

fn broken<'a>(seq: u64, problem: Fault) -> Stage<'a> {
    Stage::Done(Verdict::Broken { seq, problem })
}
