//! Words about calls to models, in German: what a call was for, in which form, and what became of it.

use super::messages::said;
use crate::run::{AnswerFormat, CallRecord, ParseResult, Purpose, Role};
use crate::ui::format;
pub use crate::ui::words::en::calls::chance;
use crate::ui::words::en::calls::with;

/// A field: the reply was recorded earlier.
pub const REUSED: &str = "Übernommen aus einer aufbewahrten Antwort auf die Anfrage";
/// A heading over a table.
pub const FIRST_TOKEN: &str = "Womit die Antwort hätte beginnen können";
/// A column.
pub const TOKEN: &str = "Wort";
/// A column.
pub const CHANCE: &str = "Wahrscheinlichkeit";

/// A word of an answer with its spaces in sight.
pub fn token(token: &str) -> String {
    format!("„{}“", token.replace('\n', "⏎"))
}

/// How far two answers are from adding up, if they are not the same.
pub fn incoherence(distance: f64) -> String {
    let verdict = if crate::belief::is_incoherent(distance) {
        "Der Agent widerspricht sich"
    } else {
        "Sie passen zusammen"
    };
    format!(
        "In beiden Richtungen gefragt, verfehlen die Antworten die Summe von 100\u{202f}% um {} Prozentpunkte: {verdict}",
        format::decimal(distance * 100.0)
    )
}

/// A call in one line.
pub(super) fn call_line(call: &CallRecord) -> String {
    let tokens = call.prompt_tokens.zip(call.completion_tokens);
    let tokens = tokens.filter(|_| call.reused.is_none());
    let tokens = tokens.map(|(read, written)| format!(", {read} + {written} Tokens")).unwrap_or_default();
    let what = match (call.purpose, &call.parse) {
        (_, ParseResult::Ok) if call.reused.is_some() => super::replies::TAKEN.to_owned(),
        (Purpose::Forecast, ParseResult::Ok) => "Gefragt; die Antwort wurde gelesen".to_owned(),
        (Purpose::Label, ParseResult::Ok) => {
            "Nach einem Kürzel gefragt; seine Wahrscheinlichkeit wurde gelesen".to_owned()
        }
        (Purpose::Reversed, ParseResult::Ok) => "Umgekehrt gefragt; die Antwort wurde gelesen".to_owned(),
        (Purpose::Repair, ParseResult::Ok) => "Noch einmal gefragt; die Antwort wurde gelesen".to_owned(),
        (_, ParseResult::Unreadable { problem }) => with("Die Antwort war nicht lesbar", &said(problem)),
        (_, ParseResult::NoReply { problem }) => with("Es kam keine vollständige Antwort", &said(problem)),
    };
    format!("{what} ({}{tokens})", call.model)
}

/// What became of a reply.
pub fn parse(result: &ParseResult) -> String {
    match result {
        ParseResult::Ok => "Sie wurde gelesen.".to_owned(),
        ParseResult::Unreadable { problem } => with("Sie war nicht lesbar", &said(problem)),
        ParseResult::NoReply { problem } => with("Es kam keine vollständige Antwort", &said(problem)),
    }
}

/// What a call was for.
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Forecast => "Antwort",
        Purpose::Repair => "Ein zweiter Versuch nach einer Antwort, die nicht lesbar war",
        Purpose::Label => {
            "Das Kürzel der wahrscheinlichsten Antwort; wie wahrscheinlich es ist, zählt als Einschätzung"
        }
        Purpose::Reversed => "Antwort auf die umgekehrte Frage",
    }
}

/// How the form of an answer was demanded.
pub fn form(form: AnswerFormat) -> &'static str {
    match form {
        AnswerFormat::JsonSchema => "JSON nach Schema",
        AnswerFormat::JsonObject => "JSON",
        AnswerFormat::Text => "Text",
    }
}

/// Who speaks in a prompt.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::System => "System",
        Role::User => "Benutzer",
        Role::Assistant => "Assistent",
    }
}
