//! What an evaluation teaches about its panel is what its runs teach one by one, and liars are found.

use credence::aggregate::track::RunRecord;
use credence::belief::TraderKind;
use credence::belief::stacking::{Offer, Resolved, learn, offer};
use credence::evaluate::{Inquiry, Latency, Method, Question, Record, lesson};
use credence::prng::Seed;
use credence::run::{Run, RunSpec};

use crate::support::{play_out, simulated, spec};

/// The records and the panel's runs of so many questions.
fn evaluated(panel: &RunSpec, count: usize) -> (Vec<Record>, Vec<Run>) {
    let (mut records, mut runs) = (Vec::new(), Vec::new());
    for place in 0..count {
        let outcomes = vec!["Yes".to_owned(), "No".to_owned()];
        let question =
            Question::new(&format!("Is number {place} even?"), outcomes, place % 2).checked().unwrap();
        let mut inquiry = Inquiry::new(panel, &[Method::Mean, Method::Panel], &question, Seed::new(3));
        while let Some((job, spec)) = inquiry.next_run() {
            let run = play_out(spec);
            runs.push(run.clone());
            inquiry.made(job, run, Latency::of(1, panel.agents.len(), |_| 1));
        }
        records.push(inquiry.record());
    }
    (records, runs)
}

fn panel(kinds: &[TraderKind]) -> RunSpec {
    spec(
        "?",
        kinds.iter().enumerate().map(|(place, kind)| simulated(&format!("Agent {place}"), *kind)).collect(),
    )
}

fn lessons(panel: &RunSpec, records: &[Record]) -> Vec<Resolved> {
    records.iter().filter_map(|record| lesson(panel, record)).collect()
}

#[test]
fn an_evaluation_teaches_what_its_runs_teach() {
    use TraderKind::{Bayesian, Manipulator};
    let panel = panel(&[Bayesian, Bayesian, Bayesian, Manipulator]);
    let (mut records, runs) = evaluated(&panel, 60);
    let taught = lessons(&panel, &records);
    let by_run: Vec<Resolved> =
        runs.iter().map(|run| RunRecord::of(run).unwrap().lesson.unwrap().resolved).collect();
    assert_eq!(taught, by_run);
    let Offer::Gain { learned, .. } = offer(&taught, learn(&taught), 1.0 / 1.9) else {
        panic!("nothing was offered")
    };
    assert!(learned.weights[..3].iter().all(|weight| *weight > learned.weights[3]), "{learned:?}");
    // An answer that is missing, or a third outcome, teaches nothing.
    records[0].beliefs[1] = None;
    records[1].outcomes = 3;
    records[2].beliefs.pop();
    assert_eq!(lessons(&panel, &records), by_run[3..]);
}

#[test]
fn nothing_is_offered_where_nothing_is_gained() {
    let panel = panel(&[TraderKind::Random, TraderKind::Random, TraderKind::Random]);
    let taught = lessons(&panel, &evaluated(&panel, 60).0);
    assert_eq!(offer(&taught, learn(&taught), 1.0), Offer::NoGain { questions: 60 });
    assert_eq!(offer(&taught[..7], learn(&taught[..7]), 1.0), Offer::TooFew { questions: 7 });
}
