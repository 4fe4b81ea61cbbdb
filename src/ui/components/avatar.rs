//! A disc with one or two letters that stands for an agent.

use leptos::prelude::*;

use crate::ui::format;

/// How many tints style/components.css has.
const TINTS: usize = 8;

/// The disc. It repeats what stands beside it, so it is silent.
#[component]
pub fn Avatar(
    /// The agent's name.
    #[prop(into)]
    name: Signal<String>,
    /// The agent's place, which gives the tint.
    #[prop(into)]
    place: Signal<usize>,
) -> impl IntoView {
    view! {
        <span class="avatar" aria-hidden="true" data-tint=move || (place.get() % TINTS).to_string()>
            {move || name.with(|name| format::initials(name))}
        </span>
    }
}
