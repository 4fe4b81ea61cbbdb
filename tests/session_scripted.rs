//! Whole sessions against scripted models and a clock that only moves when everybody waits: what the log says, how
//! often and when was asked, and that neither arrival nor chance reaches the digest.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, unused_imports, reason = "more than this file needs")]
#[path = "support/scripted.rs"]
mod scripted;

use std::collections::BTreeSet;

use credence::agents::roster::ANSWER_TOKENS;
use credence::llm::{CallError, Parameter, Protocol};
use credence::run::{AgentKind, StopRules, TokenPrice};
use credence::session::{AgentStatus, ConnectionId, Earlier, Phase, Session, StoredReply};
use scripted::{End, GOOD, Scenario, Turn};

fn limited() -> CallError {
    CallError::RateLimited { retry_after_seconds: None, detail: String::new() }
}

fn patient(seconds: u64) -> CallError {
    CallError::RateLimited { retry_after_seconds: Some(seconds), detail: String::new() }
}

fn unsupported(refused: Parameter) -> CallError {
    CallError::BadRequest { status: 400, detail: String::new(), unsupported: Some(refused) }
}

/// One agent with these turns in one round: the log's calls and what became of them, and the calls that were sent.
fn check(turns: Vec<Turn>, story: &[&str], sent: usize) {
    let outcome = Scenario::new(1).rounds(1).turns(0, turns).play();
    assert_eq!(outcome.story(), story);
    assert_eq!(outcome.sent(), sent);
}

const OK: &str = "0 forecast ok";
const ANSWERED: &str = "0 answered";

#[test]
fn answers_and_failures() {
    check(vec![], &[OK, ANSWERED, "closed undecided"], 1);
    check(vec![Turn::fails(limited())], &[OK, ANSWERED, "closed undecided"], 2);
    let always = vec![Turn::fails(limited()); 9];
    check(always, &["0 forecast no reply “”", "0 failed rate_limit", "closed failed"], 4);
    check(
        vec![Turn::fails(CallError::Server {
            status: 503,
            retry_after_seconds: None,
            detail: String::new(),
        })],
        &[OK, ANSWERED, "closed undecided"],
        2,
    );
    check(vec![Turn::fails(CallError::Network)], &[OK, ANSWERED, "closed undecided"], 2);
    check(
        vec![Turn::new(&[(50, "{\"beliefs\"")], End::Error(CallError::Cut))],
        &[OK, ANSWERED, "closed undecided"],
        2,
    );
    // A reply that is lost on its way is asked for once more, not again and again: each try may cost money.
    let cut = || Turn::new(&[(50, "{\"beliefs\"")], End::Error(CallError::Cut));
    check(
        vec![cut(), cut()],
        &["0 forecast no reply “{\"beliefs\"”", "0 failed cut_reply", "closed failed"],
        2,
    );
    check(
        vec![Turn::says("yes")],
        &["0 forecast unreadable “yes”", "0 repair ok", ANSWERED, "closed undecided"],
        2,
    );
    check(
        vec![Turn::says("yes"), Turn::says("no")],
        &["0 forecast unreadable “yes”", "0 repair unreadable “no”", "0 failed unparseable", "closed failed"],
        2,
    );
    check(
        vec![Turn::new(&[], End::Finish("content_filter"))],
        &["0 forecast unreadable “”", "0 failed refusal", "closed failed"],
        1,
    );
    for final_error in [CallError::Unauthorised, CallError::Forbidden] {
        check(
            vec![Turn::fails(final_error)],
            &["0 forecast no reply “”", "0 failed unauthorised", "closed failed"],
            1,
        );
    }
    let quota = CallError::QuotaExhausted { detail: String::new() };
    check(vec![Turn::fails(quota)], &["0 forecast no reply “”", "0 failed rate_limit", "closed failed"], 1);
    check(
        vec![Turn::new(&[(50, "sk-")], End::Error(CallError::KeyEchoed))],
        &["0 forecast no reply “”", "0 failed server", "closed failed"],
        1,
    );
}

