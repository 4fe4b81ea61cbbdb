//! Which requests are the same, and which of the replies that are kept answers one: the first that a run sends takes the
//! first, the second of the same words the second, so that a panel that asks one thing many times still hears many
//! opinions. It does not know where replies are kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use super::ask::Asked;
use super::run_loop::Shared;
use crate::audit::{Digest, digest_of};
use crate::llm::{ChatMessage, ChatReply, ChatRequest, ChatRole, ReplyFormat};
use crate::run::{AnswerFormat, CallRecord, ParseResult, PromptMessage, Role, RunEvent};

/// Everything of a request that can change its answer, but for who answers. Neither address nor key.
#[derive(Serialize)]
struct Material<'a> {
    model: &'a str,
    messages: Vec<(&'static str, &'a str)>,
    temperature: Option<f64>,
    max_tokens: u32,
    format: &'static str,
    logprobs: Option<u8>,
}

/// The SHA-256 of a request's canonical JSON; `None` for a request that JSON cannot hold.
fn digest(request: &ChatRequest) -> Option<Digest> {
    let role = |role| match role {
        ChatRole::System => "system",
        ChatRole::User => "user",
        ChatRole::Assistant => "assistant",
    };
    let messages = request.messages.iter().map(|message| (role(message.role), message.content.as_str()));
    digest_of(&Material {
        model: &request.model,
        messages: messages.collect(),
        temperature: request.temperature,
        max_tokens: request.max_tokens,
        // The schema follows from the prompt.
        format: match request.format {
            ReplyFormat::JsonSchema { .. } => "json_schema",
            ReplyFormat::JsonObject => "json_object",
            ReplyFormat::Text => "text",
        },
        logprobs: request.logprobs,
    })
    .ok()
}

/// Under what a reply is kept.
#[derive(Serialize)]
struct Key {
    place: Digest,
    request: Digest,
    sample: u32,
}

/// How often a run has asked the same of the same place.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Replies that were read.
    read: u32,
    /// Requests that wait for one.
    under_way: u32,
}

/// The counts of a run.
#[derive(Default)]
pub(super) struct Samples {
    counts: RefCell<BTreeMap<(Digest, Digest), Count>>,
    /// Calls that came before this session and are in no log yet.
    unlogged: Vec<CallRecord>,
}

impl Samples {
    /// For a run that goes on; what is in its log is looked up there.
    pub(super) fn after(unlogged: Vec<CallRecord>) -> Self {
        Self { unlogged, ..Self::default() }
    }
}

/// One request while it waits for its reply. Dropping it without one gives its place back.
pub(super) struct Sample {
    shared: Rc<Shared>,
    place: Digest,
    request: Digest,
    number: u32,
}

impl Sample {
    /// A request that is about to be sent; `None` where no replies are kept.
    pub(super) fn begin(shared: &Rc<Shared>, asked: &Asked, request: &ChatRequest) -> Option<Self> {
        let place = shared.options.replies.as_ref()?.place(asked.connection)?;
        let digest = digest(request)?;
        let known = shared.samples.counts.borrow().get(&(place, digest)).copied();
        let mut count =
            known.unwrap_or_else(|| Count { read: earlier(shared, place, request), under_way: 0 });
        let number = count.read + count.under_way;
        count.under_way += 1;
        shared.samples.counts.borrow_mut().insert((place, digest), count);
        Some(Self { shared: Rc::clone(shared), place, request: digest, number })
    }

    /// The kept reply that answers it, with the request's digest, if the run takes those.
    pub(super) async fn kept(&self) -> Option<(ChatReply, Digest)> {
        let replies = self.shared.options.replies.clone().filter(|_| self.shared.options.reuse)?;
        let found = replies.find(self.key(self.number)?).await?;
        Some((found, self.request))
    }

    /// A kept reply was read.
    pub(super) fn taken(self) {
        self.count(|count| count.read += 1);
    }

    /// A reply came and was read: it is kept for the next run.
    pub(super) fn keep(self, reply: &ChatReply) {
        let mut number = 0;
        self.count(|count| {
            number = count.read;
            count.read += 1;
        });
        if let (Some(replies), Some(key)) = (&self.shared.options.replies, self.key(number)) {
            replies.keep(key, reply);
        }
    }

    fn key(&self, sample: u32) -> Option<Digest> {
        digest_of(&Key { place: self.place, request: self.request, sample }).ok()
    }

    fn count(&self, change: impl FnOnce(&mut Count)) {
        if let Some(count) = self.shared.samples.counts.borrow_mut().get_mut(&(self.place, self.request)) {
            change(count);
        }
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        self.count(|count| count.under_way = count.under_way.saturating_sub(1));
    }
}

/// How often a run that was interrupted had an answer to this before.
fn earlier(shared: &Shared, place: Digest, request: &ChatRequest) -> u32 {
    let at_place = |call: &CallRecord| {
        let bound = shared.options.connections.get(call.agent).copied().flatten();
        let replies = shared.options.replies.as_ref();
        bound.zip(replies).and_then(|(bound, replies)| replies.place(bound)) == Some(place)
    };
    let run = shared.run.borrow();
    let logged = run.log().events().filter_map(|event| match event {
        RunEvent::Call(call) => Some(call),
        _ => None,
    });
    let same =
        logged.chain(&shared.samples.unlogged).filter(|call| is_reply_to(call, request) && at_place(call));
    u32::try_from(same.count()).unwrap_or(u32::MAX)
}

/// Whether a recorded call had an answer to the very same request.
fn is_reply_to(call: &CallRecord, request: &ChatRequest) -> bool {
    let format = match call.format {
        AnswerFormat::JsonSchema => matches!(request.format, ReplyFormat::JsonSchema { .. }),
        AnswerFormat::JsonObject => request.format == ReplyFormat::JsonObject,
        AnswerFormat::Text => request.format == ReplyFormat::Text,
    };
    let same = |(said, message): (&PromptMessage, &ChatMessage)| {
        let role = match said.role {
            Role::System => ChatRole::System,
            Role::User => ChatRole::User,
            Role::Assistant => ChatRole::Assistant,
        };
        role == message.role && said.content == message.content
    };
    call.parse == ParseResult::Ok
        && format
        && call.model == request.model
        && call.temperature == request.temperature
        && call.max_tokens == request.max_tokens
        && call.first_token.is_empty() == request.logprobs.is_none()
        && call.prompt.len() == request.messages.len()
        && call.prompt.iter().zip(&request.messages).all(same)
}
