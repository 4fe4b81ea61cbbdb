//! The native program as a person starts it: golden runs, checks, links, models behind a server that fails on demand,
//! and its key, which appears nowhere.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;
mod estimates;
mod evaluations;
mod exports;
mod server;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use credence::evaluate::listing::{ListedPrice, Site};
use credence::run::{AgentKind, AgentSpec, Document, Run, RunSpec};
use serde_json::Value;
use server::{Reply, Server};

const KEY: &str = "sk-test-0123456789abcdefghij";

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The program, without the keys and proxies of whoever runs the tests.
fn credence(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credence"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// Runs it: its exit code, standard output and standard error.
fn outcome(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn done(arguments: &[&str]) -> (i32, String, String) {
    outcome(&mut credence(arguments))
}

fn golden(name: &str) -> Run {
    (common::RUNS.iter().find(|golden| golden.name == name).unwrap().run)()
}

/// Writes a set-up where the program can read it.
fn write_spec(folder: &Path, spec: &RunSpec) -> String {
    let path = folder.join("spec.json");
    std::fs::write(&path, serde_json::to_string_pretty(spec).unwrap()).unwrap();
    path.display().to_string()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

/// A panel of models, one agent a name, two rounds at most.
fn models(names: &[&str]) -> RunSpec {
    let agent = |name: &&str| AgentSpec {
        name: format!("Agent {name}"),
        budget_micros: credence::market::Cash::from_units(100),
        kind: AgentKind::Model {
            model: (*name).to_owned(),
            temperature: Some(0.0),
            max_tokens: 300,
            persona: String::new(),
            evidence: String::new(),
            price: None,
            elicitation: credence::run::Elicitation::Stated,
        },
    };
    let mut spec = golden("every kind of simulated trader, two outcomes").spec().clone();
    spec.agents = names.iter().map(agent).collect();
    spec.world = None;
    spec.stop.max_rounds = 2;
    spec
}

fn belief(p: f64) -> String {
    format!(
        "{{\"beliefs\": [{p}, {}], \"headline\": \"I say so\", \"reasoning\": \"Because of the tide.\"}}",
        1.0 - p
    )
}

#[test]
fn golden_set_ups_give_their_recorded_heads() {
    let folder = folder("golden");
    for golden in &common::RUNS {
        let run = (golden.run)();
        if !run.spec().all_simulated() {
            continue;
        }
        let spec = write_spec(&folder, run.spec());
        let file = folder.join("run.json").display().to_string();
        let (code, stdout, stderr) = done(&["run", &spec, "--out", &file]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{}", golden.name);
        assert!(
            stdout.contains(&format!("head {} {}", golden.seq, golden.digest)),
            "{}: {stdout}",
            golden.name
        );
        assert_eq!(
            text(Path::new(&file)),
            credence::share::write_file(&run.document().unwrap()),
            "{}",
            golden.name
        );
        // The file is a set-up too, and running it again gives the same.
        let (code, stdout, _) = done(&["run", &file, "--out", &file, "--json"]);
        let result: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((code, result["head"]["digest"].as_str()), (0, Some(golden.digest)));
    }
}

#[test]
fn verify_finds_what_was_changed() {
    let folder = folder("verify");
    let run = golden("five outcomes, quarter Kelly");
    let good = folder.join("good.json");
    std::fs::write(&good, credence::share::write_file(&run.document().unwrap())).unwrap();
    let whole = text(&good);
    let tampered = folder.join("tampered.json");
    let place = whole.find("\"shares_micros\":[").unwrap() + "\"shares_micros\":[".len();
    std::fs::write(&tampered, format!("{}1{}", &whole[..place], &whole[place..])).unwrap();
    let (good, tampered) = (good.display().to_string(), tampered.display().to_string());

    let (code, stdout, _) = done(&["verify", &good]);
    assert_eq!(code, 0);
    assert!(stdout.contains("verified, 153 events") && stdout.contains("c75e5522210d37d1"), "{stdout}");
    let (code, stdout, _) = done(&["verify", &good, &tampered]);
    assert_eq!(code, 1);
    assert!(stdout.lines().count() == 2 && stdout.contains("broken at event"), "{stdout}");
    let (code, stdout, _) = done(&["verify", &good, "--head", &"0".repeat(64)]);
    assert!(code == 1 && stdout.contains("the published one"), "{stdout}");
    let head = run.head().digest.to_string();
    assert_eq!(done(&["verify", &good, "--head", &head]).0, 0);
    assert_eq!(done(&["verify", "no-such-file.json"]).0, 1);
    assert_eq!(done(&["verify"]).0, 2);
}

#[test]
fn replay_shows_the_state_after_an_event() {
    let folder = folder("replay");
    let run = golden("every kind of simulated trader, two outcomes");
    let file = folder.join("run.json");
    std::fs::write(&file, credence::share::write_file(&run.document().unwrap())).unwrap();
    let file = file.display().to_string();
    for at in [0, 1, 40, 213_usize] {
        let (code, stdout, stderr) = done(&["replay", &file, "--at", &at.to_string(), "--json"]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        let state: Value = serde_json::from_str(&stdout).unwrap();
        let expected = credence::aggregate::Moment::after(run.spec(), run.log().events().take(at));
        assert_eq!(state["seq"], at);
        assert_eq!(state["prices"], serde_json::json!(expected.prices));
        let cash: Vec<i64> = state["agents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|agent| agent["cash_micros"].as_i64().unwrap())
            .collect();
        let expected: Vec<i64> = expected.agents.iter().map(|agent| agent.cash.micros()).collect();
        assert_eq!(cash, expected);
    }
    let (code, stdout, _) = done(&["replay", &file]);
    assert!(code == 0 && stdout.contains("after event 213") && stdout.contains("over: "), "{stdout}");
    assert_eq!(done(&["replay", &file, "--at", "214"]).0, 2);
}

#[test]
fn a_file_becomes_a_link_and_the_link_the_file() {
    let folder = folder("link");
    let run = golden("models, a failure, a person, Stop");
    let file = folder.join("run.json");
    let share = 1.0 / run.spec().outcomes.len() as f64;
    let listed = ListedPrice {
        site: Site::Metaculus,
        address: "https://www.metaculus.com/questions/4711/".to_owned(),
        question: run.spec().question.clone(),
        read_millis: 1_796_000_000_000,
        is_resolved: true,
        prices: run.spec().outcomes.iter().map(|name| (name.clone(), share)).collect(),
    };
    let document = Document { listed_price: listed.to_value(), ..run.document().unwrap() };
    std::fs::write(&file, credence::share::write_file(&document)).unwrap();
    let (code, link, _) =
        done(&["link", &file.display().to_string(), "--page", "https://example.org/credence/"]);
    assert_eq!(code, 0);
    assert!(link.starts_with("https://example.org/credence/#/r/1."), "{link}");
    let back = folder.join("back.json").display().to_string();
    assert_eq!(done(&["link", link.trim(), "--out", &back]).0, 0);
    assert_eq!(text(Path::new(&back)), text(&file), "nothing was lost on the way");
    assert_eq!(done(&["verify", link.trim()]).0, 0);

    let (_, numbers, _) = done(&["link", &file.display().to_string(), "--tier", "numbers"]);
    assert!(numbers.len() < link.len());
    let (code, verified, _) = done(&["verify", numbers.trim()]);
    assert!(code == 0 && verified.contains("a copy with numbers"), "{verified}");
    let (code, _, stderr) = done(&["link", "1.AAAA"]);
    assert!(code == 2 && stderr.contains("link"), "{stderr}");
}

#[test]
fn models_answer_through_limits_cuts_and_refusals_and_no_key_shows() {
    let folder = folder("models");
    let elsewhere = Server::start(|_, _| Reply::Whole(belief(0.5)));
    let away = elsewhere.base_url();
    let mock = Server::start(move |asked, nth| match (asked.model.as_str(), nth) {
        ("hasty", 0) => Reply::Error(429, "Slow down".into(), vec![("retry-after", "0".into())]),
        ("cut", 0) => Reply::Cut(belief(0.7)),
        ("locked", _) => Reply::Error(401, format!("Incorrect API key provided: {KEY}"), vec![]),
        ("echo", _) => Reply::Whole(format!("You sent {KEY}")),
        ("moved", _) => {
            Reply::Error(307, String::new(), vec![("location", format!("{away}/chat/completions"))])
        }
        ("steady", _) => Reply::Whole(belief(0.6)),
        _ => Reply::Stream(belief(0.7)),
    });
    let mut spec = models(&["steady", "hasty", "cut", "locked", "echo", "moved", "nowhere"]);
    spec.stop.max_rounds = 1;
    let spec = write_spec(&folder, &spec);
    let file = folder.join("run.json");
    let replies = folder.join("replies");
    let (code, stdout, stderr) = outcome(
        credence(&["run", &spec, "--out"])
            .arg(&file)
            .args([
                "--server",
                &mock.base_url(),
                "--server",
                "nowhere=http://127.0.0.1:1/v1",
                "--at-once",
                "8",
            ])
            .arg("--replies")
            .arg(&replies)
            .env(mock.variable(), KEY),
    );
    assert_eq!(code, 3, "{stdout}{stderr}");
    let run = json(&file);
    let of = |kind: &str| {
        let events = run["events"].as_array().unwrap().iter().map(|entry| &entry["event"]);
        events
            .filter(|event| event["type"] == kind)
            .map(|event| event["agent"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!((of("forecast"), of("failed")), (vec![0, 1, 2], vec![3, 4, 5, 6]));
    for words in [
        "does not accept the key",
        "sent the key",
        "redirects",
        "Agent nowhere, round 1: The server could not",
    ] {
        assert!(stderr.contains(words), "{words} is not in {stderr}");
    }
    assert!(elsewhere.asked().is_empty(), "a redirect was followed");
    let bearer = format!("Bearer {KEY}");
    assert!(mock.asked().iter().all(|asked| asked.authorization.as_deref() == Some(bearer.as_str())));
    assert!(mock.asked().iter().all(|asked| asked.body["stream"] == true));
    assert_eq!(done(&["verify", &file.display().to_string()]).0, 0);
    assert_eq!(run["timings"]["entries"].as_array().unwrap().len(), 7);
    let kept: Vec<PathBuf> = files(&replies);
    assert_eq!(kept.len(), 3, "one for each reply that could be read");
    for text in [stdout, stderr, text(&file)].into_iter().chain(kept.iter().map(|path| text(path))) {
        assert!(!text.contains(KEY) && !text.contains("0123456789abcdef"), "the key is in {text}");
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    std::fs::read_dir(folder).unwrap().flat_map(|entry| below(entry.unwrap().path())).collect()
}

#[test]
fn the_same_replies_give_the_same_digest_and_kept_ones_cost_nothing() {
    let folder = folder("same");
    let mock = Server::start(|asked, _| match asked.model.as_str() {
        "whole" => Reply::Whole(belief(0.8)),
        _ => Reply::Stream(belief(0.3)),
    });
    let spec = write_spec(&folder, &models(&["whole", "streamed"]));
    let run = |more: &[&str]| {
        let url = mock.base_url();
        let out = folder.join("run.json").display().to_string();
        let (code, stdout, stderr) =
            done(&[&["run", &spec, "--server", &url, "--out", &out, "--json"], more].concat());
        assert_eq!(code, 0, "{stderr}");
        serde_json::from_str::<Value>(&stdout).unwrap()
    };
    let first = run(&[]);
    assert_eq!(run(&[])["head"], first["head"]);
    let replies = folder.join("replies").display().to_string();
    assert_eq!(run(&["--replies", &replies])["head"], first["head"], "nothing was kept yet");
    let calls = mock.asked().len();
    let again = run(&["--replies", &replies]);
    assert_eq!(mock.asked().len(), calls, "every reply was kept");
    assert_eq!(again["prices"], first["prices"]);
    assert_ne!(again["head"], first["head"], "the log says which replies were taken");
}

#[test]
fn what_is_missing_is_said_before_anything_is_done() {
    let folder = folder("missing");
    let spec = write_spec(&folder, &models(&["some-model"]));
    for (arguments, words) in [
        (vec!["run", &spec], "no server for the model “some-model”"),
        (vec!["run", &spec, "--server", "openai"], "OPENAI_API_KEY"),
        (vec!["run", &spec, "--server", "not-a-server"], "credence servers"),
        (vec!["run", "no-such-file.json"], "no-such-file.json"),
        (vec!["run", env!("CARGO_MANIFEST_PATH")], "no set-up"),
        (vec!["run", &spec, "--seed", "xyz", "--server", "ollama"], "hexadecimal"),
        (vec!["run", &spec, "--key", KEY], "--key"),
    ] {
        let (code, stdout, stderr) = done(&arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains(words) && !stderr.contains(KEY), "{arguments:?}: {stderr}");
    }
    let person = golden("models, a failure, a person, Stop");
    let (code, _, stderr) = done(&["run", &write_spec(&folder, person.spec()), "--server", "ollama"]);
    assert!(code == 2 && stderr.contains("person"), "{stderr}");
    let (code, help, _) = done(&["--help"]);
    assert!(code == 0 && help.contains("EXAMPLES") && help.contains("EXIT CODES"));
    let (code, list, _) = outcome(credence(&["servers"]).env("OPENAI_API_KEY", KEY));
    assert!(code == 0 && list.contains("OPENAI_API_KEY") && !list.contains(KEY));
}
