//! The form of one connection: filled by a preset, tested, saved. It keeps the key no longer than it is open.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::key_place::{KeyChoice, KeyPlaceField};
use super::on_device::{OnDevice, OnDeviceFields};
use super::server_fields::{ExpertFields, PresetField, ServerFields, TestResult};
use crate::llm::providers::COMPATIBLE;
use crate::llm::{BaseUrl, Engine, Protocol, Provider, Reach, Server};
use crate::run::TokenPrice;
use crate::session::{ConnectionId, Permission};
use crate::ui::components::TextField;
use crate::ui::desk::{Connection, Desk, use_desk};
use crate::ui::words::messages;
use crate::ui::words::{on_device, providers as kinds, settings as words};
use crate::web;

/// Calls at once unless it is set otherwise.
const AT_ONCE: usize = 2;
/// The most that may be set.
const MOST_AT_ONCE: usize = 16;
/// What may be set as the length of an answer.
const ANSWER_TOKENS: std::ops::RangeInclusive<u32> = 16..=65_536;

/// What a form starts with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edited {
    id: ConnectionId,
    name: String,
    provider: &'static Provider,
    protocol: Protocol,
    base_url: String,
    model: String,
    price_in: String,
    price_out: String,
    at_once: String,
    engine: Option<Engine>,
    answer_tokens: Option<u32>,
    needs_key: bool,
    fresh: bool,
}

impl Edited {
    /// A new connection.
    pub(super) fn fresh(desk: Desk) -> Self {
        Self {
            id: desk.fresh_connection_id(),
            name: String::new(),
            provider: Provider::by_id(COMPATIBLE.id),
            protocol: COMPATIBLE.protocol,
            base_url: String::new(),
            model: String::new(),
            price_in: String::new(),
            price_out: String::new(),
            at_once: AT_ONCE.to_string(),
            engine: None,
            answer_tokens: None,
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
            provider: connection.provider,
            protocol: connection.protocol,
            base_url: connection.base_url.clone(),
            model: connection.model.clone(),
            price_in: connection.price.map_or_else(String::new, |price| dollars(price.input_micro_usd)),
            price_out: connection.price.map_or_else(String::new, |price| dollars(price.output_micro_usd)),
            at_once: connection.at_once.to_string(),
            engine: connection.engine,
            answer_tokens: connection.answer_tokens,
            needs_key: connection.needs_key,
            fresh: false,
        }
    }
}

/// What the form holds while it is open.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: ConnectionId,
    pub(super) provider: RwSignal<&'static Provider>,
    pub(super) protocol: RwSignal<Protocol>,
    pub(super) name: RwSignal<String>,
    pub(super) base_url: RwSignal<String>,
    pub(super) key: RwSignal<String>,
    pub(super) model: RwSignal<String>,
    price_in: RwSignal<String>,
    price_out: RwSignal<String>,
    at_once: RwSignal<String>,
    /// Empty for the usual number.
    answer_tokens: RwSignal<String>,
    pub(super) models: RwSignal<Vec<String>>,
    pub(super) verdict: RwSignal<Option<Verdict>>,
    testing: RwSignal<bool>,
    /// The browser may be asking whether the page may call this server.
    pub(super) may_ask: RwSignal<bool>,
    pub(super) on_device: OnDevice,
}

/// What a test or a save found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) ok: bool,
    /// Its name for tests.
    pub(super) cause: &'static str,
    pub(super) words: String,
}

