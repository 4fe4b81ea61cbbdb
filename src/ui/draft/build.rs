//! From what was typed to a set-up that can run, or to the first thing that is in the way.

use super::{Draft, KeptLiquidity, PanelKind, Preset, Seat, SeatKind, SizingRule};
use crate::agents::roster::BUDGET;
use crate::agents::{Part, Question, TemplateError, liquidity, spec_for};
use crate::aggregate::liquidity_for_prior_weight;
use crate::belief::{Guard, Sizing};
use crate::market::Cash;
use crate::prng::Seed;
use crate::run::{AgentKind, AgentSpec, RunSpec, SpecError};
use crate::session::ConnectionId;
use crate::ui::words::ask as words;

/// Kelly's fraction unless it is set: a quarter, as for language models (mechanisms §3.5).
const KELLY_FRACTION: f64 = 0.25;
/// Risk tolerance unless it is set, in units of play money: a quarter of the usual purse.
const CARA_TOLERANCE: f64 = 25.0;
/// More dollars than any run may cost.
const MOST_DOLLARS: f64 = 1e6;

/// Relative risk aversion unless it is set: bets of about a quarter of Kelly's.
const CRRA_GAMMA: f64 = 4.0;

/// A field whose text is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The seed.
    Seed,
    /// The number of rounds.
    Rounds,
    /// ε.
    Epsilon,
    /// The sizing rule's number.
    SizingNumber,
    /// The weight of the prior.
    PriorWeight,
    /// The limit of calls.
    MaxCalls,
    /// The limit of tokens.
    MaxTokens,
    /// A number of the mode.
    Mode,
    /// The limit of money.
    MaxCost,
    /// The limit of time.
    MaxSeconds,
    /// The time for one agent.
    Patience,
    /// An agent's purse.
    Budget,
    /// An agent's temperature.
    Temperature,
}

/// What is in the way of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftError {
    /// Nobody has typed a question.
    NoQuestion,
    /// Models are asked for and no server is known.
    NoConnection,
    /// An agent has no model (its name).
    NoModel(String),
    /// A text is no number of the right kind.
    BadNumber(Field),
    /// A prompt's template lacks something, or has too much.
    Template(Part, TemplateError),
    /// The set-up breaks a limit.
    Spec(SpecError),
}

/// A set-up and, for each agent, the connection that its calls go through.
pub type Built = (RunSpec, Vec<Option<ConnectionId>>);

impl Draft {
    /// The set-up. `fresh_seed` counts if the form has none; `connection` (id and model) if a seat has none.
    ///
    /// # Errors
    /// The first thing in the way.
    pub fn build(&self, fresh_seed: u64, connection: Option<Preset<'_>>) -> Result<Built, DraftError> {
        if self.question.trim().is_empty() {
            return Err(DraftError::NoQuestion);
        }
        if self.panel == PanelKind::Models && connection.is_none() {
            return Err(DraftError::NoConnection);
        }
        let seats = self.seats(connection);
        let mut agents = seats.iter().map(Seat::agent).collect::<Result<Vec<_>, _>>()?;
        let fallback = connection.map(|(id, _)| id);
        let mut bindings: Vec<Option<ConnectionId>> =
            seats.iter().map(|seat| seat.connection.or(fallback)).collect();
        if self.person {
            agents.push(AgentSpec {
                name: words::YOU.to_owned(),
                budget_micros: BUDGET,
                kind: AgentKind::Person,
            });
            bindings.push(None);
        }
        let seed = match self.seed.trim() {
            "" => Seed::new(fresh_seed),
            text => format!("{:0>16}", text.to_ascii_lowercase())
                .parse()
                .map_err(|_| DraftError::BadNumber(Field::Seed))?,
        };
        let question = Question {
            text: self.question.trim().to_owned(),
            background: self.background.trim().to_owned(),
            criterion: self.criterion.trim().to_owned(),
            outcomes: self.outcomes.iter().map(|name| name.trim().to_owned()).collect(),
            answer: self.answer,
        };
        if let Err(error) = check_outcomes(&question) {
            return Err(DraftError::Spec(error));
        }
        let mut spec = spec_for(question, agents, Some(self.world()), seed);
        self.apply_rules(&mut spec)?;
        spec.mode = self.mode.build()?;
        self.asking.apply(&mut spec)?;
        spec.validate().map_err(DraftError::Spec)?;
        Ok((spec, bindings))
    }

    /// Seconds that anybody waits for one agent, if the form says.
    ///
    /// # Errors
    /// A text that is no number of seconds from 1 to an hour.
    pub fn patience_seconds(&self) -> Result<Option<u32>, DraftError> {
        let seconds = parsed::<u32>(&self.patience, Field::Patience)?;
        match seconds {
            Some(0 | 3_601..) => Err(DraftError::BadNumber(Field::Patience)),
            other => Ok(other),
        }
    }

