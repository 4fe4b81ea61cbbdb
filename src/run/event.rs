//! What can happen in a run. Events are the only thing that changes a run's state, the only thing that is stored,
//! and what every page shows. No event holds a time, a key or an address.

use serde::{Deserialize, Serialize};

use super::call::{CallRecord, Failure};
use super::effect::Argument;
use super::gates::Gates;
use super::transcript::Task;
use crate::audit::Digest;
use crate::belief::Forecast;
use crate::market::{Cash, Trade};
use crate::prng::Seed;

/// One event of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum RunEvent {
    /// The market opens: every purse, the maker's subsidy and the opening prices.
    Opened {
        /// Each agent's money, in roster order.
        cash_micros: Vec<Cash>,
        /// The maker's money.
        maker_cash_micros: Cash,
        /// The opening price of each outcome.
        prices: Vec<f64>,
    },
    /// A round begins: all agents see the same snapshot. The first round is blind: no price, no other's word.
    RoundOpened {
        /// Counted from 1.
        round: u32,
        /// Whether the agents see neither prices nor each other.
        blind: bool,
        /// The snapshot's prices.
        prices: Vec<f64>,
    },
    /// A model was called.
    Call(CallRecord),
    /// An agent answered.
    Forecast {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// What it answered.
        forecast: Forecast,
    },
    /// An agent gave no usable answer and does not trade in this round.
    Failed {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// What happened.
        failure: Failure,
    },
    /// The order in which this round's agents trade, drawn from the seed.
    OrderDrawn {
        /// The round.
        round: u32,
        /// Places in the roster, first to trade first.
        order: Vec<usize>,
    },
    /// An agent traded.
    Traded {
        /// The round.
        round: u32,
        /// How much of the way to the prices it wanted its purse allowed, in [0, 1]; 1 for a person's order.
        reach: f64,
        /// The trade.
        trade: Trade,
    },
    /// An agent answered and did not trade.
    Passed {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// Why.
        reason: PassReason,
        /// How far it would have moved a price, in probability.
        wanted_move: f64,
    },
    /// A round is over.
    RoundClosed {
        /// The round.
        round: u32,
        /// Prices at its end.
        prices: Vec<f64>,
        /// The largest change of a price in this round.
        largest_move: f64,
    },
    /// A run without a market begins: what stands where a market has prices, and what is fixed beforehand.
    Began {
        /// The prior probability of each outcome.
        prices: Vec<f64>,
        /// The order in which agents speak, if it is drawn beforehand: places in the roster.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        order: Vec<usize>,
        /// SHA-256 of the seed that decides when a self-resolving market stops.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stop_commitment: Option<Digest>,
    },
    /// It is somebody's turn to speak.
    TurnOpened {
        /// The round, from 1: one a turn.
        round: u32,
        /// Whose: places in the roster.
        agents: Vec<usize>,
        /// What they are asked for.
        task: Task,
    },
    /// An agent argued.
    Argued {
        /// The round.
        round: u32,
        /// The agent's place in the roster.
        agent: usize,
        /// What it said.
        argument: Argument,
    },
    /// A turn is over.
    TurnClosed {
        /// The round.
        round: u32,
        /// The answer so far, as a probability of each outcome.
        prices: Vec<f64>,
    },
    /// Whether a self-resolving market stops after this round's report.
    StopDrawn {
        /// The round.
        round: u32,
        /// The draw, of 1,000,000: below α it stops.
        draw_millionths: u32,
        /// What it decided.
        stops: bool,
    },
    /// A sealed self-resolving market ends without payments: what was sealed, so that every draw can be checked.
    StopRevealed {
        /// The seed whose digest stands in the opening event.
        stop_seed: Seed,
    },
    /// A maker–trader run is over: what its quotes look like, and which gates fail.
    Gauged {
        /// The measures.
        gates: Gates,
    },
    /// The reporters of a self-resolving market were paid by the last report.
    PeersPaid {
        /// Whose report it was: a place in the roster.
        reference: usize,
        /// The seed that decided when to stop; the opening event holds its digest.
        stop_seed: Seed,
        /// What each agent earned, in roster order; below zero where a report led away from the reference.
        payments_micros: Vec<Cash>,
    },
    /// The run was declared void: everybody has their money back.
    Voided {
        /// Each agent's money then, in roster order.
        refunds_micros: Vec<Cash>,
        /// The maker's.
        maker_cash_micros: Cash,
    },
    /// Shares were paid out.
    Settled {
        /// The outcome that counts as having happened.
        outcome: usize,
        /// Who says so.
        basis: Basis,
        /// What each agent's shares paid, in roster order.
        payouts_micros: Vec<Cash>,
        /// The maker's money afterwards.
        maker_cash_micros: Cash,
    },
    /// The run is over. Only what a person decides about its outcome can follow.
    Closed {
        /// How it ended.
        status: Ending,
        /// By which rule.
        reason: CloseReason,
        /// The last prices.
        prices: Vec<f64>,
        /// Sums over the run.
        totals: Totals,
    },
}

