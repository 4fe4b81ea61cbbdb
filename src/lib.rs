//! Credence: a panel of language models settles a question by trading its beliefs on a prediction market, in one
//! browser tab, and every step can be replayed, checked and shared by a link.
//!
//! | room | duty |
//! |---|---|
//! | [`prng`] | seeded randomness, labelled substreams |
//! | [`market`] | the mechanism: makers, quotes, trades, ledger, settlement |
//! | [`audit`] | a tamper-evident log of any event |
//! | [`llm`] | model providers as data: requests, replies, errors; no I/O |
//! | [`belief`] | beliefs, sizing, simulated traders |
//! | [`lab`] | many simulated worlds: what each way to combine beliefs finds |
//! | [`run`] | the deterministic run: a fold over events |
//! | [`share`] | run ↔ link, run ↔ file; no field that could hold a secret |
//! | [`aggregate`] | baselines, attribution and summaries of runs |
//! | [`agents`] | language models as traders: prompts, parsing, one agent's way to an answer |
//! | [`evaluate`] | questions from files, methods to compare on them, and what the difference is worth |
//! | [`export`] | runs and evaluations in the formats of other tools |
//! | [`session`] | the async loop: performs what a run asks for, through ports |
//! | [`archive`] | what is kept of a run from visit to visit, and the way back to a run |
//! | [`ui`] | the page |
//! | `cli` | the command line: the same runs without a page |

pub mod agents;
pub mod aggregate;
pub mod archive;
pub mod audit;
pub mod belief;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod evaluate;
pub mod export;
pub mod lab;
pub mod llm;
pub mod market;
pub mod prng;
pub mod run;
pub mod session;
pub mod share;
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;
