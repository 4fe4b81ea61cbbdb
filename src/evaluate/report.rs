//! What an evaluation shows, and what it cannot: scores of each method with intervals, differences on the same questions
//! with their tests, and the smallest difference that so many questions can show. It claims no winner where there is
//! none. Figures only; the words and tables stand elsewhere.

use std::collections::BTreeMap;

use super::method::Method;
use super::record::{Answered, Effort, Record};
use super::statistics::{
    BOOTSTRAP_DRAWS, Discordance, Interval, LEVEL, bootstrap_mean, detectable_difference, holm,
};
use crate::aggregate::scores::{Bin, Scored, Scores, brier_of, log_of, scores};
use crate::belief::correlation::rho;
use crate::belief::stacking::{FEWEST, Resolved};
use crate::market::math::ln;
use crate::prng::Seed;

/// Fewer questions name no winner, whatever a test says: one odd question more would change it.
pub const FEWEST_FOR_A_WINNER: usize = 30;
/// The share of discordant questions that is reckoned with where two methods never differ.
const USUAL_DISCORDANCE: f64 = 0.2;

/// Everything that is to be said of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Questions with a record.
    pub questions: usize,
    /// A row a method, in the order of [`Method::ALL`].
    pub rows: Vec<Row>,
    /// Each method against the baseline.
    pub comparisons: Vec<Comparison>,
    /// The method that all others are compared with.
    pub against: Option<Method>,
    /// The smallest difference of accuracy that these questions can show, at the discordance that was seen.
    pub detectable: Option<f64>,
    /// Accuracy by category and method, where there are categories.
    pub categories: Vec<Category>,
    /// What the agents' first answers have in common beyond the truth, where every question has two outcomes.
    pub rho: Option<Shared>,
    /// Answers of agents that failed.
    pub failures: u64,
}

/// How alike the agents of a panel are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// ρ̂: the mean correlation of their log-odds given the answer, in [0, 1].
    pub rho: f64,
    /// How many agents.
    pub agents: usize,
    /// How many questions they all answered.
    pub questions: usize,
}

impl Shared {
    /// So many agents without anything in common would know as much: n/(1 + (n − 1)ρ).
    pub fn worth(self) -> f64 {
        let agents = self.agents as f64;
        agents / (1.0 + (agents - 1.0) * self.rho)
    }
}

/// A method's scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The method.
    pub method: Method,
    /// Questions that it answered.
    pub answered: usize,
    /// Questions that it did not.
    pub failed: usize,
    /// The share of questions whose right outcome it finds likeliest; outcomes that tie share the credit.
    pub accuracy: Interval,
    /// Half of Σ_i (f_i − o_i)²: for two outcomes (f − o)².
    pub brier: Interval,
    /// Mean −ln of what was given to the right outcome.
    pub log: f64,
    /// How many of those were clipped.
    pub clipped: usize,
    /// Calibration in ten bins of equal width …
    pub ece_width: f64,
    /// … and of equal numbers.
    pub ece_mass: f64,
    /// The chance that a right forecast stands above a wrong one.
    pub auroc: Option<f64>,
    /// The bins of a reliability diagram.
    pub bins: Vec<Bin>,
    /// What it took, in all.
    pub effort: Effort,
}

/// A method against the baseline, on the questions that both answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The method.
    pub method: Method,
    /// Questions that both answered.
    pub questions: usize,
    /// How much more accurate it is.
    pub accuracy: Interval,
    /// How much lower its Brier score is.
    pub brier: Interval,
    /// Questions that one has right and the other wrong.
    pub discordance: Discordance,
    /// McNemar's p, as it is …
    pub p: f64,
    /// … and after Holm's correction for all comparisons.
    pub p_holm: f64,
    /// Whether the difference is shown: corrected p, enough questions, and no method that knows the answer.
    pub is_shown: bool,
}

/// One category.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// How many questions.
    pub questions: usize,
    /// Accuracy by method, for those that answered any.
    pub accuracy: Vec<(Method, f64)>,
}

/// No belief counts for more than certainty up to this where log-odds are compared.
const FLOOR: f64 = 0.001;

