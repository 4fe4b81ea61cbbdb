//! Guards against a member of the panel that misleads (mechanisms §11), as functions of what each would move the
//! log-odds by. All are off by default: where nobody lies they cost a little. They know no market.

use serde::{Deserialize, Serialize};

use super::targets;
use crate::market::math::{ln, log_normalise, log_sum_exp, sqrt};

/// What a run does about members that may mislead. Only evidence trades know guards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Guard {
    /// Nothing.
    #[default]
    None,
    /// Leaves out the highest and the lowest, outcome by outcome.
    Trim,
    /// Nobody's evidence counts for more than this between two outcomes, before the discount for what is shared.
    Cap {
        /// In units of log-odds.
        most: f64,
    },
    /// A reader who holds it possible that one member misleads decides what all of it together is worth; each member
    /// moves what its word adds to that. For two outcomes only.
    Robust,
    /// Each member's evidence counts with a weight of its own, learned from resolved questions.
    Weights {
        /// One an agent, in roster order.
        weights: Vec<f64>,
    },
}

impl Guard {
    /// Whether it is the default, which set-ups leave out.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// Whether its parameters are in range for a panel of so many and so many outcomes.
    pub fn fits(&self, agents: usize, outcomes: usize) -> bool {
        match self {
            Self::None | Self::Trim => true,
            Self::Robust => outcomes == 2,
            Self::Cap { most } => (0.01..=20.0).contains(most),
            Self::Weights { weights } => {
                weights.len() == agents && weights.iter().all(|weight| (-10.0..=10.0).contains(weight))
            }
        }
    }

    /// The belief that stands for what `agent` may move: its own if there is no guard. `beliefs` are the last ones of
    /// all agents (positive), `weight` is the evidence discount of the panel. `None` if the agent never answered.
    ///
    /// Evidence is ln(π/π₀), centred over the outcomes; the guard changes it, and π₀ times its exponential is a belief
    /// again. So what was traded before, and what a purse did not allow, are kept as without a guard.
    pub fn belief(
        &self,
        prior: &[f64],
        beliefs: &[Option<Vec<f64>>],
        agent: usize,
        weight: f64,
    ) -> Option<Vec<f64>> {
        let own = beliefs.get(agent)?.as_ref()?;
        if self.is_none() {
            return Some(own.clone());
        }
        let evidence = |belief: &[f64]| -> Vec<f64> {
            let logs: Vec<f64> =
                belief.iter().zip(prior).map(|(now, before)| ln(*now) - ln(*before)).collect();
            let mean = logs.iter().sum::<f64>() / logs.len() as f64;
            logs.into_iter().map(|log| log - mean).collect()
        };
        let mut mine = evidence(own);
        match self {
            Self::None => {}
            Self::Trim => {
                let place = beliefs[..agent].iter().flatten().count();
                let all: Vec<Vec<f64>> = beliefs.iter().flatten().map(|belief| evidence(belief)).collect();
                for (outcome, mine) in mine.iter_mut().enumerate() {
                    *mine = trimmed(&all.iter().map(|row| row[outcome]).collect::<Vec<_>>())[place];
                }
            }
            Self::Cap { most } => {
                let (low, high) = mine
                    .iter()
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &e| (low.min(e), high.max(e)));
                let spread = high - low;
                if spread > *most {
                    for e in &mut mine {
                        *e *= most / spread;
                    }
                }
            }
            Self::Robust => {
                let place = beliefs[..agent].iter().flatten().count();
                let all: Vec<f64> = beliefs
                    .iter()
                    .flatten()
                    .map(|belief| {
                        let evidence = evidence(belief);
                        evidence.first().copied().unwrap_or(0.0) - evidence.last().copied().unwrap_or(0.0)
                    })
                    .collect();
                let moved = robust(&all, shared_by(beliefs.len(), weight))[place] / weight;
                mine = vec![moved / 2.0, -moved / 2.0];
            }
            Self::Weights { weights } => {
                let own = weights.get(agent).copied().unwrap_or(weight) / weight;
                for e in &mut mine {
                    *e *= own;
                }
            }
        }
        let logs = mine.iter().zip(prior).map(|(e, p)| ln(*p) + e).collect();
        Some(targets::exponentials(&log_normalise(logs)))
    }
}

