//! Links and files in the browser: the same text as natively (`share_links.rs` pins it), so a link that was made here
//! opens there, and the reverse.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test")]

use credence::run::{Verdict, verify};
use credence::share::{decode, encode, read_file, write_file};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Made by the native build.
const LINK: &str = include_str!("goldens/link-1.txt");

#[wasm_bindgen_test]
fn a_native_link_opens_and_is_made_again() {
    let run = decode(LINK).unwrap();
    assert_eq!(encode(&run).unwrap(), LINK.trim());
}

#[wasm_bindgen_test]
fn a_file_comes_back_and_is_verified() {
    let document = decode(LINK).unwrap().document().unwrap();
    let again = read_file(write_file(&document).as_bytes()).unwrap();
    assert_eq!(again, document);
    assert!(matches!(verify(&again), Verdict::Verified { .. }));
}

#[wasm_bindgen_test]
fn a_link_is_whole_and_leads_back_to_this_page() {
    let address = credence::web::page::address_of("/r/1.AbC");
    assert!(
        address.starts_with("http") && address.ends_with("#/r/1.AbC") && address.matches('#').count() == 1
    );
}
