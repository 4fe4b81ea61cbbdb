//! Self-consistency (Wang et al. 2022): the same question again and again, each answer alone, and a vote. As a baseline
//! it gets as many answers as the run that it is compared with used (mechanisms §6).

use super::turns::Next;
use crate::run::event::{CloseReason, Ending};
use crate::run::mode::SelfConsistency;
use crate::run::state::RunState;
use crate::run::transcript::{Said, Task, Turn};

pub(super) fn next(state: &RunState, switches: SelfConsistency) -> Next {
    let asked = state.transcript().len();
    let left = (switches.answers as usize).saturating_sub(asked);
    if left > 0 {
        let agents = (0..state.agents().len().min(left)).collect();
        return Next::Turn(Turn { agents, task: Task::Forecast });
    }
    if state.transcript().iter().all(Said::is_silence) {
        Next::End(Ending::Failed, CloseReason::NoAnswers)
    } else {
        Next::End(Ending::Completed, CloseReason::AllSpoke)
    }
}