/// The factor on log-odds that undoes what n forecasters with some shared information lose by averaging:
/// d = n (√(3n² − 3n + 1) − 2)/(n² − n − 1) (Neyman & Roughgarden 2021). 1 for a single one.
pub fn extremising_factor(forecasters: usize) -> f64 {
    let n = forecasters.max(1) as f64;
    n * (sqrt(3.0 * n * n - 3.0 * n + 1.0) - 2.0) / (n * n - n - 1.0)
}

/// Leaves out the highest and the lowest and lets the others speak for all: each kept move counts n/(n − 2). Fewer
/// than three moves are kept as they are.
pub fn trimmed(moves: &[f64]) -> Vec<f64> {
    let count = moves.len();
    if count < 3 {
        return moves.to_vec();
    }
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|&a, &b| moves[a].total_cmp(&moves[b]).then(a.cmp(&b)));
    let mut kept = vec![0.0; count];
    for &place in &places[1..count - 1] {
        kept[place] = moves[place] * count as f64 / (count as f64 - 2.0);
    }
    kept
}

/// The ρ at which each of so many members counts with this weight.
fn shared_by(members: usize, weight: f64) -> f64 {
    if members < 2 { 0.0 } else { (1.0 / weight - 1.0) / (members as f64 - 1.0) }
}

/// What each member moves so that all moves add up to [`outlier_posterior`]: what its word adds to the others', and an
/// equal part of what only all of them together are worth.
pub fn robust(log_odds: &[f64], rho: f64) -> Vec<f64> {
    let whole = outlier_posterior(log_odds, rho);
    let added: Vec<f64> = (0..log_odds.len())
        .map(|member| {
            let others: Vec<f64> =
                log_odds.iter().enumerate().filter(|(place, _)| *place != member).map(|(_, l)| *l).collect();
            whole - if others.is_empty() { 0.0 } else { outlier_posterior(&others, rho) }
        })
        .collect();
    let rest = (whole - added.iter().sum::<f64>()) / log_odds.len().max(1) as f64;
    added.into_iter().map(|own| own + rest).collect()
}

/// Nobody's log-odds count for more than `most` either way.
pub fn capped(moves: &[f64], most: f64) -> Vec<f64> {
    moves.iter().map(|step| step.clamp(-most, most)).collect()
}

/// How strong signals may be: the variances of log-odds that are taken for equally likely.
const VARIANCES: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// How likely it is beforehand that one member misleads.
const OUTLIER_CHANCE: f64 = 0.5;
/// The standard deviation of what a misleading member says, in log-odds: it may say nearly anything.
const OUTLIER_SPREAD: f64 = 3.0;
/// ln √2π.
const LN_ROOT_TAU: f64 = 0.918_938_533_204_672_8;

/// The log-odds of a reader who holds it possible that one member misleads, and does not know who or how strong the
/// signals are: Bayes' rule over “nobody” and “member k”, over both truths and five strengths. Honest members' log-odds
/// are jointly normal with mean ±v/2, variance v and correlation `rho`; a misleading member's are normal around 0 with
/// a wide spread whatever the truth. Where all agree this is Σ l/(1 + (n − 1)ρ); a voice that fits no common truth
/// fades. It needs no history.
pub fn outlier_posterior(log_odds: &[f64], rho: f64) -> f64 {
    let count = log_odds.len();
    let rho = rho.min(0.99);
    let mut hypotheses: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    for variance in VARIANCES {
        for (side, sign) in hypotheses.iter_mut().zip([1.0, -1.0]) {
            let mean = sign * variance / 2.0;
            let sum: f64 = log_odds.iter().map(|l| l - mean).sum();
            let squares: f64 = log_odds.iter().map(|l| (l - mean) * (l - mean)).sum();
            side.push(ln(1.0 - OUTLIER_CHANCE) + honest(count, sum, squares, variance, rho));
            if count < 3 {
                continue;
            }
            for l in log_odds {
                let off = l - mean;
                let rest = honest(count - 1, sum - off, squares - off * off, variance, rho);
                let z = l / OUTLIER_SPREAD;
                let lie = -0.5 * z * z - ln(OUTLIER_SPREAD) - LN_ROOT_TAU;
                side.push(ln(OUTLIER_CHANCE / count as f64) + rest + lie);
            }
        }
    }
    log_sum_exp(&hypotheses[0]) - log_sum_exp(&hypotheses[1])
}

