//! What can go wrong with a call, from the transport's silence to the server's own words, told so that a person
//! knows what happened, why, and what to do next. What a server says is cut, cleaned and freed of the key before
//! it is kept. It does not retry; `is_retryable` says whether that could help.

use serde_json::Value;

use super::error_body::Told;
use super::secret::Secret;

/// The longest answer that is read, in bytes.
pub const MAX_REPLY_BYTES: usize = 1 << 20;

/// Why a call brought no complete answer. `detail` is what the server said, cleaned; empty if it said nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// 429.
    #[error(
        "The server limits how often it may be asked (429){}. Wait a little, ask fewer agents at once, or choose \
         another model.{}", wait(*.retry_after_seconds), says(.detail)
    )]
    RateLimited {
        /// How long the server asks to be left alone, where the page may read it.
        retry_after_seconds: Option<u64>,
        /// The server's words.
        detail: String,
    },
    /// The account has no money or quota left.
    #[error(
        "The account behind the key has no credit or quota left. Top it up, or use another connection.{}",
        says(.detail)
    )]
    QuotaExhausted {
        /// The server's words.
        detail: String,
    },
    /// 401: the server's words are left out, since some repeat the key.
    #[error(
        "The server does not accept the key (401). Check the key of this connection, and that it belongs to this server."
    )]
    Unauthorised,
    /// 403: a key without permission, or a server that does not admit this page.
    #[error(
        "The server refuses the request (403): the key may not use this model, or the server does not admit this \
         page. Check the key's permissions; for a server of your own, allow this page's origin."
    )]
    Forbidden,
    /// 404: no such model, or no such path.
    #[error(
        "The server knows no such model or address (404). Check the model's name, and whether the base URL ends as \
         it should (often /v1).{}", says(.detail)
    )]
    NotFound {
        /// The server's words.
        detail: String,
    },
    /// 400 and its kin: the request itself is refused.
    #[error(
        "The server refuses the request ({status}).{} Check the connection's settings and the model's name.",
        says(.detail)
    )]
    BadRequest {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        detail: String,
        /// The part of the request that the server says it does not support, if it says so.
        unsupported: Option<Parameter>,
    },
    /// The prompt does not fit into the model's context.
    #[error(
        "The prompt is too long for the model. Shorten the background or the evidence, or choose a model \
         with a longer context.{}",
        says(.detail)
    )]
    ContextTooLong {
        /// The server's words.
        detail: String,
    },
    /// 408, 5xx, 529.
    #[error(
        "The server failed or is overloaded ({status}). Try again later, or use another connection.{}",
        says(.detail)
    )]
    Server {
        /// The HTTP status.
        status: u16,
        /// How long the server asks to be left alone, where the page may read it.
        retry_after_seconds: Option<u64>,
        /// The server's words.
        detail: String,
    },
    /// `fetch` failed, and a browser does not say why.
    #[error(
        "The server could not be reached. A browser gives no reason; it may be off, the address wrong, you offline, \
         access to the local network denied, or the server does not admit web pages (CORS). Test the connection in \
         the settings."
    )]
    Network,
    /// Our own patience ran out.
    #[error(
        "The answer took longer than {seconds} s. Allow more time in the settings, or choose a faster model."
    )]
    TotalTimeout {
        /// How long was waited.
        seconds: u64,
    },
    /// Nothing came for too long.
    #[error(
        "Nothing came from the server for {seconds} s. It may be overloaded or loading the model: try again, or allow more time."
    )]
    IdleTimeout {
        /// How long was waited.
        seconds: u64,
    },
    /// The stream ended without saying that it was complete.
    #[error(
        "The reply broke off before its end: the connection was cut. Try again; if it happens often, look at the server's log."
    )]
    Cut,
    /// The provider withheld the answer.
    #[error(
        "The model or its provider refuses to answer this question. Put it in other words, or use another \
         model.{}",
        says(.detail)
    )]
    Refused {
        /// The server's words.
        detail: String,
    },
    /// More bytes than any answer needs.
    #[error(
        "The reply is larger than 1 MiB and was not read to its end. Lower the limit of tokens, or use another model."
    )]
    Oversized,
    /// The reply held the key: it must not reach a log that may be shared.
    #[error(
        "The server sent the key of this connection back in its reply; the reply was thrown away. Do not use this server with this key."
    )]
    KeyEchoed,
    /// Not what this protocol says.
    #[error(
        "What came is no reply of a Chat Completions server. Check that the base URL is that of an \
         OpenAI-compatible API.{}",
        says(.detail)
    )]
    Malformed {
        /// What came, or what is wrong with it.
        detail: String,
    },
}

