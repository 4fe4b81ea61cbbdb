//! Two evaluations side by side, against straight formulas: pairs by name, McNemar and Holm on the same questions, Fisher on
//! others, and which questions changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use credence::evaluate::contrast::{Change, Contrast, Contrasting, Pairing, changes};
use credence::evaluate::statistics::{Discordance, bootstrap_mean, fisher, holm};
use credence::evaluate::{Answered, Effort, Found, Handout, Method, Record, SetUp, efforts, report};
use credence::prng::Seed;

const SEED: Seed = Seed::new(5);
const THREE: [Method; 3] = [Method::Mean, Method::BestInHindsight, Method::Panel];

/// Questions `from` to `to`; `p` is what a method gives the right answer.
fn made(from: usize, to: usize, p: impl Fn(usize, Method) -> Option<f64>) -> Arc<Handout> {
    let record = |k: usize| {
        let answered = |method: Method| match p(k, method) {
            None => Answered::without("no agent answered", Effort::default()),
            Some(p) => Answered::with(
                if k.is_multiple_of(2) { vec![p, 1.0 - p] } else { vec![1.0 - p, p] },
                Effort::default(),
            ),
        };
        Arc::new(Record {
            id: format!("q{k}"),
            category: String::new(),
            outcomes: 2,
            answer: k % 2,
            beliefs: Vec::new(),
            runs: BTreeMap::new(),
            methods: THREE.map(|method| (method.name().to_owned(), answered(method))).into(),
            failures: 0,
        })
    };
    let records: Vec<Arc<Record>> = (from..to).map(record).collect();
    let set_up = SetUp { name: "mine".into(), count: to - from, seed: SEED, asked: None };
    Arc::new(Handout {
        set_up,
        efforts: efforts(records.iter().map(|record| &**record)),
        against: None,
        found: Found::Answers(records),
    })
}

fn compare(first: &Arc<Handout>, second: &Arc<Handout>) -> (Vec<Contrast>, Pairing) {
    let mut contrasting = Contrasting::new(Arc::clone(first), Arc::clone(second));
    while contrasting.step() {}
    contrasting.finish()
}

fn of(found: &[Contrast], method: Method) -> Contrast {
    *found.iter().find(|one| one.method == method).unwrap()
}

/// The first is right on 3 of 5, the second on all but every tenth; the mean is the same in both.
fn first(k: usize, method: Method) -> f64 {
    if method == Method::Mean { [0.6, 0.3, 0.9][k % 3] } else { [0.8, 0.7, 0.2, 0.9, 0.4][k % 5] }
}

fn second(k: usize, method: Method) -> f64 {
    match (method, k.is_multiple_of(10)) {
        (Method::Mean, _) => first(k, method),
        (_, true) => 0.3,
        (_, false) => 0.75,
    }
}

/// Where everybody answered.
fn all(from: usize, to: usize, p: fn(usize, Method) -> f64) -> Arc<Handout> {
    made(from, to, |k, method| Some(p(k, method)))
}

#[test]
fn the_same_questions_are_compared_one_by_one() {
    let (one, other) = (all(0, 100, first), all(20, 120, second));
    let (found, pairing) = compare(&one, &other);
    assert_eq!(
        (pairing.pairs.len(), pairing.only_first, pairing.only_second, pairing.unlike),
        (80, 20, 20, 0)
    );
    assert_eq!(pairing.pairs[0], (20, 0));
    assert_eq!(found.iter().map(|one| one.method).collect::<Vec<_>>(), THREE);
    let panel = of(&found, Method::Panel);
    assert_eq!((panel.first.answered, panel.second.answered), (100, 100));
    assert!((panel.first.accuracy - 0.6).abs() < 1e-12 && (panel.second.accuracy - 0.9).abs() < 1e-12);
    let difference = panel.difference.unwrap();
    // Straight from the questions that both have.
    let right = |p: f64| f64::from(u8::from(p > 0.5));
    let gains: Vec<f64> =
        (20..100).map(|k| right(second(k, Method::Panel)) - right(first(k, Method::Panel))).collect();
    let brier = |p: f64| (1.0 - p) * (1.0 - p);
    let briers: Vec<f64> =
        (20..100).map(|k| brier(first(k, Method::Panel)) - brier(second(k, Method::Panel))).collect();
    assert_eq!(Some(difference.accuracy), bootstrap_mean(&gains, SEED, 2_000));
    let straight = bootstrap_mean(&briers, SEED, 2_000).unwrap();
    for (made, wanted) in [
        (difference.brier.mean, straight.mean),
        (difference.brier.low, straight.low),
        (difference.brier.high, straight.high),
    ] {
        assert!((made - wanted).abs() < 1e-12, "{made} is not {wanted}");
    }
    let discordance = Discordance {
        only_first: gains.iter().filter(|gain| **gain < 0.0).count() as u64,
        only_second: gains.iter().filter(|gain| **gain > 0.0).count() as u64,
    };
    assert_eq!(difference.discordance, Some(discordance));
    assert_eq!(difference.p, discordance.mcnemar());
    let mean = of(&found, Method::Mean).difference.unwrap();
    assert_eq!(vec![mean.p_holm, difference.p_holm], holm(&[mean.p, difference.p]));
    assert!(difference.is_shown && !mean.is_shown && mean.accuracy.mean == 0.0);
    assert!(!of(&found, Method::BestInHindsight).difference.unwrap().is_shown, "hindsight is no rival");
    // The questions that changed are those of the counts.
    let changed = changes(&one, &other, &pairing, Method::Panel);
    assert_eq!(changed.iter().filter(|change| change.is_gain).count() as u64, discordance.only_second);
    assert_eq!(changed.iter().filter(|change| !change.is_gain).count() as u64, discordance.only_first);
    assert!(changed.contains(&Change { first: 22, second: 2, is_gain: true }));
    assert!(changes(&one, &other, &pairing, Method::Mean).is_empty());
    // The other way round everything is the other way round.
    let (back, _) = compare(&other, &one);
    let back = of(&back, Method::Panel).difference.unwrap();
    assert!((back.accuracy.mean + difference.accuracy.mean).abs() < 1e-12 && back.p == difference.p);
}

