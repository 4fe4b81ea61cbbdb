//! The GGUF files that this browser keeps, and the one that is in memory.

use wasm_bindgen::prelude::*;
use web_sys::File;

use super::module::{Cancel, failure, module};
use crate::llm::{Engine, OnDeviceError};

/// A model that is kept in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptModel {
    /// Its file's name without the ending.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// The kept models, by name.
///
/// # Errors
/// A browser without a private file system.
pub async fn models() -> Result<Vec<KeptModel>, OnDeviceError> {
    let found = module(Engine::Tab).await?.models().await.map_err(|error| failure(&error))?;
    let part = |entry: &JsValue, name: &str| js_sys::Reflect::get(entry, &name.into()).ok();
    let model = |entry: JsValue| {
        let name = part(&entry, "name")?.as_string()?;
        Some(KeptModel { name, bytes: part(&entry, "bytes")?.as_f64()? as u64 })
    };
    Ok(js_sys::Array::from(&found).iter().filter_map(model).collect())
}

/// The file that was just picked in the input an event comes from; the input is emptied for the next.
pub fn picked(event: &web_sys::Event) -> Option<File> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// Copies a picked file into the browser's private file system; `progress` hears of bytes written and of all bytes
/// (0 if unknown). Gives the model's name.
///
/// # Errors
/// Whatever [`OnDeviceError`] names; nothing is kept then.
pub async fn keep_file(
    file: File,
    cancel: Cancel,
    progress: impl FnMut(u64, u64) + 'static,
) -> Result<String, OnDeviceError> {
    let (module, heard) = (module(Engine::Tab).await?, listener(progress));
    let kept = module.keep_file(&file, heard.as_ref().unchecked_ref(), &cancel.signal()?).await;
    kept.map(|name| name.as_string().unwrap_or_default()).map_err(|error| failure(&error))
}

/// Fetches a file from an address and keeps it, as [`keep_file`] does.
///
/// # Errors
/// As [`keep_file`], and what can go wrong with a download.
pub async fn keep_from(
    address: String,
    cancel: Cancel,
    progress: impl FnMut(u64, u64) + 'static,
) -> Result<String, OnDeviceError> {
    let (module, heard) = (module(Engine::Tab).await?, listener(progress));
    let kept = module.keep_from(&address, heard.as_ref().unchecked_ref(), &cancel.signal()?).await;
    kept.map(|name| name.as_string().unwrap_or_default()).map_err(|error| failure(&error))
}

/// Deletes a kept model.
///
/// # Errors
/// A browser without a private file system.
pub async fn remove(name: &str) -> Result<(), OnDeviceError> {
    module(Engine::Tab).await?.remove(name).await.map(drop).map_err(|error| failure(&error))
}

/// Deletes every kept model.
pub async fn remove_all() {
    // Where no list can be had nothing is kept.
    for model in models().await.unwrap_or_default() {
        let _ = remove(&model.name).await;
    }
}

/// Brings a model into memory.
///
/// # Errors
/// A model that is gone, damaged or too big.
pub async fn load(name: &str) -> Result<(), OnDeviceError> {
    module(Engine::Tab).await?.load(name).await.map(drop).map_err(|error| failure(&error))
}

/// Two numbers from a module.
fn listener(mut progress: impl FnMut(u64, u64) + 'static) -> Closure<dyn FnMut(f64, f64)> {
    Closure::new(move |done: f64, all: f64| progress(done as u64, all as u64))
}
