//! Simulated traders (mechanisms §11): a hidden truth, noisy signals of it, and kinds of trader that read their
//! signals well or badly. They know nothing about the real world; they show how the mechanism behaves.
//! Signals come in several looks, one a round, so that there is something to learn after the first round.

use serde::{Deserialize, Serialize};

use super::probability::{Belief, MILLION};
use crate::market::math;
use crate::prng::{Prng, Seed};

/// What a noisy trader misreads, as the standard deviation of its whole log-evidence.
pub const MISREADING: f64 = 1.0;
/// How much too far or too near the over- and under-confident go, as a factor on log-evidence.
pub const EXAGGERATION: f64 = 2.0;
/// How far herding and contrarian traders lean towards or from the price, as a power.
pub const LEANING: f64 = 0.5;
/// What a manipulator always says of the outcome it pushes.
pub const MANIPULATOR_SAYS: f64 = 0.99;

/// How a simulated trader reads its signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraderKind {
    /// Reads its signals exactly right.
    Bayesian,
    /// Misreads its signals at random and does not know it.
    Noisy,
    /// Takes its signals for twice the evidence they are.
    Overconfident,
    /// Takes its signals for half the evidence they are.
    Underconfident,
    /// Moves its belief half-way to the price.
    Herding,
    /// Leans away from the price.
    Contrarian,
    /// Knows the truth and always claims another outcome.
    Manipulator,
    /// Has no signal and repeats its neighbour on the roster.
    Copycat,
    /// Says anything.
    Random,
}

impl TraderKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Bayesian,
        Self::Noisy,
        Self::Overconfident,
        Self::Underconfident,
        Self::Herding,
        Self::Contrarian,
        Self::Manipulator,
        Self::Copycat,
        Self::Random,
    ];
}

/// The hidden truth and every trader's signals of it, all drawn from the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Signals {
    seed: Seed,
    prior: Belief,
    truth: usize,
    /// ln-evidence for each outcome: `evidence[trader][look][outcome]`.
    evidence: Vec<Vec<Vec<f64>>>,
}

/// The parameters of a world, as the run's set-up holds them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalModel {
    /// The truth, or `None` to draw it from the prior.
    pub truth: Option<usize>,
    /// d′: how far a whole signal sets two outcomes apart, in standard deviations.
    pub strength: f64,
    /// ρ: the share of the noise that all traders have in common.
    pub shared_noise: f64,
    /// Equal parts in which a signal arrives.
    pub looks: u32,
}

/// What a simulated trader sees when it is asked.
#[derive(Clone, Copy, Debug)]
pub struct TraderView<'a> {
    /// The round, from 1: it has had as many looks, up to the last.
    pub round: u32,
    /// The market's prices; none in the blind round.
    pub prices: Option<&'a [f64]>,
    /// The last belief of the trader before it on the roster; none in the blind round.
    pub neighbour: Option<&'a Belief>,
}

impl Signals {
    /// Draws a world for `traders` traders.
    ///
    /// Each look is a vector with one entry an outcome: a·\[outcome is true\] + noise, with a = d′/√2/√looks and
    /// unit noise √ρ·common + √(1−ρ)·own. Its log-likelihood is a·s up to a constant, so between two outcomes the
    /// whole signal's log-likelihood ratio is normal with mean ±d′²/2 and variance d′².
    pub fn draw(seed: Seed, prior: &Belief, traders: usize, model: SignalModel) -> Self {
        let truth = model.truth.unwrap_or_else(|| draw_truth(seed, prior));
        let looks = model.looks.max(1);
        let step = model.strength / math::sqrt(2.0 * f64::from(looks));
        let (common_share, own_share) =
            (math::sqrt(model.shared_noise), math::sqrt(1.0 - model.shared_noise));
        let mut common = seed.stream("world/common");
        let shared: Vec<Vec<f64>> = (0..looks).map(|_| normals(&mut common, prior.outcomes())).collect();
        let evidence = (0..traders)
            .map(|trader| {
                let mut own = seed.stream(&format!("world/signal/{trader}"));
                let look = |shared: &Vec<f64>| -> Vec<f64> {
                    let noise = normals(&mut own, prior.outcomes());
                    let signal = |outcome: usize| {
                        let mean = if outcome == truth { step } else { 0.0 };
                        mean + common_share * shared[outcome] + own_share * noise[outcome]
                    };
                    (0..prior.outcomes()).map(|outcome| step * signal(outcome)).collect()
                };
                shared.iter().map(look).collect()
            })
            .collect();
        Self { seed, prior: prior.clone(), truth, evidence }
    }

    /// The outcome that is true in this world.
    pub fn truth(&self) -> usize {
        self.truth
    }

    /// How many looks a trader has had by `round`.
    pub fn looks_by(&self, round: u32) -> u32 {
        let looks = self.evidence.first().map_or(0, Vec::len) as u32;
        round.min(looks)
    }

