//! `credence evaluate` and `merge`: whole, in shards, cut off and killed, with models that fail; nothing is lost and
//! nothing is asked twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::server::{Asked, Reply, Server};
use super::{belief, credence, done, files, folder, golden, models, outcome, text, write_spec};

/// Questions in a file of their own, one in five of which is answered “No”.
pub(super) fn questions(folder: &Path, count: usize) -> String {
    let row = |k: usize| {
        let (answer, category) = (if k.is_multiple_of(5) { "No" } else { "Yes" }, ["a", "b"][k % 2]);
        json!({"id": format!("q{k:03}"), "question": format!("Question {k}?"), "outcomes": ["Yes", "No"], "answer": answer, "category": category, "market_price": 0.75}).to_string()
    };
    let path = folder.join("questions.jsonl");
    std::fs::write(&path, (0..count).map(row).collect::<Vec<_>>().join("\n")).unwrap();
    path.display().to_string()
}

/// A simulated panel.
pub(super) fn simulated(folder: &Path) -> String {
    write_spec(folder, golden("every kind of simulated trader, two outcomes").spec())
}

/// The records of an evaluation by question, without the time that anything took.
fn records(folder: &Path) -> BTreeMap<String, Value> {
    let lines = text(&folder.join("results.jsonl"));
    let records = lines.lines().map(timeless);
    records.map(|record| (record["id"].as_str().unwrap().to_owned(), record)).collect()
}

fn timeless(line: &str) -> Value {
    let mut record: Value = serde_json::from_str(line).unwrap();
    for answered in record["methods"].as_object_mut().unwrap().values_mut() {
        answered["effort"]["latency_millis"] = 0.into();
    }
    record
}

pub(super) fn evaluate(questions: &str, panel: &str, out: &Path, more: &[&str]) -> (i32, String, String) {
    done(&[&["evaluate", questions, panel, "--out", &out.display().to_string()], more].concat())
}

#[test]
fn shards_and_what_was_cut_off_come_to_the_same() {
    let folder = folder("evaluate");
    let (questions, panel) = (questions(&folder, 41), simulated(&folder));
    let whole = folder.join("whole");
    let methods = ["--methods", "pools,panel,market-price,coin,self-consistency"];
    let (code, table, stderr) = evaluate(&questions, &panel, &whole, &methods);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("41 of 41 questions (plain), 0 rows could not be read"), "{stderr}");
    for words in [
        "| panel | 41 | 0 |",
        "| market-price | 41 | 0 | 0.780 ",
        "Against single",
        "correlate at ρ̂",
        "can show differences",
    ] {
        assert!(table.contains(words), "{words} is not in\n{table}");
    }
    for name in ["summary.md", "summary.tex", "summary.csv", "results.csv", "evaluation.json"] {
        assert!(whole.join(name).exists(), "{name}");
    }
    let runs = files(&whole.join("runs"));
    assert_eq!(runs.len(), 82, "a run for the panel with its first answers, one for self-consistency");
    let runs: Vec<String> = runs.iter().map(|path| path.display().to_string()).collect();
    let checked: Vec<&str> = ["verify"].into_iter().chain(runs.iter().map(String::as_str)).collect();
    assert_eq!(done(&checked).0, 0);

    let shards: Vec<PathBuf> = (1..=3).map(|index| folder.join(format!("shard-{index}"))).collect();
    for (index, shard) in (1..).zip(&shards) {
        let part = format!("{index}/3");
        assert_eq!(evaluate(&questions, &panel, shard, &[&methods[..], &["--shard", &part]].concat()).0, 0);
    }
    let merged = folder.join("merged");
    let merge = |shards: &[PathBuf]| outcome(credence(&["merge"]).args(shards).arg("--out").arg(&merged));
    let (code, _, stderr) = merge(&shards[..2]);
    assert!(code == 3 && stderr.contains("13 of 41 questions are missing"), "{stderr}");
    let (code, merged_table, stderr) = merge(&shards);
    assert_eq!((code, merged_table), (0, table), "{stderr}");
    assert_eq!(records(&merged), records(&whole));
    assert_eq!(files(&merged.join("runs")).len(), 82);

    // A crash in the middle of a line: the question is asked again, and only that one.
    let lines = text(&whole.join("results.jsonl"));
    std::fs::write(whole.join("results.jsonl"), &lines[..lines.len() - 40]).unwrap();
    let before = records(&merged);
    let (code, _, stderr) = evaluate(&questions, &panel, &whole, &methods);
    assert!(code == 0 && stderr.contains("line 41 is passed over"), "{stderr}");
    let after = text(&whole.join("results.jsonl"));
    let last = timeless(after.lines().last().unwrap());
    assert_eq!(Some(&last), before.get(last["id"].as_str().unwrap()));

    let (code, _, stderr) = evaluate(&questions, &panel, &whole, &["--methods", "mean"]);
    assert!(code == 2 && stderr.contains("another evaluation (the methods differ)"), "{stderr}");
    let (code, _, stderr) = outcome(credence(&["merge"]).args([&whole, &folder]).arg("--out").arg(&merged));
    assert!(code == 2 && stderr.contains("evaluation.json"), "{stderr}");
}

