//! Models that run on the person's own device, in the tab or in the browser, and what can go wrong with them, told
//! with its cause and the next step. It knows the codes that the page's modules give, not the modules.

use serde::{Deserialize, Serialize};

use super::error::{CallError, Parameter};

/// What runs the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// llama.cpp as WebAssembly in this tab, with a GGUF file.
    Tab,
    /// The browser's own model, through its Prompt API.
    Browser,
}

/// What the browser says of its own model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// There is no Prompt API.
    Absent,
    /// The API is there, but no model for this device or build.
    Unavailable,
    /// A press would download it.
    Downloadable,
    /// It is being downloaded already.
    Downloading,
    /// Ready.
    Available,
}

impl Availability {
    const ALL: [Self; 5] =
        [Self::Absent, Self::Unavailable, Self::Downloadable, Self::Downloading, Self::Available];

    /// As the Prompt API writes it; what a later API may say is no promise that there is a model.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.name() == name).unwrap_or(Self::Unavailable)
    }

    /// As the Prompt API writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unavailable => "unavailable",
            Self::Downloadable => "downloadable",
            Self::Downloading => "downloading",
            Self::Available => "available",
        }
    }
}

/// Why a model on this device could not be kept, loaded or asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OnDeviceError {
    /// No private file system.
    #[error(
        "This browser gives the page no private file system, as in a private window, so no model can be kept. Use a \
         normal window of a current Chrome, Edge or Firefox."
    )]
    NoStorage,
    /// The person cancelled.
    #[error("Cancelled: nothing was kept.")]
    Aborted,
    /// No answer from this origin.
    #[error(
        "{0} could not be reached, or does not let pages of other sites read the file (CORS). Check the address, or \
         download the file yourself and pick it here."
    )]
    Unreachable(String),
    /// An HTTP status instead of the file.
    #[error(
        "The server answers {0} instead of the file. Check that the address leads to the .gguf file itself."
    )]
    Http(String),
    /// One of several parts.
    #[error(
        "This file is one part of a split model, and only whole files can be loaded. Join the parts with \
         llama-gguf-split --merge, or choose a smaller model that comes in one file."
    )]
    Split,
    /// More bytes than WebAssembly can hold.
    #[error(
        "The file is too big{}: WebAssembly holds at most 4 GB, and the model's context needs part of that. Choose a \
         file of up to 3.5 GB; up to 1 GB answers at a bearable speed.", sized(.0)
    )]
    TooBig(String),
    /// Something else than a model.
    #[error(
        "“{0}” is no GGUF file. Models for llama.cpp end in .gguf; other formats must be converted first."
    )]
    NotGguf(String),
    /// The browser gives no more room.
    #[error("The browser gives this page not enough room{}. Delete a kept model, or free space on this device.", left(.0))]
    Quota(String),
    /// The file came in part.
    #[error("The file broke off before its end, so nothing was kept. Try again.")]
    Cut,
    /// A model that was deleted, here or by the browser.
    #[error("The model “{0}” is not kept in this browser any more. Pick its file again in the settings.")]
    NotKept(String),
    /// An old browser.
    #[error(
        "This browser lacks 64-bit WebAssembly memory, which the model needs. Use a current Chrome, Edge or Firefox."
    )]
    NoMemory64,
    /// The site does not serve wllama.
    #[error(
        "The program that runs models could not be loaded from this site (its folder wllama). Check the connection and \
         try again."
    )]
    NoEngine,
    /// Not enough memory.
    #[error(
        "The model does not fit into memory{}. Close other tabs, or choose a smaller model.", sized(.0)
    )]
    Memory(String),
    /// llama.cpp refuses the file.
    #[error("The model could not be loaded{}. The file may be damaged, or of a kind that llama.cpp does not know.", says(.0))]
    NotLoaded(String),
    /// The worker died.
    #[error("The model crashed{}. It is loaded anew at the next call; a smaller one may be steadier.", says(.0))]
    Crashed(String),
    /// It answered with an error.
    #[error("The model gave no answer{}.", says(.0))]
    NotAnswered(String),
    /// No Prompt API.
    #[error(
        "This browser has no built-in model (no Prompt API). Use a current Chrome or Edge on a desktop computer, or \
         another kind of connection."
    )]
    Absent,
    /// The Prompt API says `unavailable`.
    #[error(
        "The browser says that its built-in model is unavailable here: the device or this build of the browser does \
         not meet its requirements. Use another kind of connection."
    )]
    Unavailable,
    /// The model must be downloaded by a press.
    #[error("The browser's built-in model is not downloaded yet. Download it in the settings first.")]
    NotDownloaded,
    /// A code that this version does not know.
    #[error("The model on this device failed{}.", says(.0))]
    Other(String),
}

