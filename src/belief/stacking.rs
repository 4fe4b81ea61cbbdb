//! Learning from resolved questions how far to trust each member of a panel: one weight for all
//! that follows from ρ, the same without one member, or logistic stacking on log-odds with a ridge, chosen by
//! cross-validation. It offers figures and applies none.

use super::correlation::{correlation, dot};
use super::ridge::Fit;
use crate::market::math::{exp, ln_1p, sqrt};

/// Fewer resolved questions teach nothing that is worth offering.
pub const FEWEST: usize = 20;
/// Parts for cross-validation.
const FOLDS: usize = 5;
/// Ridges that are tried, from nearly one weight for all to nearly free weights.
const RIDGES: [f64; 6] = [10_000.0, 100.0, 10.0, 3.0, 1.0, 0.3];
/// A simpler model is taken if it loses no more than this many standard errors: the usual rule of one (Breiman et al.).
const NEGLIGIBLE: f64 = 1.0;
/// Log-odds beyond this are taken for this: one certain voice must not decide a fit.
const MOST_LOG_ODDS: f64 = 6.0;

/// One question that is resolved: what each member said, in log-odds, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// One an agent, in roster order.
    pub log_odds: Vec<f64>,
    /// Whether it happened.
    pub happened: bool,
}

/// How the weights of a panel follow from resolved questions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// Everybody has the weight 1/(1 + (n − 1)ρ), with ρ from the questions.
    Alike,
    /// So have all but this member, whose word counts for nothing: one who misleads must not be in the figure that the
    /// others are drawn towards.
    Without(usize),
    /// Weights of their own, drawn towards the best common one with this ridge.
    Ridge(f64),
}

/// What resolved questions teach.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// A weight a member, in roster order: the log-odds of the panel are Σ w_i l_i.
    pub weights: Vec<f64>,
    /// The mean correlation of the members' log-odds given the truth, over all pairs, in [0, 1].
    pub rho: f64,
    /// The model that cross-validation chose.
    pub model: Model,
    /// Mean logarithmic loss on questions that were left out: ln 2 is a coin.
    pub loss: f64,
    /// How many questions.
    pub questions: usize,
    /// The loss on each question of weights that were learned without it.
    pub left_out: Vec<f64>,
}

/// Learns from resolved questions in one go; `None` with fewer than [`FEWEST`], with no member, or with unequal panels.
pub fn learn(resolved: &[Resolved]) -> Option<Learned> {
    let mut learning = Learning::new(resolved)?;
    while learning.work() {}
    learning.finish()
}

/// Learning under way, a Newton step at a time, so that a page does not stand still over ten thousand questions.
#[derive(Clone, Debug)]
pub struct Learning {
    rows: Vec<Resolved>,
    /// Simplest first: weights from ρ alone, the same without one member, then ever freer ones.
    models: Vec<Model>,
    /// For each model, the losses on each question of weights that were learned without its fold.
    losses: Vec<Vec<f64>>,
    fits: usize,
    /// The fit that is under way.
    fit: Option<Fit>,
    /// The model that was chosen, and its weights on all questions.
    found: Option<(usize, Vec<f64>)>,
}

impl Learning {
    /// Before the first fit; `None` where nothing can be learned.
    pub fn new(resolved: &[Resolved]) -> Option<Self> {
        let members = resolved.first()?.log_odds.len();
        let unequal = resolved.iter().any(|question| question.log_odds.len() != members);
        if resolved.len() < FEWEST || members == 0 || unequal {
            return None;
        }
        let rows: Vec<Resolved> = resolved.iter().map(clamped).collect();
        let without = (0..if members > 2 { members } else { 0 }).map(Model::Without);
        let models: Vec<Model> =
            std::iter::once(Model::Alike).chain(without).chain(RIDGES.map(Model::Ridge)).collect();
        let losses = vec![vec![0.0; rows.len()]; models.len()];
        Some(Self { rows, models, losses, fits: 0, fit: None, found: None })
    }

    /// A step of a fit; whether there is more to do.
    pub fn work(&mut self) -> bool {
        if self.found.is_some() {
            return false;
        }
        let (turn, fold) = (self.fits / FOLDS, self.fits % FOLDS);
        let Some(&model) = self.models.get(turn) else {
            let chosen = self.chosen();
            let rows: Vec<&Resolved> = self.rows.iter().collect();
            self.found = advance(&mut self.fit, &rows, self.models[chosen]).map(|weights| (chosen, weights));
            return self.found.is_none();
        };
        let others = self.rows.iter().enumerate().filter(|(place, _)| place % FOLDS != fold);
        let others: Vec<&Resolved> = others.map(|(_, row)| row).collect();
        if let Some(learned) = advance(&mut self.fit, &others, model) {
            for (place, row) in self.rows.iter().enumerate().skip(fold).step_by(FOLDS) {
                self.losses[turn][place] = loss(row, &learned);
            }
            self.fits += 1;
        }
        true
    }

