//! The form of an answer, decision first, as servers can enforce it. It does not know how an answer is read:
//! servers that ignore the schema are common, so `parse` takes nothing from it for granted.

use crate::llm::Schema;

/// What the schema is called on the wire.
pub(super) const NAME: &str = "forecast";

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
