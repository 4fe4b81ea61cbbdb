//! From a question and a panel to a complete set-up, by the defaults of mechanisms §2 and §3. Every one of them can be
//! changed afterwards in the set-up itself. It asks nobody and starts nothing.

use crate::belief::{Belief, Sizing};
use crate::market::math::ln;
use crate::market::{Cash, MICROS};
use crate::prng::Seed;
use crate::run::{AgentKind, AgentSpec, Mode, Prompts, RunSpec, StopRules, World};

/// ρ between two agents of the same model: personas of one model correlate at 0.94–0.97 (mechanisms §3.7).
pub const RHO_SAME_MODEL: f64 = 0.95;
/// ρ between two different models.
pub const RHO_OTHER_MODEL: f64 = 0.6;
/// b ln n as a share of all purses, for the evidence trade …
const PRIOR_SHARE_EVIDENCE: f64 = 0.05;
/// … and for the other rules.
const PRIOR_SHARE: f64 = 0.25;
/// The bounds of the set-up on b, in units.
const LIQUIDITY_RANGE: (f64, f64) = (0.001, 1e6);

/// A question as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// Facts that every agent sees.
    pub background: String,
    /// When which outcome counts as having happened.
    pub criterion: String,
    /// The outcomes.
    pub outcomes: Vec<String>,
    /// The known answer, never shown to agents.
    pub answer: Option<usize>,
}

impl Question {
    /// A question without words whose outcomes are yes and no.
    pub fn yes_no() -> Self {
        Self { outcomes: vec!["Yes".to_owned(), "No".to_owned()], ..Self::default() }
    }
}

/// A complete set-up. `world` counts only if there are simulated traders; if it is absent then, they get the default.
pub fn spec_for(question: Question, agents: Vec<AgentSpec>, world: Option<World>, seed: Seed) -> RunSpec {
    let simulated = agents.iter().any(|agent| agent.kind.is_simulated());
    let world = simulated.then(|| world.unwrap_or_else(default_world));
    let sizing = Sizing::Evidence { rho: default_rho(&agents, world.as_ref()) };
    let purses: Cash = agents.iter().map(|agent| agent.budget_micros).sum();
    RunSpec {
        liquidity_micros: liquidity(&sizing, purses, question.outcomes.len()),
        prior: Belief::uniform(question.outcomes.len()),
        question: question.text,
        background: question.background,
        criterion: question.criterion,
        reversed_question: String::new(),
        outcomes: question.outcomes,
        answer: question.answer,
        mode: Mode::Market,
        seed,
        sizing,
        stop: stop_rules(&agents),
        world,
        agents,
        prompts: Prompts::default(),
        derived_from: None,
        maker: crate::market::Maker::Lmsr,
        guard: crate::belief::Guard::None,
    }
}

/// b such that b ln n is the rule's share of all purses.
pub fn liquidity(sizing: &Sizing, purses: Cash, outcomes: usize) -> Cash {
    let share = if matches!(sizing, Sizing::Evidence { .. }) { PRIOR_SHARE_EVIDENCE } else { PRIOR_SHARE };
    let b = share * purses.units() / ln(outcomes.max(2) as f64);
    let (least, most) = LIQUIDITY_RANGE;
    Cash::round_up(b.clamp(least, most)).unwrap_or(Cash::from_micros(MICROS))
}

/// The panel's ρ: the mean over its pairs. Simulated traders share what their world says; a simulated trader and a
/// model share nothing; persons are not counted.
pub fn default_rho(agents: &[AgentSpec], world: Option<&World>) -> f64 {
    let shared = world.map_or(0.0, |world| world.shared_noise);
    let (mut total, mut pairs) = (0.0, 0_u32);
    for (place, one) in agents.iter().enumerate() {
        for other in &agents[place + 1..] {
            total += match (&one.kind, &other.kind) {
                (AgentKind::Person, _) | (_, AgentKind::Person) => continue,
                (AgentKind::Simulated { .. }, AgentKind::Simulated { .. }) => shared,
                (AgentKind::Model { model: one, .. }, AgentKind::Model { model: other, .. })
                    if one == other =>
                {
                    RHO_SAME_MODEL
                }
                (AgentKind::Model { .. }, AgentKind::Model { .. }) => RHO_OTHER_MODEL,
                _ => 0.0,
            };
            pairs += 1;
        }
    }
    // Two decimals: a figure that a person can read and set, and the same in every link.
    if pairs == 0 { 0.0 } else { (total / f64::from(pairs) * 100.0).round() / 100.0 }
}

/// The world of simulated traders unless it is set otherwise: signals of one standard deviation with a common part,
/// in five looks.
pub fn default_world() -> World {
    World { hidden_truth: None, signal_strength: 1.0, shared_noise: 0.3, looks: 5 }
}

/// When a run ends unless it is set otherwise: panels with a model are held to few rounds, calls and tokens.
pub fn stop_rules(agents: &[AgentSpec]) -> StopRules {
    let models = agents.iter().any(|agent| agent.kind.is_model());
    StopRules {
        epsilon: 0.01,
        max_rounds: if models { 3 } else { 8 },
        max_calls: models.then_some(60),
        max_tokens: models.then_some(200_000),
        max_cost_micro_usd: None,
        max_seconds: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::{model_agent, model_panel, simulated_panel};

    #[test]
    fn panels_and_their_rho() {
        let person =
            AgentSpec { name: "You".into(), budget_micros: Cash::from_units(100), kind: AgentKind::Person };
        let world = default_world();
        let mixed = vec![model_agent("a", 0), model_agent("a", 1), model_agent("b", 2), person.clone()];
        for (agents, expected) in [
            (model_panel("m", 3), 0.95),
            (mixed, 0.72),
            (simulated_panel(8), 0.3),
            (vec![model_agent("a", 0), person], 0.0),
        ] {
            let rho = default_rho(&agents, Some(&world));
            assert!((rho - expected).abs() < 1e-12, "{rho} is not {expected}");
        }
    }

    #[test]
    fn default_set_ups_are_valid() {
        for agents in [model_panel("m", 3), model_panel("m", 20), simulated_panel(8), simulated_panel(20)] {
            for outcomes in [2, 3, 12] {
                let question = Question {
                    text: "Which?".into(),
                    outcomes: (0..outcomes).map(|i| format!("Outcome {i}")).collect(),
                    ..Question::default()
                };
                let spec = spec_for(question, agents.clone(), None, Seed::new(1));
                assert_eq!(spec.validate(), Ok(()));
                let weight = spec.prior_weight();
                assert!((weight - 0.05 / 1.05).abs() < 1e-6, "weight of the prior {weight}");
                let mut names: Vec<&str> = spec.agents.iter().map(|agent| agent.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), spec.agents.len());
            }
        }
    }
}