/// One method's answer to one question, scored.
#[derive(Clone, Copy, Debug)]
struct Mark {
    credit: f64,
    brier: f64,
    log: f64,
    clipped: bool,
}

/// Builds the report; `against` is the baseline, or else the first method of the table.
pub fn report(records: &[Record], against: Option<Method>, seed: Seed) -> Report {
    let methods: Vec<Method> = Method::ALL
        .into_iter()
        .filter(|method| records.iter().any(|record| record.methods.contains_key(method.name())))
        .collect();
    let against = against.filter(|method| methods.contains(method)).or_else(|| methods.first().copied());
    let marks: BTreeMap<Method, Vec<Option<Mark>>> = methods
        .iter()
        .map(|&method| (method, records.iter().map(|record| mark(record, method)).collect()))
        .collect();
    let mut comparisons: Vec<Comparison> = methods
        .iter()
        .filter(|&&method| Some(method) != against)
        .filter_map(|&method| compare(method, &marks[&method], &marks[&against?], seed))
        .collect();
    correct(&mut comparisons);
    let most = comparisons.iter().map(|one| one.discordance.share(one.questions)).fold(0.0, f64::max);
    Report {
        questions: records.len(),
        rows: methods.iter().filter_map(|&method| row(method, records, &marks[&method], seed)).collect(),
        detectable: detectable_difference(records.len(), if most > 0.0 { most } else { USUAL_DISCORDANCE }),
        comparisons,
        against,
        rho: shared(records),
        categories: categories(records, &methods, &marks),
        failures: records.iter().map(|record| u64::from(record.failures)).sum(),
    }
}

fn mark(record: &Record, method: Method) -> Option<Mark> {
    let forecast = record.methods.get(method.name())?.forecast.as_ref()?;
    let (log, clipped) = log_of(forecast, record.answer);
    Some(Mark {
        credit: credit(forecast, record.answer),
        brier: brier_of(forecast, record.answer) / 2.0,
        log,
        clipped,
    })
}

/// 1 for the right outcome in front, a share of it where it ties with others.
fn credit(forecast: &[f64], answer: usize) -> f64 {
    let most = forecast.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let leaders = forecast.iter().filter(|&&p| p >= most).count();
    if forecast.get(answer).is_some_and(|&p| p >= most) { 1.0 / leaders as f64 } else { 0.0 }
}

fn row(method: Method, records: &[Record], marks: &[Option<Mark>], seed: Seed) -> Option<Row> {
    let answered: Vec<Mark> = marks.iter().flatten().copied().collect();
    let asked = records.iter().filter(|record| record.methods.contains_key(method.name())).count();
    let mean = |value: fn(&Mark) -> f64| {
        bootstrap_mean(&answered.iter().map(value).collect::<Vec<_>>(), seed, BOOTSTRAP_DRAWS)
    };
    let calibration: Scores = scores(&forecasts(records, method))?;
    Some(Row {
        method,
        answered: answered.len(),
        failed: asked - answered.len(),
        accuracy: mean(|mark| mark.credit)?,
        brier: mean(|mark| mark.brier)?,
        log: answered.iter().map(|mark| mark.log).sum::<f64>() / answered.len() as f64,
        clipped: answered.iter().filter(|mark| mark.clipped).count(),
        ece_width: calibration.ece_width,
        ece_mass: calibration.ece_mass,
        auroc: calibration.auroc,
        bins: calibration.bins,
        effort: effort(records, method),
    })
}

/// What calibration is measured on: the first outcome of questions with two, and where there are more the leading outcome
/// and whether it was right.
fn forecasts(records: &[Record], method: Method) -> Vec<Scored> {
    let binary = records.iter().all(|record| record.outcomes == 2);
    let one = |record: &Record| {
        let forecast = record.methods.get(method.name())?.forecast.as_ref()?;
        let leader = if binary { 0 } else { crate::aggregate::moment::leader(forecast) };
        Some(Scored { forecast: *forecast.get(leader)?, happened: record.answer == leader })
    };
    records.iter().filter_map(one).collect()
}

