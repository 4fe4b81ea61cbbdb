//! How much the pages of a run show: the answer, why, who disagrees and what it cost; or every figure. One choice for
//! all of them, which the device remembers.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::words::why as words;

/// The switch.
#[component]
pub fn ViewSwitch() -> impl IntoView {
    let desk = use_desk();
    let choice = move |wanted: bool, label: &'static str, test_id: &'static str| {
        view! {
            <button type="button" class="button" data-testid=test_id
                aria-pressed=move || (desk.expert.get() == wanted).to_string() on:click=move |_| desk.choose_view(wanted)>
                {label}
            </button>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=words::VIEW>
            {choice(false, words::SIMPLE, "view-simple")}
            {choice(true, words::EXPERT, "view-expert")}
        </div>
    }
}