    /// The simplest model that is hardly worse than the best on questions that were left out.
    fn chosen(&self) -> usize {
        let means: Vec<f64> = self.losses.iter().map(|losses| mean(losses)).collect();
        let best = (0..means.len()).min_by(|&a, &b| means[a].total_cmp(&means[b])).unwrap_or_default();
        (0..best).find(|&model| hardly_worse(&self.losses[model], &self.losses[best])).unwrap_or(best)
    }

    /// What was learned; `None` before all the work is done.
    pub fn finish(self) -> Option<Learned> {
        let Self { rows, models, losses, found, .. } = self;
        let (chosen, weights) = found?;
        let rows: Vec<&Resolved> = rows.iter().collect();
        Some(Learned {
            weights,
            rho: correlation(&rows, None),
            model: models[chosen],
            loss: mean(&losses[chosen]),
            questions: rows.len(),
            left_out: losses[chosen].clone(),
        })
    }
}

/// Goes on with a fit, or begins it; the weights that the model finds in these questions, once they are there.
fn advance(fit: &mut Option<Fit>, rows: &[&Resolved], model: Model) -> Option<Vec<f64>> {
    let Model::Ridge(ridge) = model else { return Some(shared_weights(rows, model)) };
    let mut under_way = fit.take().unwrap_or_else(|| Fit::new(rows, ridge));
    if under_way.step(rows) {
        *fit = Some(under_way);
        return None;
    }
    Some(under_way.weights)
}

fn clamped(question: &Resolved) -> Resolved {
    let clamp = |l: &f64| l.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS);
    Resolved { log_odds: question.log_odds.iter().map(clamp).collect(), happened: question.happened }
}

/// Whether what was learned may be offered in place of one weight for all.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// There are too few questions to learn from.
    TooFew {
        /// So many there are, of [`FEWEST`].
        questions: usize,
    },
    /// On questions that were left out it is no better, or all members together know nothing.
    NoGain {
        /// On so many questions.
        questions: usize,
    },
    /// It is better than chance explains.
    Gain {
        /// What was learned.
        learned: Learned,
        /// Mean logarithmic loss with the usual weight.
        usual_loss: f64,
        /// The standard error of the difference.
        stderr: f64,
    },
}

/// So many standard errors must a gain stand off zero.
const SHOWN: f64 = 2.0;

/// Judges what was learned against the usual weight for all, and against saying nothing, on the questions that each
/// fit had left out.
pub fn offer(resolved: &[Resolved], learned: Option<Learned>, usual_weight: f64) -> Offer {
    let questions = resolved.len();
    let Some(learned) = learned else { return Offer::TooFew { questions } };
    let usual = vec![usual_weight; learned.weights.len()];
    let usual: Vec<f64> = resolved.iter().map(|question| loss(&clamped(question), &usual)).collect();
    let nothing = vec![std::f64::consts::LN_2; questions];
    let (gain, stderr) = difference(&usual, &learned.left_out);
    let (knowledge, doubt) = difference(&nothing, &learned.left_out);
    if gain > SHOWN * stderr && knowledge > SHOWN * doubt {
        Offer::Gain { usual_loss: mean(&usual), stderr, learned }
    } else {
        Offer::NoGain { questions }
    }
}

