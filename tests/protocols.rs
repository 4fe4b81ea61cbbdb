//! The modes without a market: they verify, travel, resume and refuse like every run, and hold to what their theory says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::type_complexity,
    clippy::needless_range_loop,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test: its tables are data, and its formulas are its own"
)]

mod common;
mod support;

use common::turns;
use credence::audit::Digest;
use credence::belief::simulated::SignalModel;
use credence::belief::{Belief, Signals, TraderKind, TraderView, peer_payments};
use credence::market::Cash;
use credence::prng::Seed;
use credence::run::{
    AgentKind, AgentSpec, Basis, CloseReason, Debate, DebateStyle, Ending, Gate, Input, MakerTrader, Mode,
    Phase, Resolution, Run, RunError, RunEvent, RunSpec, SelfResolving, Settled, SpecError, Task, Texts,
    Verdict, World, verify, with_simulated,
};
use credence::share::{decode, encode, read_file, reduce, write_file};

const EVERY: [fn() -> Run; 7] = [
    turns::simulated_maker_trader,
    turns::simulated_self_resolving,
    turns::simulated_votes,
    turns::simulated_judge,
    turns::scripted_maker_trader,
    turns::scripted_self_resolving,
    turns::scripted_panel_debate,
];

fn events(run: &Run) -> Vec<RunEvent> {
    run.log().events().cloned().collect()
}

fn verdict(run: &Run) -> Verdict {
    verify(&run.document().unwrap())
}

fn simulated(mode: Mode, seed: u64, traders: &[TraderKind], rho: f64) -> RunSpec {
    let agent = |(place, &trader): (usize, &TraderKind)| AgentSpec {
        name: format!("Agent {place}"),
        budget_micros: Cash::from_units(100),
        kind: AgentKind::Simulated { trader },
    };
    RunSpec {
        mode,
        seed: Seed::new(seed),
        world: Some(World { hidden_truth: None, signal_strength: 1.0, shared_noise: rho, looks: 1 }),
        ..support::spec("Q?", traders.iter().enumerate().map(agent).collect())
    }
}

fn play_out(spec: RunSpec) -> Run {
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        run.advance(with_simulated(&run, Vec::new()).unwrap()).unwrap();
    }
    run
}

#[test]
fn every_mode_verifies_travels_and_says_less() {
    for make in EVERY {
        let run = make();
        let verified = |texts| Verdict::Verified { events: run.head().seq, texts };
        assert_eq!(verdict(&run), verified(None));
        let again = decode(&encode(&run).unwrap()).unwrap();
        assert_eq!((again.head(), again.state()), (run.head(), run.state()));
        let file = read_file(write_file(&run.document().unwrap()).as_bytes()).unwrap();
        assert_eq!(verify(&file), verified(None));
        for texts in [Texts::Numbers, Texts::Headlines] {
            let copy = reduce(&run, texts).unwrap();
            assert!(matches!(verdict(&copy), Verdict::Verified { .. }));
            assert_eq!(copy.state().prices(), run.state().prices());
            assert_eq!(decode(&encode(&copy).unwrap()).unwrap().head(), copy.head());
            let said = serde_json::to_string(&events(&copy)).unwrap();
            let models = run.spec().agents.iter().any(|agent| agent.kind.is_model());
            assert!(!models || !said.contains("fog"), "an argument is a text");
        }
    }
}

#[test]
fn every_mode_goes_on_from_any_event() {
    for make in EVERY {
        let run = make();
        let all = events(&run);
        for cut in 0..all.len() {
            let resumed = Run::resume(run.spec().clone(), all[..cut].iter().cloned()).unwrap();
            assert!(resumed.state().is_at_rest());
            assert!(events(&resumed).iter().eq(&all[..resumed.log().entries().len()]));
        }
    }
}

