//! What a page about a run says while there is none.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::words::{audit, runs};

/// That nothing is there yet, or that a run is being opened, and the way to one.
#[component]
pub fn NoRun(
    /// What is missing.
    title: &'static str,
    /// What would be here.
    what: &'static str,
) -> impl IntoView {
    let desk = use_desk();
    view! {
        <section class="empty">
            <h1 tabindex="-1">{move || if desk.opening.get() { runs::OPENING } else { title }}</h1>
            <p>{what}</p>
            <a class="button button-primary button-large" href="#/">{audit::EMPTY_NEXT}</a>
        </section>
    }
}
