//! A run as a reader follows it: where the price went, trade by trade, and how things stand now. It grows with the
//! log, an event at a time, so that a page never reads the whole log again.

use super::moment::{Moment, leader};
use crate::market::{Cash, Shares};
use crate::run::{Run, RunEvent, RunSpec};

/// The story so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// How things stand.
    pub now: Moment,
    /// The prices at the start and after each trade.
    pub path: Vec<Point>,
    /// Every trade, first first.
    pub trades: Vec<TradeNote>,
    /// Where each round began.
    pub rounds: Vec<RoundMark>,
}

/// The prices after a trade.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The event.
    pub seq: u64,
    /// The price of each outcome.
    pub prices: Vec<f64>,
}

/// Where a round began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundMark {
    /// The round, from 1.
    pub round: u32,
    /// Its first event.
    pub seq: u64,
    /// Trades made before it.
    pub trades_before: u32,
}

/// A trade with what was known when it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeNote {
    /// The event.
    pub seq: u64,
    /// Its number among the trades, from 1.
    pub number: u32,
    /// The round.
    pub round: u32,
    /// Who traded: the place in the roster.
    pub agent: usize,
    /// The outcome that it pushed most: the one whose price rose most.
    pub outcome: usize,
    /// Shares bought of each outcome.
    pub shares: Vec<Shares>,
    /// What they cost.
    pub cost: Cash,
    /// Prices before.
    pub before: Vec<f64>,
    /// Prices after.
    pub after: Vec<f64>,
    /// The trader's headline at that time.
    pub headline: String,
}

impl Story {
    /// Before the first event.
    pub fn begin(spec: &RunSpec) -> Self {
        let now = Moment::begin(spec);
        let start = Point { seq: 0, prices: now.prices.clone() };
        Self { now, path: vec![start], trades: Vec::new(), rounds: Vec::new() }
    }

    /// The whole story of a run so far.
    pub fn of(run: &Run) -> Self {
        let mut story = Self::begin(run.spec());
        story.follow(run);
        story
    }

    /// Follows the events of the run's log that are new.
    pub fn follow(&mut self, run: &Run) {
        let known = usize::try_from(self.now.seq).unwrap_or(usize::MAX);
        for entry in run.log().entries().iter().skip(known) {
            self.follow_event(run.spec(), &entry.event);
        }
    }

    fn follow_event(&mut self, spec: &RunSpec, event: &RunEvent) {
        self.now.follow(spec, event);
        let seq = self.now.seq;
        match event {
            RunEvent::RoundOpened { round, .. } => {
                self.rounds.push(RoundMark { round: *round, seq, trades_before: self.now.trades });
            }
            RunEvent::Traded { round, trade, .. } => {
                let moves: Vec<f64> =
                    trade.prices_after.iter().zip(&trade.prices_before).map(|(a, b)| a - b).collect();
                self.path.push(Point { seq, prices: trade.prices_after.clone() });
                self.trades.push(TradeNote {
                    seq,
                    number: self.now.trades,
                    round: *round,
                    agent: trade.agent,
                    outcome: leader(&moves),
                    shares: trade.shares_micros.clone(),
                    cost: trade.cost_micros,
                    before: trade.prices_before.clone(),
                    after: trade.prices_after.clone(),
                    headline: self
                        .now
                        .agents
                        .get(trade.agent)
                        .map_or_else(String::new, |a| a.headline.clone()),
                });
            }
            _ => {}
        }
    }

    /// How many points of the path had happened by event `seq`: the last of them is in force.
    pub fn points_by(&self, seq: u64) -> usize {
        self.path.partition_point(|point| point.seq <= seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::{begun, round};

    #[test]
    fn a_story_that_grows_is_the_story_of_the_whole() {
        let mut run = begun(7, 4);
        let mut growing = Story::begin(run.spec());
        while !run.state().is_closed() {
            growing.follow(&run);
            round(&mut run);
        }
        growing.follow(&run);
        assert_eq!(growing, Story::of(&run));
        assert_eq!(growing.path.len(), growing.trades.len() + 1);
        assert_eq!(growing.points_by(0), 1);
        assert_eq!(growing.points_by(u64::MAX), growing.path.len());
        for note in &growing.trades {
            assert!(note.after[note.outcome] > note.before[note.outcome]);
            assert!(!note.headline.is_empty());
        }
    }
}
