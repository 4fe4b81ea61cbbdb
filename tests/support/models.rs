//! Models that follow a script, and a clock that only moves when it is told to.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use credence::llm::{CallError, ChatReply, ChatRequest, Delta, Protocol, ReplyFormat};
use credence::session::{Clock, ConnectionId, LlmClient, OnDelta};
use futures_util::future::LocalBoxFuture;

/// A reply that can be read.
pub const GOOD: &str =
    r#"{"beliefs":[0.8,0.2],"headline":"h","reasoning":"r","evidence":[],"predicted_mean_of_others":0.6}"#;

/// One scripted reply: pieces with the pause before each, and how it ends.
#[derive(Clone)]
pub struct Turn {
    pieces: Vec<(u64, String)>,
    end: End,
}

/// How a scripted reply ends: for this reason, with this error, or never.
#[derive(Clone)]
pub enum End {
    Finish(&'static str),
    Error(CallError),
    Hang,
}

impl Turn {
    pub fn new(pieces: &[(u64, &str)], end: End) -> Self {
        Self { pieces: pieces.iter().map(|(pause, words)| (*pause, (*words).to_owned())).collect(), end }
    }

    pub fn says(words: &str) -> Self {
        Self::new(&[(100, words)], End::Finish("stop"))
    }

    pub fn fails(error: CallError) -> Self {
        Self::new(&[(100, "")], End::Error(error))
    }
}

/// The clock.
#[derive(Clone, Default)]
pub struct Time {
    pub now: Rc<Cell<u64>>,
    pub sleepers: Rc<RefCell<Vec<(u64, Waker)>>>,
}

impl Time {
    /// Moves on and wakes whoever waited for it.
    pub fn advance(&self, to: u64) {
        self.now.set(to.max(self.now.get()));
        let (due, asleep) = self.sleepers.take().into_iter().partition(|(end, _)| *end <= self.now.get());
        *self.sleepers.borrow_mut() = asleep;
        let due: Vec<(u64, Waker)> = due;
        for (_, waker) in due {
            waker.wake();
        }
    }
}

impl Clock for Time {
    fn now_millis(&self) -> u64 {
        self.now.get()
    }

    fn sleep(&self, millis: u64) -> LocalBoxFuture<'static, ()> {
        let (time, end, mut asleep) = (self.clone(), self.now.get() + millis, false);
        Box::pin(poll_fn(move |context: &mut Context<'_>| {
            if asleep && time.now.get() >= end {
                return Poll::Ready(());
            }
            asleep = true;
            time.sleepers.borrow_mut().push((end, context.waker().clone()));
            Poll::Pending
        }))
    }
}

/// The models, by name, and what was asked of them.
#[derive(Clone, Default)]
pub struct Models {
    pub time: Time,
    pub scripts: Rc<RefCell<BTreeMap<String, Vec<Turn>>>>,
    pub formats: Rc<RefCell<Vec<String>>>,
    pub protocol: Protocol,
    pub posted: Rc<RefCell<Vec<String>>>,
    pub under_way: Rc<RefCell<BTreeMap<ConnectionId, usize>>>,
    pub most: Rc<RefCell<BTreeMap<ConnectionId, usize>>>,
    pub aborted: Rc<Cell<usize>>,
}

/// Counts a call as under way until it ends or is dropped.
struct UnderWay {
    models: Models,
    connection: ConnectionId,
    ended: bool,
}

impl UnderWay {
    fn end(mut self) {
        self.ended = true;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        *self.models.under_way.borrow_mut().entry(self.connection).or_default() -= 1;
        self.models.aborted.set(self.models.aborted.get() + usize::from(!self.ended));
    }
}

impl LlmClient for Models {
    fn chat(
        &self,
        connection: ConnectionId,
        request: &ChatRequest,
        mut on: OnDelta,
    ) -> LocalBoxFuture<'static, Result<ChatReply, CallError>> {
        let format = match request.format {
            ReplyFormat::JsonSchema { .. } => "schema",
            ReplyFormat::JsonObject => "object",
            ReplyFormat::Text => "text",
        };
        self.formats.borrow_mut().push(format.to_owned());
        self.posted.borrow_mut().push(self.protocol.chat_body(request));
        let mut scripts = self.scripts.borrow_mut();
        let script = scripts.entry(request.model.clone()).or_default();
        let turn = if script.is_empty() { Turn::says(GOOD) } else { script.remove(0) };
        let calls = *self.under_way.borrow_mut().entry(connection).and_modify(|n| *n += 1).or_insert(1);
        let mut most = self.most.borrow_mut();
        let most = most.entry(connection).or_default();
        *most = (*most).max(calls);
        let under_way = UnderWay { models: self.clone(), connection, ended: false };
        let time = self.time.clone();
        Box::pin(async move {
            let mut text = String::new();
            for (pause, words) in &turn.pieces {
                time.sleep(*pause).await;
                if !words.is_empty() {
                    text.push_str(words);
                    on(Delta::Words(words));
                }
            }
            if let End::Hang = turn.end {
                std::future::pending::<()>().await;
            }
            under_way.end();
            match turn.end {
                End::Error(error) => Err(error),
                End::Finish(reason) => Ok(ChatReply {
                    text,
                    finish_reason: Some(reason.to_owned()),
                    prompt_tokens: Some(400),
                    completion_tokens: Some(60),
                    ..ChatReply::default()
                }),
                End::Hang => unreachable!(),
            }
        })
    }

    fn request_bytes(&self, _: ConnectionId, request: &ChatRequest) -> usize {
        self.protocol.chat_body(request).len()
    }

    fn models(&self, _: ConnectionId) -> LocalBoxFuture<'static, Result<Vec<String>, CallError>> {
        Box::pin(std::future::ready(Ok(vec!["m0".to_owned()])))
    }
}
