//! Statistics against SciPy, statsmodels and NumPy on random data. The numbers are from
//! `pip install scipy statsmodels`, and for each what stands beside it; `u` is `lcg(400)`, written in Python as below,
//! `f = u[:200]` and `o = u[200:] < 0.2 + 0.6*f`.

use credence::aggregate::scores::{Scored, scores};
use credence::evaluate::statistics::{Discordance, bootstrap_mean, detectable_difference, holm, percentile};
use credence::prng::Seed;

/// Knuth's 64-bit linear congruential generator, as numbers in [0, 1).
fn lcg(count: usize, mut state: u64) -> Vec<f64> {
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        })
        .collect()
}

fn near(made: f64, golden: f64, what: &str) {
    assert!((made - golden).abs() < 1e-9, "{what}: {made} is not {golden}");
}

fn forecasts() -> Vec<Scored> {
    let u = lcg(400, 1);
    (0..200).map(|k| Scored { forecast: u[k], happened: u[200 + k] < 0.2 + 0.6 * u[k] }).collect()
}

#[test]
fn scores_are_those_of_scipy() {
    let made = scores(&forecasts()).unwrap();
    // numpy.mean((f-o)**2)
    near(made.brier.brier, 0.235_581_467_886_058_7, "Brier");
    // numpy.mean(-numpy.log(numpy.maximum(numpy.where(o, f, 1-f), 0.001)))
    near(made.log.mean, 0.698_527_282_201_232_1, "log");
    // scipy.stats.mannwhitneyu(f[o], f[~o]).statistic / (o.sum()*(~o).sum())
    near(made.auroc.unwrap(), 0.684_094_551_282_051_3, "AUROC");
    // ten bins numpy.minimum((f*10).astype(int), 9), and ten slices of numpy.argsort(f)
    near(made.ece_width, 0.106_332_540_473_092_68, "ECE, equal width");
    near(made.ece_mass, 0.122_310_000_140_929_8, "ECE, equal mass");
}

#[test]
fn mcnemar_is_the_exact_binomial_test() {
    // scipy.stats.binomtest(min(a, b), a + b, 0.5).pvalue
    for (only_first, only_second, golden) in [
        (0, 0, 1.0),
        (1, 0, 1.0),
        (5, 5, 1.0),
        (7, 19, 0.028_959_274_291_992_188),
        (30, 12, 0.007_915_897_334_896_727),
        (120, 80, 0.005_685_155_996_750_306),
        (610, 540, 0.041_834_530_546_082_87),
        (900, 1200, 6.337_277_315_775_641e-11),
    ] {
        near(Discordance { only_first, only_second }.mcnemar(), golden, "McNemar");
    }
    // What 2^-n alone would round to nothing.
    assert!(Discordance { only_first: 40_000, only_second: 40_400 }.mcnemar() > 0.1);
    // Right or wrong, or half of it each way: a coin is neither better nor worse than who is right half the time.
    assert_eq!(Discordance::of([1.0, 0.0, -1.0, 1.0, 0.0]), Discordance { only_first: 2, only_second: 1 });
    near(Discordance::of([0.5, -0.5, 0.5, -0.5]).mcnemar(), 1.0, "a coin");
}

#[test]
fn holm_is_that_of_statsmodels() {
    // statsmodels.stats.multitest.multipletests(lcg(12, 7)**3, method="holm")[1]
    let golden = [
        0.719_867_984_269_217_6,
        1.0,
        1.0,
        0.207_919_351_753_305_64,
        0.207_919_351_753_305_64,
        0.031_826_500_149_678_374,
        0.523_160_154_566_021,
        0.300_640_554_791_372_2,
        1.0,
        1.0,
        0.523_160_154_566_021,
        0.874_060_572_148_053_2,
    ];
    let p_values: Vec<f64> = lcg(12, 7).iter().map(|u| u * u * u).collect();
    for (made, golden) in holm(&p_values).into_iter().zip(golden) {
        near(made, golden, "Holm");
    }
    assert_eq!(holm(&[]), Vec::<f64>::new());
}

#[test]
fn detectable_differences_solve_connors_equation() {
    // scipy.optimize.brentq over d of (norm.ppf(.975)*sqrt(psi) + norm.ppf(.8)*sqrt(psi - d*d))/sqrt(n) - d
    for (questions, discordant, golden) in [
        (20, 0.5, 0.417_322_472_696_070_2),
        (100, 0.2, 0.123_819_331_484_413_79),
        (229, 0.3, 0.100_880_903_990_945_65),
        (625, 0.2, 0.050_021_805_314_676_49),
        (10_000, 0.1, 0.008_858_345_923_479_72),
    ] {
        near(detectable_difference(questions, discordant).unwrap(), golden, "detectable difference");
    }
    assert_eq!(detectable_difference(0, 0.2), None);
    assert!(detectable_difference(2, 0.3).unwrap() <= 0.3, "no difference is larger than what is discordant");
}

#[test]
fn the_bootstrap_is_seeded_and_agrees_with_scipys() {
    let u = lcg(400, 1);
    let mut sorted = u.clone();
    sorted.sort_by(f64::total_cmp);
    // numpy.percentile(u, [2.5, 50, 97.5])
    for (share, golden) in
        [(0.025, 0.027_726_723_800_428_31), (0.5, 0.476_780_782_165_159_8), (0.975, 0.973_823_007_815_292_3)]
    {
        near(percentile(&sorted, share), golden, "percentile");
    }
    let misses: Vec<f64> = forecasts().iter().map(|f| f.forecast - f64::from(u8::from(f.happened))).collect();
    let made = bootstrap_mean(&misses, Seed::new(1), 20_000).unwrap();
    near(made.mean, -0.029_038_926_710_218_446, "mean");
    // scipy.stats.bootstrap((f-o,), numpy.mean, n_resamples=100000, method="percentile"), which draws otherwise
    assert!((made.low - -0.0961).abs() < 0.002 && (made.high - 0.0381).abs() < 0.002, "{made:?}");
    assert_eq!(bootstrap_mean(&misses, Seed::new(1), 20_000), Some(made));
    assert_ne!(bootstrap_mean(&misses, Seed::new(2), 20_000), Some(made));
    assert_eq!(bootstrap_mean(&[], Seed::new(1), 100), None);
}
