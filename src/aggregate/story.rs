//! A run as a reader follows it: where the price went, trade by trade, and how things stand now. It grows with the
//! log, an event at a time, so that a page never reads the whole log again.

use super::moment::{Moment, leader};
use crate::belief::Belief;
use crate::market::{Cash, Shares, Trade};
use crate::run::{Run, RunEvent, RunSpec, Task, What};

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
    /// What was said, first first, in a run without a market.
    pub statements: Vec<Statement>,
    /// What the current turn asks for.
    task: Task,
}

/// What somebody said in a run without a market.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The event.
    pub seq: u64,
    /// The round.
    pub round: u32,
    /// Who: the place in the roster.
    pub agent: usize,
    /// What for.
    pub task: Task,
    /// What.
    pub what: What,
    /// Whether it was taken from kept replies alone.
    pub reused: bool,
    /// The answer so far, once the turn was over.
    pub prices: Vec<f64>,
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
    /// What it believed at that time.
    pub belief: Option<Belief>,
}

impl Story {
    /// Before the first event.
    pub fn begin(spec: &RunSpec) -> Self {
        let now = Moment::begin(spec);
        let start = Point { seq: 0, prices: now.prices.clone() };
        Self {
            now,
            path: vec![start],
            trades: Vec::new(),
            rounds: Vec::new(),
            statements: Vec::new(),
            task: Task::Forecast,
        }
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
            RunEvent::TurnOpened { task, .. } => self.task = *task,
            RunEvent::Forecast { round, agent, forecast } if !spec.mode.is_market() => {
                self.hear(*round, *agent, What::Forecast(forecast.clone()));
            }
            RunEvent::Argued { round, agent, argument } => {
                self.hear(*round, *agent, What::Argument(argument.clone()));
            }
            RunEvent::Failed { round, agent, failure } if !spec.mode.is_market() => {
                self.hear(*round, *agent, What::Silence(failure.kind));
            }
            RunEvent::TurnClosed { round, prices } => self.end_turn(*round, prices),
            RunEvent::RoundOpened { round, .. } => {
                self.rounds.push(RoundMark { round: *round, seq, trades_before: self.now.trades });
            }
            RunEvent::Traded { round, trade, .. } => {
                let trader = self.now.agents.get(trade.agent);
                self.path.push(Point { seq, prices: trade.prices_after.clone() });
                self.trades.push(TradeNote {
                    seq,
                    number: self.now.trades,
                    round: *round,
                    agent: trade.agent,
                    outcome: pushed(trade),
                    shares: trade.shares_micros.clone(),
                    cost: trade.cost_micros,
                    before: trade.prices_before.clone(),
                    after: trade.prices_after.clone(),
                    headline: trader.map_or_else(String::new, |trader| trader.headline.clone()),
                    belief: trader.and_then(|trader| trader.belief.clone()),
                });
            }
            _ => {}
        }
    }

    fn hear(&mut self, round: u32, agent: usize, what: What) {
        let (seq, task) = (self.now.seq, self.task);
        let reused = self.now.agents.get(agent).is_some_and(|agent| agent.reused);
        self.statements.push(Statement { seq, round, agent, task, what, reused, prices: Vec::new() });
    }

    /// A turn with a belief in it is a step of the path.
    fn end_turn(&mut self, round: u32, prices: &[f64]) {
        let mut stepped = false;
        for statement in self.statements.iter_mut().rev().take_while(|statement| statement.round == round) {
            statement.prices = prices.to_vec();
            stepped |= matches!(statement.what, What::Forecast(_));
        }
        if stepped {
            self.path.push(Point { seq: self.now.seq, prices: prices.to_vec() });
        }
    }

    /// Whose words took the path to this step, in a run without a market.
    pub fn step(&self, step: usize) -> Option<&Statement> {
        let seq = self.path.get(step).filter(|_| step > 0)?.seq;
        let said =
            |statement: &&Statement| statement.seq < seq && matches!(statement.what, What::Forecast(_));
        self.statements.iter().rev().find(said)
    }

    /// What all trades up to event `seq` have cost together.
    pub fn volume(&self, seq: u64) -> Cash {
        self.trades.iter().take_while(|trade| trade.seq <= seq).map(|trade| trade.cost).sum()
    }

    /// How many points of the path had happened by event `seq`: the last of them is in force.
    pub fn points_by(&self, seq: u64) -> usize {
        self.path.partition_point(|point| point.seq <= seq)
    }
}

/// The outcome that a trade pushes most: the one whose price rose most.
pub fn pushed(trade: &Trade) -> usize {
    let rises: Vec<f64> = trade.prices_after.iter().zip(&trade.prices_before).map(|(a, b)| a - b).collect();
    leader(&rises)
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
