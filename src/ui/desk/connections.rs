//! The saved connections: read at the start, written when they change, tested through the same client that runs use.
//! What is written has no field for a key.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Connection, Desk, outside};
use crate::llm::{BaseUrl, CallError, Engine, Protocol, Provider, Server};
use crate::run::TokenPrice;
use crate::session::{ConnectionId, Finding, Probe, diagnose, probe};
use crate::ui::words::settings as words;
use crate::web::{self, keys, reach, storage};

/// Under which name the connections are stored.
const STORED: &str = "connections";
/// The version of what is stored.
pub(super) const STORED_VERSION: u32 = 2;
/// The version before connections had a kind and a protocol: all spoke Chat Completions.
const CHAT_ONLY_VERSION: u32 = 1;
/// What stands for the connection of a form that is not saved yet.
const TRIAL: ConnectionId = ConnectionId(u32::MAX);

/// Connections as they are stored.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    connections: Vec<StoredConnection>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredConnection {
    id: u32,
    name: String,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    protocol: Protocol,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    engine: Option<Engine>,
    base_url: String,
    model: String,
    price: Option<TokenPrice>,
    at_once: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer_tokens: Option<u32>,
    needs_key: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unconfirmed: bool,
}

impl StoredConnection {
    /// As it is stored: there is no field for its key.
    pub(super) fn of(saved: &Connection) -> Self {
        Self {
            id: saved.id.0,
            name: saved.name.clone(),
            provider: saved.provider.id.to_owned(),
            protocol: saved.protocol,
            engine: saved.engine,
            base_url: saved.base_url.clone(),
            model: saved.model.clone(),
            price: saved.price,
            at_once: saved.at_once,
            answer_tokens: saved.answer_tokens,
            needs_key: saved.needs_key,
            unconfirmed: saved.unconfirmed,
        }
    }

    /// What it is called where it was stored.
    pub(super) fn id(&self) -> ConnectionId {
        ConnectionId(self.id)
    }

    /// As the page uses it.
    pub(super) fn into_connection(self, version: u32) -> Connection {
        Connection {
            id: ConnectionId(self.id),
            name: self.name,
            provider: match version {
                CHAT_ONLY_VERSION => Provider::at(&self.base_url),
                _ => Provider::by_id(&self.provider),
            },
            protocol: self.protocol,
            engine: self.engine,
            base_url: self.base_url,
            model: self.model,
            price: self.price,
            at_once: self.at_once,
            answer_tokens: self.answer_tokens,
            needs_key: self.needs_key,
            unconfirmed: self.unconfirmed,
        }
    }

    /// Whether this version would call it.
    pub(super) fn is_usable(&self) -> bool {
        self.engine.is_some() || BaseUrl::parse(&self.base_url).is_ok()
    }
}

impl Desk {
    /// Reads the connections that were saved on an earlier visit.
    pub fn load_connections(self) {
        let known = |stored: &Stored| [STORED_VERSION, CHAT_ONLY_VERSION].contains(&stored.version);
        let Some(stored) = storage::read::<Stored>(STORED).filter(known) else {
            return;
        };
        // An address that this version would refuse is not called either.
        let usable = stored
            .connections
            .into_iter()
            .filter(|saved| saved.engine.is_some() || BaseUrl::parse(&saved.base_url).is_ok());
        let connections: Vec<Connection> =
            usable.map(|saved| saved.into_connection(stored.version)).collect();
        for connection in &connections {
            self.drive.set_connection(connection);
        }
        self.connections.set(connections);
    }

    /// An id that no saved connection has, and none that was removed: a kept run that used one must not call another.
    pub fn fresh_connection_id(self) -> ConnectionId {
        loop {
            let id = ConnectionId((web::page::fresh_bits() >> 33) as u32);
            if self.connections.with_untracked(|saved| saved.iter().all(|saved| saved.id != id)) {
                return id;
            }
        }
    }

    /// Saves a connection, new or changed; an empty `key` keeps the one there is, unless the address leads elsewhere.
    pub fn save_connection(self, mut connection: Connection, address: &BaseUrl, key: &str) {
        if key.trim().is_empty() {
            keys::rebind(connection.id, address);
        } else {
            keys::set(connection.id, address, key);
            connection.needs_key = true;
        }
        self.put_connection(connection);
    }

    /// Puts a connection, new or changed, among the saved ones.
    pub(super) fn put_connection(self, connection: Connection) {
        self.drive.set_connection(&connection);
        self.connections.update(|saved| match saved.iter_mut().find(|saved| saved.id == connection.id) {
            Some(place) => *place = connection,
            None => saved.push(connection),
        });
        self.store_connections();
    }

    /// Removes a connection and its key; gives it back for an undo.
    pub fn remove_connection(self, id: ConnectionId) -> Option<Connection> {
        keys::forget(id);
        let removed = self.connections.try_update(|saved| {
            let place = saved.iter().position(|saved| saved.id == id)?;
            Some(saved.remove(place))
        });
        self.store_connections();
        removed.flatten()
    }

    /// Puts a removed connection back; its key is gone.
    pub fn restore_connection(self, connection: Connection) {
        self.connections.update(|saved| saved.push(connection));
        self.store_connections();
    }

    /// Forgets what is stored on this device: runs, connections and keys. A run that goes on here is stopped.
    pub fn clear_storage(self) {
        self.drive.abandon();
        self.local.put(None);
        web::tabs::remember_run(None);
        self.shelf.clear();
        self.forget_replies();
        keys::forget_all();
        storage::clear();
        web::spawn(web::on_device::remove_all());
        web::theme::apply(None);
        self.connections.set(Vec::new());
        self.prices.set(super::PriceBook::new());
    }

    pub(super) fn store_connections(self) {
        let stored = self.connections.with_untracked(|saved| Stored {
            version: STORED_VERSION,
            connections: saved.iter().map(StoredConnection::of).collect(),
        });
        if let Err(refused) = storage::write(STORED, &stored) {
            self.fail(words::NOT_STORED, refused.to_string(), words::NOT_STORED_NEXT);
        }
    }

    /// Tries a server, a key and a model as a form has them, through the client that runs use, and says what the test
    /// came to. An empty `key` borrows that of the connection being edited, if the address still is its own.
    pub async fn test_connection(
        self,
        edited: ConnectionId,
        server: Server,
        provider: &'static Provider,
        key: String,
        model: String,
    ) -> (Finding, Probe) {
        let address = server.base_url.clone();
        if key.trim().is_empty() {
            keys::lend(edited, TRIAL, &address);
        } else {
            keys::set(TRIAL, &address, &key);
        }
        let has_key = keys::has(TRIAL);
        let policy = reach::PolicyWatch::start();
        let client = outside::client_for(move |id| (id == TRIAL).then(|| server.clone()));
        let probe = probe(&*client, &web::PageClock, TRIAL, &model).await;
        keys::forget(TRIAL);
        let evidence = match probe.error() {
            Some(CallError::Network) => Some(reach::evidence(&address, &policy).await),
            _ => None,
        };
        (diagnose(&probe, evidence.as_ref(), &address, provider, has_key), probe)
    }
}
