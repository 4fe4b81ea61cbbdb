//! What traders think, and what they do about it: beliefs, forecasts, sizing (a belief, a price and a purse become
//! an order) and the simulated traders. Pure; it knows no run, no round's order and no language model.

pub mod along;
pub mod correlation;
pub mod forecast;
pub mod guards;
pub mod peer;
pub mod probability;
mod quick;
#[cfg(test)]
mod quick_tests;
mod ridge;
mod search;
#[cfg(test)]
mod search_tests;
pub mod simulated;
pub mod sizing;
pub mod stacking;
pub mod targets;
pub mod turn;

pub use forecast::{Forecast, INCOHERENT, MAX_HEADLINE_CHARS, is_incoherent};
pub use guards::Guard;
pub use peer::peer_payments;
pub use probability::{Belief, BeliefError, MILLION};
pub use simulated::{Signals, TraderKind, TraderView};
pub use sizing::{Desire, Position, Sizing};
