//! GGUF files for this tab: those that are kept, one more from a file or an address, with progress and Cancel. What is
//! chosen is the name of a kept model.

use leptos::prelude::*;

use crate::llm::on_device::file_size;
use crate::llm::{BaseUrl, Network, OnDeviceError};
use crate::ui::components::TextField;
use crate::ui::words::messages;
use crate::ui::words::on_device as words;
use crate::web;
use crate::web::on_device::{self, Cancel, KeptModel};

/// What is known and under way.
#[derive(Clone, Copy)]
struct State {
    /// The name of the chosen model; it belongs to the form.
    model: RwSignal<String>,
    kept: RwSignal<Option<Result<Vec<KeptModel>, String>>>,
    /// Bytes that have come and bytes in all, while a file comes.
    coming: RwSignal<Option<(u64, u64)>>,
    cancel: StoredValue<Option<Cancel>, LocalStorage>,
    /// How the last file or deletion went: whether well, and in words.
    said: RwSignal<Option<(bool, String)>>,
    address: RwSignal<String>,
    /// The address that waits for a yes.
    asked: RwSignal<Option<BaseUrl>>,
    /// The model whose deletion waits for a yes.
    doomed: RwSignal<Option<String>>,
}

impl State {
    fn look(self) {
        web::spawn(async move {
            let kept = on_device::models().await.map_err(|error| messages::said(&error.to_string()));
            self.kept.try_set(Some(kept));
        });
    }

    /// Shows a file coming; the result is the name under which it is kept.
    fn bring<F>(self, start: impl FnOnce(Cancel, Box<dyn FnMut(u64, u64)>) -> F)
    where
        F: Future<Output = Result<String, OnDeviceError>> + 'static,
    {
        self.stop();
        let cancel = Cancel::new();
        self.cancel.set_value(Some(cancel.clone()));
        self.said.set(None);
        self.coming.set(Some((0, 0)));
        let progress = Box::new(move |done, all| {
            self.coming.try_set(Some((done, all)));
        });
        let coming = start(cancel, progress);
        web::spawn(async move {
            let brought = coming.await;
            self.coming.try_set(None);
            match brought {
                Ok(name) => {
                    self.said.try_set(Some((true, words::kept(&name))));
                    self.model.try_set(name);
                    self.look();
                }
                Err(error) => {
                    self.said.try_set(Some((false, messages::said(&error.to_string()))));
                }
            }
        });
    }

    fn pick(self, event: &web_sys::Event) {
        if let Some(file) = on_device::picked(event) {
            self.bring(|cancel, progress| on_device::keep_file(file, cancel, progress));
        }
    }

    /// The first press only asks.
    fn ask(self) {
        self.said.set(None);
        match self.address.with_untracked(|text| BaseUrl::parse(text)) {
            Ok(address)
                if address.origin().starts_with("https://") || address.network() == Network::Loopback =>
            {
                self.asked.set(Some(address));
            }
            Ok(_) => self.said.set(Some((false, words::NOT_HTTPS.to_owned()))),
            Err(error) => self.said.set(Some((false, messages::said(&error.to_string())))),
        }
    }

    fn download(self) {
        if let Some(address) = self.asked.try_update(Option::take).flatten() {
            self.bring(|cancel, progress| on_device::keep_from(address.to_string(), cancel, progress));
        }
    }

    fn stop(self) {
        if let Some(cancel) = self.cancel.try_get_value().flatten() {
            cancel.cancel();
        }
    }

    fn delete(self, name: String) {
        self.doomed.set(None);
        web::spawn(async move {
            let deleted = on_device::remove(&name).await;
            if deleted.is_ok() && self.model.try_with_untracked(|model| *model == name) == Some(true) {
                self.model.try_set(String::new());
            }
            self.said.try_set(Some(match deleted {
                Ok(()) => (true, words::deleted(&name)),
                Err(error) => (false, messages::said(&error.to_string())),
            }));
            self.look();
        });
    }
}

