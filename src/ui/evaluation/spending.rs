//! What the runs of one question took: every answer once, whether it was asked for now, or before the page was closed in
//! the middle, or for another method. So a question that is played again after a reload counts what it took in all, and
//! one that is asked again because something failed counts only what is new.

use std::collections::BTreeMap;

use super::Spent;
use crate::aggregate::{call_price, call_tokens};
use crate::run::{AgentKind, CallRecord, ParseResult, Run, RunEvent};

/// The count of one question.
#[derive(Clone, Debug, Default)]
pub struct Spending {
    /// How many answers to the same words are counted.
    counted: BTreeMap<String, u32>,
    /// The sum so far.
    pub spent: Spent,
}

impl Spending {
    /// For a question that was asked before: what these runs had of it is paid for and known.
    pub fn after(runs: &[Run]) -> Self {
        let mut before = Self::default();
        for run in runs {
            before.add(run);
        }
        Self { spent: Spent::default(), ..before }
    }

    /// Counts a run of the question.
    pub fn add(&mut self, run: &Run) {
        let mut here: BTreeMap<String, u32> = BTreeMap::new();
        for event in run.log().events() {
            let RunEvent::Call(call) = event else { continue };
            // Only an answer that was read is kept, so only such a one can come again.
            if call.parse == ParseResult::Ok {
                let words = words(run, call);
                // The first time that a run asks the same words it takes the first answer, the second time the second.
                let sample = here.entry(words.clone()).or_insert(0);
                *sample += 1;
                let counted = self.counted.entry(words).or_insert(0);
                if call.reused.is_some() && *sample <= *counted {
                    continue;
                }
                *counted = (*counted).max(*sample);
            }
            let tokens = call_tokens(call);
            let price = call_price(run.spec(), call);
            self.spent = self.spent.and(Spent {
                calls: 1,
                tokens: tokens.read.saturating_add(tokens.written),
                cost_micro_usd: price.map_or(0, |price| price.cost_micro_usd(tokens.read, tokens.written)),
            });
        }
    }
}

/// Who was asked what.
fn words(run: &Run, call: &CallRecord) -> String {
    let model = run.spec().agents.get(call.agent).map(|agent| match &agent.kind {
        AgentKind::Model { model, temperature, .. } => format!("{model} {temperature:?}"),
        _ => String::new(),
    });
    format!("{model:?} {:?}", call.prompt)
}
