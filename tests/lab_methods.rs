//! Every method of the lab against its formula written out again, with no code shared: products of odds where the lab
//! adds logarithms, a grid where it bisects, lists where it keeps sums. And the bars of the mechanism note.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use credence::lab::panel::World;
use credence::lab::{Kind, Lab, Method, efficiency, methods};
use credence::market::math::{exp, ln, sqrt};
use credence::prng::Seed;

fn lab(rho: f64, liars: usize, worlds: u32) -> Lab {
    Lab {
        seed: Seed::new(77),
        worlds,
        traders: 5,
        strength: 1.0,
        rho,
        kind: Kind::Bayesian,
        liars,
        liar: Kind::Manipulator,
        prior_share: 0.01,
    }
}

/// e^l/(1 + e^l).
fn share(l: f64) -> f64 {
    exp(l) / (1.0 + exp(l))
}

/// The formulas of mechanisms §3, §6 and §11, from probabilities alone.
fn by_the_book(method: Method, lab: &Lab, world: &World) -> Option<f64> {
    let p: Vec<f64> = world.said.iter().map(|&l| share(l)).collect();
    let n = p.len() as f64;
    let w = 1.0 / (1.0 + (n - 1.0) * lab.rho);
    let odds = |p: f64| p / (1.0 - p);
    let from_odds = |o: f64| o / (1.0 + o);
    let power = |base: f64, exponent: f64| exp(exponent * ln(base));
    let product = |exponent: f64| from_odds(p.iter().map(|&p| power(odds(p), exponent)).product());
    let mut sorted = p.clone();
    sorted.sort_by(f64::total_cmp);
    Some(match method {
        Method::Single => p[0],
        Method::Mean => p.iter().sum::<f64>() / n,
        Method::Median => sorted[2],
        Method::LogPool => product(1.0 / n),
        Method::Extremised => {
            let d = n * (sqrt(3.0 * n * n - 3.0 * n + 1.0) - 2.0) / (n * n - n - 1.0);
            product(d / n)
        }
        Method::Majority => p.iter().filter(|&&p| p > 0.5).count() as f64 / n,
        Method::Evidence => product(w),
        Method::EvidenceUnit => product(1.0),
        Method::EvidenceTrim => {
            from_odds(sorted[1..4].iter().map(|&p| power(odds(p), n * w / 3.0)).product())
        }
        Method::EvidenceCap => {
            let capped = |p: f64| power(odds(p).clamp(exp(-1.0), exp(1.0)), w);
            from_odds(p.iter().map(|&p| capped(p)).product())
        }
        Method::HalfKelly => half_kelly(&p),
        _ => return None,
    })
}

/// Four rounds; every trade by a search over a fine grid of prices for the highest expected logarithm of wealth.
fn half_kelly(beliefs: &[f64]) -> f64 {
    let b = 0.25 * beliefs.len() as f64 / ln(2.0);
    let mut wealth = vec![(1.0, 1.0); beliefs.len()];
    let mut price = 0.5;
    for _ in 0..4 {
        for (belief, (yes, no)) in beliefs.iter().zip(&mut wealth) {
            let mix = 0.5 * belief + 0.5 * price;
            let utility = |to: f64| {
                let (if_yes, if_no) = (*yes + b * ln(to / price), *no + b * ln((1.0 - to) / (1.0 - price)));
                if if_yes <= 0.0 || if_no <= 0.0 {
                    f64::NEG_INFINITY
                } else {
                    mix * ln(if_yes) + (1.0 - mix) * ln(if_no)
                }
            };
            // Three ever finer grids around the best point so far.
            let (mut best, mut width) = (0.5, 0.499_999);
            for _ in 0..5 {
                let centre = best;
                best = (0..=200)
                    .map(|step| centre + width * (f64::from(step) - 100.0) / 100.0)
                    .filter(|p| (1e-9..=1.0 - 1e-9).contains(p))
                    .max_by(|x, y| utility(*x).total_cmp(&utility(*y)))
                    .unwrap();
                width /= 40.0;
            }
            *yes += b * ln(best / price);
            *no += b * ln((1.0 - best) / (1.0 - price));
            price = best;
        }
    }
    price
}

