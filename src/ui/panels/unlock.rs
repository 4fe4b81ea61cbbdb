//! The prompt that unlocks the keys on this device, once a visit.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::route::Route;
use crate::ui::words::browser;
use crate::ui::words::keys as words;
use crate::web::{self, vault};

/// The prompt, while there are locked keys and nobody has put it off.
#[component]
pub fn UnlockNotice() -> impl IntoView {
    let desk = use_desk();
    let (later, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (passphrase, problem) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // Keys come and go with the connections, whose signal is told each time.
    let locked = Memo::new(move |_| {
        desk.connections.track();
        vault::exists() && !vault::is_open()
    });
    let shared = move || matches!(*desk.route.read(), Route::Shared { .. } | Route::Results { .. });
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        problem.set(String::new());
        web::spawn(async move {
            let opened = vault::open(&passphrase.get_untracked()).await;
            passphrase.try_set(String::new());
            busy.try_set(false);
            match opened {
                Ok(_) => desk.keys_changed(),
                Err(error) => {
                    problem.try_set(browser::vault(&error));
                }
            }
        });
    };
    view! {
        <Show when=move || locked.get() && !later.get() && !shared()>
            <form class="notice page-notice unlock" data-testid="unlock-keys" on:submit=unlock>
                <div class="field">
                    <label for="unlock-passphrase">{words::LOCKED}" "{words::PASSPHRASE}</label>
                    <input id="unlock-passphrase" type="password" autocomplete="off" data-testid="unlock-passphrase"
                        prop:value=move || passphrase.get()
                        on:input=move |event| passphrase.set(event_target_value(&event)) />
                    <p class="hint" role="status" data-testid="unlock-problem">
                        {move || if busy.get() { words::OPENING.to_owned() } else { problem.get() }}
                    </p>
                </div>
                <div class="kept-actions">
                    <button type="submit" class="button button-primary" data-testid="unlock-button"
                        disabled=move || busy.get()>{words::UNLOCK}</button>
                    <button type="button" class="button" on:click=move |_| later.set(true)>{words::LATER}</button>
                </div>
            </form>
        </Show>
    }
}
