//! Settings as a file: connections without keys, their prices, and the choice of colours. What comes from a file is marked until a
//! person confirms it: an address that nobody has read is never called.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::connections::{STORED_VERSION as VERSION_OF_CONNECTIONS, StoredConnection};
use super::prices::OwnPrice;
use super::{Connection, Desk};
use crate::session::ConnectionId;
use crate::ui::app::THEME;
use crate::ui::words::{keys as words, share};
use crate::web::{self, storage};

/// The `format` of such files.
const FORMAT: &str = "credence-settings";
/// Its version.
const VERSION: u32 = 1;
/// The file's name.
const FILE_NAME: &str = "credence-settings.json";

/// The file. It has no field for a key, and unknown fields are refused.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    format: String,
    version: u32,
    /// Whether it is dark; `null` follows the system.
    dark: Option<bool>,
    connections: Vec<StoredConnection>,
    /// Prices that a person set, for the connections of this file. Older files have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    prices: Vec<OwnPrice>,
}

impl Desk {
    /// Lets the browser save the settings.
    pub fn save_settings(self) {
        let file = SettingsFile {
            format: FORMAT.to_owned(),
            version: VERSION,
            dark: storage::read::<Option<bool>>(THEME).flatten(),
            connections: self
                .connections
                .with_untracked(|saved| saved.iter().map(StoredConnection::of).collect()),
            prices: self.own_prices(),
        };
        let text = serde_json::to_string_pretty(&file);
        if !text.is_ok_and(|text| web::save::save_text(FILE_NAME, "application/json", &text).is_ok()) {
            self.fail(words::NOT_SAVED, "", share::SAVE_NEXT);
        }
    }

    /// Reads settings: their connections come beside those that there are, unconfirmed. Says how many came.
    pub fn read_settings(self, text: &str) -> Option<usize> {
        let file: SettingsFile = match serde_json::from_str(text) {
            Ok(file) => file,
            Err(_) => return self.refuse_settings(),
        };
        if file.format != FORMAT || file.version != VERSION {
            return self.refuse_settings();
        }
        let mut count = 0;
        let mut renamed = Vec::new();
        for stored in file.connections.into_iter().filter(StoredConnection::is_usable) {
            let id = self.fresh_connection_id();
            renamed.push((stored.id(), id));
            let found: Connection = stored.into_connection(VERSION_OF_CONNECTIONS);
            let connection = Connection { id, unconfirmed: true, needs_key: found.needs_key, ..found };
            self.connections.update(|saved| saved.push(connection));
            count += 1;
        }
        self.store_connections();
        self.take_prices(file.prices, &renamed);
        web::theme::apply(file.dark);
        // A browser that does not store it follows the choice until the tab closes.
        let _ = storage::write(THEME, &file.dark);
        Some(count)
    }

    fn refuse_settings(self) -> Option<usize> {
        self.fail(words::NOT_SETTINGS, "", words::NOT_SETTINGS_NEXT);
        None
    }

    /// A person has read the address of a connection and wants it used.
    pub fn confirm_connection(self, id: ConnectionId) {
        self.connections.update(|saved| {
            for connection in saved.iter_mut().filter(|connection| connection.id == id) {
                connection.unconfirmed = false;
            }
        });
        self.store_connections();
    }
}
