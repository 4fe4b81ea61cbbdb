//! The form of one connection: filled by a preset, tested, saved. It keeps the key no longer than it is open.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::llm::BaseUrl;
use crate::run::TokenPrice;
use crate::session::ConnectionId;
use crate::ui::components::TextField;
use crate::ui::desk::{Connection, Desk, use_desk};
use crate::ui::words::settings as words;
use crate::web::{self, keys};

/// Calls at once unless it is set otherwise.
const AT_ONCE: usize = 2;
/// The most that may be set.
const MOST_AT_ONCE: usize = 16;

/// What a form starts with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edited {
    id: ConnectionId,
    name: String,
    base_url: String,
    model: String,
    price_in: String,
    price_out: String,
    at_once: String,
    needs_key: bool,
    fresh: bool,
}

impl Edited {
    /// A new connection.
    pub(super) fn fresh(desk: Desk) -> Self {
        Self {
            id: desk.fresh_connection_id(),
            name: String::new(),
            base_url: String::new(),
            model: String::new(),
            price_in: String::new(),
            price_out: String::new(),
            at_once: AT_ONCE.to_string(),
            needs_key: false,
            fresh: true,
        }
    }

    /// A saved one.
    pub(super) fn saved(connection: &Connection) -> Self {
        let dollars = |micros: u64| (micros as f64 / 1e6).to_string();
        Self {
            id: connection.id,
            name: connection.name.clone(),
            base_url: connection.base_url.clone(),
            model: connection.model.clone(),
            price_in: connection.price.map_or_else(String::new, |price| dollars(price.input_micro_usd)),
            price_out: connection.price.map_or_else(String::new, |price| dollars(price.output_micro_usd)),
            at_once: connection.at_once.to_string(),
            needs_key: connection.needs_key,
            fresh: false,
        }
    }
}

/// What the form holds while it is open.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    base_url: RwSignal<String>,
    key: RwSignal<String>,
    model: RwSignal<String>,
    price_in: RwSignal<String>,
    price_out: RwSignal<String>,
    at_once: RwSignal<String>,
    models: RwSignal<Vec<String>>,
    verdict: RwSignal<Option<Verdict>>,
    testing: RwSignal<bool>,
}

/// What a test or a save found.
#[derive(Clone, Debug, PartialEq)]
struct Verdict {
    ok: bool,
    words: String,
}

impl Fields {
    fn new(open: &Edited) -> Self {
        Self {
            name: RwSignal::new(open.name.clone()),
            base_url: RwSignal::new(open.base_url.clone()),
            key: RwSignal::new(String::new()),
            model: RwSignal::new(open.model.clone()),
            price_in: RwSignal::new(open.price_in.clone()),
            price_out: RwSignal::new(open.price_out.clone()),
            at_once: RwSignal::new(open.at_once.clone()),
            models: RwSignal::new(Vec::new()),
            verdict: RwSignal::new(None),
            testing: RwSignal::new(false),
        }
    }

    fn refuse(self, words: impl Into<String>) {
        self.verdict.set(Some(Verdict { ok: false, words: words.into() }));
    }

    fn address(self) -> Option<BaseUrl> {
        match self.base_url.with_untracked(|text| BaseUrl::parse(text)) {
            Ok(address) => Some(address),
            Err(error) => {
                self.refuse(error.to_string());
                None
            }
        }
    }

    /// The price: none if both fields are empty.
    fn price(self) -> Result<Option<TokenPrice>, &'static str> {
        let read = |text: String| -> Result<Option<u64>, &'static str> {
            let text = text.trim().replace(',', ".");
            if text.is_empty() {
                return Ok(None);
            }
            let dollars = text.parse::<f64>().ok().filter(|dollars| (0.0..=10_000.0).contains(dollars));
            dollars.map(|dollars| Some((dollars * 1e6).round() as u64)).ok_or(words::BAD_PRICE)
        };
        match (read(self.price_in.get_untracked())?, read(self.price_out.get_untracked())?) {
            (None, None) => Ok(None),
            (Some(input_micro_usd), Some(output_micro_usd)) => {
                Ok(Some(TokenPrice { input_micro_usd, output_micro_usd }))
            }
            _ => Err(words::BAD_PRICE),
        }
    }

    fn at_once(self) -> Result<usize, &'static str> {
        let number = self.at_once.get_untracked().trim().parse().ok();
        number.filter(|number| (1..=MOST_AT_ONCE).contains(number)).ok_or(words::BAD_AT_ONCE)
    }
}

