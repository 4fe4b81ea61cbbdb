//! Kept replies as a session sees them, in memory.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use credence::audit::Digest;
use credence::llm::ChatReply;
use credence::session::{ConnectionId, ReplyCache};
use futures_util::future::LocalBoxFuture;

/// Recorded replies, and how often one was taken.
#[derive(Default)]
pub struct Replies {
    kept: RefCell<BTreeMap<Digest, ChatReply>>,
    pub taken: Cell<u32>,
}

impl Replies {
    /// Copies the reply with these words.
    #[allow(dead_code, reason = "not every file keeps replies")]
    pub fn copy_to(&self, other: &Self, words: &str) {
        let kept = self.kept.borrow();
        let found = kept.iter().find(|(_, reply)| reply.text == words).expect("it was kept");
        other.kept.borrow_mut().insert(*found.0, found.1.clone());
    }
}

impl ReplyCache for Replies {
    fn place(&self, _connection: ConnectionId) -> Option<Digest> {
        Some(Digest::of(b"the only server"))
    }

    fn find(&self, request: Digest) -> LocalBoxFuture<'static, Option<ChatReply>> {
        let found = self.kept.borrow().get(&request).cloned();
        self.taken.set(self.taken.get() + u32::from(found.is_some()));
        Box::pin(std::future::ready(found))
    }

    fn keep(&self, request: Digest, reply: &ChatReply) {
        self.kept.borrow_mut().insert(request, reply.clone());
    }
}
