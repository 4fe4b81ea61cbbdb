//! A run as a table that spreadsheets, pandas and R read without being told how: one row for every belief, trade, turn
//! and failure, one column for each outcome's belief, shares and price.

use csv::{Terminator, WriterBuilder};

use crate::run::{AgentKind, Run, RunEvent, RunSpec};

/// A run as CSV (RFC 4180, UTF-8, numbers with a point and in full precision).
pub fn csv_table(run: &Run) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let mut write = |row: Vec<String>| {
        // Writing to memory fails only for rows of different lengths, and all have the same columns.
        let _ = writer.write_record(row);
    };
    write(head(run.spec()));
    let mut rounds = 0;
    for entry in run.log().entries() {
        if let RunEvent::RoundOpened { round, .. } | RunEvent::TurnOpened { round, .. } = entry.event {
            rounds = round;
        }
        if let Some(row) = Row::of(&entry.event, run.spec().outcome_count()) {
            write(row.cells(run.spec(), entry.seq, rounds));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn head(spec: &RunSpec) -> Vec<String> {
    let each = |what: &str| -> Vec<String> {
        spec.outcomes.iter().map(|outcome| harmless(&format!("{what} {outcome}"))).collect()
    };
    let first = ["seq", "round", "event", "agent", "name", "kind", "model"].map(str::to_owned);
    let last = ["cost", "headline"].map(str::to_owned);
    [first.to_vec(), each("belief"), each("shares"), each("price"), last.to_vec()].concat()
}

/// What one event says, before it is laid out.
struct Row<'a> {
    event: &'static str,
    agent: Option<usize>,
    beliefs: Vec<String>,
    shares: Vec<String>,
    prices: Vec<String>,
    cost: String,
    headline: &'a str,
}

impl<'a> Row<'a> {
    /// The row of an event; most events have none.
    fn of(event: &'a RunEvent, outcomes: usize) -> Option<Self> {
        let nothing = || vec![String::new(); outcomes];
        let numbers = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>();
        let empty = Self {
            event: event.type_name(),
            agent: event.agent(),
            beliefs: nothing(),
            shares: nothing(),
            prices: nothing(),
            cost: String::new(),
            headline: "",
        };
        Some(match event {
            RunEvent::Forecast { forecast, .. } => Self {
                beliefs: numbers(&forecast.beliefs.probabilities()),
                headline: &forecast.headline,
                ..empty
            },
            // What went wrong stands where the words would.
            RunEvent::Failed { failure, .. } => Self { headline: &failure.message, ..empty },
            RunEvent::Traded { trade, .. } => Self {
                shares: trade.shares_micros.iter().map(|shares| shares.units().to_string()).collect(),
                prices: numbers(&trade.prices_after),
                cost: trade.cost_micros.units().to_string(),
                ..empty
            },
            RunEvent::Opened { prices, .. }
            | RunEvent::Began { prices, .. }
            | RunEvent::TurnClosed { prices, .. }
            | RunEvent::Closed { prices, .. } => Self { prices: numbers(prices), ..empty },
            _ => return None,
        })
    }

    fn cells(self, spec: &RunSpec, seq: u64, round: u32) -> Vec<String> {
        let who = self.agent.and_then(|agent| spec.agents.get(agent));
        let (kind, model) = match who.map(|who| &who.kind) {
            Some(AgentKind::Model { model, .. }) => ("model", model.as_str()),
            Some(kind) if kind.is_person() => ("person", ""),
            Some(_) => ("simulated", ""),
            None => ("", ""),
        };
        let first = vec![
            seq.to_string(),
            round.to_string(),
            self.event.to_owned(),
            self.agent.map_or_else(String::new, |agent| (agent + 1).to_string()),
            harmless(who.map_or("", |who| &who.name)),
            kind.to_owned(),
            harmless(model),
        ];
        let last = vec![self.cost, harmless(self.headline)];
        [first, self.beliefs, self.shares, self.prices, last].concat()
    }
}

/// A text that no spreadsheet takes for a formula (CWE-1236): models and links write these.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
