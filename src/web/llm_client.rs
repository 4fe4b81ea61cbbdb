//! The way from this page to a model server: `fetch`, streamed, aborted when nobody waits any more. It sends the
//! content's type and what the protocol names: any other header would fail the preflight of some servers. It knows
//! the wire only through `llm`, and runs not at all.

use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use gloo_net::http::{Method, RequestBuilder, Response};
use wasm_bindgen::JsCast;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
};

use super::keys;
use crate::llm::{
    CallError, ChatDecoder, ChatReply, ChatRequest, Delta, HttpCall, Protocol, Secret, Server, parse_models,
};
use crate::session::{ConnectionId, LlmClient, OnDelta};

/// The most that is read of an error's or a list's body, in bytes.
const MAX_BODY_BYTES: usize = 4 << 20;

/// Where connections lead, and what is spoken there.
pub type Servers = Rc<dyn Fn(ConnectionId) -> Option<Server>>;

/// Calls model servers.
#[derive(Clone)]
pub struct FetchClient {
    servers: Servers,
}

impl FetchClient {
    /// A client for these servers; keys are looked up at each call.
    pub fn new(servers: Servers) -> Self {
        Self { servers }
    }
}

impl LlmClient for FetchClient {
    fn chat(
        &self,
        connection: ConnectionId,
        request: &ChatRequest,
        on: OnDelta,
    ) -> LocalBoxFuture<'static, Result<ChatReply, CallError>> {
        let Some(server) = (self.servers)(connection) else {
            return Box::pin(std::future::ready(Err(CallError::Network)));
        };
        let key = keys::for_call(connection, &server.base_url);
        let call = server.chat(request, &key);
        Box::pin(chat(server.protocol, key, call, on))
    }

    fn request_bytes(&self, connection: ConnectionId, request: &ChatRequest) -> usize {
        let server = (self.servers)(connection);
        server.map_or(0, |server| server.protocol.chat_body(request).len())
    }

    fn models(&self, connection: ConnectionId) -> LocalBoxFuture<'static, Result<Vec<String>, CallError>> {
        let server = (self.servers)(connection);
        Box::pin(async move {
            let server = server.ok_or(CallError::Network)?;
            let key = keys::for_call(connection, &server.base_url);
            let Some(call) = server.models(&key) else { return Ok(Vec::new()) };
            let abort = AbortOnDrop::new()?;
            let response = send(call, &key, &abort).await?;
            parse_models(&text(&response).await?, &key)
        })
    }
}

async fn chat(
    protocol: Protocol,
    key: Secret,
    call: HttpCall,
    mut on: OnDelta,
) -> Result<ChatReply, CallError> {
    let abort = AbortOnDrop::new()?;
    let response = send(call, &key, &abort).await?;
    on(Delta::Alive);
    let mut decoder = ChatDecoder::new(protocol, key);
    let mut chunks = chunks(&response)?;
    while let Some(chunk) = chunks.next().await {
        decoder.feed(&chunk?, &mut *on)?;
    }
    decoder.finish(&mut *on)
}

/// Sends a request and lets only a successful response through.
async fn send(call: HttpCall, key: &Secret, abort: &AbortOnDrop) -> Result<Response, CallError> {
    let mut request = RequestBuilder::new(&call.url)
        .method(if call.body.is_some() { Method::POST } else { Method::GET })
        .mode(RequestMode::Cors)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        // A redirect could carry the key to another origin.
        .redirect(RequestRedirect::Error)
        .abort_signal(Some(&abort.0.signal()));
    for (name, value) in &call.headers {
        request = request.header(name, value.expose());
    }
    let request = match call.body {
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    // A browser tells a page no more than that it failed, whatever the reason.
    let response = request.map_err(|_| CallError::Network)?.send().await.map_err(|_| CallError::Network)?;
    if response.ok() {
        return Ok(response);
    }
    let retry_after = response.headers().get("retry-after").and_then(|value| value.trim().parse().ok());
    let explanation = text(&response).await.unwrap_or_default();
    Err(CallError::from_response(response.status(), &explanation, retry_after, key))
}

/// The body as it arrives.
fn chunks(
    response: &Response,
) -> Result<impl StreamExt<Item = Result<Vec<u8>, CallError>> + Unpin, CallError> {
    let body = response.body().ok_or(CallError::Cut)?;
    let stream = wasm_streams::ReadableStream::from_raw(body.unchecked_into()).into_stream();
    Ok(stream.map(|chunk| {
        let bytes = chunk.ok().and_then(|chunk| chunk.dyn_into::<js_sys::Uint8Array>().ok());
        bytes.map(|bytes| bytes.to_vec()).ok_or(CallError::Cut)
    }))
}

/// The whole body, up to a limit.
async fn text(response: &Response) -> Result<String, CallError> {
    let mut bytes = Vec::new();
    let mut chunks = chunks(response)?;
    while let Some(chunk) = chunks.next().await {
        bytes.extend(chunk?);
        if bytes.len() > MAX_BODY_BYTES {
            return Err(CallError::Oversized);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Ends the request when the future that waits for it is dropped.
struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    fn new() -> Result<Self, CallError> {
        AbortController::new().map(Self).map_err(|_| CallError::Network)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
