//! The settlement ladder (mechanisms §5): a known answer pays at the end of the run; a person can say later what
//! happened, in the same log, behind the closing event; a self-resolving market pays by its own last report; and a run
//! can be declared void, which gives everybody their money back. One run is settled once.

use super::RunError;
use super::effect::Resolution;
use super::event::{Basis, CloseReason, Ending, RunEvent};
use super::mode::Mode;
use super::protocols::maker_trader;
use super::state::{RunState, Settled};
use super::step::Scratch;
use crate::belief::Signals;
use crate::market::Cash;

/// Settles, where the outcome is known, and closes.
pub(super) fn close(scratch: &mut Scratch, status: Ending, reason: CloseReason) -> Result<(), RunError> {
    let prices = match scratch.state.spec().mode {
        Mode::MakerTrader(switches) => maker_trader::read_out(&scratch.state, &switches),
        _ => None,
    };
    let prices = prices.unwrap_or_else(|| scratch.state.prices());
    if let Some((outcome, basis)) = known(&scratch.state).filter(|_| scratch.state.settled().is_none()) {
        settle(scratch, outcome, basis)?;
    }
    // Payments show what was sealed; where there were none, it is shown here, so that the draws can be checked.
    let paid = matches!(scratch.state.settled(), Some(Settled::Peers(_)));
    if let (Mode::SelfResolving(_), Some(stop_seed), false) =
        (scratch.state.spec().mode, scratch.state.stop_secret(), paid)
    {
        scratch.emit(RunEvent::StopRevealed { stop_seed })?;
    }
    let totals = scratch.state.totals();
    scratch.emit(RunEvent::Closed { status, reason, prices, totals })
}

/// The outcome that the run itself knows.
fn known(state: &RunState) -> Option<(usize, Basis)> {
    let spec = state.spec();
    // A self-resolving market is paid by its peers, whatever else is known.
    if matches!(spec.mode, Mode::SelfResolving(_)) {
        return None;
    }
    let hidden = || spec.all_simulated().then(|| state.signals().map(Signals::truth)).flatten();
    match spec.answer {
        Some(answer) => Some((answer, Basis::KnownAnswer)),
        None => hidden().map(|truth| (truth, Basis::HiddenTruth)),
    }
}

fn settle(scratch: &mut Scratch, outcome: usize, basis: Basis) -> Result<(), RunError> {
    let state = &scratch.state;
    let (payouts_micros, maker_cash_micros) = if state.spec().mode.is_market() {
        let settlement = state.market().clone().settle(outcome)?;
        (settlement.payouts, settlement.maker_cash)
    } else if outcome < state.spec().outcome_count() {
        // Nobody owns anything: there is an outcome, and nothing to pay.
        (Vec::new(), Cash::ZERO)
    } else {
        return Err(RunError::UnknownOutcome(outcome));
    };
    scratch.emit(RunEvent::Settled { outcome, basis, payouts_micros, maker_cash_micros })
}

/// A person says what became of a finished run.
pub(super) fn resolve(scratch: &mut Scratch, resolution: Resolution) -> Result<(), RunError> {
    if scratch.state.settled().is_some() {
        return Err(RunError::AlreadySettled);
    }
    match resolution {
        Resolution::Outcome(outcome) => settle(scratch, outcome, Basis::Person),
        Resolution::Void => {
            let mut market = scratch.state.market().clone();
            market.refund(&scratch.state.budgets());
            let ledger = market.ledger();
            let refunds_micros = ledger.accounts().iter().map(|account| account.cash).collect();
            scratch.emit(RunEvent::Voided { refunds_micros, maker_cash_micros: ledger.maker_cash() })
        }
    }
}