    fn apply_rules(&self, spec: &mut RunSpec) -> Result<(), DraftError> {
        if let Some(rounds) = parsed(&self.rounds, Field::Rounds)? {
            spec.stop.max_rounds = rounds;
        }
        if let Some(epsilon) = parsed::<f64>(&self.epsilon, Field::Epsilon)? {
            spec.stop.epsilon = epsilon / 100.0;
        }
        if let Some(calls) = parsed(&self.max_calls, Field::MaxCalls)? {
            spec.stop.max_calls = Some(calls);
        }
        if let Some(tokens) = parsed(&self.max_tokens, Field::MaxTokens)? {
            spec.stop.max_tokens = Some(tokens);
        }
        if let Some(dollars) = parsed::<f64>(&self.max_cost, Field::MaxCost)? {
            if !(0.0..=MOST_DOLLARS).contains(&dollars) {
                return Err(DraftError::BadNumber(Field::MaxCost));
            }
            spec.stop.max_cost_micro_usd = Some((dollars * 1e6).round() as u64);
        }
        if let Some(seconds) = parsed::<u32>(&self.max_seconds, Field::MaxSeconds)? {
            if seconds == 0 {
                return Err(DraftError::BadNumber(Field::MaxSeconds));
            }
            spec.stop.max_seconds = Some(seconds);
        }
        self.patience_seconds()?;
        let number = parsed::<f64>(&self.sizing_number, Field::SizingNumber)?;
        spec.sizing = match self.sizing {
            SizingRule::Evidence => match number {
                Some(rho) => Sizing::Evidence { rho },
                None => spec.sizing,
            },
            SizingRule::Kelly => Sizing::Kelly { fraction: number.unwrap_or(KELLY_FRACTION) },
            SizingRule::Cara => Sizing::Cara { tolerance: number.unwrap_or(CARA_TOLERANCE) },
            SizingRule::RiskNeutral => Sizing::RiskNeutral,
            SizingRule::Crra => Sizing::Crra { gamma: number.unwrap_or(CRRA_GAMMA) },
        };
        spec.maker = self.maker;
        if self.sizing == SizingRule::Evidence {
            spec.guard = self.guard.clone();
            if let Guard::Weights { weights } = &mut spec.guard
                && self.person
                && weights.len() + 1 == spec.agents.len()
            {
                // Whoever trades by hand has no weight; every seat has a place for one.
                weights.push(1.0);
            }
        }
        let (purses, outcomes) = (spec.total_budget(), spec.outcome_count());
        if let Some(kept) =
            self.liquidity.as_ref().filter(|kept| kept.fits(&self.prior_weight, purses, outcomes))
        {
            spec.liquidity_micros = kept.liquidity;
            return Ok(());
        }
        spec.liquidity_micros = match parsed::<f64>(&self.prior_weight, Field::PriorWeight)? {
            Some(weight) if (0.0..100.0).contains(&weight) => {
                liquidity_for_prior_weight(weight / 100.0, purses, outcomes)
            }
            Some(_) => return Err(DraftError::BadNumber(Field::PriorWeight)),
            None => liquidity(&spec.sizing, purses, outcomes),
        };
        Ok(())
    }
}

impl KeptLiquidity {
    fn fits(&self, weight: &str, purses: Cash, outcomes: usize) -> bool {
        self.weight == weight && self.purses == purses && self.outcomes == outcomes
    }
}

impl Seat {
    /// The agent that sits here.
    fn agent(&self) -> Result<AgentSpec, DraftError> {
        let budget = parsed::<f64>(&self.budget, Field::Budget)?.map_or(Ok(BUDGET), Cash::round_down);
        let kind = match &self.kind {
            SeatKind::Simulated(trader) => AgentKind::Simulated { trader: *trader },
            SeatKind::Model { model, .. } if model.trim().is_empty() => {
                return Err(DraftError::NoModel(self.name.clone()));
            }
            SeatKind::Model { model, temperature, max_tokens, persona, evidence, price, elicitation } => {
                AgentKind::Model {
                    model: model.trim().to_owned(),
                    temperature: parsed(temperature, Field::Temperature)?,
                    max_tokens: *max_tokens,
                    persona: persona.trim().to_owned(),
                    evidence: evidence.trim().to_owned(),
                    price: *price,
                    elicitation: *elicitation,
                }
            }
        };
        let budget_micros = budget.map_err(|_| DraftError::BadNumber(Field::Budget))?;
        Ok(AgentSpec { name: self.name.trim().to_owned(), budget_micros, kind })
    }
}

/// The outcomes are checked before anything is computed from their number.
fn check_outcomes(question: &Question) -> Result<(), SpecError> {
    for (place, name) in question.outcomes.iter().enumerate() {
        if name.is_empty() || question.outcomes[..place].contains(name) {
            return Err(SpecError::OutcomeName(place + 1));
        }
    }
    Ok(())
}

/// A number, or nothing if nothing is typed.
fn parsed<T: std::str::FromStr>(text: &str, field: Field) -> Result<Option<T>, DraftError> {
    match text.trim() {
        "" => Ok(None),
        text => text.replace(',', ".").parse().map(Some).map_err(|_| DraftError::BadNumber(field)),
    }
}

/// A share as the form shows it: in per cent, with at most two decimals.
pub(super) fn percent_text(share: f64) -> String {
    let hundredths = (share * 10_000.0).round() / 100.0;
    hundredths.to_string()
}
