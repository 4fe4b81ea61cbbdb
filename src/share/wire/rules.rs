//! Makers and guards on the wire. Both are extras: written only where they are not the default.

use serde::{Deserialize, Serialize};

use crate::belief::Guard;
use crate::market::Maker;
use crate::run::spec::MAX_AGENTS;
use crate::share::bounded::Bounded;

/// A maker that is not the default. Append only.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum WireMaker {
    LsLmsr(f64),
    Cpmm,
    Quadratic,
    PmAmm,
}

/// A guard. Append only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum WireGuard {
    Trim,
    Cap(f64),
    Weights(Bounded<f64, MAX_AGENTS>),
    Robust,
}

impl WireMaker {
    pub(super) fn of(maker: Maker) -> Option<Self> {
        match maker {
            Maker::Lmsr => None,
            Maker::LsLmsr { alpha } => Some(Self::LsLmsr(alpha)),
            Maker::Cpmm => Some(Self::Cpmm),
            Maker::Quadratic => Some(Self::Quadratic),
            Maker::PmAmm => Some(Self::PmAmm),
        }
    }

    pub(super) fn into_maker(self) -> Maker {
        match self {
            Self::LsLmsr(alpha) => Maker::LsLmsr { alpha },
            Self::Cpmm => Maker::Cpmm,
            Self::Quadratic => Maker::Quadratic,
            Self::PmAmm => Maker::PmAmm,
        }
    }
}

impl WireGuard {
    pub(super) fn of(guard: &Guard) -> Option<Self> {
        match guard {
            Guard::None => None,
            Guard::Trim => Some(Self::Trim),
            Guard::Robust => Some(Self::Robust),
            Guard::Cap { most } => Some(Self::Cap(*most)),
            // A checked set-up has one weight an agent, and no more agents than fit.
            Guard::Weights { weights } => Bounded::new(weights.clone()).map(Self::Weights),
        }
    }

    pub(super) fn into_guard(self) -> Guard {
        match self {
            Self::Trim => Guard::Trim,
            Self::Robust => Guard::Robust,
            Self::Cap(most) => Guard::Cap { most },
            Self::Weights(weights) => Guard::Weights { weights: weights.into_vec() },
        }
    }
}
