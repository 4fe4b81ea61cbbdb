//! What a run refuses, and that a refusal leaves no trace: inputs that do not fit, events out of place, and numbers
//! that JSON cannot hold.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use credence::belief::{Belief, Forecast};
use credence::market::Order;
use credence::prng::Seed;
use credence::run::{AgentKind, Input, Run, RunError, RunEvent, RunSpec, TokenPrice, with_simulated};
use support::{answers, eventful_run, eventful_spec, model, spec};

fn begun(spec: RunSpec) -> Run {
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    run
}

#[test]
fn inputs_that_do_not_fit_change_nothing() {
    let run = begun(eventful_spec());
    let mut strange = answers(&run, &mut Seed::new(1).stream("words"));
    strange[0].calls[0].round = 7;
    let mut wrong_length = answers(&run, &mut Seed::new(1).stream("words"));
    wrong_length[0].result = Ok(Forecast::wordless(Belief::uniform(2)).into());
    let complete = |replies| with_simulated(&run, replies).unwrap();
    let table = [
        ("begun twice", Input::Begin),
        ("too few answers", Input::Replies(answers(&run, &mut Seed::new(1).stream("words")))),
        ("no answers", Input::Replies(Vec::new())),
        ("a call of another round", complete(strange)),
        ("another number of outcomes", complete(wrong_length)),
        ("an order of a model", Input::PersonOrder(Order::buy(0, 0, 3, 1.0).unwrap())),
        ("an order of nobody", Input::PersonOrder(Order::buy(9, 0, 3, 1.0).unwrap())),
        ("an order beyond the purse", Input::PersonOrder(Order::buy(3, 0, 3, 1e6).unwrap())),
    ];
    for (what, input) in table {
        let mut tried = run.clone();
        assert!(tried.advance(input).is_err(), "{what}");
        assert_eq!((tried.head(), tried.state()), (run.head(), run.state()), "{what}");
    }
}

#[test]
fn events_out_of_place_are_refused() {
    let run = eventful_run();
    let all = run.log().events().cloned().collect::<Vec<_>>();
    // Each event once more, right after itself: only a person's trade and answers may repeat.
    let repeatable = |event: &RunEvent| {
        matches!(
            event,
            RunEvent::Call(_) | RunEvent::Forecast { .. } | RunEvent::Failed { .. } | RunEvent::Passed { .. }
        )
    };
    for place in 0..all.len() {
        let mut log = Run::new(run.spec().clone()).unwrap();
        for event in &all[..=place] {
            log.restore(event.clone()).unwrap();
        }
        let again = log.restore(all[place].clone());
        assert!(
            again.is_err() || repeatable(&all[place]) || matches!(all[place], RunEvent::Settled { .. }),
            "{:?}",
            all[place]
        );
    }
}

#[test]
fn numbers_that_json_cannot_hold_stay_out() {
    // Above 2⁵³ two integers have one digest, so a server's absurd count is not taken over …
    let mut run = begun(spec("Will it open?", vec![model("Historian"), model("Engineer")]));
    let mut replies = answers(&run, &mut Seed::new(1).stream("words"));
    replies[0].calls[0].prompt_tokens = Some(u64::MAX);
    run.advance(Input::Replies(replies)).unwrap();
    let call =
        run.log().events().find_map(|event| if let RunEvent::Call(call) = event { Some(call) } else { None });
    assert_eq!(call.map(|call| (call.prompt_tokens, call.completion_tokens)), Some((None, Some(96))));
    // … a log with one is not applied, and set-ups are refused.
    let mut forged = call.unwrap().clone();
    forged.prompt_tokens = Some(u64::MAX);
    assert!(begun(run.spec().clone()).restore(RunEvent::Call(forged)).is_err());
    let limits: [fn(&mut RunSpec); 3] = [
        |spec| spec.stop.max_tokens = Some(1 << 53),
        |spec| spec.stop.max_cost_micro_usd = Some(1 << 53),
        |spec| {
            let AgentKind::Model { price, .. } = &mut spec.agents[0].kind else { unreachable!() };
            *price = Some(TokenPrice { input_micro_usd: 1, output_micro_usd: u64::MAX });
        },
    ];
    for change in limits {
        let mut spec = run.spec().clone();
        change(&mut spec);
        assert!(matches!(Run::new(spec), Err(RunError::Spec(_))));
    }
}
