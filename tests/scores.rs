//! Scores against the formulas written out again, with no code shared (mechanisms §10), and the figures that the note's
//! own script prints.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use credence::aggregate::scores::{LOG_CLIP, Scored, brier_of, log_of, scores};
use proptest::prelude::*;

fn set(pairs: &[(f64, bool)]) -> Vec<Scored> {
    pairs.iter().map(|&(forecast, happened)| Scored { forecast, happened }).collect()
}

fn near(made: f64, expected: f64) {
    assert!((made - expected).abs() < 1e-12, "{made} is not {expected}");
}

/// Every pair, one by one.
fn auroc(pairs: &[(f64, bool)]) -> Option<f64> {
    let (mut right, mut all) = (0.0, 0.0);
    for (yes, _) in pairs.iter().filter(|pair| pair.1) {
        for (no, _) in pairs.iter().filter(|pair| !pair.1) {
            all += 1.0;
            right += if yes > no {
                1.0
            } else if yes < no {
                0.0
            } else {
                0.5
            };
        }
    }
    (all > 0.0).then(|| right / all)
}

/// Σ over bins of |Σ (f − o)|/n: the same as the mean gap, without means.
fn ece_width(pairs: &[(f64, bool)]) -> f64 {
    (0..10)
        .map(|bin| {
            let inside = |f: f64| (f * 10.0).floor() as i32 == bin || (bin == 9 && f >= 1.0);
            let gap: f64 = pairs.iter().filter(|p| inside(p.0)).map(|p| p.0 - f64::from(u8::from(p.1))).sum();
            gap.abs()
        })
        .sum::<f64>()
        / pairs.len() as f64
}

proptest! {
    #[test]
    fn the_terms_sum_to_brier_and_all_agree_with_the_formulas(
        pairs in prop::collection::vec((0.0..=1.0_f64, any::<bool>()), 1..120),
    ) {
        let made = scores(&set(&pairs)).unwrap();
        let o = |p: &(f64, bool)| f64::from(u8::from(p.1));
        let brier = pairs.iter().map(|p| (p.0 - o(p)) * (p.0 - o(p))).sum::<f64>() / pairs.len() as f64;
        let terms = made.brier;
        near(terms.brier, brier);
        near(
            terms.reliability - terms.resolution + terms.uncertainty + terms.within_variance
                - terms.within_covariance,
            brier,
        );
        near(made.ece_width, ece_width(&pairs));
        prop_assert_eq!(made.auroc.is_some(), auroc(&pairs).is_some());
        if let (Some(made), Some(expected)) = (made.auroc, auroc(&pairs)) {
            near(made, expected);
        }
        prop_assert!(made.ece_mass >= 0.0 && made.ece_mass <= 1.0);
        prop_assert_eq!(made.bins.iter().map(|bin| bin.count).sum::<usize>(), pairs.len());
    }
}

#[test]
fn single_scores() {
    near(brier_of(&[0.7, 0.2, 0.1], 1), 0.49 + 0.64 + 0.01);
    let (score, clipped) = log_of(&[0.25, 0.75], 1);
    assert!((score - 0.287_682_072_451_780_9).abs() < 1e-15 && !clipped);
    let (score, clipped) = log_of(&[1.0, 0.0], 1);
    assert!(clipped && (score - 6.907_755_278_982_137).abs() < 1e-12, "{score} for {LOG_CLIP}");
    assert_eq!(scores(&[]), None);
}

#[test]
fn a_calibrated_and_a_hopeless_set() {
    let calibrated = scores(&set(&[(0.75, true), (0.75, true), (0.75, true), (0.75, false)])).unwrap();
    near(calibrated.ece_width, 0.0);
    near(calibrated.brier.reliability, 0.0);
    assert_eq!(calibrated.auroc, Some(0.5));
    let hopeless = scores(&set(&[(0.0, true), (1.0, false)])).unwrap();
    assert_eq!((hopeless.auroc, hopeless.log.clipped), (Some(0.0), 2));
    near(hopeless.brier.brier, 1.0);
    // Equal numbers: two forecasts fall into two bins, each off by one.
    near(hopeless.ece_mass, 1.0);
}