/// Why an agent with an answer did not trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassReason {
    /// The trade would have moved no price by ε.
    BelowEpsilon,
    /// Its purse does not allow a trade that would.
    EmptyPurse,
}

/// Who says which outcome happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The answer that came with the question.
    KnownAnswer,
    /// The truth of the simulated traders' world.
    HiddenTruth,
    /// A person, after the end of the run.
    Person,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// No agent wanted to move a price any more.
    Converged,
    /// The rounds ran out first.
    Undecided,
    /// A person or a limit stopped it.
    Stopped,
    /// No agent could answer.
    Failed,
    /// It ran its course, where nothing is there to agree on: reports, votes and debates.
    Completed,
}

/// The rule that ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// A round passed without a trade.
    NoTrade,
    /// The limit of rounds.
    RoundLimit,
    /// The limit of calls.
    CallLimit,
    /// The limit of tokens.
    TokenLimit,
    /// The limit of money for calls.
    CostLimit,
    /// The limit of time.
    TimeLimit,
    /// A person pressed Stop.
    StoppedByPerson,
    /// No agent answered in a whole round.
    NoAnswers,
    /// The maker's probability held still, by the rule and by every gate.
    Equilibrium,
    /// The rule says that the maker's probability held still, and a gate says that it means nothing.
    GatesFailed,
    /// The draw after a report stopped a self-resolving market.
    StopDrawn,
    /// Everybody has spoken who was to speak.
    AllSpoke,
}

/// Sums over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Rounds of answers.
    pub rounds: u32,
    /// Trades made.
    pub trades: u32,
    /// Calls to models in the log.
    pub calls: u32,
    /// Tokens read, as far as the servers said.
    pub prompt_tokens: u64,
    /// Tokens written, as far as the servers said.
    pub completion_tokens: u64,
    /// What the calls cost, in millionths of a US dollar, as far as prices are known.
    pub cost_micro_usd: u64,
    /// Times an agent failed to answer.
    pub failures: u32,
}

impl RunEvent {
    /// The event's `type` in the log.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::RoundOpened { .. } => "round_opened",
            Self::Call(_) => "call",
            Self::Forecast { .. } => "forecast",
            Self::Failed { .. } => "failed",
            Self::OrderDrawn { .. } => "order_drawn",
            Self::Traded { .. } => "traded",
            Self::Passed { .. } => "passed",
            Self::RoundClosed { .. } => "round_closed",
            Self::Began { .. } => "began",
            Self::TurnOpened { .. } => "turn_opened",
            Self::Argued { .. } => "argued",
            Self::TurnClosed { .. } => "turn_closed",
            Self::StopDrawn { .. } => "stop_drawn",
            Self::StopRevealed { .. } => "stop_revealed",
            Self::Gauged { .. } => "gauged",
            Self::PeersPaid { .. } => "peers_paid",
            Self::Voided { .. } => "voided",
            Self::Settled { .. } => "settled",
            Self::Closed { .. } => "closed",
        }
    }

    /// The agent it is about, if it is about one.
    pub fn agent(&self) -> Option<usize> {
        match self {
            Self::Call(call) => Some(call.agent),
            Self::Forecast { agent, .. }
            | Self::Argued { agent, .. }
            | Self::Failed { agent, .. }
            | Self::Passed { agent, .. } => Some(*agent),
            Self::Traded { trade, .. } => Some(trade.agent),
            _ => None,
        }
    }
}
