//! Two runs side by side: in which parts of the set-up they differ, how many events they have in common, and where
//! the paths of their prices part. It says which parts; the page has the words.

use std::collections::BTreeMap;

use super::story::Story;
use crate::run::{Run, RunSpec, StopRules};

/// The smallest gap between two prices that counts as having parted, in probability: what a reader sees as one point.
pub const PARTED: f64 = 0.01;

/// A part of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// The question.
    Question,
    /// The facts that everybody sees.
    Background,
    /// When which outcome counts.
    Criterion,
    /// The question the other way round.
    ReversedQuestion,
    /// The outcomes' names.
    Outcomes,
    /// The known answer.
    Answer,
    /// How the panel comes to its answer.
    Mode,
    /// The seed.
    Seed,
    /// The liquidity.
    Liquidity,
    /// The opening prices.
    Prior,
    /// How a belief becomes a trade.
    Sizing,
    /// Which rule prices the outcomes.
    Maker,
    /// What is done about agents that may mislead.
    Guard,
    /// The smallest trade.
    Epsilon,
    /// Rounds at most.
    Rounds,
    /// Calls, tokens, money or seconds at most.
    Limits,
    /// The world of the simulated traders.
    World,
    /// The words of the prompts.
    Prompts,
    /// One member of the panel, by its place; one of the runs may have nobody there.
    Agent(usize),
}

/// The parts in which two set-ups differ, in the order of a set-up. Where a copy comes from is no part of it.
pub fn differences(left: &RunSpec, right: &RunSpec) -> Vec<Feature> {
    // Taken apart by name, so that a new part cannot be forgotten here.
    let RunSpec {
        question,
        background,
        criterion,
        reversed_question,
        outcomes,
        answer,
        mode,
        seed,
        liquidity_micros,
        prior,
        sizing,
        maker,
        guard,
        stop,
        world,
        agents,
        prompts,
        derived_from: _,
    } = left;
    let StopRules { epsilon, max_rounds, max_calls, max_tokens, max_cost_micro_usd, max_seconds } = stop;
    let limits = (max_calls, max_tokens, max_cost_micro_usd, max_seconds);
    let theirs = &right.stop;
    let their_limits =
        (&theirs.max_calls, &theirs.max_tokens, &theirs.max_cost_micro_usd, &theirs.max_seconds);
    let parts = [
        (Feature::Question, *question != right.question),
        (Feature::Background, *background != right.background),
        (Feature::Criterion, *criterion != right.criterion),
        (Feature::ReversedQuestion, *reversed_question != right.reversed_question),
        (Feature::Outcomes, *outcomes != right.outcomes),
        (Feature::Answer, *answer != right.answer),
        (Feature::Mode, *mode != right.mode),
        (Feature::Seed, *seed != right.seed),
        (Feature::Liquidity, *liquidity_micros != right.liquidity_micros),
        (Feature::Prior, *prior != right.prior),
        (Feature::Sizing, *sizing != right.sizing),
        (Feature::Maker, *maker != right.maker),
        (Feature::Guard, *guard != right.guard),
        (Feature::Epsilon, epsilon.to_bits() != theirs.epsilon.to_bits()),
        (Feature::Rounds, *max_rounds != theirs.max_rounds),
        (Feature::Limits, limits != their_limits),
        (Feature::World, *world != right.world),
        (Feature::Prompts, *prompts != right.prompts),
    ];
    let places = 0..agents.len().max(right.agents.len());
    let members = places.filter(|&place| agents.get(place) != right.agents.get(place)).map(Feature::Agent);
    parts.into_iter().filter_map(|(part, differs)| differs.then_some(part)).chain(members).collect()
}

/// How many events, from the first, two runs have in common. The header of a log is its set-up and no event.
pub fn common_events(left: &Run, right: &Run) -> usize {
    let pairs = left.log().entries().iter().zip(right.log().entries());
    pairs.take_while(|(a, b)| a.event == b.event).count()
}

/// The outcomes that two runs share, by name: their places left and right, in the order of the left.
pub fn shared_outcomes(left: &RunSpec, right: &RunSpec) -> Vec<(usize, usize)> {
    let places: BTreeMap<&str, usize> =
        right.outcomes.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let find = |(place, name): (usize, &String)| places.get(name.as_str()).map(|&other| (place, other));
    left.outcomes.iter().enumerate().filter_map(find).collect()
}

/// A price at a place of the run: 0 is the start, 1 the end of the first round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Rounds; a trade in the middle of a round lies between two whole numbers.
    pub at: f64,
    /// The price, in probability.
    pub price: f64,
}

