//! Anthropic's Messages on the wire: how a request is written and which parts of a reply are read. A stream is
//! complete with `message_stop`; an `error` event may come after status 200. Thoughts are not the answer.

use serde::Serialize;
use serde_json::Value;

use super::addition::{Addition, items, reason, text, tokens, tokens_together};
use super::chat::{ChatRequest, ReplyFormat};
use super::message::Message;
use super::schema::Schema;
use super::secret::Secret;

/// How an answer ends, in the words that all protocols share.
const REASONS: [(&str, &str); 5] = [
    ("end_turn", "stop"),
    ("stop_sequence", "stop"),
    ("max_tokens", "length"),
    ("model_context_window_exceeded", "length"),
    ("refusal", "content_filter"),
];
/// Tokens that were read: those from the cache are counted apart.
const READ: [&str; 3] = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"];

/// What the vendor demands of a page.
pub(super) fn headers() -> Vec<(&'static str, Secret)> {
    vec![
        ("anthropic-version", Secret::new("2023-06-01")),
        ("anthropic-dangerous-direct-browser-access", Secret::new("true")),
    ]
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    max_tokens: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    system: String,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_config: Option<OutputConfig>,
    stream: bool,
}

#[derive(Serialize)]
struct OutputConfig {
    format: Format,
}

#[derive(Serialize)]
struct Format {
    r#type: &'static str,
    schema: Schema,
}

/// The body of a request, as JSON. There is no mode for any JSON: the prompt must ask for it. Lists of a given length
/// are refused in schemas, so the lengths are left to the prompt, too.
pub(super) fn request_body(request: &ChatRequest) -> String {
    let schema = match &request.format {
        ReplyFormat::JsonSchema { schema, .. } => Some(schema.without_lengths()),
        ReplyFormat::JsonObject | ReplyFormat::Text => None,
    };
    let body = Body {
        model: &request.model,
        max_tokens: request.max_tokens,
        system: request.instructions(),
        messages: Message::without_system(request),
        temperature: request.temperature,
        output_config: schema.map(|schema| OutputConfig { format: Format { r#type: "json_schema", schema } }),
        stream: request.stream,
    };
    // Strings and numbers always serialise (a NaN becomes null).
    serde_json::to_string(&body).unwrap_or_default()
}

/// What an event of a stream adds, or a whole reply.
pub(super) fn read(value: &Value) -> Addition {
    let nothing = Value::Null;
    let part = |name: &str| value.get(name).unwrap_or(&nothing);
    let counted = |usage: &Value| Addition {
        prompt_tokens: tokens_together(usage, &READ),
        completion_tokens: tokens(usage, "output_tokens"),
        recognised: true,
        ..Addition::default()
    };
    match text(value, "type") {
        "message_start" => counted(part("message").get("usage").unwrap_or(&nothing)),
        "content_block_start" => words(text_of(part("content_block"))),
        "content_block_delta" => words(text_of(part("delta"))),
        "message_delta" => Addition {
            finish_reason: part("delta").get("stop_reason").and_then(|said| reason(said, &REASONS)),
            // Here the tokens written are counted anew, those read only by some servers.
            ..counted(part("usage"))
        },
        "message_stop" => Addition { recognised: true, ends: true, ..Addition::default() },
        "content_block_stop" | "ping" => words(""),
        "message" => Addition {
            text: items(value.get("content")).iter().map(text_of).collect(),
            finish_reason: reason(part("stop_reason"), &REASONS),
            ends: true,
            ..counted(part("usage"))
        },
        _ => Addition::default(),
    }
}

fn words(text: &str) -> Addition {
    Addition { text: text.to_owned(), recognised: true, ..Addition::default() }
}

/// The words of a block or of a piece of one; thoughts and signatures have none.
fn text_of(block: &Value) -> &str {
    if matches!(text(block, "type"), "text" | "text_delta") { text(block, "text") } else { "" }
}
