//! Signing in at OpenRouter: going there from the form of a connection, and what the page does when it comes back.

use leptos::prelude::*;

use super::{Connection, Desk};
use crate::llm::Provider;
use crate::session::ConnectionId;
use crate::ui::route::Route;
use crate::ui::words::browser;
use crate::ui::words::providers as words;
use crate::web::{self, sign_in};

/// The kind of server that one can sign in at.
const OPENROUTER: &str = "openrouter";
/// Calls at once, unless the connection was saved with another number.
const AT_ONCE: usize = 4;

impl Desk {
    /// Leaves the page to sign in for a connection that may not be saved yet.
    ///
    /// # Errors
    /// Why the page cannot leave, in words.
    pub async fn sign_in(self, id: ConnectionId, name: String, model: String) -> Result<(), String> {
        sign_in::leave(id.0, name, model).await.map_err(|error| browser::sign_in(&error))
    }

    /// Receives what a sign-in brought back; to be called once, when the page is opened and the connections are there.
    pub fn receive_sign_in(self) {
        let settings = Route::Settings.to_string();
        let Some(back) = sign_in::returned(&settings) else { return };
        if !matches!(back, sign_in::Return::Abandoned) {
            self.arrive(Route::Settings);
        }
        let (code, pending) = match back {
            sign_in::Return::Code(code, pending) => (code, pending),
            sign_in::Return::Refused(why) => {
                return self.fail(
                    words::NOT_SIGNED_IN,
                    words::sign_in_refused(&why),
                    words::NOT_SIGNED_IN_NEXT,
                );
            }
            sign_in::Return::Unasked => {
                return self.fail(words::NOT_SIGNED_IN, words::SIGN_IN_UNASKED, words::NOT_SIGNED_IN_NEXT);
            }
            sign_in::Return::Abandoned => {
                return self.fail(words::NOT_SIGNED_IN, words::SIGN_IN_ABANDONED, words::NOT_SIGNED_IN_NEXT);
            }
        };
        web::spawn(async move {
            match sign_in::exchange(code, &pending).await {
                Ok(key) => self.save_signed_in(&pending, key.expose()),
                Err(error) => {
                    self.fail(words::NOT_SIGNED_IN, browser::sign_in(&error), words::NOT_SIGNED_IN_NEXT);
                }
            }
        });
    }

    fn save_signed_in(self, pending: &sign_in::Pending, key: &str) {
        let Some(address) = sign_in::address() else { return };
        let provider = Provider::by_id(OPENROUTER);
        let id = ConnectionId(pending.connection);
        let saved = self.connections.with_untracked(|saved| saved.iter().find(|one| one.id == id).cloned());
        let named = |typed: &str, usual: &str| {
            let typed = typed.trim();
            if typed.is_empty() { usual.to_owned() } else { typed.to_owned() }
        };
        let connection = Connection {
            id,
            name: named(&pending.name, provider.name),
            provider,
            protocol: provider.protocol,
            engine: None,
            base_url: address.to_string(),
            model: named(&pending.model, provider.model),
            price: saved.as_ref().and_then(|saved| saved.price),
            at_once: saved.map_or(AT_ONCE, |saved| saved.at_once),
            answer_tokens: None,
            needs_key: true,
            unconfirmed: false,
        };
        self.save_connection(connection, &address, key);
        self.news.try_set(Some(words::SIGNED_IN.to_owned()));
    }
}
