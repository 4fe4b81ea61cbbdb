//! Verify finds every change: each leaf of each event, each digest, the order, the length, the head and the header;
//! and an attacker who chains everything anew after changing what the engine computes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use credence::audit::Digest;
use credence::run::{Document, FailureKind, Run, RunSpec, StopRules, Verdict, verify};
use credence::share::{FileError, file_name, read_file, reduce, write_file};
use serde_json::{Map, Value, json};
use support::*;

fn runs() -> Vec<(&'static str, Run)> {
    let two = vec![model("Historian"), model("Engineer")];
    let stop = StopRules {
        epsilon: 0.01,
        max_rounds: 2,
        max_calls: None,
        max_tokens: None,
        max_cost_micro_usd: None,
        max_seconds: None,
    };
    let models = RunSpec { stop: stop.clone(), ..spec("Will it open?", two) };
    let simulated = RunSpec { stop, ..spec("Will it open?", simulated_panel()[..3].to_vec()) };
    let eventful = eventful_run_with(&[FailureKind::Timeout, FailureKind::Unparseable]);
    vec![
        ("simulated", play_out(simulated)),
        ("models", model_run(models, &[(2, 0, FailureKind::Unparseable)])),
        ("reduced", reduce(&eventful, credence::run::Texts::Headlines).unwrap()),
        ("eventful", eventful),
    ]
}

fn documents() -> Vec<(&'static str, Document)> {
    runs().into_iter().map(|(name, run)| (name, run.document().unwrap())).collect()
}

/// Every kind of change, or one for each place.
const ALL: usize = usize::MAX;
const ONE: usize = 1;

/// Changes of one place of a JSON value, at most so many ways each.
fn mutations(value: &Value, ways: usize) -> Vec<Value> {
    let leaf = match value {
        Value::Null => vec![json!(0)],
        Value::Bool(truth) => vec![json!(!truth), Value::Null],
        Value::Number(number) => match number.as_i64() {
            Some(integer) => vec![json!(integer + 1), json!(-integer - 1), json!(i64::MAX), Value::Null],
            None => vec![json!(number.as_f64().unwrap() + 1.0), json!(1e300), json!("0.5")],
        },
        Value::String(text) => vec![json!(format!("{text}x")), json!(text.len()), Value::Null],
        Value::Array(items) => return array_mutations(items, ways),
        Value::Object(map) => return object_mutations(map, ways),
    };
    leaf.into_iter().take(ways).collect()
}

fn array_mutations(items: &[Value], ways: usize) -> Vec<Value> {
    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut items = items.to_vec();
        change(&mut items);
        Value::Array(items)
    };
    let mut all = vec![with(&|items| items.push(json!(0)))];
    if let Some(first) = items.first() {
        all.push(with(&|items| items.insert(0, first.clone())));
        all.push(with(&|items| drop(items.pop())));
    }
    for (place, item) in items.iter().enumerate() {
        let changed = mutations(item, ways).into_iter();
        all.extend(changed.map(|item| with(&|items| items[place] = item.clone())));
    }
    all
}

fn object_mutations(map: &Map<String, Value>, ways: usize) -> Vec<Value> {
    let with = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut map = map.clone();
        change(&mut map);
        Value::Object(map)
    };
    let mut all = vec![with(&|map| drop(map.insert("more".into(), json!(1))))];
    for (key, value) in map {
        all.push(with(&|map| drop(map.remove(key))));
        if ways > ONE {
            all.push(with(&|map| drop(map.remove(key).map(|value| map.insert(format!("{key}x"), value)))));
        }
        let changed = mutations(value, ways).into_iter();
        all.extend(changed.map(|value| with(&|map| drop(map.insert(key.clone(), value.clone())))));
    }
    all
}

fn broken_at(document: &Document) -> Option<u64> {
    match verify(document) {
        Verdict::Broken { seq, .. } => Some(seq),
        Verdict::Verified { .. } => None,
    }
}

fn check(what: &str, document: &Document, seq: usize) {
    assert_eq!(broken_at(document), Some(seq as u64), "{what}");
}

/// Changes each field of an event in one way, chains everything anew, and lets `check` look; how many there were. The
/// engine compares whole events, and each of these takes a replay.
fn chained_anew(document: &Document, place: usize, check: impl Fn(&Document)) -> usize {
    let mut changed = document.clone();
    let events = mutations(&document.events[place].event, ONE);
    let count = events.len();
    for event in events {
        changed.events[place].event = event;
        rechain(&mut changed, place);
        check(&changed);
    }
    count
}