impl OnDeviceError {
    /// What a code of the page's modules means; `detail` is the figure or sentence that goes with it.
    pub fn from_code(code: &str, detail: &str) -> Self {
        let detail = line(detail);
        match code {
            "no_storage" => Self::NoStorage,
            "aborted" => Self::Aborted,
            "unreachable" => Self::Unreachable(detail),
            "http" => Self::Http(detail),
            "split" => Self::Split,
            "too_big" => Self::TooBig(detail),
            "not_gguf" => Self::NotGguf(detail),
            "quota" => Self::Quota(detail),
            "cut" => Self::Cut,
            "not_kept" => Self::NotKept(detail),
            "no_memory64" => Self::NoMemory64,
            "no_engine" => Self::NoEngine,
            "memory" => Self::Memory(detail),
            "not_loaded" => Self::NotLoaded(detail),
            "crashed" => Self::Crashed(detail),
            "not_answered" => Self::NotAnswered(detail),
            "absent" => Self::Absent,
            "unavailable" => Self::Unavailable,
            "not_downloaded" => Self::NotDownloaded,
            _ => Self::Other(detail),
        }
    }

    /// What it means for a call.
    pub fn of_call(code: &str, detail: &str) -> CallError {
        match code {
            "context" => CallError::ContextTooLong { detail: line(detail) },
            "refused" => CallError::Refused { detail: line(detail) },
            "no_temperature" => without(Parameter::Temperature),
            "no_logprobs" => without(Parameter::Logprobs),
            _ => CallError::OnDevice(Self::from_code(code, detail)),
        }
    }
}

/// What a server would say that does not take a part of a request: the call goes on without it.
fn without(part: Parameter) -> CallError {
    CallError::BadRequest { status: 400, detail: String::new(), unsupported: Some(part) }
}

/// A size in the unit that people know from their files.
pub fn file_size(bytes: u64) -> String {
    let megabytes = bytes as f64 / 1e6;
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{megabytes:.0} MB"),
        _ => format!("{:.2} GB", megabytes / 1e3),
    }
}

fn sized(bytes: &str) -> String {
    bytes.parse().map_or_else(|_| String::new(), |bytes| format!(" ({})", file_size(bytes)))
}

fn left(bytes: &str) -> String {
    bytes.parse().map_or_else(|_| String::new(), |bytes| format!(": {} are left", file_size(bytes)))
}

fn says(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(": “{detail}”") }
}

/// One line of what a program says, cut to a length that can be shown.
fn line(detail: &str) -> String {
    const MOST: usize = 200;
    let words: Vec<&str> =
        detail.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 19] = [
        "no_storage",
        "aborted",
        "unreachable",
        "http",
        "split",
        "too_big",
        "not_gguf",
        "quota",
        "cut",
        "not_kept",
        "no_memory64",
        "no_engine",
        "memory",
        "not_loaded",
        "crashed",
        "not_answered",
        "absent",
        "unavailable",
        "not_downloaded",
    ];

    #[test]
    fn every_code_of_the_modules_has_words() {
        for code in CODES {
            let error = OnDeviceError::from_code(code, "12\n34\u{0}");
            assert!(!matches!(error, OnDeviceError::Other(_)), "{code}");
            let words = error.to_string();
            assert!(words.ends_with('.') && !words.chars().any(char::is_control), "{code}: {words}");
        }
        let modules =
            [include_str!("../../public/tab-model.js"), include_str!("../../public/browser-model.js")];
        for thrown in modules.iter().flat_map(|module| module.split("Failure('").skip(1)) {
            let code = thrown.split('\'').next().unwrap();
            assert!(
                CODES.contains(&code)
                    || ["context", "refused", "no_temperature", "no_logprobs"].contains(&code),
                "{code} has no words"
            );
        }
    }

    #[test]
    fn sizes_and_details_are_told() {
        let check = |code: &str, detail: &str, expected: &str| {
            let words = OnDeviceError::from_code(code, detail).to_string();
            assert!(words.contains(expected), "{words}");
        };
        check("too_big", "4200000000", "too big (4.20 GB)");
        check("quota", "52428800", "room: 52 MB are left");
        check("quota", "", "enough room. Delete");
        check("http", "404", "answers 404");
        check("not_loaded", &"x".repeat(500), "x…”. The file");
        assert_eq!(
            OnDeviceError::of_call("context", "too\nlong"),
            CallError::ContextTooLong { detail: "too long".into() }
        );
    }
}
