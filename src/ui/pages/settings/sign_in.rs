//! The button that signs in at OpenRouter. It leaves the page; what comes back is received by the desk at the start.

use leptos::prelude::*;

use super::form::Fields;
use crate::ui::desk::use_desk;
use crate::ui::words::providers as words;
use crate::web;

/// After so long, whoever still sees the button may press it again.
const BACK_MILLIS: u32 = 5_000;

/// Signs in, keeping what the form holds for the way back.
#[component]
pub(super) fn SignIn(fields: Fields) -> impl IntoView {
    let desk = use_desk();
    let leaving = RwSignal::new(false);
    let go = move |_| {
        leaving.set(true);
        let (id, name, model) = (fields.id, fields.name.get_untracked(), fields.model.get_untracked());
        web::spawn(async move {
            if let Err(problem) = desk.sign_in(id, name, model).await {
                fields.refuse(problem);
            } else {
                // Whoever comes back with the browser's own button finds this page as it was left.
                web::sleep(BACK_MILLIS).await;
            }
            leaving.try_set(false);
        });
    };
    view! {
        <div class="sign-in">
            <button type="button" class="button" data-testid="openrouter-sign-in" on:click=go
                prop:disabled=move || leaving.get() aria-describedby="openrouter-sign-in-hint">
                {move || if leaving.get() { words::SIGNING_IN } else { words::SIGN_IN }}
            </button>
            <p class="hint" id="openrouter-sign-in-hint">{words::SIGN_IN_HINT}</p>
        </div>
    }
}
