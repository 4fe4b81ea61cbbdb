//! Whether a difference between two methods on the same questions is more than noise: paired bootstrap intervals,
//! McNemar's exact test, Holm's correction for many comparisons, and the smallest difference that a set of questions can
//! show. Deterministic: a bootstrap draws from a seed. It knows no method and no question.

use crate::market::math::{exp, ln, normal_quantile, sqrt};
use crate::prng::{Prng, Seed};

/// Draws of a bootstrap unless said otherwise.
pub const BOOTSTRAP_DRAWS: usize = 2_000;
/// The level of intervals, and one minus the error that a test allows.
pub const LEVEL: f64 = 0.95;
/// The chance that a difference which is there is found.
pub const POWER: f64 = 0.8;

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// The lower end …
    pub low: f64,
    /// … and the upper; neither is a number until the interval is drawn.
    pub high: f64,
}

impl Interval {
    /// A mean whose interval is not drawn yet; `None` for an empty list.
    pub fn undrawn(values: &[f64]) -> Option<Self> {
        let count = values.len();
        (count > 0).then(|| Self {
            mean: values.iter().sum::<f64>() / count as f64,
            low: f64::NAN,
            high: f64::NAN,
        })
    }

    /// Whether there is an interval.
    pub fn is_drawn(self) -> bool {
        !self.low.is_nan()
    }
}

/// The percentile bootstrap of a mean: of differences, when two methods are compared on the same questions. `None` for an
/// empty list.
///
/// Percentiles are linear between order statistics (Hyndman & Fan's type 7, as NumPy's).
pub fn bootstrap_mean(values: &[f64], seed: Seed, draws: usize) -> Option<Interval> {
    let mut resample = Resample::new(&[values], seed, draws)?;
    while resample.step() {}
    resample.pop_interval()
}

/// The bootstrap of the means of several lists of one length, draw by draw. Each list gets the interval that it would get
/// alone: the draws depend on seed and length only, so they are made once for all.
pub struct Resample {
    stream: Prng,
    draws: usize,
    count: usize,
    width: usize,
    /// Row by row: what the lists hold at one place lies together.
    values: Vec<f64>,
    /// The mean of each list in each draw so far.
    means: Vec<Vec<f64>>,
    sums: Vec<f64>,
}

impl Resample {
    /// For lists of one length; `None` if there is nothing in them, or nothing to draw.
    pub fn new(lists: &[&[f64]], seed: Seed, draws: usize) -> Option<Self> {
        let count = lists.first()?.len();
        if count == 0 || draws == 0 || lists.iter().any(|list| list.len() != count) {
            return None;
        }
        let width = lists.len();
        let values = (0..count).flat_map(|place| lists.iter().map(move |list| list[place])).collect();
        Some(Self {
            stream: seed.stream("evaluate/bootstrap"),
            draws,
            count,
            width,
            values,
            means: vec![Vec::with_capacity(draws); width],
            sums: vec![0.0; width],
        })
    }

    /// Makes one draw; false when there are enough.
    pub fn step(&mut self) -> bool {
        if self.means.first().is_none_or(|means| means.len() == self.draws) {
            return false;
        }
        self.sums.fill(0.0);
        for _ in 0..self.count {
            let row = self.stream.below(self.count as u64) as usize * self.width;
            for (sum, value) in self.sums.iter_mut().zip(&self.values[row..row + self.width]) {
                *sum += value;
            }
        }
        for (means, sum) in self.means.iter_mut().zip(&self.sums) {
            means.push(sum / self.count as f64);
        }
        self.means[0].len() < self.draws
    }

    /// The interval of the last list that has none yet, from the draws so far; `None` when all have theirs.
    pub fn pop_interval(&mut self) -> Option<Interval> {
        let means = self.means.pop()?;
        let [low, high] = ends(means);
        Some(Interval { mean: self.mean_of(self.means.len()), low, high })
    }

    fn mean_of(&self, column: usize) -> f64 {
        self.values.iter().skip(column).step_by(self.width).sum::<f64>() / self.count as f64
    }
}

/// The interval of a difference of means, `second` less `first`, of lists that have nothing to do with each other: the last
/// of each that has none yet. The draws of both must be made from different seeds. `None` if one has none left.
pub fn unpaired(first: &mut Resample, second: &mut Resample) -> Option<Interval> {
    let (mean, means) = first.means.pop().zip(second.means.pop()).map(|(first_means, second_means)| {
        let mean = second.mean_of(second.means.len()) - first.mean_of(first.means.len());
        (
            mean,
            second_means.iter().zip(&first_means).map(|(second, first)| second - first).collect::<Vec<f64>>(),
        )
    })?;
    let [low, high] = ends(means);
    Some(Interval { mean, low, high })
}

