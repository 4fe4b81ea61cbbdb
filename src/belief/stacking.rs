//! Learning from resolved questions how far to trust each member of a panel: logistic stacking on log-odds with a
//! ridge, cross-validated, and the correlation ρ of the members' evidence. It offers figures and applies none.

use crate::market::math::{exp, ln_1p, logistic, sqrt};

/// Fewer resolved questions teach nothing that is worth offering.
pub const FEWEST: usize = 20;
/// Parts for cross-validation.
const FOLDS: usize = 5;
/// Ridges that are tried, from nearly one weight for all to nearly free weights.
const RIDGES: [f64; 6] = [10_000.0, 100.0, 10.0, 3.0, 1.0, 0.3];
/// A simpler model is taken if it loses no more than this many standard errors.
const NEGLIGIBLE: f64 = 0.5;
/// Newton steps of one fit: convergence is quadratic and the problem convex.
const NEWTON_STEPS: usize = 12;
/// Log-odds beyond this are taken for this: one certain voice must not decide a fit.
const MOST_LOG_ODDS: f64 = 6.0;
/// A little curvature everywhere, so that a member who always says one half does not make the system singular.
const FLOOR: f64 = 1e-6;

/// One question that is resolved: what each member said, in log-odds, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// One an agent, in roster order.
    pub log_odds: Vec<f64>,
    /// Whether it happened.
    pub happened: bool,
}

/// What resolved questions teach.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// A weight a member, in roster order: the log-odds of the panel are Σ w_i l_i.
    pub weights: Vec<f64>,
    /// The mean correlation of the members' log-odds given the truth, over all pairs, in [0, 1].
    pub rho: f64,
    /// The ridge that cross-validation chose; none if the weights follow from ρ alone.
    pub ridge: Option<f64>,
    /// Mean logarithmic loss on questions that were left out: ln 2 is a coin.
    pub loss: f64,
    /// How many questions.
    pub questions: usize,
}

/// Learns from resolved questions; `None` with fewer than [`FEWEST`], with no member, or with unequal panels.
pub fn learn(resolved: &[Resolved]) -> Option<Learned> {
    let members = resolved.first()?.log_odds.len();
    if resolved.len() < FEWEST || members == 0 || resolved.iter().any(|q| q.log_odds.len() != members) {
        return None;
    }
    let clamp = |l: &f64| l.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS);
    let rows: Vec<Resolved> = resolved
        .iter()
        .map(|q| Resolved { log_odds: q.log_odds.iter().map(clamp).collect(), happened: q.happened })
        .collect();
    // Simplest first: weights from ρ alone, then ever freer ones.
    let models: Vec<Option<f64>> = std::iter::once(None).chain(RIDGES.map(Some)).collect();
    let losses: Vec<Vec<f64>> = models.iter().map(|model| left_out_losses(&rows, *model)).collect();
    let best = (0..models.len()).min_by(|&a, &b| mean(&losses[a]).total_cmp(&mean(&losses[b])))?;
    let chosen = (0..best).find(|&model| hardly_worse(&losses[model], &losses[best])).unwrap_or(best);
    Some(Learned {
        weights: weights(&rows.iter().collect::<Vec<_>>(), models[chosen]),
        rho: correlation(resolved),
        ridge: models[chosen],
        loss: mean(&losses[chosen]),
        questions: resolved.len(),
    })
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Whether a simpler model's losses are higher than the best one's by no more than chance may do: half a standard
/// error of their difference, question by question.
fn hardly_worse(simple: &[f64], best: &[f64]) -> bool {
    let differences: Vec<f64> = simple.iter().zip(best).map(|(simple, best)| simple - best).collect();
    let excess = mean(&differences);
    let variance = mean(&differences.iter().map(|d| (d - excess) * (d - excess)).collect::<Vec<_>>());
    excess <= NEGLIGIBLE * sqrt(variance / differences.len() as f64)
}

/// The losses on each question of weights that were learned without its fold.
fn left_out_losses(rows: &[Resolved], model: Option<f64>) -> Vec<f64> {
    let learned: Vec<Vec<f64>> = (0..FOLDS)
        .map(|fold| {
            let others = rows.iter().enumerate().filter(|(place, _)| place % FOLDS != fold);
            weights(&others.map(|(_, row)| row).collect::<Vec<_>>(), model)
        })
        .collect();
    rows.iter().enumerate().map(|(place, row)| loss(row, &learned[place % FOLDS])).collect()
}

