//! The case for an outcome and the case against it: every argument that was made, ranked by how far it moved the
//! answer. It ranks what was said and judges none of it.

use super::moment::Moment;
use super::moves::{Move, Voice, moves, words_of};
use super::story::Story;
use crate::market::Cash;
use crate::run::{Task, What};

/// One argument: the same agent with the same words, however often it acted on them.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Whose: the place in the roster.
    pub agent: usize,
    /// Its words.
    pub words: String,
    /// The event of its strongest move, or in which it was said.
    pub seq: u64,
    /// How far it moved the outcome, in probability; `None` where several spoke at once and nobody can say.
    pub change: Option<f64>,
    /// What the trades on it cost in all, in play money; `None` where nobody traded on it.
    pub cost: Option<Cash>,
    /// The size of its strongest single move.
    strongest: f64,
}

impl Argument {
    /// The same argument seen from the other of two outcomes.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self { change: self.change.map(|change| -change), ..self.clone() }
    }

    /// How far it moved the answer, of the furthest that any did, in [0, 1].
    pub fn share_of(&self, most: f64) -> f64 {
        if most > 0.0 { self.change.unwrap_or(0.0).abs() / most } else { 0.0 }
    }
}

/// What speaks for an outcome, and what against it; strongest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// For it.
    pub pro: Vec<Argument>,
    /// Against it.
    pub con: Vec<Argument>,
}

/// The case about `outcome` as it stood at a moment of a story.
pub fn case(story: &Story, moment: &Moment, outcome: usize) -> Case {
    let mut found: Vec<Argument> = Vec::new();
    for step in moves(story).take_while(|step| step.seq <= moment.seq) {
        if let Some(voice) = step.owner() {
            add(&mut found, story, &step, voice, outcome);
        }
    }
    let mut sides = Case::default();
    for (agent, words, seq, speaks_for) in unmoved(story, moment, outcome) {
        if words.is_empty() || found.iter().any(|known| known.agent == agent && known.words == words) {
            continue;
        }
        // On a market it is known that it moved nothing; elsewhere nobody can say.
        let change = (!story.trades.is_empty()).then_some(0.0);
        let argument = Argument { agent, words, seq, change, cost: None, strongest: 0.0 };
        let side = if speaks_for { &mut sides.pro } else { &mut sides.con };
        if !side.iter().any(|known| known.agent == argument.agent && known.words == argument.words) {
            side.push(argument);
        }
    }
    found.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.seq.cmp(&b.seq)));
    let (mut pro, mut con): (Vec<Argument>, Vec<Argument>) =
        found.into_iter().partition(|argument| argument.change.unwrap_or(0.0) >= 0.0);
    pro.append(&mut sides.pro);
    con.append(&mut sides.con);
    Case { pro, con }
}

fn size(argument: &Argument) -> f64 {
    argument.change.unwrap_or(0.0).abs()
}

/// Counts a move for the argument behind it. What moved an outcome both ways counts for what is left.
fn add(found: &mut Vec<Argument>, story: &Story, step: &Move, voice: &Voice, outcome: usize) {
    let change = step.change(outcome);
    let cost = step.trade.and_then(|trade| story.trades.get(trade)).map(|trade| trade.cost);
    let known = found.iter_mut().find(|known| known.agent == voice.agent && known.words == voice.words);
    match known {
        Some(known) => {
            known.change = Some(known.change.unwrap_or(0.0) + change);
            known.cost = match (known.cost, cost) {
                (Some(before), Some(more)) => Some(before + more),
                (before, more) => before.or(more),
            };
            if change.abs() > known.strongest {
                (known.strongest, known.seq) = (change.abs(), step.seq);
            }
        }
        None => found.push(Argument {
            agent: voice.agent,
            words: voice.words.clone(),
            seq: step.seq,
            change: Some(change),
            cost,
            strongest: change.abs(),
        }),
    }
}

/// What was said and moved nothing by itself: whose, the words, the event, and whether it speaks for the outcome.
fn unmoved(story: &Story, moment: &Moment, outcome: usize) -> Vec<(usize, String, u64, bool)> {
    let mut said = Vec::new();
    for statement in story.statements.iter().filter(|said| said.seq <= moment.seq) {
        let speaks_for = match (&statement.what, statement.task) {
            (What::Forecast(forecast), _) => forecast.beliefs.favourite() == outcome,
            (What::Argument(_), Task::Argue { side: Some(side) }) => side == outcome,
            // Nobody can say which side an argument is on that moved nothing and was told none.
            _ => continue,
        };
        said.push((statement.agent, words_of(&statement.what), statement.seq, speaks_for));
    }
    if story.statements.is_empty() {
        for (agent, now) in moment.agents.iter().enumerate() {
            if let Some(belief) = &now.belief {
                let speaks_for = belief.favourite() == outcome;
                said.push((agent, now.headline.clone(), moment.seq, speaks_for));
            }
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;

    #[test]
    fn both_sides_add_up_to_the_way_and_mirror_each_other() {
        let run = finished(9, 6);
        let story = Story::of(&run);
        let yes = case(&story, &story.now, 0);
        let no = case(&story, &story.now, 1);
        let total = |case: &Case| -> f64 { case.pro.iter().chain(&case.con).filter_map(|a| a.change).sum() };
        let way = story.now.prices[0] - story.path[0].prices[0];
        assert!((total(&yes) - way).abs() < 1e-12 && (total(&no) + way).abs() < 1e-12);
        assert!(yes.pro.windows(2).all(|pair| size(&pair[0]) >= size(&pair[1])));
        assert!(yes.con.iter().all(|argument| argument.change.unwrap() <= 0.0));
        // Nothing had been said before the first event.
        let start = Moment::begin(run.spec());
        assert_eq!(case(&story, &start, 0), Case::default());
    }
}
