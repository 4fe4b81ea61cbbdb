//! What an evaluation may take is said before it begins, and limits of calls and money are kept.

use credence::run::{AgentKind, TokenPrice};

use super::evaluations::{evaluate, questions, simulated};
use super::server::{Reply, Server};
use super::{belief, folder, models, write_spec};

/// The two ends of a row of the estimate.
fn ends(words: &str, row: &str) -> (f64, f64) {
    let line = words.lines().find(|line| line.starts_with(row)).unwrap();
    let plain = line[row.len()..].replace([',', '$'], "");
    let (low, high) = plain.trim().split_once(" to ").unwrap();
    (low.parse().unwrap(), high.parse().unwrap())
}

#[test]
fn the_estimate_comes_first_and_what_follows_lies_within_it() {
    let folder = folder("estimate");
    let mock = Server::start(|_, _| Reply::Whole(belief(0.7)));
    let mut spec = models(&["one", "two"]);
    for agent in &mut spec.agents {
        if let AgentKind::Model { price, .. } = &mut agent.kind {
            *price = Some(TokenPrice { input_micro_usd: 1_000_000, output_micro_usd: 2_000_000 });
        }
    }
    let (questions, panel, out) = (questions(&folder, 10), write_spec(&folder, &spec), folder.join("out"));
    let url = mock.base_url();
    let usual = ["--server", &url, "--methods", "pools,panel,self-consistency"];
    let with = |more: &[&str]| evaluate(&questions, &panel, &out, &[&usual[..], more].concat());

    let (code, words, stderr) = with(&["--dry-run"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(words.contains("10 questions to go") && words.contains("time    "), "{words}");
    assert!(!out.exists() && mock.asked().is_empty(), "nothing was made and nobody asked");
    let (calls, money) = (ends(&words, "calls"), ends(&words, "money"));
    assert!(calls.0 >= 40.0 && money.0 > 0.0 && money.1 > money.0, "{words}");

    let (code, _, stderr) = with(&["--max-calls", "39"]);
    assert!(code == 2 && stderr.contains("at least 40 calls"), "{stderr}");
    let (code, _, stderr) = with(&["--max-cost", "0.001"]);
    assert!(code == 2 && stderr.contains("--max-cost is $0.0010"), "{stderr}");
    assert_eq!(with(&["--max-cost", "-1"]).0, 2);
    assert!(!out.exists() && mock.asked().is_empty(), "a start that must break a limit does not begin");

    // What may stay within the limit begins, and begins no question beyond it.
    let (code, _, stderr) = with(&["--max-calls", "40", "--questions-at-once", "1"]);
    assert!(code == 3 && stderr.contains("the limit is reached with"), "{stderr}");
    let asked = mock.asked().len();
    assert!((40..52).contains(&asked), "{asked} calls");
    let (code, words, _) = with(&["--dry-run"]);
    assert!(code == 0 && !words.contains("10 questions"), "what is done is not reckoned again: {words}");
    assert_eq!(with(&[]).0, 0);
    let all = mock.asked().len() as f64;
    assert!(calls.0 <= all && all <= calls.1, "{all} calls, {calls:?} were said");
    let (_, words, _) = with(&["--dry-run"]);
    assert!(words.contains("nothing is to be asked"), "{words}");
}

#[test]
fn without_models_or_prices_it_says_so() {
    let folder = folder("estimate-none");
    let questions = questions(&folder, 3);
    let out = folder.join("out");
    let (code, words, _) =
        evaluate(&questions, &simulated(&folder), &out, &["--dry-run", "--max-calls", "1"]);
    assert!(code == 0 && words.contains("no calls and no money"), "{words}");
    let panel = write_spec(&folder, &models(&["one"]));
    let (code, words, _) = evaluate(&questions, &panel, &out, &["--dry-run"]);
    assert!(code == 0 && words.contains("no price is known for one"), "{words}");
    let (code, _, stderr) = evaluate(&questions, &panel, &out, &["--dry-run", "--max-cost", "5"]);
    assert!(code == 2 && stderr.contains("no price for one"), "{stderr}");
}
