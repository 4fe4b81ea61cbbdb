//! Golden runs, natively: the same literals as in the browser (`wasm_golden.rs`).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

#[test]
fn runs_have_their_recorded_heads() {
    common::check_runs();
}

#[test]
fn purchases_have_their_recorded_costs() {
    common::check_purchases();
}

#[test]
fn mathematics_has_its_recorded_bits() {
    common::check_math();
}

#[test]
fn golden_runs_verify() {
    for golden in common::RUNS {
        let verdict = credence::run::verify(&(golden.run)().document().unwrap());
        assert_eq!(
            verdict,
            credence::run::Verdict::Verified { events: golden.seq, texts: None },
            "{}",
            golden.name
        );
    }
}

#[test]
fn the_lab_has_its_recorded_bits() {
    common::lab::check();
}
