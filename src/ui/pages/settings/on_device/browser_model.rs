//! The browser's own model: what the browser says of it, and a button where it can be downloaded.

use leptos::prelude::*;

use crate::llm::on_device::Availability;
use crate::ui::words::messages;
use crate::ui::words::on_device as words;
use crate::web;
use crate::web::on_device::{self, Cancel};

/// What is known and under way.
#[derive(Clone, Copy)]
struct State {
    found: RwSignal<Option<Result<Availability, String>>>,
    /// The share that a download has brought, while it is under way.
    share: RwSignal<Option<f64>>,
    cancel: StoredValue<Option<Cancel>, LocalStorage>,
    problem: RwSignal<Option<String>>,
}

impl State {
    fn look(self) {
        web::spawn(async move {
            let found = on_device::availability().await.map_err(|error| messages::said(&error.to_string()));
            self.found.try_set(Some(found));
        });
    }

    fn download(self) {
        let cancel = Cancel::new();
        self.cancel.set_value(Some(cancel.clone()));
        self.problem.set(None);
        self.share.set(Some(0.0));
        let progress = move |share| {
            self.share.try_set(Some(share));
        };
        web::spawn(async move {
            let done = on_device::download(cancel, progress).await;
            self.share.try_set(None);
            self.problem.try_set(done.err().map(|error| messages::said(&error.to_string())));
            self.look();
        });
    }

    fn stop(self) {
        if let Some(cancel) = self.cancel.try_get_value().flatten() {
            cancel.cancel();
        }
    }
}

/// The panel.
#[component]
pub(super) fn BrowserModel() -> impl IntoView {
    let state = State {
        found: RwSignal::new(None),
        share: RwSignal::new(None),
        cancel: StoredValue::new_local(None),
        problem: RwSignal::new(None),
    };
    state.look();
    on_cleanup(move || state.stop());
    let name = move || match state.found.get() {
        None => "asking",
        Some(Err(_)) => "failed",
        Some(Ok(found)) => found.name(),
    };
    let said = move || match state.found.get() {
        None => words::ASKING_BROWSER.to_owned(),
        Some(Err(problem)) => problem,
        Some(Ok(found)) => words::availability(found).to_owned(),
    };
    let offered = move || {
        state.share.with(Option::is_none)
            && state.found.with(|found| matches!(found, Some(Ok(Availability::Downloadable))))
    };
    view! {
        <div class="on-device">
            <p class="on-device-state" role="status" data-testid="browser-model-state" data-availability=name>{said}</p>
            <Show when=offered>
                <div><button type="button" class="button" data-testid="browser-model-download"
                    on:click=move |_| state.download()>{words::GET_BUILT_IN}</button></div>
            </Show>
            {move || state.share.get().map(|share| view! {
                <div class="on-device-progress">
                    <progress max="1" prop:value=share aria-label=words::GET_BUILT_IN></progress>
                    <span class="number">{words::share(share)}</span>
                    <button type="button" class="button button-quiet" on:click=move |_| state.stop()>{words::CANCEL}</button>
                </div>
            })}
            {move || state.problem.get().map(|problem| view! {
                <p class="test-result" data-status="error" role="alert">{problem}</p>
            })}
        </div>
    }
}
