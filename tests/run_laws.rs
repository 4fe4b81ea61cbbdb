//! Laws of the run: money is conserved by every event, the first round is blind, everybody in a round sees the same
//! market, the seed decides who trades first, every stop rule is reached, and a log replays, resumes and settles to
//! one and the same head.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;
mod support;

use credence::audit::Head;
use credence::belief::{Belief, Forecast, Sizing, TraderKind};
use credence::market::{Cash, Order, Shares};
use credence::prng::Seed;
use credence::run::{
    AgentKind, Basis, CloseReason, Ending, FailureKind, Input, RecordedInputs, Run, RunError, RunEvent,
    RunSpec, RunState, StopRules, Verdict, play, recorded_inputs, replay, verify, with_simulated,
};
use support::{
    answers, eventful_run, eventful_spec, failure, model, person, play_out, simulated, simulated_panel, spec,
};

/// Finished runs of every sort.
fn runs() -> Vec<(String, Run)> {
    let golden = common::RUNS.into_iter().map(|golden| (golden.name.to_owned(), (golden.run)()));
    let golden = golden.filter(|(_, run)| run.spec().mode.is_market());
    let rules = [
        Sizing::Evidence { rho: 0.95 },
        Sizing::Kelly { fraction: 1.0 },
        Sizing::Cara { tolerance: 20.0 },
        Sizing::RiskNeutral,
    ];
    let rules = rules.into_iter().map(|sizing| {
        let run = play_out(RunSpec { sizing, ..spec("Will it open?", simulated_panel()) });
        (format!("{sizing:?}"), run)
    });
    let eventful = ("eventful".to_owned(), eventful_run());
    golden.chain(rules).chain([eventful]).collect()
}

fn events(run: &Run) -> Vec<RunEvent> {
    run.log().events().cloned().collect()
}

fn belief(percent: u32) -> Belief {
    Belief::from_millionths(vec![percent * 10_000, (100 - percent) * 10_000]).unwrap()
}

/// Answers of two models that hold to these percentages.
fn two_say(run: &Run, percents: [u32; 2]) -> Input {
    let mut replies = answers(run, &mut Seed::new(1).stream("words"));
    for (reply, percent) in replies.iter_mut().zip(percents) {
        reply.result = Ok(Forecast::wordless(belief(percent)).into());
    }
    Input::Replies(replies)
}

fn begun(spec: RunSpec) -> Run {
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    run
}

#[test]
fn every_event_conserves_money() {
    for (name, run) in runs() {
        let mut state = RunState::new(run.spec().clone()).unwrap();
        let total = state.market().ledger().total_cash();
        let opened = state.market().ledger().maker_cash() + run.spec().total_budget();
        assert_eq!(total, opened, "{name}");
        for event in run.log().events() {
            state.apply(event).unwrap();
            let ledger = state.market().ledger();
            assert_eq!(ledger.total_cash(), total, "{name}: {event:?}");
            let solvent = ledger.accounts().iter().all(|account| account.cash >= Cash::ZERO);
            assert!(solvent && ledger.maker_cash() >= Cash::ZERO, "{name}: {event:?}");
            if let RunEvent::Settled { payouts_micros, maker_cash_micros, .. } = event {
                assert_eq!(ledger.maker_cash(), *maker_cash_micros, "{name}");
                assert_eq!(payouts_micros.len(), run.spec().agents.len(), "{name}");
                assert!(ledger.outstanding().iter().all(|&shares| shares == Shares::ZERO), "{name}");
            }
        }
        assert_eq!(state, *run.state(), "{name}: the fold of the log is the state");
    }
}

#[test]
fn the_first_round_is_blind_and_a_round_has_one_snapshot() {
    let mut run = begun(eventful_spec());
    for round in 1..=3 {
        let snapshot = run.state().market().prices();
        // A person's trade in mid-round does not reach those who are thinking.
        run.advance(Input::PersonOrder(Order::buy(3, 0, 3, 9.0).unwrap())).unwrap();
        assert_ne!(run.state().market().prices(), snapshot);
        for agent in run.state().asked_agents() {
            let view = run.state().view_for(agent);
            assert_eq!(view.round, round);
            assert_eq!(view.prices, (round > 1).then(|| snapshot.clone()));
            let others: Vec<usize> = view.others.iter().map(|other| other.agent).collect();
            let expected: Vec<usize> =
                if round == 1 { Vec::new() } else { [0, 1, 2].into_iter().filter(|&i| i != agent).collect() };
            assert_eq!(others, expected);
            assert_eq!(view.own.is_some(), round > 1);
        }
        let replies = answers(&run, &mut Seed::new(round.into()).stream("words"));
        let replies = with_simulated(&run, replies).unwrap();
        run.advance(replies).unwrap();
    }
    for (name, run) in runs() {
        for event in run.log().events() {
            if let RunEvent::RoundOpened { round, blind, .. } = event {
                assert_eq!(*blind, *round == 1, "{name}");
            }
        }
    }
}

