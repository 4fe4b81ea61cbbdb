//! A golden experiment of the lab: every bit of its figures, folded into one number, natively and in the browser. The
//! bench and the worker of the page run the same code, so this is what makes their figures equal.

use credence::lab::{Kind, Lab, efficiency};
use credence::prng::Seed;

/// FNV-1a over the bits of all figures.
const BITS: u64 = 0xcfd2_323b_0b9f_76e5;

/// Plays the experiment and compares.
pub fn check() {
    let lab = Lab {
        seed: Seed::new(4),
        worlds: 600,
        traders: 5,
        strength: 1.0,
        rho: 0.4,
        kind: Kind::Bayesian,
        liars: 1,
        liar: Kind::Manipulator,
        prior_share: 0.05,
    };
    let mut folded = 0xcbf2_9ce4_8422_2325_u64;
    for figure in efficiency::run(lab).unwrap() {
        for number in [figure.brier, figure.efficiency, figure.stderr] {
            for byte in number.to_le_bytes() {
                folded = (folded ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    assert_eq!(folded, BITS, "the lab's figures have other bits: {folded:#018x}");
}
