//! The browser's own model: whether it is there, and its download.

use wasm_bindgen::prelude::*;

use super::module::{Cancel, failure, module};
use crate::llm::on_device::{Availability, Engine, OnDeviceError};

/// Asks the browser.
///
/// # Errors
/// The module could not be loaded from this site.
pub async fn availability() -> Result<Availability, OnDeviceError> {
    let said = module(Engine::Browser).await?.availability().await.map_err(|error| failure(&error))?;
    Ok(said.as_string().map_or(Availability::Unavailable, |name| Availability::from_name(&name)))
}

/// Has the browser download its model; `progress` hears which share (of 1) is there. It wants a press just before.
///
/// # Errors
/// The browser refuses, or was cancelled.
pub async fn download(cancel: Cancel, progress: impl FnMut(f64) + 'static) -> Result<(), OnDeviceError> {
    let heard: Closure<dyn FnMut(f64)> = Closure::new(progress);
    let module = module(Engine::Browser).await?;
    let done = module.download(heard.as_ref().unchecked_ref(), &cancel.signal()?).await;
    done.map(drop).map_err(|error| failure(&error))
}
