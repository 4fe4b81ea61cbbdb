//! What simulated agents say where a mode asks them in turn (mechanisms §11). Each has its whole signal at once; what
//! somebody argued is known to whoever speaks later. The words claim nothing about the world.

use super::effect::{AgentReply, Answer, Argument};
use super::mode::{Debate, DebateStyle, Mode};
use super::state::RunState;
use super::transcript::{Said, Task, Turn, What};
use crate::belief::{Belief, Forecast, Signals, TraderKind, TraderView};
use crate::market::math;

/// The standard deviation of the noise on a simulated maker's quotes (mechanisms §11).
const QUOTE_NOISE: f64 = 0.1;
/// A noisy quote stays off certainty by this much.
const QUOTE_FLOOR: f64 = 0.01;
/// Everything a trader will ever see.
const WHOLE_SIGNAL: u32 = u32::MAX;

/// What a simulated agent says in this turn.
pub(super) fn simulated_turn(
    state: &RunState,
    signals: &Signals,
    turn: &Turn,
    agent: usize,
    trader: TraderKind,
) -> AgentReply {
    let own = own_belief(signals, agent, trader);
    let name = |belief: &Belief| state.spec().outcomes[belief.favourite()].clone();
    let answer = match turn.task {
        Task::Argue { side } => {
            let argument = match side {
                Some(side) => {
                    format!(
                        "Told to argue for {}; my signals favour {}",
                        state.spec().outcomes[side],
                        name(&own)
                    )
                }
                None => format!("My signals favour {}", name(&own)),
            };
            let before = state.transcript().iter().rev().find(|said| said.argument().is_some());
            let asks = cross_examines(state) && before.is_some_and(|before| before.agent != agent);
            let question = if asks { "How sure are your signals?".to_owned() } else { String::new() };
            Answer::Argument(Argument { argument, question })
        }
        Task::Reply => {
            let sure = percent(own.of(own.favourite()));
            let argument = format!("As sure as {sure} for {}", name(&own));
            Answer::Argument(Argument { argument, question: String::new() })
        }
        Task::Forecast => {
            let beliefs = forecast(state, signals, agent, trader, own);
            let headline = match state.spec().mode {
                Mode::MakerTrader(_) => format!("With what was argued so far: {}", name(&beliefs)),
                Mode::SelfResolving(_) => {
                    format!("With my signals and the reports before: {}", name(&beliefs))
                }
                _ => format!("My signals favour {}", name(&beliefs)),
            };
            Answer::Forecast(Forecast {
                headline: headline.chars().take(crate::belief::MAX_HEADLINE_CHARS).collect(),
                ..Forecast::wordless(beliefs)
            })
        }
    };
    AgentReply { agent, calls: Vec::new(), result: Ok(answer) }
}

fn cross_examines(state: &RunState) -> bool {
    matches!(state.spec().mode, Mode::MakerTrader(switches) if switches.cross_examination)
}

fn percent(p: f64) -> String {
    format!("{}%", (p * 100.0).round())
}

/// What an agent makes of its whole signal alone.
fn own_belief(signals: &Signals, agent: usize, trader: TraderKind) -> Belief {
    signals.belief(agent, trader, &TraderView { round: WHOLE_SIGNAL, prices: None, neighbour: None })
}

fn forecast(state: &RunState, signals: &Signals, agent: usize, trader: TraderKind, own: Belief) -> Belief {
    match state.spec().mode {
        Mode::MakerTrader(_) => noisy(state, &pooled(state, signals, agent, &own)),
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => pooled(state, signals, agent, &own),
        Mode::SelfResolving(_) => report(state, signals, agent, trader, &own),
        Mode::Market | Mode::SelfConsistency(_) | Mode::Debate(_) => own,
    }
}

/// The posterior of whoever has this agent's signal and that of everybody who argued, each counted once, with the
/// discount for shared noise.
fn pooled(state: &RunState, signals: &Signals, agent: usize, own: &Belief) -> Belief {
    let argued = |said: &&Said| matches!(said.what, What::Argument(_)) && said.agent != agent;
    let mut heard: Vec<usize> = state.transcript().iter().filter(argued).map(|said| said.agent).collect();
    heard.sort_unstable();
    heard.dedup();
    let others = heard.into_iter().filter_map(|other| match state.spec().agents[other].kind {
        super::spec::AgentKind::Simulated { trader } => Some(own_belief(signals, other, trader)),
        _ => None,
    });
    let evidence: Vec<Belief> = std::iter::once(own.clone()).chain(others).collect();
    let weight = discount(state, evidence.len());
    combine(&state.spec().prior, &state.spec().prior, evidence.iter(), weight)
}

/// A report in a self-resolving market: the report before, and one's own evidence on top.
fn report(state: &RunState, signals: &Signals, agent: usize, trader: TraderKind, own: &Belief) -> Belief {
    let last = state.transcript().iter().rev().find_map(Said::forecast);
    let before = last.map_or(&state.spec().prior, |forecast| &forecast.beliefs);
    match trader {
        TraderKind::Copycat => before.clone(),
        TraderKind::Manipulator | TraderKind::Random => own.clone(),
        TraderKind::Herding | TraderKind::Contrarian => {
            let prices = before.probabilities();
            let view = TraderView { round: WHOLE_SIGNAL, prices: Some(&prices), neighbour: Some(before) };
            signals.belief(agent, trader, &view)
        }
        TraderKind::Bayesian | TraderKind::Noisy | TraderKind::Overconfident | TraderKind::Underconfident => {
            let weight = discount(state, state.agents().len());
            combine(before, &state.spec().prior, std::iter::once(own), weight)
        }
    }
}

/// The weight of one of so many pieces of evidence that share a part of their noise (mechanisms §3.7).
fn discount(state: &RunState, pieces: usize) -> f64 {
    let rho = state.spec().world.as_ref().map_or(0.0, |world| world.shared_noise);
    1.0 / (1.0 + (pieces.max(1) - 1) as f64 * rho)
}

/// `start` · Π (belief / prior)^weight, normalised.
fn combine<'a>(
    start: &Belief,
    prior: &Belief,
    beliefs: impl Iterator<Item = &'a Belief>,
    weight: f64,
) -> Belief {
    let floor = crate::belief::sizing::BELIEF_FLOOR;
    let log = |belief: &Belief| belief.clipped(floor).into_iter().map(math::ln).collect::<Vec<f64>>();
    let (mut logs, prior) = (log(start), log(prior));
    for belief in beliefs {
        for ((sum, own), prior) in logs.iter_mut().zip(log(belief)).zip(&prior) {
            *sum += weight * (own - prior);
        }
    }
    let weights: Vec<f64> = math::log_normalise(logs).into_iter().map(math::exp).collect();
    Belief::from_weights(&weights).unwrap_or_else(|_| start.clone())
}

/// A maker's quote of two outcomes with the noise of mechanisms §11.
fn noisy(state: &RunState, belief: &Belief) -> Belief {
    let quotes = state.transcript().iter().filter(|said| said.forecast().is_some()).count();
    let mut draws = state.spec().seed.stream(&format!("maker/noise/{quotes}"));
    let noise = QUOTE_NOISE * math::standard_normal([draws.next_u64(), draws.next_u64()]);
    let p = (belief.of(0) + noise).clamp(QUOTE_FLOOR, 1.0 - QUOTE_FLOOR);
    Belief::from_weights(&[p, 1.0 - p]).unwrap_or_else(|_| belief.clone())
}
