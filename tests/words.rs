//! The second language is whole: every room of words has a German one, and none of them borrows the English text of
//! another. That the names and types agree is the compiler's business, in the build with the feature `german`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn modules(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/words").join(language);
    fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn every_english_room_of_words_has_a_german_one() {
    assert_eq!(modules("en"), modules("de"));
    let borrowed: Vec<String> = text("src/ui/words/de/mod.rs")
        .lines()
        .filter(|line| line.contains("super::en"))
        .map(str::to_owned)
        .collect();
    assert!(borrowed.is_empty(), "still English: {borrowed:?}");
}

/// The texts of constants, by name.
fn constants(text: &str) -> Vec<(String, String)> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.split("pub const ")
        .skip(1)
        .filter_map(|rest| {
            let (name, rest) = rest.split_once(": &str =")?;
            let value = rest.trim_start().strip_prefix('"')?.split("\";").next()?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}

#[test]
fn sentences_are_translated() {
    let mut same = Vec::new();
    let mut compared = 0;
    for module in modules("en") {
        let [english, german] =
            ["en", "de"].map(|language| constants(&text(&format!("src/ui/words/{language}/{module}.rs"))));
        for (name, value) in &german {
            // A word may be the same in both; a sentence is not.
            let Some((_, original)) = english.iter().find(|(other, _)| other == name) else { continue };
            compared += 1;
            if original == value
                && value.split_whitespace().count() > 2
                && value.chars().any(char::is_lowercase)
            {
                same.push(format!("{module}::{name}"));
            }
        }
    }
    assert!(compared > 300, "{compared} constants were compared");
    assert!(same.is_empty(), "{same:?}");
}

/// The texts between quotes in a part of a source file.
fn literals(path: &str, from: &str, to: &str) -> Vec<String> {
    let whole = text(path);
    let part = whole.split(from).nth(1).unwrap().split(to).next().unwrap();
    let code: String = part.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn what_the_engine_refuses_is_translated() {
    let german = text("src/ui/words/de/problems.rs");
    let mut reasons = literals("src/run/spec.rs", "fn validate_question", "fn short(");
    reasons.extend(literals("src/run/mode.rs", "pub fn validate", "\n    }\n}"));
    reasons.extend(literals("src/lab/panel.rs", "pub fn validate", "];"));
    assert!(reasons.len() > 40, "{} reasons were read", reasons.len());
    let missing: Vec<&String> = reasons
        .iter()
        .filter(|reason| reason.chars().any(|letter| letter.is_ascii_alphabetic()))
        .filter(|reason| !german.contains(&format!("\"{reason}\"")))
        .collect();
    assert!(missing.is_empty(), "without German words: {missing:?}");
}
