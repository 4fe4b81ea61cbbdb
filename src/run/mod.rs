//! THE DETERMINISTIC RUN: a fold over events. The set-up and the recorded inputs decide every event; `step` decides,
//! `apply` changes, replay proves. It knows no clock, no network and no page.

pub mod asking;
pub mod call;
pub mod effect;
pub mod event;
pub mod fault;
pub mod gates;
pub mod mode;
mod protocols;
pub mod record;
pub mod replay;
mod settle;
pub mod simulate;
mod simulate_turns;
pub mod spec;
pub mod state;
pub mod step;
pub mod transcript;
pub mod verify;

pub use asking::{Elicitation, Prompts, TokenChance, TurnPrompts};
pub use call::{AnswerFormat, CallRecord, Failure, FailureKind, ParseResult, PromptMessage, Purpose, Role};
pub use effect::{AgentReply, Answer, Argument, Effect, Input, OtherView, Resolution, View};
pub use event::{Basis, CloseReason, Ending, PassReason, RunEvent, Totals};
pub use fault::Fault;
pub use gates::{Gate, Gates, gates, range_rule};
pub use mode::{Debate, DebateStyle, MakerTrader, Mode, Objective, ReadOut, SelfConsistency, SelfResolving};
pub use record::{Document, ENGINE, FORMAT, FORMAT_VERSION, Run};
pub use replay::{
    Divergence, Playing, RecordedInputs, Recording, Replay, play, recorded_inputs, replay, with_simulated,
};
pub use simulate::simulated_reply;
pub use spec::{AgentKind, AgentSpec, Origin, RunSpec, SpecError, StopRules, Texts, TokenPrice, World};
pub use state::{AgentState, Phase, RunState, Settled};
pub use step::{Step, step};
pub use transcript::{Said, Task, Turn, TurnView, What};
pub use verify::{Verdict, Verification, verify};

use crate::audit::AuditError;
use crate::market::OrderError;

/// Why a run refuses something.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// The set-up breaks a limit.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// An event has no canonical JSON.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The market refuses an order.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// An input or an event does not fit where the run stands.
    #[error("this cannot happen at this point of the run")]
    OutOfPlace,
    /// The replies are not one for each agent that was asked.
    #[error("the answers are not one for each agent that was asked")]
    WrongReplies,
    /// There is no such agent.
    #[error("there is no agent {0}")]
    UnknownAgent(usize),
    /// Only persons trade by hand.
    #[error("agent {0} is not a person")]
    NotAPerson(usize),
    /// A forecast has another number of outcomes than the question.
    #[error("agent {agent} answered for another number of outcomes")]
    BadForecast {
        /// Its place in the roster.
        agent: usize,
    },
    /// There is no such outcome.
    #[error("there is no outcome {0}")]
    UnknownOutcome(usize),
    /// What became of the run is known already.
    #[error("this run is settled already")]
    AlreadySettled,
    /// A recorded trade is not what the market makes of its order.
    #[error("the recorded trade is not what the market computes")]
    TradeMismatch,
    /// JSON that is no run.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}