/// The ends of the interval of such draws.
fn ends(mut draws: Vec<f64>) -> [f64; 2] {
    let tail = (1.0 - LEVEL) / 2.0;
    draws.sort_by(f64::total_cmp);
    [tail, 1.0 - tail].map(|share| percentile(&draws, share))
}

/// Fisher's exact test, two-sided: the chance of a table of two groups' right and wrong answers that is no likelier than
/// this one, when both are drawn from one urn. 1 if a group is empty.
pub fn fisher(first: (u64, u64), second: (u64, u64)) -> f64 {
    let (rows, right) = ([first.0 + first.1, second.0 + second.1], first.0 + second.0);
    let all = rows[0] + rows[1];
    if rows.contains(&0) {
        return 1.0;
    }
    // ln n! by addition, up to the largest that is needed.
    let mut logs = Vec::with_capacity(all as usize + 1);
    logs.push(0.0);
    for n in 1..=all {
        logs.push(logs[n as usize - 1] + ln(n as f64));
    }
    let choose = |n: u64, k: u64| logs[n as usize] - logs[k as usize] - logs[(n - k) as usize];
    let chance = |k: u64| exp(choose(rows[0], k) + choose(rows[1], right - k) - choose(all, right));
    let seen = chance(first.0);
    let (least, most) = (right.saturating_sub(rows[1]), right.min(rows[0]));
    // Tables that are as likely up to rounding count as well.
    let tail: f64 = (least..=most).map(chance).filter(|chance| *chance <= seen * (1.0 + 1e-7)).sum();
    tail.min(1.0)
}

/// A percentile of sorted values, linear between them.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// How two methods agree on the same questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Discordance {
    /// Questions on which the first is more right than the second.
    pub only_first: u64,
    /// The reverse.
    pub only_second: u64,
}

impl Discordance {
    /// Counts over the differences of the pairs, first less second. Where an answer is undecided, it has its share of the right
    /// one, as in the accuracy; then this is the sign test, of which McNemar's is the case without shares.
    pub fn of(gains: impl IntoIterator<Item = f64>) -> Self {
        gains.into_iter().fold(Self::default(), |counts, gain| match gain {
            gain if gain > 0.0 => Self { only_first: counts.only_first + 1, ..counts },
            gain if gain < 0.0 => Self { only_second: counts.only_second + 1, ..counts },
            _ => counts,
        })
    }

    /// The share of so many questions on which the two differ.
    pub fn share(self, questions: usize) -> f64 {
        (self.only_first + self.only_second) as f64 / questions.max(1) as f64
    }

    /// McNemar's exact test, two-sided: the chance that fair coins would part the discordant questions at least as
    /// unevenly. 1 if there are none.
    pub fn mcnemar(self) -> f64 {
        let all = self.only_first + self.only_second;
        let fewer = self.only_first.min(self.only_second);
        if all == 0 {
            return 1.0;
        }
        let half_power = -(all as f64) * ln(2.0);
        // C(n, 0) = 1; each coefficient follows from the one before, in logarithms: 2^-n alone would be 0 at n = 1,100.
        let mut log_choose = 0.0;
        let mut tail = 0.0;
        for k in 0..=fewer {
            tail += exp(log_choose + half_power);
            log_choose += ln((all - k) as f64) - ln((k + 1) as f64);
        }
        (2.0 * tail).min(1.0)
    }
}

/// Holm's step-down correction: the adjusted p-value of each, in the order given. At most 1, and never below its own.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]).then(a.cmp(&b)));
    let mut adjusted = vec![1.0; count];
    let mut most: f64 = 0.0;
    for (rank, &place) in order.iter().enumerate() {
        most = most.max((p_values[place] * (count - rank) as f64).min(1.0));
        adjusted[place] = most;
    }
    adjusted
}

/// The smallest difference of accuracy that so many paired questions show with [`POWER`] at [`LEVEL`], when so large a
/// share of them is discordant (Connor 1987, from d = (z_α √ψ + z_β √(ψ − d²))/√n, solved for d). At most `discordant`:
/// no difference can be larger. `None` without questions.
pub fn detectable_difference(questions: usize, discordant: f64) -> Option<f64> {
    if questions == 0 || discordant <= 0.0 {
        return None;
    }
    let (alpha, beta) = (normal_quantile(1.0 - (1.0 - LEVEL) / 2.0), normal_quantile(POWER));
    let root = sqrt(questions as f64);
    let missing = |d: f64| (alpha * sqrt(discordant) + beta * sqrt((discordant - d * d).max(0.0))) / root - d;
    // It falls in d: bisection, to the last bit that matters.
    let (mut low, mut high) = (0.0, sqrt(discordant).min(1.0));
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if missing(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low.min(discordant))
}