/// The mean of `before − after`, question by question, and its standard error.
fn difference(before: &[f64], after: &[f64]) -> (f64, f64) {
    let differences: Vec<f64> = before.iter().zip(after).map(|(before, after)| before - after).collect();
    let middle = mean(&differences);
    let variance = mean(&differences.iter().map(|d| (d - middle) * (d - middle)).collect::<Vec<_>>());
    (middle, sqrt(variance / differences.len() as f64))
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Whether a simpler model's losses are higher than the best one's by no more than chance may do:
/// [`NEGLIGIBLE`] standard errors of their difference, question by question.
fn hardly_worse(simple: &[f64], best: &[f64]) -> bool {
    let (excess, stderr) = difference(simple, best);
    excess <= NEGLIGIBLE * stderr
}

/// One weight for everybody who is heard, from ρ alone.
fn shared_weights(rows: &[&Resolved], model: Model) -> Vec<f64> {
    let members = rows.first().map_or(0, |row| row.log_odds.len());
    let without = match model {
        Model::Without(member) => Some(member),
        Model::Alike | Model::Ridge(_) => None,
    };
    let heard = members - usize::from(without.is_some());
    let shared = 1.0 / (1.0 + (heard as f64 - 1.0) * correlation(rows, without));
    (0..members).map(|member| if Some(member) == without { 0.0 } else { shared }).collect()
}

/// −ln of the probability given to what happened.
fn loss(row: &Resolved, weights: &[f64]) -> f64 {
    let z = dot(&row.log_odds, weights) * if row.happened { -1.0 } else { 1.0 };
    if z > 0.0 { z + ln_1p(exp(-z)) } else { ln_1p(exp(z)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::math::standard_normal;
    use crate::prng::Seed;

    /// Questions with members of the given strengths and a common part of the noise.
    fn questions(count: usize, strengths: &[f64], shared: f64) -> Vec<Resolved> {
        let mut draws = Seed::new(9).stream("stacking");
        let mut normal = move || standard_normal([draws.next_u64(), draws.next_u64()]);
        (0..count)
            .map(|place| {
                let happened = place % 2 == 0;
                let (side, common) = (if happened { 0.5 } else { -0.5 }, normal());
                let log_odds = strengths
                    .iter()
                    .map(|d| d * d * side + d * (sqrt(shared) * common + sqrt(1.0 - shared) * normal()))
                    .collect();
                Resolved { log_odds, happened }
            })
            .collect()
    }

    #[test]
    fn independent_evidence_has_weight_one_and_shared_evidence_less() {
        let learned = learn(&questions(4_000, &[1.0, 1.0, 1.0], 0.0)).unwrap();
        assert!(learned.weights.iter().all(|w| (w - 1.0).abs() < 0.15) && learned.rho < 0.05, "{learned:?}");
        let learned = learn(&questions(4_000, &[1.0, 1.0, 1.0], 0.6)).unwrap();
        let expected = 1.0 / 2.2;
        assert!(learned.weights.iter().all(|w| (w - expected).abs() < 0.15), "{learned:?}");
        assert!((learned.rho - 0.6).abs() < 0.05, "{learned:?}");
    }

    #[test]
    fn a_voice_without_evidence_loses_its_weight() {
        let mut asked = questions(400, &[1.0, 1.0, 1.0], 0.0);
        for (place, question) in asked.iter_mut().enumerate() {
            question.log_odds.push(4.6);
            // One that says the reverse of the first.
            let lie = -question.log_odds[0];
            question.log_odds.push(if place % 3 == 0 { lie } else { 0.2 });
        }
        let learned = learn(&asked).unwrap();
        assert!(learned.weights[3].abs() < 0.15, "{learned:?}");
        assert!(learned.loss < std::f64::consts::LN_2, "{learned:?}");
    }

    #[test]
    fn the_others_are_heard_as_if_a_liar_were_not_there() {
        let mut asked = questions(200, &[1.0, 1.0, 1.0, 1.0], 0.6);
        for question in &mut asked {
            question.log_odds.insert(2, 4.6);
        }
        let learned = learn(&asked).unwrap();
        assert_eq!(learned.model, Model::Without(2));
        assert!(learned.weights[2].abs() < 1e-12, "{learned:?}");
        let expected = 1.0 / (1.0 + 3.0 * 0.6);
        let honest = [0, 1, 3, 4].map(|member| learned.weights[member]);
        assert!(honest.iter().all(|w| (w - expected).abs() < 0.05), "{learned:?}");
    }

    #[test]
    fn a_gain_is_offered_and_noise_is_refused() {
        // One who knows, two who only repeat each other with confidence.
        let mut asked = questions(80, &[1.5, 1.0, 1.0], 0.0);
        for (place, question) in asked.iter_mut().enumerate() {
            let loud = if place % 4 < 2 { 2.0 } else { -2.0 };
            question.log_odds[1] = loud;
            question.log_odds[2] = loud;
        }
        let Offer::Gain { learned, usual_loss, stderr } = offer(&asked, learn(&asked), 1.0 / 1.6) else {
            panic!("no gain");
        };
        assert!(learned.loss + 2.0 * stderr < usual_loss && learned.rho > 0.1, "{learned:?}");
        assert!(learned.weights[0] > 0.5 && learned.weights[1].abs() < 0.3, "{learned:?}");
        // What nobody knows cannot be learned: opinions that have nothing to do with what came.
        let mut noise = questions(80, &[1.0, 1.0, 1.0], 0.3);
        for (place, question) in noise.iter_mut().enumerate() {
            question.happened = place / 2 % 2 == 0;
        }
        assert_eq!(offer(&noise, learn(&noise), 1.0 / 1.6), Offer::NoGain { questions: 80 });
        // Where the usual weight is right already there is nothing to gain.
        let right = questions(80, &[1.0, 1.0, 1.0], 0.3);
        assert_eq!(offer(&right, learn(&right), 1.0 / 1.6), Offer::NoGain { questions: 80 });
        assert_eq!(offer(&right[..9], learn(&right[..9]), 1.0), Offer::TooFew { questions: 9 });
    }

    #[test]
    fn too_little_teaches_nothing() {
        assert_eq!(learn(&questions(FEWEST - 1, &[1.0], 0.0)), None);
        assert_eq!(learn(&[]), None);
    }
}
