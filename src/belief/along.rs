//! Sizing where the maker has no closed form: the trader goes along the way from the price to what it aims at, as far
//! as its rule wants and its purse allows. Shares and costs come from the maker's own cost function.

use super::sizing::{self, Desire, Sizing};
use super::targets;
use crate::market::math::{exp, ln, log_normalise};
use crate::market::{Book, CostFunction, Shares};

/// Steps of the search for the highest utility (golden section), and of the one for what the purse allows.
const STEPS: usize = 40;
/// The golden ratio less one.
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// What a trader stands before; vectors have one entry an outcome, in units.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The maker.
    pub book: &'a Book,
    /// W_i.
    pub wealth: &'a [f64],
    /// How many traders the panel has.
    pub traders: usize,
}

/// What a trader with `belief` would do under `rule`; see [`sizing::desire`].
pub fn desire(rule: &Sizing, place: &Place<'_>, belief: &[f64], reference: &[f64]) -> Desire {
    let log_prices = log_normalise(place.book.log_prices());
    let wealth: Vec<f64> = place.wealth.iter().map(|w| (w - sizing::ROUNDING_MARGIN).max(0.0)).collect();
    let log_belief: Vec<f64> = belief.iter().map(|&p| ln(p)).collect();
    let way = Way { book: place.book, from: &log_prices };
    let aim = match *rule {
        Sizing::Evidence { .. } => {
            targets::evidence(&log_prices, belief, reference, rule.evidence_weight(place.traders))
        }
        Sizing::RiskNeutral => log_belief,
        Sizing::Kelly { fraction } => {
            let mixed: Vec<f64> = belief
                .iter()
                .zip(&log_prices)
                .map(|(p, price)| fraction * p + (1.0 - fraction) * exp(*price))
                .collect();
            way.best(&mixed, &wealth, 1.0)
        }
        Sizing::Crra { gamma } => way.best(belief, &wealth, gamma),
        Sizing::Cara { tolerance } => {
            way.best_by(belief, &wealth, |w| -exp(-w / tolerance), |w| -w / tolerance)
        }
    };
    let (reach, shares) = way.within_purse(&aim, &wealth);
    Desire { shares, wanted: targets::exponentials(&aim), reach }
}

/// The way from the present prices to others.
struct Way<'a> {
    book: &'a Book,
    from: &'a [f64],
}

impl Way<'_> {
    /// The log-prices a part of the way along: p · (target/p)^t, normalised.
    fn at(&self, aim: &[f64], part: f64) -> Vec<f64> {
        log_normalise(self.from.iter().zip(aim).map(|(from, to)| from + part * (to - from)).collect())
    }

    /// The shares that go there, and what each outcome then pays beyond their cost.
    fn trade(&self, logs: &[f64]) -> (Vec<Shares>, Vec<f64>) {
        let amounts = self.book.shares_to(&targets::exponentials(logs));
        let shares: Vec<Shares> =
            amounts.iter().map(|&amount| Shares::round_down(amount).unwrap_or(Shares::MOST)).collect();
        let cost = self.book.cost(&shares);
        (shares.clone(), shares.iter().map(|bought| bought.units() - cost).collect())
    }

    /// Where power utility with risk aversion γ is highest.
    fn best(&self, belief: &[f64], wealth: &[f64], gamma: f64) -> Vec<f64> {
        let utility = |w: f64| {
            if w <= 0.0 {
                f64::NEG_INFINITY
            } else if (gamma - 1.0).abs() < 1e-9 {
                ln(w)
            } else {
                exp((1.0 - gamma) * ln(w)) / (1.0 - gamma)
            }
        };
        self.best_by(belief, wealth, utility, |w| -gamma * ln(w.max(1e-12)))
    }

    /// The best point on the way to the trader's risk-neutral prices π_i u′(W_i): there its first step points, and it
    /// goes until utility falls.
    fn best_by(
        &self,
        belief: &[f64],
        wealth: &[f64],
        utility: impl Fn(f64) -> f64,
        log_marginal: impl Fn(f64) -> f64,
    ) -> Vec<f64> {
        let aim = log_normalise(belief.iter().zip(wealth).map(|(p, w)| ln(*p) + log_marginal(*w)).collect());
        let expected = |part: f64| {
            let (_, payoffs) = self.trade(&self.at(&aim, part));
            let worth = belief.iter().zip(wealth.iter().zip(&payoffs));
            worth.map(|(p, (w, payoff))| p * utility(w + payoff)).sum::<f64>()
        };
        let (mut low, mut high) = (0.0, 1.0);
        let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        let (mut at_left, mut at_right) = (expected(left), expected(right));
        for _ in 0..STEPS {
            if at_left >= at_right {
                (high, right, at_right) = (right, left, at_left);
                left = high - GOLDEN * (high - low);
                at_left = expected(left);
            } else {
                (low, left, at_left) = (left, right, at_right);
                right = low + GOLDEN * (high - low);
                at_right = expected(right);
            }
        }
        self.at(&aim, f64::midpoint(low, high))
    }

    /// The largest part of the way that leaves no wealth below 0, and its shares.
    fn within_purse(&self, aim: &[f64], wealth: &[f64]) -> (f64, Vec<Shares>) {
        let solvent = |payoffs: &[f64]| payoffs.iter().zip(wealth).all(|(payoff, w)| w + payoff >= 0.0);
        let (shares, payoffs) = self.trade(&self.at(aim, 1.0));
        if solvent(&payoffs) {
            return (1.0, shares);
        }
        let (mut allowed, mut refused) = (0.0, 1.0);
        for _ in 0..STEPS {
            let middle = f64::midpoint(allowed, refused);
            let (_, payoffs) = self.trade(&self.at(aim, middle));
            let end = if solvent(&payoffs) { &mut allowed } else { &mut refused };
            *end = middle;
        }
        (allowed, self.trade(&self.at(aim, allowed)).0)
    }
}
