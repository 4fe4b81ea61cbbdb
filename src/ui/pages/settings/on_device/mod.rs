//! The part of the connection form that is peculiar to models on this device: which model, and how long its answers
//! may be. It knows the engines by what `web::on_device` offers.

mod browser_model;
mod tab_model;

use leptos::prelude::*;

use self::browser_model::BrowserModel;
use self::tab_model::TabModel;
use crate::llm::providers::COMPATIBLE;
use crate::llm::{Engine, Protocol, Provider};
use crate::session::ConnectionId;
use crate::ui::components::TextField;
use crate::ui::desk::on_device::FREE;
use crate::ui::desk::{Connection, Desk};
use crate::ui::words::messages;
use crate::ui::words::on_device as words;

/// Tokens that an answer may take unless it is set otherwise: a minute's work for a small model.
const ANSWER_TOKENS: u32 = 400;

/// What the form holds of a model on this device.
#[derive(Clone, Copy)]
pub(super) struct OnDevice {
    /// What runs it; `None` while the form is about a server.
    pub(super) engine: RwSignal<Option<Engine>>,
    model: RwSignal<String>,
    answer_tokens: RwSignal<String>,
}

impl OnDevice {
    /// For a form whose model's name is `model`.
    pub(super) fn new(engine: Option<Engine>, answer_tokens: Option<u32>, model: RwSignal<String>) -> Self {
        let tokens = answer_tokens.unwrap_or(ANSWER_TOKENS).to_string();
        Self { engine: RwSignal::new(engine), model, answer_tokens: RwSignal::new(tokens) }
    }

    /// The form is about this engine now, or about a server.
    pub(super) fn choose(self, engine: Option<Engine>) {
        if self.engine.get_untracked() != engine {
            self.engine.set(engine);
            self.model.set(if engine == Some(Engine::Browser) {
                words::BUILT_IN.to_owned()
            } else {
                String::new()
            });
        }
    }

    /// Calls the model once; says how it went.
    pub(super) async fn test(self, desk: Desk, engine: Engine) -> Result<String, String> {
        let model = self.model.get_untracked();
        if model.trim().is_empty() {
            return Err(words::CHOOSE.to_owned());
        }
        let found =
            desk.test_on_device(engine, &model).await.map_err(|error| messages::said(&error.to_string()))?;
        match found.call {
            Some(Ok(millis)) => Ok(words::works(millis)),
            Some(Err(error)) => Err(messages::said(&error.to_string())),
            None => Err(words::CHOOSE.to_owned()),
        }
    }

    /// The connection that the form describes, or what is in the way.
    pub(super) fn connection(
        self,
        engine: Engine,
        id: ConnectionId,
        name: &str,
    ) -> Result<Connection, &'static str> {
        let model = self.model.get_untracked().trim().to_owned();
        if model.is_empty() {
            return Err(words::CHOOSE);
        }
        let tokens = self.answer_tokens.get_untracked().trim().parse().ok();
        let tokens = tokens.filter(|tokens| (16..=4_096).contains(tokens)).ok_or(words::BAD_ANSWER_TOKENS)?;
        Ok(Connection {
            id,
            name: if name.is_empty() { model.clone() } else { name.to_owned() },
            provider: Provider::by_id(COMPATIBLE.id),
            protocol: Protocol::OpenaiChat,
            engine: Some(engine),
            base_url: String::new(),
            model,
            price: Some(FREE),
            at_once: 1,
            answer_tokens: Some(tokens),
            needs_key: false,
            unconfirmed: false,
        })
    }
}

/// The engines, for the list of kinds of connection.
#[component]
pub(super) fn EngineOptions(engine: RwSignal<Option<Engine>>) -> impl IntoView {
    words::PRESETS.map(|(one, name, _)| {
        view! { <option value=words::value(one) prop:selected=move || engine.get() == Some(one)>{name}</option> }
    })
}

/// The engine that a value of that list stands for.
pub(super) fn engine_of(value: &str) -> Option<Engine> {
    words::PRESETS.iter().map(|(engine, ..)| *engine).find(|engine| words::value(*engine) == value)
}

/// The fields of a model on this device; further fields of the form stand beside its own.
#[component]
pub(super) fn OnDeviceFields(form: OnDevice, engine: Engine, children: Children) -> impl IntoView {
    let model = form.model;
    let tokens = form.answer_tokens;
    view! {
        {match engine {
            Engine::Tab => view! { <TabModel model /> }.into_any(),
            Engine::Browser => view! { <BrowserModel /> }.into_any(),
        }}
        <div class="field-grid">
            <TextField label=words::ANSWER_TOKENS hint=words::ANSWER_TOKENS_HINT numeric=true value=tokens
                on_input=move |text| tokens.set(text)
                test_id=Signal::stored("connection-answer-tokens".to_owned()) />
            {children()}
        </div>
    }
}
