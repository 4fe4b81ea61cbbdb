//! The findings behind the one plain sentence at the top of a run: which outcome leads and how clearly, what moved
//! the price towards it, and who disagrees most. It chooses; the page has the words.

use super::attribution::strongest_pushes;
use super::moment::Moment;
use super::story::Story;

/// How far below the price an agent's belief must be to count as dissent, in probability, if it favours the leader too.
const DISSENT_GAP: f64 = 0.2;

/// How clearly the price speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// No outcome stands out.
    Open,
    /// A lead that little could turn.
    Leaning,
    /// A clear lead.
    Likely,
    /// Hardly any doubt.
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

/// Who disagrees most with the price.
#[derive(Clone, Debug, PartialEq)]
pub struct Dissent {
    /// Who.
    pub agent: usize,
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
    let beliefs: Vec<(usize, f64, bool)> = (0..)
        .zip(&moment.agents)
        .filter_map(|(place, agent)| {
            agent.belief.as_ref().map(|b| (place, b.of(leader), b.favourite() == leader))
        })
        .collect();
    let failures = moment.agents.iter().map(|agent| agent.failures).sum();
    if beliefs.is_empty() && failures == 0 {
        return None;
    }
    let lowest = beliefs.iter().min_by(|a, b| a.1.total_cmp(&b.1)).copied();
    let dissent = lowest.filter(|&(_, belief, agrees)| !agrees || price - belief >= DISSENT_GAP);
    Some(Summary {
        leader,
        price,
        confidence: confidence(price, moment.prices.len()),
        answered: beliefs.len(),
        in_favour: beliefs.iter().filter(|&&(_, _, agrees)| agrees).count(),
        reason: reason(story, moment, leader, liquidity),
        dissent: dissent.map(|(agent, belief, _)| Dissent {
            agent,
            belief,
            headline: moment.agents[agent].headline.clone(),
        }),
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

/// How clearly a price speaks among so many outcomes.
pub fn confidence(price: f64, outcomes: usize) -> Confidence {
    // With many outcomes a lead is clear well below one half: measured against an even split.
    let even = 1.0 / outcomes.max(2) as f64;
    if price >= 0.95 {
        Confidence::Certain
    } else if price >= 0.75 {
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
            assert_eq!(confidence(price, outcomes), expected, "{price} of {outcomes}");
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
