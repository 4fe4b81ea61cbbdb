//! The model clients of this page, for sessions and for tests of a connection: a server is fetched from, a model on
//! this device is asked where it is.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;

use super::Desk;
use crate::llm::{BaseUrl, CallError, ChatReply, ChatRequest, Engine, Server};
use crate::session::{ConnectionId, LlmClient, OnDelta};
use crate::web::llm_client::FetchClient;
use crate::web::on_device::OnDeviceClient;

/// The client that sends calls through the saved connections.
pub(super) fn client(desk: Desk) -> Rc<dyn LlmClient> {
    let fetch = client_for(move |id| {
        desk.connections.with_untracked(|saved| {
            let found = saved.iter().find(|saved| saved.id == id && !saved.unconfirmed)?;
            let base_url = BaseUrl::parse(&found.base_url).ok()?;
            Some(Server { base_url, protocol: found.protocol })
        })
    });
    let engine =
        move |id| desk.connections.with_untracked(|saved| saved.iter().find(|saved| saved.id == id)?.engine);
    Rc::new(Router { engine: Box::new(engine), fetch })
}

/// A client with servers of its own.
pub(super) fn client_for(server: impl Fn(ConnectionId) -> Option<Server> + 'static) -> Rc<dyn LlmClient> {
    Rc::new(FetchClient::new(Rc::new(server)))
}

/// A client of one engine on this device, whatever the connection.
pub(super) fn client_on(engine: Engine) -> Rc<dyn LlmClient> {
    Rc::new(Router { engine: Box::new(move |_| Some(engine)), fetch: client_for(|_| None) })
}

/// Sends each call to where its connection leads.
struct Router {
    /// The engine of a connection; `None` if it leads to a server.
    engine: Box<dyn Fn(ConnectionId) -> Option<Engine>>,
    fetch: Rc<dyn LlmClient>,
}

impl LlmClient for Router {
    fn chat(
        &self,
        connection: ConnectionId,
        request: &ChatRequest,
        on: OnDelta,
    ) -> LocalBoxFuture<'static, Result<ChatReply, CallError>> {
        let Some(engine) = (self.engine)(connection) else {
            return self.fetch.chat(connection, request, on);
        };
        let request = request.clone();
        Box::pin(async move { OnDeviceClient::chat(engine, &request, on).await })
    }

    fn request_bytes(&self, connection: ConnectionId, request: &ChatRequest) -> usize {
        match (self.engine)(connection) {
            None => self.fetch.request_bytes(connection, request),
            Some(_) => OnDeviceClient::request_bytes(request),
        }
    }

    fn models(&self, connection: ConnectionId) -> LocalBoxFuture<'static, Result<Vec<String>, CallError>> {
        match (self.engine)(connection) {
            None => self.fetch.models(connection),
            Some(engine) => Box::pin(OnDeviceClient::models(engine)),
        }
    }
}
