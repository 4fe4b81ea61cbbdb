//! What an answer must hold: a belief or an argument, as a market or a turn asks for it.

use super::schema;
use crate::llm::Schema;
use crate::run::{Mode, RunSpec, Task};

/// What an answer must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A belief, and what the others will say.
    Forecast,
    /// A belief.
    TurnForecast,
    /// An argument; with a question, where one may be put.
    Argument { question: bool },
}

impl Wanted {
    /// What a turn asks for.
    pub(super) fn in_turn(spec: &RunSpec, task: Task) -> Self {
        let cross = matches!(spec.mode, Mode::MakerTrader(switches) if switches.cross_examination);
        match task {
            Task::Forecast => Self::TurnForecast,
            Task::Argue { .. } => Self::Argument { question: cross },
            Task::Reply => Self::Argument { question: false },
        }
    }

    /// The schema's name and form.
    pub(super) fn schema(self, outcomes: usize) -> (&'static str, Schema) {
        match self {
            Self::Forecast => (schema::NAME, schema::forecast(outcomes)),
            Self::TurnForecast => (schema::NAME, schema::turn_forecast(outcomes)),
            Self::Argument { question } => (schema::ARGUMENT, schema::argument(question)),
        }
    }
}
