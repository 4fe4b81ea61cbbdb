//! The set-up on the wire.

use serde::{Deserialize, Serialize};

use super::mode::WireMode;
use super::number::{Decimal, WireBelief};
use super::{WireError, mirror};
use crate::belief::{Belief, Guard, Sizing, TraderKind};
use crate::market::{Cash, MAX_OUTCOMES, Maker};
use crate::prng::Seed;
use crate::run::spec::MAX_AGENTS;
use crate::run::{AgentKind, AgentSpec, Elicitation, Origin, Prompts, RunSpec, StopRules, TokenPrice, World};
use crate::share::bounded::Bounded;

/// [`RunSpec`] on the wire.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) struct WireSetUp {
    question: String,
    background: String,
    criterion: String,
    outcomes: Bounded<String, MAX_OUTCOMES>,
    answer: Option<u8>,
    mode: WireMode,
    seed: u64,
    liquidity: Decimal,
    /// None: all outcomes alike.
    prior: Option<WireBelief>,
    sizing: WireSizing,
    stop: WireStop,
    world: Option<WireWorld>,
    agents: Bounded<WireAgent, MAX_AGENTS>,
}

#[derive(Debug, Serialize, Deserialize)]
enum WireSizing {
    Evidence { rho: Decimal },
    Kelly { fraction: Decimal },
    Cara { tolerance: Decimal },
    RiskNeutral,
    Crra { gamma: Decimal },
}

