//! What one agent or one method said of every question, as a column of numbers: probabilities in millionths, rounded so
//! that nobody who was right becomes wrong.

use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use super::WireError;
use crate::belief::MILLION;
use crate::market::MAX_OUTCOMES;
use crate::share::bounded::Bounded;

/// Questions at most: more would not fit any address bar.
pub(super) const MOST_QUESTIONS: usize = 10_000;
const MOST_NUMBERS: usize = MOST_QUESTIONS * MAX_OUTCOMES;

/// States of a question in a column; from [`FAILED`] on a reason's place follows.
pub(super) const ABSENT: u32 = 0;
pub(super) const WITHOUT: u32 = 1;
/// All shares but the last, which is what is missing to one …
const SUMS: u32 = 2;
/// … or all of them, where rounded ones do not sum to one.
const LOOSE: u32 = 3;
pub(super) const FAILED: u32 = 4;

/// What somebody said of every question.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireColumn {
    states: Bounded<u32, MOST_QUESTIONS>,
    /// Millionths without their trailing zeros: digits · 7 + zeros.
    shares: Bounded<u32, MOST_NUMBERS>,
}

fn packed(mut millionths: u32) -> u32 {
    let mut zeros = 0;
    while zeros < 6 && millionths > 0 && millionths.is_multiple_of(10) {
        (millionths, zeros) = (millionths / 10, zeros + 1);
    }
    millionths * 7 + zeros
}

fn unpacked(share: u32) -> Result<u32, WireError> {
    let millionths = (share / 7).checked_mul(10_u32.pow(share % 7));
    millionths.filter(|&m| m <= MILLION).ok_or(WireError::Number("a probability"))
}

/// In millionths. Whoever was alone in front stays so, and whoever tied still ties: who is right does not change.
pub(super) fn rounded(forecast: &[f64]) -> Result<Vec<u32>, WireError> {
    if forecast.iter().any(|p| !p.is_finite()) {
        return Err(WireError::Number("a probability"));
    }
    let round = |p: &f64| (p.clamp(0.0, 1.0) * f64::from(MILLION)).round() as u32;
    let mut millionths: Vec<u32> = forecast.iter().map(round).collect();
    let most = forecast.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let top = millionths.iter().copied().max().unwrap_or(0);
    let leads = |place: usize| forecast[place] >= most;
    if (0..millionths.len()).any(|place| !leads(place) && millionths[place] >= top) {
        for place in (0..millionths.len()).filter(|&place| leads(place)) {
            millionths[place] = (millionths[place] + 1).min(MILLION);
        }
    }
    Ok(millionths)
}

/// A list, if it is not too long.
pub(super) fn list<T, const MOST: usize>(
    items: Vec<T>,
    what: &'static str,
) -> Result<Bounded<T, MOST>, WireError> {
    Bounded::new(items).ok_or(WireError::TooMany(what))
}

/// The start of a text, of whole letters.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What stands at one place of a column.
pub(super) enum Said {
    Nothing(u32),
    Shares(u32, Vec<u32>),
}

impl Said {
    pub(super) fn of(forecast: &[f64], outcomes: usize) -> Result<Self, WireError> {
        if forecast.len() != outcomes {
            return Err(WireError::Number("a forecast"));
        }
        let mut shares = rounded(forecast)?;
        let sums = shares.iter().sum::<u32>() == MILLION;
        if sums {
            shares.pop();
        }
        Ok(Self::Shares(if sums { SUMS } else { LOOSE }, shares))
    }
}

impl WireColumn {
    pub(super) fn of(said: impl Iterator<Item = Result<Said, WireError>>) -> Result<Self, WireError> {
        let (mut states, mut shares) = (Vec::new(), Vec::new());
        for said in said {
            match said? {
                Said::Nothing(state) => states.push(state),
                Said::Shares(state, numbers) => {
                    states.push(state);
                    shares.extend(numbers.into_iter().map(packed));
                }
            }
        }
        Ok(Self { states: list(states, "questions")?, shares: list(shares, "forecasts")? })
    }
}

/// A column that is being read.
pub(super) struct Reading {
    states: IntoIter<u32>,
    shares: IntoIter<u32>,
}

/// What stood at a place: a state, and a forecast where there is one.
pub(super) type Place = (u32, Option<Vec<f64>>);

impl Reading {
    pub(super) fn of(column: WireColumn, questions: usize) -> Result<Self, WireError> {
        let states = column.states.into_vec();
        if states.len() != questions {
            return Err(WireError::Number("a column's length"));
        }
        Ok(Self { states: states.into_iter(), shares: column.shares.into_vec().into_iter() })
    }

    /// Whether nothing is left.
    pub(super) fn is_over(&self) -> bool {
        self.shares.as_slice().is_empty()
    }

    /// The next place.
    pub(super) fn next(&mut self, outcomes: usize) -> Result<Place, WireError> {
        let refused = WireError::Number("a forecast");
        let state = self.states.next().ok_or(refused.clone())?;
        let told = match state {
            SUMS => outcomes - 1,
            LOOSE => outcomes,
            _ => return Ok((state, None)),
        };
        let shares = self.shares.by_ref().take(told).map(unpacked);
        let mut shares = shares.collect::<Result<Vec<u32>, _>>()?;
        if shares.len() != told {
            return Err(refused);
        }
        if state == SUMS {
            let rest = shares.iter().try_fold(MILLION, |rest, share| rest.checked_sub(*share));
            shares.push(rest.ok_or(refused)?);
        }
        Ok((state, Some(shares.into_iter().map(|share| f64::from(share) / f64::from(MILLION)).collect())))
    }
}