/// Whether the engine computes this event: everything but what models and persons said.
fn computed(document: &Document, event: &Value) -> bool {
    let kind = |agent: &Value| {
        let agent = &document.spec["agents"][agent.as_u64().unwrap() as usize];
        agent["kind"]["type"].as_str().unwrap().to_owned()
    };
    match event["type"].as_str().unwrap() {
        "call" | "failed" => false,
        "forecast" => kind(&event["agent"]) == "simulated",
        "traded" => kind(&event["trade"]["agent"]) != "person",
        _ => true,
    }
}

#[test]
fn what_nobody_touched_is_verified() {
    for (name, document) in documents() {
        assert!(matches!(verify(&document), Verdict::Verified { .. }), "{name}: {:?}", verify(&document));
        let mut again = document.clone();
        rechain(&mut again, 0);
        assert_eq!(again, document, "{name}: the chain is what anybody computes");
    }
}

#[test]
fn every_changed_field_is_found_where_it_is() {
    let mut tried = 0;
    for (name, document) in documents() {
        for place in 0..document.events.len() {
            let mut changed = document.clone();
            for event in mutations(&document.events[place].event, ALL) {
                changed.events[place].event = event;
                check(&format!("{name} {place} {}", changed.events[place].event), &changed, place + 1);
                tried += 1;
            }
        }
    }
    assert!(tried > 4_000, "{tried}");
}

#[test]
fn every_changed_digest_and_number_is_found_where_it_is() {
    for (name, document) in documents() {
        for place in 0..document.events.len() {
            for byte in [0, 31] {
                let mut changed = document.clone();
                let mut bytes = *changed.events[place].digest.bytes();
                bytes[byte] ^= 1;
                changed.events[place].digest = Digest::from_bytes(bytes);
                check(&format!("{name} digest {place}"), &changed, place + 1);
            }
            for seq in [0, place as u64, place as u64 + 2, u64::MAX] {
                let mut changed = document.clone();
                changed.events[place].seq = seq;
                check(&format!("{name} seq {place}"), &changed, place + 1);
            }
        }
    }
}

#[test]
fn order_and_length_are_found_where_they_change() {
    for (name, document) in documents() {
        let count = document.events.len();
        for place in 0..count {
            let with = |change: &dyn Fn(&mut Document)| {
                let mut changed = document.clone();
                change(&mut changed);
                changed
            };
            check(&format!("{name} dropped {place}"), &with(&|d| drop(d.events.remove(place))), place + 1);
            let doubled = with(&|d| d.events.insert(place + 1, d.events[place].clone()));
            check(&format!("{name} doubled {place}"), &doubled, place + 2);
            if place + 1 < count {
                check(
                    &format!("{name} swapped {place}"),
                    &with(&|d| d.events.swap(place, place + 1)),
                    place + 1,
                );
            }
            check(&format!("{name} cut to {place}"), &with(&|d| d.events.truncate(place)), place + 1);
            let cut = with(&|d| {
                d.events.truncate(place);
                rechain(d, place);
            });
            check(&format!("{name} cut to {place}, head moved"), &cut, place + 1);
        }
    }
}

#[test]
fn head_and_header_are_found() {
    for (name, document) in documents() {
        let count = document.events.len();
        for (seq, found) in [(count + 1, count + 1), (count - 1, count), (0, 1), (usize::MAX / 2, count + 1)]
        {
            let mut changed = document.clone();
            changed.head.seq = seq as u64;
            check(&format!("{name} head {seq}"), &changed, found);
        }
        let mut changed = document.clone();
        changed.head.digest = document.events[0].digest;
        check(&format!("{name} head digest"), &changed, count);
        let mut changed = document.clone();
        changed.engine.push('x');
        check(&format!("{name} engine"), &changed, 1);
        rechain(&mut changed, 0);
        check(&format!("{name} engine, chained anew"), &changed, 1);
        for spec in mutations(&document.spec, ALL) {
            let mut changed = document.clone();
            changed.spec = spec;
            check(&format!("{name} {}", changed.spec), &changed, 1);
        }
    }
}

/// The places of events that the engine computes, or of those that models and persons said.
fn places(document: &Document, wanted: bool) -> Vec<usize> {
    let fits = |&place: &usize| computed(document, &document.events[place].event) == wanted;
    (0..document.events.len()).filter(fits).collect()
}

