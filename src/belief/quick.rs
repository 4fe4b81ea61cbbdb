//! The shares that a rule wants, quickly: what replays by the hundred use. [`super::sizing`] finds its prices by
//! bisection, and results are part of the engine's version, its last bits included. But shares are whole micro-units:
//! prices found another way give the same shares, unless one of them is so near to a whole number of micro-shares that
//! rounding decides. So here the prices are found by Newton's method or in closed form, with a bound on what rounding
//! may amount to on both ways, and where the bound does not settle every share the answer is “ask the other way”.

use super::search::NOISE;
use super::sizing::{Position, ROUNDING_MARGIN, Sizing};
use crate::market::math::{exp, ln};
use crate::market::{MAX_OUTCOMES, MICROS, Shares};

/// One entry an outcome; those beyond the question's are not looked at.
type Row = [f64; MAX_OUTCOMES];

/// Newton steps, at most; from where a trader stands it takes four or five.
const NEWTON_STEPS: usize = 16;
/// A step so small that the next one, which is its square, would be lost in rounding.
const ARRIVED: f64 = 1e-8;
/// How much of what is left of its wealth a trader may lose in one step.
const BOLDEST: f64 = 0.9;
/// Times the noise of one evaluation that the two ways together are trusted to stay within.
const CARE: f64 = 4.0;

/// Prices that a rule aims at, as far as they are known.
pub(super) struct Aim {
    /// ln(p′/p) of each outcome.
    pub moves: Row,
    /// How far each may be from what [`super::sizing`] computes.
    pub noise: f64,
}

/// The shares of [`super::sizing::desire`], to the micro-share; `None` where that is not certain, and for rules whose
/// prices are a formula in the first place.
pub fn shares(rule: &Sizing, position: &Position<'_>, belief: &[f64]) -> Option<Vec<Shares>> {
    let outcomes = position.log_prices.len();
    let mut wealth: Row = [0.0; MAX_OUTCOMES];
    for (left, has) in wealth.iter_mut().zip(position.wealth) {
        *left = (has - ROUNDING_MARGIN).max(0.0);
    }
    let wealth = wealth.get(..outcomes)?;
    let (log_prices, b) = (position.log_prices, position.liquidity);
    let aim = match *rule {
        Sizing::Evidence { .. } | Sizing::Cara { .. } => return None,
        Sizing::Kelly { fraction } => {
            let mut mixed: Row = [0.0; MAX_OUTCOMES];
            for (mixed, (belief, log_price)) in mixed.iter_mut().zip(belief.iter().zip(log_prices)) {
                *mixed = fraction * belief + (1.0 - fraction) * exp(*log_price);
            }
            power_utility(log_prices, &mixed[..outcomes], wealth, 1.0, b)?
        }
        Sizing::Crra { gamma } => power_utility(log_prices, belief, wealth, gamma, b)?,
        Sizing::RiskNeutral => risk_neutral(log_prices, belief, wealth, b)?,
    };
    let payoffs = aim.moves.map(|step| b * step);
    let noise = b * aim.noise;
    let blur = noise + purse_blur(&payoffs[..outcomes], wealth, noise);
    whole_shares(&payoffs[..outcomes], blur)
}

/// [`super::targets::power_utility`] by Newton's method on all its equations at once:
/// ln p′_i + γ ln u_i = ln κ + ln π_i with u_i = W_i + b ln(p′_i/p_i), and Σ p′ = 1.
pub(super) fn power_utility(
    log_prices: &[f64],
    belief: &[f64],
    wealth: &[f64],
    gamma: f64,
    b: f64,
) -> Option<Aim> {
    let mut moves: Row = [0.0; MAX_OUTCOMES];
    if wealth.iter().any(|&has| has <= 0.0) {
        // Nobody without money can trade.
        let most = log_prices.iter().fold(4.0, |most: f64, log| most.max(log.abs()));
        return Some(Aim { moves, noise: CARE * NOISE * most });
    }
    let (mut rests, mut gives, mut left): (Row, Row, Row) =
        ([0.0; MAX_OUTCOMES], [0.0; MAX_OUTCOMES], [0.0; MAX_OUTCOMES]);
    left[..wealth.len()].copy_from_slice(wealth);
    let mut logs: Row = [0.0; MAX_OUTCOMES];
    for (log, belief) in logs.iter_mut().zip(belief) {
        *log = ln(*belief);
    }
    for _ in 0..NEWTON_STEPS {
        let (mut sum, mut mass, mut pull) = (0.0, 0.0, 0.0);
        for (i, from) in log_prices.iter().enumerate() {
            let log_price = from + moves[i];
            let price = exp(log_price);
            rests[i] = logs[i] - log_price - gamma * ln(left[i]);
            gives[i] = left[i] / (left[i] + gamma * b);
            sum += price;
            mass += price * gives[i];
            pull += price * gives[i] * rests[i];
        }
        let log_kappa = (1.0 - sum - pull) / mass;
        let mut largest = 0.0_f64;
        for (i, has) in wealth.iter().enumerate() {
            let step = ((log_kappa + rests[i]) * gives[i]).max(-BOLDEST * left[i] / b);
            moves[i] += step;
            largest = largest.max(step.abs() * (1.0 + b / left[i]));
            left[i] = has + b * moves[i];
            if left[i].is_nan() || left[i] <= 0.0 {
                return None;
            }
        }
        if largest <= ARRIVED {
            let each = (0..log_prices.len()).map(|i| log_prices[i].abs() + logs[i].abs() + wealth[i] / b);
            let most = each.fold(4.0 + gamma * ln(gamma * b).abs(), f64::max);
            let one = NOISE * (most + log_kappa.abs());
            // The noise of the sum moves ln κ by 1/mass of it, and that every price by as much as it gives way.
            let widest = gives[..wealth.len()].iter().copied().fold(0.0, f64::max);
            return Some(Aim { moves, noise: CARE * one * (1.0 + widest / mass) });
        }
    }
    None
}

