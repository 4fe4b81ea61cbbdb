//! Credence: a panel of language models settles a question by trading its beliefs on a prediction market, in one
//! browser tab, and every step can be replayed, checked and shared by a link.
//!
//! | room | duty |
//! |---|---|
//! | [`prng`] | seeded randomness, labelled substreams |
//! | [`market`] | the mechanism: makers, quotes, trades, ledger, settlement |
//! | [`audit`] | a tamper-evident log of any event |
//! | [`belief`] | beliefs, sizing, simulated traders |
//! | [`run`] | the deterministic run: a fold over events |

pub mod audit;
pub mod belief;
pub mod market;
pub mod prng;
pub mod run;
