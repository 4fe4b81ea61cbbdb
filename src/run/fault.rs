//! What can be wrong with an event of a log, by kind: the command line shows the text that stands here, and the page has
//! words of its own for each, in its own language.

use super::RunError;
use super::record::ENGINE;
use crate::audit::FaultKind;

/// Why a log does not hold at an event.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The chain does not hold.
    #[error(transparent)]
    Chain(#[from] FaultKind),
    /// This program cannot read the event; with what the reader says.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// An engine of another version, by its name, made the run.
    #[error("it was made by {0}, and this is {ENGINE}: only its chain holds")]
    OtherEngine(String),
    /// No run can begin with this set-up.
    #[error("the set-up cannot be used: {0}")]
    SetUp(RunError),
    /// The engine refuses what is recorded.
    #[error(transparent)]
    Refused(#[from] RunError),
    /// The engine computes another event of this type.
    #[error("the engine computes another “{0}” here")]
    Differs(&'static str),
    /// More events must follow.
    #[error("the log stops in the middle of a round")]
    MidRound,
    /// The sealed stop was never shown.
    #[error("when it stops is still sealed: the log was cut or never finished")]
    StillSealed,
    /// Another stop was shown than was sealed.
    #[error("the stop seed that it shows is not the one that was sealed")]
    OtherSeal,
    /// There is no end.
    #[error("the closing event is missing: the log was cut or never finished")]
    NoEnd,
    /// The events follow, and come to another head.
    #[error("the recomputed log has another head")]
    OtherHead,
}
