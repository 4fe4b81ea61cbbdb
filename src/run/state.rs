//! The state of a run: a fold over its events. `apply` is the only thing that changes it, so replaying the log
//! gives the same state on every machine. It draws nothing and decides nothing; `step` does.

use std::sync::Arc;

use super::RunError;
use super::effect::{Effect, OtherView, View};
use super::event::{CallRecord, Ending, FailureKind, RunEvent, Totals};
use super::spec::{AgentKind, MAX_CALL_TOKENS, RunSpec, SpecError};
use crate::belief::simulated::SignalModel;
use crate::belief::sizing::{BELIEF_FLOOR, MODEL_BELIEF_FLOOR};
use crate::belief::{Forecast, Signals};
use crate::market::{MarketMaker, Order, Trade};

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
}

impl RunState {
    /// The state before the first event.
    ///
    /// # Errors
    /// A set-up that breaks a limit.
    pub fn new(spec: RunSpec) -> Result<Self, RunError> {
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

    /// Whether the run is over.
    pub fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed(_))
    }

    /// The agents that are asked in every round: all but persons.
    pub fn asked_agents(&self) -> Vec<usize> {
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

    /// Folds one event in.
    ///
    /// # Errors
    /// An event that cannot follow: the log is not one that this engine wrote. The state must then be dropped.
    pub fn apply(&mut self, event: &RunEvent) -> Result<(), RunError> {
        match event {
            RunEvent::Opened { .. } => self.enter(&[Phase::New], Phase::Between)?,
            RunEvent::RoundOpened { round, prices, .. } => {
                self.enter(&[Phase::Between], Phase::Asking)?;
                self.round = *round;
                self.tally = RoundTally { opening_prices: prices.clone(), ..RoundTally::default() };
            }
            RunEvent::Call(call) => {
                self.enter(&[Phase::Asking, Phase::Answering], Phase::Answering)?;
                self.count_call(call)?;
            }
            RunEvent::Forecast { round, agent, forecast } => {
                self.enter(&[Phase::Asking, Phase::Answering], Phase::Answering)?;
                if forecast.beliefs.outcomes() != self.spec.outcome_count() {
                    return Err(RunError::BadForecast { agent: *agent });
                }
                let state = self.agent_mut(*agent)?;
                state.forecast = Some(forecast.clone());
                state.answered_round = *round;
            }
            RunEvent::Failed { agent, failure, .. } => {
                self.enter(&[Phase::Asking, Phase::Answering], Phase::Answering)?;
                self.agent_mut(*agent)?.failures += u32::from(failure.kind.counts());
                self.totals.failures += u32::from(failure.kind.counts());
                self.tally.failures.push(failure.kind);
            }
            // A panel of persons alone has no answers to record.
            RunEvent::OrderDrawn { .. } => self.enter(&[Phase::Asking, Phase::Answering], Phase::Trading)?,
            RunEvent::Traded { reach, trade, .. } => {
                // A person trades while answers are awaited, everybody else in turn.
                self.enter(&[Phase::Asking, Phase::Trading], self.phase)?;
                self.execute(trade, *reach)?;
            }
            RunEvent::Passed { .. } => self.enter(&[Phase::Trading], Phase::Trading)?,
            RunEvent::RoundClosed { round, .. } => {
                self.enter(&[Phase::Trading], Phase::Between)?;
                self.totals.rounds = *round;
            }
            RunEvent::Settled { outcome, .. } => {
                self.enter(&[Phase::Asking, Phase::Between], Phase::Between)?;
                self.market.settle(*outcome)?;
            }
            RunEvent::Closed { status, .. } => {
                self.enter(&[Phase::Asking, Phase::Between], Phase::Closed(*status))?;
            }
        }
        Ok(())
    }

    fn enter(&mut self, from: &[Phase], to: Phase) -> Result<(), RunError> {
        if !from.contains(&self.phase) {
            return Err(RunError::OutOfPlace);
        }
        self.phase = to;
        Ok(())
    }

    fn agent_mut(&mut self, agent: usize) -> Result<&mut AgentState, RunError> {
        self.agents.get_mut(agent).ok_or(RunError::UnknownAgent(agent))
    }

    fn count_call(&mut self, call: &CallRecord) -> Result<(), RunError> {
        let spec = self.spec.agents.get(call.agent).ok_or(RunError::UnknownAgent(call.agent))?;
        let (read, written) = (call.prompt_tokens.unwrap_or(0), call.completion_tokens.unwrap_or(0));
        if read.max(written) > MAX_CALL_TOKENS {
            return Err(SpecError::OutOfRange("a call's tokens").into());
        }
        if call.reused.is_some() {
            return Ok(());
        }
        self.totals.calls += 1;
        self.totals.prompt_tokens = self.totals.prompt_tokens.saturating_add(read);
        self.totals.completion_tokens = self.totals.completion_tokens.saturating_add(written);
        if let AgentKind::Model { price: Some(price), .. } = &spec.kind {
            let cost = price.cost_micro_usd(read, written);
            self.totals.cost_micro_usd = self.totals.cost_micro_usd.saturating_add(cost);
        }
        Ok(())
    }

    /// Executes a recorded trade and checks that the market agrees with every figure in it.
    fn execute(&mut self, trade: &Trade, reach: f64) -> Result<(), RunError> {
        let order = Order::new(trade.agent, trade.shares_micros.clone())?;
        let quote = self.market.execute(&order)?;
        if Trade::from(quote) != *trade {
            return Err(RunError::TradeMismatch);
        }
        self.totals.trades += 1;
        self.tally.trades += u32::from(self.phase == Phase::Trading);
        if let Some(belief) = self.traded_belief(trade.agent) {
            let reference = &mut self.agent_mut(trade.agent)?.reference;
            *reference = crate::belief::sizing::traded_reference(reference, &belief, reach);
        }
        Ok(())
    }
}