/// A part of a request that some servers do not take. Leaving it out, the request can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// The form of the answer.
    Format,
    /// `max_tokens` under that name.
    MaxTokens,
    /// The sampling temperature.
    Temperature,
    /// `stream_options`.
    StreamUsage,
    /// Log-probabilities.
    Logprobs,
}

impl CallError {
    /// What an HTTP status above 299 and its body mean. `key` is the connection's, so that it can be taken out of
    /// the server's words; it is not kept.
    pub fn from_response(status: u16, body: &str, retry_after_seconds: Option<u64>, key: &Secret) -> Self {
        let told = Told::from_body(body, key);
        Self::classify(status, told, retry_after_seconds)
    }

    /// What an error object inside a reply that began well (status 200) means.
    pub(super) fn from_error_value(value: &Value, key: &Secret) -> Self {
        let told = Told::from_value(value, key);
        let status = match told.code.parse::<u16>() {
            Ok(status) if (400..600).contains(&status) => status,
            _ if told.speaks_of(&["rate_limit", "resource_exhausted", "too many requests"]) => 429,
            _ if told.speaks_of(&["overloaded"]) => 529,
            _ if told.speaks_of(&["authentication", "invalid_api_key"]) => 401,
            _ if told.speaks_of(&["not_found"]) => 404,
            _ if told.speaks_of(&["invalid_request", "invalid_argument", "bad_request"]) => 400,
            _ => 500,
        };
        Self::classify(status, told, None)
    }

    fn classify(status: u16, told: Told, retry_after_seconds: Option<u64>) -> Self {
        if status == 402
            || told.speaks_of(&["insufficient_quota", "insufficient balance", "billing_hard_limit"])
        {
            return Self::QuotaExhausted { detail: told.message };
        }
        let too_long =
            ["context_length", "exceed_context", "context size", "maximum context", "context window"];
        match status {
            401 => Self::Unauthorised,
            403 => Self::Forbidden,
            404 => Self::NotFound { detail: told.message },
            429 => Self::RateLimited { retry_after_seconds, detail: told.message },
            408 | 500.. => Self::Server { status, retry_after_seconds, detail: told.message },
            413 => Self::ContextTooLong { detail: told.message },
            _ if told.speaks_of(&too_long) => Self::ContextTooLong { detail: told.message },
            _ if told.speaks_of(&["content_filter", "content_policy"]) => {
                Self::Refused { detail: told.message }
            }
            _ if told.speaks_of(&["model_not_found", "model not found"]) => {
                Self::NotFound { detail: told.message }
            }
            _ => Self::BadRequest { status, unsupported: told.unsupported(), detail: told.message },
        }
    }

