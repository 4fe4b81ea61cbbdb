//! When a drawing is drawn again: after the frame in which something that it shows has changed. It knows no drawing.

use leptos::prelude::*;

use crate::web;

/// Calls `draw` now and whenever something changes that `track` reads: once for all that changes before the next
/// frame, and in a task of its own after it. A canvas that is given a font makes the browser lay out the page first,
/// which costs nothing there and a second layout anywhere else.
pub fn redraw(track: impl Fn() + 'static, draw: impl Fn() + 'static) {
    let (wanted, draw) = (StoredValue::new(false), StoredValue::new_local(draw));
    Effect::new(move |_| {
        track();
        if wanted.get_value() {
            return;
        }
        wanted.set_value(true);
        web::spawn(async move {
            web::next_frame().await;
            // The chart may have left the page by now.
            if wanted.try_set_value(false).is_none() {
                draw.try_with_value(|draw| draw());
            }
        });
    });
}