/// [`super::targets::risk_neutral`] in closed form: outcomes sink to the floors that the purse sets, one after the
/// other, and the rest shares what is left in proportion to the belief.
pub(super) fn risk_neutral(log_prices: &[f64], belief: &[f64], wealth: &[f64], b: f64) -> Option<Aim> {
    let (mut floors, mut logs, mut moves): (Row, Row, Row) =
        ([0.0; MAX_OUTCOMES], [0.0; MAX_OUTCOMES], [0.0; MAX_OUTCOMES]);
    for (i, from) in log_prices.iter().enumerate() {
        floors[i] = from - wealth[i] / b;
        logs[i] = ln(belief[i]);
    }
    let mut sunk = [false; MAX_OUTCOMES];
    let (mut above, mut left) = (1.0, 1.0);
    loop {
        let log_lambda = ln(above / left).max(0.0);
        let mut more = false;
        for i in 0..log_prices.len() {
            if !sunk[i] && logs[i] - log_lambda < floors[i] {
                (sunk[i], more) = (true, true);
                above -= belief[i];
                left -= exp(floors[i]);
            }
        }
        if above <= 0.0 || left <= 0.0 {
            return None;
        }
        if !more {
            for (i, from) in log_prices.iter().enumerate() {
                moves[i] = if sunk[i] { -wealth[i] / b } else { logs[i] - log_lambda - from };
            }
            let all = floors.iter().chain(&logs);
            let most = all.fold(4.0, |most: f64, log| most.max(4.0 + log.abs()));
            let one = NOISE * (most + log_lambda.abs());
            // Differences of what is above the floors lose as many digits as the rest is small.
            return Some(Aim { moves, noise: CARE * one / above.min(left) });
        }
    }
}

/// How far payoffs may be from the aim's because rounding decides whether the purse allows all of the way. Wealth on the
/// way is concave, W_i at its start and u_i at its end, so where it is not above the noise the way ends at most 2
/// noise/W_i early.
fn purse_blur(payoffs: &[f64], wealth: &[f64], noise: f64) -> f64 {
    let tight = payoffs.iter().zip(wealth).filter(|(payoff, has)| *has + *payoff <= noise);
    let least = tight.map(|(_, has)| *has).fold(f64::INFINITY, f64::min);
    let farthest = payoffs.iter().fold(0.0, |most: f64, payoff| most.max(payoff.abs()));
    farthest * (2.0 * noise / least).min(1.0)
}

/// The shares that pay `payoffs` beyond their cost, rounded down, if payoffs that differ by `blur` round alike.
fn whole_shares(payoffs: &[f64], blur: f64) -> Option<Vec<Shares>> {
    let least = payoffs.iter().copied().fold(f64::INFINITY, f64::min);
    let micros = MICROS as f64;
    let one = |payoff: &f64| {
        let shares = payoff - least;
        let (low, high) = ((shares - 2.0 * blur).max(0.0) * micros, (shares + 2.0 * blur) * micros);
        // Not so where either is no number.
        let certain = high < Shares::MOST.micros() as f64 && low.floor() >= high.floor();
        certain.then(|| Shares::from_micros(high.floor() as i64))
    };
    payoffs.iter().map(one).collect()
}
