//! Whether an answer may be left to the panel or needs a person: who stands behind it, who does not, and every reason
//! to look again. It counts beliefs and says nothing about who is right.

use super::analysis::Findings;
use super::moment::{Moment, leader};
use super::stance::{Sides, Stance, stance};
use super::summary::{Confidence, confidence};
use crate::market::{Cash, Shares};
use crate::run::{Ending, RunSpec};

/// A reason for a person to look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Nobody has given a usable answer.
    NoAnswers,
    /// A third of the panel or more favours another outcome.
    Split {
        /// Who favours another.
        against: usize,
        /// Who answered.
        answered: usize,
    },
    /// A third of the panel or more does not stand behind the answer, most of it because it favours none.
    Wavering {
        /// Who favours none.
        undecided: usize,
        /// Who answered.
        answered: usize,
    },
    /// More agents favour another outcome than the one that the price does.
    AgainstTheCount {
        /// Who favours the answer.
        in_favour: usize,
        /// Who answered.
        answered: usize,
    },
    /// The price hardly tells the outcomes apart.
    Open,
    /// The run's own rules found that it did not settle.
    Undecided,
    /// It was stopped, or broke off, before it had settled.
    CutShort,
    /// A third of the panel or more never gave a usable answer.
    Silent {
        /// Who never did.
        silent: usize,
        /// Of how many.
        of: usize,
    },
    /// Without this one agent another outcome would lead.
    HangsOn(usize),
    /// In so many other orders of trade another outcome leads.
    Order {
        /// Orders in which another leads.
        others: usize,
        /// Of how many.
        of: usize,
    },
}

/// Somebody who does not stand behind the answer, or is far less sure of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dissenter {
    /// The place in the roster.
    pub agent: usize,
    /// How it stands to the answer.
    pub stance: Stance,
    /// Its probability for the answer.
    pub belief: f64,
    /// What it finds likeliest.
    pub favourite: usize,
    /// Its probability for that.
    pub favourite_belief: f64,
    /// Its words.
    pub words: String,
    /// What it has spent on shares, in play money: what it put behind its view.
    pub spent: Cash,
    /// Its shares.
    pub holdings: Vec<Shares>,
}

/// How united a panel is behind its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Consensus {
    /// The answer: the outcome with the highest price.
    pub leader: usize,
    /// Who has answered.
    pub answered: usize,
    /// Those of them who find the answer likeliest.
    pub in_favour: usize,
    /// Those of them who find it about as likely as another, in roster order.
    pub undecided: Vec<usize>,
    /// Who is against it, furthest away first.
    pub dissenters: Vec<Dissenter>,
    /// Who is not against it and yet far less sure than the price, furthest away first.
    pub less_sure: Vec<Dissenter>,
    /// Why a person should look again; none if nothing speaks for it.
    pub doubts: Vec<Doubt>,
}

/// How united the panel was at a moment.
pub fn consensus(spec: &RunSpec, moment: &Moment) -> Consensus {
    let leader = moment.leader();
    let sides = Sides::of(moment);
    let voice = |&agent: &usize| {
        let now = moment.agents.get(agent)?;
        let belief = now.belief.as_ref()?;
        let favourite = belief.favourite();
        Some(Dissenter {
            agent,
            stance: stance(belief, leader),
            belief: belief.of(leader),
            favourite,
            favourite_belief: belief.of(favourite),
            words: now.headline.clone(),
            spent: spec.agents.get(agent)?.budget_micros - now.cash,
            holdings: now.holdings.clone(),
        })
    };
    Consensus {
        leader,
        answered: sides.answered(),
        in_favour: sides.in_favour.len(),
        dissenters: sides.against.iter().filter_map(voice).collect(),
        less_sure: sides.less_sure.iter().filter_map(voice).collect(),
        doubts: doubts(moment, &sides),
        undecided: sides.undecided,
    }
}

fn doubts(moment: &Moment, sides: &Sides) -> Vec<Doubt> {
    let silent = moment.agents.iter().filter(|agent| agent.failures > 0 && agent.belief.is_none()).count();
    let of = moment.agents.len();
    let (answered, in_favour) = (sides.answered(), sides.in_favour.len());
    let (against, undecided) = (sides.against.len(), sides.undecided.len());
    let mut doubts = Vec::new();
    if answered == 0 {
        doubts.push(Doubt::NoAnswers);
    } else if against > in_favour {
        doubts.push(Doubt::AgainstTheCount { in_favour, answered });
    } else if 3 * against >= answered {
        doubts.push(Doubt::Split { against, answered });
    } else if 3 * (against + undecided) >= answered {
        doubts.push(Doubt::Wavering { undecided, answered });
    }
    if answered > 0 && confidence(moment) == Confidence::Open {
        doubts.push(Doubt::Open);
    }
    match moment.closed {
        Some((Ending::Undecided, _)) => doubts.push(Doubt::Undecided),
        Some((Ending::Stopped | Ending::Failed, _)) if answered > 0 => doubts.push(Doubt::CutShort),
        _ => {}
    }
    if answered > 0 && silent > 0 && 3 * silent >= of {
        doubts.push(Doubt::Silent { silent, of });
    }
    doubts
}

