//! Patience with single agents: what a person may do about a slow or failed one, how long anybody waits for it, and the
//! run's limit of time, on a clock that only moves when everybody waits.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "other tests look at more")]
mod scripted;

use credence::llm::CallError;
use credence::run::{FailureKind, Run};
use credence::session::{AgentStatus, ConnectionId, Earlier, Session};
use scripted::{End, GOOD, Scenario, Turn};

fn limited() -> CallError {
    CallError::RateLimited { retry_after_seconds: None, detail: String::new() }
}

fn patient(seconds: u64) -> CallError {
    CallError::RateLimited { retry_after_seconds: Some(seconds), detail: String::new() }
}

fn late(millis: u64) -> Turn {
    Turn::new(&[(millis, GOOD)], End::Finish("stop"))
}

#[test]
fn retry_now_skips_the_wait_and_asks_once() {
    let outcome = Scenario::new(1).rounds(1).turns(0, vec![Turn::fails(patient(50))]);
    let outcome = outcome.at(5_000, |session| session.retry_now(0)).play();
    assert_eq!(outcome.story(), ["0 forecast ok", "0 answered", "closed undecided"]);
    assert_eq!((outcome.sent(), outcome.now()), (2, 5_100));
    let timings = outcome.session.timings();
    assert_eq!(timings.entries[0].retries[0].wait_millis, 4_900, "as long as was really waited");
}

#[test]
fn a_failed_agent_is_asked_again_while_the_round_is_open() {
    let scenario = Scenario::new(2).at_once(2).rounds(1);
    let scenario = scenario.turns(0, vec![Turn::fails(CallError::Unauthorised)]).turns(1, vec![late(9_000)]);
    let outcome = scenario.at(3_000, |session| session.retry_now(0)).play();
    assert_eq!(
        outcome.story(),
        [
            "0 forecast no reply “”",
            "0 forecast ok",
            "0 answered",
            "1 forecast ok",
            "1 answered",
            "closed undecided"
        ]
    );
    assert_eq!((outcome.sent(), outcome.now()), (3, 9_000));
    let failed =
        outcome.statuses_seen().into_iter().find(|status| matches!(status, AgentStatus::Failed { .. }));
    assert!(matches!(failed, Some(AgentStatus::Failed { again: true, .. })));
    // What is stored last is what a resumed run takes.
    assert_eq!(outcome.stored().iter().rfind(|reply| reply.agent == 0).unwrap().calls.len(), 2);
}

#[test]
fn what_is_answered_or_over_is_not_asked_again() {
    let scenario = Scenario::new(2).at_once(2).rounds(1).turns(1, vec![late(9_000)]);
    let answered = scenario.at(3_000, |session| session.retry_now(0)).play();
    assert_eq!((answered.sent(), answered.now()), (2, 9_000));
    // Nobody is at work any more: the round has ended, and the run with it.
    let over = Scenario::new(1).rounds(1).turns(0, vec![Turn::fails(CallError::Unauthorised)]);
    let over = over.at(3_000, |session| session.retry_now(0)).play();
    assert_eq!((over.sent(), over.story()[1].as_str()), (1, "0 failed unauthorised"));
    // A wish from before there was anything to wish for is no standing order.
    let early = Scenario::new(2).rounds(1).turns(0, vec![Turn::fails(patient(20))]);
    let early = early.at(50, |session| session.retry_now(0)).play();
    assert!(early.now() >= 20_000);
}

