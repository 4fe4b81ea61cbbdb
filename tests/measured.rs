//! The real runs in `docs/measured`: every one of them must verify whatever changes in the engine, and the figures that
//! are reported of them must come out of their results.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use credence::evaluate::{Record, report, tables};
use credence::prng::Seed;
use credence::run::{Verdict, verify};
use credence::share::read_file;

fn measured() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/measured")
}

fn records(name: &str) -> Vec<Record> {
    let text = std::fs::read_to_string(measured().join(format!("{name}.results.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The runs of an archive verify, and they are the runs that the results name.
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("measured").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let archive = measured().join(format!("{name}.runs.tar.gz"));
    let unpacked = Command::new("tar").arg("xzf").arg(&archive).arg("-C").arg(&folder).status().unwrap();
    assert!(unpacked.success(), "{}", archive.display());
    let mut left: BTreeMap<String, String> = BTreeMap::new();
    for record in records(name) {
        left.extend(record.runs.values().map(|run| (run.file.clone(), run.head.digest.to_string())));
    }
    assert!(!left.is_empty());
    for entry in std::fs::read_dir(folder.join("runs")).unwrap() {
        let path = entry.unwrap().path();
        let document = read_file(&std::fs::read(&path).unwrap()).unwrap();
        let verdict = verify(&document);
        assert!(matches!(verdict, Verdict::Verified { .. }), "{}: {verdict:?}", path.display());
        let file = format!("runs/{}", path.file_name().unwrap().to_str().unwrap());
        assert_eq!(left.remove(&file), Some(document.head.digest.to_string()), "{file}");
    }
    assert!(left.is_empty(), "runs that the results name are in the archive: {left:?}");
}

#[test]
fn every_run_verifies() {
    for name in ["strategyqa", "strategyqa-first-ten"] {
        check(name);
    }
}

#[test]
fn the_figures_are_those_of_the_report() {
    let reported = std::fs::read_to_string(measured().join("../../BENCHMARKS.md")).unwrap();
    let sets = [
        ("strategyqa", 229),
        ("strategyqa-first-ten", 10),
        ("forecastbench-2025-10-26", 112),
        ("forecastbench-2024-07-21", 57),
    ];
    for (name, questions) in sets {
        let made = report(&records(name), None, Seed::new(1));
        assert_eq!(made.questions, questions, "{name}");
        for row in &made.rows {
            let figures = format!(
                "| {} | {:.3} [{:.3}, {:.3}] | {:.3} [{:.3}, {:.3}] | {:.3} |",
                row.answered,
                row.accuracy.mean,
                row.accuracy.low,
                row.accuracy.high,
                row.brier.mean,
                row.brier.low,
                row.brier.high,
                row.log
            );
            assert!(reported.contains(&figures), "{name}, {}: {figures}", row.method.name());
        }
        for finding in tables::findings(&made) {
            assert!(reported.contains(&finding), "{name}: {finding}");
        }
    }
}
