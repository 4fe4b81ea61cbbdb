//! A run with its log, and a run as it came from elsewhere. `Run` only ever grows by what `step` decides;
//! a `Document` is raw JSON that nobody has checked yet.

use serde::Serialize;
use serde_json::Value;

use super::RunError;
use super::effect::{Effect, Input};
use super::event::RunEvent;
use super::spec::RunSpec;
use super::state::RunState;
use super::step::step;
use crate::audit::{Digest, Entry, Head, Log};
use crate::prng::Seed;

/// The `format` of run files and headers.
pub const FORMAT: &str = "credence-run";
/// The version of the format.
pub const FORMAT_VERSION: u32 = 1;
/// The version of the mechanism: raised only when the same inputs would give other results.
pub const ENGINE: &str = "credence-engine-1";

/// What the chain starts from: `digest_0` is the digest of this.
#[derive(Serialize)]
struct Header<'a> {
    format: &'static str,
    version: u32,
    engine: &'static str,
    spec: &'a RunSpec,
}

/// A run in progress or finished: its state and its log.
#[derive(Clone, Debug)]
pub struct Run {
    state: RunState,
    log: Log<RunEvent>,
}

impl Run {
    /// A run before its first event.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn new(spec: RunSpec) -> Result<Self, RunError> {
        Self::sealed(spec, None)
    }

    /// The same with a secret that decides when a self-resolving market stops: its digest stands in the first event, and
    /// the run shows it at its end. Without one the stop follows from the seed.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn sealed(spec: RunSpec, stop_secret: Option<Seed>) -> Result<Self, RunError> {
        let state = RunState::sealed(spec, stop_secret)?;
        let header = Header { format: FORMAT, version: FORMAT_VERSION, engine: ENGINE, spec: state.spec() };
        Ok(Self { log: Log::new(&header)?, state })
    }

    /// The set-up.
    pub fn spec(&self) -> &RunSpec {
        self.state.spec()
    }

    /// The state after the last event.
    pub fn state(&self) -> &RunState {
        &self.state
    }

    /// The log.
    pub fn log(&self) -> &Log<RunEvent> {
        &self.log
    }

    /// The log's head.
    pub fn head(&self) -> Head {
        self.log.head()
    }

    /// The digests under which a finished run may be known: of its closing event, and of what was added later.
    pub fn ends(&self) -> Vec<Digest> {
        let entries = self.log.entries();
        let closed = entries.iter().position(|entry| matches!(entry.event, RunEvent::Closed { .. }));
        closed.map_or_else(Vec::new, |place| entries[place..].iter().map(|entry| entry.digest).collect())
    }

    /// Takes an input: appends the events that follow and returns what is wanted next.
    ///
    /// # Errors
    /// Inputs that do not fit; the run is then unchanged.
    pub fn advance(&mut self, input: Input) -> Result<Vec<Effect>, RunError> {
        let step = step(&self.state, input)?;
        let mut log = self.log.clone();
        for event in step.events {
            log.append(event)?;
        }
        self.log = log;
        self.state = step.state;
        Ok(step.effects)
    }

    /// A run as far as recorded `events` take it. If the last step was cut off in the middle, its events are left
    /// out and the run waits for the same answers again.
    ///
    /// # Errors
    /// Set-ups that break a limit, and events that cannot follow.
    pub fn resume(spec: RunSpec, events: impl IntoIterator<Item = RunEvent>) -> Result<Self, RunError> {
        let mut run = Self::new(spec)?;
        let mut at_rest = run.clone();
        for event in events {
            run.restore(event)?;
            if run.state.is_at_rest() {
                at_rest = run.clone();
            }
        }
        Ok(at_rest)
    }

    /// Appends an event that was recorded earlier; [`Run::resume`] says where to go on from.
    ///
    /// # Errors
    /// Events that cannot follow; the run is then unchanged.
    pub fn restore(&mut self, event: RunEvent) -> Result<(), RunError> {
        let mut state = self.state.clone();
        state.apply(&event)?;
        self.log.append(event)?;
        self.state = state;
        Ok(())
    }

    /// The run as raw JSON, as it stands in a file.
    ///
    /// # Errors
    /// Never for a run that `advance` made; the signature is honest about serialisation.
    pub fn document(&self) -> Result<Document, RunError> {
        let raw = |error: serde_json::Error| RunError::Unreadable(error.to_string());
        let entry = |entry: &std::sync::Arc<Entry<RunEvent>>| {
            let event = serde_json::to_value(&entry.event).map_err(raw)?;
            Ok(Entry { seq: entry.seq, digest: entry.digest, event })
        };
        Ok(Document {
            engine: ENGINE.to_owned(),
            spec: serde_json::to_value(self.spec()).map_err(raw)?,
            events: self.log.entries().iter().map(entry).collect::<Result<_, RunError>>()?,
            head: self.head(),
            timings: None,
            listed_price: None,
        })
    }
}

/// A run as it came from a file or a link: well-formed, but unchecked.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The engine that made it.
    pub engine: String,
    /// Its set-up, raw.
    pub spec: Value,
    /// Its entries, raw.
    pub events: Vec<Entry<Value>>,
    /// The head it claims.
    pub head: Head,
    /// Times, outside the chain.
    pub timings: Option<Value>,
    /// What a market elsewhere said of the same question, outside the chain too.
    pub listed_price: Option<Value>,
}

impl Document {
    /// The header whose digest starts the chain, raw.
    pub fn header(&self) -> Value {
        serde_json::json!({
            "format": FORMAT, "version": FORMAT_VERSION, "engine": self.engine, "spec": self.spec,
        })
    }

    /// The set-up, read and checked.
    ///
    /// # Errors
    /// A set-up that this program cannot read or that breaks a limit.
    pub fn read_spec(&self) -> Result<RunSpec, RunError> {
        let spec: RunSpec = serde_json::from_value(self.spec.clone())
            .map_err(|error| RunError::Unreadable(error.to_string()))?;
        spec.validate()?;
        Ok(spec)
    }

    /// Whether it says of itself what `run`, its [`readable`](Self::readable) part, comes to: as many entries, with these
    /// digests, under this head. One that does not was changed or cut after it was made; verification finds more.
    pub fn says_what_follows(&self, run: &Run) -> bool {
        let entries = run.log().entries();
        self.head == run.head()
            && self.events.len() == entries.len()
            && self
                .events
                .iter()
                .zip(entries)
                .all(|(said, made)| (said.seq, said.digest) == (made.seq, made.digest))
    }

    /// The events as far as they can be read, and folded as far as they fit together: what a page can show of a
    /// run that may be broken.
    ///
    /// # Errors
    /// A set-up that cannot be read: then there is nothing to show.
    pub fn readable(&self) -> Result<Run, RunError> {
        let mut run = Run::new(self.read_spec()?)?;
        for entry in &self.events {
            let Ok(event) = serde_json::from_value::<RunEvent>(entry.event.clone()) else { break };
            if run.restore(event).is_err() {
                break;
            }
        }
        Ok(run)
    }
}
