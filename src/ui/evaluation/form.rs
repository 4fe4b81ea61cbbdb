//! What is typed on the Evaluate page, and the plan that it makes or the first thing in its way.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Plan, VERSION};
use crate::evaluate::{Mapping, Method, Preset, Question, sample};
use crate::prng::Seed;
use crate::run::RunSpec;
use crate::session::ConnectionId;
use crate::ui::draft::{Draft, DraftError, Preset as Connection, yes_no};

/// The seed unless another is typed: the command line's.
const SEED: &str = "1";
/// More dollars than an evaluation may cost.
const MOST_DOLLARS: f64 = 1e6;
/// What stands in for a question while there is none.
const ANY_QUESTION: &str = "?";

/// How the columns of a file are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct How {
    /// The preset by name, if a person chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// Whether a person says what the columns mean.
    #[serde(default)]
    pub mapped: bool,
    /// The file's column for each plain name.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// The outcomes of every question, between semicolons, where no column has them.
    #[serde(default)]
    pub outcomes: String,
}

/// How files with certain columns were read before, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered(Vec<(Vec<String>, How)>);

/// What is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// How the file is read.
    pub how: How,
    /// How many questions are asked; empty for all.
    pub sample: String,
    /// Whether every category is drawn in proportion.
    pub stratified: bool,
    /// The seed.
    pub seed: String,
    /// The methods that are compared.
    pub methods: BTreeSet<Method>,
    /// Calls at most; empty for no limit.
    pub most_calls: String,
    /// US dollars at most; empty for no limit.
    pub most_dollars: String,
}

/// A number of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// How many questions.
    Sample,
    /// The seed.
    Seed,
    /// Calls at most.
    Calls,
    /// Money at most.
    Dollars,
}

/// What is in the way of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// There is no file, or no question in it.
    NoQuestions,
    /// No method is ticked.
    NoMethod,
    /// A text is no number of the right kind.
    BadNumber(Limit),
    /// The panel or its rules.
    Panel(DraftError),
}

impl Default for Form {
    fn default() -> Self {
        let methods = Method::POOLS
            .into_iter()
            .chain([Method::Panel])
            .filter(|method| *method != Method::BestInHindsight);
        Self {
            how: How::default(),
            sample: String::new(),
            stratified: false,
            seed: SEED.to_owned(),
            methods: methods.collect(),
            most_calls: String::new(),
            most_dollars: String::new(),
        }
    }
}

impl How {
    /// The preset that a person chose.
    pub fn preset(&self) -> Option<Preset> {
        let name = self.preset.as_deref().filter(|_| !self.mapped)?;
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// What the columns mean, if a person says so.
    pub fn mapping(&self) -> Mapping {
        if !self.mapped {
            return Mapping::default();
        }
        let chosen = self.columns.iter().filter(|(_, column)| !column.is_empty());
        let outcomes = self.outcomes.split(';').map(str::trim).filter(|name| !name.is_empty());
        Mapping {
            columns: chosen.map(|(plain, column)| (plain.clone(), column.clone())).collect(),
            outcomes: outcomes.map(str::to_owned).collect(),
        }
    }
}

impl Remembered {
    /// So many kinds of file are remembered.
    const MOST: usize = 20;

    /// How a file with these columns was read.
    pub fn of(&self, columns: &[String]) -> Option<&How> {
        self.0.iter().rev().find(|(known, _)| known == columns).map(|(_, how)| how)
    }

    /// Remembers it; forgets the oldest where there are too many.
    pub fn put(&mut self, columns: &[String], how: &How) {
        self.0.retain(|(known, _)| known != columns);
        if *how != How::default() {
            self.0.push((columns.to_vec(), how.clone()));
        }
        let surplus = self.0.len().saturating_sub(Self::MOST);
        self.0.drain(..surplus);
    }
}

impl Form {
    /// How many questions of so many are asked.
    ///
    /// # Errors
    /// What is typed is no number from 1.
    pub fn size(&self, of: usize) -> Result<usize, Obstacle> {
        Ok(whole(&self.sample, Limit::Sample)?.map_or(of, |wanted| of.min(wanted as usize)))
    }

    /// The seed.
    ///
    /// # Errors
    /// It is none.
    pub fn seed(&self) -> Result<Seed, Obstacle> {
        let typed = self.seed.trim();
        let typed = if typed.is_empty() { SEED } else { typed };
        typed.parse().map_err(|_| Obstacle::BadNumber(Limit::Seed))
    }

    /// The methods, of which only one with a price is offered where no question has one.
    pub fn methods(&self, questions: &[Question]) -> Vec<Method> {
        let priced = questions.iter().any(|question| question.market_price.is_some());
        self.methods.iter().copied().filter(|&method| priced || method != Method::MarketPrice).collect()
    }

    /// The panel of the Ask form as every question is asked of it, and the connections of its agents.
    ///
    /// # Errors
    /// The first thing in the way of it.
    pub fn panel(
        &self,
        ask: &Draft,
        connection: Option<Connection<'_>>,
    ) -> Result<(RunSpec, Vec<Option<ConnectionId>>), Obstacle> {
        let mut ask = ask.clone();
        // Nobody trades by hand in a hundred runs.
        ask.person = false;
        ask.outcomes = yes_no();
        (ask.answer, ask.hidden_truth, ask.example) = (None, None, None);
        ANY_QUESTION.clone_into(&mut ask.question);
        (ask.background, ask.criterion) = (String::new(), String::new());
        ask.asking.reversed_question.clear();
        ask.seed = self.seed()?.to_string();
        ask.build(0, connection).map_err(Obstacle::Panel)
    }

    /// What is asked, with a panel from [`Self::panel`].
    ///
    /// # Errors
    /// The first thing in the way.
    pub fn plan(
        &self,
        questions: &[Question],
        panel: RunSpec,
        connections: &[Option<ConnectionId>],
        patience_seconds: Option<u32>,
    ) -> Result<Plan, Obstacle> {
        if questions.is_empty() {
            return Err(Obstacle::NoQuestions);
        }
        let methods = self.methods(questions);
        if methods.is_empty() {
            return Err(Obstacle::NoMethod);
        }
        let (seed, size) = (self.seed()?, self.size(questions.len())?);
        let chosen = sample(questions.to_vec(), size, self.stratified, seed);
        Ok(Plan {
            version: VERSION,
            panel,
            connections: connections.iter().map(|id| id.map(|id| id.0)).collect(),
            patience_seconds,
            methods: methods.iter().map(|method| method.name().to_owned()).collect(),
            seed,
            questions: chosen,
            most_calls: whole(&self.most_calls, Limit::Calls)?,
            most_micro_usd: self.dollars()?,
        })
    }

    fn dollars(&self) -> Result<Option<u64>, Obstacle> {
        let text = self.most_dollars.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let dollars = crate::ui::format::number_from(text);
        if !(dollars > 0.0 && dollars <= MOST_DOLLARS) {
            return Err(Obstacle::BadNumber(Limit::Dollars));
        }
        Ok(Some((dollars * 1e6).round() as u64))
    }
}

/// A whole number from 1; nothing for an empty text.
fn whole(text: &str, limit: Limit) -> Result<Option<u64>, Obstacle> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().ok().filter(|&number| number > 0).map(Some).ok_or(Obstacle::BadNumber(limit))
}
