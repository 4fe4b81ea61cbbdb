//! Folding an event into the state: the only place where it changes.

use super::{Phase, RoundTally, RunState, Settled};
use crate::market::{Order, Trade};
use crate::run::RunError;
use crate::run::call::CallRecord;
use crate::run::event::RunEvent;
use crate::run::spec::{AgentKind, MAX_CALL_TOKENS, SpecError};
use crate::run::transcript::{Said, Turn, What};

impl RunState {
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
                self.hear(*round, *agent, || What::Forecast(forecast.clone()));
            }
            RunEvent::Argued { round, agent, argument } => {
                self.enter(&[Phase::Asking, Phase::Answering], Phase::Answering)?;
                self.agent_mut(*agent)?.answered_round = *round;
                self.hear(*round, *agent, || What::Argument(argument.clone()));
            }
            RunEvent::Failed { round, agent, failure } => {
                self.enter(&[Phase::Asking, Phase::Answering], Phase::Answering)?;
                self.agent_mut(*agent)?.failures += u32::from(failure.kind.counts());
                self.totals.failures += u32::from(failure.kind.counts());
                self.tally.failures.push(failure.kind);
                if failure.kind.counts() {
                    self.hear(*round, *agent, || What::Silence(failure.kind));
                }
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
            RunEvent::Began { prices, order, .. } => {
                self.enter(&[Phase::New], Phase::Between)?;
                self.speech.prices.clone_from(prices);
                self.speech.order.clone_from(order);
            }
            RunEvent::TurnOpened { .. }
            | RunEvent::TurnClosed { .. }
            | RunEvent::StopDrawn { .. }
            | RunEvent::StopRevealed { .. }
            | RunEvent::Gauged { .. } => self.apply_turn(event)?,
            RunEvent::PeersPaid { .. } | RunEvent::Voided { .. } | RunEvent::Settled { .. } => {
                self.apply_settlement(event)?;
            }
            RunEvent::Closed { status, prices, .. } => {
                self.speech.prices.clone_from(prices);
                self.enter(&[Phase::Asking, Phase::Between], Phase::Closed(*status))?;
            }
        }
        Ok(())
    }

    fn apply_turn(&mut self, event: &RunEvent) -> Result<(), RunError> {
        match event {
            RunEvent::TurnOpened { round, agents, task } => {
                self.enter(&[Phase::Between], Phase::Asking)?;
                if let Some(&unknown) = agents.iter().find(|&&agent| agent >= self.agents.len()) {
                    return Err(RunError::UnknownAgent(unknown));
                }
                self.round = *round;
                self.tally = RoundTally::default();
                self.speech.turn = Some(Turn { agents: agents.clone(), task: *task });
            }
            RunEvent::TurnClosed { round, prices } => {
                self.enter(&[Phase::Asking, Phase::Answering], Phase::Between)?;
                self.totals.rounds = *round;
                self.speech.prices.clone_from(prices);
            }
            RunEvent::StopDrawn { stops, .. } => {
                self.enter(&[Phase::Between], Phase::Between)?;
                self.speech.stop_drawn |= *stops;
            }
            RunEvent::StopRevealed { .. } => self.enter(&[Phase::Asking, Phase::Between], Phase::Between)?,
            _ => self.enter(&[Phase::Between], Phase::Between)?,
        }
        Ok(())
    }

    /// A run is settled before it closes, or by a person afterwards; never twice.
    fn apply_settlement(&mut self, event: &RunEvent) -> Result<(), RunError> {
        if self.settled.is_some() {
            return Err(RunError::AlreadySettled);
        }
        match self.phase {
            Phase::Closed(_) => {}
            _ => self.enter(&[Phase::Asking, Phase::Between], Phase::Between)?,
        }
        self.settled = Some(match event {
            RunEvent::Settled { outcome, basis, .. } => {
                if *outcome >= self.spec.outcome_count() {
                    return Err(RunError::UnknownOutcome(*outcome));
                }
                if self.spec.mode.is_market() {
                    self.market.settle(*outcome)?;
                }
                Settled::Outcome(*outcome, *basis)
            }
            RunEvent::PeersPaid { reference, .. } => Settled::Peers(*reference),
            _ => {
                let budgets = self.budgets();
                self.market.refund(&budgets);
                Settled::Void
            }
        });
        Ok(())
    }

    /// Notes what was said, where no market is.
    fn hear(&mut self, round: u32, agent: usize, what: impl FnOnce() -> What) {
        if let Some(turn) = &self.speech.turn {
            self.speech.transcript.push(Said { round, agent, task: turn.task, what: what() });
        }
    }

    fn enter(&mut self, from: &[Phase], to: Phase) -> Result<(), RunError> {
        if !from.contains(&self.phase) {
            return Err(RunError::OutOfPlace);
        }
        self.phase = to;
        Ok(())
    }

    fn agent_mut(&mut self, agent: usize) -> Result<&mut super::AgentState, RunError> {
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
