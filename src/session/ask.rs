//! One agent asked for one round: a place at its server, the call, its retries and time-outs, until the forecaster has
//! an answer or a reason for none. Its time begins with its first request and covers everything that follows, so nobody
//! waits longer for it. It does not know the market or the other agents.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use futures_util::FutureExt;

use super::control::Wish;
use super::interruption::Interruption;
use super::limits::{Spent, Used};
use super::live::AgentStatus;
use super::ports::ConnectionId;
use super::reuse::Sample;
use super::run_loop::Shared;
use super::timings::{CallTiming, Retry};
use crate::agents::{Forecaster, failure_of};
use crate::aggregate::likely_tokens;
use crate::audit::Digest;
use crate::llm::{CallError, ChatReply, ChatRequest, Delta};
use crate::run::{AgentReply, Failure, Purpose, TokenPrice};

/// Replies of one call that may be lost on their way before it is given up.
const MOST_BROKEN: u32 = 2;

/// Who is asked, and where.
pub(super) struct Asked {
    pub(super) agent: usize,
    pub(super) round: u32,
    pub(super) connection: ConnectionId,
    pub(super) price: Option<TokenPrice>,
    /// When its time is over; set by its first request.
    end_millis: Cell<Option<u64>>,
}

impl Asked {
    pub(super) fn new(agent: usize, round: u32, connection: ConnectionId, price: Option<TokenPrice>) -> Self {
        Self { agent, round, connection, price, end_millis: Cell::new(None) }
    }

    /// When its time is over; it begins now if it has not begun.
    fn end_millis(&self, shared: &Shared) -> u64 {
        self.end_millis.get().unwrap_or_else(|| {
            let end = shared.clock.now_millis().saturating_add(shared.options.total_timeout_millis);
            self.end_millis.set(Some(end));
            end
        })
    }
}

/// How a call ended, its retries included.
enum Outcome {
    Reply(ChatReply),
    Error(CallError, String),
    /// Interrupted, out of time, or no room within the limits; with what had come, if anything was sent.
    Interrupted(Failure, Option<String>),
}

/// How one attempt ended.
enum Attempt {
    Reply(ChatReply),
    Error(CallError),
    Interrupted(Interruption),
}

