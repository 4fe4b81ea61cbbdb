//! Logistic regression on log-odds with a ridge towards one common weight, by Newton's method, a step at a time.

use super::correlation::dot;
use super::stacking::Resolved;
use crate::market::math::logistic;

/// Newton steps of one fit: convergence is quadratic and the problem convex.
const NEWTON_STEPS: usize = 12;
/// A little curvature everywhere, so that a member who always says one half does not make the system singular.
const FLOOR: f64 = 1e-6;

/// Minimises Σ loss + ridge/2 · Σ (w_i − a)², where a is the best common weight: with a strong ridge this is one weight
/// for all, with a weak one each member has its own.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    ridge: f64,
    common: f64,
    /// As they are now.
    pub weights: Vec<f64>,
    steps: usize,
}

impl Fit {
    /// Before the first step.
    pub fn new(rows: &[&Resolved], ridge: f64) -> Self {
        let members = rows.first().map_or(0, |row| row.log_odds.len());
        let common = common_weight(rows);
        Self { ridge, common, weights: vec![common; members], steps: 0 }
    }

    /// One Newton step; whether there was one left to do.
    pub fn step(&mut self, rows: &[&Resolved]) -> bool {
        if self.steps == NEWTON_STEPS {
            return false;
        }
        let Self { ridge, common, weights, .. } = self;
        let members = weights.len();
        let mut slope: Vec<f64> = weights.iter().map(|w| *ridge * (w - *common)).collect();
        let mut curve = vec![vec![0.0; members]; members];
        for (place, row) in curve.iter_mut().enumerate() {
            row[place] = *ridge + FLOOR;
        }
        for row in rows {
            let p = logistic(dot(&row.log_odds, weights));
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
        self.steps += 1;
        true
    }
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