#[test]
fn other_questions_are_compared_as_a_whole() {
    let (one, other) = (all(0, 100, first), all(100, 250, second));
    let (found, pairing) = compare(&one, &other);
    assert_eq!((pairing.pairs.len(), pairing.only_first, pairing.only_second), (0, 100, 150));
    let difference = of(&found, Method::Panel).difference.unwrap();
    assert!(!difference.is_paired && difference.discordance.is_none());
    assert_eq!(difference.questions, 100);
    assert!((difference.accuracy.mean - 0.3).abs() < 1e-12);
    assert_eq!(difference.p, fisher((60, 40), (135, 15)));
    assert!(difference.is_shown && difference.accuracy.low > 0.15 && difference.accuracy.high < 0.45);
    // About what the normal approximation says: 1.96 · √(0.6·0.4/100 + 0.9·0.1/150).
    let half = (difference.accuracy.high - difference.accuracy.low) / 2.0;
    assert!((half - 0.107).abs() < 0.012, "{half}");
    assert!(changes(&one, &other, &pairing, Method::Panel).is_empty());
}

#[test]
fn too_few_noise_and_what_cannot_be_told() {
    let few = compare(&made(0, 20, |_, _| Some(0.2)), &made(0, 20, |_, _| Some(0.9))).0;
    let difference = of(&few, Method::Panel).difference.unwrap();
    assert!(difference.p_holm < 0.001 && !difference.is_shown, "20 questions show nothing");
    let noise = compare(
        &made(0, 200, |k, _| Some([0.7, 0.4][k / 2 % 2])),
        &made(0, 200, |k, _| Some([0.7, 0.4][k / 4 % 2])),
    );
    assert!(!of(&noise.0, Method::Panel).difference.unwrap().is_shown);
    // A question of the same name with another right answer is not the same one.
    let one = all(0, 10, first);
    let mut other = (*all(0, 10, second)).clone();
    let Found::Answers(records) = &mut other.found else { panic!() };
    Arc::make_mut(&mut records[3]).answer = 0;
    let (_, pairing) = compare(&one, &Arc::new(other));
    assert_eq!((pairing.pairs.len(), pairing.unlike, pairing.only_first), (9, 1, 0));
    assert!(!pairing.pairs.iter().map(|pair| pair.0).collect::<BTreeSet<_>>().contains(&3));
    // Nobody answered, or only figures are known.
    let silent = made(0, 50, |_, method| (method == Method::Mean).then_some(0.7));
    let (found, _) = compare(&silent, &all(0, 50, second));
    assert_eq!(found.iter().map(|one| one.method).collect::<Vec<_>>(), [Method::Mean]);
    let Found::Answers(records) = &one.found else { panic!() };
    let plain: Vec<Record> = records.iter().map(|record| (**record).clone()).collect();
    let figures = Handout { found: Found::Figures(Arc::new(report(&plain, None, SEED))), ..(*one).clone() };
    let (found, pairing) = compare(&Arc::new(figures), &one);
    assert!(pairing.pairs.is_empty() && found.iter().all(|one| one.difference.is_none()));
    assert_eq!(of(&found, Method::Panel).first, of(&found, Method::Panel).second);
}

#[test]
fn fishers_test_is_scipys() {
    // scipy.stats.fisher_exact([[a, b], [c, d]]).pvalue
    for (first, second, golden) in [
        ((8, 2), (1, 5), 0.034_965_034_965_034_975),
        ((50, 50), (70, 30), 0.005_937_341_166_015_536),
        ((3, 0), (0, 3), 0.1),
        ((10, 0), (10, 0), 1.0),
        ((190, 110), (160, 140), 0.016_252_157_215_715_914),
        ((0, 12), (9, 4), 0.000_457_665_903_890_160_15),
        ((0, 0), (9, 4), 1.0),
    ] {
        let p = fisher(first, second);
        assert!((p - golden).abs() < 1e-9, "{first:?} {second:?}: {p} is not {golden}");
    }
}