#[test]
fn time_outs() {
    let silent = "0 failed timeout";
    check(vec![Turn::new(&[], End::Hang)], &["0 forecast no reply “”", silent, "closed failed"], 1);
    check(
        vec![Turn::new(&[(9_000, "{"), (9_000, "\"")], End::Hang)],
        &["0 forecast no reply “{\"”", silent, "closed failed"],
        1,
    );
    // Words every nine seconds are no silence of ten, but sixty seconds are too long altogether.
    check(
        vec![Turn::new(&[(9_000, "."); 20], End::Hang)],
        &["0 forecast no reply “......”", silent, "closed failed"],
        1,
    );
    let outcome = Scenario::new(1).rounds(1).turns(0, vec![Turn::new(&[], End::Hang)]).play();
    assert_eq!((outcome.now(), outcome.aborted()), (10_000, 1));
}

#[test]
fn waits_between_attempts() {
    let outcome = Scenario::new(1).rounds(1).turns(0, vec![Turn::fails(limited()); 3]).play();
    let timings = outcome.session.timings();
    let [entry] = timings.entries.as_slice() else { panic!("{timings:?}") };
    assert_eq!((entry.attempts, entry.started_millis), (4, 0));
    let waits: Vec<u64> = entry.retries.iter().map(|retry| retry.wait_millis).collect();
    for (wait, most) in waits.iter().zip([2_000, 4_000, 8_000]) {
        assert!((1_000..=most).contains(wait), "{waits:?}");
    }
    assert_eq!(entry.latency_millis, 4 * 100 + waits.iter().sum::<u64>());
    assert_eq!(entry.retries[0].reason, "rate limit (429)");

    let asked = Scenario::new(1).rounds(1).turns(0, vec![Turn::fails(patient(7))]).play();
    let wait = asked.session.timings().entries[0].retries[0].wait_millis;
    assert!((7_000..=8_000).contains(&wait), "{wait}");
    // The countdown is in view, second by second.
    let seconds: Vec<u64> = asked.waits_seen();
    assert_eq!(seconds, (1..=wait.div_ceil(1_000)).rev().collect::<Vec<_>>());
    // A server that asks for an hour is given up.
    let hour = Scenario::new(1).rounds(1).turns(0, vec![Turn::fails(patient(3_600))]).play();
    assert_eq!(hour.story(), ["0 forecast no reply “”", "0 failed rate_limit", "closed failed"]);
}

#[test]
fn what_servers_do_not_take_is_learnt_once() {
    let refusals =
        vec![Turn::fails(unsupported(Parameter::Format)), Turn::fails(unsupported(Parameter::Format))];
    let outcome = Scenario::new(2).same_model().at_once(1).rounds(2).turns(0, refusals).play();
    let formats: Vec<String> = outcome.formats();
    assert_eq!(formats[..3], ["schema", "object", "text"]);
    assert!(formats[3..].iter().all(|format| format == "text") && formats.len() == 6, "{formats:?}");
    let timings = outcome.session.timings();
    assert_eq!((timings.entries[0].attempts, timings.entries[0].retries.len()), (3, 2));
}

#[test]
fn stop_in_mid_round_keeps_what_is_in() {
    let slow = Turn::new(&[(300, "{\"bel"), (5_000, "iefs\"")], End::Hang);
    let scenario =
        Scenario::new(3).at_once(3).turns(1, vec![slow.clone()]).turns(2, vec![Turn::fails(patient(50))]);
    let outcome = scenario.at(1_000, Session::stop).play();
    assert_eq!(
        outcome.story(),
        [
            "0 forecast ok",
            "0 answered",
            "1 forecast no reply “{\"bel”",
            "1 failed stopped",
            "2 forecast no reply “”",
            "2 failed stopped",
            "closed stopped",
        ]
    );
    assert_eq!((outcome.now(), outcome.aborted()), (1_000, 1));
    // An agent that had not been asked yet has no call.
    let queued =
        Scenario::new(2).same_connection().at_once(1).turns(0, vec![slow]).at(1_000, Session::stop).play();
    assert_eq!(
        queued.story(),
        ["0 forecast no reply “{\"bel”", "0 failed stopped", "1 failed stopped", "closed stopped"]
    );
}

type Change = fn(&mut StopRules);

