//! The state of a run: a fold over its events. `apply` is the only thing that changes it, so replaying the log
//! gives the same state on every machine. It draws nothing and decides nothing; `step` does.

mod apply;

use std::sync::Arc;

use super::RunError;
use super::call::FailureKind;
use super::effect::{Effect, OtherView, View};
use super::event::{Basis, Ending, Totals};
use super::mode::{Debate, DebateStyle, Mode};
use super::spec::{AgentKind, RunSpec};
use super::transcript::{Said, Turn, TurnView};
use crate::belief::simulated::SignalModel;
use crate::belief::sizing::{BELIEF_FLOOR, MODEL_BELIEF_FLOOR};
use crate::belief::{Forecast, Signals};
use crate::market::{Cash, MarketMaker};
use crate::prng::Seed;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has happened.
    New,
    /// The answers of this round are awaited: the only place where an open run rests.
    Asking,
    /// Answers are being recorded; only inside a step.
    Answering,
    /// Answers are being turned into trades; only inside a step.
    Trading,
    /// A round is about to open, or the run to close; only inside a step.
    Between,
    /// The run is over.
    Closed(Ending),
}

/// What the run knows of one agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentState {
    /// Its last answer.
    pub forecast: Option<Forecast>,
    /// The round of that answer.
    pub answered_round: u32,
    /// The belief it has traded on so far: the prior at first.
    pub reference: Vec<f64>,
    /// Times it failed to answer.
    pub failures: u32,
}

/// What happened so far in the current round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoundTally {
    /// Trades of asked agents.
    pub trades: u32,
    /// Kinds of the failures so far.
    pub failures: Vec<FailureKind>,
    /// Prices at the round's start.
    pub opening_prices: Vec<f64>,
}

/// The state of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunState {
    spec: Arc<RunSpec>,
    signals: Option<Arc<Signals>>,
    market: MarketMaker,
    phase: Phase,
    round: u32,
    agents: Vec<AgentState>,
    tally: RoundTally,
    totals: Totals,
    settled: Option<Settled>,
    speech: Speech,
    /// What seals the stop of a self-resolving market, where it does not follow from the seed; an event shows it last.
    stop_secret: Option<Seed>,
}

/// What a run without a market knows besides.
#[derive(Clone, Debug, Default, PartialEq)]
struct Speech {
    turn: Option<Turn>,
    transcript: Vec<Said>,
    /// The answer so far.
    prices: Vec<f64>,
    order: Vec<usize>,
    stop_drawn: bool,
}

/// Who said what became of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// An outcome happened.
    Outcome(usize, Basis),
    /// The last report stood in for the truth: this agent's.
    Peers(usize),
    /// It was declared void.
    Void,
}