/// What replays add: an answer that hangs on one agent, or on the lot that drew the order of trade.
pub fn fragility(findings: &Findings, answer: usize) -> Vec<Doubt> {
    let hangs = findings
        .without
        .iter()
        .enumerate()
        .filter(|(_, prices)| leader(prices) != answer)
        .map(|(agent, _)| Doubt::HangsOn(agent));
    let mut doubts: Vec<Doubt> = hangs.collect();
    let of = findings.orders.orders;
    let others = of - findings.orders.leads.get(answer).copied().unwrap_or(0);
    if others > 0 {
        doubts.push(Doubt::Order { others, of });
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::begun;
    use crate::belief::Belief;
    use crate::run::CloseReason;

    /// A panel with these beliefs in the first outcome at this price.
    fn check(shares: &[f64], price: f64, expected: &[Doubt]) {
        let run = begun(1, shares.len());
        let mut moment = Moment::begin(run.spec());
        moment.prices = vec![price, 1.0 - price];
        for (agent, share) in moment.agents.iter_mut().zip(shares) {
            agent.belief = Some(Belief::from_weights(&[*share, 1.0 - share]).unwrap());
        }
        let found = consensus(run.spec(), &moment);
        assert_eq!(found.doubts, expected, "{shares:?} at {price}");
        assert_eq!(found.answered, shares.len());
    }

    #[test]
    fn a_panel_that_is_split_needs_a_person() {
        check(&[0.8, 0.7, 0.9, 0.8], 0.85, &[]);
        check(&[0.8, 0.7, 0.9, 0.3], 0.75, &[]);
        check(&[0.8, 0.7, 0.3], 0.7, &[Doubt::Split { against: 1, answered: 3 }]);
        check(&[0.99, 0.4, 0.4], 0.8, &[Doubt::AgainstTheCount { in_favour: 1, answered: 3 }]);
        check(&[0.6, 0.6, 0.55], 0.52, &[Doubt::Open]);
    }

    #[test]
    fn silence_and_bad_ends_are_reasons_too() {
        let run = begun(1, 3);
        let mut moment = Moment::begin(run.spec());
        assert_eq!(consensus(run.spec(), &moment).doubts, [Doubt::NoAnswers]);
        moment.prices = vec![0.9, 0.1];
        for agent in &mut moment.agents[..2] {
            agent.belief = Some(Belief::from_weights(&[0.9, 0.1]).unwrap());
        }
        assert_eq!(consensus(run.spec(), &moment).doubts, []);
        moment.agents[2].failures = 1;
        let silent = Doubt::Silent { silent: 1, of: 3 };
        assert_eq!(consensus(run.spec(), &moment).doubts, [silent]);
        moment.closed = Some((Ending::Undecided, CloseReason::GatesFailed));
        assert_eq!(consensus(run.spec(), &moment).doubts, [Doubt::Undecided, silent]);
    }

    #[test]
    fn an_agent_at_one_half_is_on_no_side() {
        check(&[0.8, 0.8, 0.8, 0.5], 0.75, &[]);
        check(&[0.8, 0.5, 0.5], 0.75, &[Doubt::Wavering { undecided: 2, answered: 3 }]);
        check(&[0.8, 0.5, 0.3], 0.75, &[Doubt::Split { against: 1, answered: 3 }]);
        check(&[0.9, 0.9, 0.5, 0.3], 0.8, &[Doubt::Wavering { undecided: 1, answered: 4 }]);
    }

    #[test]
    fn who_is_far_below_the_price_without_another_answer_is_less_sure_and_no_dissenter() {
        let run = begun(1, 3);
        let mut moment = Moment::begin(run.spec());
        moment.prices = vec![0.9, 0.1];
        for (agent, share) in moment.agents.iter_mut().zip([0.95, 0.6, 0.2]) {
            agent.belief = Some(Belief::from_weights(&[share, 1.0 - share]).unwrap());
        }
        let found = consensus(run.spec(), &moment);
        let of = |list: &[Dissenter]| list.iter().map(|d| (d.agent, d.favourite)).collect::<Vec<_>>();
        assert_eq!(
            (found.in_favour, of(&found.dissenters), of(&found.less_sure)),
            (2, vec![(2, 1)], vec![(1, 0)])
        );
    }
}
