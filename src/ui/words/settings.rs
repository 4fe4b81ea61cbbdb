//! Words of the Settings page.

use crate::session::Probe;
use crate::ui::format;

/// The page.
pub const TITLE: &str = "Settings";
/// The part about connections.
pub const CONNECTIONS: &str = "Connections to model servers";
/// What a connection is.
pub const CONNECTIONS_WHAT: &str = "The agents call these servers straight from this page. Any server that speaks the OpenAI chat protocol will do: \
     one in the cloud, or one on this machine.";
/// There is none.
pub const NO_CONNECTION: &str =
    "No connection yet. Without one, the simulated panel still works and needs no key.";
/// Opens the form.
pub const ADD: &str = "Add a connection…";
/// Opens the form with a saved one.
pub const EDIT: &str = "Edit…";
/// Removes one.
pub const REMOVE: &str = "Remove";
/// Puts it back.
pub const UNDO: &str = "Undo";
/// Goes to the first page.
pub const ASK: &str = "Ask a question";
/// The form, new.
pub const NEW: &str = "New connection";
/// The form, old.
pub const CHANGE: &str = "Change the connection";
/// Which kind of server.
pub const PRESET: &str = "Kind of server";
/// Its name on this page.
pub const NAME: &str = "Name on this page";
/// Where it is.
pub const BASE_URL: &str = "Address (base URL)";
/// What addresses look like.
pub const BASE_URL_HINT: &str = "Usually ends in /v1";
/// The key.
pub const KEY: &str = "Key";
/// Where the key lives.
pub const KEY_HINT: &str = "Stays in this tab's memory, is sent to this address only, and is gone after a reload. Leave it empty if the server needs none.";
/// The key of a saved connection.
pub const KEY_KEPT: &str = "A key is kept; leave this empty to go on using it";
/// The model.
pub const MODEL: &str = "Model";
/// How to find one.
pub const MODEL_HINT: &str = "Test the connection to see what the server offers";
/// What tokens cost.
pub const PRICES: &str = "Prices and limits";
/// What reading costs.
pub const PRICE_IN: &str = "Price of tokens read, US$ a million";
/// What writing costs.
pub const PRICE_OUT: &str = "Price of tokens written, US$ a million";
/// What an empty price means.
pub const PRICE_HINT: &str = "Both empty: no price is known, and none is shown";
/// Parallel calls.
pub const AT_ONCE: &str = "Calls at once";
/// What to choose.
pub const AT_ONCE_HINT: &str = "1 or 2 for a server on this machine";
/// Tests.
pub const TEST: &str = "Test connection";
/// While it tests.
pub const TESTING: &str = "Testing…";
/// Saves.
pub const SAVE: &str = "Save";
/// Closes the form.
pub const CANCEL: &str = "Cancel";
/// The part about keys.
pub const KEYS: &str = "Keys";
/// Where keys are.
pub const KEYS_WHAT: &str = "Keys live in this tab's memory, bound to the address they were entered for. No link, file, log or other server ever gets one.";
/// Forgets them.
pub const FORGET_KEYS: &str = "Forget all keys";
/// The part about looks.
pub const APPEARANCE: &str = "Appearance";
/// Follows the system.
pub const SYSTEM: &str = "As the system";
/// Light.
pub const LIGHT: &str = "Light";
/// Dark.
pub const DARK: &str = "Dark";
/// The part about storage.
pub const STORAGE: &str = "Stored on this device";
/// Forgets it.
pub const CLEAR: &str = "Clear what is stored";
/// After clearing.
pub const CLEARED: &str = "Everything that this page had stored is gone.";
/// The browser refused.
pub const NOT_STORED: &str = "The connection works in this tab, but could not be stored";
/// What to do.
pub const NOT_STORED_NEXT: &str = "Allow this page to store data, or enter the connection again next time.";
/// A price is no number.
pub const BAD_PRICE: &str = "A price is a number of dollars, such as 0.15, for both or for neither";
/// The number of calls is no number.
pub const BAD_AT_ONCE: &str = "Calls at once is a number from 1 to 16";

/// A kind of server that fills the form.
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// Where it is, usually.
    pub base_url: &'static str,
    /// What to switch on, and whether it works from a page.
    pub note: &'static str,
}

/// The kinds of server.
pub const PRESETS: [Preset; 6] = [
    Preset {
        name: "OpenAI-compatible server",
        base_url: "",
        note: "Works from a page if the server admits it (CORS) and speaks the OpenAI chat protocol.",
    },
    Preset {
        name: "OpenAI",
        base_url: "https://api.openai.com/v1",
        note: "Works from a page. Needs a key. A wrong key looks like a failed connection here: OpenAI hides the reason from pages.",
    },
    Preset {
        name: "OpenRouter",
        base_url: "https://openrouter.ai/api/v1",
        note: "Works from a page. Needs a key. One key for the models of many providers.",
    },
    Preset {
        name: "llama.cpp on this machine",
        base_url: "http://127.0.0.1:8080/v1",
        note: "Works from a page as it is. Start llama-server first.",
    },
    Preset {
        name: "Ollama on this machine",
        base_url: "http://localhost:11434/v1",
        note: "Set OLLAMA_ORIGINS to this page's address before you start Ollama; pages on localhost are admitted as they are.",
    },
    Preset {
        name: "LM Studio on this machine",
        base_url: "http://localhost:1234/v1",
        note: "Start its server with: lms server start --cors",
    },
];

/// What is known of a connection's key.
pub fn key_state(has_key: bool, needs_key: bool) -> &'static str {
    match (has_key, needs_key) {
        (true, _) => "Key in memory",
        (false, true) => "Key needed again: edit to enter it",
        (false, false) => "No key",
    }
}

/// What a test found out.
pub fn found(probe: &Probe) -> String {
    let models = match probe.models.len() {
        0 => "The server lists no models.".to_owned(),
        1 => "The server lists 1 model.".to_owned(),
        count => format!("The server lists {count} models."),
    };
    match (&probe.call, probe.error()) {
        (_, Some(error)) => error.to_string(),
        (Some(Ok(millis)), None) => {
            format!(
                "It works: the model answered in {} s. {models}",
                format::decimal(*millis as f64 / 1000.0)
            )
        }
        _ => format!("The server answers. {models} Choose a model and test again to call it once."),
    }
}

/// How much is stored.
pub fn stored(bytes: usize) -> String {
    match bytes {
        0 => "Nothing is stored.".to_owned(),
        bytes => format!(
            "Connections without their keys and your choice of colours: {} bytes.",
            format::count(bytes as u64)
        ),
    }
}

/// After forgetting keys.
pub fn forgotten(count: usize) -> String {
    match count {
        0 => "There was no key to forget.".to_owned(),
        1 => "1 key is forgotten.".to_owned(),
        count => format!("{count} keys are forgotten."),
    }
}

/// After removing a connection.
pub fn removed(name: &str) -> String {
    format!("“{name}” is removed, and its key forgotten.")
}
