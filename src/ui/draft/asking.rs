//! How the models are asked, as the form holds it. It does not know which models they are.

use super::{Draft, DraftError, Preset, SeatKind};
use crate::agents::Part;
use crate::run::{AgentKind, Elicitation, Prompts, RunSpec};

/// The fields about asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// The question the other way round; empty where it is not asked.
    pub reversed_question: String,
    /// The words of the prompts where they are not the usual ones.
    pub prompts: Prompts,
    /// Whether recorded replies to the same request may be used again.
    pub reuse: bool,
}

impl Asking {
    /// The fields that would give this set-up again. Reusing replies is no part of a set-up.
    pub(super) fn from_spec(spec: &RunSpec) -> Self {
        Self {
            reversed_question: spec.reversed_question.clone(),
            prompts: spec.prompts.clone(),
            reuse: false,
        }
    }

    /// Puts what only concerns models into a set-up that has some, as far as its mode takes it.
    pub(super) fn apply(&self, spec: &mut RunSpec) -> Result<(), DraftError> {
        if !spec.agents.iter().any(|agent| agent.kind.is_model()) {
            return Ok(());
        }
        let any = spec.mode.takes_any_belief();
        let mut labels = false;
        for agent in &mut spec.agents {
            if let AgentKind::Model { elicitation, .. } = &mut agent.kind {
                *elicitation = if any { *elicitation } else { Elicitation::Stated };
                labels |= !elicitation.is_stated();
            }
        }
        let mut prompts = Prompts::default();
        for part in Part::of_mode(&spec.mode, labels) {
            if let Some(words) = part.of(&self.prompts) {
                part.check(words).map_err(|error| DraftError::Template(part, error))?;
                part.set(&mut prompts, words.to_owned());
            }
        }
        if any {
            self.reversed_question.trim().clone_into(&mut spec.reversed_question);
        }
        spec.prompts = prompts;
        Ok(())
    }
}

impl Draft {
    /// Whether the chosen mode asks for a belief in any way that is wanted.
    pub fn takes_any_belief(&self) -> bool {
        self.mode.mode.takes_any_belief()
    }

    /// The parts of the prompts that the run uses.
    pub fn prompt_parts(&self, connection: Option<Preset<'_>>) -> Vec<Part> {
        let labels = self.seats(connection).iter().any(|seat| match seat.kind {
            SeatKind::Model { elicitation, .. } => !elicitation.is_stated(),
            SeatKind::Simulated(_) => false,
        });
        Part::of_mode(&self.mode.mode, labels)
    }

    /// The kind of answer that all models are asked for; `None` if they differ or there is none.
    pub fn elicitation(&self, connection: Option<Preset<'_>>) -> Option<Elicitation> {
        let mut kinds = self.seats(connection).into_iter().filter_map(|seat| match seat.kind {
            SeatKind::Model { elicitation, .. } => Some(elicitation),
            SeatKind::Simulated(_) => None,
        });
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    /// Asks every model for this kind of answer.
    pub fn set_elicitation(&mut self, connection: Option<Preset<'_>>, kind: Elicitation) {
        self.change_seats(connection, |seats| {
            for seat in seats {
                if let SeatKind::Model { elicitation, .. } = &mut seat.kind {
                    *elicitation = kind;
                }
            }
        });
    }
}
