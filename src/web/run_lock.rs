//! One tab drives a run: a lock of the browser's that dies with the tab that holds it. Where there are no locks (pages
//! that are not secure), everybody gets one, and the database alone refuses the second writer.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// A lock that is held until it is dropped.
pub struct RunLock(Rc<RefCell<Option<Function>>>);

impl Drop for RunLock {
    fn drop(&mut self) {
        if let Some(release) = self.0.borrow_mut().take() {
            // Resolves the promise that holds the lock.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Gives up waiting when it is dropped.
struct Waiting(AbortController);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Takes the lock if it is free.
pub async fn take(run: &str) -> Option<RunLock> {
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    request(run, &options).await
}

/// Waits until the lock is free and takes it. Dropping the future gives up.
pub async fn wait(run: &str) -> Option<RunLock> {
    let waiting = Waiting(AbortController::new().ok()?);
    let options = Object::new();
    let _ = Reflect::set(&options, &"signal".into(), &waiting.0.signal());
    // A signal cannot take back a lock that is held: afterwards, the controller may go.
    request(run, &options).await
}

async fn request(run: &str, options: &Object) -> Option<RunLock> {
    let held = Rc::new(RefCell::new(None));
    let Some(locks) = lock_manager() else { return Some(RunLock(held)) };
    let (tell, told) = oneshot::channel::<bool>();
    let keep = Rc::clone(&held);
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let there = !lock.is_null() && !lock.is_undefined();
        // The lock is held as long as this promise is open; if nobody waits any more, it is not taken.
        let mut hold = |resolve: Function, _: Function| *keep.borrow_mut() = Some(resolve);
        let promise = if there { JsValue::from(Promise::new(&mut hold)) } else { JsValue::UNDEFINED };
        if tell.send(there).is_err() {
            drop(RunLock(keep));
        }
        promise
    });
    let ask: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let asked = ask.call3(&locks, &format!("credence/run/{run}").into(), options, &granted).ok()?;
    // The promise ends when the lock is released, or fails when waiting was given up: nobody needs to hear of it.
    super::spawn(async move {
        let _ = JsFuture::from(asked.unchecked_into::<Promise>()).await;
    });
    told.await.unwrap_or(false).then_some(RunLock(held))
}

fn lock_manager() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

/// Whether some tab holds the lock.
pub async fn is_taken(run: &str) -> bool {
    take(run).await.is_none()
}
