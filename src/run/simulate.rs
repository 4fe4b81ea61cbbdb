//! Answers of simulated agents: a pure function of the set-up and the state, so a simulated run needs no record of
//! them. The words say what the trader is; they claim nothing about the world.

use super::effect::AgentReply;
use super::simulate_turns::simulated_turn;
use super::spec::AgentKind;
use super::state::RunState;
use crate::belief::{Forecast, Signals, TraderKind, TraderView};

/// What a simulated agent answers now; `None` for every other kind of agent.
pub fn simulated_reply(state: &RunState, agent: usize) -> Option<AgentReply> {
    let AgentKind::Simulated { trader } = state.spec().agents.get(agent)?.kind else { return None };
    let signals = state.signals()?;
    if let Some(turn) = state.turn() {
        return Some(simulated_turn(state, signals, turn, agent, trader));
    }
    let view = state.view_for(agent);
    let before = if agent == 0 { state.agents().len() - 1 } else { agent - 1 };
    let neighbour = view.others.iter().find(|other| other.agent == before).map(|other| &other.beliefs);
    let seen = TraderView { round: view.round, prices: view.prices.as_deref(), neighbour };
    let beliefs = signals.belief(agent, trader, &seen);
    let favourite = &state.spec().outcomes[beliefs.favourite()];
    let headline = headline(trader, signals, view.round, favourite);
    let forecast = Forecast { headline, ..Forecast::wordless(beliefs) };
    Some(AgentReply { agent, calls: Vec::new(), result: Ok(forecast.into()) })
}

fn headline(trader: TraderKind, signals: &Signals, round: u32, favourite: &str) -> String {
    let (seen, all) = (signals.looks_by(round), signals.looks_by(u32::MAX));
    let looks = format!("{seen} of {all} signals seen");
    let words = match trader {
        TraderKind::Bayesian => format!("{looks}: they favour {favourite}"),
        TraderKind::Noisy => format!("{looks}, some misread: {favourite}"),
        TraderKind::Overconfident => format!("{looks}, and surely {favourite}"),
        TraderKind::Underconfident => format!("{looks}: {favourite}, perhaps"),
        TraderKind::Herding => format!("{looks}, and the price agrees with half of me: {favourite}"),
        TraderKind::Contrarian => format!("{looks}; the price goes too far, I say {favourite}"),
        TraderKind::Manipulator => format!("It is {favourite}, whatever anybody says"),
        TraderKind::Copycat => format!("I say what my neighbour says: {favourite}"),
        TraderKind::Random => format!("A throw of the dice: {favourite}"),
    };
    words.chars().take(crate::belief::MAX_HEADLINE_CHARS).collect()
}
