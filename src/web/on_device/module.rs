//! The JavaScript side: two modules with one shape, imported by address. What they throw has a code and a detail.

use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, File};

use crate::llm::{Engine, OnDeviceError};

#[wasm_bindgen(inline_js = "export const importModule = (address) => import(address);")]
extern "C" {
    #[wasm_bindgen(catch, js_name = importModule)]
    async fn import_module(address: &str) -> Result<JsValue, JsValue>;

    /// A module of `public/` that runs models.
    pub(super) type Module;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn chat(
        this: &Module,
        name: &str,
        body: &str,
        on_chunk: &js_sys::Function,
        signal: &AbortSignal,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn models(this: &Module) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn load(this: &Module, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn remove(this: &Module, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = keepFile)]
    pub(super) async fn keep_file(
        this: &Module,
        file: &File,
        on_progress: &js_sys::Function,
        signal: &AbortSignal,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = keepFrom)]
    pub(super) async fn keep_from(
        this: &Module,
        address: &str,
        on_progress: &js_sys::Function,
        signal: &AbortSignal,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn availability(this: &Module) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn download(
        this: &Module,
        on_progress: &js_sys::Function,
        signal: &AbortSignal,
    ) -> Result<JsValue, JsValue>;
}

/// Imports the module of an engine; the browser keeps it for the next time.
pub(super) async fn module(engine: Engine) -> Result<Module, OnDeviceError> {
    let file = match engine {
        Engine::Tab => "public/tab-model.js",
        Engine::Browser => "public/browser-model.js",
    };
    let base = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.base_uri().ok().flatten());
    let address = base.and_then(|base| web_sys::Url::new_with_base(file, &base).ok());
    let address = address.ok_or(OnDeviceError::NoEngine)?.href();
    let module = import_module(&address).await.map_err(|_| OnDeviceError::NoEngine)?;
    Ok(module.unchecked_into())
}

/// The code and the detail of what a module threw.
pub(super) fn thrown(error: &JsValue) -> (String, String) {
    let part = |name: &str| js_sys::Reflect::get(error, &name.into()).ok().and_then(|part| part.as_string());
    let detail = part("detail").or_else(|| part("message")).unwrap_or_default();
    (part("code").unwrap_or_default(), detail)
}

/// The same as an error.
pub(super) fn failure(error: &JsValue) -> OnDeviceError {
    let (code, detail) = thrown(error);
    OnDeviceError::from_code(&code, &detail)
}

/// Ends what it was given to, by a press or when it is dropped by its last holder.
#[derive(Clone, Debug)]
pub struct Cancel(std::rc::Rc<Aborting>);

#[derive(Debug)]
struct Aborting(Option<AbortController>);

impl Cancel {
    /// For something that has not begun.
    pub fn new() -> Self {
        Self(std::rc::Rc::new(Aborting(AbortController::new().ok())))
    }

    /// Ends it.
    pub fn cancel(&self) {
        self.0.abort();
    }

    /// What the module listens to.
    pub(super) fn signal(&self) -> Result<AbortSignal, OnDeviceError> {
        self.0.0.as_ref().map(AbortController::signal).ok_or(OnDeviceError::Aborted)
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}

impl Aborting {
    fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Drop for Aborting {
    fn drop(&mut self) {
        self.abort();
    }
}