#[test]
fn methods_are_their_formulas() {
    for (rho, liars) in [(0.0, 0), (0.4, 0), (0.6, 1)] {
        let lab = lab(rho, liars, 1);
        let mut draws = lab.seed.stream("test");
        let mut noise = lab.seed.stream("noise");
        for _ in 0..60 {
            let world = lab.draw(&mut draws);
            for method in Method::ALL {
                let Some(expected) = by_the_book(method, &lab, &world) else { continue };
                let made = methods::combine(method, &lab, &world, &[], &mut noise);
                // The grid of the Kelly trades is the coarsest of these ways.
                let tolerance = if method == Method::HalfKelly { 2e-5 } else { 1e-11 };
                assert!((made - expected).abs() < tolerance, "{}: {made} is not {expected}", method.name());
            }
        }
    }
}

#[test]
fn the_limit_is_the_posterior_of_all_signals() {
    // Bayes' rule on the joint normal density of two correlated signals, by hand.
    let lab = Lab { traders: 2, ..lab(0.5, 0, 1) };
    let world = World { truth: true, signals: vec![0.7, -0.4], said: vec![0.7, -0.4] };
    let distance = |mean: f64| {
        let (x, y) = (0.7 - mean, -0.4 - mean);
        (x * x - 2.0 * 0.5 * x * y + y * y) / (1.0 - 0.25)
    };
    let log_odds = (distance(-0.5) - distance(0.5)) / 2.0;
    assert!((lab.limit(&world) - log_odds).abs() < 1e-12);
}

/// Efficiency of some methods in fewer worlds than the bench plays, against the note's figures.
#[test]
fn bars_of_the_mechanism_note() {
    let figure = |figures: &[credence::lab::Figure], method: Method| {
        figures.iter().find(|figure| figure.method == method).unwrap().efficiency
    };
    // ρ, and the figures of the note for mean, median, log pool, extremised, half-Kelly and evidence with w = 1.
    let table = [
        (0.0, [0.31, 0.35, 0.41, 0.65, 0.04, 1.00]),
        (0.3, [0.50, 0.53, 0.60, 0.90, -0.01, 0.72]),
        (0.6, [0.72, 0.72, 0.79, 1.00, -0.12, -0.65]),
    ];
    let columns = [
        Method::Mean,
        Method::Median,
        Method::LogPool,
        Method::Extremised,
        Method::HalfKelly,
        Method::EvidenceUnit,
    ];
    for (rho, expected) in table {
        let figures = efficiency::run(lab(rho, 0, 10_000)).unwrap();
        for (method, expected) in columns.into_iter().zip(expected) {
            let made = figures.iter().find(|figure| figure.method == method).unwrap();
            let room = 0.02 + 4.0 * made.stderr;
            assert!((made.efficiency - expected).abs() < room, "ρ {rho}: {made:?} is not {expected}");
        }
        assert!(figure(&figures, Method::Evidence) >= 0.98, "ρ {rho}: {figures:?}");
        let learned = figures.iter().find(|figure| figure.method == Method::EvidenceLearned).unwrap();
        assert!(learned.efficiency + 2.0 * learned.stderr >= 0.90, "ρ {rho}: {learned:?}");
    }
    for (rho, trim, learned) in [(0.0, 0.46, 0.5), (0.4, 0.67, 0.7), (0.6, 0.73, 0.7)] {
        let figures = efficiency::run(lab(rho, 1, 10_000)).unwrap();
        assert!(figure(&figures, Method::Evidence) < 0.5, "an unguarded market follows a liar: {figures:?}");
        let trimmed = figures.iter().find(|figure| figure.method == Method::EvidenceTrim).unwrap();
        assert!((trimmed.efficiency - trim).abs() < 0.03 + 4.0 * trimmed.stderr, "ρ {rho}: {trimmed:?}");
        assert!(figure(&figures, Method::EvidenceRobust) > trimmed.efficiency, "ρ {rho}: {figures:?}");
        let made = figures.iter().find(|figure| figure.method == Method::EvidenceLearned).unwrap();
        assert!(made.efficiency + 2.0 * made.stderr > learned, "ρ {rho}: {made:?}");
    }
}

#[test]
fn a_seed_decides_every_bit_and_slices_none() {
    let lab = Lab { liar: Kind::Random, kind: Kind::Noisy, ..lab(0.3, 2, 1_500) };
    let whole = efficiency::run(lab).unwrap();
    let mut sliced = efficiency::Work::new(lab).unwrap();
    while !sliced.work(7) {}
    assert_eq!(sliced.figures(), whole);
    assert_ne!(efficiency::run(Lab { seed: Seed::new(78), ..lab }).unwrap(), whole);
    for kind in Kind::ALL {
        let figures = efficiency::run(Lab { kind, worlds: 50, ..lab }).unwrap();
        assert!(figures.iter().all(|figure| figure.efficiency.is_finite()), "{kind:?}");
    }
}
