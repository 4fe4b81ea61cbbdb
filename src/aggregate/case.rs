//! The case for an outcome and the case against it: every argument that was made, ranked by how far it moved the
//! answer. It ranks what was said and judges none of it.

use super::moment::Moment;
use super::moves::{Move, Voice, moves, words_of};
use super::stance::{Stance, stance};
use super::story::Story;
use crate::belief::Belief;
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
    /// How its author stood to the outcome when it made its strongest move, or said it; `None` where nobody knows.
    pub stance: Option<Stance>,
    /// How its author stands by the moment that the case is about: words may have been taken back.
    pub still: Option<Stance>,
    /// The size of its strongest single move.
    strongest: f64,
}

impl Argument {
    /// The same argument seen from the other of two outcomes.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let turned = |stance: Option<Stance>| stance.map(Stance::turned);
        let (stance, still) = (turned(self.stance), turned(self.still));
        Self { change: self.change.map(|change| -change), stance, still, ..self.clone() }
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

impl Case {
    /// Those arguments that can be read as reasons: with words, and by somebody who neither stood on the other side nor
    /// has gone over to it. Whoever goes from 90 to 70 per cent moves an answer down with words that still speak for it.
    #[must_use]
    pub fn reasons(&self) -> Self {
        let told = |side: &[Argument], other: Stance| -> Vec<Argument> {
            let opposed = |one: &Argument| one.stance == Some(other) || one.still == Some(other);
            side.iter().filter(|one| !one.words.is_empty() && !opposed(one)).cloned().collect()
        };
        Self { pro: told(&self.pro, Stance::Against), con: told(&self.con, Stance::For) }
    }
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
    for (agent, words, seq, stance) in unmoved(story, moment, outcome) {
        if words.is_empty() || found.iter().any(|known| known.agent == agent && known.words == words) {
            continue;
        }
        // On a market it is known that it moved nothing; elsewhere nobody can say.
        let change = (!story.trades.is_empty()).then_some(0.0);
        let still = still(moment, agent, outcome);
        let argument =
            Argument { agent, words, seq, change, cost: None, stance: Some(stance), still, strongest: 0.0 };
        let side = match stance {
            Stance::For => &mut sides.pro,
            Stance::Against => &mut sides.con,
            Stance::Undecided => continue,
        };
        if !side.iter().any(|known| known.agent == argument.agent && known.words == argument.words) {
            side.push(argument);
        }
    }
    for one in &mut found {
        one.still = still(moment, one.agent, outcome);
    }
    found.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.seq.cmp(&b.seq)));
    let (mut pro, mut con): (Vec<Argument>, Vec<Argument>) =
        found.into_iter().partition(|argument| argument.change.unwrap_or(0.0) >= 0.0);
    pro.append(&mut sides.pro);
    con.append(&mut sides.con);
    Case { pro, con }
}

/// How an agent stands by its last belief.
fn still(moment: &Moment, agent: usize, outcome: usize) -> Option<Stance> {
    Some(stance(moment.agents.get(agent)?.belief.as_ref()?, outcome))
}

fn size(argument: &Argument) -> f64 {
    argument.change.unwrap_or(0.0).abs()
}

/// Counts a move for the argument behind it. What moved an outcome both ways counts for what is left.
fn add(found: &mut Vec<Argument>, story: &Story, step: &Move, voice: &Voice, outcome: usize) {
    let change = step.change(outcome);
    let trade = step.trade.and_then(|trade| story.trades.get(trade));
    let cost = trade.map(|trade| trade.cost);
    let belief = trade.map_or_else(|| belief_said(story, voice), |trade| trade.belief.as_ref());
    let stance = belief.map(|belief| stance(belief, outcome));
    let known = found.iter_mut().find(|known| known.agent == voice.agent && known.words == voice.words);
    match known {
        Some(known) => {
            known.change = Some(known.change.unwrap_or(0.0) + change);
            known.cost = match (known.cost, cost) {
                (Some(before), Some(more)) => Some(before + more),
                (before, more) => before.or(more),
            };
            if change.abs() > known.strongest {
                (known.strongest, known.seq, known.stance) = (change.abs(), step.seq, stance);
            }
        }
        None => found.push(Argument {
            agent: voice.agent,
            words: voice.words.clone(),
            seq: step.seq,
            change: Some(change),
            cost,
            stance,
            still: None,
            strongest: change.abs(),
        }),
    }
}

/// The belief that somebody stated, in a run without a market.
fn belief_said<'a>(story: &'a Story, voice: &Voice) -> Option<&'a Belief> {
    let said = story.statements.iter().find(|said| said.seq == voice.seq && said.agent == voice.agent)?;
    if let What::Forecast(forecast) = &said.what { Some(&forecast.beliefs) } else { None }
}

/// What was said and moved nothing by itself: whose, the words, the event, and how its author stood to the outcome.
fn unmoved(story: &Story, moment: &Moment, outcome: usize) -> Vec<(usize, String, u64, Stance)> {
    let mut said = Vec::new();
    for statement in story.statements.iter().filter(|said| said.seq <= moment.seq) {
        let stance = match (&statement.what, statement.task) {
            (What::Forecast(forecast), _) => stance(&forecast.beliefs, outcome),
            (What::Argument(_), Task::Argue { side: Some(side) }) if side == outcome => Stance::For,
            (What::Argument(_), Task::Argue { side: Some(_) }) => Stance::Against,
            // Nobody can say which side an argument is on that moved nothing and was told none.
            _ => continue,
        };
        said.push((statement.agent, words_of(&statement.what), statement.seq, stance));
    }
    if story.statements.is_empty() {
        for (agent, now) in moment.agents.iter().enumerate() {
            if let Some(belief) = &now.belief {
                said.push((agent, now.headline.clone(), moment.seq, stance(belief, outcome)));
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
        // A reason is somebody's who did not stand on the other side.
        for seed in 1..20 {
            let run = finished(seed, 6);
            let story = Story::of(&run);
            let reasons = case(&story, &story.now, 0).reasons();
            for (side, other) in [(&reasons.pro, Stance::Against), (&reasons.con, Stance::For)] {
                assert!(side.iter().all(|one| one.stance != Some(other) && one.still != Some(other)));
            }
        }
        // Nothing had been said before the first event.
        let start = Moment::begin(run.spec());
        assert_eq!(case(&story, &start, 0), Case::default());
    }
}