#[test]
fn changed_events_are_found_even_when_chained_anew() {
    let changes: [(&str, fn(&mut serde_json::Value)); 9] = [
        ("began", |event| event["prices"][0] = 0.25.into()),
        ("began", |event| event["order"] = serde_json::json!([0, 1])),
        ("began", |event| event["stop_commitment"] = Digest::from_bytes([7; 32]).to_string().into()),
        ("turn_opened", |event| event["agents"] = serde_json::json!([1, 0])),
        ("turn_closed", |event| event["prices"][0] = 0.123.into()),
        ("stop_drawn", |event| event["draw_millionths"] = 999_999.into()),
        ("gauged", |event| event["gates"]["failed"] = serde_json::json!(["straddle"])),
        ("peers_paid", |event| event["stop_seed"] = "0000000000000001".into()),
        ("peers_paid", |event| event["payments_micros"][0] = 77.into()),
    ];
    let mut found = 0;
    for make in EVERY {
        let run = make();
        for (kind, change) in changes {
            let Some(place) = events(&run).iter().position(|event| event.type_name() == kind) else {
                continue;
            };
            let document = support::tampered(&run, place, change);
            if document.events[place].event == run.document().unwrap().events[place].event {
                continue;
            }
            match verify(&document) {
                Verdict::Broken { seq, .. } => assert_eq!(seq, place as u64 + 1, "{kind}"),
                Verdict::Verified { .. } => panic!("a changed “{kind}” was not noticed"),
            }
            found += 1;
        }
    }
    assert!(found >= 25, "{found} changes were tried");
    // A simulated agent's argument follows from the set-up.
    let run = turns::simulated_maker_trader();
    let place = events(&run).iter().position(|event| event.type_name() == "argued").unwrap();
    let document = support::tampered(&run, place, |event| event["argument"]["argument"] = "Trust me".into());
    assert!(matches!(verify(&document), Verdict::Broken { seq, .. } if seq == place as u64 + 1));
}

#[test]
fn maker_trader_follows_its_protocol() {
    let run = turns::scripted_maker_trader();
    let tasks: Vec<(usize, Task)> =
        run.state().transcript().iter().map(|said| (said.agent, said.task)).collect();
    let free = Task::Argue { side: None };
    // The maker; trader 1; the maker; trader 2, who asks; trader 1, who fails to answer; the maker.
    let expected = [
        (0, Task::Forecast),
        (1, free),
        (0, Task::Forecast),
        (2, free),
        (1, Task::Reply),
        (0, Task::Forecast),
    ];
    assert_eq!(tasks[..6], expected);
    assert_eq!(tasks.iter().filter(|(_, task)| *task == free).count(), 10, "N counts trader turns");
    assert_eq!(run.state().phase(), Phase::Closed(Ending::Undecided));
    assert_eq!(run.state().settled(), Some(Settled::Outcome(0, Basis::KnownAnswer)));
    assert_eq!(run.state().totals().trades, 0);
    let told = turns::simulated_maker_trader();
    let sides = told.state().transcript().iter().filter_map(|said| match said.task {
        Task::Argue { side } => side,
        _ => None,
    });
    assert!(sides.take(4).eq([0, 1, 0, 1]), "either side is argued in turn");
}

#[test]
fn only_what_passes_every_gate_counts_as_converged() {
    let traders = [TraderKind::Bayesian; 5];
    let mut counts = [0_u32; 3];
    for seed in 0..400 {
        let run = play_out(simulated(Mode::MakerTrader(MakerTrader::default()), seed, &traders, 0.0));
        let gates = events(&run).into_iter().find_map(|event| match event {
            RunEvent::Gauged { gates } => Some(gates),
            _ => None,
        });
        let failed = gates.unwrap().failed;
        let closed = events(&run).into_iter().rev().find_map(|event| match event {
            RunEvent::Closed { status, reason, .. } => Some((status, reason)),
            _ => None,
        });
        let expected = match (failed.is_empty(), failed.contains(&Gate::Range)) {
            (true, _) => (Ending::Converged, CloseReason::Equilibrium),
            (false, false) => (Ending::Undecided, CloseReason::GatesFailed),
            (false, true) => (Ending::Undecided, CloseReason::RoundLimit),
        };
        assert_eq!(closed, Some(expected));
        counts[usize::from(!failed.is_empty()) + usize::from(failed.contains(&Gate::Range))] += 1;
    }
    assert!(counts[0] > 20 && counts[1] > 20, "both ends occur: {counts:?}");
}

