//! From records back to a run, an event at a time, so that a long run does not hold the page up. A run that was made
//! here and whose chain holds goes on where it stood; any other opens as the raw document that it is.

use serde_json::Value;

use super::ArchiveError;
use super::records::{Origin, SetUp};
use crate::audit::{Entry, Head};
use crate::run::{Document, ENGINE, FailureKind, Run, RunEvent, RunSpec};
use crate::session::{CallTiming, ConnectionId, Earlier, StoredReply, StoredResult, Timings};

/// A run that is our own: finished, or ready to go on.
#[derive(Clone, Debug)]
pub struct Ours {
    /// The run, at rest.
    pub run: Run,
    /// Events that were kept: more than the run has if the last step was cut off in the middle.
    pub kept_events: u64,
    /// Answers and times for the session.
    pub earlier: Earlier,
    /// The connection of each agent.
    pub connections: Vec<Option<ConnectionId>>,
}

/// A run that is shown as it is and does not go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// The run.
    pub document: Document,
    /// Why it is raw.
    pub why: WhyRaw,
}

/// Why a run is shown as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyRaw {
    /// It came as a file.
    Imported,
    /// An engine of another version made it.
    OtherEngine,
    /// What was kept of it is damaged from this event on.
    Damaged(u64),
}

/// What reading came to.
#[derive(Clone, Debug)]
pub enum Read {
    /// A run of this engine.
    Ours(Box<Ours>),
    /// Any other.
    Raw(Box<Raw>),
}

/// Reading under way.
pub struct Reader {
    set_up: SetUp,
    /// The run as far as it was read, and the last place where it was at rest; none if it is not to go on.
    folded: Option<(Run, Run)>,
    /// The head of a run without an event.
    origin: Head,
    raw: Vec<Entry<Value>>,
    damaged: Option<u64>,
}

impl Reader {
    /// Starts with the record of the set-up.
    ///
    /// # Errors
    /// Records that cannot be read, and set-ups that this program does not know: there is nothing to show.
    pub fn new(set_up: &str) -> Result<Self, ArchiveError> {
        let set_up = SetUp::from_text(set_up)?;
        let wrong = |error: String| ArchiveError::SetUp(error);
        let spec: RunSpec =
            serde_json::from_value(set_up.spec.clone()).map_err(|error| wrong(error.to_string()))?;
        let run = Run::sealed(spec, set_up.stop_secret).map_err(|error| wrong(error.to_string()))?;
        let ours = set_up.origin == Origin::Here && set_up.engine == ENGINE;
        let origin = run.head();
        Ok(Self { set_up, folded: ours.then(|| (run.clone(), run)), origin, raw: Vec::new(), damaged: None })
    }

    /// The next event's record. After a damaged one, nothing counts any more.
    pub fn feed(&mut self, text: &str) {
        if self.damaged.is_some() {
            return;
        }
        let place = self.raw.len() as u64 + 1;
        match serde_json::from_str::<Entry<Value>>(text) {
            Ok(entry) if entry.seq == place => {
                if self.folded.is_some() && !self.fold(&entry) {
                    self.damaged = Some(place);
                }
                self.raw.push(entry);
            }
            // An imported file may be out of order: that is for its check to say.
            Ok(entry) if self.folded.is_none() => self.raw.push(entry),
            _ => self.damaged = Some(place),
        }
    }

    fn fold(&mut self, entry: &Entry<Value>) -> bool {
        let Some((run, at_rest)) = &mut self.folded else { return false };
        let Ok(event) = serde_json::from_value::<RunEvent>(entry.event.clone()) else { return false };
        if run.restore(event).is_err() || run.head().digest != entry.digest {
            return false;
        }
        if run.state().is_at_rest() {
            *at_rest = run.clone();
        }
        true
    }

    /// What it is, given the records of answers and times. Those that cannot be read are left out: an answer is then
    /// asked for again.
    pub fn finish(self, replies: &[String], timings: &[String]) -> Read {
        let times: Vec<CallTiming> =
            timings.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
        let timings = Timings::of_entries(times);
        let connections = self.set_up.connections.iter().map(|id| id.map(ConnectionId)).collect();
        match (self.folded, self.damaged) {
            (Some((run, at_rest)), None) => Read::Ours(Box::new(Ours {
                kept_events: run.head().seq,
                run: at_rest,
                earlier: Earlier { replies: usable(replies), timings },
                connections,
            })),
            (_, damaged) => {
                let why = match damaged {
                    Some(seq) => WhyRaw::Damaged(seq),
                    None if self.set_up.origin == Origin::Imported => WhyRaw::Imported,
                    None => WhyRaw::OtherEngine,
                };
                let last = self.raw.last().map(|entry| Head { seq: entry.seq, digest: entry.digest });
                let document = Document {
                    engine: self.set_up.engine,
                    spec: self.set_up.spec,
                    events: self.raw,
                    head: self.set_up.claimed_head.or(last).unwrap_or(self.origin),
                    timings: self.set_up.timings.or_else(|| {
                        let any = !timings.entries.is_empty();
                        any.then(|| serde_json::to_value(&timings).ok()).flatten()
                    }),
                    listed_price: self.set_up.listed_price,
                };
                Read::Raw(Box::new(Raw { document, why }))
            }
        }
    }
}

/// The answers that count. One that Stop cut short does not: the run goes on, so its agent is asked again.
fn usable(replies: &[String]) -> Vec<StoredReply> {
    let read = replies.iter().filter_map(|text| serde_json::from_str::<StoredReply>(text).ok());
    let stopped = |reply: &StoredReply| matches!(&reply.result, StoredResult::Failure(failure) if failure.kind == FailureKind::Stopped);
    read.filter(|reply| !stopped(reply)).collect()
}
