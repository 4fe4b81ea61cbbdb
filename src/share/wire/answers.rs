//! Every answer of an evaluation on the wire, column by column: what each agent said first and what each method came to.
//! Methods that only combine first answers follow from those and are worked out again by whoever reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use super::column::{ABSENT, FAILED, MOST_QUESTIONS, Reading, Said, WITHOUT, WireColumn, cut, list, rounded};
use super::{WireError, WireMethod};
use crate::belief::Belief;
use crate::evaluate::method::pooled;
use crate::evaluate::{Answered, Effort, Method, Record};
use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::run::spec::MAX_AGENTS;
use crate::share::bounded::Bounded;

const MOST_NAMES: usize = 1_000;
/// The longest name of a question, in bytes.
const MOST_ID: usize = 200;
/// The longest name of a category and the longest reason, in bytes.
const MOST_NAME: usize = 400;
/// Why a method that combines first answers has none: the words of `evaluate::inquiry`.
const NOBODY: &str = "no agent answered";

/// Lists of one length: a place a question.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) struct WireAnswers {
    ids: Bounded<String, MOST_QUESTIONS>,
    outcomes: Bounded<u8, MOST_QUESTIONS>,
    answers: Bounded<u8, MOST_QUESTIONS>,
    category_names: Bounded<String, MOST_NAMES>,
    /// 0 for none, or a name's place and one; empty if no question has one.
    categories: Bounded<u16, MOST_QUESTIONS>,
    /// Empty if no agent failed.
    failures: Bounded<u32, MOST_QUESTIONS>,
    reasons: Bounded<String, MOST_NAMES>,
    agents: Bounded<WireColumn, MAX_AGENTS>,
    /// Methods that follow from the agents' first answers.
    pooled: Bounded<WireMethod, { Method::ALL.len() }>,
    columns: Bounded<(WireMethod, WireColumn), { Method::ALL.len() }>,
}

/// What a method makes of first answers, if it needs nothing else.
fn from_first(method: Method, beliefs: &[Option<Belief>], record: (usize, usize)) -> Option<Answered> {
    let (outcomes, answer) = record;
    if method == Method::Coin {
        return Some(Answered::with(vec![1.0 / outcomes as f64; outcomes], Effort::default()));
    }
    let made = pooled(method, beliefs, answer);
    method.is_pool().then(|| match made {
        Some(forecast) => Answered::with(forecast, Effort::default()),
        None => Answered::without(NOBODY, Effort::default()),
    })
}

/// First answers as beliefs; `None` if one is none to the millionth.
fn beliefs(record: &Record) -> Option<Vec<Option<Belief>>> {
    let belief = |said: &Vec<f64>| {
        let belief = Belief::from_millionths(rounded(said).ok()?).ok()?;
        (belief.probabilities() == *said).then_some(belief)
    };
    record
        .beliefs
        .iter()
        .map(|said| said.as_ref().map_or(Some(None), |said| Some(Some(belief(said)?))))
        .collect()
}

/// Looks question by question which methods follow from first answers, then writes the columns.
pub(in crate::share) struct Gathering {
    records: Vec<Arc<Record>>,
    looked: usize,
    pooled: BTreeSet<Method>,
}

impl Gathering {
    pub(in crate::share) fn new(records: Vec<Arc<Record>>) -> Self {
        Self { records, looked: 0, pooled: Method::ALL.into_iter().collect() }
    }

    /// Looks at one question; false when all were looked at.
    pub(in crate::share) fn work(&mut self) -> bool {
        let Some(record) = self.records.get(self.looked) else { return false };
        self.looked += 1;
        let beliefs = beliefs(record);
        self.pooled.retain(|method| {
            let said = record.methods.get(method.name());
            let follows = beliefs
                .as_ref()
                .and_then(|beliefs| from_first(*method, beliefs, (record.outcomes, record.answer)));
            said.zip(follows).is_some_and(|(said, follows)| {
                (&said.forecast, &said.failed) == (&follows.forecast, &follows.failed)
            })
        });
        true
    }

