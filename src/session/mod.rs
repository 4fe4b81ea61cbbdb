//! A run while it happens: performs what the run asks for, feeds the answers back, obeys pause, step and stop, and
//! keeps what a page wants to see meanwhile. Async, on one thread, through ports; it knows no browser, no page and no
//! key, and decides nothing about the market.

mod ask;
mod control;
pub mod diagnose;
pub mod endpoint;
mod interruption;
pub mod limits;
pub mod live;
pub mod ports;
pub mod probe;
pub mod reckoning;
pub mod retry;
mod reuse;
mod round;
mod run_loop;
pub mod stored;
pub mod timings;

pub use diagnose::{Evidence, Finding, Permission, diagnose};
pub use endpoint::Endpoints;
pub use limits::{LimitReached, Limits, Spent, Used};
pub use live::{AgentLive, AgentStatus, Live, Phase};
pub use ports::{Clock, ConnectionId, LlmClient, Observer, OnDelta, ReplyCache};
pub use probe::{Probe, probe};
pub use retry::Backoff;
pub use run_loop::{Earlier, Options, Parts, Session};
pub use stored::{StoredReply, StoredResult};
pub use timings::{CallTiming, Retry, Timings};