/// The panel.
#[component]
pub(super) fn TabModel(model: RwSignal<String>) -> impl IntoView {
    let state = State {
        model,
        kept: RwSignal::new(None),
        coming: RwSignal::new(None),
        cancel: StoredValue::new_local(None),
        said: RwSignal::new(None),
        address: RwSignal::new(String::new()),
        asked: RwSignal::new(None),
        doomed: RwSignal::new(None),
    };
    state.look();
    // Whoever closes the form does not want the rest of the file.
    on_cleanup(move || state.stop());
    view! {
        <div class="on-device">
            <Kept state />
            <Show when=move || state.coming.with(Option::is_none)>
                <Bring state />
            </Show>
            {move || state.coming.get().map(|(done, all)| view! {
                <div class="on-device-progress" data-testid="tab-model-progress">
                    <progress max=(all > 0).then(|| all.to_string()) value=(all > 0).then(|| done.to_string())
                        aria-label=words::PICK></progress>
                    <span class="number">{words::progress(done, all)}</span>
                    <button type="button" class="button" data-testid="tab-model-cancel"
                        on:click=move |_| state.stop()>{words::CANCEL}</button>
                </div>
            })}
            <div role="status">
                {move || state.said.get().map(|(ok, said)| view! {
                    <p class="test-result" data-testid="tab-model-result" data-status=if ok { "ok" } else { "error" }>{said}</p>
                })}
            </div>
        </div>
    }
}

/// The kept models, to choose from and to delete.
#[component]
fn Kept(state: State) -> impl IntoView {
    view! {
        <fieldset class="kept-models">
            <legend>{words::KEPT}</legend>
            {move || match state.kept.get() {
                None => view! { <p class="hint">{words::LOOKING}</p> }.into_any(),
                Some(Err(problem)) => view! { <p class="hint" role="alert">{problem}</p> }.into_any(),
                Some(Ok(kept)) if kept.is_empty() => view! { <p class="hint">{words::NONE_KEPT}</p> }.into_any(),
                Some(Ok(kept)) => kept.into_iter().map(|kept| view! { <KeptRow state kept /> }).collect_view().into_any(),
            }}
        </fieldset>
    }
}

#[component]
fn KeptRow(state: State, kept: KeptModel) -> impl IntoView {
    let KeptModel { name, bytes } = kept;
    let (shown, chosen, asked, question) = (name.clone(), name.clone(), name.clone(), name.clone());
    let doomed = {
        let name = name.clone();
        move || state.doomed.with(|doomed| doomed.as_ref() == Some(&name))
    };
    let is_chosen = move || state.model.with(|model| *model == chosen);
    view! {
        <div class="kept-model" data-testid="tab-model-kept" data-model=name.clone()>
            <label>
                <input type="radio" name="tab-model" prop:checked=is_chosen on:change={
                    let name = name.clone();
                    move |_| state.model.set(name.clone())
                } />
                <span class="kept-name">{shown}</span>
                <span class="number kept-size">{file_size(bytes)}</span>
            </label>
            <button type="button" class="button button-quiet" data-testid="tab-model-delete"
                aria-label=format!("{} {name}", words::DELETE)
                on:click=move |_| state.doomed.set(Some(asked.clone()))>{words::DELETE}</button>
            <Show when=doomed>
                <DeleteQuestion state name=question.clone() bytes />
            </Show>
        </div>
    }
}

#[component]
fn DeleteQuestion(state: State, name: String, bytes: u64) -> impl IntoView {
    let question = words::confirm_delete(&name, bytes);
    view! {
        <div class="notice">
            <p>{question}</p>
            <div class="settings-actions">
                <button type="button" class="button" data-testid="tab-model-delete-yes"
                    on:click=move |_| state.delete(name.clone())>{words::delete(bytes)}</button>
                <button type="button" class="button button-quiet" on:click=move |_| state.doomed.set(None)>{words::KEEP}</button>
            </div>
        </div>
    }
}

/// One more model: from a file, or from an address.
#[component]
fn Bring(state: State) -> impl IntoView {
    view! {
        <label class="import">
            <span class="button">{words::PICK}</span>
            <input class="unseen" type="file" accept=".gguf" data-testid="tab-model-file"
                on:change=move |event| state.pick(&event) />
            <small>{words::PICK_HINT}</small>
        </label>
        <div class="on-device-address">
            <TextField label=words::ADDRESS hint=words::ADDRESS_HINT placeholder=words::ADDRESS_EXAMPLE
                value=state.address test_id=Signal::stored("tab-model-address".to_owned())
                on_input=move |text| {
                    state.address.set(text);
                    state.asked.set(None);
                } />
            <button type="button" class="button" data-testid="tab-model-download"
                on:click=move |_| state.ask()>{words::DOWNLOAD}</button>
        </div>
        {move || state.asked.get().map(|address| view! {
            <div class="notice" role="status">
                <p>{words::confirm(address.origin())}</p>
                <div class="settings-actions">
                    <button type="button" class="button button-primary" data-testid="tab-model-download-yes"
                        on:click=move |_| state.download()>{words::download_from(address.origin())}</button>
                    <button type="button" class="button button-quiet"
                        on:click=move |_| state.asked.set(None)>{words::DO_NOT}</button>
                </div>
            </div>
        })}
    }
}
