//! The model client of this page, for sessions and for tests of a connection.

use std::rc::Rc;

use leptos::prelude::*;

use super::Desk;
use crate::llm::BaseUrl;
use crate::session::{ConnectionId, LlmClient};
use crate::web::llm_client::FetchClient;

/// The client that sends calls through the saved connections.
pub(super) fn client(desk: Desk) -> Rc<dyn LlmClient> {
    client_for(move |id| {
        desk.connections.with_untracked(|saved| {
            let found = saved.iter().find(|saved| saved.id == id)?;
            BaseUrl::parse(&found.base_url).ok()
        })
    })
}

/// A client with addresses of its own.
pub(super) fn client_for(address: impl Fn(ConnectionId) -> Option<BaseUrl> + 'static) -> Rc<dyn LlmClient> {
    Rc::new(FetchClient::new(Rc::new(address)))
}
