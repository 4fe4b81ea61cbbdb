//! The self-resolving market (Srinivasan, Karger & Chen 2023; mechanisms §5c): agents report in turn, each seeing what
//! was reported before; after each report the market stops with probability α; the last reporter is the reference
//! against which the others are paid, b Σ_i r_i ln(q_t,i / q_{t−1,i}). The stop is drawn from a seed whose digest stands
//! in the opening event and which is shown at the end, so nobody can move the end afterwards. Where models report it is a
//! secret of its own, which the set-up does not give away; among simulated traders it follows from the run's seed.

use super::turns::Next;
use crate::audit::Digest;
use crate::belief::sizing::{BELIEF_FLOOR, MODEL_BELIEF_FLOOR};
use crate::belief::{Belief, peer_payments};
use crate::market::Cash;
use crate::prng::Seed;
use crate::run::RunError;
use crate::run::event::{CloseReason, Ending, RunEvent};
use crate::run::fault::Fault;
use crate::run::mode::SelfResolving;
use crate::run::spec::RunSpec;
use crate::run::state::RunState;
use crate::run::step::Scratch;
use crate::run::transcript::{Said, Task, Turn};

/// Draws are integers below this.
const DRAWS: u32 = 1_000_000;

/// The order in which agents report.
pub(super) fn order(spec: &RunSpec) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spec.agents.len()).collect();
    spec.seed.stream("self_resolving/order").shuffle(&mut order);
    order
}

/// The seed that decides when the market stops: the run's secret, or else what follows from the seed of its set-up.
pub(super) fn stop_seed(state: &RunState) -> Seed {
    state.stop_secret().unwrap_or_else(|| derived_stop_seed(state.spec()))
}

/// What follows from the set-up where there is no secret.
fn derived_stop_seed(spec: &RunSpec) -> Seed {
    Seed::new(spec.seed.stream("self_resolving/stop").next_u64())
}

/// The digest that a log's first event seals the stop with, if it is not what follows from the set-up anyway.
fn seal(spec: &RunSpec, events: &[RunEvent]) -> Option<Digest> {
    match events.first() {
        Some(RunEvent::Began { stop_commitment, .. }) => {
            stop_commitment.filter(|sealed| *sealed != commitment(derived_stop_seed(spec)))
        }
        _ => None,
    }
}

/// The place where a log shows its stop seed, and the seed.
fn shown(events: &[RunEvent]) -> Option<(usize, Seed)> {
    events.iter().enumerate().rev().find_map(|(place, event)| match event {
        RunEvent::PeersPaid { stop_seed, .. } | RunEvent::StopRevealed { stop_seed } => {
            Some((place, *stop_seed))
        }
        _ => None,
    })
}

/// The secret that a log was sealed with and shows at its end.
pub(in crate::run) fn shown_secret(spec: &RunSpec, events: &[RunEvent]) -> Option<Seed> {
    let sealed = seal(spec, events)?;
    shown(events).map(|(_, seed)| seed).filter(|seed| commitment(*seed) == sealed)
}

/// What is wrong with the seal of a log, and at which place: it was never opened, or it holds something else.
pub(in crate::run) fn seal_fault(spec: &RunSpec, events: &[RunEvent]) -> Option<(usize, Fault)> {
    if !matches!(spec.mode, crate::run::mode::Mode::SelfResolving(_)) {
        return None;
    }
    let sealed = seal(spec, events)?;
    match shown(events) {
        None => Some((events.len(), Fault::StillSealed)),
        Some((_, seed)) if commitment(seed) == sealed => None,
        // A seed that follows from the set-up was sealed with it: then it is the first event that was changed.
        Some((_, seed)) if seed == derived_stop_seed(spec) => None,
        Some((place, _)) => Some((place, Fault::OtherSeal)),
    }
}

/// SHA-256 of the stop seed's 16 hexadecimal digits.
pub(super) fn commitment(stop_seed: Seed) -> Digest {
    Digest::of(stop_seed.to_string().as_bytes())
}

/// Draws whether the market stops after the report that has just come; a turn without a report draws nothing.
pub(super) fn draw(scratch: &mut Scratch, switches: &SelfResolving) -> Result<(), RunError> {
    let state = &scratch.state;
    if state.transcript().last().is_none_or(Said::is_silence) {
        return Ok(());
    }
    let reports = state.transcript().iter().filter(|said| said.forecast().is_some()).count();
    let draw = stop_seed(state).stream(&format!("stop/{reports}")).below(u64::from(DRAWS)) as u32;
    let stops = f64::from(draw) < switches.stop_chance * f64::from(DRAWS);
    let round = state.round();
    scratch.emit(RunEvent::StopDrawn { round, draw_millionths: draw, stops })
}

pub(super) fn next(state: &RunState) -> Next {
    if state.stop_drawn() {
        return Next::End(Ending::Completed, CloseReason::StopDrawn);
    }
    let asked = state.transcript().len();
    match state.order().get(asked) {
        Some(&agent) => Next::Turn(Turn { agents: vec![agent], task: Task::Forecast }),
        None if state.transcript().iter().all(Said::is_silence) => {
            Next::End(Ending::Failed, CloseReason::NoAnswers)
        }
        None => Next::End(Ending::Completed, CloseReason::AllSpoke),
    }
}

/// Pays the reporters; nothing if nobody reported.
pub(super) fn pay(scratch: &mut Scratch, switches: &SelfResolving) -> Result<(), RunError> {
    let state = &scratch.state;
    let spec = state.spec();
    let reports: Vec<(usize, &Belief)> = state
        .transcript()
        .iter()
        .filter_map(|said| said.forecast().map(|forecast| (said.agent, &forecast.beliefs)))
        .collect();
    let Some(&(reference, _)) = reports.last() else { return Ok(()) };
    // One floor for all: a copy is worth nothing only if both are clipped alike.
    let models = spec.agents.iter().any(|agent| agent.kind.is_model());
    let floor = if models { MODEL_BELIEF_FLOOR } else { BELIEF_FLOOR };
    let chain: Vec<Vec<f64>> = std::iter::once(&spec.prior)
        .chain(reports.iter().map(|(_, belief)| *belief))
        .map(|belief| belief.clipped(floor))
        .collect();
    let paid = peer_payments(&chain, spec.liquidity_micros.units());
    let scored = reports.len().saturating_sub(switches.flat as usize);
    let mut payments_micros = vec![Cash::ZERO; spec.agents.len()];
    for (place, &(agent, _)) in reports.iter().enumerate() {
        payments_micros[agent] =
            if place < scored { payment(paid[place])? } else { switches.flat_fee_micros };
    }
    let stop_seed = stop_seed(state);
    scratch.emit(RunEvent::PeersPaid { reference, stop_seed, payments_micros })
}

/// A score as money, rounded against the reporter: down, below zero too.
fn payment(units: f64) -> Result<Cash, RunError> {
    let amount = if units < 0.0 {
        Cash::round_up(-units).map(|loss| Cash::ZERO - loss)
    } else {
        Cash::round_down(units)
    };
    amount.map_err(|error| crate::market::OrderError::from(error).into())
}
