//! OpenAI's Responses on the wire: how a request is written and which parts of a reply are read. A stream ends with
//! `response.completed`, `.incomplete` or `.failed`; the last carries the error. Nothing is kept at the server.

use serde::Serialize;
use serde_json::Value;

use super::addition::{Addition, items, reason, text, tokens};
use super::chat::{ChatRequest, ChatRole, ReplyFormat};
use super::logprobs;
use super::schema::Schema;

/// What the log-probabilities are called among the things that a reply may include.
const LOGPROBS: &str = "message.output_text.logprobs";

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    instructions: String,
    input: Vec<Said<'a>>,
    max_output_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_logprobs: Option<u8>,
    store: bool,
    stream: bool,
}

/// What was said before. A model's own words are marked as such: OpenAI takes them bare as well, llama.cpp does not.
#[derive(Serialize)]
#[serde(untagged)]
enum Said<'a> {
    Ours { role: &'static str, content: &'a str },
    Theirs { r#type: &'static str, role: &'static str, content: [Part<'a>; 1] },
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part<'a> {
    OutputText { text: &'a str },
}

#[derive(Serialize)]
struct Text<'a> {
    format: Format<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Format<'a> {
    JsonSchema { name: &'a str, strict: bool, schema: &'a Schema },
    JsonObject,
}

/// The body of a request, as JSON.
pub(super) fn request_body(request: &ChatRequest) -> String {
    let input = request.messages.iter().filter_map(|message| match message.role {
        ChatRole::System => None,
        ChatRole::User => Some(Said::Ours { role: "user", content: &message.content }),
        ChatRole::Assistant => Some(Said::Theirs {
            r#type: "message",
            role: "assistant",
            content: [Part::OutputText { text: &message.content }],
        }),
    });
    let format = match &request.format {
        ReplyFormat::JsonSchema { name, schema } => Some(Format::JsonSchema { name, strict: true, schema }),
        ReplyFormat::JsonObject => Some(Format::JsonObject),
        ReplyFormat::Text => None,
    };
    let body = Body {
        model: &request.model,
        instructions: request.instructions(),
        input: input.collect(),
        max_output_tokens: request.max_tokens,
        temperature: request.temperature,
        text: format.map(|format| Text { format }),
        include: request.logprobs.map(|_| [LOGPROBS]),
        top_logprobs: request.logprobs,
        store: false,
        stream: request.stream,
    };
    // Strings and numbers always serialise (a NaN becomes null).
    serde_json::to_string(&body).unwrap_or_default()
}

/// What an event of a stream adds, or a whole reply. `heard` is whether words have come before: a server that streams
/// none of them has them in its last event.
pub(super) fn read(value: &Value, heard: bool) -> Addition {
    let kind = text(value, "type");
    match kind {
        "response.output_text.delta" => Addition {
            text: text(value, "delta").to_owned(),
            logprobs: value.get("logprobs").map(logprobs::read_list).unwrap_or_default(),
            recognised: true,
            ..Addition::default()
        },
        "response.refusal.delta" => Addition {
            refusal: Some(text(value, "delta").to_owned()).filter(|words| !words.is_empty()),
            recognised: true,
            ..Addition::default()
        },
        "response.completed" | "response.incomplete" => {
            let mut whole = read_whole(value.get("response").unwrap_or(&Value::Null));
            if heard {
                (whole.text, whole.refusal, whole.logprobs) = (String::new(), None, Vec::new());
            }
            Addition { recognised: true, ends: true, ..whole }
        }
        _ if value.get("output").is_some() => read_whole(value),
        _ => Addition { recognised: kind.starts_with("response."), ..Addition::default() },
    }
}

/// The error that ends a stream: it stands inside the response.
pub(super) fn failure(value: &Value) -> Option<&Value> {
    let response = value.get("response").unwrap_or(value);
    let failed = text(value, "type") == "response.failed" || text(response, "status") == "failed";
    failed.then_some(response)
}

fn read_whole(response: &Value) -> Addition {
    let output = items(response.get("output"));
    let messages = output.iter().filter(|item| text(item, "type") == "message");
    let parts: Vec<&Value> = messages.flat_map(|message| items(message.get("content"))).collect();
    let of = |kind: &'static str| parts.iter().copied().filter(move |part| text(part, "type") == kind);
    let refusal: String = of("refusal").map(|part| text(part, "refusal")).collect();
    let usage = response.get("usage").unwrap_or(&Value::Null);
    let status = response.get("status").unwrap_or(&Value::Null);
    let incomplete = response.get("incomplete_details").and_then(|details| details.get("reason"));
    Addition {
        text: of("output_text").map(|part| text(part, "text")).collect(),
        refusal: Some(refusal).filter(|words| !words.is_empty()),
        finish_reason: incomplete
            .and_then(|why| reason(why, &[("max_output_tokens", "length")]))
            .or_else(|| reason(status, &[("completed", "stop")])),
        prompt_tokens: tokens(usage, "input_tokens"),
        completion_tokens: tokens(usage, "output_tokens"),
        logprobs: of("output_text")
            .filter_map(|part| part.get("logprobs"))
            .flat_map(logprobs::read_list)
            .collect(),
        recognised: true,
        ends: true,
    }
}
