//! The set-up of a run: everything that, with the recorded replies, decides every event. It has no field for a
//! key, an endpoint or a header, and unknown fields are refused, so none can travel in a file or a link.

use serde::{Deserialize, Serialize};

use super::asking::{Elicitation, Prompts};
use super::mode::Mode;
use crate::belief::{Belief, Guard, Sizing, TraderKind};
use crate::market::{Cash, MAX_OUTCOMES, MIN_OUTCOMES, Maker};
use crate::prng::Seed;

/// The most agents a panel has.
pub const MAX_AGENTS: usize = 32;
/// The most rounds a run may have.
pub const MAX_ROUNDS: u32 = 100;
/// The largest integer that JSON numbers hold exactly: above it, two numbers have one digest.
pub const MAX_EXACT: u64 = (1 << 53) - 1;
/// The most tokens of one call that are believed, so that no sum over a run passes [`MAX_EXACT`] …
pub const MAX_CALL_TOKENS: u64 = 100_000_000;
/// … and the dearest token, in millionths of a US dollar a million: 1,000 dollars.
pub const MAX_TOKEN_PRICE: u64 = 1_000_000_000;
/// The longest question, outcome name, persona and so on, in bytes: one limit for short texts …
pub const MAX_SHORT_TEXT: usize = 2_000;
/// … and one for backgrounds and evidence.
pub const MAX_LONG_TEXT: usize = 100_000;

/// The set-up of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunSpec {
    /// The question, as the agents read it.
    pub question: String,
    /// Facts that every agent sees.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub background: String,
    /// When which outcome counts as having happened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub criterion: String,
    /// The same question the other way round, in words: models are asked it too, and the two answers are averaged in
    /// log-odds. For two outcomes only; empty where it is not asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reversed_question: String,
    /// The names of the 2–12 outcomes.
    pub outcomes: Vec<String>,
    /// The known answer, if there is one: the outcome's place from 0. Agents never see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<usize>,
    /// How the panel comes to its answer.
    pub mode: Mode,
    /// Decides every random choice.
    pub seed: Seed,
    /// The market's liquidity b.
    pub liquidity_micros: Cash,
    /// The opening prices, which are also the agents' common prior.
    pub prior: Belief,
    /// How a belief becomes a trade.
    pub sizing: Sizing,
    /// Which rule prices the outcomes.
    #[serde(default, skip_serializing_if = "Maker::is_lmsr")]
    pub maker: Maker,
    /// What is done about agents that may mislead.
    #[serde(default, skip_serializing_if = "Guard::is_none")]
    pub guard: Guard,
    /// When the run ends.
    pub stop: StopRules,
    /// The world that simulated traders see signals of; present exactly if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world: Option<World>,
    /// The panel, in roster order.
    pub agents: Vec<AgentSpec>,
    /// The words of the models' prompts, where they are not the usual ones.
    #[serde(default, skip_serializing_if = "Prompts::is_usual")]
    pub prompts: Prompts,
    /// Where a reduced or changed copy comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived_from: Option<Origin>,
}

/// When a run ends, besides a person's Stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopRules {
    /// Trades that would move no price by this much (in probability) are not made; a round without trades is the end.
    pub epsilon: f64,
    /// Rounds of answers at most, the first, blind one included.
    pub max_rounds: u32,
    /// Calls to models at most, transport retries included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_calls: Option<u32>,
    /// Tokens at most, read and written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    /// Money at most, in millionths of a US dollar; needs prices on the agents' models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_cost_micro_usd: Option<u64>,
    /// Seconds that the session may work on the run at most, pauses not counted. The session keeps the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_seconds: Option<u32>,
}

/// The world behind a simulated panel (mechanisms §11): a truth, and signals of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// The hidden truth; if absent, the seed draws it from the prior.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_truth: Option<usize>,
    /// d′: how far a trader's whole signal sets two outcomes apart, in standard deviations.
    pub signal_strength: f64,
    /// The share of the signals' noise that all traders have in common, in [0, 1].
    pub shared_noise: f64,
    /// A trader's signal comes in so many equal parts, one a round.
    pub looks: u32,
}

/// One member of the panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentSpec {
    /// The name shown.
    pub name: String,
    /// Its purse at the start.
    pub budget_micros: Cash,
    /// Who or what it is.
    pub kind: AgentKind,
}

/// Who or what an agent is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentKind {
    /// A seeded trader that knows nothing about the world.
    Simulated {
        /// How it reads its signal.
        trader: TraderKind,
    },
    /// A language model, called through a connection that the person running the panel set up.
    Model {
        /// The model's name at its server.
        model: String,
        /// Sampling temperature; absent where the model takes none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        temperature: Option<f64>,
        /// Tokens an answer may take.
        max_tokens: u32,
        /// Who the agent is told to be.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        persona: String,
        /// Text that only this agent sees.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        evidence: String,
        /// What its tokens cost, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<TokenPrice>,
        /// How its belief is asked for.
        #[serde(default, skip_serializing_if = "Elicitation::is_stated")]
        elicitation: Elicitation,
    },
    /// A person who trades by hand.
    Person,
}

