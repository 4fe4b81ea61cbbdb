//! `credence export`: what it writes without the other tools at hand (`tests/e2e/tools.test.mjs` has those), and the lock
//! that keeps two programs from one folder.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::evaluations::{evaluate, questions, simulated};
use super::server::{Reply, Server};
use super::{belief, credence, done, files, folder, json, models, text, write_spec};

/// The spans of a file, and the value of an attribute.
fn spans(text: &str) -> Vec<Value> {
    assert_eq!(text.lines().count(), 1, "a collector reads a line at a time");
    let whole: Value = serde_json::from_str(text).unwrap();
    whole["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().unwrap().clone()
}

fn attribute<'a>(span: &'a Value, name: &str) -> Option<&'a Value> {
    span["attributes"].as_array().unwrap().iter().find(|one| one["key"] == name).map(|one| &one["value"])
}

#[test]
fn spans_tell_calls_and_kept_replies_apart() {
    let folder = folder("export-spans");
    let mock = Server::start(|asked, _| match asked.model.as_str() {
        "vague" => Reply::Whole("Who knows?".into()),
        _ => Reply::Stream(belief(0.8)),
    });
    let (questions, panel) = (questions(&folder, 4), write_spec(&folder, &models(&["steady", "vague"])));
    let (out, again) = (folder.join("out"), folder.join("again"));
    let replies = folder.join("replies").display().to_string();
    let url = mock.base_url();
    let usual = ["--server", &url, "--methods", "mean", "--replies", &replies];
    assert_eq!(evaluate(&questions, &panel, &out, &usual).0, 3);
    let sent = mock.asked().len();

    let file = folder.join("spans.json").display().to_string();
    let (code, stdout, stderr) =
        done(&["export", "spans", &out.display().to_string(), "--out", &file, "--texts"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("saved"), "{stdout}");
    let made = spans(&text(file.as_ref()));
    assert_eq!(made.len(), 4 + sent, "a span a run, a span a call");
    let ids: BTreeSet<&str> = made.iter().map(|span| span["spanId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), made.len());
    let runs: Vec<&Value> = made.iter().filter(|span| span["parentSpanId"].is_null()).collect();
    assert_eq!(runs.len(), 4);
    for run in &runs {
        let head = attribute(run, "credence.run.head").unwrap()["stringValue"].as_str().unwrap();
        assert!(head.starts_with(run["traceId"].as_str().unwrap()), "ids follow from the digest");
        assert_eq!(attribute(run, "credence.job").unwrap()["stringValue"], "first");
    }
    let failed = made.iter().filter(|span| span["status"]["code"] == 2).count();
    assert_eq!(failed, 8, "an unreadable answer and its repair, four times");
    let asked = made.iter().find_map(|span| attribute(span, "gen_ai.input.messages")).unwrap();
    assert!(asked["stringValue"].as_str().unwrap().contains("Question"), "{asked}");

    // The same from kept replies: nothing was sent for those, and nothing paid.
    evaluate(&questions, &panel, &again, &usual);
    let (_, kept, _) = done(&["export", "spans", &again.display().to_string(), "--out", "-"]);
    let reused = spans(&kept)
        .iter()
        .filter(|span| attribute(span, "credence.reused").is_some_and(|value| value["boolValue"] == true))
        .count();
    assert_eq!(reused, 4, "what could be read was kept");
    assert!(!kept.contains("gen_ai.input.messages"), "texts go along on request only");
}

#[test]
fn a_log_for_inspect_and_a_table_without_any_model() {
    let folder = folder("export-inspect");
    let (questions, panel, out) = (questions(&folder, 10), simulated(&folder), folder.join("set"));
    assert_eq!(evaluate(&questions, &panel, &out, &["--methods", "pools,panel,market-price"]).0, 0);
    let (out, logs) = (out.display().to_string(), format!("{}/logs/", folder.display()));
    assert_eq!(done(&["export", "inspect", &out, "--out", &logs]).0, 0);
    let written = files(logs.as_ref());
    let name = written[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("20") && name.contains("_set_"), "inspect view finds it by its time: {name}");
    let whole = text(&written[0]);
    // Inspect reads up to the samples to learn the rest.
    let places = ["\"version\"", "\"status\"", "\"eval\"", "\"results\"", "\"stats\"", "\"samples\":[{"];
    let places: Vec<usize> = places.iter().map(|key| whole.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    let log = json(&written[0]);
    assert_eq!(log["samples"].as_array().unwrap().len(), 10);
    assert_eq!((&log["eval"]["model"], &log["status"]), (&"none/simulated".into(), &"success".into()));
    let sample = &log["samples"][5];
    assert_eq!((&sample["input"], &sample["target"]), (&"Question 5?".into(), &"No".into()));
    assert_eq!(sample["scores"]["market-price"]["value"], "I");
    let scores = log["results"]["scores"].as_array().unwrap();
    let price = scores.iter().find(|score| score["name"] == "market-price").unwrap();
    assert_eq!(price["metrics"]["accuracy"]["value"], 0.8);

    let (code, table, _) = done(&["export", "csv", &out, "--out", "-"]);
    assert_eq!((code, table), (0, text(&std::path::Path::new(&out).join("results.csv"))));
    let (code, _, stderr) = done(&["export", "csv", &folder.display().to_string()]);
    assert!(code == 2 && stderr.contains("no evaluation"), "{stderr}");
}

#[test]
fn a_second_program_waits_for_the_folder_and_asks_nothing_twice() {
    let folder = folder("evaluate-locked");
    let mock = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(30));
        Reply::Whole(belief(0.7))
    });
    let (questions, panel) = (questions(&folder, 8), write_spec(&folder, &models(&["one", "two"])));
    let (out, url) = (folder.join("out"), mock.base_url());
    let usual = ["--server", &url, "--methods", "mean", "--quiet"];
    let mut first = credence(&["evaluate", &questions, &panel, "--out"]);
    let mut first = first.arg(&out).args(usual).stdout(Stdio::null()).spawn().unwrap();
    while mock.asked().is_empty() && first.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let (code, _, stderr) = evaluate(&questions, &panel, &out, &usual);
    assert!(code == 0 && stderr.contains("waiting until it is done"), "{stderr}");
    assert!(first.wait().unwrap().success());
    assert_eq!(mock.asked().len(), 16, "eight questions to two agents, once");
}