impl RunState {
    /// The state before the first event.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn new(spec: RunSpec) -> Result<Self, RunError> {
        Self::sealed(spec, None)
    }

    /// The same with a secret that decides when a self-resolving market stops.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn sealed(spec: RunSpec, stop_secret: Option<Seed>) -> Result<Self, RunError> {
        spec.validate()?;
        let prior = spec.prior.probabilities();
        let signals = spec.world.as_ref().map(|world| {
            let model = SignalModel {
                truth: world.hidden_truth,
                strength: world.signal_strength,
                shared_noise: world.shared_noise,
                looks: world.looks,
            };
            Arc::new(Signals::draw(spec.seed, &spec.prior, spec.agents.len(), model))
        });
        let agent =
            || AgentState { forecast: None, answered_round: 0, reference: prior.clone(), failures: 0 };
        Ok(Self {
            market: Self::opening_market(&spec),
            agents: spec.agents.iter().map(|_| agent()).collect(),
            signals,
            phase: Phase::New,
            round: 0,
            tally: RoundTally::default(),
            totals: Totals::default(),
            settled: None,
            stop_secret,
            speech: Speech { prices: prior, ..Speech::default() },
            spec: Arc::new(spec),
        })
    }

    /// The market of a set-up before its first trade.
    pub fn opening_market(spec: &RunSpec) -> MarketMaker {
        let budgets: Vec<_> = spec.agents.iter().map(|agent| agent.budget_micros).collect();
        let (liquidity, prior) = (spec.liquidity_micros.units(), spec.prior.probabilities());
        MarketMaker::open_with(spec.maker, liquidity, &prior, &budgets)
    }

    /// How far from 0 and 1 the beliefs of an agent of this kind are kept when it trades.
    pub fn belief_floor(kind: &AgentKind) -> f64 {
        match kind {
            AgentKind::Model { .. } => MODEL_BELIEF_FLOOR,
            _ => BELIEF_FLOOR,
        }
    }

    /// The set-up.
    pub fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// The market with its accounts.
    pub fn market(&self) -> &MarketMaker {
        &self.market
    }

    /// The world of the simulated traders, if there are any.
    pub fn signals(&self) -> Option<&Signals> {
        self.signals.as_deref()
    }

    /// Where the run stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The current round, from 1; 0 before the first.
    pub fn round(&self) -> u32 {
        self.round
    }

    /// The agents, in roster order.
    pub fn agents(&self) -> &[AgentState] {
        &self.agents
    }

    /// What happened so far in this round.
    pub fn tally(&self) -> &RoundTally {
        &self.tally
    }

    /// Sums so far.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// What the run says now, as a probability of each outcome: the market's prices, or the protocol's answer so far.
    pub fn prices(&self) -> Vec<f64> {
        if self.spec.mode.is_market() { self.market.prices() } else { self.speech.prices.clone() }
    }

    /// Every agent's purse at the start, in roster order.
    pub fn budgets(&self) -> Vec<Cash> {
        self.spec.agents.iter().map(|agent| agent.budget_micros).collect()
    }

    /// What became of the run, once somebody has said so.
    pub fn settled(&self) -> Option<Settled> {
        self.settled
    }

    /// Whose turn it is; `None` on a market, where everybody speaks in every round.
    pub fn turn(&self) -> Option<&Turn> {
        self.speech.turn.as_ref()
    }

    /// What was said so far in a run without a market; answers that Stop cut off are not part of it.
    pub fn transcript(&self) -> &[Said] {
        &self.speech.transcript
    }

    /// The order in which agents speak, where it was drawn beforehand.
    pub fn order(&self) -> &[usize] {
        &self.speech.order
    }

    /// What seals the stop of a self-resolving market, where it does not follow from the seed.
    pub fn stop_secret(&self) -> Option<Seed> {
        self.stop_secret
    }

    /// Whether a draw has ended a self-resolving market.
    pub fn stop_drawn(&self) -> bool {
        self.speech.stop_drawn
    }

    /// What an agent whose turn it is may see; `None` on a market.
    pub fn turn_view(&self) -> Option<TurnView> {
        let turn = self.turn()?;
        let latest = self.speech.transcript.last().map_or(0, |said| said.round);
        let visible = |said: &&Said| match self.spec.mode {
            Mode::SelfConsistency(_) => false,
            Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => said.round == latest,
            _ => true,
        };
        Some(TurnView {
            round: self.round,
            task: turn.task,
            transcript: self.speech.transcript.iter().filter(visible).cloned().collect(),
        })
    }

    /// Whether the run is over.
    pub fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed(_))
    }

    /// The agents that are asked now: whose turn it is; on a market all but persons, in every round.
    pub fn asked_agents(&self) -> Vec<usize> {
        if let Some(turn) = self.turn() {
            return turn.agents.clone();
        }
        let asked = |&agent: &usize| !self.spec.agents[agent].kind.is_person();
        (0..self.spec.agents.len()).filter(asked).collect()
    }

    /// Whether the last step is complete: the run waits for something, or is over.
    pub fn is_at_rest(&self) -> bool {
        !matches!(self.phase, Phase::Answering | Phase::Trading | Phase::Between)
    }

    /// What the run is waiting for, if it is: a loaded run goes on from here.
    pub fn asked(&self) -> Option<Effect> {
        (self.phase == Phase::Asking)
            .then(|| Effect::AskRound { round: self.round, agents: self.asked_agents() })
    }

    /// What an agent may see in this round.
    pub fn view_for(&self, agent: usize) -> View {
        let blind = self.round <= 1;
        let others = || {
            let answered = self.agents.iter().enumerate().filter(|(other, _)| *other != agent);
            answered
                .filter_map(|(other, state)| {
                    let forecast = state.forecast.as_ref()?;
                    Some(OtherView {
                        agent: other,
                        name: self.spec.agents[other].name.clone(),
                        beliefs: forecast.beliefs.clone(),
                        headline: forecast.headline.clone(),
                        reasoning: forecast.reasoning.clone(),
                    })
                })
                .collect()
        };
        View {
            round: self.round,
            prices: (!blind).then(|| self.tally.opening_prices.clone()),
            own: self.agents[agent].forecast.as_ref().map(|forecast| forecast.beliefs.clone()),
            others: if blind { Vec::new() } else { others() },
        }
    }

    /// An agent's last belief, clipped as its kind demands; `None` if it never answered.
    pub fn clipped_belief(&self, agent: usize) -> Option<Vec<f64>> {
        let floor = Self::belief_floor(&self.spec.agents[agent].kind);
        self.agents[agent].forecast.as_ref().map(|forecast| forecast.beliefs.clipped(floor))
    }

    /// The belief that an agent trades on: its last one, changed as the run's guard says.
    pub fn traded_belief(&self, agent: usize) -> Option<Vec<f64>> {
        if self.spec.guard.is_none() {
            return self.clipped_belief(agent);
        }
        let beliefs: Vec<Option<Vec<f64>>> =
            (0..self.agents.len()).map(|agent| self.clipped_belief(agent)).collect();
        let weight = self.spec.sizing.evidence_weight(self.asked_agents().len());
        self.spec.guard.belief(&self.spec.prior.probabilities(), &beliefs, agent, weight)
    }
}
