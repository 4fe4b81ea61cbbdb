//! The fields of a model server in the form of a connection: the kind that fills the others, the key, the model, the
//! protocol for experts, and what a test found.

use leptos::prelude::*;

use super::form::Fields;
use super::on_device::{EngineOptions, engine_of};
use super::sign_in::SignIn;
use crate::llm::providers::PROVIDERS;
use crate::llm::{BaseUrl, ChatRequest, Protocol, Provider, Reach, Secret, Server, base_url};
use crate::session::ConnectionId;
use crate::ui::components::TextField;
use crate::ui::words::{on_device, providers as kinds, settings as words};
use crate::web::keys;

/// The kind of server. Choosing one fills the other fields, which can be changed afterwards.
#[component]
pub(super) fn PresetField(fields: Fields) -> impl IntoView {
    let engine = fields.on_device.engine;
    let choose = move |id: String| {
        fields.verdict.set(None);
        fields.on_device.choose(engine_of(&id));
        if engine_of(&id).is_some() {
            return;
        }
        let provider = Provider::by_id(&id);
        let before = fields.provider.get_untracked();
        fields.provider.set(provider);
        fields.protocol.set(provider.protocol);
        // An address that somebody typed stays where this kind has none of its own.
        let typed = fields.base_url.with_untracked(|address| address != before.base_url);
        if !provider.base_url.is_empty() || !typed {
            let origin = |address: &str| base_url::origin(address).ok();
            if fields.base_url.with_untracked(|address| origin(address)) != origin(provider.base_url) {
                // A key belongs to the server that it was entered for.
                fields.key.set(String::new());
            }
            fields.base_url.set(provider.base_url.to_owned());
        }
        // A model's name that somebody typed is worth more than a suggestion.
        let suggested = fields.model.with_untracked(|model| model.is_empty() || model == before.model);
        if suggested {
            fields.model.set(provider.model.to_owned());
        }
        fields.models.set(Vec::new());
    };
    let note = move || match engine.get() {
        Some(engine) => on_device::note(engine),
        None => kinds::note(fields.provider.get()),
    };
    let group = move |reach: Reach| {
        PROVIDERS
            .iter()
            .filter(move |provider| provider.reach == reach)
            .map(|provider| {
                let chosen = move || engine.get().is_none() && fields.provider.get().id == provider.id;
                view! { <option value=provider.id prop:selected=chosen>{provider.name}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for="connection-preset">{words::PRESET}</label>
            <select id="connection-preset" data-testid="connection-preset" aria-describedby="connection-preset-hint"
                on:change=move |event| choose(event_target_value(&event))>
                {kinds::GROUPS.iter().map(|(reach, name)| view! {
                    <optgroup label=*name>{group(*reach)}</optgroup>
                }).collect_view()}
                <optgroup label=on_device::GROUP><EngineOptions engine /></optgroup>
            </select>
            <p class="hint" id="connection-preset-hint" data-testid="connection-note">
                {note}
            </p>
        </div>
        <Show when=move || engine.get().is_none() && fields.provider.get().id == "openrouter"><SignIn fields /></Show>
    }
}

/// Address, key, model and name.
#[component]
pub(super) fn ServerFields(fields: Fields, id: ConnectionId) -> impl IntoView {
    view! {
        <div class="field-grid">
            <TextField label=words::BASE_URL hint=words::BASE_URL_HINT value=fields.base_url
                on_input=move |text| fields.base_url.set(text)
                placeholder=kinds::address_example(fields.provider.get_untracked())
                test_id=Signal::stored("connection-base-url".to_owned()) />
            <KeyField fields id />
            <ModelField fields />
            <TextField label=words::NAME value=fields.name on_input=move |text| fields.name.set(text) />
        </div>
    }
}

#[component]
fn KeyField(fields: Fields, id: ConnectionId) -> impl IntoView {
    let placeholder = if keys::has(id) { words::KEY_KEPT } else { "" };
    view! {
        <div class="field">
            <label for="connection-key">{words::KEY}</label>
            <input id="connection-key" type="password" data-testid="connection-key" autocomplete="off"
                spellcheck="false" placeholder=placeholder aria-describedby="connection-key-hint"
                prop:value=move || fields.key.get()
                on:input=move |event| fields.key.set(event_target_value(&event)) />
            <p class="hint" id="connection-key-hint">{words::KEY_HINT}</p>
        </div>
    }
}

#[component]
fn ModelField(fields: Fields) -> impl IntoView {
    let hint = move || match fields.protocol.get() {
        Protocol::AzureChat => kinds::AZURE_MODEL,
        _ => words::MODEL_HINT,
    };
    view! {
        <div class="field">
            <label for="connection-model">{words::MODEL}</label>
            <input id="connection-model" type="text" data-testid="connection-model" list="connection-models"
                autocomplete="off" spellcheck="false" aria-describedby="connection-model-hint"
                prop:value=move || fields.model.get()
                on:input=move |event| fields.model.set(event_target_value(&event)) />
            <datalist id="connection-models">
                <For each=move || fields.models.get() key=Clone::clone let(model)><option value=model></option></For>
            </datalist>
            <p class="hint" id="connection-model-hint">{hint}</p>
        </div>
    }
}

/// The protocol, and where calls go with it.
#[component]
pub(super) fn ExpertFields(fields: Fields) -> impl IntoView {
    let choose = move |place: String| {
        let protocol = place.parse::<usize>().ok().and_then(|place| Protocol::ALL.get(place).copied());
        fields.protocol.set(protocol.unwrap_or_default());
        fields.verdict.set(None);
    };
    let goes_to = move || {
        let base_url = fields.base_url.with(|text| BaseUrl::parse(text).ok())?;
        let server = Server { base_url, protocol: fields.protocol.get() };
        Some(fields.model.with(|model| server.chat(&ChatRequest::of(model.trim()), &Secret::default()).url))
    };
    view! {
        <details class="disclosure">
            <summary>{kinds::EXPERT}</summary>
            <div class="field">
                <label for="connection-protocol">{kinds::PROTOCOL}</label>
                <select id="connection-protocol" data-testid="connection-protocol"
                    aria-describedby="connection-protocol-hint"
                    on:change=move |event| choose(event_target_value(&event))>
                    {Protocol::ALL.into_iter().enumerate().map(|(place, protocol)| {
                        let chosen = move || fields.protocol.get() == protocol;
                        view! { <option value=place.to_string() prop:selected=chosen>{protocol.name()}</option> }
                    }).collect_view()}
                </select>
                <p class="hint calls-go-to" id="connection-protocol-hint" data-testid="connection-calls-go-to">
                    {move || goes_to().map(|url| format!("{} {url}", kinds::CALLS_GO_TO))}
                </p>
            </div>
        </details>
    }
}

/// What the last test found, and the models to choose from.
#[component]
pub(super) fn TestResult(fields: Fields) -> impl IntoView {
    view! {
        <div role="status">
            <Show when=move || fields.may_ask.get()><p class="hint">{kinds::MAY_ASK}</p></Show>
            {move || fields.verdict.get().map(|verdict| view! {
                <p class="test-result" data-testid="connection-test-result" data-cause=verdict.cause
                    data-status=if verdict.ok { "ok" } else { "error" }>{verdict.words}</p>
            })}
        </div>
        <Show when=move || fields.models.with(|models| models.len() > 1)>
            <ul class="model-list">
                <For each=move || fields.models.get().into_iter().take(24) key=Clone::clone let(model)>
                    <ModelChoice fields model />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn ModelChoice(fields: Fields, model: String) -> impl IntoView {
    let name = model.clone();
    view! {
        <li><button type="button" class="tag" on:click=move |_| fields.model.set(model.clone())>{name}</button></li>
    }
}
