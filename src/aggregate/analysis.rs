//! Everything that can be asked of a finished run without asking a model again: Shapley values, the run without each
//! agent, in other orders and with other liquidity. Each needs the market to be played again many times, so it is work
//! that a page does in slices: one replay at a time.

use super::moment::leader;
use super::what_if::{Change, Record};
use crate::market::math::{ln, sqrt};
use crate::prng::Seed;

/// Up to so many agents every coalition is played; above, orders of joining are sampled.
pub const EXACT_AGENTS: usize = 8;
/// Orders of joining that are sampled.
const SAMPLED_PERMUTATIONS: usize = 64;
/// Orders of trade that the band rests on.
pub const ORDERS: usize = 200;
/// Multiples of the run's liquidity that are tried.
pub const LIQUIDITIES: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// Multiples that a person can try one by one, from an eighth to eight times.
pub const LIQUIDITY_SCALE: [f64; 13] = [0.125, 0.18, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0];

/// One agent's Shapley value: its part of b · Σ_y r_y ln(p_T[y]/p_0[y]), whatever the order of joining.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shapley {
    /// The value, in units of play money.
    pub value: f64,
    /// Its standard error; `None` where it is exact.
    pub stderr: Option<f64>,
}

/// Where the price ends when the agents of each round trade in other orders.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderBand {
    /// How many orders were played.
    pub orders: usize,
    /// The lowest end price of each outcome …
    pub least: Vec<f64>,
    /// … the one that 5 % of the orders stay below …
    pub low: Vec<f64>,
    /// … the middle …
    pub middle: Vec<f64>,
    /// … the one that 5 % go beyond …
    pub high: Vec<f64>,
    /// … and the highest.
    pub most: Vec<f64>,
    /// In how many orders each outcome leads at the end.
    pub leads: Vec<usize>,
}

/// What the analysis found.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Every agent's Shapley value, in roster order.
    pub shapley: Vec<Shapley>,
    /// The end prices without each agent, in roster order.
    pub without: Vec<Vec<f64>>,
    /// The end prices in other orders.
    pub orders: OrderBand,
    /// The end prices with other liquidity: the multiple and the prices.
    pub liquidity: Vec<(f64, Vec<f64>)>,
}

/// An analysis under way.
pub struct Analysis {
    record: Record,
    /// What counts as having happened: one weight an outcome, summing to 1.
    reference: Vec<f64>,
    seed: Seed,
    next: usize,
    /// Scores of coalitions by their bits, or of the sampled permutations' prefixes in order.
    scores: Vec<f64>,
    without: Vec<Vec<f64>>,
    orders: Vec<Vec<f64>>,
    liquidity: Vec<Vec<f64>>,
}

impl Analysis {
    /// Begins. `reference` says what counts as having happened: 1 for the outcome that was settled, or the end prices
    /// themselves where nothing is known yet.
    pub fn new(record: Record, reference: Vec<f64>) -> Self {
        let seed = record.spec().seed;
        let (scores, without, orders, liquidity) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { record, reference, seed, next: 0, scores, without, orders, liquidity }
    }

    fn exact(&self) -> bool {
        self.record.agents() <= EXACT_AGENTS
    }

    /// Replays that belong to the Shapley values.
    fn coalitions(&self) -> usize {
        let agents = self.record.agents();
        if self.exact() { 1 << agents } else { SAMPLED_PERMUTATIONS * agents }
    }

    /// Replays in all.
    pub fn total(&self) -> usize {
        self.coalitions() + self.record.agents() + ORDERS + LIQUIDITIES.len()
    }

    /// Replays that are done.
    pub fn done(&self) -> usize {
        self.next
    }

    /// Plays the market once more; true at the end.
    pub fn work(&mut self) -> bool {
        let (agents, coalitions) = (self.record.agents(), self.coalitions());
        let place = self.next;
        if place >= self.total() {
            return true;
        }
        self.next += 1;
        let prices = self.record.replay(&self.change(place));
        if place < coalitions {
            self.scores.push(self.score(&prices));
        } else if place < coalitions + agents {
            self.without.push(prices);
        } else if place < coalitions + agents + ORDERS {
            self.orders.push(prices);
        } else {
            self.liquidity.push(prices);
        }
        self.next >= self.total()
    }

