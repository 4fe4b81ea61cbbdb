//! What the chart shows, as plain data that can be compared: the page draws again only if it has changed.

use crate::aggregate::Story;
use crate::run::RunSpec;

/// The fewest steps that the chart leaves room for, so that a young run does not jump about.
const LEAST_STEPS: usize = 10;

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The outcomes' names.
    pub names: Vec<String>,
    /// The prices at the start and after each trade.
    pub path: Vec<Vec<f64>>,
    /// For each step, in order: whether it raised the leader's price.
    pub raised: Vec<bool>,
    /// Where rounds begin: trades before them, and their numbers.
    pub rounds: Vec<(usize, u32)>,
    /// The outcome that is drawn strongest.
    pub leader: usize,
    /// The step that is pointed at.
    pub cursor: Option<usize>,
    /// Steps from the left edge to the right.
    pub span: usize,
}

impl Scene {
    /// The scene of a story, with a cursor at the point in force after event `at`.
    pub fn of(spec: &RunSpec, story: &Story, at: Option<u64>) -> Self {
        let leader = story.now.leader();
        let steps = story.path.len() - 1;
        Self {
            names: spec.outcomes.clone(),
            path: story.path.iter().map(|point| point.prices.clone()).collect(),
            raised: story
                .path
                .windows(2)
                .map(|step| step[1].prices[leader] > step[0].prices[leader])
                .collect(),
            rounds: story.rounds.iter().map(|mark| (mark.trades_before as usize, mark.round)).collect(),
            leader,
            cursor: at.map(|seq| story.points_by(seq).saturating_sub(1)),
            // One step beyond the last trade, so that the last price is seen to hold.
            span: if story.now.closed.is_some() { steps + 1 } else { (steps + 1).max(LEAST_STEPS) },
        }
    }
}
