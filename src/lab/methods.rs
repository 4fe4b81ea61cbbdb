//! Ways to combine what a panel of two outcomes says (mechanisms §3, §6 and §11), each a function of the members'
//! log-odds. Definitions are those of the tables in BENCHMARKS.md.

use serde::{Deserialize, Serialize};

use super::panel::{Lab, World, normal, shared_weight};
use crate::belief::guards;
use crate::market::math::{exp, ln, ln_1p, logistic};
use crate::prng::Prng;

/// Rounds of the Kelly market.
const KELLY_ROUNDS: usize = 4;
/// Its λ.
const KELLY_FRACTION: f64 = 0.5;
/// Its b ln 2, as a share of the panel's money.
const KELLY_PRIOR_SHARE: f64 = 0.25;
/// Turns of the trader in maker–trader at most …
const MAKER_TURNS: usize = 10;
/// … the range of three quotes at which it stops …
const MAKER_RANGE: f64 = 0.2;
/// … and the standard deviation of the maker's quotes.
const MAKER_NOISE: f64 = 0.1;
/// Quotes stay this far from 0 and 1.
const MAKER_FLOOR: f64 = 0.01;

/// A way to combine beliefs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The first member's own belief.
    Single,
    /// The arithmetic mean.
    Mean,
    /// The median.
    Median,
    /// The geometric mean of odds.
    LogPool,
    /// The same, extremised (Neyman & Roughgarden).
    Extremised,
    /// The share of members above one half.
    Majority,
    /// A market of half-Kelly traders.
    HalfKelly,
    /// Evidence trades with ρ known.
    Evidence,
    /// Evidence trades that take all evidence for independent.
    EvidenceUnit,
    /// Evidence trades with a weight a member, learned from 200 earlier worlds.
    EvidenceLearned,
    /// Evidence trades without the most extreme member on each side.
    EvidenceTrim,
    /// Evidence trades on one unit of log-odds a member at most, before the discount.
    EvidenceCap,
    /// Evidence weighed by how likely each member is an outlier, without history.
    EvidenceRobust,
    /// The paper's protocol with a noisy maker.
    MakerTrader,
}

impl Method {
    /// Every method, in the order of the tables.
    pub const ALL: [Self; 14] = [
        Self::Single,
        Self::Mean,
        Self::Median,
        Self::LogPool,
        Self::Extremised,
        Self::Majority,
        Self::HalfKelly,
        Self::Evidence,
        Self::EvidenceUnit,
        Self::EvidenceLearned,
        Self::EvidenceTrim,
        Self::EvidenceCap,
        Self::EvidenceRobust,
        Self::MakerTrader,
    ];

    /// Its name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::LogPool => "log_pool",
            Self::Extremised => "extremised",
            Self::Majority => "majority",
            Self::HalfKelly => "half_kelly",
            Self::Evidence => "evidence",
            Self::EvidenceUnit => "evidence_unit",
            Self::EvidenceLearned => "evidence_learned",
            Self::EvidenceTrim => "evidence_trim",
            Self::EvidenceCap => "evidence_cap",
            Self::EvidenceRobust => "evidence_robust",
            Self::MakerTrader => "maker_trader",
        }
    }
}