    /// What is changed in the replay at a place from 0 to [`Self::total`].
    pub fn change(&self, place: usize) -> Change {
        let (agents, coalitions) = (self.record.agents(), self.coalitions());
        let whole = Change::nothing(agents);
        if place < coalitions {
            return Change { members: self.members(place), ..whole };
        }
        let place = place - coalitions;
        if place < agents {
            return Change { members: (0..agents).map(|agent| agent != place).collect(), ..whole };
        }
        let place = place - agents;
        if place < ORDERS {
            let bits = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            return Change { order: Some(Seed::new(self.seed.bits() ^ bits)), ..whole };
        }
        self.record.liquidity_times(LIQUIDITIES[place - ORDERS])
    }

    /// Who takes part in a replay for the Shapley values.
    fn members(&self, place: usize) -> Vec<bool> {
        let agents = self.record.agents();
        if self.exact() {
            return (0..agents).map(|agent| place >> agent & 1 == 1).collect();
        }
        let joining = self.joining(place / agents);
        let mut members = vec![false; agents];
        for &agent in &joining[..=place % agents] {
            members[agent] = true;
        }
        members
    }

    /// The order of joining of one sample.
    fn joining(&self, sample: usize) -> Vec<usize> {
        let mut joining: Vec<usize> = (0..self.record.agents()).collect();
        self.seed.stream(&format!("what-if/joining/{sample}")).shuffle(&mut joining);
        joining
    }

    /// b · Σ_y r_y ln(p[y]/p_0[y]).
    fn score(&self, prices: &[f64]) -> f64 {
        let spec = self.record.spec();
        let gain = |(place, weight): (usize, &f64)| {
            // A price that rounds to 0 is taken for the least number there is.
            weight * (ln(prices[place].max(f64::MIN_POSITIVE)) - ln(spec.prior.of(place)))
        };
        let weighed = self.reference.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
        spec.liquidity_micros.units() * weighed.map(gain).sum::<f64>()
    }

    /// The record that was played, for other questions.
    pub fn into_record(self) -> Record {
        self.record
    }

    /// What was found, once all work is done.
    pub fn findings(&self) -> Option<Findings> {
        (self.next >= self.total()).then(|| Findings {
            shapley: if self.exact() { self.exact_values() } else { self.sampled_values() },
            without: self.without.clone(),
            orders: band(&self.orders),
            liquidity: LIQUIDITIES.into_iter().zip(self.liquidity.iter().cloned()).collect(),
        })
    }

    /// φ_i = Σ_S |S|!(n − |S| − 1)!/n! · (v(S ∪ i) − v(S)).
    fn exact_values(&self) -> Vec<Shapley> {
        let agents = self.record.agents();
        // 1/(n · C(n − 1, s)), the weight of a coalition of s others.
        let weights: Vec<f64> = (0..agents)
            .scan(1.0, |choose, size| {
                let weight = 1.0 / (agents as f64 * *choose);
                *choose = *choose * (agents - 1 - size) as f64 / (size + 1) as f64;
                Some(weight)
            })
            .collect();
        let value = |agent: usize| {
            (0..1_usize << agents)
                .filter(|coalition| coalition >> agent & 1 == 0)
                .map(|coalition| {
                    let gain = self.scores[coalition | 1 << agent] - self.scores[coalition];
                    weights[coalition.count_ones() as usize] * gain
                })
                .sum()
        };
        (0..agents).map(|agent| Shapley { value: value(agent), stderr: None }).collect()
    }