/// What a model's tokens cost, in millionths of a US dollar a million tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenPrice {
    /// Tokens read.
    pub input_micro_usd: u64,
    /// Tokens written.
    pub output_micro_usd: u64,
}

impl AgentKind {
    /// Whether its answers follow from the set-up.
    pub fn is_simulated(&self) -> bool {
        matches!(self, Self::Simulated { .. })
    }

    /// Whether it is a language model.
    pub fn is_model(&self) -> bool {
        matches!(self, Self::Model { .. })
    }

    /// Whether it is a person, who trades when they like and is never asked.
    pub fn is_person(&self) -> bool {
        matches!(self, Self::Person)
    }
}

impl TokenPrice {
    /// What a call costs, rounded up, in millionths of a US dollar.
    pub fn cost_micro_usd(&self, tokens_read: u64, tokens_written: u64) -> u64 {
        let cost = u128::from(self.input_micro_usd) * u128::from(tokens_read)
            + u128::from(self.output_micro_usd) * u128::from(tokens_written);
        u64::try_from(cost.div_ceil(1_000_000)).unwrap_or(u64::MAX)
    }
}

/// Where a derived run comes from, and what was left out on the way. With [`Texts::Everything`] nothing was: it is a
/// run of its own that asks the same question in another way, to be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The head digest of the original run, 64 hexadecimal digits.
    pub head: crate::audit::Digest,
    /// The texts it keeps.
    pub texts: Texts,
}

/// Which texts of the agents a run holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Texts {
    /// Beliefs only.
    Numbers,
    /// Beliefs and headlines.
    Headlines,
    /// All that was said.
    Everything,
}

