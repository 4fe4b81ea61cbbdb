//! Links that carry results of an evaluation: what goes in comes out, figures are the same to the millionth, nothing that
//! must not leave does, and no text whatever makes the reader panic or eat memory. `cargo test --test share_results --
//! --nocapture` prints how long they get.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test, and its sizes are figures to report")]

mod support;

use std::sync::Arc;

use credence::evaluate::{
    Answered, Asked, Effort, Found, Handout, Inquiry, Latency, Method, Question, Record, Report, SetUp,
    efforts, report,
};
use credence::prng::Seed;
use credence::run::{AgentKind, RunSpec};
use credence::share::link::MAX_UNPACKED_BYTES;
use credence::share::{LinkError, decode_results, encode_results};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use support::*;

/// What stands before the code in a link.
const ADDRESS: &str = "https://example.org/app/#/e/";
const SEED: Seed = Seed::new(7);

fn questions(count: usize) -> Vec<Question> {
    let question = |place: usize| {
        let outcomes = if place % 9 == 8 { vec!["A", "B", "C"] } else { vec!["Yes", "No"] };
        let outcomes = outcomes.into_iter().map(str::to_owned).collect();
        let mut made = Question::new(&format!("Is number {place} even?"), outcomes, place % 2);
        ["low", "high", ""][place % 3].clone_into(&mut made.category);
        made.market_price = (!place.is_multiple_of(4)).then_some((1 + place % 8) as f64 / 10.0);
        made.checked().unwrap()
    };
    (0..count).map(question).collect()
}

fn asked(panel: &RunSpec, questions: &[Question], methods: &[Method]) -> Vec<Arc<Record>> {
    let record = |question: &Question| {
        let mut inquiry = Inquiry::new(panel, methods, question, SEED);
        while let Some((job, spec)) = inquiry.next_run() {
            inquiry.made(job, play_out(spec), Latency::of(900, panel.agents.len(), |_| 300));
        }
        Arc::new(inquiry.record())
    };
    questions.iter().map(record).collect()
}

const METHODS: [Method; 11] = [
    Method::Single,
    Method::Majority,
    Method::Mean,
    Method::Median,
    Method::LogPool,
    Method::Extremised,
    Method::ConfidenceVote,
    Method::BestInHindsight,
    Method::Coin,
    Method::MarketPrice,
    Method::Panel,
];

fn handout(panel: &RunSpec, questions: &[Question], records: Vec<Arc<Record>>) -> Handout {
    Handout {
        set_up: SetUp {
            name: "mine.jsonl".into(),
            count: questions.len(),
            seed: SEED,
            asked: Asked::of(panel, questions),
        },
        efforts: efforts(records.iter().map(|record| &**record)),
        against: Some(Method::Mean),
        found: Found::Answers(records),
    }
}

/// An evaluation of simulated traders.
fn simulated_results(count: usize) -> Handout {
    let (panel, questions) = (spec("?", simulated_panel()), questions(count));
    let records = asked(&panel, &questions, &METHODS);
    handout(&panel, &questions, records)
}

