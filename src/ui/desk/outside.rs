//! The model client of this page, for sessions and for tests of a connection.

use std::rc::Rc;

use leptos::prelude::*;

use super::Desk;
use crate::llm::{BaseUrl, Server};
use crate::session::{ConnectionId, LlmClient};
use crate::web::llm_client::FetchClient;

/// The client that sends calls through the saved connections.
pub(super) fn client(desk: Desk) -> Rc<dyn LlmClient> {
    client_for(move |id| {
        desk.connections.with_untracked(|saved| {
            let found = saved.iter().find(|saved| saved.id == id)?;
            let base_url = BaseUrl::parse(&found.base_url).ok()?;
            Some(Server { base_url, protocol: found.protocol })
        })
    })
}

/// A client with servers of its own.
pub(super) fn client_for(server: impl Fn(ConnectionId) -> Option<Server> + 'static) -> Rc<dyn LlmClient> {
    Rc::new(FetchClient::new(Rc::new(server)))
}
