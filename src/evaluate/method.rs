//! The ways to an answer that an evaluation compares, and which runs each needs. Ways that only combine first answers
//! share one run, so nothing is paid twice; ways that ask again are matched to the panel's calls. It starts nothing.

use super::question::Question;
use crate::aggregate::{Way, baselines, best_in_hindsight, comparison};
use crate::belief::Belief;
use crate::prng::Seed;
use crate::run::{
    AgentKind, Elicitation, MakerTrader, Mode, Origin, Run, RunEvent, RunSpec, SpecError, Texts,
};

/// A way to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The first agent that answered, alone.
    Single,
    /// The share of agents that favour each outcome.
    Majority,
    /// The arithmetic mean of the first answers.
    Mean,
    /// Their median.
    Median,
    /// The geometric mean of their odds.
    LogPool,
    /// The same, extremised.
    Extremised,
    /// A vote weighted by confidence.
    ConfidenceVote,
    /// The agent that turns out best: known only afterwards, so it is no rival.
    BestInHindsight,
    /// Every outcome alike.
    Coin,
    /// A real market's own price, where the set has it.
    MarketPrice,
    /// The panel as its set-up has it: a market, or another mode.
    Panel,
    /// The same question again and again, and a vote.
    SelfConsistency,
    /// A debate of the panel.
    PanelDebate,
    /// Two debaters and a judge.
    JudgeDebate,
    /// The paper's protocol.
    MakerTrader,
}

/// A run that methods need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// First answers only: one blind round.
    First,
    /// The panel, in its own mode.
    Panel,
    /// A run of the method's own.
    Own(Method),
}

impl Method {
    /// Every method, in the order of tables.
    pub const ALL: [Self; 15] = [
        Self::Single,
        Self::Majority,
        Self::Mean,
        Self::Median,
        Self::LogPool,
        Self::Extremised,
        Self::ConfidenceVote,
        Self::BestInHindsight,
        Self::Coin,
        Self::MarketPrice,
        Self::Panel,
        Self::SelfConsistency,
        Self::PanelDebate,
        Self::JudgeDebate,
        Self::MakerTrader,
    ];
    /// Those that need the panel's first answers and no further call.
    pub const POOLS: [Self; 8] = [
        Self::Single,
        Self::Majority,
        Self::Mean,
        Self::Median,
        Self::LogPool,
        Self::Extremised,
        Self::ConfidenceVote,
        Self::BestInHindsight,
    ];

    /// Its name in files, tables and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Majority => "majority",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::LogPool => "log-pool",
            Self::Extremised => "extremised",
            Self::ConfidenceVote => "confidence-vote",
            Self::BestInHindsight => "best-in-hindsight",
            Self::Coin => "coin",
            Self::MarketPrice => "market-price",
            Self::Panel => "panel",
            Self::SelfConsistency => "self-consistency",
            Self::PanelDebate => "panel-debate",
            Self::JudgeDebate => "judge-debate",
            Self::MakerTrader => "maker-trader",
        }
    }

    /// The method of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// Whether it only combines first answers.
    pub fn is_pool(self) -> bool {
        Self::POOLS.contains(&self)
    }

    /// Whether it asks again.
    pub fn asks_again(self) -> bool {
        self.way().is_some() || self == Self::MakerTrader
    }

    fn way(self) -> Option<Way> {
        match self {
            Self::SelfConsistency => Some(Way::SelfConsistency),
            Self::PanelDebate => Some(Way::PanelDebate),
            Self::JudgeDebate => Some(Way::JudgeDebate),
            _ => None,
        }
    }
}

impl Job {
    /// What its run file is called, behind the question's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Panel => "panel",
            Self::Own(method) => method.name(),
        }
    }
}

/// The runs that a question needs, in the order in which they are made: what a later one is matched to comes first.
pub fn jobs(template: &RunSpec, methods: &[Method]) -> Vec<Job> {
    let panel = methods.contains(&Method::Panel);
    let pools = methods.iter().any(|method| method.is_pool());
    let again = methods.iter().copied().filter(|method| method.asks_again());
    let mut jobs = Vec::new();
    // A market's first round is blind, so its run has the first answers; no other mode's has.
    if pools && !(panel && template.mode.is_market()) || !panel && again.clone().next().is_some() {
        jobs.push(Job::First);
    }
    if panel {
        jobs.push(Job::Panel);
    }
    jobs.extend(again.map(Job::Own));
    jobs
}

