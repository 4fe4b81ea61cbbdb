//! The findings behind the one plain sentence at the top of a run: which outcome leads and how clearly, what moved
//! the price towards it, and who disagrees most. It chooses; the page has the words.

use super::attribution::strongest_pushes;
use super::moment::Moment;
use super::spread::{range_around, spread_of};
use super::stance::Sides;
use super::story::Story;

/// How clearly the price speaks, given how far the panel is from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// No outcome stands out.
    Open,
    /// A lead that little could turn.
    Leaning,
    /// A clear lead.
    Likely,
    /// Hardly any doubt, and hardly any between the agents.
    Certain,
}

/// Why the leader leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Who moved the price most towards it.
    pub agent: usize,
    /// With which words.
    pub headline: String,
}

/// Who is furthest from the answer of those who do not stand behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dissent {
    /// Who.
    pub agent: usize,
    /// Whether it is against the answer, or only far less sure of it.
    pub disagrees: bool,
    /// Its probability for the leading outcome.
    pub belief: f64,
    /// Its words.
    pub headline: String,
}

/// What there is to say about a run at some moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The outcome with the highest price.
    pub leader: usize,
    /// Its price.
    pub price: f64,
    /// How clearly it leads.
    pub confidence: Confidence,
    /// Agents that have answered.
    pub answered: usize,
    /// Those of them who find the leader likeliest.
    pub in_favour: usize,
    /// Those of them who find it about as likely as another.
    pub undecided: usize,
    /// Why it leads.
    pub reason: Option<Reason>,
    /// Who disagrees.
    pub dissent: Option<Dissent>,
    /// Answers that failed.
    pub failures: u32,
    /// Agents that never gave a usable answer although they were asked.
    pub silent: usize,
}

/// The findings at a moment of a story; `None` before anybody has answered or failed.
pub fn summary(story: &Story, moment: &Moment, liquidity: f64) -> Option<Summary> {
    let leader = moment.leader();
    let price = *moment.prices.get(leader)?;
    let sides = Sides::of(moment);
    let failures = moment.agents.iter().map(|agent| agent.failures).sum();
    if sides.answered() == 0 && failures == 0 {
        return None;
    }
    // Whoever disagrees comes before whoever is only less sure.
    let furthest = sides.against.first().map(|&agent| (agent, true));
    let furthest = furthest.or_else(|| sides.less_sure.first().map(|&agent| (agent, false)));
    let dissent = furthest.and_then(|(agent, disagrees)| {
        let now = moment.agents.get(agent)?;
        let belief = now.belief.as_ref()?.of(leader);
        Some(Dissent { agent, disagrees, belief, headline: now.headline.clone() })
    });
    Some(Summary {
        leader,
        price,
        confidence: confidence(moment),
        answered: sides.answered(),
        in_favour: sides.in_favour.len(),
        undecided: sides.undecided.len(),
        reason: reason(story, moment, leader, liquidity),
        dissent,
        failures,
        silent: moment.agents.iter().filter(|agent| agent.failures > 0 && agent.belief.is_none()).count(),
    })
}

/// The words behind the strongest push towards the leader, among the trades that had happened by then.
fn reason(story: &Story, moment: &Moment, leader: usize, liquidity: f64) -> Option<Reason> {
    strongest_pushes(story, leader, liquidity, usize::MAX)
        .into_iter()
        .find(|push| push.trade.seq <= moment.seq && push.change > 0.0 && !push.trade.headline.is_empty())
        .map(|push| Reason { agent: push.trade.agent, headline: push.trade.headline })
}

/// How clearly the answer of a moment speaks. The words follow from the same figures as the range: a price that its own
/// agents are far from is no certainty, however high it is.
pub fn confidence(moment: &Moment) -> Confidence {
    let leader = moment.leader();
    let price = moment.prices.get(leader).copied().unwrap_or(0.0);
    let (low, _) = range_around(price, spread_of(moment, leader).unwrap_or(0.0));
    clarity(price, low, moment.prices.len())
}

/// How clearly a price speaks among so many outcomes if it may be as low as `low`.
fn clarity(price: f64, low: f64, outcomes: usize) -> Confidence {
    // With many outcomes a lead is clear well below one half: measured against an even split.
    let even = 1.0 / outcomes.max(2) as f64;
    if price >= 0.95 && low >= 0.9 {
        Confidence::Certain
    } else if price >= 0.75 && low > 0.5 {
        Confidence::Likely
    } else if price >= even + 0.25 * (1.0 - even) * 0.5 {
        Confidence::Leaning
    } else {
        Confidence::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::{begun, finished};

    #[test]
    fn a_price_speaks_more_or_less_clearly() {
        for (price, outcomes, expected) in [
            (0.5, 2, Confidence::Open),
            (0.55, 2, Confidence::Open),
            (0.6, 2, Confidence::Leaning),
            (0.8, 2, Confidence::Likely),
            (0.97, 2, Confidence::Certain),
            (0.34, 3, Confidence::Open),
            (0.45, 3, Confidence::Leaning),
        ] {
            assert_eq!(clarity(price, price, outcomes), expected, "{price} of {outcomes}");
        }
    }

    #[test]
    fn words_of_certainty_follow_from_the_range() {
        for (price, spread, expected) in [
            (0.97, 0.23, Confidence::Likely),
            (0.97, 0.06, Confidence::Certain),
            (0.97, 0.5, Confidence::Leaning),
            (0.8, 0.35, Confidence::Leaning),
            (0.8, 0.2, Confidence::Likely),
        ] {
            let (low, high) = range_around(price, spread);
            assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
            assert_eq!(clarity(price, low, 2), expected, "{price} within {spread}");
        }
    }

    #[test]
    fn a_run_has_a_leader_a_reason_and_a_count() {
        let run = begun(5, 6);
        let story = Story::of(&run);
        assert_eq!(summary(&story, &story.now, 1.0), None, "nobody has answered");
        let run = finished(5, 6);
        let story = Story::of(&run);
        let made = summary(&story, &story.now, 1.0).unwrap();
        assert_eq!((made.answered, made.failures, made.silent), (6, 0, 0));
        assert!(made.price >= 0.5 && made.reason.is_some() && made.in_favour >= 1);
    }
}
