//! The recorded runs that ship with the page: each must be readable and verify, whatever changes in the engine.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use credence::run::{Verdict, verify};
use credence::share::read_file;

#[test]
fn every_shipped_run_verifies() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples");
    let index: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("index.json")).unwrap()).unwrap();
    let samples = index.as_array().unwrap();
    assert!(!samples.is_empty(), "the first page offers a recorded run");
    for sample in samples {
        let file = sample["file"].as_str().unwrap();
        assert!(
            sample["label"].as_str().is_some_and(|label| !label.is_empty()),
            "{file} needs its model and date"
        );
        let document = read_file(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        assert!(matches!(verify(&document), Verdict::Verified { .. }), "{file}: {:?}", verify(&document));
    }
}
