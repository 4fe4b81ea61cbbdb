//! What a server's error means (the table of the vendors' shapes): statuses first, then the words that vendors put
//! where others have a status of its own. It does not read the body; `error_body` does.

use serde_json::{Value, json};

use super::error::CallError;
use super::error_body::Told;
use super::protocol::Protocol;
use super::responses;
use super::secret::Secret;

/// No credit, no quota: waiting would not help.
const QUOTA: [&str; 5] = [
    "insufficient_quota",
    "insufficient balance",
    "billing_hard_limit",
    "credit balance is too low",
    "insufficient credits",
];
/// The organisation, the region or the page is not admitted.
const NOT_ADMITTED: [&str; 6] = [
    "cors requests are not allowed",
    "cors requests must set",
    "unsupported_country",
    "country, region, or territory not supported",
    "user location is not supported",
    "not available in your region",
];
/// A wrong key under another status than 401.
const WRONG_KEY: [&str; 4] = ["incorrect api key", "invalid api key", "api key not valid", "api_key_invalid"];
/// The prompt does not fit.
const TOO_LONG: [&str; 8] = [
    "context_length",
    "exceed_context",
    "context size",
    "maximum context",
    "context window",
    "context length",
    "prompt is too long",
    "maximum number of tokens",
];
/// No such model, under another status than 404.
const NO_MODEL: [&str; 5] =
    ["model_not_found", "model not found", "invalid model", "not a valid model", "deploymentnotfound"];

impl CallError {
    /// What an HTTP status above 299 and its body mean. `key` is the connection's, so that it can be taken out of
    /// the server's words; it is not kept.
    pub fn from_response(status: u16, body: &str, retry_after_seconds: Option<u64>, key: &Secret) -> Self {
        classify(status, Told::from_body(body, key), retry_after_seconds)
    }

    /// What an error object inside a reply that began well (status 200) means.
    fn from_error_value(value: &Value, key: &Secret) -> Self {
        let told = Told::from_value(value, key);
        let status = match told.code.parse::<u16>() {
            Ok(status) if (400..600).contains(&status) => status,
            _ if told.speaks_of(&["rate_limit", "resource_exhausted", "too many requests"]) => 429,
            _ if told.speaks_of(&["overloaded"]) => 529,
            _ if told.speaks_of(&["authentication", "invalid_api_key"]) => 401,
            _ if told.speaks_of(&["not_found"]) => 404,
            _ if told.speaks_of(&[
                "invalid_request",
                "invalid_argument",
                "bad_request",
                "invalid_prompt",
            ]) =>
            {
                400
            }
            _ => 500,
        };
        classify(status, told, None)
    }
}

/// The error that a server reports in place of an answer, in a body that came with status 200.
pub(super) fn error_in(protocol: Protocol, reply: &Value, key: &Secret) -> Option<CallError> {
    if protocol == Protocol::OpenaiResponses
        && let Some(failed) = responses::failure(reply)
    {
        // The response repeats the question beside the error: only the error is read.
        let error = failed.get("error").unwrap_or(&Value::Null);
        return Some(CallError::from_error_value(&json!({ "error": error }), key));
    }
    let reported = reply.get("error").is_some_and(|error| !error.is_null());
    let named = |field: &str| reply.get(field).is_some_and(|kind| kind == "error");
    (reported || named("object") || named("type")).then(|| CallError::from_error_value(reply, key))
}

