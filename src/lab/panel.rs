//! The panel of the lab and its worlds: who sits on it, what they see of the truth, and what they say. It does not
//! know how their words are combined.

use serde::{Deserialize, Serialize};

use crate::belief::simulated::{EXAGGERATION, LEANING, MANIPULATOR_SAYS, MISREADING};
use crate::market::math::{logit, sqrt, standard_normal, unit_open};
use crate::prng::{Prng, Seed};

/// The most traders of a panel.
pub const MAX_TRADERS: usize = 12;
/// The most worlds of one experiment.
pub const MAX_WORLDS: u32 = 100_000;

/// How a member of the panel turns its signal into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Says exactly what its signal is worth.
    Bayesian,
    /// Misreads its signal at random (standard deviation 1 in log-odds).
    Noisy,
    /// Takes its signal for twice the evidence it is.
    Overconfident,
    /// Takes its signal for half the evidence it is.
    Underconfident,
    /// Goes half-way to the mean of the others' signals.
    Herding,
    /// Leans as far away from it.
    Contrarian,
    /// Always says 99 % for the first outcome.
    Manipulator,
    /// All of this kind share their signals and each says what all of them together are worth.
    Colluding,
    /// All of this kind are one person: each repeats the first one's belief.
    Sybil,
    /// Repeats the member before it.
    Copycat,
    /// Says anything.
    Random,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Bayesian,
        Self::Noisy,
        Self::Overconfident,
        Self::Underconfident,
        Self::Herding,
        Self::Contrarian,
        Self::Manipulator,
        Self::Colluding,
        Self::Sybil,
        Self::Copycat,
        Self::Random,
    ];
}

/// One experiment: everything that its figures follow from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lab {
    /// Decides every draw.
    pub seed: Seed,
    /// How many worlds.
    pub worlds: u32,
    /// How many members the panel has.
    pub traders: usize,
    /// d′: how far a signal sets the two outcomes apart, in standard deviations.
    pub strength: f64,
    /// ρ: how much of the signals' noise all members share, in [0, 1).
    pub rho: f64,
    /// What most members are.
    pub kind: Kind,
    /// How many of the last members are something else …
    pub liars: usize,
    /// … and what.
    pub liar: Kind,
    /// b ln 2 as a share of the panel's money: the smaller, the less a purse binds.
    pub prior_share: f64,
}

/// Why an experiment is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is out of range")]
pub struct LabError(pub &'static str);

/// One world: the truth, and the signals of all members as the log-odds that they are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Whether the first outcome is true.
    pub truth: bool,
    /// What each member's signal is worth, in log-odds of the first outcome.
    pub signals: Vec<f64>,
    /// What each member says, in log-odds.
    pub said: Vec<f64>,
}

impl Lab {
    /// Checks every limit.
    ///
    /// # Errors
    /// The first that is broken.
    pub fn validate(&self) -> Result<(), LabError> {
        let limits = [
            ("the number of worlds", (1..=MAX_WORLDS).contains(&self.worlds)),
            ("the number of members", (2..=MAX_TRADERS).contains(&self.traders)),
            ("the number of liars", self.liars < self.traders),
            ("the strength of the signals", (0.1..=4.0).contains(&self.strength)),
            ("ρ", (0.0..=0.99).contains(&self.rho)),
            ("the share of the prior", (0.001..=10.0).contains(&self.prior_share)),
        ];
        limits.into_iter().find(|(_, fits)| !fits).map_or(Ok(()), |(what, _)| Err(LabError(what)))
    }

    /// How many members are no liars: the first ones.
    pub fn honest(&self) -> usize {
        self.traders - self.liars
    }

    /// What a member is.
    pub fn kind_of(&self, member: usize) -> Kind {
        if member < self.honest() { self.kind } else { self.liar }
    }

    /// The log-odds of a reader of all honest signals: nobody can know more. Signals with a common part of ρ are worth
    /// Σ/(1 + (n − 1)ρ), exactly.
    pub fn limit(&self, world: &World) -> f64 {
        let honest = self.honest();
        world.signals[..honest].iter().sum::<f64>() * shared_weight(honest, self.rho)
    }

    /// Draws the next world of a stream. A signal's log-odds are normal with mean ±d′²/2 and variance d′².
    pub fn draw(&self, draws: &mut Prng) -> World {
        let truth = draws.below(2) == 0;
        let middle = self.strength * self.strength / if truth { 2.0 } else { -2.0 };
        let (common_share, own_share) = (sqrt(self.rho), sqrt(1.0 - self.rho));
        let common = normal(draws);
        let signals: Vec<f64> = (0..self.traders)
            .map(|_| middle + self.strength * (common_share * common + own_share * normal(draws)))
            .collect();
        let mut said = Vec::with_capacity(self.traders);
        for member in 0..self.traders {
            let words = self.words(member, &signals, &said, draws);
            said.push(words);
        }
        World { truth, signals, said }
    }

    fn words(&self, member: usize, signals: &[f64], said: &[f64], draws: &mut Prng) -> f64 {
        let own = signals[member];
        let others = (signals.iter().sum::<f64>() - own) / (self.traders as f64 - 1.0);
        let kind = self.kind_of(member);
        let alike: Vec<usize> = (0..self.traders).filter(|&other| self.kind_of(other) == kind).collect();
        match kind {
            Kind::Bayesian => own,
            Kind::Noisy => own + MISREADING * normal(draws),
            Kind::Overconfident => EXAGGERATION * own,
            Kind::Underconfident => own / EXAGGERATION,
            Kind::Herding => own + LEANING * (others - own),
            Kind::Contrarian => own - LEANING * (others - own),
            Kind::Manipulator => logit(MANIPULATOR_SAYS),
            Kind::Colluding => {
                alike.iter().map(|&other| signals[other]).sum::<f64>() * shared_weight(alike.len(), self.rho)
            }
            Kind::Sybil => signals[alike.first().copied().unwrap_or(member)],
            Kind::Copycat => said.last().copied().unwrap_or(own),
            Kind::Random => logit(unit_open(draws.next_u64())),
        }
    }
}

/// w = 1/(1 + (n − 1)ρ): what a signal counts among n that share ρ.
pub fn shared_weight(members: usize, rho: f64) -> f64 {
    1.0 / (1.0 + (members.max(1) as f64 - 1.0) * rho)
}

/// A standard normal draw.
pub fn normal(draws: &mut Prng) -> f64 {
    standard_normal([draws.next_u64(), draws.next_u64()])
}
