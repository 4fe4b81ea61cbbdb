//! What Metaculus answers (`/api/posts/…/`): a post with a question, whose community forecast stands in its aggregations.
//! Since 2026 it answers only those who say who they are, and shows the forecast of few questions; without one the
//! question can still be asked.

use serde_json::Value;

use super::{Address, Listed, Unread, text, yes_no};

/// Reads a reply.
pub(super) fn read(address: &Address, reply: &Value) -> Result<Listed, Unread> {
    if let Some(detail) = reply.get("detail").and_then(Value::as_str) {
        return Err(if detail.starts_with("Not found") || detail.starts_with("No ") {
            Unread::NotThere
        } else {
            Unread::Refused(super::cut(detail, 200))
        });
    }
    let number = reply.get("id").and_then(Value::as_u64).ok_or(Unread::Shape("id"))?;
    if number.to_string() != address.name() {
        return Err(Unread::Other);
    }
    let question = reply.get("question").filter(|question| question.is_object());
    let Some(question) = question else {
        let other = ["group_of_questions", "conditional", "notebook"];
        let kind = other.into_iter().find(|name| reply.get(*name).is_some_and(Value::is_object));
        return Err(kind.map_or(Unread::Shape("question"), |kind| Unread::NotAChoice(kind.replace('_', " "))));
    };
    let kind = text(question, "type");
    let resolution = text(question, "resolution");
    let title = text(question, "title");
    let mut listed = Listed {
        question: if title.is_empty() { text(reply, "title") } else { title },
        background: text(question, "description"),
        criterion: criterion(question),
        is_resolved: !resolution.is_empty(),
        ..Listed::default()
    };
    match kind.as_str() {
        "binary" => {
            (listed.outcomes, listed.prices) = yes_no(community(question, "centers", 0));
            if listed.prices.is_none() {
                listed.prices = yes_no(community(question, "forecast_values", 1)).1;
            }
            listed.answer = ["yes", "no"].iter().position(|name| *name == resolution);
        }
        "multiple_choice" => {
            let options = super::list(question, "options");
            listed.outcomes = options.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            let count = listed.outcomes.len();
            let all = |name| (0..count).map(|place| community(question, name, place)).collect();
            let found: Option<Vec<f64>> = all("forecast_values");
            listed.prices = found.or_else(|| all("centers"));
            listed.answer = listed.outcomes.iter().position(|name| *name == resolution);
        }
        "" => return Err(Unread::Shape("type")),
        _ => return Err(Unread::NotAChoice(kind)),
    }
    Ok(listed)
}

/// What the community says at one place of the newest forecast.
fn community(question: &Value, values: &str, place: usize) -> Option<f64> {
    let all = question.get("aggregations")?;
    let of = |method: &str| all.get(method)?.get("latest")?.get(values)?.get(place)?.as_f64();
    let usual = text(question, "default_aggregation_method");
    of(&usual).or_else(|| of("recency_weighted")).or_else(|| of("unweighted"))
}

fn criterion(question: &Value) -> String {
    let (rule, fine) = (text(question, "resolution_criteria"), text(question, "fine_print"));
    if fine.trim().is_empty() { rule } else { format!("{rule}\n\n{fine}") }
}
