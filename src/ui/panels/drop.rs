//! Files that are dropped anywhere on the page: while they hover it says what will happen, and then it opens them.

use leptos::ev;
use leptos::prelude::*;

use crate::share::MAX_FILE_BYTES;
use crate::ui::desk::{MOST_BYTES, use_desk};
use crate::ui::route::Route;
use crate::ui::words::{evaluate, share as words};
use crate::web;

/// Listens for drops as long as the page lives, and shows a sign while files hover.
#[component]
pub fn DropTarget() -> impl IntoView {
    let desk = use_desk();
    let hovering = RwSignal::new(false);
    let over = window_event_listener(ev::dragover, move |event| {
        let brings = web::assets::brings_files(&event);
        if brings {
            // Without it, the browser would leave the page for the file.
            event.prevent_default();
        }
        hovering.set(brings);
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        // The window itself was left, not one element for another.
        if event.related_target().is_none() {
            hovering.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        hovering.set(false);
        if !web::assets::brings_files(&event) {
            return;
        }
        event.prevent_default();
        if *desk.route.read_untracked() == Route::Evaluate {
            let name = web::assets::dropped_name(&event).unwrap_or_default();
            if let Some(bytes) = web::assets::dropped_file(&event, MOST_BYTES) {
                web::spawn(async move { desk.receive_questions(name, bytes.await).await });
            }
        } else if let Some(bytes) = web::assets::dropped_file(&event, MAX_FILE_BYTES) {
            web::spawn(async move { desk.import(bytes.await).await });
        }
    });
    on_cleanup(move || {
        over.remove();
        left.remove();
        dropped.remove();
    });
    view! {
        <Show when=move || hovering.get()>
            <p class="drop-sign" data-testid="drop-sign" aria-hidden="true">
                {move || if *desk.route.read() == Route::Evaluate { evaluate::DROP } else { words::DROP }}
            </p>
        </Show>
    }
}