/// As if models had answered: round numbers, failures, a method that not every question has.
fn models_results(count: usize) -> Handout {
    let mut panel = spec("?", vec![model("Historian"), model("Engineer"), model("Sceptic")]);
    for agent in &mut panel.agents {
        if let AgentKind::Model { persona, evidence, .. } = &mut agent.kind {
            (*persona, *evidence) = ("a secret persona".into(), "secret evidence".into());
        }
    }
    panel.background = "a secret background".into();
    let questions: Vec<Question> =
        questions(count).into_iter().filter(|one| one.outcomes.len() == 2).collect();
    let mut draws = SEED.stream("test/models");
    let mut draw = || (draws.below(19) + 1) as f64 / 20.0;
    let effort = Effort { calls: 3, tokens: 1_234, cost_micro_usd: 567, latency_millis: 8_901 };
    let record = |(place, question): (usize, &Question)| {
        let beliefs: Vec<Option<Vec<f64>>> = (0..3)
            .map(|agent| {
                (agent + place % 10 != 2).then(|| {
                    credence::belief::Belief::from_weights(&{
                        let p = draw();
                        [p, 1.0 - p]
                    })
                    .unwrap()
                    .probabilities()
                })
            })
            .collect();
        let said: Vec<Option<credence::belief::Belief>> = beliefs
            .iter()
            .map(|said| said.as_ref().map(|said| credence::belief::Belief::from_weights(said).unwrap()))
            .collect();
        let pooled =
            |method: Method| credence::evaluate::method::pooled(method, &said, question.answer).unwrap();
        let p = draw() * 0.98 + 0.001_234_567;
        let mut methods: Vec<(Method, Answered)> =
            Method::POOLS.map(|method| (method, Answered::with(pooled(method), effort))).to_vec();
        methods.push((Method::Panel, Answered::with(vec![p, 1.0 - p], effort)));
        if !place.is_multiple_of(5) {
            let debate = match place % 7 {
                0 => Answered::without("the judge said nothing", effort),
                1 => Answered::default(),
                _ => Answered::with(vec![draw(), 0.5], effort),
            };
            methods.push((Method::PanelDebate, debate));
        }
        Arc::new(Record {
            id: question.id.clone(),
            category: question.category.clone(),
            outcomes: 2,
            answer: question.answer,
            failures: beliefs.iter().filter(|said| said.is_none()).count() as u32,
            beliefs,
            runs: std::collections::BTreeMap::new(),
            methods: methods.into_iter().map(|(method, said)| (method.name().to_owned(), said)).collect(),
        })
    };
    let records = questions.iter().enumerate().map(record).collect();
    handout(&panel, &questions, records)
}

fn records(handout: &Handout) -> Vec<Record> {
    let Found::Answers(records) = &handout.found else { panic!("no answers") };
    records.iter().map(|record| (**record).clone()).collect()
}

/// The report of whoever has the answers.
fn reported(handout: &Handout) -> Report {
    let mut made = report(&records(handout), handout.against, handout.set_up.seed);
    for row in &mut made.rows {
        row.effort = handout.efforts.get(&row.method).copied().unwrap_or_default();
    }
    made
}

fn figures(handout: &Handout) -> Handout {
    Handout { found: Found::Figures(Arc::new(reported(handout))), ..handout.clone() }
}

/// Every number of a report by its place in it, and everything else as text.
fn parts(report: &Report) -> (Vec<f64>, String) {
    let text = credence::evaluate::summary::json(report);
    let mut numbers = Vec::new();
    let mut rest = String::new();
    for word in text.split([' ', ',', '\n']) {
        match word.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => rest.push_str(word),
        }
    }
    (numbers, rest)
}

fn check_figures(sent: &Report, read: &Report, within: f64) {
    let ((sent, words), (read, other_words)) = (parts(sent), parts(read));
    assert_eq!(words, other_words);
    assert_eq!(sent.len(), read.len());
    for (sent, read) in sent.iter().zip(&read) {
        assert!((sent - read).abs() <= within * sent.abs().max(1.0), "{sent} became {read}");
    }
}

#[test]
fn answers_come_back_and_give_the_same_figures() {
    for (name, sent) in [("simulated", simulated_results(60)), ("models", models_results(60))] {
        let link = encode_results(sent.clone()).unwrap();
        let read = decode_results(&link).unwrap();
        assert_eq!(read.efforts, sent.efforts);
        assert_eq!(
            (&read.set_up.name, read.set_up.seed, read.against),
            (&sent.set_up.name, SEED, sent.against)
        );
        let (own, theirs) = (sent.set_up.asked.clone().unwrap(), read.set_up.asked.clone().unwrap());
        assert_eq!(theirs, own.without_texts());
        let (ours, theirs) = (records(&sent), records(&read));
        assert_eq!(ours.len(), theirs.len());
        for (one, other) in ours.iter().zip(&theirs) {
            assert_eq!((&one.id, &one.category, one.outcomes), (&other.id, &other.category, other.outcomes));
            assert_eq!(
                (one.answer, one.failures, &one.beliefs),
                (other.answer, other.failures, &other.beliefs)
            );
            assert!(one.methods.keys().eq(other.methods.keys()), "{name}");
            for (method, said) in &one.methods {
                let heard = &other.methods[method];
                assert_eq!(said.failed, heard.failed, "{name} {method}");
                assert_eq!(said.forecast.is_some(), heard.forecast.is_some());
                let pairs = said.forecast.iter().flatten().zip(heard.forecast.iter().flatten());
                assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1.1e-6), "{name} {method}");
            }
        }
        check_figures(&reported(&sent), &reported(&read), 2e-5);
        assert_eq!(encode_results(read).unwrap(), link, "a link of a link is that link");
    }
}

