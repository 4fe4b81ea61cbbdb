//! Who stands where: whether a belief is for an answer, against it or neither, and how a whole panel splits. The one
//! definition of agreement: every page, sentence and memo that says who agrees or disagrees asks here. It says nothing
//! about who is right.

use super::moment::Moment;
use crate::belief::Belief;

/// A lead of no more than two points is none, in millionths: between two answers, 49 to 51 per cent. By default nobody
/// trades over less.
const NEAR: u32 = 20_000;
/// A belief this far below the price is far less sure than the panel, in probability.
const FAR_BELOW: f64 = 0.2;

/// How somebody stands to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Finds it likelier than any other.
    For,
    /// Finds it about as likely as the likeliest other.
    Undecided,
    /// Finds another likelier.
    Against,
}

impl Stance {
    /// The same as it is to the other of two answers.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::For => Self::Against,
            Self::Undecided => Self::Undecided,
            Self::Against => Self::For,
        }
    }
}

/// How a belief stands to an answer.
pub fn stance(belief: &Belief, answer: usize) -> Stance {
    let millionths = belief.millionths();
    let own = millionths.get(answer).copied().unwrap_or(0);
    let others = millionths.iter().enumerate().filter(|&(outcome, _)| outcome != answer);
    let other = others.map(|(_, &one)| one).max().unwrap_or(0);
    if own > other + NEAR {
        Stance::For
    } else if other > own + NEAR {
        Stance::Against
    } else {
        Stance::Undecided
    }
}

/// Whether a belief in an answer is far below its price.
pub fn far_below(belief: f64, price: f64) -> bool {
    price - belief >= FAR_BELOW
}

/// The place of the number, in millionths, that leads every other by more than a near tie.
pub fn preferred(millionths: &[u32]) -> Option<usize> {
    let ahead = |place: usize| {
        let others = millionths.iter().enumerate().filter(|&(other, _)| other != place);
        others.map(|(_, &one)| one).all(|other| millionths[place] > other + NEAR)
    };
    (0..millionths.len()).find(|&place| ahead(place))
}

/// How a panel splits over its answer: places in the roster, of those who have answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// Who is for it.
    pub in_favour: Vec<usize>,
    /// Who is neither for nor against it.
    pub undecided: Vec<usize>,
    /// Who is against it, the furthest away first.
    pub against: Vec<usize>,
    /// Who is not against it and yet far less sure than the price, the furthest away first.
    pub less_sure: Vec<usize>,
}

impl Sides {
    /// How the panel splits over the outcome with the highest price.
    pub fn of(moment: &Moment) -> Self {
        let answer = moment.leader();
        let price = moment.prices.get(answer).copied().unwrap_or(0.0);
        let mut sides = Self::default();
        for (agent, now) in moment.agents.iter().enumerate() {
            let Some(belief) = &now.belief else { continue };
            let stance = stance(belief, answer);
            match stance {
                Stance::For => sides.in_favour.push(agent),
                Stance::Undecided => sides.undecided.push(agent),
                Stance::Against => sides.against.push(agent),
            }
            if stance != Stance::Against && far_below(belief.of(answer), price) {
                sides.less_sure.push(agent);
            }
        }
        let of = |agent: usize| moment.agents[agent].belief.as_ref().map_or(0.0, |belief| belief.of(answer));
        for list in [&mut sides.against, &mut sides.less_sure] {
            list.sort_by(|&a, &b| of(a).total_cmp(&of(b)));
        }
        sides
    }

    /// How many have answered.
    pub fn answered(&self) -> usize {
        self.in_favour.len() + self.undecided.len() + self.against.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(percent: &[f64], expected: Stance) {
        assert_eq!(stance(&Belief::from_weights(percent).unwrap(), 0), expected, "{percent:?}");
    }

    #[test]
    fn half_is_neither_for_nor_against() {
        check(&[50.0, 50.0], Stance::Undecided);
        check(&[51.0, 49.0], Stance::Undecided);
        check(&[49.0, 51.0], Stance::Undecided);
        check(&[52.0, 48.0], Stance::For);
        check(&[48.0, 52.0], Stance::Against);
        // Among several, what counts is the likeliest other.
        check(&[34.0, 33.0, 33.0], Stance::Undecided);
        check(&[40.0, 30.0, 30.0], Stance::For);
        check(&[20.0, 40.0, 40.0], Stance::Against);
    }

    proptest! {
        #[test]
        fn whoever_is_for_one_answer_is_for_no_other_and_prefers_it(weights in prop::collection::vec(0.0..1.0_f64, 2..6)) {
            prop_assume!(weights.iter().sum::<f64>() > 0.01);
            let belief = Belief::from_weights(&weights).unwrap();
            let backed: Vec<usize> =
                (0..weights.len()).filter(|&answer| stance(&belief, answer) == Stance::For).collect();
            prop_assert!(backed.len() <= 1);
            prop_assert_eq!(backed.first().copied(), preferred(belief.millionths()));
            for answer in backed {
                for other in (0..weights.len()).filter(|&other| other != answer) {
                    prop_assert_eq!(stance(&belief, other), Stance::Against);
                }
            }
        }
    }
}
