//! How a panel comes to its answer, with every switch. A mode is part of the set-up, so the header's digest covers it.

use serde::{Deserialize, Serialize};

use super::spec::{RunSpec, SpecError};
use crate::market::Cash;

/// The most trader turns, debate rounds and so on: each is at most three rounds of the run.
pub const MAX_TURNS: u32 = 30;
/// The most answers that self-consistency collects.
pub const MAX_ANSWERS: u32 = 1_000;

/// How the panel comes to its answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Private first beliefs, then rounds of trade against the market maker.
    Market,
    /// The protocol of Gho et al., arXiv 2511.17621: one states a probability, another argues, until it holds still.
    MakerTrader(MakerTrader),
    /// Reports in turn that a later report pays (Srinivasan, Karger & Chen 2023).
    SelfResolving(SelfResolving),
    /// Many answers to the same question, each alone, and a vote: the baseline that matches another run's calls.
    SelfConsistency(SelfConsistency),
    /// A debate without a market, as a baseline.
    Debate(Debate),
}

/// The switches of the maker–trader protocol (mechanisms §1). The first agent is the maker, the others argue in turn;
/// a panel of one plays both parts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakerTrader {
    /// N: trader turns at most.
    pub turns: u32,
    /// T: it stops when the maker's last three probabilities lie within this range.
    pub tolerance: f64,
    /// What counts as the answer.
    pub read_out: ReadOut,
    /// What a trader is told to want.
    pub objective: Objective,
    /// Whether a trader may question the one before, who then answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cross_examination: bool,
    /// Whether traders are told which side to argue, the first outcome and the second in turn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub either_side: bool,
}

/// What counts as the answer of a maker–trader run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadOut {
    /// The maker's last probability.
    Last,
    /// The mean of its last three.
    MeanOfThree,
}

/// What a trader is told to want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// The strongest accurate consideration that nobody has named yet.
    Honest,
    /// The paper's wording: to change the maker's probability as much as possible, either way.
    Displacement,
}

impl Default for MakerTrader {
    fn default() -> Self {
        Self {
            turns: 10,
            tolerance: 0.2,
            read_out: ReadOut::Last,
            objective: Objective::Honest,
            cross_examination: false,
            either_side: false,
        }
    }
}

/// The switches of the self-resolving market (mechanisms §5c). Its b is the set-up's liquidity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfResolving {
    /// α: the probability that the market stops after a report.
    pub stop_chance: f64,
    /// k: so many of the last reporters get the flat fee, the reference among them.
    pub flat: u32,
    /// The flat fee.
    pub flat_fee_micros: Cash,
}

impl Default for SelfResolving {
    fn default() -> Self {
        Self { stop_chance: 0.2, flat: 1, flat_fee_micros: Cash::from_units(1) }
    }
}

/// Self-consistency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfConsistency {
    /// Answers in all; the panel's agents give them in turn.
    pub answers: u32,
}

/// A debate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Debate {
    /// Who speaks and who decides.
    pub style: DebateStyle,
    /// Rounds: of answers, or of an argument from each side.
    pub rounds: u32,
}

/// Who speaks in a debate and who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebateStyle {
    /// Everybody answers, reads the others and answers again; then a vote (Du et al. 2023).
    Panel,
    /// Two debaters, one a side, and a judge who reads both (Khan et al. 2024): the first three agents.
    Judge,
}

impl Mode {
    /// Whether agents trade on a market; in every other mode they speak in turns and own nothing.
    pub fn is_market(&self) -> bool {
        matches!(self, Self::Market)
    }

    /// Whether a belief may be asked for in any way: by a label, or both ways round. Where the others answer its words,
    /// they are needed, and asked for once.
    pub fn takes_any_belief(&self) -> bool {
        matches!(self, Self::Market | Self::SelfResolving(_) | Self::SelfConsistency(_))
    }

    /// The rounds that it can take at most; `None` for the market, whose stop rules say so.
    pub fn most_rounds(&self, agents: usize) -> Option<u32> {
        let agents = u32::try_from(agents.max(1)).unwrap_or(u32::MAX);
        match self {
            Self::Market => None,
            Self::MakerTrader(switches) => {
                Some(1 + switches.turns * if switches.cross_examination { 3 } else { 2 })
            }
            Self::SelfResolving(_) => Some(agents),
            Self::SelfConsistency(switches) => Some(switches.answers.div_ceil(agents)),
            Self::Debate(Debate { style: DebateStyle::Panel, rounds }) => Some(*rounds),
            Self::Debate(Debate { style: DebateStyle::Judge, rounds }) => Some(2 * rounds + 1),
        }
    }

    /// The answers that it can ask for at most, repairs not counted; `None` for the market.
    pub fn most_answers(&self, agents: usize) -> Option<u32> {
        match self {
            Self::SelfConsistency(switches) => Some(switches.answers),
            Self::Debate(Debate { style: DebateStyle::Panel, rounds }) => {
                Some(rounds.saturating_mul(u32::try_from(agents).unwrap_or(u32::MAX)))
            }
            other => other.most_rounds(agents),
        }
    }

    /// Checks the switches, and that the set-up is one that the mode can work with.
    ///
    /// # Errors
    /// What is in the way.
    pub fn validate(&self, spec: &RunSpec) -> Result<(), SpecError> {
        let refuse = |holds: bool, why: &'static str| if holds { Ok(()) } else { Err(SpecError::Mode(why)) };
        if self.is_market() {
            return Ok(());
        }
        refuse(
            !spec.agents.iter().any(|agent| agent.kind.is_person()),
            "a person can trade on the market only: leave yourself off this panel",
        )?;
        let agents = spec.agents.len();
        match self {
            Self::Market => Ok(()),
            Self::MakerTrader(switches) => {
                refuse(
                    spec.outcome_count() == 2,
                    "maker–trader is for questions with two answers: it knows one probability only",
                )?;
                refuse((1..=MAX_TURNS).contains(&switches.turns), "maker–trader takes 1 to 30 trader turns")?;
                refuse((0.0..=1.0).contains(&switches.tolerance), "the tolerance T lies between 0 and 1")
            }
            Self::SelfResolving(switches) => {
                refuse(agents >= 2, "a self-resolving market needs two reporters at least")?;
                refuse((0.0..=1.0).contains(&switches.stop_chance), "α lies between 0 and 1")?;
                refuse(
                    switches.flat >= 1 && (switches.flat as usize) < agents.max(2),
                    "the flat fee goes to one reporter at least, and not to all",
                )?;
                refuse(
                    (0.0..=1e6).contains(&switches.flat_fee_micros.units()),
                    "the flat fee is out of range",
                )
            }
            Self::SelfConsistency(switches) => refuse(
                (1..=MAX_ANSWERS).contains(&switches.answers),
                "self-consistency takes 1 to 1,000 answers",
            )
            .and_then(|()| {
                let rounds = self.most_rounds(agents).unwrap_or(0);
                refuse(rounds <= super::spec::MAX_ROUNDS, "so many answers need more than 100 rounds")
            }),
            Self::Debate(switches) => {
                refuse((1..=MAX_TURNS).contains(&switches.rounds), "a debate takes 1 to 30 rounds")?;
                refuse(
                    switches.style == DebateStyle::Panel || spec.outcome_count() == 2,
                    "a debate with a judge has two sides: it is for questions with two answers",
                )
            }
        }
    }
}
