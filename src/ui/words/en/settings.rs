//! Words of the Settings page.

use crate::ui::format;

/// The page.
pub const TITLE: &str = "Settings";
/// The part about connections.
pub const CONNECTIONS: &str = "Connections to model servers";
/// What a connection is.
pub const CONNECTIONS_WHAT: &str =
    "The agents call these servers straight from this page: in the cloud, or on this machine.";
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
pub const BASE_URL_HINT: &str = "The kind of server fills it; most end in /v1";
/// The key.
pub const KEY: &str = "Key";
/// Where the key lives.
pub const KEY_HINT: &str =
    "Is sent to this address only; another address clears it. Leave it empty if the server needs none.";
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
pub const KEYS_WHAT: &str = "A key stays in this tab's memory unless you choose otherwise in the connection's form, and is bound to the address that it was entered for. No link, file, log or other server ever gets one.";
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
/// What to choose.
pub const ANSWER_TOKENS_HINT: &str = "Empty: 1200. More for a model that thinks before it answers; fewer where a small one \
                                      never ends";
/// A number that cannot be.
pub const BAD_ANSWER_TOKENS: &str = "Tokens an answer may take is empty or a number from 16 to 65536";

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
