//! How language models are asked: for which kind of answer, and in which words. Part of the set-up, so that a run says
//! it; what a prompt then looks like is the business of `agents`.

use serde::{Deserialize, Serialize};

/// How a model's belief is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Elicitation {
    /// It states its probabilities, with its reasons, as JSON.
    #[default]
    Stated,
    /// It names one outcome's label, and the label's log-probabilities are its belief; where the server gives none,
    /// it states them after all.
    LabelLogprobs,
}

impl Elicitation {
    /// Whether it is the usual one, which no set-up needs to name.
    pub fn is_stated(&self) -> bool {
        *self == Self::Stated
    }
}

/// The words of a run's prompts where they differ from the usual ones. Each is a template: `{name}` stands for a part
/// that the program fills in, and the parts that keep other people's words apart may not be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompts {
    /// The panel's rules, which open every conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,
    /// What is asked in the blind round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_round: Option<String>,
    /// What is asked once there is a market.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later_rounds: Option<String>,
    /// What is asked of an agent whose belief is read from a label, after the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The words of the modes in which agents speak in turns.
    #[serde(default, skip_serializing_if = "TurnPrompts::is_usual")]
    pub turns: TurnPrompts,
}

/// The words of the modes in which agents speak in turns: what each role is told, and what stands in front of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnPrompts {
    /// Whoever keeps the estimate of a maker–trader run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// Whoever argues with the maker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trader: Option<String>,
    /// A trader whose argument is questioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answerer: Option<String>,
    /// Whoever reports in a self-resolving market.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// Whoever forecasts, alone or in a debate of a panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecaster: Option<String>,
    /// A debater before a judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debater: Option<String>,
    /// The judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// What is asked in a turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<String>,
    /// What is asked in a turn of an agent whose belief is read from a label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn_label: Option<String>,
}

impl TurnPrompts {
    /// Whether all words are the usual ones.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Every template, in the order of the fields.
    pub fn all(&self) -> [&Option<String>; 9] {
        let Self { maker, trader, answerer, reporter, forecaster, debater, judge, turn, turn_label } = self;
        [maker, trader, answerer, reporter, forecaster, debater, judge, turn, turn_label]
    }

    /// The same, to be changed.
    pub fn all_mut(&mut self) -> [&mut Option<String>; 9] {
        let Self { maker, trader, answerer, reporter, forecaster, debater, judge, turn, turn_label } = self;
        [maker, trader, answerer, reporter, forecaster, debater, judge, turn, turn_label]
    }
}

impl Prompts {
    /// Whether all words are the usual ones.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The changed templates.
    pub fn changed(&self) -> impl Iterator<Item = &String> {
        let market = [&self.rules, &self.first_round, &self.later_rounds, &self.label];
        market.into_iter().chain(self.turns.all()).flatten()
    }
}

/// One token that might have opened an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenChance {
    /// Its text, spaces included.
    pub token: String,
    /// The natural logarithm of its probability; at most 0.
    pub logprob: f64,
}
