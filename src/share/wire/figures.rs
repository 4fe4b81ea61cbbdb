//! The figures of an evaluation on the wire, to the millionth. What follows from counts, a test's p and its correction,
//! is worked out again by whoever reads.

use serde::{Deserialize, Serialize};

use super::column::{cut, list};
use super::{WireError, WireMethod};
use crate::aggregate::scores::{BINS, Bin};
use crate::evaluate::report::{Category, Comparison, Lean, Report, Row, Shared, correct};
use crate::evaluate::statistics::{Discordance, Interval};
use crate::evaluate::{Effort, Method};
use crate::market::MAX_OUTCOMES;
use crate::share::bounded::Bounded;

pub(super) const MOST_METHODS: usize = Method::ALL.len();
const MOST_CATEGORIES: usize = 1_000;
/// The longest name of a category, in bytes.
const MOST_NAME: usize = 400;
const MILLIONTHS: f64 = 1e6;

/// A mean and the ends of its interval, in millionths.
type WireInterval = (i64, i64, i64);

/// [`Report`] on the wire.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) struct WireFigures {
    questions: u32,
    failures: u64,
    detectable: Option<i64>,
    /// ρ̂, agents, questions.
    shared: Option<(i64, u32, u32)>,
    against: Option<WireMethod>,
    rows: Bounded<WireRow, MOST_METHODS>,
    comparisons: Bounded<WireComparison, MOST_METHODS>,
    categories: Bounded<WireCategory, MOST_CATEGORIES>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireRow {
    method: WireMethod,
    answered: u32,
    failed: u32,
    accuracy: WireInterval,
    brier: WireInterval,
    /// log, ECE by width, ECE by mass.
    others: [i64; 3],
    clipped: u32,
    auroc: Option<i64>,
    /// Count, mean forecast, frequency.
    bins: Bounded<(u32, i64, i64), BINS>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireComparison {
    method: WireMethod,
    questions: u32,
    accuracy: WireInterval,
    brier: WireInterval,
    only_first: u32,
    only_second: u32,
}

/// [`Lean`] on the wire.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) struct WireLean {
    method: WireMethod,
    outcome: u8,
    /// Chosen, answered, right.
    counts: [u32; 3],
}

#[derive(Debug, Serialize, Deserialize)]
struct WireCategory {
    name: String,
    questions: u32,
    accuracy: Bounded<(WireMethod, i64), MOST_METHODS>,
}

fn millionths(figure: f64) -> Result<i64, WireError> {
    if figure.is_finite() {
        Ok((figure * MILLIONTHS).round() as i64)
    } else {
        Err(WireError::Number("a figure"))
    }
}

fn figure(millionths: i64) -> f64 {
    millionths as f64 / MILLIONTHS
}

fn interval(of: Interval) -> Result<WireInterval, WireError> {
    Ok((millionths(of.mean)?, millionths(of.low)?, millionths(of.high)?))
}

fn from_interval((mean, low, high): WireInterval) -> Interval {
    Interval { mean: figure(mean), low: figure(low), high: figure(high) }
}

fn narrow(count: usize) -> Result<u32, WireError> {
    u32::try_from(count).map_err(|_| WireError::TooMany("questions"))
}

impl WireFigures {
    /// From a report whose intervals are drawn.
    pub(in crate::share) fn of(report: &Report) -> Result<Self, WireError> {
        let shared = report
            .rho
            .map(|shared| Ok((millionths(shared.rho)?, narrow(shared.agents)?, narrow(shared.questions)?)));
        let rows = report.rows.iter().map(WireRow::of).collect::<Result<_, _>>()?;
        let comparisons = report.comparisons.iter().map(WireComparison::of).collect::<Result<_, _>>()?;
        let categories = report.categories.iter().map(WireCategory::of).collect::<Result<_, _>>()?;
        Ok(Self {
            questions: narrow(report.questions)?,
            failures: report.failures,
            detectable: report.detectable.map(millionths).transpose()?,
            shared: shared.transpose()?,
            against: report.against.map(Into::into),
            rows: list(rows, "methods")?,
            comparisons: list(comparisons, "methods")?,
            categories: list(categories, "categories")?,
        })
    }

    /// The report; what each method took comes from `effort`.
    pub(in crate::share) fn into_report(
        self,
        effort: impl Fn(Method) -> Effort,
    ) -> Result<Report, WireError> {
        let mut comparisons: Vec<Comparison> =
            self.comparisons.into_vec().into_iter().map(WireComparison::into_comparison).collect();
        correct(&mut comparisons);
        let shared = |(rho, agents, questions): (i64, u32, u32)| Shared {
            rho: figure(rho),
            agents: agents as usize,
            questions: questions as usize,
        };
        let categories = self.categories.into_vec().into_iter().map(WireCategory::into_category);
        Ok(Report {
            questions: self.questions as usize,
            rows: self.rows.into_vec().into_iter().map(|row| row.into_row(&effort)).collect(),
            comparisons,
            against: self.against.map(Into::into),
            detectable: self.detectable.map(figure),
            categories: categories.collect::<Result<_, _>>()?,
            rho: self.shared.map(shared),
            leans: Vec::new(),
            failures: self.failures,
        })
    }
}

