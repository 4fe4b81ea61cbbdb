//! Reports over records: scores, comparisons and their words, and tables that other tools read.

use std::collections::BTreeMap;

use credence::evaluate::report::Lean;
use credence::evaluate::statistics::Discordance;
use credence::evaluate::{Answered, Effort, Method, Record, report, tables};
use credence::prng::Seed;

/// Records in which each method's probability of the right outcome is what `p` says.
fn records(count: usize, methods: &[Method], p: impl Fn(usize, Method) -> Option<f64>) -> Vec<Record> {
    let effort = Effort { calls: 2, tokens: 100, cost_micro_usd: 50, latency_millis: 1_000 };
    let record = |k: usize| {
        let answer = k % 2;
        let answered = |method: Method| match p(k, method) {
            None => Answered::without("no agent answered", effort),
            Some(p) => Answered::with(if answer == 0 { vec![p, 1.0 - p] } else { vec![1.0 - p, p] }, effort),
        };
        Record {
            id: format!("q{k}"),
            category: if k.is_multiple_of(3) { "a".into() } else { "b|c".into() },
            outcomes: 2,
            answer,
            beliefs: Vec::new(),
            runs: BTreeMap::new(),
            methods: methods.iter().map(|&method| (method.name().to_owned(), answered(method))).collect(),
            failures: 0,
        }
    };
    (0..count).map(record).collect()
}

const TWO: [Method; 2] = [Method::Single, Method::Mean];

#[test]
fn a_difference_that_is_there_is_shown() {
    let made = report(
        &records(200, &TWO, |k, method| Some(if method == Method::Mean || k % 4 > 0 { 0.8 } else { 0.3 })),
        None,
        Seed::new(1),
    );
    assert_eq!(made.against, Some(Method::Single));
    let [single, mean] = made.rows.as_slice() else { panic!() };
    assert_eq!((single.accuracy.mean, mean.accuracy.mean), (0.75, 1.0));
    assert!((mean.brier.mean - 0.04).abs() < 1e-12 && (mean.log - 0.223_143_551_314_209_7).abs() < 1e-12);
    assert_eq!(
        mean.effort,
        Effort { calls: 400, tokens: 20_000, cost_micro_usd: 10_000, latency_millis: 200_000 }
    );
    let [comparison] = made.comparisons.as_slice() else { panic!() };
    assert_eq!(comparison.discordance, Discordance { only_first: 50, only_second: 0 });
    assert!(comparison.is_shown && comparison.accuracy.low > 0.15 && comparison.brier.low > 0.0);
    let words = tables::findings(&made).join(" ");
    assert!(words.contains("More accurate than single, after Holm's correction: mean"), "{words}");
    assert_eq!(made.categories.len(), 2);
}

#[test]
fn twenty_questions_name_no_winner_and_noise_none_either() {
    let made = report(
        &records(20, &TWO, |_, method| Some(if method == Method::Mean { 0.9 } else { 0.2 })),
        None,
        Seed::new(1),
    );
    assert!(!made.comparisons[0].is_shown, "however clear it looks");
    let words = tables::findings(&made).join(" ");
    assert!(
        words.contains("too few to name a winner") && words.contains("can show differences of about"),
        "{words}"
    );
    let noise = report(
        &records(300, &TWO, |k, method| {
            Some(if (k / 2) % 2 == usize::from(method == Method::Mean) { 0.7 } else { 0.4 })
        }),
        None,
        Seed::new(1),
    );
    assert!(!noise.comparisons[0].is_shown);
    assert!(tables::findings(&noise).join(" ").contains("No method differs from single"));
}

#[test]
fn whoever_knows_the_answer_is_no_rival_and_ties_share_the_credit() {
    let methods = [Method::Single, Method::BestInHindsight, Method::Coin];
    let made = report(
        &records(100, &methods, |k, method| {
            Some(match method {
                Method::BestInHindsight => 0.99,
                Method::Coin => 0.5,
                _ => [0.2, 0.8][k / 2 % 2],
            })
        }),
        Some(Method::Single),
        Seed::new(1),
    );
    assert!(made.comparisons.iter().all(|comparison| !comparison.is_shown));
    assert_eq!(made.rows.last().unwrap().accuracy.mean, 0.5, "a coin has half of every question right");
}