    /// Whether the same request may succeed a little later (providers §3).
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Server { .. } | Self::Network)
    }

    /// How long the server asks to be left alone.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after_seconds, .. } | Self::Server { retry_after_seconds, .. } => {
                *retry_after_seconds
            }
            _ => None,
        }
    }

    /// The part of the request to leave out before asking again, if that is what the server complains about.
    pub fn unsupported(&self) -> Option<Parameter> {
        match self {
            Self::BadRequest { unsupported, .. } => *unsupported,
            _ => None,
        }
    }

    /// Two or three words for a countdown or a list of retries.
    pub fn short_name(&self) -> &'static str {
        match self {
            Self::RateLimited { .. } => "rate limit",
            Self::QuotaExhausted { .. } => "quota exhausted",
            Self::Unauthorised => "key refused",
            Self::Forbidden => "forbidden",
            Self::NotFound { .. } => "not found",
            Self::BadRequest { .. } => "bad request",
            Self::ContextTooLong { .. } => "prompt too long",
            Self::Server { .. } => "server error",
            Self::Network => "not reachable",
            Self::TotalTimeout { .. } => "time-out",
            Self::IdleTimeout { .. } => "silence",
            Self::Cut => "cut reply",
            Self::Refused { .. } => "refusal",
            Self::Oversized => "oversized reply",
            Self::KeyEchoed => "key echoed",
            Self::Malformed { .. } => "not a reply",
        }
    }
}

fn says(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" The server says: “{detail}”") }
}

fn wait(seconds: Option<u64>) -> String {
    seconds.map(|seconds| format!(" and asks to wait {seconds} s")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, expected: &str, retryable: bool) {
        let error = CallError::from_response(status, body, None, &Secret::new("secret-key-1234"));
        assert_eq!((error.short_name(), error.is_retryable()), (expected, retryable), "{status} {body}");
        let words = error.to_string();
        assert!(!words.contains("secret-key") && words.chars().count() < 700, "{words}");
        assert!(!words.chars().any(char::is_control), "{words}");
    }

    #[test]
    fn statuses_and_bodies() {
        let openai = r#"{"error":{"message":"Incorrect key: secret-key-1234","type":"authentication_error","code":"invalid_api_key"}}"#;
        check(401, openai, "key refused", false);
        check(403, "", "forbidden", false);
        check(
            404,
            r#"{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}"#,
            "not found",
            false,
        );
        check(429, r#"{"error":{"message":"Rate limit","code":"rate_limit_exceeded"}}"#, "rate limit", true);
        check(
            429,
            r#"{"error":{"message":"No quota","code":"insufficient_quota"}}"#,
            "quota exhausted",
            false,
        );
        check(402, r#"{"error":{"message":"Insufficient credits","code":402}}"#, "quota exhausted", false);
        check(
            400,
            r#"{"error":{"code":"context_length_exceeded","message":"too long"}}"#,
            "prompt too long",
            false,
        );
        check(
            400,
            r#"{"error":{"type":"exceed_context_size_error","message":"n"}}"#,
            "prompt too long",
            false,
        );
        check(400, r#"{"error":{"code":"content_filter","message":"n"}}"#, "refusal", false);
        check(422, r#"{"detail":[{"loc":["body","x"],"msg":"secret-key-1234"}]}"#, "bad request", false);
        check(408, "", "server error", true);
        check(500, r#"{"error":"model runner has stopped"}"#, "server error", true);
        check(
            503,
            r#"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#,
            "server error",
            true,
        );
        check(529, r#"{"type":"error","error":{"type":"overloaded_error"}}"#, "server error", true);
        check(502, "<html>\r\n<h1>Bad\u{0}Gateway</h1></html>", "server error", true);
        check(400, &"x".repeat(100_000), "bad request", false);
    }

    #[test]
    fn what_the_server_does_not_support() {
        for (status, message, expected) in [
            (400, "response_format is not supported by this model", Some(Parameter::Format)),
            (400, "'json_schema' unsupported", Some(Parameter::Format)),
            (
                400,
                "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
                Some(Parameter::MaxTokens),
            ),
            (422, "stream_options: Extra inputs are not permitted", Some(Parameter::StreamUsage)),
            (400, "Unsupported value: 'temperature' does not support 0.7", Some(Parameter::Temperature)),
            (400, "logprobs are not supported with this model", Some(Parameter::Logprobs)),
            (400, "messages must not be empty", None),
            (500, "response_format", None),
        ] {
            let body = serde_json::json!({ "error": { "message": message } }).to_string();
            let error = CallError::from_response(status, &body, None, &Secret::default());
            assert_eq!(error.unsupported(), expected, "{message}");
        }
    }
}
