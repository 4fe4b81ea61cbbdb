//! How long it takes to ask a finished run everything: Shapley values of 8 agents, the run without each, 200 other
//! orders and five liquidities, over about 200 trades. Bar: 200 ms in all, 50 ms for each replay.

use std::time::Instant;

use credence::agents::{Question, default_world, simulated_panel, spec_for};
use credence::aggregate::analysis::Analysis;
use credence::aggregate::what_if::Record;
use credence::belief::Sizing;
use credence::prng::Seed;
use credence::run::{Input, Run, World, with_simulated};

/// Prints the times, one line a sizing rule.
#[allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
pub fn print(as_json: bool) {
    let rules = [
        ("evidence", Sizing::Evidence { rho: 0.3 }),
        ("kelly", Sizing::Kelly { fraction: 0.25 }),
        ("cara", Sizing::Cara { tolerance: 25.0 }),
        ("risk_neutral", Sizing::RiskNeutral),
    ];
    for (name, rule) in rules {
        let question = Question { text: "Will it happen?".into(), ..Question::yes_no() };
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
        let trades = run.state().totals().trades;
        let mut analysis = Analysis::new(Record::of(&run), vec![1.0, 0.0]);
        let start = Instant::now();
        let (mut longest, mut over) = (0.0_f64, false);
        while !over {
            let slice = Instant::now();
            over = analysis.work();
            longest = longest.max(slice.elapsed().as_secs_f64());
        }
        let millis = start.elapsed().as_secs_f64() * 1e3;
        let replays = analysis.total();
        if as_json {
            println!(
                "{{\"bench\":\"analysis\",\"sizing\":\"{name}\",\"agents\":8,\"trades\":{trades},\"replays\":{replays},\"millis\":{millis},\"longest_slice_millis\":{}}}",
                longest * 1e3
            );
        } else {
            println!(
                "{name:<14}{trades:>5} trades{replays:>6} replays{millis:>9.1} ms, longest slice {:.2} ms",
                longest * 1e3
            );
        }
    }
}