#[test]
fn limits_are_never_passed() {
    for most in 0..7 {
        let outcome = Scenario::new(3)
            .at_once(3)
            .stop(|stop| stop.max_calls = Some(most))
            .turns(0, vec![Turn::says("no")])
            .play();
        assert!(outcome.sent() <= most as usize, "{} calls of {most}", outcome.sent());
        assert_eq!(outcome.calls_shown(), outcome.sent() as u32);
        let ended = outcome.story().last().cloned();
        assert_eq!(ended.as_deref(), Some("closed stopped"), "{most}: {:?}", outcome.story());
    }
    // Exactly: four calls are three answers and one retry.
    let outcome = Scenario::new(3).at_once(3).rounds(1).stop(|stop| stop.max_calls = Some(4));
    let outcome =
        outcome.turns(0, vec![Turn::fails(limited())]).turns(1, vec![Turn::fails(limited())]).play();
    assert_eq!(outcome.sent(), 4);
    assert_eq!(outcome.story().iter().filter(|line| line.ends_with("call_limit")).count(), 1);

    let limits: [(Change, &str); 2] = [
        (|stop| stop.max_tokens = Some(9_000), "token_limit"),
        (|stop| stop.max_cost_micro_usd = Some(9_000), "cost_limit"),
    ];
    for (limit, named) in limits {
        let outcome = Scenario::new(3)
            .at_once(3)
            .price(TokenPrice { input_micro_usd: 1_000_000, output_micro_usd: 1_000_000 });
        let outcome = outcome.stop(limit).play();
        let spent = outcome.session.with_live(|live| live.spent);
        assert!(spent.tokens <= 9_000 && spent.cost_micro_usd <= 9_000, "{spent:?}");
        assert!(outcome.story().iter().any(|line| line.ends_with(named)), "{:?}", outcome.story());
    }
}

#[test]
fn a_call_is_bounded_by_the_body_that_its_protocol_sends() {
    const PRICE: TokenPrice = TokenPrice { input_micro_usd: 1_000_000, output_micro_usd: 1_000_000 };
    let mut sizes = BTreeSet::new();
    for protocol in Protocol::ALL {
        let play = |limit: &dyn Fn(&mut StopRules)| {
            let one = Scenario::new(1).speaking(protocol).rounds(1).price(PRICE);
            let outcome = one.stop(|stop| limit(stop)).play();
            (outcome.posted(), outcome.story().first().cloned().unwrap_or_default())
        };
        let (posted, _) = play(&|_| {});
        let most = posted[0].len() as u64 + u64::from(ANSWER_TOKENS);
        sizes.insert(most);
        // It is asked with exactly so much room, and nothing is sent with one token or one millionth of a dollar less.
        let limits: [fn(&mut StopRules, u64); 2] =
            [|stop, most| stop.max_tokens = Some(most), |stop, most| stop.max_cost_micro_usd = Some(most)];
        for (limit, named) in limits.into_iter().zip(["0 failed token_limit", "0 failed cost_limit"]) {
            assert_eq!(play(&|stop| limit(stop, most)), (posted.clone(), OK.to_owned()), "{protocol:?}");
            assert_eq!(play(&|stop| limit(stop, most - 1)), (vec![], named.to_owned()), "{protocol:?}");
        }
    }
    assert_eq!(sizes.len(), 5, "all protocols but Azure's have a body of their own");
}

#[test]
fn a_connection_is_not_asked_too_much_at_once() {
    for (at_once, agents) in [(1, 4), (2, 5), (3, 3)] {
        let slow = vec![Turn::new(&[(1_000, GOOD)], End::Finish("stop")); 3];
        let mut scenario = Scenario::new(agents).same_connection().at_once(at_once).rounds(1);
        for agent in 0..agents {
            scenario = scenario.turns(agent, slow.clone());
        }
        let outcome = scenario.play();
        assert_eq!((outcome.most_at_once(ConnectionId(0)), outcome.sent()), (at_once, agents));
        assert_eq!(outcome.now(), 1_000 * agents.div_ceil(at_once) as u64);
    }
    // Connections of their own do not wait for each other.
    let outcome = Scenario::new(4).at_once(1).rounds(1).play();
    assert_eq!(outcome.now(), 100);
}

