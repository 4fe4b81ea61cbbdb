//! How good forecasts were, once the outcomes are known (mechanisms §10): Brier with its five-term decomposition,
//! logarithmic score with a counted clip, calibration error both ways, AUROC, and the bins of a reliability diagram.
//! It knows no run: a forecast is a probability and whether the thing happened.

use crate::market::math::ln;

/// Bins of calibration figures and of the reliability diagram.
pub const BINS: usize = 10;
/// Log scores are taken with probabilities of at least this; how often that mattered is counted.
pub const LOG_CLIP: f64 = 0.001;

/// One forecast of an event and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The probability that was given, in [0, 1].
    pub forecast: f64,
    /// Whether the event happened.
    pub happened: bool,
}

impl Scored {
    fn outcome(self) -> f64 {
        f64::from(u8::from(self.happened))
    }
}

/// Brier (1950) of one question with any number of outcomes: Σ_i (f_i − o_i)², in [0, 2].
pub fn brier_of(forecast: &[f64], outcome: usize) -> f64 {
    let square = |(place, f): (usize, &f64)| {
        let missed = f - f64::from(u8::from(place == outcome));
        missed * missed
    };
    forecast.iter().enumerate().map(square).sum()
}

/// −ln of the probability given to what happened, at least [`LOG_CLIP`]; and whether the clip mattered.
pub fn log_of(forecast: &[f64], outcome: usize) -> (f64, bool) {
    let given = forecast.get(outcome).copied().unwrap_or(0.0);
    (-ln(given.max(LOG_CLIP)), given < LOG_CLIP)
}

/// The mean logarithmic score of many forecasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScore {
    /// The mean of −ln f_y; 0 is perfect, ln 2 is a coin.
    pub mean: f64,
    /// How many forecasts were clipped: their true score is worse than counted.
    pub clipped: usize,
}

/// Brier's score and what it is made of: `brier = reliability − resolution + uncertainty + within_variance −
/// within_covariance`, exactly; without the two terms within bins it is only nearly so (Stephenson et al. 2008).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// Mean (f − o)².
    pub brier: f64,
    /// Mean squared gap between what was said and what happened, bin by bin: 0 is calibrated.
    pub reliability: f64,
    /// How far the bins' frequencies stand apart from the base rate: more is better.
    pub resolution: f64,
    /// ō(1 − ō): what the questions alone make uncertain.
    pub uncertainty: f64,
    /// Mean (f − f̄_k)² within bins.
    pub within_variance: f64,
    /// 2 · mean (o − ō_k)(f − f̄_k) within bins.
    pub within_covariance: f64,
}

/// One bin of a reliability diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// How many forecasts fell into it.
    pub count: usize,
    /// Their mean.
    pub mean_forecast: f64,
    /// How often the event happened.
    pub frequency: f64,
}

/// Every score of a set of forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// How many forecasts.
    pub count: usize,
    /// Brier and its terms, in ten bins of equal width.
    pub brier: Decomposition,
    /// The logarithmic score.
    pub log: LogScore,
    /// Expected calibration error in ten bins of equal width.
    pub ece_width: f64,
    /// The same in ten bins of equal numbers.
    pub ece_mass: f64,
    /// The chance that an event that happened had the higher forecast; `None` if all or none happened.
    pub auroc: Option<f64>,
    /// The bins of equal width that are not empty, for a reliability diagram.
    pub bins: Vec<Bin>,
}

/// Scores a set of forecasts; `None` for an empty one.
pub fn scores(forecasts: &[Scored]) -> Option<Scores> {
    if forecasts.is_empty() {
        return None;
    }
    let by_width = equal_width(forecasts);
    Some(Scores {
        count: forecasts.len(),
        brier: decompose(forecasts, &by_width),
        log: log_score(forecasts),
        ece_width: calibration_error(&by_width, forecasts.len()),
        ece_mass: calibration_error(&equal_mass(forecasts), forecasts.len()),
        auroc: auroc(forecasts),
        bins: by_width.iter().filter_map(|members| bin(members)).collect(),
    })
}

