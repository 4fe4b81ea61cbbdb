//! A class beside the panel: both stated a belief before they saw any price, so they can be averaged together, the
//! class as one more agent or each pupil as one.

use super::baselines::brier;
use super::moment::Moment;
use crate::belief::Belief;

/// Whose probabilities they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The market's price now, or the answer of a run without one.
    Market,
    /// The panel's first beliefs, averaged.
    Panel,
    /// The class, averaged.
    Class,
    /// The panel's first beliefs and the class's average as one more, averaged.
    OneMore,
    /// The panel's first beliefs and every pupil's, averaged.
    Many,
}

/// Probabilities, and how good they were.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassRow {
    /// Whose.
    pub source: Source,
    /// One an outcome.
    pub probabilities: Vec<f64>,
    /// The Brier score, where the answer is known: 0 is perfect, 2 the worst.
    pub brier: Option<f64>,
}

/// Compares a class with a panel; rows for which nobody has answered are left out. The beliefs have as many outcomes
/// as the run.
pub fn compare_class(now: &Moment, answer: Option<usize>, pupils: &[Belief]) -> Vec<ClassRow> {
    let panel: Vec<Vec<f64>> =
        now.agents.iter().filter_map(|agent| agent.first.as_ref().map(Belief::probabilities)).collect();
    let pupils: Vec<Vec<f64>> = pupils.iter().map(Belief::probabilities).collect();
    let class = mean(pupils.iter());
    let rows = [
        (Source::Market, Some(now.prices.clone())),
        (Source::Panel, mean(panel.iter())),
        (Source::Class, class.clone()),
        (
            Source::OneMore,
            class.as_ref().filter(|_| !panel.is_empty()).and_then(|one| mean(panel.iter().chain([one]))),
        ),
        (
            Source::Many,
            class.as_ref().filter(|_| !panel.is_empty()).and_then(|_| mean(panel.iter().chain(&pupils))),
        ),
    ];
    rows.into_iter()
        .filter_map(|(source, probabilities)| {
            let probabilities = probabilities?;
            let brier = answer.map(|answer| brier(&probabilities, answer));
            Some(ClassRow { source, probabilities, brier })
        })
        .collect()
}

/// Which of market, panel and class came closest to the truth, by Brier's score: several if they are level, none where
/// the truth is not known or nobody can be compared.
pub fn closest(rows: &[ClassRow]) -> Vec<Source> {
    let rivals =
        rows.iter().filter(|row| matches!(row.source, Source::Market | Source::Panel | Source::Class));
    let scored: Vec<(Source, f64)> = rivals.filter_map(|row| Some((row.source, row.brier?))).collect();
    let best = scored.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
    let level = |score: f64| score - best < 1e-9;
    if scored.len() < 2 {
        return Vec::new();
    }
    scored.into_iter().filter(|&(_, score)| level(score)).map(|(source, _)| source).collect()
}

/// How many pupils gave an outcome 0–9 %, 10–19 % … 90–100 %.
pub fn spread(pupils: &[Belief], outcome: usize) -> [usize; 10] {
    let mut counts = [0; 10];
    for belief in pupils {
        let place = (belief.of(outcome) * 10.0 + 1e-9).floor() as usize;
        counts[place.min(9)] += 1;
    }
    counts
}

fn mean<'a>(rows: impl Iterator<Item = &'a Vec<f64>>) -> Option<Vec<f64>> {
    let mut count = 0.0;
    let mut sum: Vec<f64> = Vec::new();
    for row in rows {
        sum.resize(row.len().max(sum.len()), 0.0);
        sum.iter_mut().zip(row).for_each(|(total, share)| *total += share);
        count += 1.0;
    }
    (count > 0.0).then(|| sum.into_iter().map(|total| total / count).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Story;
    use crate::aggregate::sample::{begun, round};

    fn belief(yes: u32) -> Belief {
        Belief::from_millionths(vec![yes * 10_000, (100 - yes) * 10_000]).unwrap()
    }

    #[test]
    fn one_more_agent_and_many_by_hand() {
        let mut run = begun(3, 4);
        round(&mut run);
        let now = Story::of(&run).now;
        let first: Vec<f64> = now.agents.iter().map(|agent| agent.first.as_ref().unwrap().of(0)).collect();
        let panel: f64 = first.iter().sum::<f64>();
        let pupils = [belief(90), belief(60), belief(30)];
        let rows = compare_class(&now, Some(0), &pupils);
        let of = |source: Source| {
            rows.iter().find(|row| row.source == source).map(|row| row.probabilities[0]).unwrap()
        };
        assert!((of(Source::Class) - 0.6).abs() < 1e-12);
        assert!((of(Source::Panel) - panel / 4.0).abs() < 1e-12);
        assert!((of(Source::OneMore) - (panel + 0.6) / 5.0).abs() < 1e-12);
        assert!((of(Source::Many) - (panel + 1.8) / 7.0).abs() < 1e-12);
        assert!((of(Source::Market) - now.prices[0]).abs() < 1e-12);
        let score = rows.iter().find(|row| row.source == Source::Class).unwrap().brier.unwrap();
        assert!((score - 0.32).abs() < 1e-12);
        assert_eq!(spread(&pupils, 0), [0, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
        // A class that is sure of the truth is closest to it; where nobody knows the truth, nobody is.
        assert_eq!(closest(&compare_class(&now, Some(0), &[belief(100)])), [Source::Class]);
        assert_eq!(closest(&compare_class(&now, None, &pupils)), []);
    }

    #[test]
    fn nobody_is_no_average() {
        let now = Story::of(&begun(3, 4)).now;
        assert_eq!(compare_class(&now, None, &[]).len(), 1);
        assert_eq!(compare_class(&now, None, &[belief(50)]).len(), 2);
        assert_eq!(spread(&[belief(100), belief(0)], 0), [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    }
}
