//! Models on this device: the modules that run them (`public/tab-model.js`, `public/browser-model.js`), imported when
//! they are first needed, so that they cost nothing until then. It knows no run; requests are Chat Completions.

mod browser_model;
mod client;
mod module;
mod tab_model;

pub use browser_model::{availability, download};
pub use client::OnDeviceClient;
pub use tab_model::{KeptModel, keep_file, keep_from, load, models, picked, remove, remove_all};

pub use module::Cancel;
