//! What the body of an error tells, in any of the shapes that compatible servers give it. The words are cut, cleaned
//! and freed of the key. What follows from them is decided in `error`.

use serde_json::Value;

use super::error::Parameter;
use super::secret::Secret;

/// The longest piece of a server's words that is kept, in characters.
const MAX_DETAIL_CHARS: usize = 300;

/// What an error body tells, whatever its shape.
pub(super) struct Told {
    pub(super) message: String,
    pub(super) code: String,
    /// How long the server asks to be left alone, where it says so in its body (Gemini's `retryDelay`).
    pub(super) retry_after_seconds: Option<u64>,
    /// Everything in lower case, to search for the words that tell errors apart.
    all: String,
}

impl Told {
    pub(super) fn from_body(body: &str, key: &Secret) -> Self {
        match serde_json::from_str::<Value>(body) {
            Ok(value) => Self::from_value(&value, key),
            // HTML and the like: its beginning is better than nothing.
            Err(_) => Self {
                message: cleaned(body, key),
                code: String::new(),
                retry_after_seconds: None,
                all: cut(body).to_lowercase(),
            },
        }
    }

    /// Reads `{"error":{"message","type","code"}}`, `{"error":"…"}`, `{"message":…}`, `{"detail":…}`, and lists of one.
    pub(super) fn from_value(value: &Value, key: &Secret) -> Self {
        let value = value.get(0).unwrap_or(value);
        let error = value.get("error").filter(|error| !error.is_null()).unwrap_or(value);
        let field = |name: &str| error.get(name).or_else(|| value.get(name)).filter(|field| !field.is_null());
        let text = |field: &Value| field.as_str().map_or_else(|| field.to_string(), str::to_owned);
        let message = error.as_str().map(str::to_owned);
        let message =
            message.or_else(|| field("message").or_else(|| field("detail")).map(text)).unwrap_or_default();
        let code = field("code").map(text).unwrap_or_default();
        // `param` and the like stand anywhere: the whole object is searched.
        let details = error.get("details").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let delay = details.iter().find_map(|detail| detail.get("retryDelay").and_then(Value::as_str));
        let seconds = delay.and_then(|delay| delay.strip_suffix('s')?.parse::<f64>().ok());
        Self {
            message: cleaned(&message, key),
            code,
            retry_after_seconds: seconds
                .filter(|seconds| (0.0..1e6).contains(seconds))
                .map(|seconds| seconds.ceil() as u64),
            all: cut(&value.to_string()).to_lowercase(),
        }
    }

    pub(super) fn speaks_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.all.contains(word))
    }

    pub(super) fn unsupported(&self) -> Option<Parameter> {
        if self.speaks_of(&["max_completion_tokens"]) {
            Some(Parameter::MaxTokens)
        } else if self.speaks_of(&["logprobs"]) {
            Some(Parameter::Logprobs)
        } else if self.speaks_of(&["stream_options", "include_usage"]) {
            Some(Parameter::StreamUsage)
        } else if self.speaks_of(&[
            "response_format",
            "response format",
            "json_schema",
            "json_object",
            "grammar",
            "structured output",
            "output_config",
            "text.format",
            "responseschema",
            "response_schema",
            "responsemimetype",
            "response_mime_type",
            "json mode",
        ]) {
            Some(Parameter::Format)
        } else if self.speaks_of(&["temperature"]) {
            Some(Parameter::Temperature)
        } else {
            None
        }
    }
}

/// The part of a body that is looked at.
fn cut(text: &str) -> String {
    text.chars().take(4_000).collect()
}

/// A server's words on one line, without control characters, without the key, at most [`MAX_DETAIL_CHARS`] long.
fn cleaned(text: &str, key: &Secret) -> String {
    let plain: String =
        key.redact(&cut(text)).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= MAX_DETAIL_CHARS {
        return line;
    }
    let kept: String = line.chars().take(MAX_DETAIL_CHARS - 1).collect();
    kept + "…"
}
