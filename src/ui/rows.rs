//! The events of a run as rows to read, search and filter: also those of a log that was tampered with, which may not
//! be readable at all. Pure, so that it is tested natively; the words of a row come from `words`.

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::audit::{Digest, Entry};
use crate::run::{Document, Run, RunEvent, RunSpec};

use super::words::audit as words;

/// Rows shown at a time: few enough for any phone, and more than most runs have.
pub const WINDOW: usize = 400;

/// One event.
#[derive(Debug)]
pub struct Row {
    /// Its place in the log, from 1, whatever number it claims.
    pub seq: u64,
    /// The digest that stands beside it.
    pub digest: Digest,
    /// The event, if it can be read.
    pub event: Option<Arc<Entry<RunEvent>>>,
    /// Its `type` as it stands in the log.
    pub type_name: String,
    /// The agent it is about.
    pub agent: Option<usize>,
    /// That agent's name.
    pub agent_name: String,
    /// What it says, in a line.
    pub line: String,
    /// Tells rows of one log from those of another that was open before.
    pub generation: u64,
    /// The raw event, where only that is known.
    raw: Option<Value>,
    text: OnceLock<String>,
}

impl Row {
    fn read(spec: &RunSpec, seq: u64, entry: Arc<Entry<RunEvent>>) -> Self {
        let agent = entry.event.agent().filter(|&agent| agent < spec.agents.len());
        Self {
            seq,
            agent_name: agent.map(|agent| spec.agents[agent].name.clone()).unwrap_or_default(),
            agent,
            digest: entry.digest,
            type_name: entry.event.type_name().to_owned(),
            line: words::line(spec, &entry.event),
            generation: 0,
            raw: None,
            text: OnceLock::new(),
            event: Some(entry),
        }
    }

    fn raw(spec: &RunSpec, seq: u64, entry: &Entry<Value>) -> Self {
        if let Ok(event) = serde_json::from_value::<RunEvent>(entry.event.clone()) {
            return Self::read(spec, seq, Arc::new(Entry { seq: entry.seq, digest: entry.digest, event }));
        }
        Self {
            seq,
            digest: entry.digest,
            event: None,
            type_name: entry.event["type"].as_str().unwrap_or("?").chars().take(40).collect(),
            agent: None,
            agent_name: String::new(),
            line: words::UNREADABLE.to_owned(),
            generation: 0,
            raw: Some(entry.event.clone()),
            text: OnceLock::new(),
        }
    }

    /// The event's JSON.
    pub fn json(&self) -> Value {
        match (&self.raw, &self.event) {
            (Some(raw), _) => raw.clone(),
            (None, Some(entry)) => serde_json::to_value(&entry.event).unwrap_or_default(),
            (None, None) => Value::Null,
        }
    }

    /// Whether the event says `needle`, which is in lower case, anywhere.
    fn says(&self, needle: &str) -> bool {
        let text = self.text.get_or_init(|| {
            let mut text = format!("{}\n{}", self.agent_name, self.line).to_lowercase();
            gather(&self.json(), &mut text);
            text
        });
        text.contains(needle)
    }
}

/// All strings and numbers of a value, in lower case, one a line.
fn gather(value: &Value, text: &mut String) {
    let mut add = |piece: &str| {
        text.push('\n');
        text.push_str(&piece.to_lowercase());
    };
    match value {
        Value::String(string) => add(string),
        Value::Number(number) => add(&number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, text)),
        Value::Object(map) => map.values().for_each(|item| gather(item, text)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// What to show of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words to look for.
    pub search: String,
    /// A type, by its name in the log.
    pub type_name: Option<String>,
    /// An agent, by its place.
    pub agent: Option<usize>,
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn passes(&self, row: &Row, needle: &str) -> bool {
        self.type_name.as_ref().is_none_or(|name| *name == row.type_name)
            && self.agent.is_none_or(|agent| row.agent == Some(agent))
            && (needle.is_empty() || row.says(needle))
    }
}

/// The rows of a run, which grow with its log.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Arc<Row>>,
    generation: u64,
}

