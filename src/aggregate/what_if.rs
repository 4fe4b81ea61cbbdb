//! What if? A finished run's answers held fixed, and the market played again with something else changed: without an
//! agent, in another order, with another liquidity. No model is called. It is mechanical: had the others read other
//! words, they would have answered otherwise, and no replay can know how.

use std::sync::Arc;

use crate::belief::Sizing;
use crate::belief::sizing::traded_reference;
use crate::belief::turn::{self, Turn};
use crate::market::{Cash, MarketMaker, Order, OrderError, Quote};
use crate::prng::Seed;
use crate::run::{Run, RunEvent, RunSpec, RunState};

/// What happened in a run, as far as the market must know it to be played again.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    spec: Arc<RunSpec>,
    /// The market before the first trade.
    opening: MarketMaker,
    acts: Vec<Act>,
    prices: Vec<f64>,
}

/// What a replay takes from the record, in order.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    /// The agents trade, in this order, on the beliefs that all had committed to.
    Round { round: u32, order: Vec<usize>, beliefs: Vec<Option<Vec<f64>>> },
    /// A person traded by hand.
    Person(Order),
}

/// What became of a turn: the trade, if there is one, and how far it went, where that decides anything.
type Taken = Result<(Option<Quote>, Option<f64>), OrderError>;

/// What is changed in a replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Who takes part, in roster order.
    pub members: Vec<bool>,
    /// The seed of another order within each round; `None` for the recorded one.
    pub order: Option<Seed>,
    /// Another liquidity b; `None` for the run's.
    pub liquidity: Option<Cash>,
}

impl Change {
    /// Nothing: the replay gives the run's own prices.
    pub fn nothing(agents: usize) -> Self {
        Self { members: vec![true; agents], order: None, liquidity: None }
    }
}

impl Record {
    /// Reads a run's log.
    pub fn of(run: &Run) -> Self {
        let spec = Arc::new(run.spec().clone());
        let state = run.state();
        let mut beliefs: Vec<Option<Vec<f64>>> = vec![None; spec.agents.len()];
        let mut acts = Vec::new();
        for event in run.log().events() {
            match event {
                RunEvent::Forecast { agent, forecast, .. } => {
                    let floor = RunState::belief_floor(&spec.agents[*agent].kind);
                    beliefs[*agent] = Some(forecast.beliefs.clipped(floor));
                }
                RunEvent::OrderDrawn { round, order } => {
                    acts.push(Act::Round { round: *round, order: order.clone(), beliefs: beliefs.clone() });
                }
                // An agent's own trades follow from its belief; a person's stand for themselves.
                RunEvent::Traded { trade, .. } if spec.agents[trade.agent].kind.is_person() => {
                    acts.extend(Order::new(trade.agent, trade.shares_micros.clone()).map(Act::Person));
                }
                _ => {}
            }
        }
        Self { opening: RunState::opening_market(&spec), acts, prices: state.market().prices(), spec }
    }

    /// How many agents the panel has.
    pub fn agents(&self) -> usize {
        self.spec.agents.len()
    }

    /// The set-up of the run.
    pub fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// The prices at the start.
    pub fn opening_prices(&self) -> Vec<f64> {
        self.opening.prices()
    }

    /// The prices at the end, as they were.
    pub fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// The prices at the end with a multiple of the run's liquidity.
    pub fn with_liquidity(&self, factor: f64) -> Vec<f64> {
        self.replay(&self.liquidity_times(factor))
    }

    /// Nothing changed but the liquidity, which is a multiple of the run's.
    pub fn liquidity_times(&self, factor: f64) -> Change {
        let liquidity = Cash::round_up(self.spec.liquidity_micros.units() * factor).ok();
        Change { liquidity, ..Change::nothing(self.agents()) }
    }

    /// The prices at the end, with something changed. Who is left out counts for nothing: not for the evidence
    /// discount either, so a panel of the others alone is what is played.
    pub fn replay(&self, change: &Change) -> Vec<f64> {
        self.play(change, turn::quote)
    }

    /// The same with the turns that a run takes, which are slower: what tests and `./bench analysis` compare with.
    #[cfg(any(test, feature = "bench"))]
    pub fn replay_as_the_run(&self, change: &Change) -> Vec<f64> {
        self.play(change, |rule, market, turn| {
            turn::take(rule, market, turn).map(|outcome| (outcome.quote, Some(outcome.reach)))
        })
    }

