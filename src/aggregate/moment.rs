//! How a run stood after some of its events: what a page shows, now or at an earlier place of the scrubber. A plain
//! fold that copies figures out of events and computes no price, so that it also follows a log that is broken.

use crate::belief::{Belief, MAX_HEADLINE_CHARS};
use crate::market::{Cash, Shares};
use crate::run::{CloseReason, Ending, Failure, Gates, PassReason, RunEvent, RunSpec, Settled};

/// How a run stood after event [`Moment::seq`].
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The last event followed; 0 before the first.
    pub seq: u64,
    /// The round, from 1; 0 before the first.
    pub round: u32,
    /// The price of each outcome.
    pub prices: Vec<f64>,
    /// Trades so far.
    pub trades: u32,
    /// Calls of models so far.
    pub calls: u32,
    /// The agents, in roster order.
    pub agents: Vec<AgentMoment>,
    /// What became of it, and who says so.
    pub settled: Option<Settled>,
    /// What a maker–trader run's quotes look like at its end.
    pub gates: Option<Gates>,
    /// How the run ended, if it has.
    pub closed: Option<(Ending, CloseReason)>,
}

/// How one agent stood.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentMoment {
    /// Its first belief, stated before it saw any price.
    pub first: Option<Belief>,
    /// Its last belief.
    pub belief: Option<Belief>,
    /// Its last headline.
    pub headline: String,
    /// Its last reasoning.
    pub reasoning: String,
    /// How far its last answers to the question and to its reversal miss a sum of 1, if it was asked both.
    pub incoherence: Option<f64>,
    /// Whether its last answer was taken from kept replies alone, so that nothing was paid for it.
    pub reused: bool,
    /// Calls since its last answer, and how many of those were kept replies.
    calls: (u32, u32),
    /// Its money, before any settlement.
    pub cash: Cash,
    /// Its shares, before any settlement.
    pub holdings: Vec<Shares>,
    /// Trades it made.
    pub trades: u32,
    /// Times that it failed to answer.
    pub failures: u32,
    /// What it did last.
    pub last: Option<LastAct>,
    /// What it has gained or lost, once the market is settled.
    pub result: Option<Cash>,
}

/// The last thing an agent did.
#[derive(Clone, Debug, PartialEq)]
pub enum LastAct {
    /// It answered and its trade is yet to come.
    Answered,
    /// It traded, in this event.
    Traded(u64),
    /// It did not trade.
    Passed(PassReason),
    /// It gave no usable answer.
    Failed(Failure),
}

impl Moment {
    /// Before the first event.
    pub fn begin(spec: &RunSpec) -> Self {
        let agent = |budget: Cash| AgentMoment {
            first: None,
            belief: None,
            headline: String::new(),
            incoherence: None,
            reasoning: String::new(),
            reused: false,
            calls: (0, 0),
            cash: budget,
            holdings: vec![Shares::ZERO; spec.outcome_count()],
            trades: 0,
            failures: 0,
            last: None,
            result: None,
        };
        Self {
            seq: 0,
            round: 0,
            prices: spec.prior.probabilities(),
            trades: 0,
            calls: 0,
            agents: spec.agents.iter().map(|spec| agent(spec.budget_micros)).collect(),
            settled: None,
            gates: None,
            closed: None,
        }
    }

