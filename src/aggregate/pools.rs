//! Ways to combine beliefs that need no market (mechanisms §6), for any number of outcomes: the logarithmic pool, the
//! same extremised, and a vote weighted by confidence. Rows are agents, entries outcomes, all positive.

use crate::belief::guards::extremising_factor;
use crate::market::math::{exp, ln, log_normalise};

/// The normalised geometric mean, its log-ratios multiplied by `factor`: 1 is the plain logarithmic pool.
pub fn log_pool(rows: &[Vec<f64>], factor: f64) -> Vec<f64> {
    let outcomes = rows.first().map_or(0, Vec::len);
    let scale = factor / rows.len().max(1) as f64;
    let logs = (0..outcomes).map(|outcome| scale * rows.iter().map(|row| ln(row[outcome])).sum::<f64>());
    log_normalise(logs.collect()).into_iter().map(exp).collect()
}

/// The logarithmic pool with [`extremising_factor`].
pub fn extremised(rows: &[Vec<f64>]) -> Vec<f64> {
    log_pool(rows, extremising_factor(rows.len()))
}

/// Everybody votes for its favourite with the weight of its confidence, (max p − 1/n)/(1 − 1/n): an even belief does
/// not count, a certain one counts whole. An even share each if nobody has any confidence.
pub fn confidence_vote(rows: &[Vec<f64>]) -> Vec<f64> {
    let outcomes = rows.first().map_or(0, Vec::len);
    let even = 1.0 / outcomes.max(1) as f64;
    let mut votes = vec![0.0; outcomes];
    for row in rows {
        let favourite = super::moment::leader(row);
        votes[favourite] += ((row[favourite] - even) / (1.0 - even)).max(0.0);
    }
    let total: f64 = votes.iter().sum();
    if total > 0.0 { votes.into_iter().map(|vote| vote / total).collect() } else { vec![even; outcomes] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_values_of_the_mechanism_note() {
        let rows = [[0.6, 0.4], [0.7, 0.3], [0.9, 0.1]].map(|row| row.to_vec());
        let near = |made: f64, golden: f64| assert!((made - golden).abs() < 5e-10, "{made} is not {golden}");
        near(log_pool(&rows, 1.0)[0], 0.759_510_159);
        near(extremising_factor(3), 1.415_339_366);
        near(extremised(&rows)[0], 0.835_845_317);
        near(extremising_factor(1), 1.0);
        near(confidence_vote(&[vec![0.6, 0.4], vec![0.1, 0.9]])[1], 0.8);
        near(confidence_vote(&[vec![0.5, 0.5]])[0], 0.5);
    }
}