    /// What the trader with this kind says when it is asked.
    pub fn belief(&self, trader: usize, kind: TraderKind, view: &TraderView<'_>) -> Belief {
        let mut log_weights: Vec<f64> =
            (0..self.prior.outcomes()).map(|i| math::ln(self.prior.of(i))).collect();
        let looks = self.evidence[trader].iter().take(view.round as usize);
        let factor = match kind {
            TraderKind::Overconfident => EXAGGERATION,
            TraderKind::Underconfident => 1.0 / EXAGGERATION,
            _ => 1.0,
        };
        match kind {
            TraderKind::Manipulator => return self.manipulator(),
            TraderKind::Copycat => return view.neighbour.unwrap_or(&self.prior).clone(),
            TraderKind::Random => return self.anything(trader, view.round),
            _ => {}
        }
        for evidence in looks {
            for (weight, evidence) in log_weights.iter_mut().zip(evidence) {
                *weight += factor * evidence;
            }
        }
        if kind == TraderKind::Noisy {
            self.misread(trader, view.round, &mut log_weights);
        }
        let log_belief = math::log_normalise(log_weights);
        let lean = match kind {
            TraderKind::Herding => LEANING,
            TraderKind::Contrarian => -LEANING,
            _ => 0.0,
        };
        let leaning: Vec<f64> = match view.prices {
            Some(prices) if kind != TraderKind::Bayesian => log_belief
                .iter()
                .zip(prices)
                .map(|(own, price)| own + lean * (math::ln(price.max(f64::MIN_POSITIVE)) - own))
                .collect(),
            _ => log_belief,
        };
        from_logs(&math::log_normalise(leaning)).unwrap_or_else(|| self.prior.clone())
    }

    fn manipulator(&self) -> Belief {
        let outcomes = self.prior.outcomes();
        let pushed = (self.truth + 1) % outcomes;
        let rest = (1.0 - MANIPULATOR_SAYS) / (outcomes - 1).max(1) as f64;
        let weights: Vec<f64> =
            (0..outcomes).map(|outcome| if outcome == pushed { MANIPULATOR_SAYS } else { rest }).collect();
        Belief::from_weights(&weights).unwrap_or_else(|_| self.prior.clone())
    }

    fn anything(&self, trader: usize, round: u32) -> Belief {
        let mut draws = self.seed.stream(&format!("trader/anything/{trader}/{round}"));
        let weights: Vec<f64> =
            (0..self.prior.outcomes()).map(|_| -math::ln(math::unit_open(draws.next_u64()))).collect();
        Belief::from_weights(&weights).unwrap_or_else(|_| self.prior.clone())
    }

    fn misread(&self, trader: usize, round: u32, log_weights: &mut [f64]) {
        let mut draws = self.seed.stream(&format!("trader/misreading/{trader}"));
        let spread = MISREADING / math::sqrt(2.0 * f64::from(self.looks_by(u32::MAX).max(1)));
        for _ in 0..self.looks_by(round) {
            for (weight, noise) in log_weights.iter_mut().zip(normals(&mut draws, self.prior.outcomes())) {
                *weight += spread * noise;
            }
        }
    }
}

fn draw_truth(seed: Seed, prior: &Belief) -> usize {
    let mut draw = seed.stream("world/truth").below(u64::from(MILLION));
    for (outcome, &share) in prior.millionths().iter().enumerate() {
        if draw < u64::from(share) {
            return outcome;
        }
        draw -= u64::from(share);
    }
    0
}

fn normals(prng: &mut Prng, count: usize) -> Vec<f64> {
    (0..count).map(|_| math::standard_normal([prng.next_u64(), prng.next_u64()])).collect()
}

fn from_logs(logs: &[f64]) -> Option<Belief> {
    let weights: Vec<f64> = logs.iter().map(|&log| math::exp(log)).collect();
    Belief::from_weights(&weights).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(seed: u64, shared_noise: f64) -> Signals {
        let model = SignalModel { truth: None, strength: 1.0, shared_noise, looks: 4 };
        Signals::draw(Seed::new(seed), &Belief::uniform(2), 2, model)
    }

    /// ln-odds of the truth after all looks, for two Bayesians.
    fn log_odds(seed: u64, shared_noise: f64) -> [f64; 2] {
        let world = world(seed, shared_noise);
        let view = TraderView { round: 4, prices: None, neighbour: None };
        [0, 1].map(|trader| {
            math::logit(
                world.belief(trader, TraderKind::Bayesian, &view).of(world.truth()).clamp(1e-6, 1.0 - 1e-6),
            )
        })
    }

    #[test]
    fn signals_have_the_stated_strength_and_correlation() {
        for shared in [0.0, 0.6] {
            let worlds: Vec<[f64; 2]> = (0..6_000).map(|seed| log_odds(seed, shared)).collect();
            let mean = worlds.iter().map(|w| w[0]).sum::<f64>() / 6_000.0;
            let variance = worlds.iter().map(|w| (w[0] - 0.5) * (w[0] - 0.5)).sum::<f64>() / 6_000.0;
            let covariance = worlds.iter().map(|w| (w[0] - 0.5) * (w[1] - 0.5)).sum::<f64>() / 6_000.0;
            assert!((mean - 0.5).abs() < 0.05, "mean d′²/2: {mean}");
            assert!((variance - 1.0).abs() < 0.06, "variance d′²: {variance}");
            assert!((covariance / variance - shared).abs() < 0.05, "{covariance}");
        }
    }

    #[test]
    fn a_bayesian_is_calibrated() {
        let mut said = 0.0;
        let mut happened = 0.0;
        for seed in 0..4_000 {
            let world = world(seed, 0.0);
            let view = TraderView { round: 1, prices: None, neighbour: None };
            let belief = world.belief(0, TraderKind::Bayesian, &view).of(0);
            if belief > 0.6 {
                said += belief;
                happened += f64::from(u8::from(world.truth() == 0));
            }
        }
        assert!((said - happened).abs() / said < 0.05, "{said} {happened}");
    }

    #[test]
    fn every_kind_answers_and_answers_alike_twice() {
        for kind in TraderKind::ALL {
            let prices = [0.7, 0.3];
            let neighbour = Belief::uniform(2);
            let view = TraderView { round: 2, prices: Some(&prices), neighbour: Some(&neighbour) };
            assert_eq!(
                world(5, 0.3).belief(1, kind, &view),
                world(5, 0.3).belief(1, kind, &view),
                "{kind:?}"
            );
        }
    }
}
