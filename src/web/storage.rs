//! What this page remembers from visit to visit, as JSON under names of its own. A browser may refuse (private
//! windows, full storage): then nothing is remembered, and whoever asked is told. No key is ever written here but sealed (`vault`).

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Before every name, so that other pages of the same host are left alone.
const PREFIX: &str = "credence/";

/// The browser refuses to store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this browser does not let the page store anything: a private window, or its storage is full")]
pub struct Refused;

fn storage() -> Option<web_sys::Storage> {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten())
}

/// Reads a value; `None` if there is none, or none that can be read.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Writes a value.
///
/// # Errors
/// The browser refuses.
pub fn write<T: Serialize>(name: &str, value: &T) -> Result<(), Refused> {
    let text = serde_json::to_string(value).map_err(|_| Refused)?;
    storage().ok_or(Refused)?.set_item(&format!("{PREFIX}{name}"), &text).map_err(|_| Refused)
}

/// Removes a value.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        // What cannot be removed cannot be read either.
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// The names under which something is stored.
fn names(storage: &web_sys::Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    let name = |place| storage.key(place).ok().flatten();
    (0..count).filter_map(name).filter(|name| name.starts_with(PREFIX)).collect()
}

/// How much is stored, in bytes of text.
pub fn used_bytes() -> usize {
    let Some(storage) = storage() else { return 0 };
    let size = |name: &String| {
        let value = storage.get_item(name).ok().flatten();
        name.len() + value.map_or(0, |value| value.len())
    };
    names(&storage).iter().map(size).sum()
}

/// Forgets everything that was stored.
pub fn clear() {
    let Some(storage) = storage() else { return };
    for name in names(&storage) {
        // What cannot be removed cannot be read either.
        let _ = storage.remove_item(&name);
    }
}