    /// The columns.
    pub(in crate::share) fn finish(self) -> Result<WireAnswers, WireError> {
        let Self { records, pooled, .. } = self;
        let too_many = WireError::TooMany;
        let narrow = |number: usize| u8::try_from(number).map_err(|_| too_many("outcomes"));
        if records.iter().any(|record| record.id.len() > MOST_ID) {
            return Err(too_many("letters in a question's name"));
        }
        let names: BTreeSet<&str> = records.iter().map(|record| record.category.as_str()).collect();
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let category = |record: &Arc<Record>| {
            names.binary_search(&record.category.as_str()).map_or(0, |place| place as u16 + 1)
        };
        let failed = records.iter().any(|record| record.failures > 0);
        let mut reasons = Reasons::default();
        let members = records.iter().map(|record| record.beliefs.len()).max().unwrap_or(0);
        let agents = (0..members).map(|agent| {
            WireColumn::of(records.iter().map(|record| match record.beliefs.get(agent) {
                None => Ok(Said::Nothing(ABSENT)),
                Some(None) => Ok(Said::Nothing(WITHOUT)),
                Some(Some(belief)) => Said::of(belief, record.outcomes),
            }))
        });
        let agents = agents.collect::<Result<_, _>>()?;
        let mut columns = Vec::new();
        let asked = |method: &Method| records.iter().any(|record| record.methods.contains_key(method.name()));
        for method in Method::ALL.into_iter().filter(|method| !pooled.contains(method) && asked(method)) {
            let said = records.iter().map(|record| match record.methods.get(method.name()) {
                None => Ok(Said::Nothing(ABSENT)),
                Some(Answered { forecast: Some(forecast), .. }) => Said::of(forecast, record.outcomes),
                Some(Answered { failed: Some(why), .. }) => Ok(Said::Nothing(FAILED + reasons.place(why))),
                Some(_) => Ok(Said::Nothing(WITHOUT)),
            });
            columns.push((method.into(), WireColumn::of(said)?));
        }
        let cut = |names: Vec<&str>| names.into_iter().map(|name| cut(name, MOST_NAME).to_owned()).collect();
        let answers = records.iter().map(|record| narrow(record.answer)).collect::<Result<_, _>>()?;
        let outcomes = records.iter().map(|record| narrow(record.outcomes)).collect::<Result<_, _>>()?;
        let categories = if names.is_empty() { Vec::new() } else { records.iter().map(category).collect() };
        let failures = records.iter().map(|record| record.failures).filter(|_| failed).collect();
        let questions = "questions";
        Ok(WireAnswers {
            ids: list(records.iter().map(|record| record.id.clone()).collect(), questions)?,
            outcomes: list(outcomes, questions)?,
            answers: list(answers, questions)?,
            category_names: list(cut(names), "categories")?,
            categories: list(categories, questions)?,
            failures: list(failures, questions)?,
            reasons: list(cut(reasons.0), "reasons")?,
            agents: list(agents, "agents")?,
            pooled: list(pooled.into_iter().map(Into::into).collect(), "methods")?,
            columns: list(columns, "methods")?,
        })
    }
}

/// Why there is no answer, each once.
#[derive(Default)]
struct Reasons<'a>(Vec<&'a str>);

impl<'a> Reasons<'a> {
    fn place(&mut self, why: &'a str) -> u32 {
        let known = self.0.iter().position(|known| *known == why);
        known.unwrap_or_else(|| {
            self.0.push(why);
            self.0.len() - 1
        }) as u32
    }
}

/// Makes the records again, a question at a time.
pub(in crate::share) struct Scattering {
    records: Vec<Arc<Record>>,
    /// Id, outcomes, answer, failures, category.
    heads: IntoIter<(String, usize, usize, u32, String)>,
    reasons: Vec<String>,
    agents: Vec<Reading>,
    pooled: Vec<Method>,
    columns: Vec<(Method, Reading)>,
}

