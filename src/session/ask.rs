//! One agent asked for one round: a place at its server, the call, its retries and time-outs, until the forecaster has
//! an answer or a reason for none. It does not know the market or the other agents.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use futures_util::FutureExt;

use super::limits::Spent;
use super::live::AgentStatus;
use super::ports::ConnectionId;
use super::reuse;
use super::run_loop::Shared;
use super::timings::{CallTiming, Retry};
use crate::agents::Forecaster;
use crate::audit::Digest;
use crate::llm::{CallError, ChatReply, ChatRequest, Delta, Protocol};
use crate::run::{AgentReply, Failure, FailureKind, Purpose, TokenPrice};

/// Who is asked, and where.
pub(super) struct Asked {
    pub(super) agent: usize,
    pub(super) round: u32,
    pub(super) connection: ConnectionId,
    pub(super) price: Option<TokenPrice>,
}

/// How a call ended, its retries included.
enum Outcome {
    Reply(ChatReply),
    Error(CallError, String),
    /// Stopped, or no room within the limits; with what had come, if anything was sent.
    Interrupted(Failure, Option<String>),
}

/// How one attempt ended.
enum Attempt {
    Reply(ChatReply),
    Error(CallError),
    Stopped,
}

/// What has arrived of a reply.
#[derive(Default)]
struct Arrived {
    alive_millis: Cell<u64>,
    words: RefCell<String>,
}

/// Asks until there is an answer or a failure.
pub(super) async fn ask(shared: &Rc<Shared>, asked: &Asked, mut forecaster: Forecaster) -> AgentReply {
    let model = forecaster.request().model;
    let mut timing = None;
    loop {
        let Some(_slot) = slot(shared, asked).await else {
            timing.take().into_iter().for_each(|timing| shared.finish_timing(timing));
            return forecaster.interrupt(stopped(), None);
        };
        forecaster.learn(shared.endpoints.dialect(asked.connection, &model));
        let request = forecaster.request();
        if let Some((reply, digest)) = recorded(shared, &request).await {
            if let Some(reply) = forecaster.on_reply(&reply, Some(digest)) {
                timing.take().into_iter().for_each(|timing| shared.finish_timing(timing));
                return reply;
            }
            continue;
        }
        let clock = timing.get_or_insert_with(|| new_timing(shared, asked, forecaster.purpose()));
        let outcome = call(shared, asked, &request, clock).await;
        let end = match outcome {
            Outcome::Reply(reply) => {
                let end = forecaster.on_reply(&reply, None);
                shared.endpoints.learn(asked.connection, &model, forecaster.dialect());
                if forecaster.has_read_last() {
                    keep(shared, &request, &reply);
                }
                end
            }
            Outcome::Interrupted(failure, partial) => Some(forecaster.interrupt(failure, partial.as_deref())),
            Outcome::Error(error, partial) => {
                let end = forecaster.on_error(&error, &partial);
                if end.is_none() {
                    // The server does not take a part of the request: the same call goes on without it.
                    shared.endpoints.learn(asked.connection, &model, forecaster.dialect());
                    clock.retries.push(Retry { reason: unsupported(&error), wait_millis: 0 });
                    continue;
                }
                end
            }
        };
        if let Some(timing) = timing.take() {
            shared.finish_timing(timing);
        }
        if let Some(reply) = end {
            return reply;
        }
    }
}

/// A reply to the same request that was recorded earlier, with the request's digest, if the run takes those.
async fn recorded(shared: &Shared, request: &ChatRequest) -> Option<(ChatReply, Digest)> {
    let replies = shared.options.replies.clone()?;
    let digest = reuse::key(request)?;
    replies.find(digest).await.map(|reply| (reply, digest))
}

/// Keeps a reply for the next run that sends the same request, if this run does so.
fn keep(shared: &Shared, request: &ChatRequest, reply: &ChatReply) {
    if let (Some(replies), Some(digest)) = (&shared.options.replies, reuse::key(request)) {
        replies.keep(digest, reply);
    }
}

/// A place at the server; `None` if Stop came first.
async fn slot(shared: &Rc<Shared>, asked: &Asked) -> Option<super::endpoint::Slot> {
    shared.set_status(asked.agent, AgentStatus::Queued);
    let mut slot = pin!(shared.endpoints.slot(asked.connection).fuse());
    let mut stop = pin!(shared.control.stopped().fuse());
    futures_util::select_biased! {
        () = stop => None,
        slot = slot => Some(slot),
    }
}

/// One call with its retries.
async fn call(shared: &Rc<Shared>, asked: &Asked, request: &ChatRequest, timing: &mut CallTiming) -> Outcome {
    let bound = Spent::bound(Protocol::OpenaiChat.chat_body(request).len(), request.max_tokens, asked.price);
    let mut failed = 0;
    let mut partial = None;
    loop {
        if let Err(limit) = shared.reserve(bound) {
            let failure = Failure { kind: limit.failure_kind(), message: limit.to_string() };
            return Outcome::Interrupted(failure, partial);
        }
        timing.attempts += 1;
        let arrived = Rc::new(Arrived::default());
        shared.start_thinking(asked.agent, timing);
        let attempt = attempt(shared, asked, request, &arrived).await;
        let words = arrived.words.take();
        shared.settle(bound, used(&attempt, &words, bound, asked.price));
        let error = match attempt {
            Attempt::Reply(reply) => return Outcome::Reply(reply),
            Attempt::Stopped => return Outcome::Interrupted(stopped(), Some(words)),
            Attempt::Error(error) => error,
        };
        // A reply that holds the key must not be kept in any part.
        let words = if error == CallError::KeyEchoed { String::new() } else { words };
        failed += 1;
        let wait = error.is_retryable().then(|| shared.backoff_millis(failed, error.retry_after_seconds()));
        let Some(wait_millis) = wait.flatten() else { return Outcome::Error(error, words) };
        timing.retries.push(Retry { reason: reason(&error), wait_millis });
        if !count_down(shared, asked.agent, wait_millis, error.short_name()).await {
            return Outcome::Interrupted(stopped(), Some(words));
        }
        partial = Some(words);
    }
}

