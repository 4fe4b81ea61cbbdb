//! Between the tabs of this page: a short word whenever something that all of them show has changed, and what this tab
//! alone remembers over a reload. It does not know what the words mean.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

/// The channel's name.
const CHANNEL: &str = "credence/runs";
/// Under which name this tab remembers its run.
const TAB_RUN: &str = "credence/run";

thread_local! {
    static OPEN: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Hears what other tabs say, as long as the page lives.
pub fn listen(heard: impl Fn(String) + 'static) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let callback = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        heard(event.data().as_string().unwrap_or_default());
    });
    channel.set_onmessage(Some(callback.as_ref().unchecked_ref()));
    callback.forget();
    OPEN.set(Some(channel));
}

/// Says a word to the other tabs.
pub fn say(word: &str) {
    OPEN.with_borrow(|channel| {
        if let Some(channel) = channel {
            // Fails for values that cannot be copied only, and a text can.
            let _ = channel.post_message(&JsValue::from_str(word));
        }
    });
}

/// Calls back when this tab may be about to go: hidden, or left.
pub fn before_leaving(flush: impl Fn() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let callback = Closure::<dyn Fn()>::new(flush);
    for name in ["pagehide", "visibilitychange"] {
        let target: &web_sys::EventTarget = window.as_ref();
        // `visibilitychange` bubbles from the document.
        let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    }
    callback.forget();
}

fn session_storage() -> Option<web_sys::Storage> {
    web_sys::window().and_then(|window| window.session_storage().ok().flatten())
}

/// The run that this tab had open before it was loaded again.
pub fn remembered_run() -> Option<String> {
    session_storage()?.get_item(TAB_RUN).ok().flatten()
}

/// Remembers the run that this tab has open.
pub fn remember_run(id: Option<&str>) {
    let Some(storage) = session_storage() else { return };
    let _ = match id {
        Some(id) => storage.set_item(TAB_RUN, id),
        None => storage.remove_item(TAB_RUN),
    };
}
