//! What finished runs say of those who took part: results and scores, apart by who settled the run (mechanisms §5), and
//! lessons for panels that asked often. One run at a time; it reads no store.

use std::collections::BTreeMap;

use super::moment::Moment;
use super::scores::{brier_of, log_of};
use crate::belief::stacking::Resolved;
use crate::belief::{Belief, TraderKind};
use crate::market::Cash;
use crate::market::math::ln;
use crate::run::{AgentKind, Basis, Run, RunSpec, RunState, Settled};

/// Who settled a run. Results of different kinds are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ladder {
    /// The answer that came with the question, or the truth of a simulated world.
    Label,
    /// A person, afterwards.
    Hand,
    /// The last report stood in for the truth.
    Peers,
    /// Nobody: it was declared void.
    Void,
}

impl Ladder {
    /// Every kind, in the order of mechanisms §5.
    pub const ALL: [Self; 4] = [Self::Label, Self::Hand, Self::Peers, Self::Void];

    fn of(settled: Settled) -> Self {
        match settled {
            Settled::Outcome(_, Basis::Person) => Self::Hand,
            Settled::Outcome(..) => Self::Label,
            Settled::Peers(_) => Self::Peers,
            Settled::Void => Self::Void,
        }
    }
}

/// Who took part, whatever the run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A model under a name.
    Model {
        /// The model.
        model: String,
        /// The agent's name.
        name: String,
    },
    /// A simulated trader of a kind.
    Simulated(TraderKind),
    /// The person at this device.
    Person,
}

/// How one agent fared in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outing {
    /// Who.
    pub who: Who,
    /// What it gained or lost, in units of play money, where the run pays.
    pub profit: Option<f64>,
    /// The first belief's Brier and log score, where the truth is known.
    pub scores: Option<(f64, f64)>,
}

/// What a run teaches about its panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The panel: the same agents have the same.
    pub panel: Vec<String>,
    /// The question: asked again it teaches nothing new.
    pub question: String,
    /// What each agent said first, and what came.
    pub resolved: Resolved,
}

/// What one settled run says.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// Who settled it.
    pub ladder: Ladder,
    /// How everybody fared.
    pub outings: Vec<Outing>,
    /// What it teaches, if anything.
    pub lesson: Option<Lesson>,
}

impl RunRecord {
    /// Of a run; `None` until it is settled.
    pub fn of(run: &Run) -> Option<Self> {
        let spec = run.spec();
        let moment = Moment::after(spec, run.log().events());
        let settled = moment.settled?;
        let truth = match settled {
            Settled::Outcome(outcome, _) => Some(outcome),
            Settled::Peers(_) | Settled::Void => None,
        };
        let outing = |(agent, stood): (&crate::run::AgentSpec, &super::AgentMoment)| Outing {
            who: who(agent),
            profit: stood.result.map(Cash::units),
            scores: truth.and_then(|truth| {
                let belief = stood.first.as_ref()?.probabilities();
                Some((brier_of(&belief, truth), log_of(&belief, truth).0))
            }),
        };
        Some(Self {
            ladder: Ladder::of(settled),
            outings: spec.agents.iter().zip(&moment.agents).map(outing).collect(),
            lesson: truth.and_then(|truth| lesson(spec, &moment, truth)),
        })
    }
}

fn who(agent: &crate::run::AgentSpec) -> Who {
    match &agent.kind {
        AgentKind::Model { model, .. } => Who::Model { model: model.clone(), name: agent.name.clone() },
        AgentKind::Simulated { trader } => Who::Simulated(*trader),
        AgentKind::Person => Who::Person,
    }
}

