//! Words about calls to models: what a call was for, in which form, and what became of it.

use crate::run::{AnswerFormat, CallRecord, ParseResult, Purpose, Role};
use crate::ui::format;

/// A field: the reply was recorded earlier.
pub const REUSED: &str = "Taken from a kept reply to the request";
/// A heading over a table.
pub const FIRST_TOKEN: &str = "What the answer might have begun with";
/// A column.
pub const TOKEN: &str = "Word";
/// A column.
pub const CHANCE: &str = "Probability";

/// A word of an answer with its spaces in sight.
pub fn token(token: &str) -> String {
    format!("“{}”", token.replace('\n', "⏎"))
}

/// A natural logarithm as a probability.
pub fn chance(logprob: f64) -> String {
    format::percent_fine(crate::market::math::exp(logprob))
}

/// How far two answers are from adding up, if they are not the same.
pub fn incoherence(distance: f64) -> String {
    let verdict = if crate::belief::is_incoherent(distance) { "it contradicts itself" } else { "they agree" };
    format!(
        "Asked both ways round, its answers miss a sum of 100\u{202f}% by {} points: {verdict}",
        format::decimal(distance * 100.0)
    )
}

/// A call in one line.
pub(super) fn call_line(call: &CallRecord) -> String {
    let tokens = call.prompt_tokens.zip(call.completion_tokens);
    let tokens = tokens.filter(|_| call.reused.is_none());
    let tokens = tokens.map(|(read, written)| format!(", {read} + {written} tokens")).unwrap_or_default();
    let what = match (call.purpose, &call.parse) {
        (_, ParseResult::Ok) if call.reused.is_some() => super::replies::TAKEN.to_owned(),
        (Purpose::Forecast, ParseResult::Ok) => "Asked, and the reply was read".to_owned(),
        (Purpose::Label, ParseResult::Ok) => "Asked for a label, and its probability was read".to_owned(),
        (Purpose::Reversed, ParseResult::Ok) => {
            "Asked the reversed question, and the reply was read".to_owned()
        }
        (Purpose::Repair, ParseResult::Ok) => "Asked again, and the reply was read".to_owned(),
        (_, ParseResult::Unreadable { problem }) => with("The reply could not be read", problem),
        (_, ParseResult::NoReply { problem }) => with("No complete reply came", problem),
    };
    format!("{what} ({}{tokens})", call.model)
}

pub(crate) fn with(what: &str, problem: &str) -> String {
    if problem.is_empty() { what.to_owned() } else { format!("{what}: {problem}") }
}

/// What became of a reply.
pub fn parse(result: &ParseResult) -> String {
    match result {
        ParseResult::Ok => "It was read.".to_owned(),
        ParseResult::Unreadable { problem } => with("It could not be read", problem),
        ParseResult::NoReply { problem } => with("No complete reply came", problem),
    }
}

/// What a call was for.
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Forecast => "Answer",
        Purpose::Repair => "A second try after an answer that could not be read",
        Purpose::Label => "The label of the likeliest outcome, whose probability is the answer",
        Purpose::Reversed => "Answer to the reversed question",
    }
}

/// How the form of an answer was demanded.
pub fn form(form: AnswerFormat) -> &'static str {
    match form {
        AnswerFormat::JsonSchema => "JSON by a schema",
        AnswerFormat::JsonObject => "JSON",
        AnswerFormat::Text => "Text",
    }
}

/// Who speaks in a prompt.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::System => "System",
        Role::User => "User",
        Role::Assistant => "Assistant",
    }
}