/// One attempt, against the clock and against Stop.
async fn attempt(
    shared: &Rc<Shared>,
    asked: &Asked,
    request: &ChatRequest,
    arrived: &Rc<Arrived>,
) -> Attempt {
    arrived.alive_millis.set(shared.clock.now_millis());
    let (hearing, heard, agent) = (Rc::clone(shared), Rc::clone(arrived), asked.agent);
    let on = Box::new(move |delta: Delta<'_>| {
        heard.alive_millis.set(hearing.clock.now_millis());
        if let Delta::Words(words) = delta {
            heard.words.borrow_mut().push_str(words);
            hearing.add_words(agent, words);
        }
    });
    let mut chat = shared.client.chat(asked.connection, request, on).fuse();
    let mut patience = pin!(out_of_patience(shared, arrived).fuse());
    let mut stop = pin!(shared.control.stopped().fuse());
    futures_util::select_biased! {
        reply = chat => reply.map_or_else(Attempt::Error, Attempt::Reply),
        () = stop => Attempt::Stopped,
        error = patience => Attempt::Error(error),
    }
}

/// Ends when the whole attempt, or the silence in it, has lasted too long.
async fn out_of_patience(shared: &Shared, arrived: &Arrived) -> CallError {
    let (total, idle) = (shared.options.total_timeout_millis, shared.options.idle_timeout_millis);
    let end = shared.clock.now_millis().saturating_add(total);
    loop {
        let now = shared.clock.now_millis();
        let silent = arrived.alive_millis.get().saturating_add(idle);
        if now >= end {
            return CallError::TotalTimeout { seconds: total / 1_000 };
        }
        if now >= silent {
            return CallError::IdleTimeout { seconds: idle / 1_000 };
        }
        shared.clock.sleep(end.min(silent) - now).await;
    }
}

/// Waits with the seconds left in view; false if Stop came first.
async fn count_down(shared: &Shared, agent: usize, wait_millis: u64, reason: &'static str) -> bool {
    let end = shared.clock.now_millis().saturating_add(wait_millis);
    loop {
        let left = end.saturating_sub(shared.clock.now_millis());
        if left == 0 {
            return true;
        }
        shared.set_status(agent, AgentStatus::Waiting { seconds_left: left.div_ceil(1_000), reason });
        // To the next whole second, so that the figure shown is never late.
        let slice = (left - 1) % 1_000 + 1;
        let mut sleep = shared.clock.sleep(slice).fuse();
        let mut stop = pin!(shared.control.stopped().fuse());
        futures_util::select_biased! {
            () = stop => return false,
            () = sleep => {}
        }
    }
}

/// What an attempt used: what the server counted; where it did not count, the most that it can have been.
fn used(attempt: &Attempt, words: &str, bound: Spent, price: Option<TokenPrice>) -> Spent {
    match attempt {
        Attempt::Reply(ChatReply { prompt_tokens: Some(read), completion_tokens: Some(written), .. }) => {
            Spent::used(*read, *written, price)
        }
        // Refused before the model began.
        Attempt::Error(error) if words.is_empty() && !may_have_worked(error) => Spent::used(0, 0, price),
        _ => bound,
    }
}

/// Whether the model may have worked although no reply came.
fn may_have_worked(error: &CallError) -> bool {
    matches!(
        error,
        CallError::TotalTimeout { .. }
            | CallError::IdleTimeout { .. }
            | CallError::Cut
            | CallError::Oversized
            | CallError::KeyEchoed
            | CallError::Malformed { .. }
    )
}

fn stopped() -> Failure {
    let message = "The run was stopped before this agent had answered.".to_owned();
    Failure { kind: FailureKind::Stopped, message }
}

fn new_timing(shared: &Shared, asked: &Asked, purpose: Purpose) -> CallTiming {
    CallTiming {
        round: asked.round,
        agent: asked.agent,
        purpose,
        attempts: 0,
        started_millis: shared.clock.now_millis(),
        latency_millis: 0,
        retries: Vec::new(),
    }
}

/// A retry's reason as the run file tells it.
fn reason(error: &CallError) -> String {
    match error {
        CallError::RateLimited { .. } => "rate limit (429)".to_owned(),
        CallError::Server { status, .. } => format!("server error ({status})"),
        other => other.short_name().to_owned(),
    }
}

fn unsupported(error: &CallError) -> String {
    use crate::llm::Parameter;
    let part = match error.unsupported() {
        Some(Parameter::Format) => "this form of answer",
        Some(Parameter::MaxTokens) => "max_tokens under this name",
        Some(Parameter::Temperature) => "a temperature",
        Some(Parameter::StreamUsage) => "stream_options",
        Some(Parameter::Logprobs) => "log-probabilities",
        None => "a part of the request",
    };
    format!("the server does not take {part}")
}
