//! How long it takes to ask a finished run everything: Shapley values of 8 agents, the run without each, 200 other
//! orders and five liquidities, over about 200 trades. Bar: 200 ms in all, 50 ms for each replay.

use std::time::Instant;

use credence::agents::{Question, default_world, simulated_panel, spec_for};
use credence::aggregate::analysis::Analysis;
use credence::aggregate::what_if::Record;
use credence::belief::Sizing;
use credence::prng::Seed;
use credence::run::{Input, Run, World, with_simulated};

/// Prints the times, one line a sizing rule and number of outcomes. *Before* is the same replays by the turns that a run
/// takes; both ways must end at the same prices, to the bit.
pub fn print(as_json: bool) {
    let rules = [
        ("evidence", Sizing::Evidence { rho: 0.3 }),
        ("kelly", Sizing::Kelly { fraction: 0.25 }),
        ("cara", Sizing::Cara { tolerance: 25.0 }),
        ("crra", Sizing::Crra { gamma: 2.0 }),
        ("risk_neutral", Sizing::RiskNeutral),
    ];
    for outcomes in [2, 4] {
        for (name, rule) in rules {
            print_one(as_json, name, rule, outcomes);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn print_one(as_json: bool, name: &str, rule: Sizing, outcomes: usize) {
    let run = finished(rule, outcomes);
    let (record, trades) = (Record::of(&run), run.state().totals().trades);
    let mut reference = vec![0.0; outcomes];
    reference[0] = 1.0;
    // The best of three, turn about: other work on the machine only ever adds.
    let (mut before, mut millis, mut longest) = (f64::INFINITY, f64::INFINITY, f64::INFINITY);
    let mut replays = 0;
    for _ in 0..3 {
        let mut analysis = Analysis::new(record.clone(), reference.clone());
        replays = analysis.total();
        let start = Instant::now();
        let plain: Vec<Vec<f64>> =
            (0..replays).map(|place| record.replay_as_the_run(&analysis.change(place))).collect();
        before = before.min(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let (mut slowest, mut over) = (0.0_f64, false);
        while !over {
            let slice = Instant::now();
            over = analysis.work();
            slowest = slowest.max(slice.elapsed().as_secs_f64() * 1e3);
        }
        millis = millis.min(start.elapsed().as_secs_f64() * 1e3);
        longest = longest.min(slowest);
        let same = |place: usize| record.replay(&analysis.change(place)) == plain[place];
        assert!((0..replays).all(same), "{name}: the two ways part");
    }
    if as_json {
        println!(
            "{{\"bench\":\"analysis\",\"sizing\":\"{name}\",\"outcomes\":{outcomes},\"agents\":8,\"trades\":{trades},\"replays\":{replays},\"millis_before\":{before},\"millis\":{millis},\"longest_slice_millis\":{longest}}}"
        );
    } else {
        println!(
            "{name:<14}{outcomes:>2} outcomes{trades:>5} trades{replays:>6} replays{before:>9.1} ms before{millis:>8.1} ms, longest slice {longest:.2} ms"
        );
    }
}

/// A run of 25 rounds in which everybody trades whatever the move.
fn finished(rule: Sizing, outcomes: usize) -> Run {
    let names = (0..outcomes).map(|place| format!("Outcome {place}")).collect();
    let question = Question { text: "Will it happen?".into(), outcomes: names, ..Question::yes_no() };
    let world = World { looks: 25, ..default_world() };
    let mut spec = spec_for(question, simulated_panel(8), Some(world), Seed::new(3));
    spec.sizing = rule;
    spec.stop.epsilon = 0.0;
    spec.stop.max_rounds = 25;
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        let round = with_simulated(&run, Vec::new()).unwrap();
        run.advance(round).unwrap();
    }
    run
}
