//! How a report is made: record by record, then method by method, then draw by draw, each a small step, so that a page can
//! breathe in between and show what there is. The figures do not depend on who takes the steps.

use std::collections::BTreeMap;

use super::method::Method;
use super::record::{Answered, Effort, Record};
use super::report::{Category, Comparison, Lean, Report, Row, Shared, correct};
use super::statistics::{BOOTSTRAP_DRAWS, Discordance, Interval, Resample, detectable_difference};
use crate::aggregate::moment::leader;
use crate::aggregate::scores::{Scored, brier_of, log_of, scores};
use crate::belief::correlation::rho;
use crate::belief::stacking::{FEWEST, Resolved};
use crate::market::math::ln;
use crate::prng::Seed;

/// The share of discordant questions that is reckoned with where two methods never differ.
const USUAL_DISCORDANCE: f64 = 0.2;
/// No belief counts for more than certainty up to this where log-odds are compared.
const FLOOR: f64 = 0.001;

/// One method's answer to one question, scored.
#[derive(Clone, Copy, Debug)]
struct Mark {
    credit: f64,
    brier: f64,
    log: f64,
    clipped: bool,
    /// The outcome in front, if one is, and the right one.
    choice: (Option<usize>, usize),
    /// The first outcome, for calibration where every question has two …
    first: Scored,
    /// … and the leading one, where some have more.
    leading: Scored,
}

/// One method's marks.
#[derive(Clone, Debug, Default)]
struct Column {
    /// By question; questions that the method was not put to have none either.
    marks: Vec<Option<Mark>>,
    asked: usize,
    effort: Effort,
}

/// A report that is being made: [`Self::add`] every record, [`Self::step`] until it says that it is done.
pub struct Building {
    seed: Seed,
    columns: BTreeMap<Method, Column>,
    questions: usize,
    all_binary: bool,
    categories: BTreeMap<String, Vec<usize>>,
    /// First answers as log-odds, of questions with two outcomes that as many agents answered as the first one.
    resolved: Vec<Resolved>,
    agents: Option<usize>,
    report: Report,
    /// Methods whose row, and whose comparison, is still to be made.
    rows_left: Vec<Method>,
    comparisons_left: Vec<Method>,
    begun: bool,
    /// Whether the correlation of errors is still to be reckoned.
    rho_left: bool,
    /// What is still to be listed for the intervals, the last first, and what is, by length: one draw serves all lists
    /// of one length.
    lists_left: Vec<Target>,
    lists: BTreeMap<usize, Vec<(Target, Vec<f64>)>>,
    draws: Vec<Draw>,
}

/// The intervals of lists of one length.
struct Draw {
    resample: Resample,
    targets: Vec<Target>,
}

/// Where an interval goes.
#[derive(Clone, Copy)]
enum Target {
    Accuracy(usize),
    Brier(usize),
    AccuracyGain(usize),
    BrierGain(usize),
}

impl Building {
    /// A report on nothing yet; `against` is the baseline, or else the first method of the table.
    pub fn new(against: Option<Method>, seed: Seed) -> Self {
        Self {
            seed,
            columns: BTreeMap::new(),
            questions: 0,
            all_binary: true,
            categories: BTreeMap::new(),
            resolved: Vec::new(),
            agents: None,
            report: Report { against, ..Report::default() },
            rows_left: Vec::new(),
            comparisons_left: Vec::new(),
            begun: false,
            rho_left: true,
            lists_left: Vec::new(),
            lists: BTreeMap::new(),
            draws: Vec::new(),
        }
    }

    /// Takes in one record.
    pub fn add(&mut self, record: &Record) {
        let place = self.questions;
        self.questions += 1;
        self.all_binary &= record.outcomes == 2;
        if !record.category.is_empty() {
            self.categories.entry(record.category.clone()).or_default().push(place);
        }
        for (name, answered) in &record.methods {
            let Some(method) = Method::by_name(name) else { continue };
            let column = self.columns.entry(method).or_default();
            column.asked += 1;
            column.effort = column.effort.plus(answered.effort);
            column.marks.resize(place, None);
            column.marks.push(mark(record, answered));
        }
        let agents = *self.agents.get_or_insert(record.beliefs.len());
        if record.outcomes == 2 && record.beliefs.len() == agents {
            self.resolved.extend(resolved(record));
        }
        self.report.failures += u64::from(record.failures);
    }

    /// What each method took, where the records do not say it. Call it when every record is in.
    pub fn take_efforts(&mut self, efforts: &BTreeMap<Method, Effort>) {
        for (method, column) in &mut self.columns {
            column.effort = efforts.get(method).copied().unwrap_or_default();
        }
    }