#[test]
fn pause_step_and_resume() {
    let paused = Scenario::new(2).rounds(5).disagreeing().at(50, Session::pause).play_until(10_000);
    assert_eq!((paused.rounds(), paused.phase()), (1, Phase::Paused), "the round under way is finished");
    let stepped = Scenario::new(2)
        .rounds(5)
        .disagreeing()
        .at(0, Session::pause)
        .at(1_000, Session::step)
        .at(2_000, Session::step);
    let stepped = stepped.play_until(10_000);
    assert_eq!((stepped.rounds(), stepped.phase()), (2, Phase::Paused));
    let resumed =
        Scenario::new(2).rounds(5).disagreeing().at(0, Session::pause).at(1_000, Session::resume).play();
    assert_eq!((resumed.rounds(), resumed.phase()), (5, Phase::Finished));
    let stopped = Scenario::new(2).rounds(5).at(0, Session::pause).at(1_000, Session::stop).play();
    assert_eq!((stopped.story().last().map(String::as_str), stopped.sent()), (Some("closed stopped"), 0));
}

#[test]
fn arrival_does_not_reach_the_digest() {
    let play = |latencies: [u64; 3], trouble: bool| {
        let mut scenario = Scenario::new(3).at_once(3).rounds(2);
        for (agent, latency) in latencies.into_iter().enumerate() {
            let mut turns = vec![Turn::new(&[(latency, GOOD)], End::Finish("stop")); 2];
            if trouble {
                turns.insert(0, Turn::fails(limited()));
            }
            scenario = scenario.turns(agent, turns);
        }
        scenario.play().head()
    };
    let first = play([100, 200, 300], false);
    assert_eq!(first, play([300, 100, 200], false));
    assert_eq!(first, play([200, 300, 100], true), "transport retries are outside the chain");
}

#[test]
fn a_crash_in_mid_round_loses_nothing() {
    let whole = Scenario::new(2).rounds(2).play();
    let slow = Turn::new(&[(60_000, "")], End::Hang);
    let cut = Scenario::new(2).rounds(2).turns(1, vec![slow]).play_until(5_000);
    let replies: Vec<StoredReply> = cut.stored();
    assert_eq!(replies.iter().map(|reply| reply.agent).collect::<Vec<_>>(), [0]);
    let json = serde_json::to_string(&replies).unwrap();
    let earlier = Earlier { replies: serde_json::from_str(&json).unwrap(), timings: cut.session.timings() };
    let run = cut.session.with_run(Clone::clone);
    let resumed = Scenario::new(2).rounds(2).resume(run, earlier).play();
    assert_eq!((resumed.head(), resumed.sent()), (whole.head(), 3));
    assert_eq!(resumed.calls_shown(), 4, "what was paid before the crash still counts");
}

#[test]
fn words_stream_into_the_agents_row() {
    let turn = Turn::new(&[(100, "{\"beliefs\":"), (100, "[0.8,0.2]}")], End::Finish("stop"));
    let outcome = Scenario::new(1).rounds(1).turns(0, vec![turn]).play();
    assert_eq!(outcome.words_seen(), ["{\"beliefs\":", "{\"beliefs\":[0.8,0.2]}"]);
    assert!(
        outcome
            .statuses_seen()
            .iter()
            .any(|status| matches!(status, AgentStatus::Thinking { repair: false, .. }))
    );
    assert_eq!(outcome.statuses_seen().last(), Some(&AgentStatus::Answered));
}

#[test]
fn agents_without_a_call_answer_at_once() {
    let outcome = Scenario::simulated(6).play();
    assert_eq!(outcome.sent(), 0);
    assert!(outcome.story().last().is_some_and(|line| line.starts_with("closed")));
    let unconnected = Scenario::new(1).rounds(1).unconnected().play();
    assert_eq!(unconnected.story(), ["0 failed network", "closed failed"]);
    assert!(unconnected.session.with_run(|run| matches!(run.spec().agents[0].kind, AgentKind::Model { .. })));
}

#[test]
fn connection_tests() {
    let models = vec!["m0".to_owned()];
    for (turns, works, error) in [
        (vec![], true, None),
        (vec![Turn::fails(unsupported(Parameter::MaxTokens))], true, None),
        (vec![Turn::fails(CallError::Unauthorised)], false, Some("key refused")),
        (vec![Turn::new(&[], End::Hang)], false, Some("time-out")),
    ] {
        let probe = scripted::probe_model(turns);
        assert_eq!((probe.is_ok(), probe.error().map(CallError::short_name)), (works, error));
        assert_eq!(probe.models, models, "the list stands on its own");
    }
}