fn log_score(forecasts: &[Scored]) -> LogScore {
    let each = forecasts
        .iter()
        .map(|scored| log_of(&[1.0 - scored.forecast, scored.forecast], usize::from(scored.happened)));
    let (total, clipped) =
        each.fold((0.0, 0), |(total, clips), (score, clip)| (total + score, clips + usize::from(clip)));
    LogScore { mean: total / forecasts.len() as f64, clipped }
}

fn bin(members: &[Scored]) -> Option<Bin> {
    let count = members.len() as f64;
    (!members.is_empty()).then(|| Bin {
        count: members.len(),
        mean_forecast: members.iter().map(|scored| scored.forecast).sum::<f64>() / count,
        frequency: members.iter().map(|scored| scored.outcome()).sum::<f64>() / count,
    })
}

fn equal_width(forecasts: &[Scored]) -> Vec<Vec<Scored>> {
    let mut bins = vec![Vec::new(); BINS];
    for &scored in forecasts {
        let place = (scored.forecast * BINS as f64).floor() as usize;
        bins[place.min(BINS - 1)].push(scored);
    }
    bins
}

/// Ten bins whose sizes differ by one at most, in the order of the forecasts. Equal forecasts may part: which of them
/// goes where is decided by their place, so the figure is a function of the list.
fn equal_mass(forecasts: &[Scored]) -> Vec<Vec<Scored>> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.forecast.total_cmp(&b.forecast));
    let edge = |bin: usize| bin * sorted.len() / BINS;
    (0..BINS).map(|bin| sorted[edge(bin)..edge(bin + 1)].to_vec()).collect()
}

fn calibration_error(bins: &[Vec<Scored>], count: usize) -> f64 {
    let gap = |bin: Bin| bin.count as f64 * (bin.mean_forecast - bin.frequency).abs();
    bins.iter().filter_map(|members| bin(members)).map(gap).sum::<f64>() / count as f64
}

fn decompose(forecasts: &[Scored], bins: &[Vec<Scored>]) -> Decomposition {
    let count = forecasts.len() as f64;
    let base = forecasts.iter().map(|scored| scored.outcome()).sum::<f64>() / count;
    let missed = |scored: &Scored| scored.forecast - scored.outcome();
    let mut terms = Decomposition {
        brier: forecasts.iter().map(|scored| missed(scored) * missed(scored)).sum::<f64>() / count,
        reliability: 0.0,
        resolution: 0.0,
        uncertainty: base * (1.0 - base),
        within_variance: 0.0,
        within_covariance: 0.0,
    };
    for members in bins {
        let Some(Bin { count: size, mean_forecast, frequency }) = bin(members) else { continue };
        let share = size as f64 / count;
        terms.reliability += share * (mean_forecast - frequency) * (mean_forecast - frequency);
        terms.resolution += share * (frequency - base) * (frequency - base);
        for scored in members {
            let off = scored.forecast - mean_forecast;
            terms.within_variance += off * off / count;
            terms.within_covariance += 2.0 * (scored.outcome() - frequency) * off / count;
        }
    }
    terms
}

/// Mann–Whitney: the share of pairs (happened, did not) in which the forecasts stand in the right order; ties count
/// half.
fn auroc(forecasts: &[Scored]) -> Option<f64> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.forecast.total_cmp(&b.forecast));
    let happened = sorted.iter().filter(|scored| scored.happened).count() as f64;
    let others = sorted.len() as f64 - happened;
    if happened == 0.0 || others == 0.0 {
        return None;
    }
    let (mut rank_sum, mut start) = (0.0, 0);
    while start < sorted.len() {
        let tied = sorted[start..].iter().take_while(|s| s.forecast <= sorted[start].forecast).count();
        // Tied forecasts share the mean of their ranks, counted from 1.
        let rank = start as f64 + f64::midpoint(tied as f64, 1.0);
        rank_sum += rank * sorted[start..start + tied].iter().filter(|s| s.happened).count() as f64;
        start += tied;
    }
    Some((rank_sum - happened * (happened + 1.0) / 2.0) / (happened * others))
}