/// What tells a panel of the same agents: models with their temperatures and personas, traders with their world. A
/// person is never part of it.
pub fn panel_key(spec: &RunSpec) -> Vec<String> {
    let key = |agent: &crate::run::AgentSpec| match &agent.kind {
        AgentKind::Model { model, temperature, persona, elicitation, .. } => {
            Some(format!("{model}\n{temperature:?}\n{elicitation:?}\n{persona}"))
        }
        AgentKind::Simulated { trader } => {
            let world = spec.world.as_ref().map(|w| (w.signal_strength, w.shared_noise, w.looks));
            Some(format!("{trader:?}\n{world:?}"))
        }
        AgentKind::Person => None,
    };
    spec.agents.iter().filter_map(key).collect()
}

/// Only private first beliefs on a market with even opening prices, all of them, about a question with two answers.
fn lesson(spec: &RunSpec, moment: &Moment, truth: usize) -> Option<Lesson> {
    let even = spec.prior == Belief::uniform(2);
    if !spec.mode.is_market() || !even {
        return None;
    }
    let asked = spec.agents.iter().zip(&moment.agents).filter(|(agent, _)| !agent.kind.is_person());
    let log_odds = asked
        .map(|(agent, stood)| log_odds(&agent.kind, stood.first.as_ref()?))
        .collect::<Option<Vec<f64>>>()?;
    let mut question = format!("{}\n{}\n{}", spec.question, spec.background, spec.criterion);
    if spec.all_simulated() {
        // Every seed is a world of its own, whatever is asked.
        question = format!("{question}\n{}", spec.seed);
    }
    let resolved = Resolved { log_odds, happened: truth == 0 };
    Some(Lesson { panel: panel_key(spec), question, resolved })
}

/// The log-odds of the first of two answers, from a belief clipped as the market clips it.
pub fn log_odds(kind: &AgentKind, belief: &Belief) -> Option<f64> {
    let belief = belief.clipped(RunState::belief_floor(kind));
    Some(ln(*belief.first()?) - ln(*belief.last()?))
}

/// The lessons for a panel, each question once: of several runs the last counts. `records` come oldest first.
pub fn lessons_for<'a>(panel: &[String], records: impl IntoIterator<Item = &'a RunRecord>) -> Vec<Resolved> {
    let mut found: BTreeMap<&str, &Resolved> = BTreeMap::new();
    for lesson in records.into_iter().filter_map(|record| record.lesson.as_ref()) {
        if lesson.panel == panel {
            found.insert(&lesson.question, &lesson.resolved);
        }
    }
    found.into_values().cloned().collect()
}

/// One agent's runs of one kind of settlement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Runs it took part in.
    pub runs: u32,
    paid: u32,
    profit: f64,
    scored: u32,
    brier: f64,
    log: f64,
}

impl Tally {
    fn add(&mut self, outing: &Outing) {
        self.runs += 1;
        if let Some(profit) = outing.profit {
            self.paid += 1;
            self.profit += profit;
        }
        if let Some((brier, log)) = outing.scores {
            self.scored += 1;
            self.brier += brier;
            self.log += log;
        }
    }

    /// The mean gain in units of play money, over the runs that paid.
    pub fn mean_profit(&self) -> Option<f64> {
        (self.paid > 0).then(|| self.profit / f64::from(self.paid))
    }

    /// The mean Brier score Σ(f − o)² and the mean of −ln f, over the runs whose truth is known.
    pub fn mean_scores(&self) -> Option<(f64, f64)> {
        let count = f64::from(self.scored);
        (self.scored > 0).then(|| (self.brier / count, self.log / count))
    }
}

