//! Google's Gemini on the wire, natively: how a request is written and which parts of a reply are read. The model's name
//! stands in the address. An answer ends with a `finishReason`; a blocked prompt has no candidates at all.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::addition::{Addition, items, reason, text, tokens, tokens_together};
use super::base_url::BaseUrl;
use super::chat::{ChatRequest, ChatRole, ReplyFormat, TokenLogprobs};
use super::logprobs::read_one;
use super::protocol::{WithParameter, segment};
use super::schema::Schema;

/// How an answer ends, in the words that all protocols share.
const REASONS: [(&str, &str); 11] = [
    ("STOP", "stop"),
    ("FINISH_REASON_UNSPECIFIED", ""),
    ("MAX_TOKENS", "length"),
    ("SAFETY", FILTER),
    ("RECITATION", FILTER),
    ("LANGUAGE", FILTER),
    ("BLOCKLIST", FILTER),
    ("PROHIBITED_CONTENT", FILTER),
    ("SPII", FILTER),
    ("IMAGE_SAFETY", FILTER),
    ("OTHER", "other"),
];
const FILTER: &str = "content_filter";

/// Where a call goes.
pub(super) fn chat_url(base: &BaseUrl, request: &ChatRequest) -> String {
    let model = segment(request.model.strip_prefix("models/").unwrap_or(&request.model));
    if request.stream {
        base.join(&format!("/models/{model}:streamGenerateContent")).with_parameter("alt=sse")
    } else {
        base.join(&format!("/models/{model}:generateContent"))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Content<'a>>,
    contents: Vec<Content<'a>>,
    generation_config: Config<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    parts: [Part<'a>; 1],
}

#[derive(Serialize)]
struct Part<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    max_output_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_mime_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_schema: Option<GeminiSchema<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_logprobs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logprobs: Option<u8>,
}

/// The body of a request, as JSON.
pub(super) fn request_body(request: &ChatRequest) -> String {
    let content = |role, text| Some(Content { role, parts: [Part { text }] });
    let contents = request.messages.iter().filter_map(|said| match said.role {
        ChatRole::System => None,
        ChatRole::User => content(Some("user"), said.content.as_str()),
        ChatRole::Assistant => content(Some("model"), said.content.as_str()),
    });
    let schema = match &request.format {
        ReplyFormat::JsonSchema { schema, .. } => Some(GeminiSchema(schema)),
        ReplyFormat::JsonObject | ReplyFormat::Text => None,
    };
    let instructions = request.instructions();
    let body = Body {
        system_instruction: content(None, instructions.as_str()).filter(|_| !instructions.is_empty()),
        contents: contents.collect(),
        generation_config: Config {
            temperature: request.temperature,
            max_output_tokens: request.max_tokens,
            response_mime_type: (request.format != ReplyFormat::Text).then_some("application/json"),
            response_schema: schema,
            response_logprobs: request.logprobs.map(|_| true),
            logprobs: request.logprobs,
        },
    };
    // Strings and numbers always serialise (a NaN becomes null).
    serde_json::to_string(&body).unwrap_or_default()
}

/// A schema in Google's dialect: types in capitals, the order of properties named, no `additionalProperties`.
struct GeminiSchema<'a>(&'a Schema);

impl Serialize for GeminiSchema<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.0 {
            Schema::Object(properties) => {
                let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
                map.serialize_entry("type", "OBJECT")?;
                map.serialize_entry("properties", &Properties(properties))?;
                map.serialize_entry("required", &names)?;
                map.serialize_entry("propertyOrdering", &names)?;
            }
            Schema::Array { items, length } => {
                map.serialize_entry("type", "ARRAY")?;
                map.serialize_entry("items", &GeminiSchema(items))?;
                if let Some(length) = length {
                    map.serialize_entry("minItems", length)?;
                    map.serialize_entry("maxItems", length)?;
                }
            }
            Schema::Number => map.serialize_entry("type", "NUMBER")?,
            Schema::Text => map.serialize_entry("type", "STRING")?,
        }
        map.end()
    }
}

struct Properties<'a>(&'a [(&'static str, Schema)]);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, schema)| (name, GeminiSchema(schema))))
    }
}

/// What a piece of a stream adds, or a whole reply: the two are alike.
pub(super) fn read(value: &Value) -> Addition {
    let nothing = Value::Null;
    let usage = value.get("usageMetadata").unwrap_or(&nothing);
    let candidates = value.get("candidates");
    let blocked = value.get("promptFeedback").and_then(|feedback| feedback.get("blockReason"));
    let mut addition = Addition {
        prompt_tokens: tokens(usage, "promptTokenCount"),
        // Thoughts are paid for like words.
        completion_tokens: tokens_together(usage, &["candidatesTokenCount", "thoughtsTokenCount"]),
        recognised: candidates.is_some() || blocked.is_some() || usage.is_object(),
        ..Addition::default()
    };
    if blocked.is_some_and(|why| !why.is_null()) {
        addition.finish_reason = Some(FILTER.to_owned());
        addition.ends = true;
    }
    let is_first = |candidate: &&Value| candidate.get("index").and_then(Value::as_u64).unwrap_or(0) == 0;
    let Some(first) = items(candidates).iter().find(is_first) else { return addition };
    let parts = items(first.get("content").and_then(|content| content.get("parts")));
    let thought = |part: &&Value| part.get("thought").and_then(Value::as_bool).unwrap_or(false);
    addition.text = parts.iter().filter(|part| !thought(part)).map(|part| text(part, "text")).collect();
    let said = first.get("finishReason").and_then(|said| reason(said, &REASONS));
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        addition.finish_reason = Some(said);
        addition.ends = true;
    }
    addition.logprobs = first.get("logprobsResult").map(read_logprobs).unwrap_or_default();
    addition
}

/// `chosenCandidates[]` and, place for place, `topCandidates[].candidates[]`.
fn read_logprobs(result: &Value) -> Vec<TokenLogprobs> {
    let top = items(result.get("topCandidates"));
    let read = |(place, token): (usize, &Value)| {
        let alternatives = items(top.get(place).and_then(|at| at.get("candidates")));
        let top = alternatives.iter().filter_map(|one| read_one(one, "logProbability")).take(20).collect();
        Some(TokenLogprobs { chosen: read_one(token, "logProbability")?, top })
    };
    items(result.get("chosenCandidates")).iter().enumerate().filter_map(read).collect()
}