impl Scattering {
    pub(in crate::share) fn new(wire: WireAnswers) -> Result<Self, WireError> {
        let ids = wire.ids.into_vec();
        let count = ids.len();
        let (outcomes, answers) = (wire.outcomes.into_vec(), wire.answers.into_vec());
        let or_none = |list: Vec<u32>| if list.is_empty() { vec![0; count] } else { list };
        let failures = or_none(wire.failures.into_vec());
        let categories = or_none(wire.categories.into_vec().into_iter().map(u32::from).collect());
        let (names, reasons) = (wire.category_names.into_vec(), wire.reasons.into_vec());
        if [outcomes.len(), answers.len(), failures.len(), categories.len()].iter().any(|&n| n != count) {
            return Err(WireError::Number("a column's length"));
        }
        let too_long = names.iter().chain(&reasons).any(|name| name.len() > MOST_NAME);
        if too_long || ids.iter().any(|id| id.is_empty() || id.len() > MOST_ID) {
            return Err(WireError::Number("a name's length"));
        }
        let mut heads = Vec::with_capacity(count);
        for (place, id) in ids.into_iter().enumerate() {
            let (outcomes, answer) = (usize::from(outcomes[place]), usize::from(answers[place]));
            if !(MIN_OUTCOMES..=MAX_OUTCOMES).contains(&outcomes) || answer >= outcomes {
                return Err(WireError::Number("an answer"));
            }
            let category = match categories[place] as usize {
                0 => String::new(),
                named => names.get(named - 1).ok_or(WireError::Number("a category"))?.clone(),
            };
            heads.push((id, outcomes, answer, failures[place], category));
        }
        let read = |column| Reading::of(column, count);
        let agents = wire.agents.into_vec().into_iter().map(read).collect::<Result<_, _>>()?;
        let columns = wire.columns.into_vec().into_iter();
        let columns = columns.map(|(method, column)| Ok((method.into(), read(column)?)));
        Ok(Self {
            records: Vec::with_capacity(count),
            heads: heads.into_iter(),
            reasons,
            agents,
            pooled: wire.pooled.into_vec().into_iter().map(Into::into).collect(),
            columns: columns.collect::<Result<_, WireError>>()?,
        })
    }

    /// Makes one record; false when all are made.
    pub(in crate::share) fn work(&mut self) -> Result<bool, WireError> {
        let Some((id, outcomes, answer, failures, category)) = self.heads.next() else {
            let columns = self.columns.iter().map(|(_, column)| column);
            let done = self.agents.iter().chain(columns).all(Reading::is_over);
            return if done { Ok(false) } else { Err(WireError::Number("a forecast")) };
        };
        let mut said = Vec::new();
        for column in &mut self.agents {
            match column.next(outcomes)? {
                (ABSENT, _) => {}
                (WITHOUT, _) => said.push(None),
                (_, Some(belief)) => said.push(Some(belief)),
                _ => return Err(WireError::Number("a belief")),
            }
        }
        let mut methods = BTreeMap::new();
        for (method, column) in &mut self.columns {
            let answered = match column.next(outcomes)? {
                (ABSENT, _) => continue,
                (WITHOUT, _) => Answered::default(),
                (_, Some(forecast)) => Answered::with(forecast, Effort::default()),
                (failed, None) => {
                    let why = failed.checked_sub(FAILED).and_then(|place| self.reasons.get(place as usize));
                    Answered::without(why.ok_or(WireError::Number("a reason"))?, Effort::default())
                }
            };
            methods.insert(method.name().to_owned(), answered);
        }
        let mut record = Record {
            id,
            category,
            outcomes,
            answer,
            beliefs: said,
            runs: BTreeMap::new(),
            methods,
            failures,
        };
        if !self.pooled.is_empty() {
            let beliefs = beliefs(&record).ok_or(WireError::Number("a belief"))?;
            for &method in &self.pooled {
                let answered = from_first(method, &beliefs, (outcomes, answer));
                let answered = answered.ok_or(WireError::Number("a method"))?;
                record.methods.insert(method.name().to_owned(), answered);
            }
        }
        self.records.push(Arc::new(record));
        Ok(true)
    }

    pub(in crate::share) fn finish(self) -> Vec<Arc<Record>> {
        self.records
    }
}
