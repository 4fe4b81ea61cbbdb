//! Who moved the price, exactly. A market with a logarithmic scoring rule pays trade t the amount
//! b·ln(p_t/p_{t−1}) if the outcome happens, and these amounts telescope to b·ln(p_T/p_0) (mechanisms §8; Hanson 2003):
//! every bit of the way belongs to exactly one trade.

use super::moment::Moment;
use super::story::{Story, TradeNote};
use crate::market::math::ln;
use crate::run::Settled;

/// By what credit is measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Yardstick {
    /// By what happened.
    Outcome(usize),
    /// By where the price ended, as long as nobody knows what happened.
    EndPrice(Vec<f64>),
}

impl Yardstick {
    /// The one of a run that stands like this.
    pub fn of(moment: &Moment) -> Self {
        match moment.settled {
            Some(Settled::Outcome(outcome, _)) => Self::Outcome(outcome),
            _ => Self::EndPrice(moment.prices.clone()),
        }
    }

    /// What counts as having happened: one weight an outcome, summing to 1.
    pub fn weights(&self, outcomes: usize) -> Vec<f64> {
        match self {
            Self::Outcome(happened) => {
                (0..outcomes).map(|outcome| f64::from(u8::from(outcome == *happened))).collect()
            }
            Self::EndPrice(prices) => prices.clone(),
        }
    }
}

/// Every agent's part of the way under a yardstick, in roster order: Σ_y r_y · credit_y. The parts sum to
/// b · Σ_y r_y ln(p_T[y]/p_0[y]).
pub fn weighed_credits(story: &Story, yardstick: &Yardstick, liquidity: f64) -> Vec<f64> {
    let outcomes = story.now.prices.len();
    let mut parts = vec![0.0; story.now.agents.len()];
    for (outcome, weight) in yardstick.weights(outcomes).into_iter().enumerate() {
        if weight > 0.0 {
            for credit in credits(story, outcome, liquidity) {
                parts[credit.agent] += weight * credit.credit;
            }
        }
    }
    parts
}

/// A trade and how far it moved one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// The trade.
    pub trade: TradeNote,
    /// The change of the outcome's price, in probability.
    pub change: f64,
    /// b·ln(p_t/p_{t−1}): what the move is worth if the outcome happens, in units of play money.
    pub credit: f64,
}

/// One agent's part of the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgentCredit {
    /// The place in the roster.
    pub agent: usize,
    /// The sum of its moves, in probability.
    pub change: f64,
    /// The sum of its credits, in units of play money.
    pub credit: f64,
}

fn push(trade: &TradeNote, outcome: usize, liquidity: f64) -> Push {
    let (before, after) = (trade.before[outcome], trade.after[outcome]);
    Push { trade: trade.clone(), change: after - before, credit: liquidity * (ln(after) - ln(before)) }
}

/// The trades that moved an outcome most, largest first, at most `most` of them.
pub fn strongest_pushes(story: &Story, outcome: usize, liquidity: f64, most: usize) -> Vec<Push> {
    let mut pushes: Vec<Push> = story.trades.iter().map(|trade| push(trade, outcome, liquidity)).collect();
    pushes.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()).then(a.trade.seq.cmp(&b.trade.seq)));
    pushes.truncate(most);
    pushes
}

/// Every agent's part of the way of one outcome, in roster order. The credits sum to b·ln(p_T/p_0).
pub fn credits(story: &Story, outcome: usize, liquidity: f64) -> Vec<AgentCredit> {
    let empty = |agent| AgentCredit { agent, change: 0.0, credit: 0.0 };
    let mut parts: Vec<AgentCredit> = (0..story.now.agents.len()).map(empty).collect();
    for trade in &story.trades {
        let moved = push(trade, outcome, liquidity);
        if let Some(part) = parts.get_mut(trade.agent) {
            part.change += moved.change;
            part.credit += moved.credit;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;

    #[test]
    fn credits_telescope() {
        let run = finished(11, 6);
        let story = Story::of(&run);
        let b = run.spec().liquidity_micros.units();
        for outcome in 0..2 {
            let total: f64 = credits(&story, outcome, b).iter().map(|part| part.credit).sum();
            let whole = b * (ln(story.now.prices[outcome]) - ln(story.path[0].prices[outcome]));
            assert!((total - whole).abs() < 1e-9, "{total} is not {whole}");
        }
        let yardstick = Yardstick::of(&story.now);
        assert!(matches!(yardstick, Yardstick::Outcome(_)));
        for yardstick in [yardstick, Yardstick::EndPrice(story.now.prices.clone())] {
            let total: f64 = weighed_credits(&story, &yardstick, b).iter().sum();
            let way = |outcome: usize| ln(story.now.prices[outcome]) - ln(story.path[0].prices[outcome]);
            let weights = yardstick.weights(2);
            let whole = b * (weights[0] * way(0) + weights[1] * way(1));
            assert!((total - whole).abs() < 1e-9, "{total} is not {whole}");
        }
        let pushes = strongest_pushes(&story, 0, b, 3);
        assert!(pushes.len() == 3 && pushes[0].change.abs() >= pushes[2].change.abs());
    }
}
