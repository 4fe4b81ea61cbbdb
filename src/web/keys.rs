//! The keys of model servers: in this tab's memory alone, each bound to the origin that it was entered for. Nothing
//! can list them, print them or store them; a reload forgets them all.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::llm::{BaseUrl, Secret};
use crate::session::ConnectionId;

struct Bound {
    origin: String,
    key: Secret,
}

thread_local! {
    static KEYS: RefCell<BTreeMap<ConnectionId, Bound>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps a key for calls to one origin; an empty key forgets the old one.
pub fn set(connection: ConnectionId, address: &BaseUrl, key: &str) {
    KEYS.with_borrow_mut(|keys| {
        if key.trim().is_empty() {
            keys.remove(&connection);
        } else {
            keys.insert(
                connection,
                Bound { origin: address.origin().to_owned(), key: Secret::new(key.trim()) },
            );
        }
    });
}

/// Forgets the key if the connection now leads elsewhere than where the key belongs; says whether a key remains.
pub fn rebind(connection: ConnectionId, address: &BaseUrl) -> bool {
    KEYS.with_borrow_mut(|keys| {
        if keys.get(&connection).is_some_and(|bound| bound.origin != address.origin()) {
            keys.remove(&connection);
        }
        keys.contains_key(&connection)
    })
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

/// Forgets one key.
pub fn forget(connection: ConnectionId) {
    KEYS.with_borrow_mut(|keys| keys.remove(&connection));
}

/// Forgets every key; says how many there were.
pub fn forget_all() -> usize {
    KEYS.with_borrow_mut(|keys| {
        let count = keys.len();
        keys.clear();
        count
    })
}