    /// Does a little; false when everything is done.
    pub fn step(&mut self) -> bool {
        if !self.begun {
            self.begin();
            return true;
        }
        if self.rho_left {
            self.correlate();
            return true;
        }
        if let Some(method) = self.rows_left.pop() {
            let row = self.row(method);
            self.report.rows.extend(row);
            self.report.leans.extend(self.lean(method));
            return true;
        }
        if let Some(method) = self.comparisons_left.pop() {
            let comparison = self.compare(method);
            self.report.comparisons.extend(comparison);
            if self.comparisons_left.is_empty() {
                self.finish_comparisons();
            }
            return true;
        }
        if let Some(target) = self.lists_left.pop() {
            let list = self.list(target);
            self.lists.entry(list.len()).or_default().push((target, list));
            return true;
        }
        if let Some((_, group)) = self.lists.pop_last() {
            self.draws.extend(self.draw(&group));
            return true;
        }
        let Some(draw) = self.draws.last_mut() else { return false };
        if !draw.resample.step() {
            let found = draw.targets.pop().zip(draw.resample.pop_interval());
            if let Some((target, interval)) = found {
                self.put(target, interval);
            } else {
                self.draws.pop();
            }
        }
        true
    }

    /// Whether everything but the intervals is there.
    pub fn has_figures(&self) -> bool {
        self.begun && !self.rho_left && self.rows_left.is_empty() && self.comparisons_left.is_empty()
    }

    /// What there is so far.
    pub fn so_far(&self) -> &Report {
        &self.report
    }

    /// The report.
    pub fn report(self) -> Report {
        self.report
    }

    fn begin(&mut self) {
        self.begun = true;
        for column in self.columns.values_mut() {
            column.marks.resize(self.questions, None);
        }
        let methods: Vec<Method> = self.columns.keys().copied().collect();
        let report = &mut self.report;
        report.questions = self.questions;
        report.against =
            report.against.filter(|method| methods.contains(method)).or_else(|| methods.first().copied());
        // The last is popped first.
        self.rows_left = methods.iter().rev().copied().collect();
        let against = report.against;
        self.comparisons_left =
            methods.iter().rev().copied().filter(|&method| Some(method) != against).collect();
        self.report.categories = self.by_category(&methods);
        if self.comparisons_left.is_empty() {
            self.finish_comparisons();
        }
    }

    fn correlate(&mut self) {
        self.rho_left = false;
        let enough = self.resolved.len() >= FEWEST;
        self.report.rho = self.agents.filter(|&agents| enough && agents > 1).map(|agents| Shared {
            rho: rho(&self.resolved),
            agents,
            questions: self.resolved.len(),
        });
    }

    fn row(&self, method: Method) -> Option<Row> {
        let column = self.columns.get(&method)?;
        let answered: Vec<Mark> = column.marks.iter().flatten().copied().collect();
        let values = |value: fn(&Mark) -> f64| answered.iter().map(value).collect::<Vec<f64>>();
        let binary = self.all_binary;
        let forecasts: Vec<Scored> =
            answered.iter().map(|mark| if binary { mark.first } else { mark.leading }).collect();
        let calibration = scores(&forecasts)?;
        Some(Row {
            method,
            answered: answered.len(),
            failed: column.asked - answered.len(),
            accuracy: Interval::undrawn(&values(|mark| mark.credit))?,
            brier: Interval::undrawn(&values(|mark| mark.brier))?,
            log: answered.iter().map(|mark| mark.log).sum::<f64>() / answered.len() as f64,
            clipped: answered.iter().filter(|mark| mark.clipped).count(),
            ece_width: calibration.ece_width,
            ece_mass: calibration.ece_mass,
            auroc: calibration.auroc,
            bins: calibration.bins,
            effort: column.effort,
        })
    }

    /// Whether a method chose one outcome whatever was asked.
    fn lean(&self, method: Method) -> Option<Lean> {
        let marks = self.columns.get(&method)?.marks.iter().flatten();
        Lean::of(method, &marks.map(|mark| mark.choice).collect::<Vec<_>>())
    }

    /// The marks of a method and of the baseline, on the questions that both answered.
    fn pairs(&self, method: Method) -> Vec<(Mark, Mark)> {
        let marks = |method| self.columns.get(&method).map(|column| column.marks.iter());
        let both = marks(method).zip(self.report.against.and_then(marks));
        both.map(|(ours, theirs)| ours.zip(theirs).filter_map(|(a, b)| (*a).zip(*b)).collect())
            .unwrap_or_default()
    }

    fn compare(&self, method: Method) -> Option<Comparison> {
        let pairs = self.pairs(method);
        let discordance = Discordance::of(pairs.iter().map(accuracy_gain));
        let p = discordance.mcnemar();
        let gains = |gain: fn(&(Mark, Mark)) -> f64| pairs.iter().map(gain).collect::<Vec<f64>>();
        Some(Comparison {
            method,
            questions: pairs.len(),
            accuracy: Interval::undrawn(&gains(accuracy_gain))?,
            brier: Interval::undrawn(&gains(brier_gain))?,
            discordance,
            p,
            p_holm: p,
            is_shown: false,
        })
    }

