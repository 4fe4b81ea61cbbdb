//! The page for addresses that lead nowhere.

use leptos::prelude::*;

use crate::ui::words::shell as words;

/// The page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <section class="empty">
            <h1 tabindex="-1">{words::NOT_FOUND}</h1>
            <p>{words::NOT_FOUND_WHY}</p>
            <a class="button button-primary" href="#/">{words::NOT_FOUND_NEXT}</a>
        </section>
    }
}
