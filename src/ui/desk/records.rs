//! What the finished runs of this device say together: read one after the other, in slices, and remembered for as long
//! as the page lives. Runs that came as files do not count: nobody here knows how they came about.

use std::sync::Arc;

use leptos::prelude::*;

use super::kept::read;
use super::{Desk, Listing};
use crate::agents::default_rho;
use crate::aggregate::track::{RunRecord, panel_key};
use crate::archive::{Origin, Read};
use crate::belief::stacking::{Learned, Model};
use crate::belief::{Guard, Sizing};
use crate::run::ENGINE;
use crate::ui::draft::SizingRule;
use crate::ui::words::learned as words;
use crate::web;

/// A finished run of this device, and when it last changed.
pub type Finished = (String, u64);

/// The panel of the Ask form, as far as it matters for learning.
#[derive(Clone, Debug, PartialEq)]
pub struct LearningPanel {
    /// Tells the same panel again.
    pub key: Vec<String>,
    /// The names of its agents, in roster order, without a person.
    pub names: Vec<String>,
    /// The weight that everybody's evidence has without learning.
    pub usual_weight: f64,
}

impl Desk {
    /// The finished runs that were made on this device, oldest first. Subscribes.
    pub fn finished_runs(self) -> Vec<Finished> {
        self.shelf.list.with(|list| {
            let Listing::Ready(rows) = list else { return Vec::new() };
            let mut found: Vec<(u64, Finished)> = rows
                .iter()
                .filter(|row| row.label.deleted_millis.is_none())
                .filter_map(|row| {
                    let card = row.card.as_ref().ok()?;
                    let counts =
                        card.origin == Origin::Here && card.ending.is_some() && card.engine == ENGINE;
                    counts.then(|| (card.started_millis, (row.id.clone(), card.changed_millis)))
                })
                .collect();
            found.sort();
            found.into_iter().map(|(_, finished)| finished).collect()
        })
    }

    /// What these runs say, in their order; those that nobody has settled say nothing.
    pub async fn run_records(self, runs: Vec<Finished>) -> Vec<Arc<RunRecord>> {
        let mut found = Vec::new();
        let Ok(store) = self.shelf.opened().await else { return found };
        for (id, changed) in runs {
            let known = self.records.with_value(|known| {
                known.get(&id).filter(|(at, _)| *at == changed).map(|(_, record)| record.clone())
            });
            if let Some(record) = known {
                found.extend(record);
                continue;
            }
            let Ok(Some(records)) = store.read(&id).await else { continue };
            let record = match read(&records).await {
                Ok((_, Read::Ours(ours))) => RunRecord::of(&ours.run).map(Arc::new),
                _ => None,
            };
            self.records.update_value(|known| {
                known.insert(id, (changed, record.clone()));
            });
            web::sleep(0).await;
            found.extend(record);
        }
        found
    }

    /// The panel of the Ask form; `None` while it describes none, or a question that is not yes-or-no. Subscribes.
    pub fn learning_panel(self) -> Option<LearningPanel> {
        let (spec, _) = self.built()?;
        if spec.outcome_count() != 2 {
            return None;
        }
        let key = panel_key(&spec);
        let rho = default_rho(&spec.agents, spec.world.as_ref());
        let asked = spec.agents.iter().filter(|agent| !agent.kind.is_person());
        Some(LearningPanel {
            usual_weight: Sizing::Evidence { rho }.evidence_weight(key.len()),
            names: asked.map(|agent| agent.name.clone()).collect(),
            key,
        })
    }

    /// Puts what was learned into the form, where it can be seen and changed; the run's set-up records it.
    pub fn use_learned(self, learned: &Learned) {
        self.edit_draft(|draft, _| {
            draft.sizing = SizingRule::Evidence;
            draft.sizing_number = format!("{:.3}", learned.rho);
            // Where all are alike the weights say no more than ρ does.
            let rounded = |weight: &f64| (weight.clamp(-10.0, 10.0) * 1e4).round() / 1e4;
            draft.guard = if learned.model == Model::Alike {
                Guard::None
            } else {
                Guard::Weights { weights: learned.weights.iter().map(rounded).collect() }
            };
        });
        self.announce(words::USED);
    }
}
