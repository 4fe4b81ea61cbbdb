//! What the questions of an evaluation teach about its panel: what each agent said first, and what came. Only questions with
//! two outcomes that every agent answered teach anything.

use super::record::Record;
use crate::aggregate::track::log_odds;
use crate::belief::Belief;
use crate::belief::stacking::Resolved;
use crate::run::RunSpec;

/// The lesson of a record for the panel that answered, as those of past runs are taken ([`crate::aggregate::track`]):
/// beliefs are clipped as the market clips them. `None` where it teaches nothing.
pub fn lesson(panel: &RunSpec, record: &Record) -> Option<Resolved> {
    if record.outcomes != 2 || record.beliefs.len() != panel.agents.len() {
        return None;
    }
    let said = panel
        .agents
        .iter()
        .zip(&record.beliefs)
        .map(|(agent, said)| log_odds(&agent.kind, &Belief::from_weights(said.as_ref()?).ok()?));
    Some(Resolved { log_odds: said.collect::<Option<_>>()?, happened: record.answer == 0 })
}