#[test]
fn going_on_without_an_agent_ends_the_wait_in_every_state() {
    let hangs = vec![Turn::new(&[(300, "{\"bel")], End::Hang)];
    let thinking = Scenario::new(2).at_once(2).rounds(1).turns(1, hangs.clone());
    let thinking = thinking.at(2_000, |session| session.go_on_without(1)).play();
    assert_eq!(
        thinking.story()[2..],
        ["1 forecast no reply “{\"bel”", "1 failed left_out", "closed undecided"]
    );
    assert_eq!((thinking.now(), thinking.aborted()), (2_000, 1));
    let waiting = Scenario::new(2).at_once(2).rounds(1).turns(1, vec![Turn::fails(patient(50))]);
    let waiting = waiting.at(2_000, |session| session.go_on_without(1)).play();
    assert_eq!(waiting.story()[3], "1 failed left_out");
    let queued = Scenario::new(2).same_connection().at_once(1).rounds(1).turns(0, hangs);
    let queued = queued.at(2_000, |session| session.go_on_without(1)).play_until(2_000);
    assert_eq!((queued.sent(), queued.now()), (1, 2_000));
    // The event says what a person did, in words of its own, and counts.
    let failures = thinking.session.with_run(|run| run.state().totals().failures);
    assert_eq!(failures, 1);
    assert!(FailureKind::LeftOut.counts() && FailureKind::LeftOut.limit().is_none());
}

#[test]
fn nobody_waits_for_an_agent_beyond_its_time() {
    // Sixty seconds for everything: the retries after long waits have no room in it.
    let outcome = Scenario::new(2).at_once(2).rounds(1).turns(1, vec![Turn::fails(patient(40)); 4]).play();
    assert!((40_000..60_000).contains(&outcome.now()), "{}", outcome.now());
    assert_eq!(outcome.story()[3], "1 failed rate_limit");
    // A repair has what the first answer left.
    let slow = vec![
        Turn::new(&[(9_000, "x"); 6], End::Finish("stop")),
        Turn::new(&[(9_000, "x"); 6], End::Finish("stop")),
    ];
    let outcome = Scenario::new(1).rounds(1).turns(0, slow).play();
    assert_eq!(outcome.now(), 60_000);
    assert_eq!(outcome.story()[1..], ["0 repair no reply “”", "0 failed timeout", "closed failed"]);
}

#[test]
fn the_limit_of_time_ends_calls_under_way_and_counts_no_pause() {
    let scenario =
        || Scenario::new(2).at_once(2).rounds(4).stop(|stop| stop.max_seconds = Some(5)).disagreeing();
    let slow = scenario().turns(1, vec![Turn::new(&[(300, "{")], End::Hang)]).play();
    assert_eq!(slow.now(), 5_000);
    assert_eq!(
        slow.story(),
        ["0 forecast ok", "0 answered", "1 forecast no reply “{”", "1 failed time_limit", "closed stopped"]
    );
    assert_eq!(slow.session.timings().worked_millis, 5_000);
    // Twenty seconds of pause between two quick rounds cost nothing.
    let paused = scenario().at(50, Session::pause).at(20_000, Session::resume).play();
    assert_eq!(paused.rounds(), 4);
    assert_eq!(paused.session.timings().worked_millis, 400);
}

#[test]
fn a_resumed_run_has_the_time_that_is_left() {
    let limit = |scenario: Scenario| scenario.stop(|stop| stop.max_seconds = Some(10));
    let hang = vec![Turn::new(&[], End::Hang)];
    let first = limit(Scenario::new(1).rounds(3)).turns(0, hang.clone()).at(7_000, |_| ()).play_until(7_000);
    let timings = first.session.timings();
    assert_eq!(timings.worked_millis, 7_000);
    let earlier = Earlier { replies: Vec::new(), timings };
    let run: Run = first.session.with_run(Clone::clone);
    let resumed = limit(Scenario::new(1).rounds(3)).turns(0, hang).resume(run, earlier).play();
    assert_eq!((resumed.now(), resumed.story().last().map(String::as_str)), (3_000, Some("closed stopped")));
}

#[test]
fn an_agent_that_fails_holds_up_no_other() {
    let mut scenario = Scenario::new(3).rounds(1).at_once(3).same_connection();
    scenario = scenario.turns(0, vec![Turn::fails(limited()); 9]);
    let outcome = scenario.play();
    assert_eq!(outcome.story().iter().filter(|line| line.ends_with("answered")).count(), 2);
    assert_eq!(outcome.most_at_once(ConnectionId(0)), 3);
}