/// Why a set-up is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SpecError {
    /// The question is empty.
    #[error("the question is empty")]
    NoQuestion,
    /// Too few or too many outcomes.
    #[error("a question has {MIN_OUTCOMES} to {MAX_OUTCOMES} outcomes, not {0}")]
    OutcomeCount(usize),
    /// An outcome has no name, or two have the same.
    #[error("every outcome needs a name of its own (see outcome {0})")]
    OutcomeName(usize),
    /// The panel is empty or too large.
    #[error("a panel has 1 to {MAX_AGENTS} agents, not {0}")]
    AgentCount(usize),
    /// A text is over its limit.
    #[error("{0} is too long: {1} bytes, the limit is {2}")]
    TooLong(&'static str, usize, usize),
    /// A number is out of its range.
    #[error("{0} is out of range")]
    OutOfRange(&'static str),
    /// There are simulated traders and no world, or the reverse.
    #[error("simulated traders need a world, and only they do")]
    WorldMismatch,
    /// The mode cannot work with this set-up.
    #[error("{0}")]
    Mode(&'static str),
}

impl RunSpec {
    /// How many outcomes the question has.
    pub fn outcome_count(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether every agent is simulated: such a run follows from its set-up alone.
    pub fn all_simulated(&self) -> bool {
        self.agents.iter().all(|agent| agent.kind.is_simulated())
    }

    /// Whether agents make evidence trades and nothing guards against one that misleads.
    pub fn unguarded_evidence(&self) -> bool {
        self.guard.is_none() && matches!(self.sizing, Sizing::Evidence { .. })
    }

    /// The head of the run that this one was made to be compared with, if it was: a reduced copy was not.
    pub fn compared_with(&self) -> Option<crate::audit::Digest> {
        self.derived_from
            .as_ref()
            .filter(|origin| origin.texts == Texts::Everything)
            .map(|origin| origin.head)
    }

    /// The total of all purses.
    pub fn total_budget(&self) -> Cash {
        self.agents.iter().map(|agent| agent.budget_micros).sum()
    }

    /// The weight of the prior against the panel's money: b ln n / (b ln n + ΣW), Sethi & Vaughan 2016.
    pub fn prior_weight(&self) -> f64 {
        let rarest = (0..self.prior.outcomes()).map(|i| self.prior.of(i)).fold(1.0, f64::min);
        let maker = -self.liquidity_micros.units() * crate::market::math::ln(rarest);
        maker / (maker + self.total_budget().units())
    }

    /// Checks every limit that the types do not.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn validate(&self) -> Result<(), SpecError> {
        self.validate_question()?;
        self.validate_market()?;
        let simulated = self.agents.iter().any(|agent| agent.kind.is_simulated());
        if simulated != self.world.is_some() {
            return Err(SpecError::WorldMismatch);
        }
        if self.agents.is_empty() || self.agents.len() > MAX_AGENTS {
            return Err(SpecError::AgentCount(self.agents.len()));
        }
        self.agents.iter().try_for_each(AgentSpec::validate)?;
        self.mode.validate(self)
    }

    fn validate_question(&self) -> Result<(), SpecError> {
        let count = self.outcomes.len();
        if self.question.trim().is_empty() {
            return Err(SpecError::NoQuestion);
        }
        if !(MIN_OUTCOMES..=MAX_OUTCOMES).contains(&count) || self.prior.outcomes() != count {
            return Err(SpecError::OutcomeCount(count));
        }
        for (place, name) in self.outcomes.iter().enumerate() {
            short("an outcome's name", name)?;
            if name.trim().is_empty() || self.outcomes[..place].contains(name) {
                return Err(SpecError::OutcomeName(place + 1));
            }
        }
        short("the question", &self.question)?;
        short("the reversed question", &self.reversed_question)?;
        in_range("the reversed question", self.reversed_question.is_empty() || count == 2)?;
        self.prompts.changed().try_for_each(|template| long("a prompt's template", template))?;
        long("the background", &self.background)?;
        long("the resolution criterion", &self.criterion)?;
        in_range("the known answer", self.answer.is_none_or(|answer| answer < count))
    }

    fn validate_market(&self) -> Result<(), SpecError> {
        let liquidity = self.liquidity_micros.units();
        in_range("the liquidity", (0.001..=1e6).contains(&liquidity))?;
        in_range("the prior", self.prior.millionths().iter().all(|&m| m > 0))?;
        in_range("the sizing rule", self.sizing.is_valid())?;
        in_range("the market maker for this number of outcomes", self.maker.fits(self.outcomes.len()))?;
        let guarded = self.guard.is_none() || matches!(self.sizing, Sizing::Evidence { .. });
        in_range(
            "the guard, which only evidence trades know,",
            guarded && self.guard.fits(self.agents.len(), self.outcomes.len()),
        )?;
        in_range("ε", (0.0..=1.0).contains(&self.stop.epsilon))?;
        in_range("the number of rounds", (1..=MAX_ROUNDS).contains(&self.stop.max_rounds))?;
        in_range("the limit of tokens", self.stop.max_tokens.is_none_or(|most| most <= MAX_EXACT))?;
        in_range("the limit of money", self.stop.max_cost_micro_usd.is_none_or(|most| most <= MAX_EXACT))?;
        in_range("the limit of time", self.stop.max_seconds != Some(0))?;
        let Some(world) = &self.world else { return Ok(()) };
        let truth_known = world.hidden_truth.is_none_or(|truth| truth < self.outcomes.len());
        in_range("the hidden truth", truth_known)?;
        in_range("the signal strength", (0.0..=10.0).contains(&world.signal_strength))?;
        in_range("the shared noise", (0.0..=1.0).contains(&world.shared_noise))?;
        in_range("the number of looks", (1..=MAX_ROUNDS).contains(&world.looks))
    }
}

impl AgentSpec {
    fn validate(&self) -> Result<(), SpecError> {
        short("an agent's name", &self.name)?;
        in_range("an agent's name", !self.name.trim().is_empty())?;
        in_range("an agent's budget", (0.0..=1e6).contains(&self.budget_micros.units()))?;
        if let AgentKind::Model { model, temperature, max_tokens, persona, evidence, price, .. } = &self.kind
        {
            short("a model's name", model)?;
            long("a persona", persona)?;
            long("an agent's evidence", evidence)?;
            in_range("a temperature", temperature.is_none_or(|t| (0.0..=2.0).contains(&t)))?;
            in_range("an answer's tokens", (1..=1_000_000).contains(max_tokens))?;
            let dearest = price.map_or(0, |price| price.input_micro_usd.max(price.output_micro_usd));
            in_range("a price of tokens", dearest <= MAX_TOKEN_PRICE)?;
        }
        Ok(())
    }
}

fn short(what: &'static str, text: &str) -> Result<(), SpecError> {
    limit(what, text, MAX_SHORT_TEXT)
}

fn long(what: &'static str, text: &str) -> Result<(), SpecError> {
    limit(what, text, MAX_LONG_TEXT)
}

fn limit(what: &'static str, text: &str, most: usize) -> Result<(), SpecError> {
    if text.len() > most { Err(SpecError::TooLong(what, text.len(), most)) } else { Ok(()) }
}

fn in_range(what: &'static str, fits: bool) -> Result<(), SpecError> {
    if fits { Ok(()) } else { Err(SpecError::OutOfRange(what)) }
}
