//! Sliders that always say 100 per cent together: what one shows is what counts. Moving one leaves those that were set
//! before where they are, as long as there is room, and gives the rest to those that nobody has touched. Pure.

use serde::{Deserialize, Serialize};

const ALL: u32 = 100;

/// Whole per cent, one an answer, that sum to 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sliders {
    /// Where they stand.
    percent: Vec<u32>,
    /// Where each was set by hand, if it was.
    set: Vec<Option<u32>>,
}

impl Sliders {
    /// Nobody has touched any.
    pub fn even(answers: usize) -> Self {
        Self { percent: split(ALL, &vec![1; answers]), set: vec![None; answers] }
    }

    /// Whether they can be those of so many answers: what is stored may be older than the page.
    pub fn fit(&self, answers: usize) -> bool {
        self.percent.len() == answers && self.set.len() == answers && self.percent.iter().sum::<u32>() == ALL
    }

    /// Where they stand, in whole per cent.
    pub fn percent(&self) -> &[u32] {
        &self.percent
    }

    /// Moves one while it is held; the others follow from where they were set.
    pub fn slide(&mut self, place: usize, to: u32) {
        let Some(own) = self.set.get_mut(place) else { return };
        let to = to.min(ALL);
        *own = Some(to);
        let rest = ALL - to;
        let others: Vec<usize> = (0..self.percent.len()).filter(|&other| other != place).collect();
        let free: Vec<usize> = others.iter().copied().filter(|&other| self.set[other].is_none()).collect();
        let bound: u32 = others.iter().filter_map(|&other| self.set[other]).sum();
        if !free.is_empty() && bound <= rest {
            for &other in &others {
                self.percent[other] = self.set[other].unwrap_or(0);
            }
            let shares = split(rest - bound, &vec![1; free.len()]);
            free.iter().zip(shares).for_each(|(&other, share)| self.percent[other] = share);
        } else {
            let weights: Vec<u32> = others.iter().map(|&other| self.set[other].unwrap_or(0)).collect();
            let shares = split(rest, &weights);
            others.iter().zip(shares).for_each(|(&other, share)| self.percent[other] = share);
        }
        self.percent[place] = to;
    }

    /// Lets go: from here on, those that were set by hand are set where they stand.
    pub fn release(&mut self) {
        self.set.iter_mut().zip(&self.percent).for_each(|(set, &at)| *set = set.map(|_| at));
    }
}

/// Shares of a whole by weight and largest remainder; even where all weights are zero.
fn split(whole: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u32 = weights.iter().sum();
    let weights = if sum == 0 { vec![1; weights.len()] } else { weights.to_vec() };
    let sum = weights.iter().sum::<u32>().max(1);
    let mut shares: Vec<u32> = weights.iter().map(|weight| whole * weight / sum).collect();
    let missing = whole.saturating_sub(shares.iter().sum());
    let mut places: Vec<usize> = (0..weights.len()).collect();
    places.sort_by_key(|&place| std::cmp::Reverse(whole * weights[place] % sum));
    places.into_iter().take(missing as usize).for_each(|place| shares[place] += 1);
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(moves: &[(usize, u32)], expected: &[u32]) {
        let mut sliders = Sliders::even(expected.len());
        for &(place, to) in moves {
            sliders.slide(place, to);
            sliders.release();
        }
        assert_eq!(sliders.percent(), expected, "{moves:?}");
    }

    #[test]
    fn what_was_set_stays_and_the_rest_follows() {
        check(&[], &[34, 33, 33]);
        check(&[(0, 70)], &[70, 30]);
        check(&[(0, 40)], &[40, 15, 15, 15, 15]);
        check(&[(0, 40), (1, 30)], &[40, 30, 10, 10, 10]);
        check(&[(0, 40), (1, 30), (2, 20), (3, 10)], &[40, 30, 20, 10, 0]);
        // No room is left: those that were set give way, in proportion.
        check(&[(0, 40), (1, 30), (2, 65)], &[20, 15, 65]);
        check(&[(0, 100)], &[100, 0, 0]);
        check(&[(0, 0), (1, 0)], &[0, 0, 100]);
    }

    #[test]
    fn a_slider_that_is_pulled_through_and_back_spoils_nothing() {
        let mut sliders = Sliders::even(3);
        sliders.slide(0, 60);
        sliders.release();
        sliders.slide(1, 30);
        sliders.release();
        for to in [50, 100, 70, 30] {
            sliders.slide(1, to);
        }
        assert_eq!(sliders.percent(), [60, 30, 10]);
    }

    proptest! {
        #[test]
        fn they_sum_to_a_hundred_and_the_moved_one_shows_what_was_chosen(
            answers in 2_usize..12, moves in prop::collection::vec((0_usize..12, 0_u32..=100, any::<bool>()), 0..12),
        ) {
            let mut sliders = Sliders::even(answers);
            for (place, to, let_go) in moves {
                let place = place % answers;
                sliders.slide(place, to);
                prop_assert!(sliders.fit(answers));
                prop_assert_eq!(sliders.percent()[place], to);
                if let_go {
                    sliders.release();
                }
            }
        }
    }
}
