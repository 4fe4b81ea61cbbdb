//! Whether one agent stands far from all others: then a guard is worth a thought. It judges nobody: the lone voice may
//! be the one that knows.

use crate::belief::Belief;
use crate::market::math::{ln, ln_1p};

/// Beliefs are kept off 0 and 1 here.
const FLOOR: f64 = 0.01;
/// The lone voice stands at least so far from the nearest other, in log-odds …
const FAR: f64 = 1.5;
/// … and this many times as far as the others stand from each other.
const TIMES: f64 = 1.5;
/// Fewer answers have no crowd to stand apart from.
const FEWEST: usize = 4;

/// The agent whose log-odds for `outcome` stand far from all others', if there is one; beliefs in roster order.
pub fn lone_voice<'a>(
    beliefs: impl IntoIterator<Item = Option<&'a Belief>>,
    outcome: usize,
) -> Option<usize> {
    let odds = |belief: &Belief| {
        let p = belief.clipped(FLOOR)[outcome];
        ln(p) - ln_1p(-p)
    };
    let mut said: Vec<(usize, f64)> = beliefs
        .into_iter()
        .enumerate()
        .filter_map(|(agent, belief)| belief.map(|belief| (agent, odds(belief))))
        .collect();
    if said.len() < FEWEST {
        return None;
    }
    said.sort_by(|a, b| a.1.total_cmp(&b.1));
    let last = said.len() - 1;
    let apart = |gap: f64, others: f64| gap >= FAR && gap >= TIMES * others;
    if apart(said[last].1 - said[last - 1].1, said[last - 1].1 - said[0].1) {
        Some(said[last].0)
    } else if apart(said[1].1 - said[0].1, said[last].1 - said[1].1) {
        Some(said[0].0)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shares: &[f64], expected: Option<usize>) {
        let beliefs: Vec<Belief> =
            shares.iter().map(|&p| Belief::from_weights(&[p, 1.0 - p]).unwrap()).collect();
        assert_eq!(lone_voice(beliefs.iter().map(Some), 0), expected, "{shares:?}");
        assert_eq!(lone_voice(beliefs.iter().map(Some), 1), expected, "{shares:?}");
    }

    #[test]
    fn one_far_from_all_others() {
        check(&[0.3, 0.4, 0.99, 0.35, 0.3], Some(2));
        check(&[0.01, 0.6, 0.7, 0.65], Some(0));
        check(&[0.3, 0.4, 0.5, 0.6], None);
        // A panel that is split, or too small, has no lone voice.
        check(&[0.1, 0.1, 0.9, 0.9], None);
        check(&[0.1, 0.9, 0.5], None);
    }
}
