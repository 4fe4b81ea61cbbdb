//! Comparisons with a finished run: which are kept on this device, through which connections their models would be
//! called, and their start. What a comparison asks is not decided here.

use super::{Bindings, Connection, Desk, Feed, Listing, Note};
use crate::aggregate::{Way, comparison};
use crate::archive::{Card, SetUp};
use crate::audit::Digest;
use crate::run::{AgentKind, Run, RunSpec};
use crate::session::ConnectionId;
use crate::ui::words::{comparisons as words, shell};
use leptos::prelude::*;

impl Desk {
    /// The kept comparisons with a run that is known under one of these digests, newest first. Subscribes.
    pub fn comparisons_with(self, ends: &[Digest]) -> Vec<(String, Card)> {
        let mut found = self.kept_cards(|card| {
            card.comparison.as_ref().is_some_and(|comparison| ends.contains(&comparison.with))
        });
        found.sort_by_key(|(_, card)| std::cmp::Reverse(card.started_millis));
        found
    }

    /// The id of the kept run that is known under this digest. Subscribes.
    pub fn kept_as(self, end: Digest) -> Option<String> {
        self.kept_cards(|card| card.ends.contains(&end)).pop().map(|(id, _)| id)
    }

    pub(super) fn kept_cards(self, wanted: impl Fn(&Card) -> bool) -> Vec<(String, Card)> {
        self.shelf.list.with(|list| {
            let Listing::Ready(rows) = list else { return Vec::new() };
            let there = rows.iter().filter(|row| row.label.deleted_millis.is_none());
            there
                .filter_map(|row| Some((row.id.clone(), row.card.as_ref().ok()?)))
                .filter(|(_, card)| wanted(card))
                .map(|(id, card)| (id, card.clone()))
                .collect()
        })
    }

    /// The connections of the agents of a run that can be asked again: those that it used as far as they are saved, or
    /// else one that is saved for the same model, or else the one that new agents get.
    pub async fn bindings_like(self, kept: Option<String>, spec: &RunSpec) -> Bindings {
        let mut used: Vec<Option<u32>> = Vec::new();
        if spec.agents.iter().any(|agent| agent.kind.is_model())
            && let Some(id) = kept
            && let Ok(store) = self.shelf.opened().await
            && let Ok(Some(records)) = store.read(&id).await
            && let Ok(set_up) = SetUp::from_text(&records.set_up)
        {
            used = set_up.connections;
        }
        self.connections.with_untracked(|saved| {
            let usable = |one: &&Connection| !one.unconfirmed;
            let asked = spec.agents.iter().enumerate().filter(|(_, agent)| !agent.kind.is_person());
            asked
                .map(|(place, agent)| {
                    let AgentKind::Model { model, .. } = &agent.kind else { return None };
                    let used = used.get(place).copied().flatten().map(ConnectionId);
                    let same = saved.iter().filter(usable).find(|one| Some(one.id) == used);
                    let alike = || saved.iter().filter(usable).find(|one| one.model == *model);
                    same.or_else(alike).or_else(|| saved.iter().find(usable)).map(|one| one.id)
                })
                .collect()
        })
    }

    /// The comparison as it would start now: its models with their prices and limits. Subscribes to prices.
    pub fn planned_comparison(self, feed: Feed, way: Way, bindings: &Bindings) -> Option<RunSpec> {
        let mut spec = feed.peek(|open| comparison(&open?.run, way))?;
        self.price_models(&mut spec, bindings);
        self.limit_answers(&mut spec, bindings);
        Some(spec)
    }

    /// Whether calls of this set-up may cost money: a price that nobody knows may be any. What runs on this device
    /// costs none.
    pub fn may_cost(self, spec: &RunSpec, bindings: &Bindings) -> bool {
        self.connections.with_untracked(|saved| {
            spec.agents.iter().zip(bindings).any(|(agent, binding)| match &agent.kind {
                AgentKind::Model { price, .. } => {
                    let on_device =
                        |id: &ConnectionId| saved.iter().any(|one| one.id == *id && one.engine.is_some());
                    let free = price.is_some_and(|p| p.input_micro_usd == 0 && p.output_micro_usd == 0);
                    !free && !binding.as_ref().is_some_and(on_device)
                }
                _ => false,
            })
        })
    }

    /// The names of the connections that these bindings lead to, each once.
    pub fn connection_names(self, bindings: &Bindings) -> Vec<String> {
        self.connections.with_untracked(|saved| {
            saved.iter().filter(|one| bindings.contains(&Some(one.id))).map(|one| one.name.clone()).collect()
        })
    }

    /// Starts a comparison. A run that goes on here is put aside, not stopped.
    pub fn start_comparison(self, feed: Feed, way: Way, bindings: Bindings) {
        let Some(spec) = untrack(|| self.planned_comparison(feed, way, &bindings)) else { return };
        let missing = Run::new(spec.clone()).ok().and_then(|run| self.missing(&run, &bindings));
        match missing {
            Some(Note::NeedsKeys(names)) => {
                self.fail(shell::CANNOT_START, words::needs_keys(&names), words::NEEDS_KEYS_NEXT);
            }
            Some(_) => self.fail(shell::CANNOT_START, words::NO_CONNECTION, words::NO_CONNECTION_NEXT),
            None => {
                self.put_aside();
                self.start(spec, bindings, None);
            }
        }
    }
}