impl Fields {
    fn new(open: &Edited) -> Self {
        let model = RwSignal::new(open.model.clone());
        Self {
            id: open.id,
            provider: RwSignal::new(open.provider),
            protocol: RwSignal::new(open.protocol),
            name: RwSignal::new(open.name.clone()),
            base_url: RwSignal::new(open.base_url.clone()),
            key: RwSignal::new(String::new()),
            model,
            price_in: RwSignal::new(open.price_in.clone()),
            price_out: RwSignal::new(open.price_out.clone()),
            at_once: RwSignal::new(open.at_once.clone()),
            answer_tokens: RwSignal::new(
                open.answer_tokens.map_or_else(String::new, |tokens| tokens.to_string()),
            ),
            models: RwSignal::new(Vec::new()),
            verdict: RwSignal::new(None),
            testing: RwSignal::new(false),
            may_ask: RwSignal::new(false),
            on_device: OnDevice::new(open.engine, open.answer_tokens, model),
        }
    }

    pub(super) fn refuse(self, words: impl Into<String>) {
        self.verdict.try_set(Some(Verdict { ok: false, cause: "form", words: words.into() }));
    }

    fn address(self) -> Option<BaseUrl> {
        let provider = self.provider.get_untracked();
        if provider.reach == Reach::Never {
            self.refuse(kinds::note(provider));
            return None;
        }
        match self.base_url.with_untracked(|text| BaseUrl::parse(text)) {
            Ok(address) => Some(address),
            Err(error) => {
                self.refuse(messages::address(error));
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

    /// How long answers may be, where that is not left to the panel.
    fn answer_tokens(self) -> Result<Option<u32>, &'static str> {
        let text = self.answer_tokens.get_untracked();
        if text.trim().is_empty() {
            return Ok(None);
        }
        let number = text.trim().parse().ok().filter(|number| ANSWER_TOKENS.contains(number));
        number.map(Some).ok_or(words::BAD_ANSWER_TOKENS)
    }
}

/// The form; `done` closes it.
#[component]
pub(super) fn Form(open: Edited, done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let fields = Fields::new(&open);
    let (id, needs_key, fresh) = (open.id, open.needs_key, open.fresh);
    let choice = KeyChoice::of(id);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let ready = move || {
            if save(desk, fields, id, needs_key) {
                choice.leave(desk);
                desk.keys_changed();
                done.run(());
            }
        };
        choice.prepare(ready, move |problem| fields.refuse(problem));
    };
    let test = move |_| start_test(desk, fields, id);
    view! {
        <form class="connection-form" on:submit=save autocomplete="off">
            <h3>{if fresh { words::NEW } else { words::CHANGE }}</h3>
            <PresetField fields />
            {move || match fields.on_device.engine.get() {
                Some(engine) => view! {
                    <OnDeviceFields form=fields.on_device engine>
                        <TextField label=words::NAME value=fields.name on_input=move |text| fields.name.set(text) />
                    </OnDeviceFields>
                }.into_any(),
                None => view! { <ServerParts fields id choice /> }.into_any(),
            }}
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

/// Everything about a server.
#[component]
fn ServerParts(fields: Fields, id: ConnectionId, choice: KeyChoice) -> impl IntoView {
    view! {
            <ServerFields fields id />
            <KeyPlaceField choice />
            <details class="disclosure">
                <summary>{words::PRICES}</summary>
                <div class="field-grid">
                    <TextField label=words::PRICE_IN hint=words::PRICE_HINT numeric=true value=fields.price_in
                        on_input=move |text| fields.price_in.set(text) />
                    <TextField label=words::PRICE_OUT numeric=true value=fields.price_out
                        on_input=move |text| fields.price_out.set(text) />
                    <TextField label=words::AT_ONCE hint=words::AT_ONCE_HINT numeric=true value=fields.at_once
                        on_input=move |text| fields.at_once.set(text) />
                    <TextField label=on_device::ANSWER_TOKENS hint=words::ANSWER_TOKENS_HINT numeric=true
                        value=fields.answer_tokens on_input=move |text| fields.answer_tokens.set(text)
                        test_id=Signal::stored("connection-answer-tokens".to_owned()) />
                </div>
            </details>
            <ExpertFields fields />
    }
}

fn start_test(desk: Desk, fields: Fields, id: ConnectionId) {
    if let Some(engine) = fields.on_device.engine.get_untracked() {
        return start_test_on_device(desk, fields, engine);
    }
    let Some(base_url) = fields.address() else { return };
    if fields.protocol.get_untracked() == Protocol::AzureChat
        && fields.model.with_untracked(|model| model.trim().is_empty())
    {
        // Azure lists no deployments: without a name there is nothing to ask.
        return fields.refuse(kinds::AZURE_MODEL_MISSING);
    }
    fields.testing.set(true);
    fields.verdict.set(None);
    let (key, model) = (fields.key.get_untracked(), fields.model.get_untracked());
    let (provider, protocol) = (fields.provider.get_untracked(), fields.protocol.get_untracked());
    web::spawn(async move {
        let asks = web::reach::permission(base_url.network()).await == Permission::Prompt;
        fields.may_ask.try_set(asks && web::page::network() > base_url.network());
        let server = Server { base_url, protocol };
        let (finding, mut found) = desk.test_connection(id, server, provider, key, model.clone()).await;
        // The form may be closed by now.
        fields.testing.try_set(false);
        fields.may_ask.try_set(false);
        let words = kinds::found(finding, &found, provider, model.trim(), &web::page::origin());
        fields.verdict.try_set(Some(Verdict { ok: finding.is_ok(), cause: finding.name(), words }));
        if let ([only], true) = (found.models.as_slice(), model.trim().is_empty()) {
            fields.model.try_set(only.clone());
        }
        fields.models.try_set(std::mem::take(&mut found.models));
    });
}

fn start_test_on_device(desk: Desk, fields: Fields, engine: Engine) {
    fields.testing.set(true);
    fields.verdict.set(None);
    web::spawn(async move {
        let found = fields.on_device.test(desk, engine).await;
        // The form may be closed by now.
        fields.testing.try_set(false);
        let ok = found.is_ok();
        let words = found.unwrap_or_else(|problem| problem);
        fields.verdict.try_set(Some(Verdict { ok, cause: "on-device", words }));
    });
}

/// Saves what the form holds; says what is in the way otherwise.
fn save(desk: Desk, fields: Fields, id: ConnectionId, needs_key: bool) -> bool {
    if let Some(engine) = fields.on_device.engine.get_untracked() {
        let name = fields.name.with_untracked(|name| name.trim().to_owned());
        return match fields.on_device.connection(engine, id, &name) {
            Ok(connection) => {
                desk.save_on_device(connection);
                true
            }
            Err(problem) => {
                fields.refuse(problem);
                false
            }
        };
    }
    let Some(address) = fields.address() else { return false };
    let limits = || Ok((fields.price()?, fields.at_once()?, fields.answer_tokens()?));
    let (price, at_once, answer_tokens) = match limits() {
        Ok(limits) => limits,
        Err(problem) => {
            let problem: &str = problem;
            fields.refuse(problem);
            return false;
        }
    };
    let name = fields.name.get_untracked().trim().to_owned();
    let connection = Connection {
        id,
        name: if name.is_empty() { usual_name(fields, &address) } else { name },
        provider: fields.provider.get_untracked(),
        protocol: fields.protocol.get_untracked(),
        engine: None,
        base_url: address.to_string(),
        model: fields.model.get_untracked().trim().to_owned(),
        price,
        at_once,
        answer_tokens,
        needs_key,
        unconfirmed: false,
    };
    let key = fields.key.get_untracked();
    desk.save_connection(connection, &address, &key);
    true
}

/// The kind's name where it stands for one server, the host otherwise.
fn usual_name(fields: Fields, address: &BaseUrl) -> String {
    let provider = fields.provider.get_untracked();
    let at_home = !provider.base_url.is_empty() && provider.base_url == address.to_string();
    if at_home {
        provider.name.to_owned()
    } else {
        address.origin().split_once("://").map_or("", |(_, host)| host).to_owned()
    }
}
