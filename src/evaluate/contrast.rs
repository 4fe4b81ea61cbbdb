//! Two evaluations side by side: which questions they share, how each method fares in both, whether the difference is more
//! than noise, and which questions changed from wrong to right and back. Differences are of the second less the first.
//! Where both asked the same questions they are taken question by question, elsewhere over all.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::building::{credit, is_right};
use super::handout::{Found, Handout};
use super::method::Method;
use super::record::{Answered, Record};
use super::report::{FEWEST_FOR_A_WINNER, Row};
use super::statistics::{BOOTSTRAP_DRAWS, Discordance, Interval, LEVEL, Resample, fisher, holm, unpaired};
use crate::aggregate::scores::brier_of;
use crate::prng::Seed;

/// Which questions two evaluations share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// The places of the questions that both have, in the order of the second.
    pub pairs: Vec<(usize, usize)>,
    /// Questions of one name that are not the same in both: other outcomes, or another right answer.
    pub unlike: usize,
    /// Questions that only the first has …
    pub only_first: usize,
    /// … and only the second.
    pub only_second: usize,
}

/// How a method stands in one evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// Questions that it answered.
    pub answered: usize,
    /// The share that it had right; outcomes that tie share the credit.
    pub accuracy: f64,
    /// Half of Σ_i (f_i − o_i)².
    pub brier: f64,
}

/// A difference between two evaluations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Whether it was taken question by question.
    pub is_paired: bool,
    /// Questions that it rests on: those that both answered, or the fewer of the two.
    pub questions: usize,
    /// How much more accurate the second is.
    pub accuracy: Interval,
    /// How much lower its Brier score is.
    pub brier: Interval,
    /// Questions that only the first, and only the second, has right; `None` if it is not paired.
    pub discordance: Option<Discordance>,
    /// McNemar's p, or Fisher's where it is not paired …
    pub p: f64,
    /// … and after Holm's correction for all methods.
    pub p_holm: f64,
    /// Whether it is more than noise: corrected p, and enough questions.
    pub is_shown: bool,
}

/// A method that is in both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// The method.
    pub method: Method,
    /// How it stands in the first …
    pub first: Stand,
    /// … and in the second.
    pub second: Stand,
    /// What lies between them; `None` where only figures are known of one, or nothing was answered.
    pub difference: Option<Difference>,
}

/// A question that one has right and the other wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the first …
    pub first: usize,
    /// … and in the second.
    pub second: usize,
    /// Whether the second has it right.
    pub is_gain: bool,
}

/// The records of a handout, if it has them.
fn records(handout: &Handout) -> &[Arc<Record>] {
    match &handout.found {
        Found::Answers(records) => records,
        Found::Figures(_) => &[],
    }
}

/// Finds the questions that both have, by their names: a name follows from the question's words where its set gives none.
pub fn pairing(first: &Handout, second: &Handout) -> Pairing {
    let known: BTreeMap<&str, usize> =
        records(first).iter().enumerate().map(|(place, record)| (record.id.as_str(), place)).collect();
    let mut found = Pairing { only_first: known.len(), ..Pairing::default() };
    for (place, record) in records(second).iter().enumerate() {
        let Some(&other) = known.get(record.id.as_str()) else {
            found.only_second += 1;
            continue;
        };
        found.only_first = found.only_first.saturating_sub(1);
        let before = &records(first)[other];
        if (before.outcomes, before.answer) == (record.outcomes, record.answer) {
            found.pairs.push((other, place));
        } else {
            found.unlike += 1;
        }
    }
    found
}

fn forecast(record: &Record, method: Method) -> Option<&[f64]> {
    record.methods.get(method.name()).and_then(|answered: &Answered| answered.forecast.as_deref())
}

/// The questions that a method has right in one evaluation and wrong in the other.
pub fn changes(first: &Handout, second: &Handout, pairing: &Pairing, method: Method) -> Vec<Change> {
    let right = |record: &Record| Some(is_right(forecast(record, method)?, record.answer));
    let change = |&(one, other): &(usize, usize)| {
        let (before, after) = (right(&records(first)[one])?, right(&records(second)[other])?);
        (before != after).then_some(Change { first: one, second: other, is_gain: after })
    };
    pairing.pairs.iter().filter_map(change).collect()
}

/// A method's credit and Brier score by question.
type Scores = (Vec<f64>, Vec<f64>);

fn scores<'a>(records: impl Iterator<Item = &'a Arc<Record>>, method: Method) -> Scores {
    let score = |record: &'a Arc<Record>| {
        let forecast = forecast(record, method)?;
        Some((credit(forecast, record.answer), brier_of(forecast, record.answer) / 2.0))
    };
    records.filter_map(score).unzip()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn stand(handout: &Handout, method: Method) -> Option<Stand> {
    match &handout.found {
        Found::Answers(records) => {
            let (credits, briers) = scores(records.iter(), method);
            let answered = credits.len();
            (answered > 0).then(|| Stand { answered, accuracy: mean(&credits), brier: mean(&briers) })
        }
        Found::Figures(report) => {
            let row: &Row = report.rows.iter().find(|row| row.method == method)?;
            Some(Stand { answered: row.answered, accuracy: row.accuracy.mean, brier: row.brier.mean })
        }
    }
}

/// Two evaluations that are being compared: [`Self::step`] until it says that it is done.
pub struct Contrasting {
    sides: [Arc<Handout>; 2],
    seed: Seed,
    pairing: Pairing,
    left: Vec<Method>,
    found: Vec<Contrast>,
    draw: Option<Draw>,
}

/// The intervals of the last method that was found.
enum Draw {
    Paired(Box<Resample>),
    Apart(Box<[Resample; 2]>),
}

