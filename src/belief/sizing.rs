//! From a belief to an order: which prices a trader would set under a rule, what its purse allows, and the shares
//! that take it there. Beliefs are the agent's, trades are the engine's (Jian & Sami 2012).

use serde::{Deserialize, Serialize};

use super::targets;
use crate::market::{MICROS, Order, Shares, math};

/// Beliefs of language models are never believed beyond this, in every rule (mechanisms §3.5).
pub const MODEL_BELIEF_FLOOR: f64 = 0.02;
/// Other beliefs are kept off 0 and 1, so that every logarithm is finite.
pub const BELIEF_FLOOR: f64 = 0.000_001;

/// Wealth that sizing leaves alone, in units: rounding shares down and costs up may take a few micro-units.
pub(super) const ROUNDING_MARGIN: f64 = 16.0 / MICROS as f64;

/// How a belief becomes a trade.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Sizing {
    /// Adds the trader's own evidence to the price, discounted for what the traders share: w = 1/(1 + (N−1)ρ).
    Evidence {
        /// ρ, the correlation of the traders' evidence given the truth, in [0, 1].
        rho: f64,
    },
    /// Log utility with the belief mixed into the price: λπ + (1−λ)p (Beygelzimer, Langford & Pennock 2012).
    Kelly {
        /// λ, in (0, 1].
        fraction: f64,
    },
    /// Constant absolute risk aversion.
    Cara {
        /// Risk tolerance τ, in units of money.
        tolerance: f64,
    },
    /// As much as the purse allows, up to the belief itself.
    RiskNeutral,
    /// Constant relative risk aversion: 1 is Kelly, more is more careful.
    Crra {
        /// γ.
        gamma: f64,
    },
}

impl Sizing {
    /// Whether its parameter is in range.
    pub fn is_valid(&self) -> bool {
        match *self {
            Self::Evidence { rho } => (0.0..=1.0).contains(&rho),
            Self::Kelly { fraction } => fraction > 0.0 && fraction <= 1.0,
            Self::Cara { tolerance } => (0.001..=1e6).contains(&tolerance),
            Self::RiskNeutral => true,
            Self::Crra { gamma } => (0.1..=50.0).contains(&gamma),
        }
    }

    /// w of the evidence trade for a panel of `traders`; 1 for the other rules.
    pub fn evidence_weight(&self, traders: usize) -> f64 {
        match *self {
            Self::Evidence { rho } => 1.0 / (1.0 + (traders.max(1) as f64 - 1.0) * rho),
            _ => 1.0,
        }
    }
}

/// What a trader stands before: vectors have one entry an outcome.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// ln of the market's prices.
    pub log_prices: &'a [f64],
    /// The market's b, in units of money.
    pub liquidity: f64,
    /// W_i, in units of money.
    pub wealth: &'a [f64],
    /// Shares held, in units.
    pub held: &'a [f64],
    /// How many traders the panel has (for the evidence discount).
    pub traders: usize,
}

/// What a trader wants to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Desire {
    /// The shares to buy of each outcome, rounded down.
    pub shares: Vec<Shares>,
    /// The prices it aims at without regard to its purse.
    pub wanted: Vec<f64>,
    /// How much of the way the purse allows, in [0, 1].
    pub reach: f64,
}

impl Desire {
    /// The order for it.
    ///
    /// # Errors
    /// [`crate::market::OrderError::Empty`] if nothing is left after rounding.
    pub fn order(&self, trader: usize) -> Result<Order, crate::market::OrderError> {
        Order::new(trader, self.shares.clone())
    }
}

/// What a trader with `belief` (clipped, positive) would do at `position` under `rule`. `reference` is the belief
/// it had last traded on (the prior at first): the evidence rule trades the change alone.
pub fn desire(rule: &Sizing, position: &Position<'_>, belief: &[f64], reference: &[f64]) -> Desire {
    let Position { log_prices, liquidity: b, held, .. } = *position;
    let wealth: Vec<f64> = position.wealth.iter().map(|w| (w - ROUNDING_MARGIN).max(0.0)).collect();
    let aim = match *rule {
        Sizing::Evidence { .. } => {
            targets::evidence(log_prices, belief, reference, rule.evidence_weight(position.traders))
        }
        Sizing::Cara { tolerance } => targets::cara(log_prices, belief, held, tolerance, b),
        Sizing::Kelly { fraction } => {
            let prices = targets::exponentials(log_prices);
            let mixed: Vec<f64> = belief
                .iter()
                .zip(&prices)
                .map(|(belief, price)| fraction * belief + (1.0 - fraction) * price)
                .collect();
            power_aim(log_prices, &mixed, &wealth, 1.0, b)
        }
        Sizing::Crra { gamma } => power_aim(log_prices, belief, &wealth, gamma, b),
        Sizing::RiskNeutral => targets::risk_neutral(log_prices, belief, &wealth, b),
    };
    let (reach, moved) = targets::within_purse(log_prices, &aim, &wealth, b);
    Desire { shares: long_only(log_prices, &moved, b), wanted: targets::exponentials(&aim), reach }
}

/// Where power utility takes the prices. Nobody without money can trade, and the utility is not defined at 0.
fn power_aim(log_prices: &[f64], belief: &[f64], wealth: &[f64], gamma: f64, b: f64) -> Vec<f64> {
    let least = wealth.iter().copied().fold(f64::INFINITY, f64::min);
    if least <= 0.0 {
        log_prices.to_vec()
    } else {
        targets::power_utility(log_prices, belief, wealth, gamma, b)
    }
}

/// The belief an agent has traded on after a trade that went `reach` of the way: π₀ · (π/π₀)^reach, normalised. What
/// its purse did not allow stays evidence to be traded later.
pub fn traded_reference(reference: &[f64], belief: &[f64], reach: f64) -> Vec<f64> {
    if reach >= 1.0 {
        return belief.to_vec();
    }
    let mixed = reference
        .iter()
        .zip(belief)
        .map(|(before, now)| (1.0 - reach) * math::ln(*before) + reach * math::ln(*now))
        .collect();
    targets::exponentials(&math::log_normalise(mixed))
}

/// The shares that move prices from `from` to `to`: s_i = r_i − min r with r_i = b ln(p′_i/p_i) (mechanisms §2).
fn long_only(from: &[f64], to: &[f64], b: f64) -> Vec<Shares> {
    let payoffs: Vec<f64> = from.iter().zip(to).map(|(from, to)| b * (to - from)).collect();
    let least = payoffs.iter().copied().fold(f64::INFINITY, f64::min);
    // Out of range only if the market is absurd (refused by the set-up's limits): then nothing is bought.
    payoffs.iter().map(|r| Shares::round_down((r - least).max(0.0)).unwrap_or(Shares::ZERO)).collect()
}
