//! The keys of model servers, each bound to the origin that it was entered for. A key lives in this tab's memory; a
//! person may also leave it in this tab's storage, which survives a reload, or on this device, encrypted (`vault`).
//! Nothing here prints a key or lists one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::vault;
use crate::llm::{BaseUrl, Secret};
use crate::session::ConnectionId;

/// Before each name in the tab's storage.
const TAB_PREFIX: &str = "credence/key/";

/// Where a key is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyPlace {
    /// In memory alone: gone after a reload.
    #[default]
    Memory,
    /// In this tab: gone when it is closed.
    Tab,
    /// On this device, encrypted under a passphrase.
    Device,
}

struct Bound {
    origin: String,
    key: Secret,
    place: KeyPlace,
}

/// A key in this tab's storage.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InTab {
    origin: String,
    key: String,
}

thread_local! {
    static KEYS: RefCell<BTreeMap<ConnectionId, Bound>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps a key in memory for calls to one origin; an empty key forgets the old one.
pub fn set(connection: ConnectionId, address: &BaseUrl, key: &str) {
    if key.trim().is_empty() {
        forget(connection);
    } else {
        put(connection, address.origin(), Secret::new(key), KeyPlace::Memory);
    }
}

pub(super) fn put(connection: ConnectionId, origin: &str, key: Secret, place: KeyPlace) {
    KEYS.with_borrow_mut(|keys| {
        keys.insert(connection, Bound { origin: origin.to_owned(), key, place });
    });
}

/// Reads the keys that were left in this tab before it was loaded again.
pub fn load_tab() {
    let Some(storage) = tab() else { return };
    for name in tab_names(&storage) {
        let id = name.strip_prefix(TAB_PREFIX).and_then(|id| id.parse().ok());
        let text = storage.get_item(&name).ok().flatten();
        let found = text.and_then(|text| serde_json::from_str::<InTab>(&text).ok());
        if let (Some(id), Some(InTab { origin, key })) = (id, found) {
            put(ConnectionId(id), &origin, Secret::new(&key), KeyPlace::Tab);
        }
    }
}

/// Leaves the key of a connection in memory alone or in this tab; copies elsewhere go. For the device see [`vault`].
/// Says whether the browser agreed.
pub fn leave(connection: ConnectionId, place: KeyPlace) -> bool {
    let bound = KEYS.with_borrow_mut(|keys| {
        let bound = keys.get_mut(&connection)?;
        bound.place = place;
        Some((bound.origin.clone(), bound.key.clone()))
    });
    remove_from_tab(connection);
    if place != KeyPlace::Device {
        vault::remove(connection);
    }
    let (Some((origin, key)), KeyPlace::Tab) = (bound, place) else { return true };
    let text = serde_json::to_string(&InTab { origin, key: key.expose().to_owned() }).unwrap_or_default();
    let written = tab().map(|storage| storage.set_item(&format!("{TAB_PREFIX}{}", connection.0), &text));
    if matches!(written, Some(Ok(()))) {
        return true;
    }
    KEYS.with_borrow_mut(|keys| {
        if let Some(bound) = keys.get_mut(&connection) {
            bound.place = KeyPlace::Memory;
        }
    });
    false
}

/// The origin and the key of a connection, for whoever encrypts it.
pub(super) fn bound(connection: ConnectionId) -> Option<(String, Secret)> {
    KEYS.with_borrow(|keys| keys.get(&connection).map(|bound| (bound.origin.clone(), bound.key.clone())))
}

/// Where the key of a connection is left; `None` if there is none in memory.
pub fn place(connection: ConnectionId) -> Option<KeyPlace> {
    KEYS.with_borrow(|keys| keys.get(&connection).map(|bound| bound.place))
}

/// Forgets the key, wherever it is, if the connection now leads elsewhere than where the key belongs; says whether a key
/// remains.
pub fn rebind(connection: ConnectionId, address: &BaseUrl) -> bool {
    let elsewhere = |origin: &str| origin != address.origin();
    let moved = bound(connection).map_or_else(
        || vault::origin_of(connection).is_some_and(|origin| elsewhere(&origin)),
        |(origin, _)| elsewhere(&origin),
    );
    if moved {
        forget(connection);
    }
    has(connection)
}

/// The key for a call to this address: empty unless one was entered for its origin.
pub fn for_call(connection: ConnectionId, address: &BaseUrl) -> Secret {
    KEYS.with_borrow(|keys| match keys.get(&connection) {
        Some(bound) if bound.origin == address.origin() => bound.key.clone(),
        _ => Secret::new(""),
    })
}

/// Lets another connection to the same origin use the key of this one: a form tests what it would save.
pub fn lend(from: ConnectionId, to: ConnectionId, address: &BaseUrl) {
    let key = for_call(from, address);
    set(to, address, key.expose());
}

/// Whether a key is there.
pub fn has(connection: ConnectionId) -> bool {
    KEYS.with_borrow(|keys| keys.contains_key(&connection))
}

/// Forgets one key, wherever it is.
pub fn forget(connection: ConnectionId) {
    KEYS.with_borrow_mut(|keys| keys.remove(&connection));
    remove_from_tab(connection);
    vault::remove(connection);
}

/// Forgets every key in all three places; says how many there were.
pub fn forget_all() -> usize {
    let mut known = vault::held();
    KEYS.with_borrow_mut(|keys| {
        known.extend(keys.keys().copied());
        keys.clear();
    });
    if let Some(storage) = tab() {
        for name in tab_names(&storage) {
            // What cannot be removed cannot be read either.
            let _ = storage.remove_item(&name);
        }
    }
    vault::clear();
    known.sort_unstable();
    known.dedup();
    known.len()
}

fn tab() -> Option<web_sys::Storage> {
    web_sys::window().and_then(|window| window.session_storage().ok().flatten())
}

fn tab_names(storage: &web_sys::Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    let name = |place| storage.key(place).ok().flatten();
    (0..count).filter_map(name).filter(|name| name.starts_with(TAB_PREFIX)).collect()
}

fn remove_from_tab(connection: ConnectionId) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(&format!("{TAB_PREFIX}{}", connection.0));
    }
}