    fn play(&self, change: &Change, take: impl Fn(&Sizing, &MarketMaker, &Turn<'_>) -> Taken) -> Vec<f64> {
        let mut market = match change.liquidity {
            None => self.opening.clone(),
            Some(liquidity) => {
                let spec = RunSpec { liquidity_micros: liquidity, ..(*self.spec).clone() };
                RunState::opening_market(&spec)
            }
        };
        let takes_part = |agent: usize| change.members.get(agent).copied().unwrap_or(false);
        let asked = |agent: &usize| !self.spec.agents[*agent].kind.is_person() && takes_part(*agent);
        let traders = (0..self.agents()).filter(asked).count();
        let prior = self.spec.prior.probabilities();
        let mut references = vec![prior.clone(); self.agents()];
        for act in &self.acts {
            match act {
                Act::Person(order) => {
                    if takes_part(order.trader()) {
                        // What the purse does not allow at other prices is not bought.
                        let _ = market.execute(order);
                    }
                }
                Act::Round { round, order, beliefs } => {
                    let mut order: Vec<usize> =
                        order.iter().copied().filter(|&agent| takes_part(agent)).collect();
                    if let Some(seed) = change.order {
                        seed.stream(&format!("what-if/order/{round}")).shuffle(&mut order);
                    }
                    // Who is left out has said nothing.
                    let said = |agent: usize| takes_part(agent).then(|| beliefs[agent].clone()).flatten();
                    let beliefs: Vec<Option<Vec<f64>>> = (0..self.agents()).map(said).collect();
                    let weight = self.spec.sizing.evidence_weight(traders);
                    for agent in order {
                        let belief = self.spec.guard.belief(&prior, &beliefs, agent, weight);
                        let Some(belief) = belief else { continue };
                        let reference = &mut references[agent];
                        let turn = Turn { agent, belief: &belief, reference, traders };
                        let taken = take(&self.spec.sizing, &market, &turn);
                        let Ok((Some(quote), reach)) = taken else { continue };
                        if quote.largest_move() < self.spec.stop.epsilon {
                            continue;
                        }
                        market.accept(&quote);
                        if let Some(reach) = reach {
                            *reference = traded_reference(reference, &belief, reach);
                        }
                    }
                }
            }
        }
        market.prices()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::{begun_with, finished, round};
    use crate::aggregate::{order_for_stake, person};
    use crate::market::Maker;
    use crate::run::Input;

    #[test]
    fn nothing_changed_gives_the_runs_own_prices_to_the_bit() {
        for seed in 0..12 {
            let record = Record::of(&finished(seed, 6));
            let again = record.replay(&Change::nothing(record.agents()));
            assert_eq!(again, record.prices(), "seed {seed}");
        }
    }

    #[test]
    fn a_persons_trades_are_played_again_and_left_out_with_the_person() {
        let mut run = begun_with(Maker::Lmsr, 2, 40);
        let agent = person(&run).unwrap();
        let buy = |run: &mut Run, outcome, stake| {
            let order = order_for_stake(run, agent, outcome, stake).unwrap().0;
            run.advance(Input::PersonOrder(order)).unwrap();
        };
        buy(&mut run, 0, 20.0);
        round(&mut run);
        buy(&mut run, 0, 15.0);
        while !run.state().is_closed() {
            round(&mut run);
        }
        let record = Record::of(&run);
        let nothing = Change::nothing(record.agents());
        assert_eq!(record.replay(&nothing), record.prices(), "to the bit");
        let without =
            Change { members: (0..record.agents()).map(|member| member != agent).collect(), ..nothing };
        let without = record.replay(&without);
        assert!(without[0] < record.prices()[0], "{without:?} {:?}", record.prices());
    }

    /// A finished run of six agents under a rule.
    fn finished_under(sizing: Sizing, outcomes: usize, seed: u64) -> Run {
        let mut spec = begun_with(Maker::Lmsr, outcomes, 40).spec().clone();
        let person = spec.agents.pop();
        assert!(person.is_some_and(|agent| agent.kind.is_person()));
        let names = |place: usize| format!("Agent {place}");
        let more: Vec<_> = spec.agents.iter().take(2).cloned().collect();
        spec.agents.extend(more);
        for (place, agent) in spec.agents.iter_mut().enumerate() {
            agent.name = names(place);
        }
        (spec.sizing, spec.seed) = (sizing, Seed::new(seed));
        spec.stop.epsilon = if seed.is_multiple_of(2) { 0.0 } else { 0.01 };
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            round(&mut run);
        }
        run
    }

    #[test]
    fn every_replay_is_what_the_runs_own_turns_make_to_the_bit() {
        let rules = [
            Sizing::Evidence { rho: 0.3 },
            Sizing::Kelly { fraction: 0.25 },
            Sizing::Kelly { fraction: 1.0 },
            Sizing::Cara { tolerance: 25.0 },
            Sizing::Crra { gamma: 0.4 },
            Sizing::Crra { gamma: 3.0 },
            Sizing::RiskNeutral,
        ];
        let mut moved = 0;
        for rule in rules {
            for (outcomes, seed) in [(2, 1), (2, 2), (3, 3), (5, 4)] {
                let record = Record::of(&finished_under(rule, outcomes, seed));
                let whole = Change::nothing(record.agents());
                assert_eq!(record.replay(&whole), record.prices(), "{rule:?} seed {seed}");
                let coalitions = (0..64_usize).map(|coalition| Change {
                    members: (0..6).map(|agent| coalition >> agent & 1 == 1).collect(),
                    ..whole.clone()
                });
                let orders = (0..32).map(|order| Change { order: Some(Seed::new(order)), ..whole.clone() });
                let depths = [0.25, 0.5, 2.0, 4.0].map(|factor| record.liquidity_times(factor));
                for change in coalitions.chain(orders).chain(depths) {
                    let prices = record.replay(&change);
                    assert_eq!(prices, record.replay_as_the_run(&change), "{rule:?} seed {seed} {change:?}");
                    moved += usize::from(prices != record.prices());
                }
            }
        }
        assert!(moved > 2_000, "{moved}");
    }

    #[test]
    fn nobody_leaves_the_price_where_it_opened() {
        let record = Record::of(&finished(3, 4));
        let nobody = Change { members: vec![false; 4], ..Change::nothing(4) };
        assert_eq!(record.replay(&nobody), record.opening_prices());
    }
}
