//! Tasks of the page: the one place that starts them, and the two things they wait for. It knows no run.

use std::future::Future;

use futures_util::future::select;
use wasm_bindgen::prelude::*;

/// How long a frame may be worked on: a frame has sixteen milliseconds, and the browser needs some for itself.
const SLICE_MILLIS: f64 = 10.0;
/// How long a frame is waited for in a tab that draws none.
const HIDDEN_FRAME_MILLIS: u32 = 100;

/// Starts a task that lives as long as the page.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    #[allow(clippy::disallowed_methods, reason = "this is the one door")]
    wasm_bindgen_futures::spawn_local(task);
}

/// Resolves right after the next animation frame, or soon after if the tab is hidden and draws none.
///
/// Not within the frame: there the work would be one task with the browser's own layout and painting, and with the
/// work of everybody else who waits for the frame.
pub async fn next_frame() {
    let (frame, drawn) = futures_channel::oneshot::channel::<()>();
    let callback = Closure::once_into_js(move || {
        // Nobody waits any more if the time-out was first.
        let _ = frame.send(());
    });
    let asked = web_sys::window().map(|window| window.request_animation_frame(callback.unchecked_ref()));
    if matches!(asked, Some(Ok(_))) {
        select(drawn, Box::pin(sleep(HIDDEN_FRAME_MILLIS))).await;
        next_task().await;
    } else {
        sleep(HIDDEN_FRAME_MILLIS).await;
    }
}

/// Resolves in a later task: the browser may draw and hear in between.
pub async fn next_task() {
    sleep(0).await;
}

/// Resolves after so many milliseconds.
pub async fn sleep(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

/// Works a little each frame, so that the page stays alive: calls `work` until it gives something. After each frame's
/// share `on_slice` hears of it and says whether to go on; `None` if not.
pub async fn in_slices<T>(
    mut work: impl FnMut() -> Option<T>,
    mut on_slice: impl FnMut() -> bool,
) -> Option<T> {
    loop {
        let slice = Slice::begin();
        while !slice.is_over() {
            if let Some(done) = work() {
                return Some(done);
            }
        }
        if !on_slice() {
            return None;
        }
        next_frame().await;
    }
}

/// The time that a task may take of a frame.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    end_millis: f64,
}

impl Slice {
    /// Starts the clock.
    pub fn begin() -> Self {
        Self { end_millis: super::page::now_millis() + SLICE_MILLIS }
    }

    /// Whether it is time to let the browser draw.
    pub fn is_over(self) -> bool {
        super::page::now_millis() >= self.end_millis
    }
}
