//! Cheaper ways to combine the same answers, beside the market's price: mean, median, log pool and majority
//! and their kin (mechanisms §6). They cost no extra call, because the answers are there already.

use super::moment::leader;
use super::stance::preferred;
use crate::belief::Belief;
use crate::market::math::{exp, ln, log_normalise, sqrt};

/// Beliefs are kept off 0 and 1 here, so that one certain agent cannot decide the log pool alone.
const FLOOR: f64 = 0.01;

/// What cheaper methods make of a set of beliefs: one probability an outcome each.
#[derive(Clone, Debug, PartialEq)]
pub struct Baselines {
    /// How many agents answered.
    pub answers: usize,
    /// The first agent on the roster that answered, and its belief.
    pub single: (usize, Vec<f64>),
    /// The arithmetic mean (linear pool).
    pub mean: Vec<f64>,
    /// The median of each outcome, normalised.
    pub median: Vec<f64>,
    /// The normalised geometric mean (logarithmic pool).
    pub log_pool: Vec<f64>,
    /// The logarithmic pool, pushed outwards by d(n): what independent answers deserve (Neyman & Roughgarden 2023).
    pub extremised: Vec<f64>,
    /// The outcome that most agents favour.
    pub majority: Majority,
    /// Each outcome's share of the votes, every vote weighted by how far its agent stands off an even split.
    pub confidence_vote: Vec<f64>,
}

/// The agent whose belief had the lowest Brier score, known only afterwards: its place and its belief.
pub fn best_in_hindsight<'a>(
    beliefs: impl IntoIterator<Item = Option<&'a Belief>>,
    outcome: usize,
) -> Option<(usize, Vec<f64>)> {
    let scored = beliefs.into_iter().enumerate().filter_map(|(agent, belief)| {
        let belief = belief?.probabilities();
        Some((agent, brier(&belief, outcome), belief))
    });
    scored.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(agent, _, belief)| (agent, belief))
}

/// The Brier score Σ_i (f_i − o_i)²: 0 is perfect, 2 the worst.
pub fn brier(forecast: &[f64], outcome: usize) -> f64 {
    let miss = |(place, f): (usize, &f64)| if place == outcome { f - 1.0 } else { *f };
    forecast.iter().enumerate().map(miss).map(|miss| miss * miss).sum()
}

/// d(n) = n(√(3n² − 3n + 1) − 2) / (n² − n − 1), the power of the extremised pool.
fn extremisation(answers: usize) -> f64 {
    let n = answers as f64;
    n * (sqrt(3.0 * n * n - 3.0 * n + 1.0) - 2.0) / (n * n - n - 1.0)
}

/// A vote: whoever is undecided casts none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Majority {
    /// The outcome with most votes (the first of equals).
    pub outcome: usize,
    /// Its votes.
    pub votes: usize,
    /// Whether another outcome has as many.
    pub tied: bool,
}

/// Combines beliefs, one an agent in roster order; `None` if nobody has answered.
pub fn baselines<'a>(beliefs: impl IntoIterator<Item = Option<&'a Belief>>) -> Option<Baselines> {
    let answered: Vec<(usize, &Belief)> = beliefs
        .into_iter()
        .enumerate()
        .filter_map(|(agent, belief)| belief.map(|belief| (agent, belief)))
        .collect();
    let &(first, belief) = answered.first()?;
    let outcomes = belief.outcomes();
    let rows: Vec<Vec<f64>> = answered.iter().map(|(_, belief)| belief.clipped(FLOOR)).collect();
    let count = rows.len() as f64;
    let column = |outcome: usize| rows.iter().map(move |row| row[outcome]);
    let mean = (0..outcomes).map(|o| answered.iter().map(|(_, b)| b.of(o)).sum::<f64>() / count).collect();
    let log_mean: Vec<f64> = (0..outcomes).map(|o| column(o).map(ln).sum::<f64>() / count).collect();
    let pushed = log_mean.iter().map(|log: &f64| extremisation(answered.len()) * log).collect();
    let exps = |logs: Vec<f64>| log_normalise(logs).into_iter().map(exp).collect();
    let (log_pool, extremised) = (exps(log_mean), exps(pushed));
    let median =
        normalised((0..outcomes).map(|o| median(answered.iter().map(|(_, b)| b.of(o)).collect())).collect());
    Some(Baselines {
        answers: answered.len(),
        single: (first, belief.probabilities()),
        mean,
        median,
        log_pool,
        extremised,
        confidence_vote: confidence_vote(answered.iter().map(|(_, belief)| *belief), outcomes),
        majority: vote(answered.iter().filter_map(|(_, belief)| preferred(belief.millionths())), outcomes),
    })
}