impl Contrasting {
    /// Before the first method; intervals are drawn from the second's seed.
    pub fn new(first: Arc<Handout>, second: Arc<Handout>) -> Self {
        Self {
            seed: second.set_up.seed,
            pairing: pairing(&first, &second),
            sides: [first, second],
            left: Method::ALL.into_iter().rev().collect(),
            found: Vec::new(),
            draw: None,
        }
    }

    /// Which questions they share.
    pub fn pairing(&self) -> &Pairing {
        &self.pairing
    }

    /// Does a little; false when everything is done.
    pub fn step(&mut self) -> bool {
        if let Some(mut draw) = self.draw.take() {
            let more = match &mut draw {
                Draw::Paired(resample) => resample.step(),
                Draw::Apart(both) => both.each_mut().map(Resample::step).contains(&true),
            };
            if more {
                self.draw = Some(draw);
            } else {
                self.put(draw);
            }
            return true;
        }
        let Some(method) = self.left.pop() else {
            correct(&mut self.found);
            return false;
        };
        let [first, second] = [0, 1].map(|side| stand(&self.sides[side], method));
        if let (Some(first), Some(second)) = (first, second) {
            let (difference, draw) = self.difference(method).unzip();
            self.found.push(Contrast { method, first, second, difference });
            self.draw = draw;
        }
        true
    }

    /// What was found, in the order of [`Method::ALL`], and the questions that both have.
    pub fn finish(self) -> (Vec<Contrast>, Pairing) {
        (self.found, self.pairing)
    }

    fn difference(&self, method: Method) -> Option<(Difference, Draw)> {
        let [first, second] = [0, 1].map(|side| records(&self.sides[side]));
        let pair = |&(one, other): &(usize, usize)| {
            let (one, other) = (&first[one], &second[other]);
            Some((forecast(one, method)?, forecast(other, method)?, other.answer))
        };
        let pairs: Vec<(&[f64], &[f64], usize)> = self.pairing.pairs.iter().filter_map(pair).collect();
        if pairs.is_empty() {
            return self.apart(method);
        }
        let gains: Vec<f64> =
            pairs.iter().map(|(a, b, answer)| credit(b, *answer) - credit(a, *answer)).collect();
        let briers: Vec<f64> =
            pairs.iter().map(|(a, b, answer)| (brier_of(a, *answer) - brier_of(b, *answer)) / 2.0).collect();
        let discordance = Discordance::of(gains.iter().map(|gain| -gain));
        let p = discordance.mcnemar();
        let difference = Difference {
            is_paired: true,
            questions: pairs.len(),
            accuracy: Interval::undrawn(&gains)?,
            brier: Interval::undrawn(&briers)?,
            discordance: Some(discordance),
            p,
            p_holm: p,
            is_shown: false,
        };
        let draw = Resample::new(&[&gains, &briers], self.seed, BOOTSTRAP_DRAWS)?;
        Some((difference, Draw::Paired(Box::new(draw))))
    }

    /// No question is in both: all of one against all of the other.
    fn apart(&self, method: Method) -> Option<(Difference, Draw)> {
        let sides = [0, 1].map(|side| scores(records(&self.sides[side]).iter(), method));
        let [first, second] = &sides;
        let counts = sides.each_ref().map(|(credits, _)| {
            let right = credits.iter().filter(|&&credit| credit > 0.5).count() as u64;
            (right, credits.len() as u64 - right)
        });
        let p = fisher(counts[0], counts[1]);
        let undrawn = |mean: f64| Interval { mean, low: f64::NAN, high: f64::NAN };
        // Each has draws of its own: the same ones for both would pair what does not belong together.
        let seeds = [self.seed, Seed::new(self.seed.stream("evaluate/second").next_u64())];
        let draw = |side: usize| {
            let (credits, briers) = &sides[side];
            Resample::new(&[credits, briers], seeds[side], BOOTSTRAP_DRAWS)
        };
        let difference = Difference {
            is_paired: false,
            questions: first.0.len().min(second.0.len()),
            accuracy: undrawn(mean(&second.0) - mean(&first.0)),
            brier: undrawn(mean(&first.1) - mean(&second.1)),
            discordance: None,
            p,
            p_holm: p,
            is_shown: false,
        };
        Some((difference, Draw::Apart(Box::new([draw(0)?, draw(1)?]))))
    }

    /// The intervals that were drawn, the last list's first.
    fn put(&mut self, draw: Draw) {
        let Some(difference) = self.found.last_mut().and_then(|last| last.difference.as_mut()) else {
            return;
        };
        let drawn = match draw {
            Draw::Paired(mut resample) => {
                let brier = resample.pop_interval();
                resample.pop_interval().zip(brier)
            }
            Draw::Apart(mut both) => {
                let [first, second] = &mut *both;
                let brier = unpaired(second, first);
                unpaired(first, second).zip(brier)
            }
        };
        if let Some((accuracy, brier)) = drawn {
            (difference.accuracy, difference.brier) = (accuracy, brier);
        }
    }
}

/// Holm's correction over all methods that are no yardsticks.
fn correct(found: &mut [Contrast]) {
    let rivals = found
        .iter_mut()
        .filter(|one| !matches!(one.method, Method::BestInHindsight | Method::Coin | Method::MarketPrice));
    let mut differences: Vec<&mut Difference> = rivals.filter_map(|one| one.difference.as_mut()).collect();
    let p_values: Vec<f64> = differences.iter().map(|one| one.p).collect();
    for (one, p_holm) in differences.iter_mut().zip(holm(&p_values)) {
        one.p_holm = p_holm;
        one.is_shown = p_holm < 1.0 - LEVEL && one.questions >= FEWEST_FOR_A_WINNER;
    }
}