/// The probability of the first outcome that a method finds in a world. `learned` holds a weight a member; `draws`
/// are for methods with noise of their own.
pub fn combine(method: Method, lab: &Lab, world: &World, learned: &[f64], draws: &mut Prng) -> f64 {
    let said = &world.said;
    let count = said.len() as f64;
    let shares = || said.iter().map(|&l| logistic(l));
    let weight = shared_weight(said.len(), lab.rho);
    let weighed = |weight: f64| said.iter().map(|l| weight * l).collect::<Vec<f64>>();
    match method {
        Method::Single => logistic(said[0]),
        Method::Mean => shares().sum::<f64>() / count,
        Method::Median => median(shares().collect()),
        Method::LogPool => logistic(said.iter().sum::<f64>() / count),
        Method::Extremised => {
            let factor = guards::extremising_factor(said.len());
            logistic(factor * said.iter().sum::<f64>() / count)
        }
        Method::Majority => said.iter().filter(|&&l| l > 0.0).count() as f64 / count,
        Method::HalfKelly => kelly_market(said),
        Method::Evidence => evidence_market(lab, &weighed(weight)),
        Method::EvidenceUnit => evidence_market(lab, said),
        Method::EvidenceLearned => {
            evidence_market(lab, &said.iter().zip(learned).map(|(l, w)| w * l).collect::<Vec<_>>())
        }
        Method::EvidenceTrim => evidence_market(lab, &guards::trimmed(&weighed(weight))),
        Method::EvidenceCap => {
            let capped = guards::capped(said, 1.0);
            evidence_market(lab, &capped.iter().map(|l| weight * l).collect::<Vec<_>>())
        }
        Method::EvidenceRobust => logistic(guards::outlier_posterior(said, lab.rho)),
        Method::MakerTrader => maker_trader(lab, world, draws),
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 { numbers[middle] } else { f64::midpoint(numbers[middle - 1], numbers[middle]) }
}

/// The price after every member has moved the log-odds by its `moves`, in roster order, as far as its purse allows:
/// with wealth W nobody lowers the price of an outcome by more than the factor e^{−W/b} (mechanisms §2).
fn evidence_market(lab: &Lab, moves: &[f64]) -> f64 {
    // b ln 2 = share · N · W.
    let depth = std::f64::consts::LN_2 / (lab.prior_share * moves.len() as f64);
    let mut odds = 0.0;
    for step in moves {
        let target = odds + step;
        // ln of the price of the outcome that falls, before and after.
        let (before, after) = if *step > 0.0 {
            (log_price(-odds), log_price(-target))
        } else {
            (log_price(odds), log_price(target))
        };
        let bound = before - depth;
        odds = if after >= bound {
            target
        } else {
            let far = bound - ln(-crate::market::math::exp_m1(bound));
            if *step > 0.0 { -far } else { far }
        };
    }
    logistic(odds)
}

/// ln of the probability with log-odds `x`.
fn log_price(x: f64) -> f64 {
    if x > 0.0 { -ln_1p(exp(-x)) } else { x - ln_1p(exp(x)) }
}

/// Four rounds of half-Kelly trades in roster order from one half.
fn kelly_market(said: &[f64]) -> f64 {
    let liquidity = KELLY_PRIOR_SHARE * said.len() as f64 / std::f64::consts::LN_2;
    let mut wealth = vec![[1.0, 1.0]; said.len()];
    let mut price = 0.5;
    for _ in 0..KELLY_ROUNDS {
        for (l, wealth) in said.iter().zip(&mut wealth) {
            let belief = KELLY_FRACTION * logistic(*l) + (1.0 - KELLY_FRACTION) * price;
            let to = kelly_price(belief, price, liquidity, *wealth);
            wealth[0] += liquidity * ln(to / price);
            wealth[1] += liquidity * ln((1.0 - to) / (1.0 - price));
            price = to;
        }
    }
    price
}

/// Where a trader with log utility takes the price of the first of two outcomes: the root of the first-order condition
/// (1 − p′)(1 − π) W_no′ … in a form without divisions, by bisection between the price and the belief.
pub fn kelly_price(belief: f64, price: f64, liquidity: f64, wealth: [f64; 2]) -> f64 {
    // π/(p′ W_1(p′)) falls and (1 − π)/((1 − p′) W_2(p′)) rises with p′; W_i is wealth after the trade.
    let wants_more = |p: f64| {
        let first = wealth[0] + liquidity * ln(p / price);
        let second = wealth[1] + liquidity * ln((1.0 - p) / (1.0 - price));
        if first <= 0.0 {
            return true;
        }
        if second <= 0.0 {
            return false;
        }
        belief * second * (1.0 - p) > (1.0 - belief) * first * p
    };
    // The purse shrinks what the belief asks for, so the root lies between wherever holdings are even; a trader with
    // uneven holdings may go beyond either end.
    let (mut low, mut high) = (1e-12, 1.0 - 1e-12);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if wants_more(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The paper's protocol (mechanisms §1): the maker knows the first member's signal, each turn reveals the next one's,
/// and every quote is noisy.
fn maker_trader(lab: &Lab, world: &World, draws: &mut Prng) -> f64 {
    let mut quote = |known: usize| {
        let known = known.min(world.said.len());
        let odds = world.said[..known].iter().sum::<f64>() * shared_weight(known, lab.rho);
        (logistic(odds) + MAKER_NOISE * normal(draws)).clamp(MAKER_FLOOR, 1.0 - MAKER_FLOOR)
    };
    let mut quotes = vec![quote(1)];
    for turn in 0..MAKER_TURNS {
        quotes.push(quote(turn + 2));
        let last = &quotes[quotes.len().saturating_sub(3)..];
        let (low, high) = last.iter().fold((1.0_f64, 0.0_f64), |(low, high), &p| (low.min(p), high.max(p)));
        if turn >= 1 && high - low <= MAKER_RANGE {
            break;
        }
    }
    quotes.last().copied().unwrap_or(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::belief::targets;

    #[test]
    fn the_binary_kelly_price_is_the_general_one() {
        for (belief, price, b, wealth) in
            [(0.8, 0.4, 50.0, [30.0, 30.0]), (0.3, 0.7, 2.0, [1.5, 0.4]), (0.55, 0.5, 9.0, [0.2, 3.0])]
        {
            let logs = [ln(price), ln(1.0 - price)];
            let general = targets::power_utility(&logs, &[belief, 1.0 - belief], &wealth, 1.0, b);
            let here = kelly_price(belief, price, b, wealth);
            assert!((exp(general[0]) - here).abs() < 1e-9, "{} is not {here}", exp(general[0]));
        }
    }

    #[test]
    fn a_purse_bounds_what_evidence_moves() {
        let lab = Lab {
            seed: crate::prng::Seed::new(1),
            worlds: 1,
            traders: 2,
            strength: 1.0,
            rho: 0.0,
            kind: super::super::Kind::Bayesian,
            liars: 0,
            liar: super::super::Kind::Bayesian,
            prior_share: 1.0,
        };
        // W/b = ln 2/2, so a first trader takes ½ to 1 − ½·2^{−½} and no further, either way.
        let most = 1.0 - 0.5 / crate::market::math::sqrt(2.0);
        assert!((evidence_market(&lab, &[9.0, 0.0]) - most).abs() < 1e-12);
        assert!((evidence_market(&lab, &[-9.0, 0.0]) - (1.0 - most)).abs() < 1e-12);
        assert!((evidence_market(&lab, &[0.2, -0.1]) - logistic(0.1)).abs() < 1e-12);
    }
}
