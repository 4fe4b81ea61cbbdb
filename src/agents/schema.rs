//! The form of an answer, decision first, as servers can enforce it. It does not know how an answer is read:
//! servers that ignore the schema are common, so `parse` takes nothing from it for granted.

use crate::llm::Schema;

/// What the schema is called on the wire.
pub(super) const NAME: &str = "forecast";
/// … and where an argument is asked for.
pub(super) const ARGUMENT: &str = "argument";

/// The schema of an answer to a question with so many outcomes.
pub(super) fn forecast(outcomes: usize) -> Schema {
    let list = |items: Schema, length| Schema::Array { items: Box::new(items), length };
    Schema::Object(vec![
        ("beliefs", list(Schema::Number, Some(outcomes))),
        ("headline", Schema::Text),
        ("reasoning", Schema::Text),
        ("evidence", list(Schema::Text, None)),
        ("predicted_mean_of_others", Schema::Number),
    ])
}

/// The schema of a forecast in a turn: nothing is predicted of the others.
pub(super) fn turn_forecast(outcomes: usize) -> Schema {
    let numbers = Schema::Array { items: Box::new(Schema::Number), length: Some(outcomes) };
    Schema::Object(vec![("beliefs", numbers), ("headline", Schema::Text), ("reasoning", Schema::Text)])
}

/// The schema of an argument, with or without a question to whoever argued before.
pub(super) fn argument(question: bool) -> Schema {
    let mut fields = vec![("argument", Schema::Text)];
    if question {
        fields.push(("question", Schema::Text));
    }
    Schema::Object(fields)
}