#[test]
fn figures_come_back_without_the_answers() {
    for sent in [figures(&simulated_results(60)), figures(&models_results(60))] {
        let link = encode_results(sent.clone()).unwrap();
        let read = decode_results(&link).unwrap();
        let (Found::Figures(ours), Found::Figures(theirs)) = (&sent.found, &read.found) else { panic!() };
        check_figures(ours, theirs, 1e-6);
        assert_eq!(
            ours.comparisons.iter().map(|one| one.is_shown).collect::<Vec<_>>(),
            theirs.comparisons.iter().map(|one| one.is_shown).collect::<Vec<_>>()
        );
        assert_eq!((read.efforts, read.set_up.count), (sent.efforts, sent.set_up.count));
        assert!(link.len() < 4_000, "{}", link.len());
    }
}

#[test]
fn who_is_right_does_not_change_where_forecasts_are_rounded() {
    let tie = 1.0 / 3.0;
    let near = [
        vec![0.500_000_1, 0.499_999_9],
        vec![0.499_999_9, 0.500_000_1],
        vec![0.5, 0.5],
        vec![1e-9, 1.0 - 1e-9],
        vec![1.0, 0.0],
        vec![tie, tie, tie],
        vec![0.4, 0.4, 0.2],
        vec![0.333_333_4, 0.333_333_3, 0.333_333_3],
    ];
    let mut sent = models_results(40);
    let made: Vec<Arc<Record>> = near
        .into_iter()
        .enumerate()
        .map(|(place, forecast)| {
            Arc::new(Record {
                id: format!("q{place}"),
                category: String::new(),
                outcomes: forecast.len(),
                answer: place % 2,
                beliefs: Vec::new(),
                runs: std::collections::BTreeMap::new(),
                methods: [("panel".to_owned(), Answered::with(forecast, Effort::default()))].into(),
                failures: 0,
            })
        })
        .collect();
    sent.found = Found::Answers(made);
    let read = decode_results(&encode_results(sent.clone()).unwrap()).unwrap();
    let leaders = |record: &Record| {
        let forecast = record.methods["panel"].forecast.clone().unwrap();
        let most = forecast.iter().copied().fold(0.0, f64::max);
        forecast.iter().map(|p| *p >= most).collect::<Vec<bool>>()
    };
    for (one, other) in records(&sent).iter().zip(&records(&read)) {
        assert_eq!(leaders(one), leaders(other), "{one:?} became {other:?}");
    }
}

#[test]
fn what_only_models_read_stays_here() {
    let code = encode_results(models_results(30)).unwrap();
    let read = format!("{:?}", decode_results(&code).unwrap());
    assert!(read.contains("Historian") && !read.contains("secret"), "{read}");
    assert!(!read.contains("Is number"), "no question's text");
}

#[test]
fn how_long_links_get() {
    let length = |handout: Handout| ADDRESS.len() + encode_results(handout).unwrap().len();
    for count in [36, 100, 400] {
        let (simulated, models) = (simulated_results(count), models_results(count));
        let short = [figures(&simulated), figures(&models)].map(length);
        let whole = [simulated, models].map(length);
        println!(
            "{count} questions: answers of 8 traders {}, of 3 models {}; figures {short:?}",
            whole[0], whole[1]
        );
        assert!(short[0] < 3_000 && whole[1] < 30 * count + 2_000, "{count}: {short:?} {whole:?}");
    }
}

