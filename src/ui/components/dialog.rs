//! A dialog: the browser's own, which keeps the focus and gives it back. What stands in it comes a frame after it opens.

use leptos::html;
use leptos::prelude::*;

use crate::web;

/// What gets the focus once the dialog is filled.
const FIRST_CONTROL: &str = "dialog[open] :is(button, input, a[href])";

/// The dialog; open while `open` says so.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The id of its heading.
    labelled_by: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    // What stands in it comes a frame later: to put a long page behind a dialog is work enough for one task.
    let filled = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if !open.get() {
            filled.set(false);
        }
        if open.get() == dialog.open() {
            return;
        }
        if open.get() {
            web::spawn(async move {
                // To show it makes the browser look at every element of the page: not in the task of the press as well.
                web::next_task().await;
                if open.try_get_untracked() != Some(true) {
                    return;
                }
                // It can be refused only to a dialog that is open or not in the page.
                let _ = dialog.show_modal();
                web::next_frame().await;
                filled.try_set(open.try_get_untracked() == Some(true));
                web::next_frame().await;
                web::page::focus(FIRST_CONTROL);
            });
        } else {
            dialog.close();
        }
    });
    view! {
        <dialog node_ref=dialog class="dialog" aria-labelledby=labelled_by on:close=move |_| open.set(false)>
            <Show when=move || filled.get()>{children()}</Show>
        </dialog>
    }
}
