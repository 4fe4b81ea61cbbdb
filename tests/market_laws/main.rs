//! Laws of the market, over random markets: what holds for the book alone, for orders and money, and for every rule
//! that turns a belief into an order.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test, and its tables are data")]

mod book;
mod orders;
mod sizing;

use credence::belief::{Belief, MILLION};
use credence::market::math;
use proptest::prelude::*;

/// Opening prices and liquidity of a market: 2 to 12 outcomes, b from 0.01 to 100,000.
#[derive(Clone, Debug)]
struct Opening {
    liquidity: f64,
    prior: Vec<f64>,
}

impl Opening {
    fn outcomes(&self) -> usize {
        self.prior.len()
    }
}

fn log_uniform(from: f64, to: f64) -> impl Strategy<Value = f64> {
    (math::ln(from)..math::ln(to)).prop_map(math::exp)
}

/// A belief that no outcome is excluded from, as sizing gets it.
fn beliefs(outcomes: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(1..MILLION, outcomes).prop_map(|weights| {
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        Belief::from_weights(&weights).unwrap().clipped(0.000_001)
    })
}

fn openings() -> impl Strategy<Value = Opening> {
    let priors = (2_usize..=12).prop_flat_map(beliefs);
    (log_uniform(0.01, 1e5), priors).prop_map(|(liquidity, prior)| Opening { liquidity, prior })
}

/// An outcome, and a size as a multiple of b.
type Purchase = (prop::sample::Index, f64);

/// Most sizes are small, some larger than any price can stand.
fn purchases(most: usize) -> impl Strategy<Value = Vec<Purchase>> {
    let size = prop_oneof![8 => 0.0..1.0, 3 => 0.0..20.0, 1 => 0.0..300.0];
    prop::collection::vec((any::<prop::sample::Index>(), size), 1..most)
}