/// The path of one outcome's price over the rounds. Trades of a round share it evenly; in a run without a market each
/// step of the answer counts as a round.
pub fn path(story: &Story, outcome: usize) -> Vec<Step> {
    let price = |prices: &[f64]| prices.get(outcome).copied().unwrap_or(0.0);
    let mut steps = Vec::with_capacity(story.path.len());
    if story.trades.is_empty() {
        let points = (0_u32..).zip(&story.path);
        steps.extend(points.map(|(at, point)| Step { at: f64::from(at), price: price(&point.prices) }));
        return steps;
    }
    if let Some(start) = story.path.first() {
        steps.push(Step { at: 0.0, price: price(&start.prices) });
    }
    for trades in story.trades.chunk_by(|a, b| a.round == b.round) {
        for (place, trade) in trades.iter().enumerate() {
            let share = (place + 1) as f64 / trades.len() as f64;
            let before = f64::from(trade.round.saturating_sub(1));
            steps.push(Step { at: before + share, price: price(&trade.after) });
        }
    }
    steps
}

/// Where two paths part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parting {
    /// The first whole round at whose end they lie [`PARTED`] or more apart; `None` where they never do.
    pub first: Option<u32>,
    /// The round, of those that both have, at whose end they lie farthest apart; the later one for the right path if
    /// it is positive …
    pub widest: u32,
    /// … and by how much: right less left.
    pub gap: f64,
}

/// Compares two paths at the ends of the rounds that both have; a path that is over stays where it ended.
pub fn parting(left: &[Step], right: &[Step]) -> Parting {
    let rounds = |path: &[Step]| path.last().map_or(0.0, |step| step.at.ceil());
    let last = rounds(left).max(rounds(right)) as u32;
    let mut found = Parting { first: None, widest: 0, gap: 0.0 };
    for round in 0..=last {
        let gap = price_by(right, round) - price_by(left, round);
        if gap.abs() >= PARTED && found.first.is_none() {
            found.first = Some(round);
        }
        if gap.abs() > found.gap.abs() {
            (found.widest, found.gap) = (round, gap);
        }
    }
    found
}

/// The price at the end of a round, which is the last one up to there.
pub fn price_by(path: &[Step], round: u32) -> f64 {
    let known = path.partition_point(|step| step.at <= f64::from(round));
    path.get(known.saturating_sub(1)).map_or(0.0, |step| step.price)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::{begun, round};
    use crate::market::Cash;
    use crate::prng::Seed;

    fn played(mut run: Run) -> Run {
        while !run.state().is_closed() {
            round(&mut run);
        }
        run
    }

    #[test]
    fn a_run_differs_from_itself_in_nothing() {
        let run = played(begun(3, 5));
        let story = Story::of(&run);
        assert_eq!(differences(run.spec(), run.spec()), []);
        assert_eq!(common_events(&run, &run), run.log().entries().len());
        assert_eq!(shared_outcomes(run.spec(), run.spec()), [(0, 0), (1, 1)]);
        let own = path(&story, 0);
        assert_eq!(parting(&own, &own), Parting { first: None, widest: 0, gap: 0.0 });
        assert_eq!(own.len(), story.path.len());
    }

    #[test]
    fn every_part_of_the_set_up_counts_once() {
        let spec = begun(3, 5).spec().clone();
        let mut other = spec.clone();
        other.seed = Seed::new(4);
        other.stop.max_rounds += 1;
        other.stop.max_tokens = Some(9);
        other.agents[2].budget_micros = Cash::from_units(7);
        other.agents.pop();
        let wanted = [Feature::Seed, Feature::Rounds, Feature::Limits, Feature::Agent(2), Feature::Agent(4)];
        assert_eq!(differences(&spec, &other), wanted);
        assert_eq!(differences(&other, &spec), wanted);
    }

    #[test]
    fn paths_part_where_the_prices_do() {
        let (left, right) = (played(begun(3, 5)), played(begun(4, 5)));
        let paths = [&left, &right].map(|run| path(&Story::of(run), 0));
        let found = parting(&paths[0], &paths[1]);
        let back = parting(&paths[1], &paths[0]);
        assert_eq!((back.first, back.widest, back.gap), (found.first, found.widest, -found.gap));
        assert!(found.gap.abs() >= PARTED && found.first.is_some_and(|first| first <= found.widest));
        assert!(common_events(&left, &right) < left.log().entries().len());
        // By hand: level until the first round's end, then 5 and 20 points apart; the left one ends early.
        let steps = |prices: &[f64]| -> Vec<Step> {
            (0_u32..).zip(prices).map(|(at, &price)| Step { at: f64::from(at), price }).collect()
        };
        let by_hand = parting(&steps(&[0.5, 0.6, 0.7]), &steps(&[0.5, 0.605, 0.65, 0.9]));
        assert_eq!((by_hand.first, by_hand.widest), (Some(2), 3));
        assert!((by_hand.gap - 0.2).abs() < 1e-12);
    }

    #[test]
    fn outcomes_are_matched_by_name() {
        let left = begun(3, 5).spec().clone();
        let mut right = left.clone();
        right.outcomes = vec!["Maybe".into(), "Yes".into(), "No".into()];
        assert_eq!(shared_outcomes(&left, &right), [(0, 1), (1, 2)]);
    }
}