/// How a wait ended.
enum Waited {
    Over,
    /// A person did not want to wait, after so many milliseconds.
    Skipped(u64),
    Interrupted(Interruption),
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
        let _slot = match slot(shared, asked).await {
            Ok(slot) => slot,
            Err(interruption) => {
                timing.take().into_iter().for_each(|timing| shared.finish_timing(timing));
                return forecaster.interrupt(interruption.failure(), None);
            }
        };
        forecaster.learn(shared.endpoints.dialect(asked.connection, &model));
        let request = forecaster.request();
        let sample = Sample::begin(shared, asked, &request);
        if let Some((reply, digest)) = kept(sample.as_ref()).await {
            let end = forecaster.on_reply(&reply, Some(digest));
            if let Some(sample) = sample.filter(|_| forecaster.has_read_last()) {
                sample.taken();
            }
            if let Some(reply) = end {
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
                if let Some(sample) = sample.filter(|_| forecaster.has_read_last()) {
                    sample.keep(&reply);
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

/// The kept reply that answers a request, with the request's digest, if there is one and the run takes those.
async fn kept(sample: Option<&Sample>) -> Option<(ChatReply, Digest)> {
    sample?.kept().await
}

/// A place at the server, unless something else comes first.
async fn slot(shared: &Rc<Shared>, asked: &Asked) -> Result<super::endpoint::Slot, Interruption> {
    shared.set_status(asked.agent, AgentStatus::Queued);
    let mut slot = pin!(shared.endpoints.slot(asked.connection).fuse());
    let mut interrupted = pin!(shared.interrupted(asked.agent).fuse());
    futures_util::select_biased! {
        interruption = interrupted => Err(interruption),
        slot = slot => Ok(slot),
    }
}

/// One call with its retries.
async fn call(shared: &Rc<Shared>, asked: &Asked, request: &ChatRequest, timing: &mut CallTiming) -> Outcome {
    let bytes = shared.client.request_bytes(asked.connection, request);
    let bound = Spent::bound(bytes, request.max_tokens, asked.price);
    let (mut failed, mut broken) = (0, 0);
    let mut partial = None;
    let end = asked.end_millis(shared);
    loop {
        if shared.clock.now_millis() >= end {
            return Outcome::Interrupted(failure_of(&out_of_time(shared)), partial);
        }
        if let Err(limit) = shared.reserve(bound) {
            let failure = Failure { kind: limit.failure_kind(), message: limit.to_string() };
            return Outcome::Interrupted(failure, partial);
        }
        timing.attempts += 1;
        let arrived = Rc::new(Arrived::default());
        shared.start_thinking(asked.agent, timing);
        let attempt = attempt(shared, asked, request, &arrived).await;
        let words = arrived.words.take();
        let sent: usize = request.messages.iter().map(|message| message.content.len()).sum();
        shared.settle(bound, used(&attempt, &words, sent, bound, asked.price));
        let error = match attempt {
            Attempt::Reply(reply) => return Outcome::Reply(reply),
            Attempt::Interrupted(interruption) => {
                return Outcome::Interrupted(interruption.failure(), Some(words));
            }
            Attempt::Error(error) => error,
        };
        // A reply that holds the key must not be kept in any part.
        let words = if error == CallError::KeyEchoed { String::new() } else { words };
        failed += 1;
        broken += u32::from(error.has_cost());
        let again = error.is_retryable() && broken < MOST_BROKEN;
        let wait = again.then(|| shared.backoff_millis(failed, error.retry_after_seconds()));
        let in_time = |wait: &u64| shared.clock.now_millis().saturating_add(*wait) < end;
        let Some(wait_millis) = wait.flatten().filter(in_time) else { return Outcome::Error(error, words) };
        timing.retries.push(Retry { reason: reason(&error), wait_millis });
        match count_down(shared, asked.agent, wait_millis, &error).await {
            Waited::Over => {}
            Waited::Skipped(wait_millis) => {
                timing.retries.last_mut().into_iter().for_each(|retry| retry.wait_millis = wait_millis);
            }
            Waited::Interrupted(interruption) => {
                return Outcome::Interrupted(interruption.failure(), Some(words));
            }
        }
        partial = Some(words);
    }
}

/// One attempt, against the clock and whatever interrupts it.
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
    let mut patience = pin!(out_of_patience(shared, asked, arrived).fuse());
    let mut interrupted = pin!(shared.interrupted(asked.agent).fuse());
    futures_util::select_biased! {
        reply = chat => reply.map_or_else(Attempt::Error, Attempt::Reply),
        interruption = interrupted => Attempt::Interrupted(interruption),
        error = patience => Attempt::Error(error),
    }
}

fn out_of_time(shared: &Shared) -> CallError {
    CallError::TotalTimeout { seconds: shared.options.total_timeout_millis / 1_000 }
}

/// Ends when the agent's time is over, or the silence has lasted too long.
async fn out_of_patience(shared: &Shared, asked: &Asked, arrived: &Arrived) -> CallError {
    let idle = shared.options.idle_timeout_millis;
    let end = asked.end_millis(shared);
    loop {
        let now = shared.clock.now_millis();
        let silent = arrived.alive_millis.get().saturating_add(idle);
        if now >= end {
            return out_of_time(shared);
        }
        if now >= silent {
            return CallError::IdleTimeout { seconds: idle / 1_000 };
        }
        shared.clock.sleep(end.min(silent) - now).await;
    }
}

/// Waits with the seconds left in view.
async fn count_down(shared: &Shared, agent: usize, wait_millis: u64, error: &CallError) -> Waited {
    shared.control.forget(agent, Wish::AskAgain);
    let begin = shared.clock.now_millis();
    let end = shared.clock.now_millis().saturating_add(wait_millis);
    loop {
        let left = end.saturating_sub(shared.clock.now_millis());
        if left == 0 {
            return Waited::Over;
        }
        shared.set_status(
            agent,
            AgentStatus::Waiting {
                seconds_left: left.div_ceil(1_000),
                reason: error.short_name(),
                message: error.to_string(),
            },
        );
        // To the next whole second, so that the figure shown is never late.
        let slice = (left - 1) % 1_000 + 1;
        let mut sleep = shared.clock.sleep(slice).fuse();
        let mut interrupted = pin!(shared.interrupted(agent).fuse());
        let mut skipped = pin!(shared.control.wished(agent, Wish::AskAgain).fuse());
        futures_util::select_biased! {
            interruption = interrupted => return Waited::Interrupted(interruption),
            () = skipped => return Waited::Skipped(shared.clock.now_millis().saturating_sub(begin)),
            () = sleep => {}
        }
    }
}

/// What an attempt used: what the server counted; where it did not count, the limits take the most that it can have
/// been, and the page the likely figure from the bytes `sent` and the words that came.
fn used(attempt: &Attempt, words: &str, sent: usize, bound: Spent, price: Option<TokenPrice>) -> Used {
    let counted = |spent| Used { booked: spent, likely: spent, counted: true };
    let written = match attempt {
        Attempt::Reply(ChatReply { prompt_tokens: Some(read), completion_tokens: Some(written), .. }) => {
            return counted(Spent::used(*read, *written, price));
        }
        // Refused before the model began.
        Attempt::Error(error) if words.is_empty() && !may_have_worked(error) => {
            return counted(Spent::used(0, 0, price));
        }
        Attempt::Reply(reply) => reply.text.len(),
        _ => words.len(),
    };
    let likely = Spent::used(likely_tokens(sent), likely_tokens(written), price);
    Used { booked: bound, likely, counted: false }
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
