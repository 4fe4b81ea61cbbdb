//! Ollama on the wire, natively: how a request is written and which parts of a reply are read. A stream is one JSON
//! object a line; `done` ends it. Thoughts are not the answer.

use serde::Serialize;
use serde_json::Value;

use super::addition::{Addition, reason, text, tokens};
use super::chat::{ChatRequest, ReplyFormat};
use super::logprobs;
use super::message::Message;
use super::schema::Schema;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Format<'a>>,
    options: Options,
    #[serde(skip_serializing_if = "Option::is_none")]
    logprobs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_logprobs: Option<u8>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Format<'a> {
    Schema(&'a Schema),
    Mode(&'static str),
}

#[derive(Serialize)]
struct Options {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    num_predict: u32,
}

/// The body of a request, as JSON.
pub(super) fn request_body(request: &ChatRequest) -> String {
    let body = Body {
        model: &request.model,
        messages: Message::all(request),
        stream: request.stream,
        format: match &request.format {
            ReplyFormat::JsonSchema { schema, .. } => Some(Format::Schema(schema)),
            ReplyFormat::JsonObject => Some(Format::Mode("json")),
            ReplyFormat::Text => None,
        },
        options: Options { temperature: request.temperature, num_predict: request.max_tokens },
        logprobs: request.logprobs.map(|_| true),
        top_logprobs: request.logprobs,
    };
    // Strings and numbers always serialise (a NaN becomes null).
    serde_json::to_string(&body).unwrap_or_default()
}

/// What a line adds.
pub(super) fn read(value: &Value) -> Addition {
    let message = value.get("message");
    let ends = value.get("done").and_then(Value::as_bool).unwrap_or(false);
    Addition {
        text: message.map(|message| text(message, "content")).unwrap_or_default().to_owned(),
        finish_reason: value.get("done_reason").and_then(|said| reason(said, &[])),
        prompt_tokens: tokens(value, "prompt_eval_count"),
        completion_tokens: tokens(value, "eval_count"),
        logprobs: value.get("logprobs").map(logprobs::read_list).unwrap_or_default(),
        recognised: message.is_some() || ends,
        ends,
        ..Addition::default()
    }
}