    /// After the first events of a log.
    pub fn after<'a>(spec: &RunSpec, events: impl IntoIterator<Item = &'a RunEvent>) -> Self {
        let mut moment = Self::begin(spec);
        for event in events {
            moment.follow(spec, event);
        }
        moment
    }

    /// Follows one more event. Agents that the set-up does not know are passed over.
    pub fn follow(&mut self, spec: &RunSpec, event: &RunEvent) {
        self.seq += 1;
        match event {
            RunEvent::Opened { prices, .. }
            | RunEvent::Began { prices, .. }
            | RunEvent::TurnClosed { prices, .. }
            | RunEvent::RoundClosed { prices, .. } => self.prices.clone_from(prices),
            RunEvent::RoundOpened { round, .. } | RunEvent::TurnOpened { round, .. } => self.round = *round,
            RunEvent::Gauged { gates } => self.gates = Some(gates.clone()),
            RunEvent::Call(call) => {
                let reused = u32::from(call.reused.is_some());
                self.calls += 1 - reused;
                if let Some(agent) = self.agents.get_mut(call.agent) {
                    agent.calls = (agent.calls.0 + 1, agent.calls.1 + reused);
                }
            }
            RunEvent::OrderDrawn { .. } | RunEvent::StopDrawn { .. } | RunEvent::StopRevealed { .. } => {}
            RunEvent::Settled { outcome, basis, payouts_micros, .. } => {
                self.settled = Some(Settled::Outcome(*outcome, *basis));
                for ((agent, spec), payout) in self.agents.iter_mut().zip(&spec.agents).zip(payouts_micros) {
                    agent.result = Some(agent.cash + *payout - spec.budget_micros);
                }
            }
            RunEvent::PeersPaid { reference, payments_micros, .. } => {
                self.settled = Some(Settled::Peers(*reference));
                for (agent, payment) in self.agents.iter_mut().zip(payments_micros) {
                    agent.result = Some(*payment);
                }
            }
            RunEvent::Voided { .. } => {
                self.settled = Some(Settled::Void);
                for agent in &mut self.agents {
                    agent.result = Some(Cash::ZERO);
                }
            }
            RunEvent::Closed { status, reason, prices, .. } => {
                self.closed = Some((*status, *reason));
                self.prices.clone_from(prices);
            }
            RunEvent::Forecast { .. }
            | RunEvent::Argued { .. }
            | RunEvent::Failed { .. }
            | RunEvent::Traded { .. }
            | RunEvent::Passed { .. } => {
                self.follow_agent(event);
            }
        }
    }

    fn follow_agent(&mut self, event: &RunEvent) {
        let seq = self.seq;
        let Some(agent) = event.agent().and_then(|place| self.agents.get_mut(place)) else { return };
        if matches!(event, RunEvent::Forecast { .. } | RunEvent::Argued { .. } | RunEvent::Failed { .. }) {
            let (calls, reused) = std::mem::take(&mut agent.calls);
            agent.reused = calls > 0 && reused == calls;
        }
        match event {
            RunEvent::Forecast { forecast, .. } => {
                agent.first.get_or_insert_with(|| forecast.beliefs.clone());
                agent.belief = Some(forecast.beliefs.clone());
                agent.headline.clone_from(&forecast.headline);
                agent.incoherence = forecast.incoherence;
                agent.reasoning.clone_from(&forecast.reasoning);
                agent.last = Some(LastAct::Answered);
            }
            RunEvent::Argued { argument, .. } => {
                agent.headline = argument.argument.chars().take(MAX_HEADLINE_CHARS).collect();
                agent.reasoning.clone_from(&argument.argument);
                agent.last = Some(LastAct::Answered);
            }
            RunEvent::Failed { failure, .. } => {
                agent.failures += u32::from(failure.kind.counts());
                agent.last = Some(LastAct::Failed(failure.clone()));
            }
            RunEvent::Passed { reason, .. } => agent.last = Some(LastAct::Passed(*reason)),
            RunEvent::Traded { trade, .. } => {
                agent.cash = trade.cash_micros;
                agent.holdings.clone_from(&trade.holdings_micros);
                agent.trades += 1;
                agent.last = Some(LastAct::Traded(seq));
                self.prices.clone_from(&trade.prices_after);
                self.trades += 1;
            }
            _ => {}
        }
    }

    /// The outcome with the highest price (the first of equals).
    pub fn leader(&self) -> usize {
        leader(&self.prices)
    }
}

/// The place of the highest number (the first of equals).
pub fn leader(numbers: &[f64]) -> usize {
    (0..numbers.len()).rev().max_by(|&a, &b| numbers[a].total_cmp(&numbers[b])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;

    #[test]
    fn the_fold_agrees_with_the_engine() {
        let run = finished(3, 5);
        let moment = Moment::after(run.spec(), run.log().events());
        assert_eq!(moment.seq, run.head().seq);
        assert_eq!(moment.trades, run.state().totals().trades);
        assert_eq!(moment.prices, run.state().market().prices());
        // After settlement the ledger holds what an agent gained on top of its purse.
        for (place, agent) in moment.agents.iter().enumerate() {
            let account = run.state().market().ledger().account(place).unwrap();
            let budget = run.spec().agents[place].budget_micros;
            assert_eq!(agent.result, Some(account.cash - budget));
        }
    }

    #[test]
    fn the_leader_is_the_first_of_equals() {
        assert_eq!(leader(&[0.5, 0.5]), 0);
        assert_eq!(leader(&[0.2, 0.5, 0.3]), 1);
    }
}