/// ln of the density of `count` normal numbers with variance v and correlation ρ, of which the sum and the sum of
/// squares about their mean are given.
fn honest(count: usize, sum: f64, squares: f64, variance: f64, rho: f64) -> f64 {
    let n = count as f64;
    let together = 1.0 + (n - 1.0) * rho;
    let distance = (squares - rho * sum * sum / together) / (variance * (1.0 - rho));
    -n * (LN_ROOT_TAU + 0.5 * ln(variance)) - 0.5 * ((n - 1.0) * ln(1.0 - rho) + ln(together) + distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_leave_an_honest_panel_nearly_alone() {
        let moves = [0.3, -0.1, 0.2, 0.5, 0.4];
        assert_eq!(trimmed(&moves), [0.5, 0.0, 0.2 * 5.0 / 3.0, 0.0, 0.4 * 5.0 / 3.0]);
        assert_eq!(trimmed(&[1.0, -1.0]), [1.0, -1.0]);
        assert_eq!(capped(&[3.0, -0.2, -9.0], 1.0), [1.0, -0.2, -1.0]);
        // Two are too few to tell who misleads: plain evidence.
        assert!((outlier_posterior(&[0.7, -0.2], 0.0) - 0.5).abs() < 1e-9);
        assert!((outlier_posterior(&[0.7, 0.3], 0.5) - 1.0 / 1.5).abs() < 1e-9);
    }

    #[test]
    fn guarded_beliefs_of_two_outcomes_are_the_formulas() {
        let beliefs: Vec<Option<Vec<f64>>> =
            [0.6, 0.7, 0.55, 0.99].iter().map(|&p| Some(vec![p, 1.0 - p])).collect();
        let odds = |p: f64| ln(p / (1.0 - p));
        let prior = [0.5, 0.5];
        let made = |guard: Guard, agent: usize, weight: f64| {
            odds(guard.belief(&prior, &beliefs, agent, weight).unwrap()[0])
        };
        let near =
            |made: f64, expected: f64| assert!((made - expected).abs() < 1e-9, "{made} is not {expected}");
        near(made(Guard::None, 3, 0.5), odds(0.99));
        near(made(Guard::Trim, 3, 0.5), 0.0);
        near(made(Guard::Trim, 2, 0.5), 0.0);
        near(made(Guard::Trim, 1, 0.5), 2.0 * odds(0.7));
        near(made(Guard::Cap { most: 1.0 }, 3, 0.5), 1.0);
        near(made(Guard::Cap { most: 1.0 }, 0, 0.5), odds(0.6));
        let learned = Guard::Weights { weights: vec![0.2, 0.4, 0.3, 0.0] };
        near(0.5 * made(learned.clone(), 1, 0.5), 0.4 * odds(0.7));
        near(made(learned, 3, 0.5), 0.0);
    }

    #[test]
    fn robust_moves_add_up_and_a_lone_liar_moves_little() {
        let said = [-0.9, -0.4, -0.7, -0.2, 4.6];
        let moves = robust(&said, 0.3);
        assert!((moves.iter().sum::<f64>() - outlier_posterior(&said, 0.3)).abs() < 1e-9);
        assert!(moves[4].abs() < 0.5 * 4.6 / 2.2, "{moves:?}");
        let beliefs: Vec<Option<Vec<f64>>> = said
            .iter()
            .map(|&l| crate::market::math::logistic(l))
            .map(|p| Some(vec![p, 1.0 - p]))
            .chain([None])
            .collect();
        let weight = 1.0 / (1.0 + 5.0 * 0.3);
        let total: f64 = (0..5)
            .map(|agent| {
                let belief = Guard::Robust.belief(&[0.5, 0.5], &beliefs, agent, weight).unwrap();
                weight * (ln(belief[0]) - ln(belief[1]))
            })
            .sum();
        assert!((total - outlier_posterior(&said, 0.3)).abs() < 1e-9, "the trades go where the reader is");
        assert_eq!(Guard::Robust.belief(&[0.5, 0.5], &beliefs, 5, weight), None);
        assert!(Guard::Robust.fits(5, 2) && !Guard::Robust.fits(5, 3));
    }

    #[test]
    fn a_voice_that_fits_no_common_truth_fades() {
        let honest = [-0.9, -0.4, -0.7, -0.2];
        let alone = outlier_posterior(&honest, 0.0);
        let with_liar = outlier_posterior(&[honest[0], honest[1], honest[2], honest[3], 4.6], 0.0);
        assert!(alone < -1.5 && with_liar < -1.0, "{alone} {with_liar}");
    }
}