fn classify(status: u16, told: Told, retry_after_seconds: Option<u64>) -> CallError {
    let retry_after_seconds = retry_after_seconds.or(told.retry_after_seconds);
    if status == 402 || told.speaks_of(&QUOTA) {
        return CallError::QuotaExhausted { detail: told.message };
    }
    if matches!(status, 400 | 401 | 403 | 451) && told.speaks_of(&NOT_ADMITTED) {
        return CallError::NotAdmitted { status, detail: told.message };
    }
    match status {
        401 => CallError::Unauthorised,
        400 if told.speaks_of(&WRONG_KEY) => CallError::Unauthorised,
        403 => CallError::Forbidden,
        404 => CallError::NotFound { detail: told.message },
        429 => CallError::RateLimited { retry_after_seconds, detail: told.message },
        408 | 500.. => CallError::Server { status, retry_after_seconds, detail: told.message },
        413 => CallError::ContextTooLong { detail: told.message },
        _ if told.speaks_of(&TOO_LONG) => CallError::ContextTooLong { detail: told.message },
        _ if told.speaks_of(&["content_filter", "content_policy"]) => {
            CallError::Refused { detail: told.message }
        }
        _ if told.speaks_of(&NO_MODEL) => CallError::NotFound { detail: told.message },
        _ => CallError::BadRequest { status, unsupported: told.unsupported(), detail: told.message },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::Parameter;

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
    fn the_shapes_of_other_vendors() {
        let anthropic = |kind: &str, message: &str| {
            format!(
                r#"{{"type":"error","error":{{"type":"{kind}","message":"{message}"}},"request_id":"r"}}"#
            )
        };
        let gemini = |code: u16, status: &str, message: &str| {
            format!(r#"[{{"error":{{"code":{code},"message":"{message}","status":"{status}"}}}}]"#)
        };
        check(401, &anthropic("authentication_error", "invalid x-api-key"), "key refused", false);
        let cors =
            "CORS requests are not allowed for this Organization because of the custom retention settings";
        check(401, &anthropic("authentication_error", cors), "not admitted", false);
        check(403, &anthropic("permission_error", "n"), "forbidden", false);
        check(404, &anthropic("not_found_error", "model: x"), "not found", false);
        check(429, &anthropic("rate_limit_error", "n"), "rate limit", true);
        check(500, &anthropic("api_error", "n"), "server error", true);
        check(529, &anthropic("overloaded_error", "Overloaded"), "server error", true);
        let credit = "Your credit balance is too low to access the Anthropic API";
        check(400, &anthropic("invalid_request_error", credit), "quota exhausted", false);
        let long = "prompt is too long: 208310 tokens > 200000 maximum";
        check(400, &anthropic("invalid_request_error", long), "prompt too long", false);
        check(400, &gemini(400, "INVALID_ARGUMENT", "API key not valid."), "key refused", false);
        let region = "User location is not supported for the API use.";
        check(400, &gemini(400, "FAILED_PRECONDITION", region), "not admitted", false);
        check(401, &gemini(401, "UNAUTHENTICATED", "n"), "key refused", false);
        check(403, &gemini(403, "PERMISSION_DENIED", "n"), "forbidden", false);
        check(404, &gemini(404, "NOT_FOUND", "models/x is not found"), "not found", false);
        check(429, &gemini(429, "RESOURCE_EXHAUSTED", "n"), "rate limit", true);
        check(
            400,
            &gemini(400, "INVALID_ARGUMENT", "exceeds the maximum number of tokens allowed"),
            "prompt too long",
            false,
        );
        check(503, &gemini(503, "UNAVAILABLE", "The model is overloaded."), "server error", true);
        check(500, &gemini(500, "INTERNAL", "n"), "server error", true);
        let country = r#"{"error":{"code":"unsupported_country_region_territory","message":"n"}}"#;
        check(403, country, "not admitted", false);
        // xAI, Mistral, OpenRouter, Azure, Ollama.
        check(
            400,
            r#"{"code":"invalid-argument","error":"Incorrect API key provided: se***34."}"#,
            "key refused",
            false,
        );
        check(
            400,
            r#"{"object":"error","message":"Invalid model: x","type":"invalid_model","code":"1500"}"#,
            "not found",
            false,
        );
        check(400, r#"{"error":{"message":"x is not a valid model ID","code":400}}"#, "not found", false);
        check(404, r#"{"error":{"code":"DeploymentNotFound","message":"n"}}"#, "not found", false);
        check(404, r#"{"error":"model 'x' not found"}"#, "not found", false);
    }

    #[test]
    fn how_long_to_wait_may_stand_in_the_body() {
        let wait = r#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"n","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"23.4s"}]}}"#;
        let error = |body, header| CallError::from_response(429, body, header, &Secret::default());
        assert_eq!(error(wait, None).retry_after_seconds(), Some(24));
        assert_eq!(error(wait, Some(7)).retry_after_seconds(), Some(7));
        assert_eq!(error(r#"{"error":{"message":"retryDelay"}}"#, None).retry_after_seconds(), None);
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
            (400, "output_config.format: Extra inputs are not permitted", Some(Parameter::Format)),
            (400, "Unknown name \"responseSchema\" at 'generation_config'", Some(Parameter::Format)),
            (400, "JSON mode is not supported for this model", Some(Parameter::Format)),
            (400, "Unsupported parameter: 'text.format'", Some(Parameter::Format)),
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