#[test]
fn whoever_always_gives_the_same_answer_is_found_out() {
    let always = |question: usize, p: f64| if question % 2 == 1 { p } else { 1.0 - p };
    let methods = [Method::Single, Method::Mean, Method::Coin, Method::Panel];
    let of = |count: usize, slips: usize| {
        let choice = |k: usize, method: Method| match method {
            // The second outcome, whatever was asked, but for a few slips.
            Method::Single => always(k, if k < slips { 0.4 } else { 0.9 }),
            Method::Mean => always(k, 0.6),
            Method::Coin => 0.5,
            // It knows something, so its choice follows the question.
            _ => [0.8, 0.8, 0.4][k % 3],
        };
        report(&records(count, &methods, |k, method| Some(choice(k, method))), None, Seed::new(1))
    };
    let made = of(100, 4);
    let lean = |method, chosen| Lean { method, outcome: 1, chosen, answered: 100, right: 50 };
    assert_eq!(made.leans, [lean(Method::Single, 96), lean(Method::Mean, 100)]);
    let words = tables::findings(&made).join(" ");
    assert!(words.contains("single chose outcome 2 on 96 of 100 questions; it is right on 50."), "{words}");
    assert!(words.contains("So do mean."), "{words}");
    assert_eq!(of(100, 6).leans, [lean(Method::Mean, 100)], "a choice that changes is one");
    assert!(of(28, 0).leans.is_empty(), "too few to say so");
    // Where that answer is the right one nearly always, nothing is wrong with giving it.
    let all_right = report(&records(100, &[Method::Single], |_, _| Some(0.9))[..], None, Seed::new(1));
    assert!(all_right.leans.is_empty());
}

#[test]
fn what_agents_have_in_common_is_told() {
    let panel = |alike: bool| {
        let mut made = records(60, &TWO, |_, _| Some(0.7));
        for (k, record) in made.iter_mut().enumerate() {
            let own =
                |agent: usize| [0.3, 0.5, 0.8][(k / if alike { 1 } else { 3_usize.pow(agent as u32) }) % 3];
            record.beliefs = (0..3).map(|agent| Some(vec![own(agent), 1.0 - own(agent)])).collect();
        }
        report(&made, None, Seed::new(1)).rho.unwrap()
    };
    assert!(panel(true).rho > 0.999 && (panel(true).worth() - 1.0).abs() < 0.01);
    assert!(panel(false).rho < 0.3 && panel(false).worth() > 1.8, "{:?}", panel(false));
    assert_eq!(report(&records(60, &TWO, |_, _| Some(0.7)), None, Seed::new(1)).rho, None);
}

#[test]
fn failures_are_counted_and_pairs_are_of_those_that_both_answered() {
    let made = report(
        &records(90, &TWO, |k, method| (k % 3 > 0 || method == Method::Single).then_some(0.7)),
        None,
        Seed::new(1),
    );
    assert_eq!((made.rows[1].answered, made.rows[1].failed, made.comparisons[0].questions), (60, 30, 60));
    assert!(report(&[], None, Seed::new(1)).rows.is_empty());
}

#[test]
fn tables_can_be_read_by_others() {
    let records =
        records(40, &TWO, |k, method| (k != 5 || method == Method::Single).then_some(0.6 + k as f64 / 200.0));
    let made = report(&records, None, Seed::new(1));
    let tidy = tables::tidy_csv(&records).unwrap();
    let mut reader = csv::Reader::from_reader(tidy.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 80);
    assert_eq!((&rows[0][0], &rows[0][2], &rows[0][5], &rows[0][7]), ("q0", "single", "0.6", "1"));
    let failed = rows.iter().find(|row| &row[0] == "q5" && &row[2] == "mean").unwrap();
    assert_eq!((&failed[5], &failed[14]), ("", "no agent answered"));
    let summary = tables::summary_csv(&made).unwrap();
    assert_eq!(csv::Reader::from_reader(summary.as_bytes()).records().map(Result::unwrap).count(), 2);
    let markdown = tables::markdown(&made);
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    for table in markdown.split("\n\n").filter(|part| part.starts_with('|')) {
        assert!(table.lines().all(|line| columns(line) == columns(table.lines().next().unwrap())), "{table}");
    }
    let latex = tables::latex(&made);
    assert!(
        latex.contains("\\begin{tabular}") && latex.contains("\\$0.0020") && !latex.contains('–'),
        "{latex}"
    );
    // A record survives its line.
    for record in &records {
        let line = serde_json::to_string(record).unwrap();
        assert_eq!(&serde_json::from_str::<Record>(&line).unwrap(), record);
    }
}
