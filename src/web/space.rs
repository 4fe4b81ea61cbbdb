//! How much room the browser gives this page, and the request to keep what is there when room gets scarce.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// Bytes used and bytes granted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    /// Used by everything that this page's host stores.
    pub used_bytes: f64,
    /// The most that the browser grants.
    pub granted_bytes: f64,
}

/// Missing on pages that are not secure, whatever its type says.
fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    storage.is_object().then(|| storage.unchecked_into())
}

/// The browser's estimate, if it gives one.
pub async fn estimate() -> Option<Space> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    Some(Space { used_bytes: estimate.get_usage()?, granted_bytes: estimate.get_quota()? })
}

/// Asks that nothing be thrown away when room gets scarce; says whether the browser agrees.
pub async fn persist() -> bool {
    let Some(Ok(asked)) = manager().map(|manager| manager.persist()) else { return false };
    JsFuture::from(asked).await.is_ok_and(|agreed| agreed.is_truthy())
}