    fn sampled_values(&self) -> Vec<Shapley> {
        let agents = self.record.agents();
        let (mut sums, mut squares) = (vec![0.0; agents], vec![0.0; agents]);
        for sample in 0..SAMPLED_PERMUTATIONS {
            // Nobody moves nothing.
            let mut before = 0.0;
            for (step, agent) in self.joining(sample).into_iter().enumerate() {
                let after = self.scores[sample * agents + step];
                sums[agent] += after - before;
                squares[agent] += (after - before) * (after - before);
                before = after;
            }
        }
        let count = SAMPLED_PERMUTATIONS as f64;
        let of = |(sum, square): (&f64, &f64)| {
            let value = sum / count;
            let variance = (square - count * value * value).max(0.0) / (count - 1.0);
            Shapley { value, stderr: Some(sqrt(variance / count)) }
        };
        sums.iter().zip(&squares).map(of).collect()
    }
}

fn band(ends: &[Vec<f64>]) -> OrderBand {
    let outcomes = ends.first().map_or(0, Vec::len);
    let at = |share: f64| -> Vec<f64> {
        let of = |outcome: usize| {
            let mut prices: Vec<f64> = ends.iter().map(|prices| prices[outcome]).collect();
            prices.sort_by(f64::total_cmp);
            prices[(share * (prices.len() - 1) as f64).round() as usize]
        };
        (0..outcomes).map(of).collect()
    };
    let mut leads = vec![0; outcomes];
    for prices in ends {
        leads[leader(prices)] += 1;
    }
    OrderBand {
        leads,
        orders: ends.len(),
        least: at(0.0),
        low: at(0.05),
        middle: at(0.5),
        high: at(0.95),
        most: at(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;

    fn analysed(seed: u64, agents: usize) -> (Record, Findings) {
        let record = Record::of(&finished(seed, agents));
        let mut analysis = Analysis::new(record.clone(), vec![1.0, 0.0]);
        while !analysis.work() {}
        (record, analysis.findings().unwrap())
    }

    #[test]
    fn shapley_values_sum_to_the_whole_way() {
        for (seed, agents) in [(3, 5), (4, 8), (5, 10)] {
            let (record, found) = analysed(seed, agents);
            let total: f64 = found.shapley.iter().map(|part| part.value).sum();
            let b = record.spec().liquidity_micros.units();
            let whole = b * (ln(record.prices()[0]) - ln(record.opening_prices()[0]));
            assert!((total - whole).abs() < 1e-6, "{agents} agents: {total} is not {whole}");
            assert_eq!(found.shapley[0].stderr.is_some(), agents > EXACT_AGENTS);
        }
    }

    #[test]
    fn exact_values_are_the_mean_over_all_orders_of_joining() {
        let record = Record::of(&finished(8, 4));
        let mut analysis = Analysis::new(record, vec![0.0, 1.0]);
        while !analysis.work() {}
        let mut means = vec![0.0; 4];
        let mut orders = 0.0;
        // Every order, straight from the definition.
        for code in 0..256_usize {
            let order: Vec<usize> = (0..4).map(|digit| code >> (2 * digit) & 3).collect();
            if (0..4).any(|agent| !order.contains(&agent)) {
                continue;
            }
            orders += 1.0;
            let mut coalition = 0;
            for agent in order {
                means[agent] += analysis.scores[coalition | 1 << agent] - analysis.scores[coalition];
                coalition |= 1 << agent;
            }
        }
        for (part, mean) in analysis.exact_values().iter().zip(means) {
            assert!((part.value - mean / orders).abs() < 1e-9);
        }
    }

    #[test]
    fn the_band_holds_the_recorded_end_and_equal_liquidity_is_the_run() {
        let (record, found) = analysed(6, 5);
        assert!(found.orders.orders >= 200 && found.without.len() == 5);
        assert_eq!(found.orders.leads.iter().sum::<usize>(), found.orders.orders);
        assert!(found.orders.least[0] <= found.orders.low[0] && found.orders.low[0] <= found.orders.high[0]);
        let equal = found.liquidity.iter().find(|(factor, _)| (factor - 1.0).abs() < 1e-12).unwrap();
        assert_eq!(equal.1, record.prices());
    }
}