/// Everybody's record: one group a kind of settlement, empty ones left out.
pub fn track<'a>(records: impl IntoIterator<Item = &'a RunRecord>) -> BTreeMap<Ladder, BTreeMap<Who, Tally>> {
    let mut groups: BTreeMap<Ladder, BTreeMap<Who, Tally>> = BTreeMap::new();
    for record in records {
        let group = groups.entry(record.ladder).or_default();
        for outing in &record.outings {
            group.entry(outing.who.clone()).or_default().add(outing);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample;
    use crate::belief::stacking::{Offer, learn, offer};
    use crate::market::Cash;
    use crate::run::{Input, Resolution};

    /// A panel whose agents have these kinds, played to its end.
    fn played(seed: u64, traders: &[TraderKind]) -> Run {
        let mut spec = sample::begun(seed, traders.len()).spec().clone();
        for (agent, &trader) in spec.agents.iter_mut().zip(traders) {
            agent.kind = AgentKind::Simulated { trader };
        }
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            sample::round(&mut run);
        }
        run
    }

    fn lessons(traders: &[TraderKind], runs: u64) -> Vec<Resolved> {
        let records: Vec<RunRecord> =
            (0..runs).map(|seed| RunRecord::of(&played(seed, traders)).unwrap()).collect();
        let panel = panel_key(played(0, traders).spec());
        lessons_for(&panel, records.iter().chain(&records))
    }

    #[test]
    fn groups_are_never_mixed_and_figures_are_means() {
        let run = sample::finished(3, 4);
        let by_label = RunRecord::of(&run).unwrap();
        let by_hand = RunRecord { ladder: Ladder::Hand, ..by_label.clone() };
        let void = RunRecord { ladder: Ladder::Void, ..by_label.clone() };
        let groups = track([&by_label, &by_label, &by_hand, &void]);
        assert_eq!(groups.keys().copied().collect::<Vec<_>>(), [Ladder::Label, Ladder::Hand, Ladder::Void]);
        for (place, outing) in by_label.outings.iter().enumerate() {
            let tally = groups[&Ladder::Label][&outing.who];
            assert_eq!((tally.runs, tally.mean_profit()), (2, outing.profit));
            assert_eq!(tally.mean_scores(), outing.scores);
            let account = run.state().market().ledger().account(place).unwrap();
            assert_eq!(outing.profit, Some((account.cash - Cash::from_units(100)).units()));
        }
        assert_eq!(RunRecord::of(&sample::begun(3, 4)), None, "an open run says nothing");
    }

    #[test]
    fn who_settled_it_decides_the_group() {
        let mut spec = sample::begun(5, 3).spec().clone();
        spec.mode = crate::run::Mode::SelfResolving(crate::run::SelfResolving::default());
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            sample::round(&mut run);
        }
        let record = RunRecord::of(&run).unwrap();
        assert_eq!((record.ladder, record.lesson), (Ladder::Peers, None));
        assert!(record.outings.iter().all(|outing| outing.scores.is_none() && outing.profit.is_some()));
        assert!(run.advance(Input::Resolve(Resolution::Void)).is_err());
    }

    #[test]
    fn planted_liars_are_found_in_played_runs_and_their_weights_offered() {
        use TraderKind::{Bayesian, Manipulator};
        let resolved = lessons(&[Bayesian, Bayesian, Bayesian, Manipulator], 60);
        assert_eq!(resolved.len(), 60, "each question once");
        let Offer::Gain { learned, .. } = offer(&resolved, learn(&resolved), 1.0 / 1.9) else {
            panic!("nothing was offered")
        };
        assert!(learned.weights[..3].iter().all(|weight| *weight > learned.weights[3]), "{learned:?}");
        assert!(learned.weights[3] < 0.0, "a liar's word counts the other way: {learned:?}");
    }

    #[test]
    fn random_words_and_right_weights_are_refused() {
        use TraderKind::{Bayesian, Random};
        let noise = lessons(&[Random, Random, Random], 60);
        assert_eq!(offer(&noise, learn(&noise), 1.0), Offer::NoGain { questions: 60 });
        let right = lessons(&[Bayesian, Bayesian, Bayesian], 60);
        let weight = 1.0 / (1.0 + 2.0 * 0.3);
        assert_eq!(offer(&right, learn(&right), weight), Offer::NoGain { questions: 60 });
        assert_eq!(offer(&right[..5], learn(&right[..5]), weight), Offer::TooFew { questions: 5 });
    }
}
