//! Evaluations that are looked at beside each other: those of this device, one that came as a file, one that came in a
//! link. They are read from where they are, without opening them.

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use super::evaluation_texts::opened;
use super::held::{LINKED, OPEN};
use crate::evaluate::{Handout, Question};
use crate::ui::evaluation::{Head, Plan};

/// An evaluation that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationChoice {
    /// The id under which it is kept, or [`OPEN`] for a file and [`LINKED`] for a link.
    pub id: String,
    /// How it stands.
    pub head: Head,
}

/// An evaluation that is looked at.
#[derive(Clone, Debug)]
pub struct HeldEvaluation {
    /// Its id on this device, where its runs are kept.
    pub id: Option<String>,
    /// What is known of it.
    pub handout: Arc<Handout>,
    /// What was asked, where that is known.
    plan: Option<Arc<Plan>>,
    /// Where each record's question stands in the plan.
    places: Vec<usize>,
}

impl HeldEvaluation {
    /// The question of a record, if it is known.
    pub fn question(&self, record: usize) -> Option<&Question> {
        self.plan.as_ref()?.questions.get(self.place(record))
    }

    /// Where a record's question stands in the evaluation.
    pub fn place(&self, record: usize) -> usize {
        self.places.get(record).copied().unwrap_or(record)
    }
}

impl Desk {
    /// The evaluations that can be chosen: the file and the link that are open, then those of this device, newest first.
    /// `None` while the list is being read. Subscribes.
    pub fn evaluation_choices(self) -> Option<Vec<EvaluationChoice>> {
        let kept = self.evaluations.list.get()?;
        let file = self.evaluations.with(|open| {
            open.filter(|open| open.id.is_none())
                .map(|open| EvaluationChoice { id: OPEN.to_owned(), head: open.head.clone() })
        });
        let link = self.received.with(|open| {
            open.map(|open| EvaluationChoice { id: LINKED.to_owned(), head: open.head.clone() })
        });
        // The one that is shown may have come farther than when the list was read.
        let shown =
            self.evaluations.with(|open| open.and_then(|open| Some((open.id.clone()?, open.head.clone()))));
        let now = |(id, head): (String, _)| match &shown {
            Some((same, head)) if *same == id => (id, head.clone()),
            _ => (id, head),
        };
        let kept = kept.into_iter().map(now).filter(|(_, head)| head.done > 0);
        let kept = kept.map(|(id, head)| EvaluationChoice { id, head });
        Some(link.into_iter().chain(file).chain(kept).collect())
    }

    /// Reads an evaluation that can be chosen, as it stands now; `Ok(None)` if it is gone.
    ///
    /// # Errors
    /// What the store says.
    pub async fn hold_evaluation(self, id: &str) -> Result<Option<HeldEvaluation>, String> {
        let hold = |open: Option<&super::Opened>| {
            open.map(|open| {
                let there = open.records.iter().enumerate();
                HeldEvaluation {
                    id: open.id.clone(),
                    handout: open.received.clone().unwrap_or_else(|| Arc::new(open.handout(None, None))),
                    plan: open.plan.clone(),
                    places: there.filter_map(|(place, record)| record.as_ref().map(|_| place)).collect(),
                }
            })
        };
        match id {
            OPEN => return Ok(self.evaluations.peek(hold)),
            LINKED => return Ok(self.received.peek(hold)),
            id if self.evaluations.shows(id) => return Ok(self.evaluations.peek(hold)),
            _ => {}
        }
        let read = match self.evaluation_store().await {
            Ok(store) => store.read(id).await,
            Err(error) => Err(error),
        };
        match read {
            Ok(Some(texts)) => Ok(hold(opened(id, &texts).await.as_ref())),
            Ok(None) => Ok(None),
            Err(error) => Err(format!("{error}.")),
        }
    }

    /// Reads the list of evaluations, if nobody has.
    pub fn want_evaluations(self) {
        if self.evaluations.list.with_untracked(Option::is_none) {
            crate::web::spawn(async move { self.list_evaluations().await });
        }
    }
}
