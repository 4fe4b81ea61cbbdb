//! Golden runs in the browser: the same literals as natively (`run_golden.rs`), so a run that was made here is
//! verified there, and the reverse.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn runs_have_their_recorded_heads() {
    common::check_runs();
}

#[wasm_bindgen_test]
fn purchases_have_their_recorded_costs() {
    common::check_purchases();
}

#[wasm_bindgen_test]
fn mathematics_has_its_recorded_bits() {
    common::check_math();
}

#[wasm_bindgen_test]
fn the_lab_has_its_recorded_bits() {
    common::lab::check();
}