/// The set-up of the panel for a question. Simulated traders see signals of its answer.
///
/// # Errors
/// A panel that cannot be asked this: too many outcomes for its maker or its guard, say.
pub fn panel_spec(template: &RunSpec, question: &Question, seed: Seed) -> Result<RunSpec, SpecError> {
    let mut spec = template.clone();
    spec.question.clone_from(&question.question);
    spec.background.clone_from(&question.background);
    spec.criterion.clone_from(&question.criterion);
    spec.reversed_question.clear();
    spec.outcomes.clone_from(&question.outcomes);
    spec.answer = Some(question.answer);
    spec.seed = Seed::new(seed.stream(&format!("evaluate/run/{}", question.id)).next_u64());
    if spec.prior.outcomes() != question.outcomes.len() {
        spec.prior = Belief::uniform(question.outcomes.len());
    }
    if let Some(world) = &mut spec.world {
        world.hidden_truth = Some(question.answer);
    }
    spec.derived_from = None;
    spec.validate().map(|()| spec)
}

/// The set-up of a job; `earlier` are the runs that the question already has.
///
/// # Errors
/// Why this question or panel does not allow it.
pub fn job_spec(panel: &RunSpec, job: Job, earlier: &[(Job, Run)]) -> Result<RunSpec, String> {
    let run = |job: Job| earlier.iter().find(|(made, _)| *made == job).map(|(_, run)| run);
    match job {
        Job::Panel => Ok(panel.clone()),
        Job::First => {
            let mut spec = panel.clone();
            spec.mode = Mode::Market;
            spec.stop.max_rounds = 1;
            spec.validate().map(|()| spec).map_err(|error| error.to_string())
        }
        Job::Own(method) => {
            let original = run(Job::Panel)
                .or_else(|| run(Job::First))
                .ok_or("the run that it is matched to is missing")?;
            let spec = match method.way() {
                Some(way) => comparison(original, way),
                None => maker_trader(original),
            };
            spec.ok_or_else(|| "this way does not fit the question or the panel".to_owned())
        }
    }
}

/// A set-up like the one that a method which asks again will have, matched to so many calls of the panel: for an
/// estimate, before there is a run to be matched to. `None` if it does not fit.
pub fn likely_spec(panel: &RunSpec, method: Method, calls: u32) -> Option<RunSpec> {
    let mut spec = panel.clone();
    let agents = u32::try_from(spec.agents.len()).ok().filter(|&agents| agents > 0)?;
    spec.mode = match method.way() {
        Some(way) => way.mode(calls.max(1), agents),
        None if method == Method::MakerTrader => Mode::MakerTrader(MakerTrader::default()),
        None => return None,
    };
    Some(spec)
}

/// The paper's protocol with the same agents, by its own limits.
fn maker_trader(original: &Run) -> Option<RunSpec> {
    let mut spec = original.spec().clone();
    spec.mode = Mode::MakerTrader(MakerTrader::default());
    for agent in &mut spec.agents {
        if let AgentKind::Model { elicitation, .. } = &mut agent.kind {
            // Others answer the maker's words, so it must have some.
            *elicitation = Elicitation::Stated;
        }
    }
    spec.guard = crate::belief::Guard::None;
    spec.derived_from = Some(Origin { head: original.head().digest, texts: Texts::Everything });
    spec.validate().ok().map(|()| spec)
}

/// What each agent said first, in roster order: before it saw a price or another's word.
pub fn first_beliefs(run: &Run) -> Vec<Option<Belief>> {
    let mut beliefs = vec![None; run.spec().agents.len()];
    for event in run.log().events() {
        if let RunEvent::Forecast { round: 1, agent, forecast } = event {
            beliefs[*agent] = Some(forecast.beliefs.clone());
        }
    }
    beliefs
}

/// What a method makes of first answers; `None` if there are none, or if it needs more than them.
pub fn pooled(method: Method, beliefs: &[Option<Belief>], answer: usize) -> Option<Vec<f64>> {
    let said = || beliefs.iter().map(Option::as_ref);
    let made = baselines(said())?;
    match method {
        Method::Single => Some(made.single.1),
        Method::Mean => Some(made.mean),
        Method::Median => Some(made.median),
        Method::LogPool => Some(made.log_pool),
        Method::Extremised => Some(made.extremised),
        Method::ConfidenceVote => Some(made.confidence_vote),
        Method::BestInHindsight => best_in_hindsight(said(), answer).map(|(_, belief)| belief),
        Method::Majority => {
            let mut votes = vec![0.0; made.mean.len()];
            for belief in said().flatten() {
                votes[belief.favourite()] += 1.0 / made.answers as f64;
            }
            Some(votes)
        }
        _ => None,
    }
}