impl WireLean {
    pub(super) fn of(lean: &Lean) -> Result<Self, WireError> {
        let Lean { method, outcome, chosen, answered, right } = *lean;
        let outcome = u8::try_from(outcome).map_err(|_| WireError::TooMany("outcomes"))?;
        Ok(Self {
            method: method.into(),
            outcome,
            counts: [narrow(chosen)?, narrow(answered)?, narrow(right)?],
        })
    }

    pub(in crate::share) fn into_lean(self) -> Result<Lean, WireError> {
        let [chosen, answered, right] = self.counts.map(|count| count as usize);
        let outcome = usize::from(self.outcome);
        if outcome >= MAX_OUTCOMES || chosen > answered || right > answered {
            return Err(WireError::Number("a method's choices"));
        }
        Ok(Lean { method: self.method.into(), outcome, chosen, answered, right })
    }
}

impl WireRow {
    fn of(row: &Row) -> Result<Self, WireError> {
        let Row {
            method,
            answered,
            failed,
            accuracy,
            brier,
            log,
            clipped,
            ece_width,
            ece_mass,
            auroc,
            bins,
            // It stands beside the figures, for every form.
            effort: _,
        } = row;
        let bins = bins.iter().filter(|bin| bin.count > 0);
        let bins = bins
            .map(|bin| Ok((narrow(bin.count)?, millionths(bin.mean_forecast)?, millionths(bin.frequency)?)));
        Ok(Self {
            method: (*method).into(),
            answered: narrow(*answered)?,
            failed: narrow(*failed)?,
            accuracy: interval(*accuracy)?,
            brier: interval(*brier)?,
            others: [millionths(*log)?, millionths(*ece_width)?, millionths(*ece_mass)?],
            clipped: narrow(*clipped)?,
            auroc: auroc.map(millionths).transpose()?,
            bins: list(bins.collect::<Result<_, WireError>>()?, "bins")?,
        })
    }

    fn into_row(self, effort: impl Fn(Method) -> Effort) -> Row {
        let method = self.method.into();
        let [log, ece_width, ece_mass] = self.others.map(figure);
        let bin = |(count, mean, frequency): (u32, i64, i64)| Bin {
            count: count as usize,
            mean_forecast: figure(mean),
            frequency: figure(frequency),
        };
        Row {
            method,
            answered: self.answered as usize,
            failed: self.failed as usize,
            accuracy: from_interval(self.accuracy),
            brier: from_interval(self.brier),
            log,
            clipped: self.clipped as usize,
            ece_width,
            ece_mass,
            auroc: self.auroc.map(figure),
            bins: self.bins.into_vec().into_iter().map(bin).collect(),
            effort: effort(method),
        }
    }
}

impl WireComparison {
    fn of(one: &Comparison) -> Result<Self, WireError> {
        let Comparison {
            method,
            questions,
            accuracy,
            brier,
            discordance: Discordance { only_first, only_second },
            // They follow from the counts.
            p: _,
            p_holm: _,
            is_shown: _,
        } = one;
        Ok(Self {
            method: (*method).into(),
            questions: narrow(*questions)?,
            accuracy: interval(*accuracy)?,
            brier: interval(*brier)?,
            only_first: narrow(*only_first as usize)?,
            only_second: narrow(*only_second as usize)?,
        })
    }

    fn into_comparison(self) -> Comparison {
        let discordance =
            Discordance { only_first: self.only_first.into(), only_second: self.only_second.into() };
        let p = discordance.mcnemar();
        Comparison {
            method: self.method.into(),
            questions: self.questions as usize,
            accuracy: from_interval(self.accuracy),
            brier: from_interval(self.brier),
            discordance,
            p,
            p_holm: p,
            is_shown: false,
        }
    }
}

impl WireCategory {
    fn of(category: &Category) -> Result<Self, WireError> {
        let accuracy =
            category.accuracy.iter().map(|(method, share)| Ok(((*method).into(), millionths(*share)?)));
        Ok(Self {
            name: cut(&category.name, MOST_NAME).to_owned(),
            questions: narrow(category.questions)?,
            accuracy: list(accuracy.collect::<Result<_, WireError>>()?, "methods")?,
        })
    }

    fn into_category(self) -> Result<Category, WireError> {
        if self.name.len() > MOST_NAME {
            return Err(WireError::Number("a name's length"));
        }
        let accuracy = self.accuracy.into_vec().into_iter();
        Ok(Category {
            name: self.name,
            questions: self.questions as usize,
            accuracy: accuracy.map(|(method, share)| (method.into(), figure(share))).collect(),
        })
    }
}
