//! The mode on the wire. Append only: a variant's place is its number.

use serde::{Deserialize, Serialize};

use super::WireError;
use super::number::Decimal;
use crate::market::Cash;
use crate::run::{
    Debate, DebateStyle, MakerTrader, Mode, Objective, ReadOut, SelfConsistency, SelfResolving,
};

/// [`Mode`] on the wire.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum WireMode {
    Market,
    MakerTrader {
        turns: u32,
        tolerance: Decimal,
        mean_of_three: bool,
        displacement: bool,
        cross_examination: bool,
        either_side: bool,
    },
    SelfResolving {
        stop_chance: Decimal,
        flat: u32,
        flat_fee: Decimal,
    },
    SelfConsistency {
        answers: u32,
    },
    Debate {
        judge: bool,
        rounds: u32,
    },
}

impl WireMode {
    pub(super) fn from_mode(mode: &Mode) -> Result<Self, WireError> {
        Ok(match *mode {
            Mode::Market => Self::Market,
            Mode::MakerTrader(MakerTrader {
                turns,
                tolerance,
                read_out,
                objective,
                cross_examination,
                either_side,
            }) => Self::MakerTrader {
                turns,
                tolerance: Decimal::from_f64(tolerance)?,
                mean_of_three: read_out == ReadOut::MeanOfThree,
                displacement: objective == Objective::Displacement,
                cross_examination,
                either_side,
            },
            Mode::SelfResolving(SelfResolving { stop_chance, flat, flat_fee_micros }) => {
                Self::SelfResolving {
                    stop_chance: Decimal::from_f64(stop_chance)?,
                    flat,
                    flat_fee: Decimal::from_i64(flat_fee_micros.micros()),
                }
            }
            Mode::SelfConsistency(SelfConsistency { answers }) => Self::SelfConsistency { answers },
            Mode::Debate(Debate { style, rounds }) => {
                Self::Debate { judge: style == DebateStyle::Judge, rounds }
            }
        })
    }

    pub(super) fn into_mode(self) -> Result<Mode, WireError> {
        Ok(match self {
            Self::Market => Mode::Market,
            Self::MakerTrader {
                turns,
                tolerance,
                mean_of_three,
                displacement,
                cross_examination,
                either_side,
            } => Mode::MakerTrader(MakerTrader {
                turns,
                tolerance: tolerance.to_f64()?,
                read_out: if mean_of_three { ReadOut::MeanOfThree } else { ReadOut::Last },
                objective: if displacement { Objective::Displacement } else { Objective::Honest },
                cross_examination,
                either_side,
            }),
            Self::SelfResolving { stop_chance, flat, flat_fee } => Mode::SelfResolving(SelfResolving {
                stop_chance: stop_chance.to_f64()?,
                flat,
                flat_fee_micros: Cash::from_micros(flat_fee.to_micros()?),
            }),
            Self::SelfConsistency { answers } => Mode::SelfConsistency(SelfConsistency { answers }),
            Self::Debate { judge, rounds } => Mode::Debate(Debate {
                style: if judge { DebateStyle::Judge } else { DebateStyle::Panel },
                rounds,
            }),
        })
    }
}
