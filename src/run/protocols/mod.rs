//! How a panel comes to its answer: what each mode makes of the answers of a round. `step` has what all share.

mod debate;
pub(super) mod maker_trader;
pub(super) mod market;
mod self_consistency;
pub(super) mod self_resolving;
pub(super) mod turns;