    /// The correction over all comparisons, what the set can show, and what the intervals are of.
    fn finish_comparisons(&mut self) {
        let report = &mut self.report;
        correct(&mut report.comparisons);
        let shares = report.comparisons.iter().map(|one| one.discordance.share(one.questions));
        let most = shares.fold(0.0, f64::max);
        report.detectable =
            detectable_difference(self.questions, if most > 0.0 { most } else { USUAL_DISCORDANCE });
        let rows = (0..report.rows.len()).flat_map(|place| [Target::Accuracy(place), Target::Brier(place)]);
        let gains = (0..report.comparisons.len())
            .flat_map(|place| [Target::AccuracyGain(place), Target::BrierGain(place)]);
        self.lists_left = rows.chain(gains).collect();
        self.lists_left.reverse();
    }

    /// What an interval is of, by question.
    fn list(&self, target: Target) -> Vec<f64> {
        let marks = |place: usize| {
            let column = self.columns.get(&self.report.rows[place].method);
            column.into_iter().flat_map(|column| column.marks.iter().flatten())
        };
        let gains = |place: usize, gain: fn(&(Mark, Mark)) -> f64| {
            self.pairs(self.report.comparisons[place].method).iter().map(gain).collect()
        };
        match target {
            Target::Accuracy(place) => marks(place).map(|mark| mark.credit).collect(),
            Target::Brier(place) => marks(place).map(|mark| mark.brier).collect(),
            Target::AccuracyGain(place) => gains(place, accuracy_gain),
            Target::BrierGain(place) => gains(place, brier_gain),
        }
    }

    fn draw(&self, group: &[(Target, Vec<f64>)]) -> Option<Draw> {
        let slices: Vec<&[f64]> = group.iter().map(|(_, list)| list.as_slice()).collect();
        let resample = Resample::new(&slices, self.seed, BOOTSTRAP_DRAWS)?;
        Some(Draw { resample, targets: group.iter().map(|(target, _)| *target).collect() })
    }

    fn put(&mut self, target: Target, interval: Interval) {
        let report = &mut self.report;
        match target {
            Target::Accuracy(place) => report.rows[place].accuracy = interval,
            Target::Brier(place) => report.rows[place].brier = interval,
            Target::AccuracyGain(place) => report.comparisons[place].accuracy = interval,
            Target::BrierGain(place) => report.comparisons[place].brier = interval,
        }
    }

    fn by_category(&self, methods: &[Method]) -> Vec<Category> {
        let accuracy = |method: Method, places: &[usize]| {
            let column = self.columns.get(&method)?;
            let credits: Vec<f64> =
                places.iter().filter_map(|&place| column.marks[place].map(|mark| mark.credit)).collect();
            (!credits.is_empty()).then(|| (method, credits.iter().sum::<f64>() / credits.len() as f64))
        };
        let category = |(name, places): (&String, &Vec<usize>)| Category {
            name: name.clone(),
            questions: places.len(),
            accuracy: methods.iter().filter_map(|&method| accuracy(method, places)).collect(),
        };
        self.categories.iter().map(category).collect()
    }
}

fn mark(record: &Record, answered: &Answered) -> Option<Mark> {
    let forecast = answered.forecast.as_ref()?;
    let (log, clipped) = log_of(forecast, record.answer);
    let scored = |outcome: usize| {
        Some(Scored { forecast: *forecast.get(outcome)?, happened: record.answer == outcome })
    };
    Some(Mark {
        credit: credit(forecast, record.answer),
        brier: brier_of(forecast, record.answer) / 2.0,
        log,
        clipped,
        choice: (chosen(forecast), record.answer),
        first: scored(0)?,
        leading: scored(leader(forecast))?,
    })
}

/// 1 for the right outcome in front, a share of it where it ties with others.
pub(super) fn credit(forecast: &[f64], answer: usize) -> f64 {
    let most = forecast.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let leaders = forecast.iter().filter(|&&p| p >= most).count();
    if forecast.get(answer).is_some_and(|&p| p >= most) { 1.0 / leaders as f64 } else { 0.0 }
}

/// The outcome in front, unless others tie with it.
fn chosen(forecast: &[f64]) -> Option<usize> {
    let front = leader(forecast);
    is_right(forecast, front).then_some(front)
}

/// Whoever is undecided between outcomes has none of them right.
pub(super) fn is_right(forecast: &[f64], answer: usize) -> bool {
    credit(forecast, answer) > 0.5
}

/// How much more accurate the first of a pair is …
fn accuracy_gain((a, b): &(Mark, Mark)) -> f64 {
    a.credit - b.credit
}

/// … and how much lower its Brier score.
fn brier_gain((a, b): &(Mark, Mark)) -> f64 {
    b.brier - a.brier
}

/// A question that every agent answered, for ρ̂.
fn resolved(record: &Record) -> Option<Resolved> {
    let log_odds = |belief: &Option<Vec<f64>>| {
        let p = belief.as_ref()?.first()?.clamp(FLOOR, 1.0 - FLOOR);
        Some(ln(p / (1.0 - p)))
    };
    let log_odds = record.beliefs.iter().map(log_odds).collect::<Option<Vec<f64>>>()?;
    Some(Resolved { log_odds, happened: record.answer == 0 })
}
