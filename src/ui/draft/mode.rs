//! The mode on the form: which one, and its two numbers as texts. A half-typed number is not an error until it runs.

use super::build::{Field, percent_text};
use super::{Draft, DraftError};
use crate::run::{MakerTrader, Mode, SelfResolving};

/// What the form holds of the mode.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeDraft {
    /// The mode, with the switches that are no numbers.
    pub mode: Mode,
    /// Trader turns, or the chance to stop in per cent; empty for the default.
    pub first: String,
    /// The tolerance in points, or reporters with a flat fee; empty for the default.
    pub second: String,
}

impl Default for ModeDraft {
    fn default() -> Self {
        Self { mode: Mode::Market, first: String::new(), second: String::new() }
    }
}

impl ModeDraft {
    /// Another mode with its defaults.
    pub fn of(mode: Mode) -> Self {
        Self { mode, ..Self::default() }
    }

    /// The form of a mode that was run: its numbers, where they are not the default.
    pub(super) fn from_mode(mode: Mode) -> Self {
        let text = |differs: bool, text: String| if differs { text } else { String::new() };
        match mode {
            Mode::MakerTrader(switches) => {
                let usual = MakerTrader::default();
                Self {
                    mode,
                    first: text(switches.turns != usual.turns, switches.turns.to_string()),
                    second: text(
                        switches.tolerance.to_bits() != usual.tolerance.to_bits(),
                        percent_text(switches.tolerance),
                    ),
                }
            }
            Mode::SelfResolving(switches) => {
                let usual = SelfResolving::default();
                Self {
                    mode,
                    first: text(
                        switches.stop_chance.to_bits() != usual.stop_chance.to_bits(),
                        percent_text(switches.stop_chance),
                    ),
                    second: text(switches.flat != usual.flat, switches.flat.to_string()),
                }
            }
            other => Self::of(other),
        }
    }

    /// The mode with the numbers that were typed.
    pub(super) fn build(&self) -> Result<Mode, DraftError> {
        fn number<T: std::str::FromStr>(text: &str) -> Result<Option<T>, DraftError> {
            match text.trim() {
                "" => Ok(None),
                text => {
                    text.replace(',', ".").parse().map(Some).map_err(|_| DraftError::BadNumber(Field::Mode))
                }
            }
        }
        Ok(match self.mode {
            Mode::MakerTrader(switches) => {
                let usual = MakerTrader::default();
                let tolerance = number::<f64>(&self.second)?.map_or(usual.tolerance, |points| points / 100.0);
                Mode::MakerTrader(MakerTrader {
                    turns: number(&self.first)?.unwrap_or(usual.turns),
                    tolerance,
                    ..switches
                })
            }
            Mode::SelfResolving(switches) => {
                let usual = SelfResolving::default();
                let chance = number::<f64>(&self.first)?.map_or(usual.stop_chance, |percent| percent / 100.0);
                Mode::SelfResolving(SelfResolving {
                    stop_chance: chance,
                    flat: number(&self.second)?.unwrap_or(usual.flat),
                    ..switches
                })
            }
            other => other,
        })
    }
}

impl Draft {
    /// Answers that a run without a market asks for at most, as far as they can be told while somebody types.
    pub fn most_answers(&self, agents: usize) -> Option<u32> {
        self.mode.build().unwrap_or(self.mode.mode).most_answers(agents)
    }
}
