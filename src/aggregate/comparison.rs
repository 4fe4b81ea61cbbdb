//! Baselines that need calls of their own (mechanisms §6): the set-up of another way to answer the question of a
//! finished run, with the same agents, the same limits and as many calls. It starts nothing. A run that was made so
//! says in its set-up which run it is compared with.

use crate::belief::Guard;
use crate::run::mode::{MAX_ANSWERS, MAX_TURNS};
use crate::run::spec::MAX_ROUNDS;
use crate::run::{
    AgentKind, Debate, DebateStyle, Elicitation, Mode, Origin, Run, RunEvent, RunSpec, SelfConsistency, Texts,
};

/// Fewer rounds are no debate of a panel: nobody has read anybody.
const FEWEST_PANEL_ROUNDS: u32 = 2;

/// Another way to answer the same question that has to ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The same question again and again, and a vote.
    SelfConsistency,
    /// Everybody answers, reads the others and answers again; then a vote.
    PanelDebate,
    /// Two debaters and a judge.
    JudgeDebate,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::SelfConsistency, Self::PanelDebate, Self::JudgeDebate];

    /// The way that a mode is, if it is one.
    pub fn of(mode: &Mode) -> Option<Self> {
        match mode {
            Mode::SelfConsistency(_) => Some(Self::SelfConsistency),
            Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => Some(Self::PanelDebate),
            Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => Some(Self::JudgeDebate),
            Mode::Market | Mode::MakerTrader(_) | Mode::SelfResolving(_) => None,
        }
    }

    /// Its mode, as near to so many answers of so many agents as whole rounds come.
    pub fn mode(self, answers: u32, agents: u32) -> Mode {
        let debate = |style, rounds| Mode::Debate(Debate { style, rounds });
        match self {
            Self::SelfConsistency => {
                let most = MAX_ANSWERS.min(MAX_ROUNDS * agents);
                Mode::SelfConsistency(SelfConsistency { answers: answers.clamp(1, most) })
            }
            Self::PanelDebate => {
                let rounds = (answers + agents / 2) / agents;
                debate(DebateStyle::Panel, rounds.clamp(FEWEST_PANEL_ROUNDS, MAX_TURNS))
            }
            Self::JudgeDebate => {
                debate(DebateStyle::Judge, (answers.saturating_sub(1) / 2).clamp(1, MAX_TURNS))
            }
        }
    }
}

/// The set-up of the comparison; `None` if the run is not over, if the way does not fit its question or panel, or if
/// the run lacks the texts that its agents were given.
pub fn comparison(run: &Run, way: Way) -> Option<RunSpec> {
    let original = run.spec();
    let whole = original.derived_from.as_ref().is_none_or(|origin| origin.texts == Texts::Everything);
    if !run.state().is_closed() || !whole {
        return None;
    }
    let mut spec = original.clone();
    // Whoever trades by hand cannot be asked again.
    spec.agents.retain(|agent| !agent.kind.is_person());
    let agents = u32::try_from(spec.agents.len()).ok().filter(|&agents| agents > 0)?;
    spec.mode = way.mode(matched_answers(run, way), agents);
    if !spec.mode.takes_any_belief() {
        // A debate needs everybody's words, and asks once.
        spec.reversed_question.clear();
        for agent in &mut spec.agents {
            if let AgentKind::Model { elicitation, .. } = &mut agent.kind {
                *elicitation = Elicitation::Stated;
            }
        }
    }
    spec.guard = Guard::None;
    spec.derived_from = Some(Origin { head: run.head().digest, texts: Texts::Everything });
    spec.validate().ok().map(|()| spec)
}

/// How many answers take as many calls as the run took; where models are not the only ones, as many as it had.
fn matched_answers(run: &Run, way: Way) -> u32 {
    let spec = run.spec();
    let answer = |event: &&RunEvent| {
        matches!(event, RunEvent::Forecast { .. } | RunEvent::Argued { .. } | RunEvent::Failed { .. })
    };
    let answers = u32::try_from(run.log().events().filter(answer).count()).unwrap_or(u32::MAX);
    let asked = || spec.agents.iter().map(|agent| &agent.kind).filter(|kind| !kind.is_person());
    let calls = run.state().totals().calls;
    if calls > 0 && asked().all(AgentKind::is_model) {
        let twice = way == Way::SelfConsistency && !spec.reversed_question.is_empty();
        calls.div_ceil(if twice { 2 } else { 1 })
    } else {
        answers.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample;
    use crate::run::{Input, play, recorded_inputs, with_simulated};

    #[test]
    fn every_way_asks_the_same_and_says_where_it_comes_from() {
        let run = sample::finished(7, 3);
        let answer = |event: &&RunEvent| matches!(event, RunEvent::Forecast { .. });
        let answers = run.log().events().filter(answer).count() as u32;
        for way in Way::ALL {
            let spec = comparison(&run, way).unwrap();
            assert_eq!(Way::of(&spec.mode), Some(way));
            assert_eq!(spec.compared_with(), Some(run.head().digest));
            assert_eq!((&spec.agents, &spec.stop), (&run.spec().agents, &run.spec().stop));
            let most = spec.mode.most_answers(3).unwrap();
            assert!(most.abs_diff(answers) <= 3, "{way:?}: {most} answers for {answers}");
            let mut copy = Run::new(spec).unwrap();
            copy.advance(Input::Begin).unwrap();
            while !copy.state().is_closed() {
                copy.advance(with_simulated(&copy, Vec::new()).unwrap()).unwrap();
            }
            assert_eq!(copy.ends(), [copy.head().digest]);
        }
    }

    #[test]
    fn an_open_run_and_a_reduced_copy_have_no_comparison() {
        let open = sample::begun(7, 3);
        assert_eq!((comparison(&open, Way::PanelDebate), open.ends()), (None, Vec::new()));
        let run = sample::finished(7, 3);
        let mut spec = run.spec().clone();
        spec.derived_from = Some(Origin { head: run.head().digest, texts: Texts::Numbers });
        assert_eq!(spec.compared_with(), None);
        let copy = play(spec, recorded_inputs(&run)).unwrap();
        assert_eq!(comparison(&copy, Way::SelfConsistency), None);
    }

    #[test]
    fn three_outcomes_have_no_judge() {
        let mut spec = sample::begun(7, 3).spec().clone();
        spec.outcomes.push("Perhaps".into());
        spec.prior = crate::belief::Belief::uniform(3);
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            sample::round(&mut run);
        }
        assert!(comparison(&run, Way::JudgeDebate).is_none());
        assert!(comparison(&run, Way::PanelDebate).is_some());
    }
}
