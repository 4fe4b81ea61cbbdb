//! Whether a price has come to rest, and how it got there (mechanisms §7): figures of a path of prices, and how few
//! agents made it. They decide nothing; the page and the protocols read them.

use super::story::Story;
use crate::run::{RunEvent, RunSpec};

/// What the path of one outcome's price shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diagnostics {
    /// max − min of the last three prices; `None` before there are three.
    pub range_of_last_three: Option<f64>,
    /// Times that the price crossed one half.
    pub sign_changes: u32,
    /// Whether the last three prices stand on both sides of one half.
    pub straddles: bool,
    /// Σ|Δp|: how far it went in all.
    pub path_length: f64,
    /// |p_T − p_0|: how far it got.
    pub net_move: f64,
    /// Σ(Δp)² …
    pub movement: f64,
    /// … and p_0(1 − p_0) − p_T(1 − p_T): for a Bayesian's price they are equal on average.
    pub uncertainty_reduction: f64,
}

impl Diagnostics {
    /// Of a path of one price, first first.
    pub fn of(path: &[f64]) -> Self {
        let steps = || path.windows(2).map(|pair| pair[1] - pair[0]);
        let last = &path[path.len().saturating_sub(3)..];
        let (low, high) =
            last.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &p| (low.min(p), high.max(p)));
        // A price of exactly one half stands on neither side.
        let sides: Vec<bool> = path.iter().filter(|&&p| (p - 0.5).abs() > 0.0).map(|&p| p > 0.5).collect();
        let (first, end) = (path.first().copied().unwrap_or(0.5), path.last().copied().unwrap_or(0.5));
        Self {
            range_of_last_three: (path.len() >= 3).then_some(high - low),
            sign_changes: sides.windows(2).filter(|pair| pair[0] != pair[1]).count() as u32,
            straddles: path.len() >= 3 && low < 0.5 && high > 0.5,
            path_length: steps().map(f64::abs).sum(),
            net_move: (end - first).abs(),
            movement: steps().map(|step| step * step).sum(),
            uncertainty_reduction: first * (1.0 - first) - end * (1.0 - end),
        }
    }

    /// Movement over uncertainty reduced: far above 1 is over-reaction, far below anchoring. `None` where uncertainty
    /// did not fall, so that there is nothing to compare with.
    pub fn excess(&self) -> Option<f64> {
        (self.uncertainty_reduction > 1e-9).then(|| self.movement / self.uncertainty_reduction)
    }
}

/// How few agents made the path and hold the money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concentration {
    /// The largest share of the path that one agent made, and who.
    pub largest: Option<(usize, f64)>,
    /// 1/Σ shares²: as many equal agents would have made a path as concentrated.
    pub effective_agents: f64,
    /// The largest share of the panel's money that one agent began with.
    pub largest_purse: f64,
}

/// Shares of Σ|Δp| of one outcome, agent by agent.
pub fn concentration(story: &Story, spec: &RunSpec, outcome: usize) -> Concentration {
    let mut lengths = vec![0.0; spec.agents.len()];
    for trade in &story.trades {
        if let Some(length) = lengths.get_mut(trade.agent) {
            *length += (trade.after[outcome] - trade.before[outcome]).abs();
        }
    }
    let total: f64 = lengths.iter().sum();
    let share = |length: &f64| if total > 0.0 { length / total } else { 0.0 };
    let squares: f64 = lengths.iter().map(|length| share(length) * share(length)).sum();
    let largest = super::moment::leader(&lengths);
    let purses = spec.total_budget().units();
    let purse = spec.agents.iter().map(|agent| agent.budget_micros.units()).fold(0.0, f64::max);
    Concentration {
        largest: (total > 0.0).then(|| (largest, share(&lengths[largest]))),
        effective_agents: if squares > 0.0 { 1.0 / squares } else { 0.0 },
        largest_purse: if purses > 0.0 { purse / purses } else { 0.0 },
    }
}

/// The furthest that any agent wanted to move a price when it last had its turn: below ε the market is at rest, which
/// is the economically right stop.
pub fn last_wanted_move<'a>(agents: usize, events: impl IntoIterator<Item = &'a RunEvent>) -> f64 {
    let mut wanted = vec![0.0; agents];
    for event in events {
        let (agent, far) = match event {
            RunEvent::Passed { agent, wanted_move, .. } => (*agent, *wanted_move),
            RunEvent::Traded { trade, .. } => {
                (trade.agent, crate::market::largest_move(&trade.prices_before, &trade.prices_after))
            }
            _ => continue,
        };
        if let Some(wanted) = wanted.get_mut(agent) {
            *wanted = far;
        }
    }
    wanted.into_iter().fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;
    use crate::market::math::{logistic, unit_open};
    use crate::prng::Seed;

    #[test]
    fn figures_of_a_path() {
        let found = Diagnostics::of(&[0.5, 0.6, 0.4, 0.7]);
        assert!((found.range_of_last_three.unwrap() - 0.3).abs() < 1e-12 && found.straddles);
        assert_eq!(found.sign_changes, 2);
        assert!((found.path_length - 0.6).abs() < 1e-12 && (found.net_move - 0.2).abs() < 1e-12);
        assert!((found.movement - 0.14).abs() < 1e-12);
        assert!((found.uncertainty_reduction - 0.04).abs() < 1e-12);
        assert_eq!(Diagnostics::of(&[0.5]).range_of_last_three, None);
    }

    #[test]
    fn a_bayesian_price_moves_as_much_as_it_learns() {
        let (mut movement, mut learned) = (0.0, 0.0);
        for seed in 0..4_000 {
            let mut draws = Seed::new(seed).stream("path");
            let truth = draws.below(2) == 0;
            let mut odds = 0.0;
            let mut path = vec![0.5];
            for _ in 0..8 {
                let points_up = unit_open(draws.next_u64()) < if truth { 0.65 } else { 0.35 };
                odds += if points_up { 0.619_039_208_4 } else { -0.619_039_208_4 };
                path.push(logistic(odds));
            }
            let found = Diagnostics::of(&path);
            movement += found.movement;
            learned += found.uncertainty_reduction;
        }
        assert!((movement / learned - 1.0).abs() < 0.05, "{movement} {learned}");
    }

    #[test]
    fn concentration_and_rest_of_a_run() {
        let run = finished(5, 6);
        let found = concentration(&Story::of(&run), run.spec(), 0);
        assert!(found.effective_agents >= 1.0 && found.effective_agents <= 6.0);
        assert!((found.largest_purse - 1.0 / 6.0).abs() < 1e-12);
        assert!(last_wanted_move(6, run.log().events()) >= 0.0);
    }
}