fn effort(records: &[Record], method: Method) -> Effort {
    let each = records.iter().filter_map(|record| record.methods.get(method.name()));
    each.fold(Effort::default(), |sum, Answered { effort, .. }| Effort {
        calls: sum.calls.saturating_add(effort.calls),
        tokens: sum.tokens.saturating_add(effort.tokens),
        cost_micro_usd: sum.cost_micro_usd.saturating_add(effort.cost_micro_usd),
        latency_millis: sum.latency_millis.saturating_add(effort.latency_millis),
    })
}

fn compare(method: Method, ours: &[Option<Mark>], theirs: &[Option<Mark>], seed: Seed) -> Option<Comparison> {
    let pairs: Vec<(Mark, Mark)> = ours.iter().zip(theirs).filter_map(|(a, b)| (*a).zip(*b)).collect();
    let difference = |value: fn(&(Mark, Mark)) -> f64| {
        bootstrap_mean(&pairs.iter().map(value).collect::<Vec<_>>(), seed, BOOTSTRAP_DRAWS)
    };
    // Whoever is undecided between outcomes has none of them right.
    let right = |mark: Mark| mark.credit > 0.5;
    let discordance = Discordance::of(pairs.iter().map(|&(a, b)| (right(a), right(b))));
    let p = discordance.mcnemar();
    Some(Comparison {
        method,
        questions: pairs.len(),
        accuracy: difference(|(a, b)| a.credit - b.credit)?,
        brier: difference(|(a, b)| b.brier - a.brier)?,
        discordance,
        p,
        p_holm: p,
        is_shown: false,
    })
}

/// ρ̂ over the questions that every agent answered, if they are enough to say anything.
fn shared(records: &[Record]) -> Option<Shared> {
    let log_odds = |belief: &Option<Vec<f64>>| {
        let p = belief.as_ref()?.first()?.clamp(FLOOR, 1.0 - FLOOR);
        Some(ln(p / (1.0 - p)))
    };
    let resolved = |record: &Record| {
        let log_odds = record.beliefs.iter().map(log_odds).collect::<Option<Vec<f64>>>()?;
        Some(Resolved { log_odds, happened: record.answer == 0 })
    };
    let agents = records.first()?.beliefs.len();
    let fits = |record: &&Record| record.outcomes == 2 && record.beliefs.len() == agents;
    let resolved: Vec<Resolved> = records.iter().filter(fits).filter_map(resolved).collect();
    let enough = resolved.len() >= FEWEST && agents > 1;
    enough.then(|| Shared { rho: rho(&resolved), agents, questions: resolved.len() })
}

/// Holm's correction over all comparisons of rivals. A method that knows the answers is no rival, nor is a coin.
fn correct(comparisons: &mut [Comparison]) {
    let rival = |one: &Comparison| !matches!(one.method, Method::BestInHindsight | Method::Coin);
    let p_values: Vec<f64> = comparisons.iter().filter(|one| rival(one)).map(|one| one.p).collect();
    let mut adjusted = holm(&p_values).into_iter();
    for one in comparisons.iter_mut().filter(|one| rival(one)) {
        one.p_holm = adjusted.next().unwrap_or(1.0);
        one.is_shown = one.p_holm < 1.0 - LEVEL && one.questions >= FEWEST_FOR_A_WINNER;
    }
}

fn categories(
    records: &[Record],
    methods: &[Method],
    marks: &BTreeMap<Method, Vec<Option<Mark>>>,
) -> Vec<Category> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate().filter(|(_, record)| !record.category.is_empty()) {
        places.entry(&record.category).or_default().push(place);
    }
    let accuracy = |method: Method, places: &[usize]| {
        let credits: Vec<f64> =
            places.iter().filter_map(|&place| marks[&method][place].map(|mark| mark.credit)).collect();
        (!credits.is_empty()).then(|| (method, credits.iter().sum::<f64>() / credits.len() as f64))
    };
    let category = |(name, places): (&str, Vec<usize>)| Category {
        name: name.to_owned(),
        questions: places.len(),
        accuracy: methods.iter().filter_map(|&method| accuracy(method, &places)).collect(),
    };
    places.into_iter().map(category).collect()
}