#[test]
fn what_is_wrong_with_a_link_is_named() {
    for sent in [models_results(12), figures(&models_results(12))] {
        let good = encode_results(sent).unwrap();
        for length in 3..good.len() {
            let error = decode_results(&good[..length]).unwrap_err();
            assert!(matches!(error, LinkError::Truncated { .. }), "cut to {length}: {error}");
        }
        for text in ["", "1", "hello", "x.AAAA", "0.AAAA", "01.AAAA"] {
            assert_eq!(decode_results(text).unwrap_err(), LinkError::NotALink, "{text}");
        }
        assert_eq!(decode_results("2.AAAA").unwrap_err(), LinkError::NewerVersion(2));
        assert!(matches!(decode_results(&format!("{good}AAAA")), Err(LinkError::Damaged(_))));
        assert!(decode_results(&format!(" {good}).\n")).is_ok());
        assert!(credence::share::decode(&good).is_err(), "results are no run");
    }
    let run = credence::share::encode(&simulated_run()).unwrap();
    assert!(matches!(decode_results(&run), Err(LinkError::Damaged(_))), "a run is no results");
}

/// The link of bytes that are deflated or stored, with a check sum that fits.
fn link_of(how: u8, packed: &[u8], plain: &[u8]) -> String {
    let sum = credence::audit::Digest::of(plain);
    let content = [&sum.bytes()[..8], &[how], packed].concat();
    let length = postcard::to_allocvec(&content.len()).unwrap();
    format!("1.{}", BASE64URL_NOPAD.encode(&[&length, content.as_slice()].concat()))
}

#[test]
fn bombs_absurd_counts_and_later_kinds_are_refused() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; MAX_UNPACKED_BYTES + 1], 9);
    assert_eq!(decode_results(&link_of(1, &bomb, &[])).unwrap_err(), LinkError::TooLarge);
    assert_eq!(decode_results(&link_of(2, &[255, 255, 255, 255, 15], &[])).unwrap_err(), LinkError::TooLarge);
    // No name, no questions, no seed, no panel, then 2³² methods; and a kind of results that nobody knows yet.
    let counted = [&[0, 0, 0, 0][..], &[255, 255, 255, 255, 15]].concat();
    let later = [0, 0, 0, 0, 0, 0, 2];
    for plain in [counted.as_slice(), &later, &[]] {
        assert_eq!(decode_results(&link_of(0, plain, plain)).unwrap_err(), LinkError::MadeByNewer);
    }
    assert!(matches!(decode_results(&link_of(0, &later, &[])), Err(LinkError::Damaged(_))));
    // Ten thousand questions in a column that says so, and no more.
    let columns = [&[0, 0, 0, 0, 0, 0, 0][..], &[0x90, 0x4e]].concat();
    assert_eq!(decode_results(&link_of(0, &columns, &columns)).unwrap_err(), LinkError::MadeByNewer);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}", code in "[A-Za-z0-9_-]{0,400}") {
        let _ = decode_results(&text);
        let _ = decode_results(&format!("1.{code}"));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = decode_results(&link_of(0, &bytes, &bytes));
        let _ = decode_results(&link_of(1, &bytes, &[]));
    }

    #[test]
    fn a_changed_link_is_never_taken_for_another(
        which: bool, place in any::<proptest::sample::Index>(), byte in 1_u8.., more in 0_usize..3,
    ) {
        thread_local! {
            static LINKS: [String; 2] =
                [models_results(12), figures(&models_results(12))].map(|sent| encode_results(sent).unwrap());
        }
        LINKS.with(|links| {
            let mut bytes = BASE64URL_NOPAD.decode(&links[usize::from(which)].as_bytes()[2..]).unwrap();
            for step in 0..=more {
                let place = (place.index(bytes.len()) + 7 * step) % bytes.len();
                bytes[place] ^= byte;
            }
            let read = decode_results(&format!("1.{}", BASE64URL_NOPAD.encode(&bytes)));
            prop_assert!(read.is_err(), "something was changed, and it opened");
            Ok(())
        })?;
    }
}
