//! The pure core of evaluation: statistics against SciPy, readers on the real shapes of each question set and on broken
//! files, samples and shards, and reports that claim no more than they can.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests, and what is exact is compared exactly")]

mod contrast;
mod lessons;
mod readers;
mod reports;
mod statistics;
#[path = "../support/mod.rs"]
mod support;