#[test]
fn the_seal_on_the_stop_can_be_checked_by_anybody() {
    let run = turns::scripted_self_resolving();
    let (mut sealed, mut shown) = (None, None);
    for event in events(&run) {
        match event {
            RunEvent::Began { stop_commitment, .. } => sealed = stop_commitment,
            RunEvent::PeersPaid { stop_seed, .. } => shown = Some(stop_seed),
            _ => {}
        }
    }
    let seed = shown.unwrap();
    assert_eq!(sealed, Some(Digest::of(seed.to_string().as_bytes())));
    let draws = events(&run).into_iter().filter_map(|event| match event {
        RunEvent::StopDrawn { draw_millionths, stops, .. } => Some((draw_millionths, stops)),
        _ => None,
    });
    for (number, (draw, stops)) in (1..).zip(draws) {
        assert_eq!(u64::from(draw), seed.stream(&format!("stop/{number}")).below(1_000_000));
        assert_eq!(stops, draw < 50_000);
    }
}

#[test]
fn copying_earns_exactly_nothing_among_the_honest() {
    use TraderKind::{Bayesian, Copycat};
    let mode = Mode::SelfResolving(SelfResolving { stop_chance: 0.1, ..SelfResolving::default() });
    let (mut honest, mut copies) = (Vec::new(), 0);
    for seed in 0..1_500 {
        let panel = [Bayesian, Bayesian, Copycat, Bayesian, Bayesian, Bayesian];
        let run = play_out(simulated(mode, seed, &panel, 0.0));
        let RunEvent::PeersPaid { payments_micros, .. } =
            events(&run).into_iter().find(|event| event.type_name() == "peers_paid").unwrap()
        else {
            unreachable!()
        };
        let reporters: Vec<usize> = run.state().transcript().iter().map(|said| said.agent).collect();
        for &agent in &reporters[..reporters.len() - 1] {
            if agent == 2 {
                assert_eq!(payments_micros[agent], Cash::ZERO);
                copies += 1;
            } else {
                honest.push(payments_micros[agent].units());
            }
        }
    }
    let mean = honest.iter().sum::<f64>() / honest.len() as f64;
    assert!(copies > 300 && mean > 0.0, "{copies} copies, the honest earn {mean}");
}

/// One reporter with a signal, and a reference that knows this signal and one of its own: whatever the reporter says
/// instead of its posterior earns less on average.
#[test]
fn truth_pays_more_than_any_lie() {
    const WORLDS: u64 = 20_000;
    let lies: [fn(f64) -> f64; 5] =
        [|p| p, |p| 1.0 - p, |_| 0.5, |p| p * p / (p * p + (1.0 - p) * (1.0 - p)), |p| (p + 0.2).min(0.98)];
    let mut earned = [0.0; 5];
    for seed in 0..WORLDS {
        let model = SignalModel { truth: None, strength: 1.0, shared_noise: 0.0, looks: 1 };
        let world = Signals::draw(Seed::new(seed), &Belief::uniform(2), 2, model);
        let view = TraderView { round: 1, prices: None, neighbour: None };
        let [own, other] = [0, 1].map(|agent| world.belief(agent, TraderKind::Bayesian, &view).of(0));
        let odds = own / (1.0 - own) * other / (1.0 - other);
        let both = odds / (1.0 + odds);
        for (sum, lie) in earned.iter_mut().zip(lies) {
            let said = lie(own);
            let chain = [0.5, said, both].map(|p| vec![p, 1.0 - p]);
            *sum += peer_payments(&chain, 1.0)[0] / WORLDS as f64;
        }
    }
    assert!(earned[0] > 0.05 && earned[1..].iter().all(|&lie| lie < earned[0] - 0.01), "{earned:?}");
}

/// The formula of mechanisms §5c in so many words, against the function that the engine uses.
#[test]
fn payments_agree_with_the_formula() {
    let chain = [[0.2, 0.3, 0.5], [0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.3, 0.6, 0.1]].map(|q| q.to_vec());
    for (place, paid) in peer_payments(&chain, 7.0).iter().enumerate() {
        let mut sum = 0.0;
        for outcome in 0..3 {
            sum += chain[3][outcome] * (chain[place + 1][outcome] / chain[place][outcome]).ln();
        }
        assert!((paid - 7.0 * sum).abs() < 1e-12);
    }
}