#[test]
fn the_seed_orders_those_who_answered() {
    for (name, run) in runs() {
        let (mut answered, mut drawn) = (Vec::new(), Vec::new());
        let is_person = |agent: usize| run.spec().agents[agent].kind == AgentKind::Person;
        let mut distinct = std::collections::BTreeSet::new();
        for event in run.log().events() {
            match event {
                RunEvent::RoundOpened { .. } => answered.clear(),
                RunEvent::Forecast { agent, .. } => answered.push(*agent),
                RunEvent::OrderDrawn { round, order } => {
                    let mut expected = answered.clone();
                    run.spec().seed.stream(&format!("order/{round}")).shuffle(&mut expected);
                    assert_eq!(*order, expected, "{name}");
                    distinct.insert(order.clone());
                    drawn.clone_from(order);
                    drawn.reverse();
                }
                RunEvent::Passed { agent, .. } => assert_eq!(drawn.pop(), Some(*agent), "{name}"),
                RunEvent::Traded { trade, .. } if !is_person(trade.agent) => {
                    assert_eq!(drawn.pop(), Some(trade.agent), "{name}");
                }
                RunEvent::RoundClosed { .. } => assert!(drawn.is_empty(), "{name}"),
                _ => {}
            }
        }
        assert!(distinct.len() > 1, "{name}: every round had one order");
    }
}

