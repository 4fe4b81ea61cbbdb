//! *Test connection*: one tiny call, and the list of models. A call that succeeds is what counts; many good servers
//! list nothing. It keeps nothing and knows no key.

use std::pin::pin;

use futures_util::FutureExt;

use super::ports::{Clock, ConnectionId, LlmClient};
use crate::llm::{CallError, ChatMessage, ChatRequest, ChatRole, TokenLimit};

/// Patience with a test.
pub const TIMEOUT_MILLIS: u64 = 60_000;
/// Tokens that the test's answer may take: one word, and room for a thought.
const ANSWER_TOKENS: u32 = 16;

/// What a test found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The models that the server lists; empty if it lists none.
    pub models: Vec<String>,
    /// Whether the call succeeded, and how long it took; `None` if no model was named to call.
    pub call: Option<Result<u64, CallError>>,
    /// Why there is no list, if the server refused one.
    pub list_error: Option<CallError>,
}

impl Probe {
    /// Whether the connection works: the call succeeded, or, without a model to call, the list came.
    pub fn is_ok(&self) -> bool {
        self.call.as_ref().map_or(self.list_error.is_none(), Result::is_ok)
    }

    /// What went wrong, if it did.
    pub fn error(&self) -> Option<&CallError> {
        match &self.call {
            Some(call) => call.as_ref().err(),
            None => self.list_error.as_ref(),
        }
    }
}

/// Lists the models and, if `model` is not empty, calls it once.
pub async fn probe(
    client: &dyn LlmClient,
    clock: &dyn Clock,
    connection: ConnectionId,
    model: &str,
) -> Probe {
    let list = in_time(clock, client.models(connection)).await;
    let (models, list_error) = match list {
        Ok(models) => (models, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let call = if model.trim().is_empty() {
        None
    } else {
        Some(call(client, clock, connection, model.trim()).await)
    };
    Probe { models, call, list_error }
}

async fn call(
    client: &dyn LlmClient,
    clock: &dyn Clock,
    connection: ConnectionId,
    model: &str,
) -> Result<u64, CallError> {
    let started = clock.now_millis();
    let content = "Answer with the one word: ok".to_owned();
    let mut request = ChatRequest {
        messages: vec![ChatMessage { role: ChatRole::User, content }],
        max_tokens: ANSWER_TOKENS,
        ..ChatRequest::of(model)
    };
    let first = in_time(clock, client.chat(connection, &request, Box::new(|_| {}))).await;
    if first.as_ref().err().and_then(CallError::unsupported) == Some(crate::llm::Parameter::MaxTokens) {
        request.token_limit = TokenLimit::MaxCompletionTokens;
        in_time(clock, client.chat(connection, &request, Box::new(|_| {}))).await?;
    } else {
        first?;
    }
    Ok(clock.now_millis().saturating_sub(started))
}

async fn in_time<T>(
    clock: &dyn Clock,
    work: futures_util::future::LocalBoxFuture<'static, Result<T, CallError>>,
) -> Result<T, CallError> {
    let mut work = work.fuse();
    let mut end = pin!(clock.sleep(TIMEOUT_MILLIS).fuse());
    futures_util::select_biased! {
        done = work => done,
        () = end => Err(CallError::TotalTimeout { seconds: TIMEOUT_MILLIS / 1_000 }),
    }
}
