//! What a kept run belongs to: the decision whose option it asks, or the evaluation whose question it answers; and the
//! way back there.

use leptos::prelude::*;

use super::decisions::asked_at;
use super::{Desk, Listing, Row};
use crate::archive::Part;
use crate::ui::decision::Decision;
use crate::ui::route::Route;
use crate::web;

/// What the runs of a decision belong to, once it is asked.
pub(super) fn part_of(decision: &Decision) -> Option<Part> {
    let asked_millis = asked_at(decision)?;
    Some(Part::Decision { name: decision.goal.trim().to_owned(), asked_millis })
}

impl Desk {
    /// What the open run belongs to. Subscribes.
    pub fn part_of_open(self) -> Option<Part> {
        let id = self.local().with(|open| open.and_then(|open| open.kept.clone()))?;
        let labelled = self.shelf.list.with(|list| match list {
            Listing::Ready(rows) => {
                rows.iter().find(|row| row.id == id).and_then(|Row { label, .. }| label.part.clone())
            }
            _ => None,
        });
        // A browser that keeps nothing has no labels.
        let its =
            |decision: &Decision| decision.options.iter().any(|option| option.run.as_ref() == Some(&id));
        labelled.or_else(|| self.decisions.current.with(|now| part_of(now).filter(|_| its(now))))
    }

    /// Whether what a run belongs to can still be shown. Subscribes.
    pub fn remembers(self, part: &Part) -> bool {
        match part {
            Part::Decision { asked_millis, .. } => {
                let its = |decision: &Decision| asked_at(decision) == Some(*asked_millis);
                self.decisions.current.with(its)
                    || self.decisions.earlier.with(|earlier| earlier.iter().any(its))
            }
            Part::Evaluation { .. } => true,
        }
    }

    /// Shows what a run belongs to.
    pub fn go_to_part(self, part: &Part) {
        match part {
            Part::Decision { asked_millis, .. } => {
                let its = |decision: &Decision| asked_at(decision) == Some(*asked_millis);
                if !self.decisions.current.with_untracked(its)
                    && let Some(place) = self.decisions.earlier.with_untracked(|all| all.iter().position(its))
                {
                    self.open_earlier_decision(place);
                }
                self.go(Route::Decide);
            }
            Part::Evaluation { id, .. } => {
                let id = id.clone();
                web::spawn(async move {
                    self.open_evaluation(&id).await;
                    self.go(Route::Evaluate);
                });
            }
        }
    }
}