fn confidence_vote<'a>(beliefs: impl Iterator<Item = &'a Belief>, outcomes: usize) -> Vec<f64> {
    let even = 1.0 / outcomes as f64;
    let mut votes = vec![0.0; outcomes];
    for belief in beliefs {
        let favourite = belief.favourite();
        votes[favourite] += belief.of(favourite) - even;
    }
    if votes.iter().sum::<f64>() > 0.0 { normalised(votes) } else { vec![even; outcomes] }
}

fn vote(favourites: impl Iterator<Item = usize>, outcomes: usize) -> Majority {
    let mut votes = vec![0_usize; outcomes];
    for favourite in favourites {
        votes[favourite] += 1;
    }
    let outcome = leader(&votes.iter().map(|&votes| votes as f64).collect::<Vec<_>>());
    let most = votes[outcome];
    Majority { outcome, votes: most, tied: votes.iter().filter(|&&votes| votes == most).count() > 1 }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 { numbers[middle] } else { f64::midpoint(numbers[middle - 1], numbers[middle]) }
}

fn normalised(weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.into_iter().map(|weight| weight / total).collect() } else { weights }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(beliefs: &[Option<[f64; 2]>], expected: [f64; 3], majority: (usize, usize, bool)) {
        let beliefs: Vec<Option<Belief>> =
            beliefs.iter().map(|b| b.map(|b| Belief::from_weights(&b).unwrap())).collect();
        let made = baselines(beliefs.iter().map(Option::as_ref)).unwrap();
        for (made, expected) in [made.mean[0], made.median[0], made.log_pool[0]].into_iter().zip(expected) {
            assert!((made - expected).abs() < 1e-6, "{made} is not {expected}");
        }
        let Majority { outcome, votes, tied } = made.majority;
        assert_eq!((outcome, votes, tied), majority);
    }

    #[test]
    fn pools_of_the_mechanism_note() {
        let three = [Some([0.6, 0.4]), Some([0.7, 0.3]), Some([0.9, 0.1])];
        check(&three, [0.733_333_333, 0.7, 0.759_510_159], (0, 3, false));
        let three = three.map(|b| b.map(|b: [f64; 2]| Belief::from_weights(&b).unwrap()));
        let made = baselines(three.iter().map(Option::as_ref)).unwrap();
        assert!((extremisation(3) - 1.415_339_366).abs() < 1e-9);
        assert!((made.extremised[0] - 0.835_845_317).abs() < 1e-6, "{}", made.extremised[0]);
        assert_eq!(best_in_hindsight(three.iter().map(Option::as_ref), 1).unwrap().0, 0);
        assert_eq!(best_in_hindsight(three.iter().map(Option::as_ref), 0).unwrap().0, 2);
        assert!((brier(&[0.6, 0.4], 0) - 0.32).abs() < 1e-12);
        check(&[Some([0.8, 0.2]), None, Some([0.2, 0.8])], [0.5, 0.5, 0.5], (0, 1, true));
        check(&[Some([0.8, 0.2]), Some([0.5, 0.5])], [0.65, 0.65, 0.666_666_667], (0, 1, false));
        let split = [[0.9, 0.1], [0.45, 0.55]].map(|b| Belief::from_weights(&b).unwrap());
        let made = baselines(split.iter().map(Some)).unwrap();
        assert!((made.confidence_vote[0] - 0.4 / 0.45).abs() < 1e-6);
        assert_eq!(baselines([None, None]), None);
    }
}