/// The form; `done` closes it.
#[component]
pub(super) fn Form(open: Edited, done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let fields = Fields::new(&open);
    let (id, needs_key, fresh) = (open.id, open.needs_key, open.fresh);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if save(desk, fields, id, needs_key) {
            done.run(());
        }
    };
    let test = move |_| start_test(desk, fields, id);
    view! {
        <form class="connection-form" on:submit=save autocomplete="off">
            <h3>{if fresh { words::NEW } else { words::CHANGE }}</h3>
            <PresetField fields />
            <div class="field-grid">
                <TextField label=words::BASE_URL hint=words::BASE_URL_HINT value=fields.base_url
                    on_input=move |text| fields.base_url.set(text) placeholder="https://…/v1"
                    test_id=Signal::stored("connection-base-url".to_owned()) />
                <KeyField fields id />
                <ModelField fields />
                <TextField label=words::NAME value=fields.name on_input=move |text| fields.name.set(text) />
            </div>
            <details class="disclosure">
                <summary>{words::PRICES}</summary>
                <div class="field-grid">
                    <TextField label=words::PRICE_IN hint=words::PRICE_HINT numeric=true value=fields.price_in
                        on_input=move |text| fields.price_in.set(text) />
                    <TextField label=words::PRICE_OUT numeric=true value=fields.price_out
                        on_input=move |text| fields.price_out.set(text) />
                    <TextField label=words::AT_ONCE hint=words::AT_ONCE_HINT numeric=true value=fields.at_once
                        on_input=move |text| fields.at_once.set(text) />
                </div>
            </details>
            <TestResult fields />
            <div class="settings-actions">
                <button type="submit" class="button button-primary" data-testid="connection-save">{words::SAVE}</button>
                <button type="button" class="button" data-testid="connection-test" on:click=test
                    prop:disabled=move || fields.testing.get()>
                    {move || if fields.testing.get() { words::TESTING } else { words::TEST }}
                </button>
                <button type="button" class="button button-quiet" on:click=move |_| done.run(())>{words::CANCEL}</button>
            </div>
        </form>
    }
}

#[component]
fn PresetField(fields: Fields) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let choose = move |place: usize| {
        chosen.set(place);
        if let Some(preset) = words::PRESETS.get(place).filter(|preset| !preset.base_url.is_empty()) {
            fields.base_url.set(preset.base_url.to_owned());
            fields.verdict.set(None);
        }
    };
    view! {
        <div class="field">
            <label for="connection-preset">{words::PRESET}</label>
            <select id="connection-preset" data-testid="connection-preset" aria-describedby="connection-preset-hint"
                on:change=move |event| choose(event_target_value(&event).parse().unwrap_or(0))>
                {words::PRESETS.iter().enumerate().map(|(place, preset)| view! {
                    <option value=place.to_string() prop:selected=move || chosen.get() == place>{preset.name}</option>
                }).collect_view()}
            </select>
            <p class="hint" id="connection-preset-hint">
                {move || words::PRESETS.get(chosen.get()).map(|preset| preset.note)}
            </p>
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
            <p class="hint" id="connection-model-hint">{words::MODEL_HINT}</p>
        </div>
    }
}

/// What the last test found, and the models to choose from.
#[component]
fn TestResult(fields: Fields) -> impl IntoView {
    view! {
        <div role="status">
            {move || fields.verdict.get().map(|verdict| view! {
                <p class="test-result" data-testid="connection-test-result"
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

fn start_test(desk: Desk, fields: Fields, id: ConnectionId) {
    let Some(address) = fields.address() else { return };
    fields.testing.set(true);
    fields.verdict.set(None);
    let (key, model) = (fields.key.get_untracked(), fields.model.get_untracked());
    web::spawn(async move {
        let mut found = desk.test_connection(id, address, key, model.clone()).await;
        // The form may be closed by now.
        fields.testing.try_set(false);
        fields.verdict.try_set(Some(Verdict { ok: found.is_ok(), words: words::found(&found) }));
        if let ([only], true) = (found.models.as_slice(), model.trim().is_empty()) {
            fields.model.try_set(only.clone());
        }
        fields.models.try_set(std::mem::take(&mut found.models));
    });
}

/// Saves what the form holds; says what is in the way otherwise.
fn save(desk: Desk, fields: Fields, id: ConnectionId, needs_key: bool) -> bool {
    let Some(address) = fields.address() else { return false };
    let (price, at_once) = match (fields.price(), fields.at_once()) {
        (Ok(price), Ok(at_once)) => (price, at_once),
        (Err(problem), _) | (_, Err(problem)) => {
            fields.refuse(problem);
            return false;
        }
    };
    let name = fields.name.get_untracked().trim().to_owned();
    let connection = Connection {
        id,
        name: if name.is_empty() { host_of(&address) } else { name },
        base_url: address.to_string(),
        model: fields.model.get_untracked().trim().to_owned(),
        price,
        at_once,
        needs_key,
    };
    let key = fields.key.get_untracked();
    desk.save_connection(connection, &address, &key);
    true
}

fn host_of(address: &BaseUrl) -> String {
    address.origin().split_once("://").map_or_else(String::new, |(_, host)| host.to_owned())
}
