//! OpenAI's Chat Completions on the wire, as far as compatible servers agree on it: how a request is written and
//! which parts of a reply are read. Every field of a reply is optional: servers leave out what they please.

use serde::Serialize;
use serde_json::Value;

use super::addition::{Addition, items, reason, text, tokens};
use super::chat::{ChatRequest, ReplyFormat, TokenLimit};
use super::logprobs;
use super::message::Message;
use super::schema::Schema;

/// How an answer ends, in the words that all protocols share: Azure, Mistral and others have a few of their own.
const REASONS: [(&str, &str); 4] =
    [("eos", "stop"), ("end_turn", "stop"), ("model_length", "length"), ("max_tokens", "length")];

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

/// The body of a request, as JSON.
pub fn request_body(request: &ChatRequest) -> String {
    let limit = |named: TokenLimit| (request.token_limit == named).then_some(request.max_tokens);
    let body = Body {
        model: &request.model,
        messages: Message::all(request),
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

/// What a piece of a streamed reply adds, or a whole reply: the two differ only in `delta` and `message`. In a stream
/// some servers repeat the whole answer in `message` beside `delta`, which wins.
pub(super) fn read(value: &Value) -> Addition {
    let nothing = Value::Null;
    let usage = value.get("usage").unwrap_or(&nothing);
    let choices = value.get("choices").filter(|choices| choices.is_array());
    let mut addition = Addition {
        prompt_tokens: tokens(usage, "prompt_tokens"),
        completion_tokens: tokens(usage, "completion_tokens"),
        recognised: choices.is_some(),
        ..Addition::default()
    };
    // One answer was asked for; a server that sends several still gives one.
    let is_first = |choice: &&Value| choice.get("index").and_then(Value::as_u64).unwrap_or(0) == 0;
    let Some(choice) = items(choices).iter().find(is_first) else { return addition };
    addition.finish_reason = choice.get("finish_reason").and_then(|said| reason(said, &REASONS));
    addition.ends = addition.finish_reason.is_some();
    let list = choice.get("logprobs").and_then(|logprobs| logprobs.get("content"));
    addition.logprobs = list.map(logprobs::read_list).unwrap_or_default();
    let words =
        [choice.get("delta"), choice.get("message")].into_iter().flatten().find(|words| words.is_object());
    if let Some(words) = words {
        addition.text = text_of(words.get("content").unwrap_or(&nothing));
        addition.refusal = Some(text(words, "refusal").to_owned()).filter(|words| !words.is_empty());
    }
    addition
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::chat::{ChatMessage, ChatRole};

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
}
