//! OpenAI's Chat Completions on the wire, as far as compatible servers agree on it: how a request is written and
//! which parts of a reply are read. Every field of a reply is optional: servers leave out what they please.
//! It does not send anything and adds no header; the transport sends `Content-Type` and, with a key,
//! `Authorization`, and nothing else (any other header fails the preflight at several providers).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::chat::{ChatRequest, ChatRole, ReplyFormat, TokenLimit, TokenLogprobs};
use super::error::CallError;
use super::logprobs;
use super::schema::Schema;
use super::secret::Secret;

/// The most models of a list that are kept, and the longest name in bytes.
const MAX_MODELS: usize = 2_000;
const MAX_MODEL_NAME: usize = 200;
/// The longest `finish_reason` that is kept, in characters.
const MAX_REASON_CHARS: usize = 60;
/// A count of tokens beyond this is no count.
const MAX_TOKENS: u64 = 1 << 40;

/// The JSON body of a request.
#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<ResponseFormat<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logprobs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_logprobs: Option<u8>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ResponseFormat<'a> {
    JsonSchema { json_schema: NamedSchema<'a> },
    JsonObject,
}

#[derive(Serialize)]
struct NamedSchema<'a> {
    name: &'a str,
    strict: bool,
    schema: &'a Schema,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

/// The body of a request, as JSON.
pub fn request_body(request: &ChatRequest) -> String {
    let messages = request.messages.iter().map(|message| Message {
        role: match message.role {
            ChatRole::System => "system",
            ChatRole::User => "user",
            ChatRole::Assistant => "assistant",
        },
        content: &message.content,
    });
    let limit = |named: TokenLimit| (request.token_limit == named).then_some(request.max_tokens);
    let body = Body {
        model: &request.model,
        messages: messages.collect(),
        temperature: request.temperature,
        max_tokens: limit(TokenLimit::MaxTokens),
        max_completion_tokens: limit(TokenLimit::MaxCompletionTokens),
        response_format: match &request.format {
            ReplyFormat::JsonSchema { name, schema } => {
                Some(ResponseFormat::JsonSchema { json_schema: NamedSchema { name, strict: true, schema } })
            }
            ReplyFormat::JsonObject => Some(ResponseFormat::JsonObject),
            ReplyFormat::Text => None,
        },
        stream: request.stream,
        stream_options: (request.stream && request.stream_usage)
            .then_some(StreamOptions { include_usage: true }),
        logprobs: request.logprobs.map(|_| true),
        top_logprobs: request.logprobs,
    };
    // Strings and numbers always serialise (a NaN becomes null).
    serde_json::to_string(&body).unwrap_or_default()
}

/// A reply or one piece of a streamed reply: the two differ only in `message` and `delta`.
#[derive(Debug, Deserialize)]
pub(super) struct Piece {
    #[serde(default)]
    choices: Option<Vec<Choice>>,
    #[serde(default)]
    usage: Value,
}

#[derive(Debug, Deserialize)]
struct Choice {
    #[serde(default)]
    index: Option<u64>,
    #[serde(default)]
    delta: Option<Words>,
    /// In a stream some servers repeat the whole answer here beside `delta`, which wins.
    #[serde(default)]
    message: Option<Words>,
    #[serde(default)]
    finish_reason: Value,
    #[serde(default)]
    logprobs: Value,
}

#[derive(Debug, Deserialize)]
struct Words {
    #[serde(default)]
    content: Value,
    #[serde(default)]
    refusal: Option<String>,
}

/// What a piece adds to the answer.
#[derive(Debug, Default)]
pub(super) struct Addition {
    pub(super) text: String,
    pub(super) refusal: Option<String>,
    pub(super) finish_reason: Option<String>,
    pub(super) prompt_tokens: Option<u64>,
    pub(super) completion_tokens: Option<u64>,
    pub(super) logprobs: Vec<TokenLogprobs>,
    /// Whether it spoke of choices at all, as every reply does.
    pub(super) has_choices: bool,
}

impl Piece {
    pub(super) fn addition(self) -> Addition {
        let tokens =
            |name: &str| self.usage.get(name).and_then(Value::as_u64).filter(|&count| count < MAX_TOKENS);
        let mut addition = Addition {
            prompt_tokens: tokens("prompt_tokens"),
            completion_tokens: tokens("completion_tokens"),
            has_choices: self.choices.is_some(),
            ..Addition::default()
        };
        // One answer was asked for; a server that sends several still gives one.
        let first = self.choices.into_iter().flatten().find(|choice| choice.index.unwrap_or(0) == 0);
        let Some(choice) = first else { return addition };
        // An empty reason is no end: some servers send one with every word.
        let reason = choice.finish_reason.as_str().filter(|reason| !reason.is_empty());
        addition.finish_reason = reason.map(|reason| reason.chars().take(MAX_REASON_CHARS).collect());
        addition.logprobs = choice.logprobs.get("content").map(logprobs::read_list).unwrap_or_default();
        if let Some(words) = choice.delta.or(choice.message) {
            addition.text = text_of(&words.content);
            addition.refusal = words.refusal.filter(|words| !words.is_empty());
        }
        addition
    }
}

