//! Tasks of the page: the one place that starts them, and the two things they wait for. It knows no run.

use std::future::Future;

use futures_util::future::select;
use wasm_bindgen::prelude::*;

/// How long a frame is waited for in a tab that draws none.
const HIDDEN_FRAME_MILLIS: u32 = 100;

/// Starts a task that lives as long as the page.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    #[allow(clippy::disallowed_methods, reason = "this is the one door")]
    wasm_bindgen_futures::spawn_local(task);
}

/// Resolves at the next animation frame, or soon after if the tab is hidden and draws none.
pub async fn next_frame() {
    let (frame, drawn) = futures_channel::oneshot::channel::<()>();
    let callback = Closure::once_into_js(move || {
        // Nobody waits any more if the time-out was first.
        let _ = frame.send(());
    });
    let asked = web_sys::window().map(|window| window.request_animation_frame(callback.unchecked_ref()));
    if matches!(asked, Some(Ok(_))) {
        select(drawn, Box::pin(sleep(HIDDEN_FRAME_MILLIS))).await;
    } else {
        sleep(HIDDEN_FRAME_MILLIS).await;
    }
}

/// Resolves after so many milliseconds.
pub async fn sleep(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}