#[test]
fn first_answers_are_shared_and_failures_are_told() {
    let folder = folder("evaluate-models");
    let mock = Server::start(|asked, nth| match asked.model.as_str() {
        "vague" if nth < 4 => Reply::Whole("Who knows?".into()),
        "vague" => Reply::Whole(belief(0.4)),
        _ => Reply::Stream(belief(0.8)),
    });
    let (questions, panel) = (questions(&folder, 6), write_spec(&folder, &models(&["steady", "vague"])));
    let out = folder.join("out");
    let url = mock.base_url();
    let usual = ["--server", &url, "--methods", "pools,panel", "--questions-at-once", "1"];
    let (code, _, stderr) = evaluate(&questions, &panel, &out, &usual);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("agents: ") && stderr.contains("--retry-failed"), "{stderr}");
    let first = records(&out);
    let failures = |records: &BTreeMap<String, Value>| {
        records.values().filter(|record| record.get("failures").is_some()).count()
    };
    assert!(failures(&first) > 0);
    let of = |record: &Value, method: &str, what: &str| {
        record["methods"][method]["effort"][what].as_u64().unwrap()
    };
    let whole = &first["q005"];
    // Two agents were asked once for all pools, and the panel's own first round is that one.
    assert_eq!((of(whole, "mean", "calls"), of(whole, "single", "calls")), (2, 1));
    let in_logs: u64 = first.values().map(|record| of(record, "panel", "calls")).sum();
    assert_eq!(mock.asked().len() as u64, in_logs, "nobody was asked for anything but the panel's run");

    let calls = mock.asked().len();
    let (code, _, stderr) = evaluate(&questions, &panel, &out, &usual);
    assert_eq!((code, mock.asked().len()), (3, calls), "what is done is not done again: {stderr}");
    let (code, _, stderr) = evaluate(&questions, &panel, &out, &[&usual[..], &["--retry-failed"]].concat());
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(failures(&records(&out)), 0);
    let asked = mock.asked();
    let (before, again) = asked.split_at(calls);
    let new = |asked: &Asked| before.iter().all(|earlier| earlier.body != asked.body);
    assert!(again.iter().all(|asked| asked.model == "vague" || new(asked)), "what was answered was kept");

    // Without its results, an evaluation is made of kept replies alone.
    std::fs::remove_file(out.join("results.jsonl")).unwrap();
    let calls = mock.asked().len();
    assert_eq!(evaluate(&questions, &panel, &out, &usual).0, 0);
    assert_eq!(mock.asked().len(), calls, "no word is paid for twice");
}

#[test]
fn a_killed_evaluation_goes_on_and_pays_nothing_twice() {
    let folder = folder("evaluate-killed");
    let mock = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(40));
        Reply::Whole(belief(0.7))
    });
    let (questions, panel) = (questions(&folder, 12), write_spec(&folder, &models(&["one", "two", "three"])));
    let out = folder.join("out");
    let url = mock.base_url();
    let usual = ["--server", &url, "--methods", "mean", "--at-once", "4"];
    for stop_after in [9, 20] {
        let mut killed = credence(&["evaluate", &questions, &panel, "--out"]);
        let mut killed = killed.arg(&out).args(usual).arg("--quiet").spawn().unwrap();
        for _ in 0..2_000 {
            if mock.asked().len() >= stop_after || killed.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        killed.kill().unwrap();
        killed.wait().unwrap();
    }
    let (code, table, stderr) = evaluate(&questions, &panel, &out, &usual);
    assert_eq!(code, 0, "{stderr}");
    assert!(table.contains("| mean | 12 | 0 |"), "{table}");
    let asked = mock.asked();
    let different: BTreeSet<String> = asked.iter().map(|asked| asked.body.to_string()).collect();
    assert_eq!(different.len(), 36, "twelve questions to three agents");
    // Only what was under way at the two kills could not be kept.
    assert!(asked.len() <= 36 + 2 * 4, "{} calls", asked.len());
}

#[test]
fn what_cannot_be_evaluated_is_said() {
    let folder = folder("evaluate-refused");
    let panel = simulated(&folder);
    let bad = folder.join("bad.jsonl");
    std::fs::write(
        &bad,
        "{\"question\": \"Is it?\", \"outcomes\": [\"Yes\", \"No\"], \"answer\": \"Perhaps\"}\n{\n",
    )
    .unwrap();
    let bad = bad.display().to_string();
    let (code, _, stderr) = evaluate(&bad, &panel, &folder.join("out"), &[]);
    assert!(
        code == 2
            && stderr.contains("line 1: the answer “Perhaps”")
            && stderr.contains("line 2: it is not JSON"),
        "{stderr}"
    );
    let good = questions(&folder, 3);
    for (more, words) in [
        (["--methods", "magic"], "“magic” is no method"),
        (["--shard", "4/3"], "a shard is written i/n"),
        (["--preset", "nothing"], "--preset is one of"),
        (["--map", "question"], "--map takes NAME=COLUMN"),
        (["--seed", "xyz"], "--seed"),
    ] {
        let (code, _, stderr) = evaluate(&good, &panel, &folder.join("out"), &more);
        assert!(code == 2 && stderr.contains(words), "{more:?}: {stderr}");
    }
}
