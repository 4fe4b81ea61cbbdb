//! Where a connection's key is left: a choice of three in its form, with a passphrase for the third.

use leptos::prelude::*;

use crate::session::ConnectionId;
use crate::ui::desk::Desk;
use crate::ui::words::browser;
use crate::ui::words::keys as words;
use crate::web::keys::{self, KeyPlace};
use crate::web::{self, vault};

/// What a form says about its key's place.
#[derive(Clone, Copy)]
pub(super) struct KeyChoice {
    id: ConnectionId,
    place: RwSignal<KeyPlace>,
    passphrase: RwSignal<String>,
    /// The passphrase is being turned into a key.
    pub(super) busy: RwSignal<bool>,
}

impl KeyChoice {
    /// As the key of a connection is kept now.
    pub(super) fn of(id: ConnectionId) -> Self {
        let locked = vault::held().contains(&id).then_some(KeyPlace::Device);
        Self {
            id,
            place: RwSignal::new(keys::place(id).or(locked).unwrap_or_default()),
            passphrase: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        }
    }

    /// Makes the place ready, then calls `ready`; calls `refused` with what is in the way otherwise.
    pub(super) fn prepare(self, ready: impl FnOnce() + 'static, refused: impl FnOnce(String) + 'static) {
        let unchanged = self.passphrase.with_untracked(String::is_empty) && vault::held().contains(&self.id);
        if self.place.get_untracked() != KeyPlace::Device || vault::is_open() || unchanged {
            ready();
            return;
        }
        self.busy.set(true);
        web::spawn(async move {
            let opened = vault::open(&self.passphrase.get_untracked()).await;
            self.passphrase.try_set(String::new());
            self.busy.try_set(false);
            match opened {
                Ok(_) => ready(),
                Err(error) => refused(browser::vault(&error)),
            }
        });
    }

    /// Leaves the key, which is in memory by now, where it was chosen.
    pub(super) fn leave(self, desk: Desk) {
        let (id, place) = (self.id, self.place.get_untracked());
        if !keys::has(id) {
            return;
        }
        if place == KeyPlace::Device {
            web::spawn(async move {
                if let Err(error) = vault::leave(id).await {
                    desk.fail(words::NOT_KEPT, browser::vault(&error), words::NOT_KEPT_NEXT);
                }
                desk.connections.update(|_| ());
            });
        } else if !keys::leave(id, place) {
            desk.fail(words::NOT_KEPT, words::NO_TAB_STORAGE, words::NOT_KEPT_NEXT);
        }
    }
}

/// The choice.
#[component]
pub(super) fn KeyPlaceField(choice: KeyChoice) -> impl IntoView {
    let available = vault::is_available();
    let card = move |place: KeyPlace, test_id: &'static str, title: &'static str, note: &'static str| {
        let usable = place != KeyPlace::Device || available;
        view! {
            <label class="radio-card">
                <input type="radio" name="key-place" data-testid=test_id disabled=!usable
                    prop:checked=move || choice.place.get() == place on:change=move |_| choice.place.set(place) />
                <span class="radio-title">{title}</span>
                <span class="radio-what">{if usable { note } else { words::DEVICE_UNAVAILABLE }}</span>
            </label>
        }
    };
    let asks = move || choice.place.get() == KeyPlace::Device && !vault::is_open();
    view! {
        <fieldset class="appearance key-place">
            <legend>{words::PLACE}</legend>
            <div class="radio-cards">
                {card(KeyPlace::Memory, "key-in-memory", words::MEMORY, words::MEMORY_NOTE)}
                {card(KeyPlace::Tab, "key-in-tab", words::TAB, words::TAB_NOTE)}
                {card(KeyPlace::Device, "key-on-device", words::DEVICE, words::DEVICE_NOTE)}
            </div>
            <Show when=asks>
                <div class="field key-passphrase">
                    <label for="key-passphrase">
                        {if vault::exists() { words::PASSPHRASE_OLD } else { words::PASSPHRASE_NEW }}
                    </label>
                    <input id="key-passphrase" type="password" data-testid="key-passphrase" autocomplete="off"
                        aria-describedby="key-passphrase-hint" prop:value=move || choice.passphrase.get()
                        on:input=move |event| choice.passphrase.set(event_target_value(&event)) />
                    <p class="hint" id="key-passphrase-hint">
                        {move || if choice.busy.get() { words::OPENING } else { words::PASSPHRASE_HINT }}
                    </p>
                </div>
            </Show>
        </fieldset>
    }
}
