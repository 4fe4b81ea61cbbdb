//! Kept replies in place of calls: what is taken, what is sent all the same, and what the log says of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, unused_imports, reason = "more than this file needs")]
#[path = "support/scripted.rs"]
mod scripted;

use std::rc::Rc;

use credence::run::mode::SelfConsistency;
use credence::run::{CallRecord, Mode, Run, RunEvent, TokenPrice};
use credence::session::Earlier;
use scripted::{Outcome, Replies, Scenario, Turn};

fn calls(outcome: &Outcome) -> Vec<CallRecord> {
    let call = |event: &RunEvent| match event {
        RunEvent::Call(call) => Some(call.clone()),
        _ => None,
    };
    outcome.session.with_run(|run| run.log().events().filter_map(call).collect())
}

#[test]
fn recorded_replies_are_taken_and_cost_nothing() {
    let replies = Rc::new(Replies::default());
    let play = || {
        let dear = TokenPrice { input_micro_usd: 1_000_000, output_micro_usd: 1_000_000 };
        Scenario::new(2).rounds(1).price(dear).reusing(&replies).play()
    };
    let first = play();
    assert_eq!((first.sent(), replies.taken.get()), (2, 0));
    let second = play();
    assert_eq!((second.sent(), replies.taken.get()), (0, 2), "the same prompts, models and parameters");
    let totals = second.session.with_run(|run| run.state().totals());
    assert_eq!((totals.calls, totals.prompt_tokens, totals.cost_micro_usd), (0, 0, 0));
    // The log says where the replies come from, and the beliefs and trades are the same.
    assert!(calls(&first).iter().all(|call| call.reused.is_none()));
    assert!(calls(&second).iter().all(|call| call.reused.is_some()));
    let prices = |outcome: &Outcome| outcome.session.with_run(|run| run.state().market().prices());
    assert_eq!(prices(&first), prices(&second));
    // A reply that could not be read is not recorded.
    let replies = Rc::new(Replies::default());
    let bad =
        Scenario::new(1).rounds(1).turns(0, vec![Turn::says("yes"), Turn::says("no")]).reusing(&replies);
    assert_eq!(bad.play().sent(), 2);
    let again = Scenario::new(1).rounds(1).reusing(&replies).play();
    assert_eq!((again.sent(), replies.taken.get()), (1, 0));
}

#[test]
fn a_run_that_takes_none_still_keeps_the_newest() {
    let replies = Rc::new(Replies::default());
    let says = |p: f64| Turn::says(&format!("{{\"beliefs\":[{p},{}]}}", 1.0 - p));
    let scenario = |p| Scenario::new(1).rounds(1).turns(0, vec![says(p)]);
    for p in [0.2, 0.9] {
        assert_eq!(scenario(p).keeping(&replies).play().sent(), 1);
    }
    assert_eq!(replies.taken.get(), 0);
    let taken = scenario(0.5).reusing(&replies).play();
    assert_eq!((taken.sent(), calls(&taken)[0].reply.contains("0.9")), (0, true));
}

/// A run as it stood after so many of its rounds.
fn cut_after(whole: &Outcome, rounds: u32) -> Run {
    whole.session.with_run(|run| {
        let mut cut = Run::new(run.spec().clone()).unwrap();
        for event in run.log().events() {
            cut.restore(event.clone()).unwrap();
            if matches!(event, RunEvent::TurnOpened { round, .. } if *round > rounds) {
                break;
            }
        }
        cut
    })
}

/// One agent that answers the same prompt many times, each time otherwise.
fn votes(first: usize) -> Scenario {
    let says = |p: f64| Turn::says(&format!("{{\"beliefs\":[{p},{}]}}", 1.0 - p));
    Scenario::new(1)
        .turns(0, [0.9, 0.2, 0.8, 0.7].map(says).into_iter().skip(first).collect())
        .mode(Mode::SelfConsistency(SelfConsistency { answers: 4 }))
}

#[test]
fn the_same_words_many_times_are_as_many_kept_replies() {
    let replies = Rc::new(Replies::default());
    let words = |outcome: &Outcome| calls(outcome).into_iter().map(|call| call.reply).collect::<Vec<_>>();
    let first = votes(0).reusing(&replies).play();
    assert_eq!((first.sent(), replies.taken.get()), (4, 0), "no vote stands for another");
    let again = votes(0).reusing(&replies).play();
    assert_eq!((again.sent(), replies.taken.get()), (0, 4));
    assert_eq!(words(&again), words(&first));
}

#[test]
fn a_run_that_goes_on_does_not_take_its_own_replies_again() {
    let replies = Rc::new(Replies::default());
    let whole = votes(0).reusing(&replies).play();
    // The same run after two of its four votes, on a device where their replies are kept.
    let kept = Rc::new(Replies::default());
    let half = cut_after(&whole, 2);
    for place in 0..2 {
        replies.copy_to(&kept, &calls(&whole)[place].reply);
    }
    let gone_on = votes(2).reusing(&kept).resume(half, Earlier::default()).play();
    assert_eq!((gone_on.sent(), kept.taken.get()), (2, 0));
    let words = |outcome: &Outcome| calls(outcome).into_iter().map(|call| call.reply).collect::<Vec<_>>();
    assert_eq!(words(&gone_on), words(&whole));
}