/// The error that a server reports in place of an answer, in a body that came with status 200.
pub(super) fn error_in(reply: &Value, key: &Secret) -> Option<CallError> {
    let reported = reply.get("error").is_some_and(|error| !error.is_null());
    let is_error = reported || reply.get("object").is_some_and(|object| object == "error");
    is_error.then(|| CallError::from_error_value(reply, key))
}

/// The text of a `content`: null in the first delta, a string, or (Mistral) a list of parts, thoughts among them.
fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
        }
        _ => String::new(),
    }
}

/// The models of a `GET /models` reply, in the server's order; empty if it lists none. Understands OpenAI's
/// `data[].id`, Ollama's `models[].name` and a bare list.
///
/// # Errors
/// A body that is no JSON, or an error in its place.
pub fn parse_models(body: &str, key: &Secret) -> Result<Vec<String>, CallError> {
    let Ok(reply) = serde_json::from_str::<Value>(body) else {
        return Err(CallError::Malformed { detail: String::new() });
    };
    if let Some(error) = error_in(&reply, key) {
        return Err(error);
    }
    let lists = [reply.get("data"), reply.get("models"), Some(&reply)];
    let models = lists.into_iter().flatten().find_map(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let name = |model: &Value| {
        let named = ["id", "name", "model"].iter().find_map(|field| model.get(field).and_then(Value::as_str));
        named.or(model.as_str()).map(str::to_owned)
    };
    let fits =
        |name: &String| (1..=MAX_MODEL_NAME).contains(&name.len()) && !name.chars().any(char::is_control);
    Ok(models.iter().filter_map(name).filter(fits).take(MAX_MODELS).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::chat::ChatMessage;

    fn request() -> ChatRequest {
        ChatRequest {
            model: "m".into(),
            messages: vec![ChatMessage { role: ChatRole::User, content: "q".into() }],
            temperature: Some(0.7),
            max_tokens: 9,
            token_limit: TokenLimit::MaxTokens,
            format: ReplyFormat::Text,
            stream: true,
            stream_usage: true,
            logprobs: None,
        }
    }

    fn check(change: impl FnOnce(&mut ChatRequest), expected: &Value) {
        let mut request = request();
        change(&mut request);
        let mut body: Value = serde_json::from_str(&request_body(&request)).unwrap();
        let fields = body.as_object_mut().unwrap();
        assert_eq!(fields.remove("model"), Some(json!("m")));
        assert_eq!(fields.remove("messages"), Some(json!([{ "role": "user", "content": "q" }])));
        assert_eq!(&body, expected);
    }

    #[test]
    fn requests() {
        let usage = json!({ "include_usage": true });
        check(
            |_| {},
            &json!({ "temperature": 0.7, "max_tokens": 9, "stream": true, "stream_options": usage }),
        );
        check(
            |r| {
                (r.temperature, r.stream_usage, r.token_limit) =
                    (None, false, TokenLimit::MaxCompletionTokens);
            },
            &json!({ "max_completion_tokens": 9, "stream": true }),
        );
        check(
            |r| (r.stream, r.format) = (false, ReplyFormat::JsonObject),
            &json!({ "temperature": 0.7, "max_tokens": 9, "stream": false, "response_format": { "type": "json_object" } }),
        );
        check(
            |r| (r.stream, r.temperature, r.logprobs) = (false, None, Some(5)),
            &json!({ "max_tokens": 9, "stream": false, "logprobs": true, "top_logprobs": 5 }),
        );
        let schema = Schema::Text;
        let format = json!({
            "type": "json_schema", "json_schema": { "name": "forecast", "strict": true, "schema": { "type": "string" } },
        });
        check(
            |r| {
                (r.stream, r.temperature, r.format) =
                    (false, None, ReplyFormat::JsonSchema { name: "forecast", schema });
            },
            &json!({ "max_tokens": 9, "stream": false, "response_format": format }),
        );
    }

    #[test]
    fn lists_of_models() {
        for (body, expected) in [
            (r#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#, Ok(vec!["a", "b"])),
            (r#"{"models":[{"name":"a","model":"a"}]}"#, Ok(vec!["a"])),
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