#[test]
fn chaining_anew_hides_no_computed_figure() {
    let mut tried = 0;
    // The reduced copy has the same events as the eventful run, with fewer words.
    for (name, document) in documents().into_iter().filter(|(name, _)| *name != "reduced") {
        for place in places(&document, true) {
            tried += chained_anew(&document, place, |changed| {
                check(&format!("{name} {place} {}", changed.events[place].event), changed, place + 1);
            });
        }
    }
    assert!(tried > 800, "{tried}");
}

/// What models and persons said is an input: other words make another run, with another head. Whatever no longer
/// follows from them is found, at the change or behind it.
#[test]
fn chaining_anew_after_other_words_gives_another_head_or_breaks() {
    for (name, document) in documents() {
        for place in places(&document, false) {
            chained_anew(&document, place, |changed| {
                let found = broken_at(changed);
                let context = format!("{name} {place} {}", changed.events[place].event);
                assert!(found.is_none_or(|seq| seq > place as u64), "{context} was found at {found:?}");
                assert_ne!(changed.head, document.head, "{context}");
            });
        }
    }
}

#[test]
fn chaining_anew_hides_no_changed_set_up() {
    for (name, document) in documents() {
        for spec in mutations(&document.spec, ALL) {
            let mut changed = document.clone();
            changed.spec = spec;
            rechain(&mut changed, 0);
            // A text that decides nothing makes another run, with another head; verifying never panics.
            let _ = broken_at(&changed);
            assert_ne!(changed.head, document.head, "{name} {}", changed.spec);
        }
    }
}

#[test]
fn files_come_back_byte_by_byte() {
    for (name, mut document) in documents() {
        for timings in [None, Some(json!({"started": 1.5, "calls": [[1, 2.25]]}))] {
            document.timings = timings;
            let text = write_file(&document);
            let again = read_file(text.as_bytes()).unwrap();
            assert_eq!(again, document, "{name}");
            assert_eq!(write_file(&again), text, "{name}");
            assert_eq!(
                text.lines().filter(|line| line.contains("\"seq\"")).count(),
                document.events.len() + 1
            );
        }
    }
}

#[test]
fn what_is_no_run_file_is_named() {
    let good = write_file(&documents()[0].1);
    let read = |text: &str| read_file(text.as_bytes()).unwrap_err();
    for text in ["", "hello", "{", "{\"format\":\"credence-run\",\"version\":1", &good[..good.len() / 2]] {
        assert!(matches!(read(text), FileError::NotJson(_)), "{text:.40}");
    }
    for text in ["1", "[]", "null", "\"credence-run\"", "{}", "{\"format\":\"other\",\"version\":1}"] {
        assert_eq!(read(text), FileError::NotARun, "{text}");
    }
    assert_eq!(read(&good.replacen("\"version\": 1", "\"version\": 2", 1)), FileError::NewerVersion(2));
    assert_eq!(read_file(&[0xff, 0xfe, 0]), Err(FileError::NotText));
    assert_eq!(read_file(&vec![b' '; (64 << 20) + 1]), Err(FileError::TooLarge { bytes: (64 << 20) + 1 }));
    for (from, to) in [
        ("\"version\": 1", "\"version\": 0"),
        ("\"engine\"", "\"endpoint\": \"https://example.org\", \"engine\""),
        ("\"head\"", "\"key\": \"secret\", \"head\""),
        ("\"head\"", "\"tail\""),
        ("\"seq\": 2", "\"seq\": -2"),
        ("\"seq\": 2", "\"when\": 5, \"seq\": 2"),
        ("\"round\":1", "\"round\":1,\"round\":2"),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(matches!(read(&good.replacen(from, to, 1)), FileError::Malformed(_)), "{to}");
    }
    assert!(read_file(format!("\u{feff}{good}").as_bytes()).is_ok());
}

#[test]
fn files_have_telling_names() {
    let head = Digest::from_bytes([0xab; 32]);
    for (question, name) in [
        (
            "Will the harbour tram line open before June?",
            "will-the-harbour-tram-line-open-before-june-abababab",
        ),
        ("  ¿Sí? ", "s-abababab"),
        ("今日は", "run-abababab"),
        ("../../etc/passwd", "etc-passwd-abababab"),
    ] {
        assert_eq!(file_name(question, &head, 0), format!("{name}.credence.json"));
    }
    assert!(file_name(&"word ".repeat(100), &head, 12).len() < 90);
    assert_eq!(file_name("Q", &head, 1), "q-abababab-1-failure.credence.json");
    assert_eq!(file_name("Q", &head, 3), "q-abababab-3-failures.credence.json");
}
