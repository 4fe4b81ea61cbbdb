//! What a session needs from outside, as traits: a clock, a client for models, and somebody who watches. The page's
//! come from `web`, the tests' from scripts. Nothing here needs to be sent between threads.

use futures_util::future::LocalBoxFuture;

use crate::audit::Digest;
use crate::llm::{CallError, ChatReply, ChatRequest, Delta};
use crate::run::AgentReply;

/// Which of a person's connections (address and key) a call goes through. What it stands for is the client's
/// business: no run, log or link ever holds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConnectionId(pub u32);

/// Time, as it passes outside.
pub trait Clock {
    /// Milliseconds since some fixed moment (the page's: 1970).
    fn now_millis(&self) -> u64;
    /// Ends after so many milliseconds; after 0, once others had their turn.
    fn sleep(&self, millis: u64) -> LocalBoxFuture<'static, ()>;
}

/// Hears what arrives of a reply. It is called from inside the client's future.
pub type OnDelta = Box<dyn FnMut(Delta<'_>)>;

/// Sends calls to models. Dropping a future cancels its call: the client aborts the request.
pub trait LlmClient {
    /// One call, one attempt: no retries. `on` hears of everything that arrives, at once.
    fn chat(
        &self,
        connection: ConnectionId,
        request: &ChatRequest,
        on: OnDelta,
    ) -> LocalBoxFuture<'static, Result<ChatReply, CallError>>;

    /// How many bytes that call would post: no server reads more tokens than bytes were sent to it.
    fn request_bytes(&self, connection: ConnectionId, request: &ChatRequest) -> usize;

    /// The models that the server lists; empty if it lists none.
    fn models(&self, connection: ConnectionId) -> LocalBoxFuture<'static, Result<Vec<String>, CallError>>;
}

/// Keeps replies by a digest, so that the same words need not be paid for twice.
pub trait ReplyCache {
    /// What a connection leads to, as a digest: a model of the same name elsewhere is another model. `None` where
    /// nothing is to be kept of it.
    fn place(&self, connection: ConnectionId) -> Option<Digest>;
    /// The reply under a key, if one is kept.
    fn find(&self, key: Digest) -> LocalBoxFuture<'static, Option<ChatReply>>;
    /// Keeps a reply that could be read.
    fn keep(&self, key: Digest, reply: &ChatReply);
}

/// Somebody who watches a session. Called in the middle of things: it should note what it needs and return; a page
/// draws at its next frame.
pub trait Observer {
    /// The log has grown; the first new entry has this number.
    fn events_appended(&self, _first_seq: u64) {}
    /// An agent's answer is in, ahead of the round's end: whoever stores it need not pay for it again after a crash.
    fn reply_arrived(&self, _round: u32, _reply: &AgentReply) {}
    /// [`super::Live`] has changed.
    fn live_changed(&self) {}
}

/// Nobody watches.
impl Observer for () {}