/// Weights with a ridge; without one, the weight 1/(1 + (n − 1)ρ) for all, with ρ from the same questions.
fn weights(rows: &[&Resolved], model: Option<f64>) -> Vec<f64> {
    let members = rows.first().map_or(0, |row| row.log_odds.len());
    if let Some(ridge) = model {
        return fit(rows, ridge);
    }
    let rho = correlation(&rows.iter().map(|row| (*row).clone()).collect::<Vec<_>>());
    vec![1.0 / (1.0 + (members as f64 - 1.0) * rho); members]
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// −ln of the probability given to what happened.
fn loss(row: &Resolved, weights: &[f64]) -> f64 {
    let z = dot(&row.log_odds, weights) * if row.happened { -1.0 } else { 1.0 };
    if z > 0.0 { z + ln_1p(exp(-z)) } else { ln_1p(exp(z)) }
}

/// Minimises Σ loss + ridge/2 · Σ (w_i − a)², where a is the best common weight: with a strong ridge this is one weight
/// for all, with a weak one each member has its own.
fn fit(rows: &[&Resolved], ridge: f64) -> Vec<f64> {
    let members = rows.first().map_or(0, |row| row.log_odds.len());
    let common = common_weight(rows);
    let mut weights = vec![common; members];
    for _ in 0..NEWTON_STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|w| ridge * (w - common)).collect();
        let mut curve = vec![vec![0.0; members]; members];
        for (place, row) in curve.iter_mut().enumerate() {
            row[place] = ridge + FLOOR;
        }
        for row in rows {
            let p = logistic(dot(&row.log_odds, &weights));
            let missed = p - f64::from(u8::from(row.happened));
            let bend = p * (1.0 - p);
            for (i, x) in row.log_odds.iter().enumerate() {
                slope[i] += missed * x;
                for (j, y) in row.log_odds.iter().enumerate() {
                    curve[i][j] += bend * x * y;
                }
            }
        }
        let step = solve(curve, slope);
        for (weight, step) in weights.iter_mut().zip(step) {
            // A longer step than this comes only from nearly separable questions.
            *weight -= step.clamp(-2.0, 2.0);
        }
    }
    weights
}

/// The best single weight for the sum of all log-odds.
fn common_weight(rows: &[&Resolved]) -> f64 {
    let sums: Vec<f64> = rows.iter().map(|row| row.log_odds.iter().sum()).collect();
    let mut weight = 0.0;
    for _ in 0..NEWTON_STEPS {
        let (mut slope, mut curve) = (0.0, FLOOR);
        for (row, sum) in rows.iter().zip(&sums) {
            let p = logistic(weight * sum);
            slope += (p - f64::from(u8::from(row.happened))) * sum;
            curve += p * (1.0 - p) * sum * sum;
        }
        weight -= (slope / curve).clamp(-1.0, 1.0);
    }
    weight
}

/// Solves a symmetric positive definite system by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let above = matrix[pivot].clone();
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / above[pivot];
            for (entry, above) in matrix[row].iter_mut().zip(&above).skip(pivot) {
                *entry -= factor * above;
            }
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

/// The mean over pairs of the correlation of log-odds, taken around their means under each truth: what is left of two
/// members' agreement once the truth is known. Members who always say the same are left out.
pub fn correlation(resolved: &[Resolved]) -> f64 {
    let members = resolved.first().map_or(0, |q| q.log_odds.len());
    let rest: Vec<Vec<f64>> = (0..members).map(|member| around_truth(resolved, member)).collect();
    let (mut total, mut pairs) = (0.0, 0_u32);
    for first in 0..members {
        for second in first + 1..members {
            let spread = dot(&rest[first], &rest[first]) * dot(&rest[second], &rest[second]);
            if spread > 0.0 {
                total += dot(&rest[first], &rest[second]) / sqrt(spread);
                pairs += 1;
            }
        }
    }
    if pairs == 0 { 0.0 } else { (total / f64::from(pairs)).clamp(0.0, 1.0) }
}

/// A member's log-odds less their mean over the questions with the same truth.
fn around_truth(resolved: &[Resolved], member: usize) -> Vec<f64> {
    let mean = |happened: bool| {
        let said: Vec<f64> =
            resolved.iter().filter(|q| q.happened == happened).map(|q| q.log_odds[member]).collect();
        said.iter().sum::<f64>() / said.len().max(1) as f64
    };
    let (yes, no) = (mean(true), mean(false));
    resolved.iter().map(|q| q.log_odds[member] - if q.happened { yes } else { no }).collect()
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
    fn too_little_teaches_nothing() {
        assert_eq!(learn(&questions(FEWEST - 1, &[1.0], 0.0)), None);
        assert_eq!(learn(&[]), None);
    }
}
