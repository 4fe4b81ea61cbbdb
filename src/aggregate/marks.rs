//! How right everybody was in one run whose outcome is known: Brier and logarithmic score (mechanisms §10) of the
//! price, of cheaper ways to combine the same answers, and of every agent. One question proves nothing; the page says so.

use super::baselines::baselines;
use super::moment::Moment;
use super::scores::{brier_of, log_of};
use crate::run::{RunSpec, Settled};

/// Whose mark it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The answer of the run: its price, or what its mode makes of the answers.
    Answer,
    /// The average of the panel's last answers.
    Average,
    /// An agent's last answer.
    Agent(usize),
    /// An even split: what somebody gets who knows nothing.
    Even,
}

/// How right one forecast was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Whose.
    pub whose: Whose,
    /// What it gave to what happened.
    pub given: f64,
    /// Σ_i (f_i − o_i)²: 0 is perfect, 2 the worst.
    pub brier: f64,
    /// −ln of what it gave: 0 is perfect.
    pub log: f64,
    /// Whether the logarithm was cut off, so that the true score is worse.
    pub clipped: bool,
    /// For an agent: Brier's score of its first answer, before it saw any other.
    pub first_brier: Option<f64>,
}

/// The outcome and everybody's mark, best first; `None` while nobody knows what happened.
pub fn marks(spec: &RunSpec, moment: &Moment) -> Option<(usize, Vec<Mark>)> {
    let Some(Settled::Outcome(outcome, _)) = moment.settled else { return None };
    let mark = |whose, forecast: &[f64], first: Option<&[f64]>| {
        let (log, clipped) = log_of(forecast, outcome);
        Mark {
            whose,
            given: forecast.get(outcome).copied().unwrap_or(0.0),
            brier: brier_of(forecast, outcome),
            log,
            clipped,
            first_brier: first.map(|first| brier_of(first, outcome)),
        }
    };
    let mut found = vec![mark(Whose::Answer, &moment.prices, None)];
    if let Some(made) = baselines(moment.agents.iter().map(|agent| agent.belief.as_ref())) {
        found.push(mark(Whose::Average, &made.mean, None));
    }
    for (place, agent) in moment.agents.iter().enumerate() {
        if let Some(belief) = &agent.belief {
            let first = agent.first.as_ref().map(crate::belief::Belief::probabilities);
            found.push(mark(Whose::Agent(place), &belief.probabilities(), first.as_deref()));
        }
    }
    let outcomes = spec.outcome_count();
    found.push(mark(Whose::Even, &vec![1.0 / outcomes as f64; outcomes], None));
    found.sort_by(|a, b| a.brier.total_cmp(&b.brier));
    Some((outcome, found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::sample::finished;

    #[test]
    fn everybody_is_marked_by_the_formulas() {
        let run = finished(3, 5);
        let moment = Moment::after(run.spec(), run.log().events());
        let (outcome, found) = marks(run.spec(), &moment).unwrap();
        assert_eq!(found.len(), 5 + 3);
        assert!(found.windows(2).all(|pair| pair[0].brier <= pair[1].brier));
        let of = |whose| found.iter().find(|mark| mark.whose == whose).unwrap();
        let p = moment.prices[outcome];
        let answer = of(Whose::Answer);
        // Two outcomes: (1 − p)² twice.
        assert!((answer.brier - 2.0 * (1.0 - p) * (1.0 - p)).abs() < 1e-12);
        assert!((answer.log + crate::market::math::ln(p)).abs() < 1e-12 || answer.clipped);
        assert!((of(Whose::Even).brier - 0.5).abs() < 1e-12);
        assert!(of(Whose::Agent(0)).first_brier.is_some());
        assert_eq!(marks(run.spec(), &Moment::begin(run.spec())), None);
    }
}
