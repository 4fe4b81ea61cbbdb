//! What an evaluation shows, and what it cannot: scores of each method with intervals, differences on the same questions
//! with their tests, and the smallest difference that so many questions can show. It claims no winner where there is
//! none. Figures only; the words and tables stand elsewhere.

use super::building::Building;
use super::method::Method;
use super::record::{Effort, Record};
use super::statistics::{Discordance, Interval, LEVEL, holm};
use crate::aggregate::scores::Bin;
use crate::market::MAX_OUTCOMES;
use crate::prng::Seed;

/// Fewer questions name no winner, whatever a test says: one odd question more would change it.
pub const FEWEST_FOR_A_WINNER: usize = 30;

/// Chosen on so large a share of the questions …
const NEARLY_ALWAYS: f64 = 0.95;
/// … and on so much more of them than it was right on.
const FAR_MORE: f64 = 0.15;

/// Everything that is to be said of an evaluation.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Methods that chose the same outcome nearly always, whatever was asked.
    pub leans: Vec<Lean>,
    /// Answers of agents that failed.
    pub failures: u64,
}

/// A method that chose one outcome on nearly every question, which was right far less often: its accuracy is the set's
/// balance. Small models do that, which prefer a label whatever is asked (Zhao et al. 2021, arXiv 2102.09690).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lean {
    /// The method.
    pub method: Method,
    /// The outcome's place, from 0.
    pub outcome: usize,
    /// Questions on which the method chose it …
    pub chosen: usize,
    /// … of so many that it answered …
    pub answered: usize,
    /// … and of these, questions on which it was right.
    pub right: usize,
}

impl Lean {
    /// The method's choices (nothing where outcomes tied) with the right outcomes, unless it chose by question.
    pub(super) fn of(method: Method, choices: &[(Option<usize>, usize)]) -> Option<Self> {
        let answered = choices.len();
        let count = |outcome| choices.iter().filter(|(chosen, _)| *chosen == Some(outcome)).count();
        let (outcome, chosen) =
            (0..MAX_OUTCOMES).map(|outcome| (outcome, count(outcome))).max_by_key(|&(_, chosen)| chosen)?;
        let right = choices.iter().filter(|(_, answer)| *answer == outcome).count();
        let share = |part: usize| part as f64 / answered as f64;
        let leans = answered >= FEWEST_FOR_A_WINNER
            && share(chosen) >= NEARLY_ALWAYS
            && share(chosen) - share(right) >= FAR_MORE;
        leans.then_some(Self { method, outcome, chosen, answered, right })
    }
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

/// Builds the report; `against` is the baseline, or else the first method of the table.
pub fn report(records: &[Record], against: Option<Method>, seed: Seed) -> Report {
    let mut building = Building::new(against, seed);
    for record in records {
        building.add(record);
    }
    while building.step() {}
    building.report()
}

/// Holm's correction over all comparisons of rivals. A method that knows the answers is no rival, nor is a coin.
pub fn correct(comparisons: &mut [Comparison]) {
    let rival = |one: &Comparison| !matches!(one.method, Method::BestInHindsight | Method::Coin);
    let p_values: Vec<f64> = comparisons.iter().filter(|one| rival(one)).map(|one| one.p).collect();
    let mut adjusted = holm(&p_values).into_iter();
    for one in comparisons.iter_mut().filter(|one| rival(one)) {
        one.p_holm = adjusted.next().unwrap_or(1.0);
        one.is_shown = one.p_holm < 1.0 - LEVEL && one.questions >= FEWEST_FOR_A_WINNER;
    }
}