#[test]
fn a_finished_run_is_settled_by_hand_once_and_travels() {
    for resolution in [Resolution::Outcome(1), Resolution::Void] {
        let mut run = support::model_run(
            support::spec("Will it open?", vec![support::model("A"), support::model("B")]),
            &[],
        );
        assert_eq!(run.state().settled(), None);
        let before = run.head();
        let money = run.state().market().ledger().total_cash();
        run.advance(Input::Resolve(resolution)).unwrap();
        assert_eq!(run.head().seq, before.seq + 1, "one step behind the closing event");
        assert_eq!(run.state().market().ledger().total_cash(), money, "no money comes or goes");
        assert_eq!(
            run.log().entries()[before.seq as usize - 1].digest,
            before.digest,
            "the old head stays inside"
        );
        match resolution {
            Resolution::Outcome(_) => {
                assert_eq!(run.state().settled(), Some(Settled::Outcome(1, Basis::Person)));
            }
            Resolution::Void => {
                let cash: Vec<Cash> =
                    run.state().market().ledger().accounts().iter().map(|account| account.cash).collect();
                assert_eq!(cash, run.state().budgets(), "everybody is refunded");
            }
        }
        for again in [Resolution::Outcome(0), Resolution::Void] {
            assert_eq!(run.advance(Input::Resolve(again)), Err(RunError::AlreadySettled));
        }
        assert_eq!(verdict(&run), Verdict::Verified { events: run.head().seq, texts: None });
        assert_eq!(decode(&encode(&run).unwrap()).unwrap().head(), run.head());
        let copy = reduce(&run, Texts::Numbers).unwrap();
        assert_eq!(copy.state().settled(), run.state().settled());
        assert!(matches!(verdict(&copy), Verdict::Verified { .. }));
    }
    let mut settled = play_out(simulated(Mode::Market, 1, &[TraderKind::Bayesian; 3], 0.3));
    assert_eq!(settled.advance(Input::Resolve(Resolution::Outcome(0))), Err(RunError::AlreadySettled));
    let mut open = Run::new(simulated(Mode::Market, 1, &[TraderKind::Bayesian; 3], 0.3)).unwrap();
    open.advance(Input::Begin).unwrap();
    assert_eq!(open.advance(Input::Resolve(Resolution::Void)), Err(RunError::OutOfPlace));
}

#[test]
fn stop_leaves_a_usable_run_in_every_mode() {
    for mode in [
        Mode::MakerTrader(MakerTrader::default()),
        Mode::SelfResolving(SelfResolving::default()),
        Mode::Debate(Debate { style: DebateStyle::Panel, rounds: 3 }),
    ] {
        let mut run = Run::new(simulated(mode, 3, &[TraderKind::Bayesian; 4], 0.3)).unwrap();
        run.advance(Input::Begin).unwrap();
        run.advance(with_simulated(&run, Vec::new()).unwrap()).unwrap();
        if run.state().is_closed() {
            continue;
        }
        run.advance(Input::Stop).unwrap();
        assert_eq!(run.state().phase(), Phase::Closed(Ending::Stopped));
        assert!(matches!(verdict(&run), Verdict::Verified { .. }));
        assert_eq!(decode(&encode(&run).unwrap()).unwrap().head(), run.head());
    }
}

#[test]
fn what_a_mode_cannot_do_is_said_in_words() {
    let four = [TraderKind::Bayesian; 4];
    let three_answers = |mode| RunSpec {
        outcomes: vec!["A".into(), "B".into(), "C".into()],
        prior: Belief::uniform(3),
        ..simulated(mode, 1, &four, 0.3)
    };
    let with_person = |mode| {
        let mut spec = simulated(mode, 1, &four, 0.3);
        spec.agents[3].kind = AgentKind::Person;
        spec
    };
    let maker_trader = Mode::MakerTrader(MakerTrader::default());
    let judge = Mode::Debate(Debate { style: DebateStyle::Judge, rounds: 2 });
    for (spec, word) in [
        (three_answers(maker_trader), "two answers"),
        (three_answers(judge), "two answers"),
        (with_person(maker_trader), "person"),
        (with_person(Mode::SelfResolving(SelfResolving::default())), "person"),
        (
            simulated(Mode::MakerTrader(MakerTrader { turns: 0, ..MakerTrader::default() }), 1, &four, 0.3),
            "turns",
        ),
        (
            simulated(
                Mode::SelfResolving(SelfResolving { flat: 4, ..SelfResolving::default() }),
                1,
                &four,
                0.3,
            ),
            "flat",
        ),
    ] {
        match spec.validate() {
            Err(SpecError::Mode(why)) => assert!(why.contains(word), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}
