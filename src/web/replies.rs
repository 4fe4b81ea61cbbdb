//! Replies recorded since the page was opened, by the digest of their request. A page that is closed forgets them. It
//! does not know what a request looks like.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures_util::future::LocalBoxFuture;

use crate::audit::Digest;
use crate::llm::ChatReply;
use crate::session::ReplyCache;

thread_local! {
    static REPLIES: RefCell<BTreeMap<Digest, ChatReply>> = const { RefCell::new(BTreeMap::new()) };
}

/// The page's recorded replies.
#[derive(Clone, Copy, Debug)]
pub struct PageReplies;

impl ReplyCache for PageReplies {
    fn find(&self, request: Digest) -> LocalBoxFuture<'static, Option<ChatReply>> {
        let found = REPLIES.with_borrow(|replies| replies.get(&request).cloned());
        Box::pin(std::future::ready(found))
    }

    fn keep(&self, request: Digest, reply: &ChatReply) {
        REPLIES.with_borrow_mut(|replies| replies.insert(request, reply.clone()));
    }
}
