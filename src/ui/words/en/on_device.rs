//! Words about models that run on this device.

use crate::llm::Engine;
use crate::llm::on_device::{Availability, file_size};
use crate::ui::format;

/// The engines, as kinds of connection.
pub const PRESETS: [(Engine, &str, &str); 2] = [
    (
        Engine::Tab,
        "A model in this tab",
        "Runs a GGUF file with llama.cpp inside this tab: no key, no server, free, and nothing leaves this machine. It is \
         slow: a model of 100 MB reads and writes some ten tokens a second, so its answers take a minute or more.",
    ),
    (
        Engine::Browser,
        "The browser's built-in model",
        "Asks the model that comes with Chrome and Edge, through the Prompt API: no key, free, and nothing leaves this \
         machine. Not every device and not every build of a browser has it.",
    ),
];

/// The heading of the engines in the list of kinds.
pub const GROUP: &str = "On this device, without a server";

/// The value that stands for an engine in the list of kinds.
pub fn value(engine: Engine) -> &'static str {
    match engine {
        Engine::Tab => "tab",
        Engine::Browser => "browser",
    }
}

/// What it is and what it takes.
pub fn note(engine: Engine) -> &'static str {
    PRESETS.iter().find(|(other, ..)| *other == engine).map_or("", |(_, _, note)| note)
}

/// Where its models run, in place of an address.
pub fn place(engine: Engine) -> &'static str {
    match engine {
        Engine::Tab => "In this tab",
        Engine::Browser => "In this browser",
    }
}

/// What the browser's model is called in runs: the API does not tell its name.
pub const BUILT_IN: &str = "built-in model";
/// In place of a key and a price.
pub const FREE: &str = "Free, runs on your machine";
/// The list of models.
pub const KEPT: &str = "Models kept in this browser";
/// While the list is read.
pub const LOOKING: &str = "Looking for kept models…";
/// The list is empty.
pub const NONE_KEPT: &str = "None yet. Pick a GGUF file of this machine, or download one.";
/// Opens the file picker.
pub const PICK: &str = "Pick a GGUF file…";
/// What picking does.
pub const PICK_HINT: &str = "It is copied into this browser's private storage for later visits. Up to 3.5 GB; up to 1 GB is bearable.";
/// The field for an address.
pub const ADDRESS: &str = "Or the address of a GGUF file";
/// What addresses are taken.
pub const ADDRESS_HINT: &str = "An https address that leads to the file itself";
/// What addresses look like.
pub const ADDRESS_EXAMPLE: &str = "https://…/model.gguf";
/// Asks before a download.
pub const DOWNLOAD: &str = "Download…";
/// Does not download.
pub const DO_NOT: &str = "Do not download";
/// Ends what is under way.
pub const CANCEL: &str = "Cancel";
/// Asks before deleting.
pub const DELETE: &str = "Delete…";
/// Does not delete.
pub const KEEP: &str = "Keep it";
/// An address that is not encrypted.
pub const NOT_HTTPS: &str = "The address must start with https://, unless it is on this machine";
/// No model is chosen.
pub const CHOOSE: &str = "Choose a model first: pick a file, download one, or take one that is kept";
/// The limit on answers.
pub const ANSWER_TOKENS: &str = "Tokens an answer may take";
/// What to choose.
pub const ANSWER_TOKENS_HINT: &str =
    "At ten tokens a second, 400 take 40 seconds, after the question was read";
/// The limit is no number.
pub const BAD_ANSWER_TOKENS: &str = "Tokens an answer may take is a number from 16 to 4096";
/// While the browser is asked.
pub const ASKING_BROWSER: &str = "Asking the browser…";
/// Starts the browser's download.
pub const GET_BUILT_IN: &str = "Download the browser's model";

/// The question before a download.
pub fn confirm(origin: &str) -> String {
    format!(
        "Download from {origin}? Its server learns your network address and which file you want, and may pass the request \
         on to another server. No question and no answer goes there."
    )
}

/// The button that downloads.
pub fn download_from(origin: &str) -> String {
    format!("Download from {}", origin.split_once("://").map_or(origin, |(_, host)| host))
}

/// The question before deleting.
pub fn confirm_delete(name: &str, bytes: u64) -> String {
    format!("Delete “{name}” from this browser? That frees {}.", file_size(bytes))
}

/// The button that deletes.
pub fn delete(bytes: u64) -> String {
    format!("Delete {}", file_size(bytes))
}

/// How far a file has come.
pub fn progress(done: u64, all: u64) -> String {
    match (done, all) {
        (0, _) => "Starting…".to_owned(),
        (done, 0) => format!("{} so far", file_size(done)),
        (done, all) => format!("{} of {}", file_size(done), file_size(all)),
    }
}

/// How far the browser's download has come.
pub fn share(share: f64) -> String {
    format!("{} of the browser's model is here", format::percent(share))
}

/// After a file was kept.
pub fn kept(name: &str) -> String {
    format!("“{name}” is kept in this browser and chosen.")
}

/// After a file was deleted.
pub fn deleted(name: &str) -> String {
    format!("“{name}” is deleted.")
}

/// After a test that went well.
pub fn works(millis: u64) -> String {
    format!("It works: the model answered in {} s.", format::decimal(millis as f64 / 1_000.0))
}

/// What the browser says of its model.
pub fn availability(found: Availability) -> &'static str {
    match found {
        Availability::Absent => {
            "Unavailable: this browser has no Prompt API. Current Chrome and Edge on desktop computers have it; or choose \
             another kind of connection."
        }
        Availability::Unavailable => {
            "Unavailable: this browser knows the Prompt API, but says that it has no model here. The device may lack the \
             memory, graphics or free disk space that the browser demands, or this build comes without the service. Choose \
             another kind of connection."
        }
        Availability::Downloadable => {
            "Downloadable: the browser can fetch its model, of some gigabytes, from its maker, and keeps it for every site."
        }
        Availability::Downloading => {
            "The browser is downloading its model already. Come back when it is done."
        }
        Availability::Available => "Available: the browser's model is ready.",
    }
}