/// The set-up, what the two say in each round (the last for ever), and how it ends after so many rounds.
type Row = (fn(&mut StopRules), &'static [[u32; 2]], Ending, CloseReason, u32);

#[test]
fn every_stop_rule_is_reached() {
    let rules = |change: fn(&mut StopRules)| {
        let mut spec = spec("Will it open?", vec![model("Historian"), model("Engineer")]);
        spec.sizing = Sizing::RiskNeutral;
        spec.stop.max_rounds = 3;
        change(&mut spec.stop);
        spec
    };
    let nothing: fn(&mut StopRules) = |_| {};
    let table: [Row; 6] = [
        (nothing, &[[70, 70], [70, 70]], Ending::Converged, CloseReason::NoTrade, 2),
        (nothing, &[[70, 30], [71, 31]], Ending::Undecided, CloseReason::RoundLimit, 3),
        (|stop| stop.max_calls = Some(4), &[[70, 30]], Ending::Stopped, CloseReason::CallLimit, 2),
        (|stop| stop.max_tokens = Some(1_000), &[[70, 30]], Ending::Stopped, CloseReason::TokenLimit, 1),
        (|stop| stop.max_cost_micro_usd = Some(300), &[[70, 30]], Ending::Stopped, CloseReason::CostLimit, 2),
        // A limit that is reached in the round that agrees: the panel has its answer.
        (|stop| stop.max_calls = Some(4), &[[70, 70], [70, 70]], Ending::Converged, CloseReason::NoTrade, 2),
    ];
    for (change, said, ending, reason, rounds) in table {
        let mut run = begun(rules(change));
        while !run.state().is_closed() {
            let round = run.state().round() as usize;
            let input = two_say(&run, said[(round - 1).min(said.len() - 1)]);
            run.advance(input).unwrap();
        }
        check_end(&run, ending, reason, rounds);
    }
    let mut stopped = begun(rules(nothing));
    stopped.advance(Input::Stop).unwrap();
    check_end(&stopped, Ending::Stopped, CloseReason::StoppedByPerson, 0);

    let mut silent = begun(rules(nothing));
    let replies = [0, 1].map(|agent| failure(&silent, agent, FailureKind::Timeout)).to_vec();
    silent.advance(Input::Replies(replies)).unwrap();
    check_end(&silent, Ending::Failed, CloseReason::NoAnswers, 1);
}

fn check_end(run: &Run, ending: Ending, reason: CloseReason, rounds: u32) {
    let all = events(run);
    let Some(RunEvent::Closed { status, reason: because, totals, .. }) = all.last() else {
        panic!("{all:?}")
    };
    assert_eq!((*status, *because, totals.rounds), (ending, reason, rounds));
    let mut more = run.clone();
    assert_eq!(more.advance(Input::Stop).unwrap_err(), RunError::OutOfPlace, "closed is closed");
    assert!(matches!(verify(&run.document().unwrap()), Verdict::Verified { .. }));
}

#[test]
fn silence_is_no_agreement() {
    let panel = ["A", "B", "C"].map(model).to_vec();
    let mut run = begun(RunSpec { sizing: Sizing::RiskNeutral, ..spec("Will it open?", panel) });
    // One of three says what the price says already, the others nothing: the run goes on.
    let mut replies = answers(&run, &mut Seed::new(1).stream("words"));
    replies[0].result = Ok(Forecast::wordless(belief(50)).into());
    for agent in [1, 2] {
        replies[agent] = failure(&run, agent, FailureKind::Server);
    }
    run.advance(Input::Replies(replies)).unwrap();
    assert_eq!((run.state().round(), run.state().is_closed()), (2, false));
}

#[test]
fn answers_may_arrive_in_any_order() {
    let play = |seed: u64| -> Head {
        let mut run = begun(eventful_spec());
        for round in 1..=3_u64 {
            let mut replies = answers(&run, &mut Seed::new(round).stream("words"));
            replies[1] = failure(&run, 2, FailureKind::Refusal);
            let Input::Replies(mut replies) = with_simulated(&run, replies).unwrap() else { unreachable!() };
            Seed::new(seed).stream("arrival").shuffle(&mut replies);
            run.advance(Input::Replies(replies)).unwrap();
        }
        run.head()
    };
    let heads: std::collections::BTreeSet<String> =
        (0..12).map(|seed| play(seed).digest.to_string()).collect();
    assert_eq!(heads.len(), 1, "{heads:?}");
}

#[test]
fn logs_replay_to_their_heads() {
    for (name, run) in runs() {
        let again = replay(run.spec().clone(), &events(&run)).unwrap();
        assert_eq!((again.head(), again.state()), (run.head(), run.state()), "{name}");
        let inputs: RecordedInputs = recorded_inputs(&run);
        let played = finish(play(run.spec().clone(), inputs).unwrap());
        assert_eq!(played.head(), run.head(), "{name}");
        let verdict = verify(&run.document().unwrap());
        assert_eq!(verdict, Verdict::Verified { events: run.head().seq, texts: None }, "{name}");
    }
}

#[test]
fn runs_resume_from_every_event() {
    for (name, run) in runs() {
        let all = events(&run);
        // Where steps end: only there does an open run wait for something.
        let mut state = RunState::new(run.spec().clone()).unwrap();
        let mut rests = vec![0];
        for (place, event) in all.iter().enumerate() {
            state.apply(event).unwrap();
            if state.is_at_rest() {
                rests.push(place + 1);
            }
        }
        for cut in 0..=all.len() {
            // What was stored up to a crash: the step that was cut is dropped, all before it is kept.
            let mut resumed = Run::resume(run.spec().clone(), all[..cut].iter().cloned()).unwrap();
            let kept = resumed.log().entries().len();
            assert_eq!(Some(&kept), rests.iter().rfind(|&&rest| rest <= cut), "{name}: {cut}");
            assert_eq!(resumed.state().asked().is_some(), kept > 0 && kept < all.len(), "{name}: {cut}");
            if run.spec().all_simulated() && kept == cut {
                resumed = finish(resumed);
            } else {
                all[kept..].iter().for_each(|event| resumed.restore(event.clone()).unwrap());
            }
            assert_eq!((resumed.head(), resumed.state()), (run.head(), run.state()), "{name}: {cut}");
        }
    }
}

/// Lets simulated agents go on from where a run stands.
fn finish(mut run: Run) -> Run {
    if run.log().entries().is_empty() {
        run.advance(Input::Begin).unwrap();
    }
    while !run.state().is_closed() {
        let replies = with_simulated(&run, Vec::new()).unwrap();
        run.advance(replies).unwrap();
    }
    run
}

#[test]
fn settlement_goes_by_the_answer_or_the_hidden_truth() {
    let panel = || vec![simulated("Clear", TraderKind::Bayesian), simulated("Blurry", TraderKind::Noisy)];
    let base = || spec("Will it open?", panel());
    let hidden = |truth| {
        let mut spec = base();
        spec.world.as_mut().unwrap().hidden_truth = Some(truth);
        spec
    };
    let mixed = spec("Will it open?", vec![simulated("Clear", TraderKind::Bayesian), person()]);
    let drawn = RunState::new(base()).unwrap().signals().unwrap().truth();
    let table = [
        (RunSpec { answer: Some(1), ..base() }, Some((1, Basis::KnownAnswer))),
        (RunSpec { answer: Some(0), ..hidden(1) }, Some((0, Basis::KnownAnswer))),
        (hidden(0), Some((0, Basis::HiddenTruth))),
        (hidden(1), Some((1, Basis::HiddenTruth))),
        (base(), Some((drawn, Basis::HiddenTruth))),
        (mixed, None),
    ];
    for (spec, expected) in table {
        let run = play_out(spec);
        let settled = run.log().events().find_map(|event| match event {
            RunEvent::Settled { outcome, basis, payouts_micros, .. } => {
                Some((*outcome, *basis, payouts_micros.clone()))
            }
            _ => None,
        });
        assert_eq!(settled.as_ref().map(|(outcome, basis, _)| (*outcome, *basis)), expected);
        let Some((outcome, _, payouts)) = settled else { continue };
        // Each is paid for what it held of that outcome, and holds nothing more.
        let mut state = RunState::new(run.spec().clone()).unwrap();
        for event in run.log().events() {
            if matches!(event, RunEvent::Settled { .. }) {
                let held = state
                    .market()
                    .ledger()
                    .accounts()
                    .iter()
                    .map(|account| account.holdings[outcome].payout());
                assert_eq!(held.collect::<Vec<_>>(), payouts);
            }
            state.apply(event).unwrap();
        }
    }
}
