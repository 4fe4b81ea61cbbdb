//! What a link holds, as its own types: they change only with the link's version, whatever becomes of the domain's.
//! Every field of the domain is named on the way in and on the way out, so a new one cannot be forgotten; there is
//! no field for a key, an endpoint or a header.

mod answers;
mod column;
mod extras;
mod figures;
mod handout;
mod inputs;
mod listed;
mod mode;
mod number;
mod rules;
mod set_up;

use serde::{Deserialize, Serialize};

use crate::audit::Digest;
use crate::evaluate::Method;
use crate::run::{Origin, RunSpec, Texts};

pub(super) use answers::{Gathering, Scattering};
pub(super) use extras::WireExtras;
pub(super) use figures::WireLean;
pub(super) use handout::{WireFound, WireHandout};
pub(super) use inputs::WireInputs;
pub(super) use set_up::WireSetUp;

/// A wire enum that mirrors a domain enum without fields: variants are numbered in the order written here, which is
/// part of the format; append only.
macro_rules! mirror {
    ($wire:ident = $domain:ty { $($variant:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub(crate) enum $wire { $($variant),+ }

        impl From<$domain> for $wire {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant),+ }
            }
        }

        impl From<$wire> for $domain {
            fn from(value: $wire) -> Self {
                match value { $($wire::$variant => Self::$variant),+ }
            }
        }
    };
}
use mirror;

/// What stands before a packed run: readable without unpacking, and the digests, which nothing compresses.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireLabel {
    /// The number of the engine that made the run. First, so that a later label can differ in all else.
    engine: u32,
    /// The digest of the last event.
    head: [u8; 32],
    origin: Option<WireOrigin>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireOrigin {
    head: [u8; 32],
    texts: WireTexts,
}

mirror!(WireTexts = Texts { Numbers, Headlines, Everything });

mirror!(
    WireMethod = Method {
        Single,
        Majority,
        Mean,
        Median,
        LogPool,
        Extremised,
        ConfidenceVote,
        BestInHindsight,
        Coin,
        MarketPrice,
        Panel,
        SelfConsistency,
        PanelDebate,
        JudgeDebate,
        MakerTrader,
    }
);

impl WireLabel {
    /// The label of a run.
    pub(super) fn new(engine: u32, head: &Digest, spec: &RunSpec) -> Self {
        let origin =
            |Origin { head, texts }: &Origin| WireOrigin { head: *head.bytes(), texts: (*texts).into() };
        Self { engine, head: *head.bytes(), origin: spec.derived_from.as_ref().map(origin) }
    }

    /// The head that playing the run must give.
    pub(super) fn head(&self) -> Digest {
        Digest::from_bytes(self.head)
    }

    /// Where a derived run comes from.
    pub(super) fn into_origin(self) -> Option<Origin> {
        let origin =
            |WireOrigin { head, texts }| Origin { head: Digest::from_bytes(head), texts: texts.into() };
        self.origin.map(origin)
    }
}

/// A run: what is needed to play it again.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireRun {
    /// The set-up.
    pub set_up: WireSetUp,
    /// What came from outside.
    pub inputs: WireInputs,
}

/// Why a run and its wire form do not fit each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// More of something than a link may hold.
    #[error("it holds more {0} than a link may")]
    TooMany(&'static str),
    /// A number that is none, or not what its place asks for.
    #[error("{0} is not a number that belongs there")]
    Number(&'static str),
    /// A later version of this program wrote it.
    #[error("it was made by a newer Credence, which knows more than this one")]
    Newer,
}
