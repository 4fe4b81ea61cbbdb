//! The steps of a run's path and whose they are: on a market every step is one trade and belongs to one agent to the
//! last bit; where agents speak in turns a step belongs to whoever spoke just before it, and to nobody alone where
//! several spoke at once. It reads a story and moves nothing.

use super::story::{Statement, Story};
use crate::belief::Forecast;
use crate::run::{CallRecord, Run, RunEvent, What};

/// Who is behind a step, and with which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The place in the roster.
    pub agent: usize,
    /// The event in which it spoke, or traded.
    pub seq: u64,
    /// Its words: the headline of a forecast, or an argument.
    pub words: String,
}

/// A step of the path.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Its place in the path: 1 is the first step.
    pub step: usize,
    /// The event that took the path there.
    pub seq: u64,
    /// The round.
    pub round: u32,
    /// The prices before.
    pub before: Vec<f64>,
    /// The prices after.
    pub after: Vec<f64>,
    /// Whose it is. Several where they spoke at once: then nobody can say how much of it is whose.
    pub by: Vec<Voice>,
    /// The place of the trade among the story's, on a market.
    pub trade: Option<usize>,
}

impl Move {
    /// How far it moved the price of an outcome, in probability.
    pub fn change(&self, outcome: usize) -> f64 {
        let at = |prices: &[f64]| prices.get(outcome).copied().unwrap_or(0.0);
        at(&self.after) - at(&self.before)
    }

    /// The one whose it is, if it is one's alone.
    pub fn owner(&self) -> Option<&Voice> {
        match self.by.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The step to the path's point `step`; `None` for the start and beyond the end.
pub fn move_at(story: &Story, step: usize) -> Option<Move> {
    let before = story.path.get(step.checked_sub(1)?)?;
    let after = story.path.get(step)?;
    let made = |round, by, trade| Move {
        step,
        seq: after.seq,
        round,
        before: before.prices.clone(),
        after: after.prices.clone(),
        by,
        trade,
    };
    if let Some(trade) = story.trades.get(step - 1) {
        let by = Voice { agent: trade.agent, seq: trade.seq, words: trade.headline.clone() };
        return Some(made(trade.round, vec![by], Some(step - 1)));
    }
    let said: Vec<&Statement> = story
        .statements
        .iter()
        .filter(|said| before.seq < said.seq && said.seq < after.seq)
        .filter(|said| !matches!(said.what, What::Silence(_)))
        .collect();
    // An estimate that follows arguments follows from them; one that follows nothing is its owner's.
    let argued = said.iter().any(|said| matches!(said.what, What::Argument(_)));
    let by = said.iter().filter(|said| matches!(said.what, What::Argument(_)) == argued);
    let by = by.map(|said| Voice { agent: said.agent, seq: said.seq, words: words_of(&said.what) });
    Some(made(said.last().map_or(0, |said| said.round), by.collect(), None))
}

/// Every step, first first.
pub fn moves(story: &Story) -> impl Iterator<Item = Move> + '_ {
    (1..story.path.len()).filter_map(|step| move_at(story, step))
}

/// The step that moved an outcome most, among those made by event `until`: the first of equals.
pub fn strongest_move(story: &Story, outcome: usize, until: u64) -> Option<Move> {
    let far = |step: usize| {
        let at = |step: usize| story.path[step].prices.get(outcome).copied().unwrap_or(0.0);
        (at(step) - at(step - 1)).abs()
    };
    let last = story.points_by(until);
    let step = (1..last).rev().max_by(|&a, &b| far(a).total_cmp(&far(b)))?;
    move_at(story, step)
}

/// How far each agent moved an outcome alone, in probability and roster order, by event `until`.
pub fn moved_by(story: &Story, outcome: usize, until: u64) -> Vec<f64> {
    let mut parts = vec![0.0; story.now.agents.len()];
    for step in moves(story).take_while(|step| step.seq <= until) {
        if let Some(part) = step.owner().and_then(|voice| parts.get_mut(voice.agent)) {
            *part += step.change(outcome);
        }
    }
    parts
}

/// What was said, in words.
pub(super) fn words_of(what: &What) -> String {
    match what {
        What::Forecast(forecast) => forecast.headline.clone(),
        What::Argument(argument) => argument.argument.clone(),
        What::Silence(_) => String::new(),
    }
}

/// The forecast that an agent had last given by event `seq`: the reasons behind a move, at length.
pub fn forecast_behind(run: &Run, agent: usize, seq: u64) -> Option<&Forecast> {
    events_before(run, seq).find_map(|event| match event {
        RunEvent::Forecast { agent: who, forecast, .. } if *who == agent => Some(forecast),
        _ => None,
    })
}

/// The call of a model that an agent's words at event `seq` came from.
pub fn call_behind(run: &Run, agent: usize, seq: u64) -> Option<&CallRecord> {
    events_before(run, seq).find_map(|event| match event {
        RunEvent::Call(call) if call.agent == agent => Some(call),
        _ => None,
    })
}

/// The events up to `seq`, last first.
fn events_before(run: &Run, seq: u64) -> impl Iterator<Item = &RunEvent> {
    let entries = run.log().entries();
    let most = usize::try_from(seq).unwrap_or(usize::MAX).min(entries.len());
    entries[..most].iter().rev().map(|entry| &entry.event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;

    #[test]
    fn every_step_of_a_market_is_one_trade_and_they_add_up() {
        let run = finished(4, 5);
        let story = Story::of(&run);
        let all: Vec<Move> = moves(&story).collect();
        assert_eq!(all.len(), story.trades.len());
        let whole: f64 = all.iter().map(|step| step.change(0)).sum();
        assert!((whole - (story.now.prices[0] - story.path[0].prices[0])).abs() < 1e-12);
        for (step, trade) in all.iter().zip(&story.trades) {
            assert_eq!((step.seq, step.owner().unwrap().agent), (trade.seq, trade.agent));
            let behind = forecast_behind(&run, trade.agent, step.seq).unwrap();
            assert_eq!(behind.headline, trade.headline);
        }
        let most = strongest_move(&story, 0, u64::MAX).unwrap();
        assert!(all.iter().all(|step| step.change(0).abs() <= most.change(0).abs()));
        assert_eq!(strongest_move(&story, 0, 1), None);
        assert_eq!(move_at(&story, 0), None);
    }
}
