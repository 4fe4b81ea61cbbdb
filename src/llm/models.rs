//! Lists of models, in any of the shapes that servers give them.

use serde_json::Value;

use super::classify::error_in;
use super::error::CallError;
use super::protocol::Protocol;
use super::secret::Secret;

/// The most models of a list that are kept, and the longest name in bytes.
const MAX_MODELS: usize = 2_000;
const MAX_MODEL_NAME: usize = 200;

/// The models of a `GET /models` reply, in the server's order; empty if it lists none. Understands the
/// `data[].id` of OpenAI and Anthropic, the `models[].name` of Ollama and Gemini, and a bare list.
///
/// # Errors
/// A body that is no JSON, or an error in its place.
pub fn parse_models(body: &str, key: &Secret) -> Result<Vec<String>, CallError> {
    let Ok(reply) = serde_json::from_str::<Value>(body) else {
        return Err(CallError::Malformed { detail: String::new() });
    };
    if let Some(error) = error_in(Protocol::default(), &reply, key) {
        return Err(error);
    }
    let lists = [reply.get("data"), reply.get("models"), Some(&reply)];
    let models = lists.into_iter().flatten().find_map(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let name = |model: &Value| {
        let named = ["id", "name", "model"].iter().find_map(|field| model.get(field).and_then(Value::as_str));
        let name = named.or(model.as_str())?;
        // Gemini's list says of each model what it can do, and puts a folder before its name.
        let chats = model.get("supportedGenerationMethods").and_then(Value::as_array);
        let chats = chats.is_none_or(|methods| methods.iter().any(|method| method == "generateContent"));
        chats.then(|| name.strip_prefix("models/").unwrap_or(name).to_owned())
    };
    let fits =
        |name: &String| (1..=MAX_MODEL_NAME).contains(&name.len()) && !name.chars().any(char::is_control);
    Ok(models.iter().filter_map(name).filter(fits).take(MAX_MODELS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_models() {
        for (body, expected) in [
            (r#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#, Ok(vec!["a", "b"])),
            (r#"{"models":[{"name":"a","model":"a"}]}"#, Ok(vec!["a"])),
            (
                r#"{"models":[{"name":"models/a","supportedGenerationMethods":["generateContent"]},{"name":"models/b","supportedGenerationMethods":["embedContent"]}]}"#,
                Ok(vec!["a"]),
            ),
            (r#"{"data":[{"type":"model","id":"a","display_name":"A"}],"has_more":false}"#, Ok(vec!["a"])),
            (r#"[{"id":"a"},"b",7,{"id":""}]"#, Ok(vec!["a", "b"])),
            ("{}", Ok(vec![])),
            (r#"{"data":null}"#, Ok(vec![])),
            ("<html>", Err("not a reply")),
            (r#"{"error":{"message":"no","code":401}}"#, Err("key refused")),
        ] {
            let models = parse_models(body, &Secret::default());
            let models = models.as_ref().map(|names| names.iter().map(String::as_str).collect());
            assert_eq!(models.map_err(CallError::short_name), expected, "{body}");
        }
    }
}