impl Rows {
    /// Takes in what is new. Another log than before begins anew; so does every log that came from elsewhere, whose
    /// digests say nothing about its events.
    pub fn follow(&mut self, run: &Run, document: Option<&Document>) {
        let spec = run.spec();
        if let Some(document) = document {
            self.rows.clear();
            self.generation += 1;
            for (seq, entry) in (1..).zip(&document.events) {
                self.push(Row::raw(spec, seq, entry));
            }
            return;
        }
        let entries = run.log().entries();
        let known = self.rows.last().is_none_or(|last| {
            entries.get(self.rows.len() - 1).is_some_and(|entry| entry.digest == last.digest)
        });
        if !known || self.rows.first().is_some_and(|first| first.digest != entries[0].digest) {
            self.rows.clear();
            self.generation += 1;
        }
        for entry in &entries[self.rows.len()..] {
            self.push(Row::read(spec, entry.seq, Arc::clone(entry)));
        }
    }

    fn push(&mut self, row: Row) {
        self.rows.push(Arc::new(Row { generation: self.generation, ..row }));
    }

    /// Changes whenever the rows do: which log, and how many.
    pub fn version(&self) -> (u64, usize) {
        (self.generation, self.rows.len())
    }

    /// The rows that pass, in order.
    pub fn passing(&self, filter: &Filter) -> Vec<Arc<Row>> {
        let needle = filter.search.trim().to_lowercase();
        self.rows.iter().filter(|row| filter.passes(row, &needle)).map(Arc::clone).collect()
    }

    /// The types that occur, in order of appearance, with their counts.
    pub fn types(&self) -> Vec<(String, usize)> {
        let mut types: Vec<(String, usize)> = Vec::new();
        for row in &self.rows {
            match types.iter_mut().find(|(name, _)| *name == row.type_name) {
                Some((_, count)) => *count += 1,
                None => types.push((row.type_name.clone(), 1)),
            }
        }
        types
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::{Question, simulated_panel, spec_for};
    use crate::prng::Seed;
    use crate::run::{Input, with_simulated};

    fn run() -> Run {
        let question = Question { text: "Will it open?".into(), ..Question::yes_no() };
        let mut run = Run::new(spec_for(question, simulated_panel(3), None, Seed::new(4))).unwrap();
        run.advance(Input::Begin).unwrap();
        let replies = with_simulated(&run, Vec::new()).unwrap();
        run.advance(replies).unwrap();
        run
    }

    fn check(rows: &Rows, filter: &Filter, expected: usize) {
        assert_eq!(rows.passing(filter).len(), expected, "{filter:?}");
    }

    #[test]
    fn rows_grow_with_the_log_and_are_found() {
        let mut run = run();
        let mut rows = Rows::default();
        rows.follow(&run, None);
        let before = rows.passing(&Filter::default());
        assert_eq!(rows.version(), (0, run.log().entries().len()));
        run.advance(Input::Stop).unwrap();
        rows.follow(&run, None);
        let after = rows.passing(&Filter::default());
        assert!(after.len() > before.len() && Arc::ptr_eq(&after[0], &before[0]));
        let named = |name: &str| Filter { type_name: Some(name.into()), ..Filter::default() };
        check(&rows, &named("forecast"), 3);
        check(&rows, &Filter { agent: Some(1), ..named("forecast") }, 1);
        check(&rows, &Filter { search: "  SOME MISREAD ".into(), ..Filter::default() }, 1);
        check(&rows, &Filter { search: "blurry".into(), ..named("forecast") }, 1);
        check(&rows, &Filter { search: "no such words".into(), ..Filter::default() }, 0);
        assert_eq!(rows.types()[0], ("opened".into(), 1));
    }

    #[test]
    fn a_log_that_was_tampered_with_is_shown_as_it_is() {
        let run = run();
        let mut document = run.document().unwrap();
        let mut rows = Rows::default();
        rows.follow(&run, Some(&document));
        assert!(rows.passing(&Filter::default()).iter().all(|row| row.event.is_some()));
        document.events[2].event["type"] = "unheard of".into();
        document.events[3].event["agent"] = 99.into();
        rows.follow(&run, Some(&document));
        let all = rows.passing(&Filter::default());
        assert_eq!((all[2].type_name.as_str(), all[2].event.is_none()), ("unheard of", true));
        assert_eq!((all[2].seq, all[2].json()["type"].as_str()), (3, Some("unheard of")));
        assert_eq!((all[3].event.is_some(), all[3].agent), (true, None));
        assert_eq!(rows.version().0, 2);
    }
}
