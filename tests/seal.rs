//! The sealed stop of a self-resolving market: a secret that the set-up does not give away is committed to in the first
//! event, shown at the end, travels in files and links, and cannot be forged.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use credence::audit::{Digest, Head};
use credence::belief::TraderKind;
use credence::market::Cash;
use credence::prng::Seed;
use credence::run::{
    AgentKind, AgentSpec, Input, Mode, Run, RunEvent, RunSpec, SelfResolving, Verdict, World, verify,
    with_simulated,
};
use credence::share::{decode, encode};

fn events(run: &Run) -> Vec<RunEvent> {
    run.log().events().cloned().collect()
}

fn verdict(run: &Run) -> Verdict {
    verify(&run.document().unwrap())
}

fn reporters(mode: Mode) -> RunSpec {
    let agent = |place| AgentSpec {
        name: format!("Agent {place}"),
        budget_micros: Cash::from_units(100),
        kind: AgentKind::Simulated { trader: TraderKind::Bayesian },
    };
    RunSpec {
        mode,
        seed: Seed::new(11),
        world: Some(World { hidden_truth: None, signal_strength: 1.0, shared_noise: 0.0, looks: 1 }),
        ..support::spec("Q?", (0..6).map(agent).collect())
    }
}

/// A run whose stop is sealed with a secret that its set-up does not give away, played until it is over or, if `stop`
/// says so, stopped after its first report.
fn sealed(secret: u64, stop: bool) -> Run {
    play(Some(Seed::new(secret)), stop)
}

fn play(secret: Option<Seed>, stop: bool) -> Run {
    let mode = Mode::SelfResolving(SelfResolving { stop_chance: 0.1, ..SelfResolving::default() });
    let spec = reporters(mode);
    let mut run = Run::sealed(spec, secret).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        run.advance(with_simulated(&run, Vec::new()).unwrap()).unwrap();
        if stop && !run.state().is_closed() {
            run.advance(Input::Stop).unwrap();
        }
    }
    run
}

#[test]
fn a_secret_seals_the_stop_and_is_shown_at_the_end() {
    let derived = events(&play(None, false));
    let mut lengths = Vec::new();
    for secret in 1..40 {
        for stop in [false, true] {
            let run = sealed(secret, stop);
            let shown: Vec<Seed> = events(&run)
                .iter()
                .filter_map(|event| match event {
                    RunEvent::PeersPaid { stop_seed, .. } | RunEvent::StopRevealed { stop_seed } => {
                        Some(*stop_seed)
                    }
                    _ => None,
                })
                .collect();
            assert_eq!(shown, [Seed::new(secret)], "shown exactly once");
            let RunEvent::Began { stop_commitment, .. } = &events(&run)[0] else { panic!("no seal") };
            assert_eq!(*stop_commitment, Some(Digest::of(Seed::new(secret).to_string().as_bytes())));
            assert_ne!(events(&run)[0], derived[0], "the set-up does not give it away");
            assert!(matches!(verdict(&run), Verdict::Verified { .. }), "{:?}", verdict(&run));
            // It travels in a link and in a file.
            assert_eq!(decode(&encode(&run).unwrap()).unwrap().head(), run.head());
            if !stop {
                lengths.push(run.state().transcript().len());
            }
        }
    }
    lengths.sort_unstable();
    lengths.dedup();
    assert!(lengths.len() > 2, "the secret decides when it stops: {lengths:?}");
}

#[test]
fn a_forged_secret_is_found() {
    for stop in [false, true] {
        let run = sealed(5, stop);
        let kinds = ["peers_paid", "stop_revealed"];
        let place = events(&run).iter().position(|event| kinds.contains(&event.type_name())).unwrap();
        let forged = support::tampered(&run, place, |event| event["stop_seed"] = "0000000000000006".into());
        match verify(&forged) {
            Verdict::Broken { seq, .. } => assert_eq!(seq, place as u64 + 1),
            Verdict::Verified { .. } => panic!("a forged secret was not noticed"),
        }
        // Another seal with a matching secret has other draws.
        let resealed = support::tampered(&run, 0, |event| {
            event["stop_commitment"] = Digest::of(b"0000000000000006").to_string().into();
        });
        assert!(matches!(verify(&resealed), Verdict::Broken { .. }));
    }
    // A log that was cut before the end is still sealed.
    let mut cut = sealed(5, false).document().unwrap();
    cut.events.truncate(4);
    cut.head = Head { seq: 4, digest: cut.events[3].digest };
    assert!(matches!(verify(&cut), Verdict::Broken { seq: 5, .. }));
}
