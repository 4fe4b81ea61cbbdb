//! Debates, as baselines (mechanisms §6). Of a panel (Du et al. 2023): everybody answers, reads the others, answers
//! again; then a vote. With a judge (Khan et al. 2024): two debaters, one a side, take turns, and a judge who reads both
//! decides. No price and no money.

use super::turns::Next;
use crate::run::event::{CloseReason, Ending};
use crate::run::state::RunState;
use crate::run::transcript::{Said, Task, Turn};

pub(super) fn next_of_panel(state: &RunState, rounds: u32) -> Next {
    let agents = state.agents().len();
    if state.transcript().len() < agents * rounds as usize {
        return Next::Turn(Turn { agents: (0..agents).collect(), task: Task::Forecast });
    }
    ended(state)
}

pub(super) fn next_of_judge(state: &RunState, rounds: u32) -> Next {
    let agents = state.agents().len();
    let spoken = state.transcript().len();
    if spoken < 2 * rounds as usize {
        // Each round the other side begins, so that nobody always has the last word.
        let side = (spoken / 2 + spoken) % 2;
        return Next::Turn(Turn { agents: vec![side % agents], task: Task::Argue { side: Some(side) } });
    }
    if spoken == 2 * rounds as usize {
        return Next::Turn(Turn { agents: vec![2 % agents], task: Task::Forecast });
    }
    ended(state)
}

fn ended(state: &RunState) -> Next {
    if state.transcript().iter().any(|said: &Said| said.forecast().is_some()) {
        Next::End(Ending::Completed, CloseReason::AllSpoke)
    } else {
        Next::End(Ending::Failed, CloseReason::NoAnswers)
    }
}
