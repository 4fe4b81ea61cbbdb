//! The native way to a model server, as `web::llm_client` is the page's: one request, streamed, ended when nobody waits
//! any more. It knows the wire only through `llm`, and runs not at all. Unlike a browser it says why a call failed.

use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use reqwest::{Client, Response};

use super::CliError;
use super::servers::Connections;
use crate::llm::{
    CallError, ChatDecoder, ChatReply, ChatRequest, Delta, HttpCall, Protocol, Secret, parse_models,
};
use crate::session::{ConnectionId, LlmClient, OnDelta};

/// The most that is read of an error's or a list's body, in bytes.
const MAX_BODY_BYTES: usize = 4 << 20;
/// How long a server may take to answer the phone; how long it may then think is the session's business.
const CONNECT_SECONDS: u64 = 30;

/// Calls model servers.
#[derive(Clone)]
pub(super) struct HttpClient {
    http: Client,
    connections: Rc<Connections>,
}

impl HttpClient {
    /// A client for these connections.
    pub(super) fn new(connections: Rc<Connections>) -> Result<Self, CliError> {
        // A second program in the same process may have chosen before: its choice serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder();
        if connections.all_plain() {
            // A thousand system calls read the certificates that no http:// server will ask for.
            builder = builder.tls_certs_only([]);
        }
        let http = builder
            .user_agent(concat!("credence/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
            // A redirect could carry the key to another origin.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| CliError::Usage(format!("no way to call servers: {}", reason(&error))))?;
        Ok(Self { http, connections })
    }
}

impl LlmClient for HttpClient {
    fn chat(
        &self,
        connection: ConnectionId,
        request: &ChatRequest,
        on: OnDelta,
    ) -> LocalBoxFuture<'static, Result<ChatReply, CallError>> {
        let Some(connected) = self.connections.get(connection) else {
            return Box::pin(std::future::ready(Err(CallError::Network)));
        };
        let (protocol, key) = (connected.server.protocol, connected.key.clone());
        let call = connected.server.chat(request, &key);
        Box::pin(chat(self.http.clone(), protocol, key, call, on))
    }

    fn request_bytes(&self, connection: ConnectionId, request: &ChatRequest) -> usize {
        let connected = self.connections.get(connection);
        connected.map_or(0, |connected| connected.server.protocol.chat_body(request).len())
    }

    fn models(&self, connection: ConnectionId) -> LocalBoxFuture<'static, Result<Vec<String>, CallError>> {
        let connected =
            self.connections.get(connection).map(|found| (found.server.clone(), found.key.clone()));
        let http = self.http.clone();
        Box::pin(async move {
            let (server, key) = connected.ok_or(CallError::Network)?;
            let Some(call) = server.models(&key) else { return Ok(Vec::new()) };
            let response = send(&http, call, &key).await?;
            parse_models(&text(response).await?, &key)
        })
    }
}

async fn chat(
    http: Client,
    protocol: Protocol,
    key: Secret,
    call: HttpCall,
    mut on: OnDelta,
) -> Result<ChatReply, CallError> {
    let mut response = send(&http, call, &key).await?;
    on(Delta::Alive);
    let mut decoder = ChatDecoder::new(protocol, key);
    while let Some(chunk) = response.chunk().await.map_err(|_| CallError::Cut)? {
        decoder.feed(&chunk, &mut *on)?;
    }
    decoder.finish(&mut *on)
}

/// Sends a request and lets only a successful response through.
async fn send(http: &Client, call: HttpCall, key: &Secret) -> Result<Response, CallError> {
    let mut request = match call.body {
        Some(body) => http.post(&call.url).header("content-type", "application/json").body(body),
        None => http.get(&call.url),
    };
    for (name, value) in &call.headers {
        request = request.header(*name, value.expose());
    }
    let response = request.send().await.map_err(|error| unreachable(&error, key))?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    if status.is_redirection() {
        let reason = "it redirects to another address, which could carry the key elsewhere";
        return Err(CallError::Unreachable { reason: reason.to_owned() });
    }
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let explanation = text(response).await.unwrap_or_default();
    Err(CallError::from_response(status.as_u16(), &explanation, retry_after, key))
}

fn unreachable(error: &reqwest::Error, key: &Secret) -> CallError {
    CallError::Unreachable { reason: key.redact(&reason(error)) }
}

/// The innermost reason: the outer ones repeat the address.
fn reason(error: &reqwest::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let url = error.url().map(ToString::to_string);
    let said = innermost.to_string();
    url.map_or(said.clone(), |url| said.replace(&url, "the address"))
}

/// The whole body, up to a limit.
async fn text(mut response: Response) -> Result<String, CallError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| CallError::Cut)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_BODY_BYTES {
            return Err(CallError::Oversized);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
