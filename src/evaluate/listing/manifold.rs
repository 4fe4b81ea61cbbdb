//! What Manifold answers (`/v0/slug/…`): a yes-or-no question with a probability, or one with answers that each have one.

use serde_json::Value;

use super::{Address, Listed, Unread, is_true, list, text, yes_no};

/// Reads a reply.
pub(super) fn read(address: &Address, reply: &Value) -> Result<Listed, Unread> {
    let kind = text(reply, "outcomeType");
    if kind.is_empty() {
        // An error is an object with a message alone.
        let is_error = reply.get("message").is_some() && reply.get("question").is_none();
        return Err(if is_error { Unread::NotThere } else { Unread::Shape("outcomeType") });
    }
    // The name of whoever asked may have changed, the question's does not.
    let page = text(reply, "url");
    if page.rsplit('/').next().is_some_and(|name| !name.is_empty() && name != address.name()) {
        return Err(Unread::Other);
    }
    let resolution = text(reply, "resolution");
    let mut listed = Listed {
        question: text(reply, "question"),
        background: described(reply),
        is_resolved: is_true(reply, "isResolved"),
        ..Listed::default()
    };
    match kind.as_str() {
        "BINARY" => {
            (listed.outcomes, listed.prices) = yes_no(reply.get("probability").and_then(Value::as_f64));
            listed.answer = ["YES", "NO"].iter().position(|name| *name == resolution);
        }
        "MULTIPLE_CHOICE" | "FREE_RESPONSE" => {
            let answers = list(reply, "answers");
            if reply.get("shouldAnswersSumToOne") == Some(&Value::Bool(false)) {
                return Err(Unread::Independent(answers.len()));
            }
            listed.outcomes = answers.iter().map(|answer| text(answer, "text")).collect();
            listed.prices = answers.iter().map(|answer| answer.get("probability")?.as_f64()).collect();
            listed.answer = answers.iter().position(|answer| text(answer, "id") == resolution);
        }
        _ => return Err(Unread::NotAChoice(kind)),
    }
    listed.answer = listed.answer.filter(|_| listed.is_resolved);
    Ok(listed)
}

/// The description without its formatting; older replies have it as a text.
fn described(reply: &Value) -> String {
    let plain = text(reply, "textDescription");
    if plain.is_empty() { text(reply, "description") } else { plain }
}
