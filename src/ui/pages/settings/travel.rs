//! Settings as a file, out and in.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::words::browser;
use crate::ui::words::keys as words;
use crate::web;

/// The section.
#[component]
pub(super) fn Travel() -> impl IntoView {
    let desk = use_desk();
    let said = RwSignal::new(String::new());
    let read = move |event: web_sys::Event| {
        let Some(bytes) = web::assets::picked_file(&event) else { return };
        web::spawn(async move {
            match bytes.await {
                Ok(bytes) => {
                    if let Some(count) = desk.read_settings(&String::from_utf8_lossy(&bytes)) {
                        said.try_set(words::imported(count));
                    }
                }
                Err(error) => {
                    desk.fail(words::NOT_SETTINGS, browser::asset(&error), words::NOT_SETTINGS_NEXT);
                }
            }
        });
    };
    view! {
        <section class="card">
            <h2>{words::FILE}</h2>
            <p class="settings-what">{words::FILE_WHAT}</p>
            <div class="settings-actions">
                <button type="button" class="button" data-testid="settings-export" on:click=move |_| desk.save_settings()>
                    {words::EXPORT}
                </button>
                <label class="import">
                    <span class="button">{words::IMPORT}</span>
                    <input type="file" class="unseen" accept=".json,application/json" data-testid="settings-import"
                        on:change=read />
                </label>
                <span role="status">{said}</span>
            </div>
        </section>
    }
}