#[derive(Debug, Serialize, Deserialize)]
struct WireStop {
    epsilon: Decimal,
    max_rounds: u32,
    max_calls: Option<u32>,
    max_tokens: Option<Decimal>,
    max_cost: Option<Decimal>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireWorld {
    hidden_truth: Option<u8>,
    signal_strength: Decimal,
    shared_noise: Decimal,
    looks: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireAgent {
    name: String,
    budget: Decimal,
    kind: WireKind,
}

#[derive(Debug, Serialize, Deserialize)]
enum WireKind {
    Simulated(WireTrader),
    Model {
        model: String,
        temperature: Option<Decimal>,
        max_tokens: u32,
        persona: String,
        evidence: String,
        price: Option<(Decimal, Decimal)>,
    },
    Person,
}

mirror!(
    WireTrader = TraderKind {
        Bayesian,
        Noisy,
        Overconfident,
        Underconfident,
        Herding,
        Contrarian,
        Manipulator,
        Copycat,
        Random,
    }
);

impl WireSetUp {
    /// From a checked set-up.
    pub(in crate::share) fn from_spec(spec: &RunSpec) -> Result<Self, WireError> {
        let RunSpec {
            question,
            background,
            criterion,
            outcomes,
            answer,
            mode,
            seed,
            liquidity_micros,
            prior,
            sizing,
            stop,
            world,
            agents,
            // Extras hold them.
            reversed_question: _,
            prompts: _,
            maker: _,
            guard: _,
            // The label holds it: digests are not packed.
            derived_from: _,
        } = spec;
        let agents = agents.iter().map(WireAgent::from_agent).collect::<Result<_, _>>()?;
        let uniform = *prior == Belief::uniform(prior.outcomes());
        Ok(Self {
            question: question.clone(),
            background: background.clone(),
            criterion: criterion.clone(),
            outcomes: Bounded::new(outcomes.clone()).ok_or(WireError::TooMany("outcomes"))?,
            answer: place(*answer)?,
            mode: WireMode::from_mode(mode)?,
            seed: seed.bits(),
            liquidity: Decimal::from_i64(liquidity_micros.micros()),
            prior: if uniform { None } else { Some(WireBelief::from_belief(prior)?) },
            sizing: WireSizing::from_sizing(sizing)?,
            stop: WireStop::from_rules(stop)?,
            world: world.as_ref().map(WireWorld::from_world).transpose()?,
            agents: Bounded::new(agents).ok_or(WireError::TooMany("agents"))?,
        })
    }

    /// The set-up; its limits are still to be checked.
    pub(in crate::share) fn into_spec(self, derived_from: Option<Origin>) -> Result<RunSpec, WireError> {
        let outcomes = self.outcomes.into_vec();
        let prior = match self.prior {
            Some(prior) => prior.into_belief()?,
            None => Belief::uniform(outcomes.len()),
        };
        let agents = self.agents.into_vec().into_iter().map(WireAgent::into_agent);
        Ok(RunSpec {
            question: self.question,
            background: self.background,
            criterion: self.criterion,
            answer: self.answer.map(usize::from),
            mode: self.mode.into_mode()?,
            seed: Seed::new(self.seed),
            liquidity_micros: Cash::from_micros(self.liquidity.to_micros()?),
            prior,
            sizing: self.sizing.into_sizing()?,
            stop: self.stop.into_rules()?,
            world: self.world.map(WireWorld::into_world).transpose()?,
            agents: agents.collect::<Result<_, _>>()?,
            reversed_question: String::new(),
            prompts: Prompts::default(),
            derived_from,
            outcomes,
            maker: Maker::Lmsr,
            guard: Guard::None,
        })
    }
}

impl WireSizing {
    fn from_sizing(sizing: &Sizing) -> Result<Self, WireError> {
        Ok(match *sizing {
            Sizing::Evidence { rho } => Self::Evidence { rho: Decimal::from_f64(rho)? },
            Sizing::Kelly { fraction } => Self::Kelly { fraction: Decimal::from_f64(fraction)? },
            Sizing::Cara { tolerance } => Self::Cara { tolerance: Decimal::from_f64(tolerance)? },
            Sizing::RiskNeutral => Self::RiskNeutral,
            Sizing::Crra { gamma } => Self::Crra { gamma: Decimal::from_f64(gamma)? },
        })
    }

    fn into_sizing(self) -> Result<Sizing, WireError> {
        Ok(match self {
            Self::Evidence { rho } => Sizing::Evidence { rho: rho.to_f64()? },
            Self::Kelly { fraction } => Sizing::Kelly { fraction: fraction.to_f64()? },
            Self::Cara { tolerance } => Sizing::Cara { tolerance: tolerance.to_f64()? },
            Self::RiskNeutral => Sizing::RiskNeutral,
            Self::Crra { gamma } => Sizing::Crra { gamma: gamma.to_f64()? },
        })
    }
}

impl WireStop {
    fn from_rules(rules: &StopRules) -> Result<Self, WireError> {
        let StopRules {
            epsilon,
            max_rounds,
            max_calls,
            max_tokens,
            max_cost_micro_usd,
            // An extra holds it.
            max_seconds: _,
        } = rules;
        Ok(Self {
            epsilon: Decimal::from_f64(*epsilon)?,
            max_rounds: *max_rounds,
            max_calls: *max_calls,
            max_tokens: max_tokens.map(Decimal::from_u64).transpose()?,
            max_cost: max_cost_micro_usd.map(Decimal::from_u64).transpose()?,
        })
    }

    fn into_rules(self) -> Result<StopRules, WireError> {
        Ok(StopRules {
            epsilon: self.epsilon.to_f64()?,
            max_rounds: self.max_rounds,
            max_calls: self.max_calls,
            max_tokens: self.max_tokens.map(Decimal::to_u64).transpose()?,
            max_cost_micro_usd: self.max_cost.map(Decimal::to_u64).transpose()?,
            max_seconds: None,
        })
    }
}

impl WireWorld {
    fn from_world(world: &World) -> Result<Self, WireError> {
        let World { hidden_truth, signal_strength, shared_noise, looks } = world;
        Ok(Self {
            hidden_truth: place(*hidden_truth)?,
            signal_strength: Decimal::from_f64(*signal_strength)?,
            shared_noise: Decimal::from_f64(*shared_noise)?,
            looks: *looks,
        })
    }

    fn into_world(self) -> Result<World, WireError> {
        Ok(World {
            hidden_truth: self.hidden_truth.map(usize::from),
            signal_strength: self.signal_strength.to_f64()?,
            shared_noise: self.shared_noise.to_f64()?,
            looks: self.looks,
        })
    }
}

impl WireAgent {
    fn from_agent(agent: &AgentSpec) -> Result<Self, WireError> {
        let AgentSpec { name, budget_micros, kind } = agent;
        let kind = match kind {
            AgentKind::Simulated { trader } => WireKind::Simulated((*trader).into()),
            // An extra holds the elicitation.
            AgentKind::Model { model, temperature, max_tokens, persona, evidence, price, elicitation: _ } => {
                WireKind::Model {
                    model: model.clone(),
                    temperature: temperature.map(Decimal::from_f64).transpose()?,
                    max_tokens: *max_tokens,
                    persona: persona.clone(),
                    evidence: evidence.clone(),
                    price: price.as_ref().map(from_price).transpose()?,
                }
            }
            AgentKind::Person => WireKind::Person,
        };
        Ok(Self { name: name.clone(), budget: Decimal::from_i64(budget_micros.micros()), kind })
    }

    fn into_agent(self) -> Result<AgentSpec, WireError> {
        let kind = match self.kind {
            WireKind::Simulated(trader) => AgentKind::Simulated { trader: trader.into() },
            WireKind::Model { model, temperature, max_tokens, persona, evidence, price } => {
                AgentKind::Model {
                    model,
                    temperature: temperature.map(Decimal::to_f64).transpose()?,
                    max_tokens,
                    persona,
                    evidence,
                    price: price.map(into_price).transpose()?,
                    elicitation: Elicitation::Stated,
                }
            }
            WireKind::Person => AgentKind::Person,
        };
        Ok(AgentSpec { name: self.name, budget_micros: Cash::from_micros(self.budget.to_micros()?), kind })
    }
}

fn from_price(price: &TokenPrice) -> Result<(Decimal, Decimal), WireError> {
    let TokenPrice { input_micro_usd, output_micro_usd } = price;
    Ok((Decimal::from_u64(*input_micro_usd)?, Decimal::from_u64(*output_micro_usd)?))
}

fn into_price((input, output): (Decimal, Decimal)) -> Result<TokenPrice, WireError> {
    Ok(TokenPrice { input_micro_usd: input.to_u64()?, output_micro_usd: output.to_u64()? })
}

/// An outcome's place: a question has 12 at most.
fn place(outcome: Option<usize>) -> Result<Option<u8>, WireError> {
    let narrow = |outcome: usize| u8::try_from(outcome).map_err(|_| WireError::TooMany("outcomes"));
    outcome.map(narrow).transpose()
}
