//! The wire formats: every reply in `tests/wire` (bytes recorded from a mock server, and the vendors' documented
//! shapes) cut at every byte, and every request as it is written for each protocol.
#![allow(clippy::unwrap_used)]

#[path = "support/decode.rs"]
mod decode;

use credence::llm::{
    BaseUrl, CallError, ChatMessage, ChatRequest, ChatRole, Protocol, ReplyFormat, Schema, Secret, Server,
    TokenLimit,
};
use decode::{KEY, decode, decoded};
use serde_json::{Value, json};

const WHOLE: &str = "Größe 👍 ok";
const BEGUN: &str = "Größe ";

/// What a recorded reply must give.
enum Gives {
    /// The words, why it ended, tokens read and written, and of how many tokens the log-probabilities.
    Reply(&'static str, &'static str, Option<(u64, u64)>, usize),
    /// Words of refusal.
    Refusal(&'static str),
    /// The words that came, and the error's short name.
    Failure(&'static str, &'static str),
}

use Gives::{Failure, Refusal, Reply};

const USED: Option<(u64, u64)> = Some((11, 7));

/// Every file in `tests/wire`: which protocol it speaks is its first word.
const RECORDED: [(&str, Gives); 45] = [
    ("anthropic-aimock-stream.sse", Reply(WHOLE, "stop", USED, 0)),
    ("anthropic-aimock-whole.json", Reply(WHOLE, "stop", USED, 0)),
    ("anthropic-complete.sse", Reply(WHOLE, "stop", USED, 0)),
    ("anthropic-crlf.sse", Reply(WHOLE, "stop", USED, 0)),
    ("anthropic-cut.sse", Failure(WHOLE, "cut reply")),
    ("anthropic-length.sse", Reply(BEGUN, "length", USED, 0)),
    ("anthropic-overloaded.sse", Failure(BEGUN, "server error")),
    ("anthropic-refusal.sse", Reply(BEGUN, "content_filter", USED, 0)),
    ("anthropic-whole-error.json", Failure("", "server error")),
    ("anthropic-whole.json", Reply(WHOLE, "stop", USED, 0)),
    ("chat-aimock-stream.sse", Reply(WHOLE, "stop", USED, 0)),
    ("chat-aimock-whole.json", Reply(WHOLE, "stop", USED, 0)),
    ("chat-azure-filter.sse", Reply(BEGUN, "content_filter", None, 0)),
    ("chat-azure.sse", Reply(WHOLE, "stop", USED, 0)),
    ("chat-cut.sse", Failure(WHOLE, "cut reply")),
    ("chat-deepseek.sse", Reply(WHOLE, "stop", USED, 0)),
    ("chat-mistral.sse", Reply(WHOLE, "length", USED, 0)),
    ("chat-openai.sse", Reply(WHOLE, "stop", USED, 1)),
    ("chat-openrouter-error.sse", Failure("", "server error")),
    ("chat-openrouter.sse", Reply(WHOLE, "stop", USED, 0)),
    ("chat-whole.json", Reply(WHOLE, "stop", USED, 1)),
    ("gemini-aimock-stream.sse", Reply(WHOLE, "stop", USED, 0)),
    ("gemini-aimock-whole.json", Reply(WHOLE, "stop", USED, 0)),
    ("gemini-blocked.sse", Reply("", "content_filter", None, 0)),
    ("gemini-complete.sse", Reply(WHOLE, "stop", USED, 0)),
    ("gemini-cut.sse", Failure(WHOLE, "cut reply")),
    ("gemini-error.sse", Failure(BEGUN, "server error")),
    ("gemini-length.sse", Reply(BEGUN, "length", USED, 0)),
    ("gemini-list-error.json", Failure("", "rate limit")),
    ("gemini-list.json", Reply(WHOLE, "stop", USED, 0)),
    ("gemini-safety.sse", Reply(BEGUN, "content_filter", USED, 0)),
    ("gemini-usage-after.sse", Reply(WHOLE, "stop", USED, 0)),
    ("gemini-whole.json", Reply(WHOLE, "stop", USED, 1)),
    ("ollama-aimock-stream.ndjson", Reply(WHOLE, "stop", Some((0, 0)), 0)),
    ("ollama-aimock-whole.json", Reply(WHOLE, "stop", Some((0, 0)), 0)),
    ("ollama-complete.ndjson", Reply(WHOLE, "stop", USED, 1)),
    ("ollama-crlf-no-last-newline.ndjson", Reply(WHOLE, "stop", USED, 0)),
    ("ollama-cut-in-the-line.ndjson", Failure(BEGUN, "cut reply")),
    ("ollama-cut.ndjson", Failure(WHOLE, "cut reply")),
    ("ollama-error.ndjson", Failure(BEGUN, "server error")),
    ("ollama-length.ndjson", Reply(BEGUN, "length", USED, 0)),
    ("ollama-whole.json", Reply(WHOLE, "stop", USED, 0)),
    ("responses-aimock-stream.sse", Reply(WHOLE, "stop", USED, 0)),
    ("responses-aimock-whole.json", Reply(WHOLE, "stop", USED, 0)),
    ("responses-complete.sse", Reply(WHOLE, "stop", USED, 1)),
];
const MORE_RECORDED: [(&str, Gives); 10] = [
    ("responses-cut.sse", Failure(WHOLE, "cut reply")),
    ("responses-error.sse", Failure("", "server error")),
    ("responses-failed.sse", Failure("", "rate limit")),
    ("responses-filtered.sse", Reply("", "content_filter", USED, 0)),
    ("responses-incomplete.sse", Reply(BEGUN, "length", USED, 0)),
    ("responses-only-at-the-end.sse", Reply(WHOLE, "stop", USED, 1)),
    ("responses-refusal.sse", Refusal("I cannot do that")),
    ("responses-server-failed.sse", Failure("", "server error")),
    ("responses-whole-failed.json", Failure("", "server error")),
    ("responses-whole.json", Reply(WHOLE, "stop", USED, 1)),
];

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire")
}

fn protocol_of(file: &str) -> Protocol {
    match file.split('-').next().unwrap() {
        "anthropic" => Protocol::Anthropic,
        "chat" => Protocol::OpenaiChat,
        "gemini" => Protocol::Gemini,
        "ollama" => Protocol::Ollama,
        "responses" => Protocol::OpenaiResponses,
        other => panic!("{other}: no protocol"),
    }
}

#[test]
fn every_recorded_reply_is_read_however_it_arrives() {
    for (file, gives) in RECORDED.iter().chain(&MORE_RECORDED) {
        let bytes = std::fs::read_to_string(folder().join(file)).unwrap();
        let (heard, reply) = decoded(protocol_of(file), &bytes);
        match (gives, reply) {
            (Reply(words, finish, tokens, logprobs), Ok(reply)) => {
                assert_eq!((heard.as_str(), reply.text.as_str()), (*words, *words), "{file}");
                assert_eq!(reply.finish_reason.as_deref(), Some(*finish), "{file}");
                assert_eq!(reply.prompt_tokens.zip(reply.completion_tokens), *tokens, "{file}");
                assert_eq!((reply.logprobs.len(), reply.refusal), (*logprobs, None), "{file}");
                let top = reply.logprobs.iter().flat_map(|one| &one.top);
                let top: Vec<(&str, f64)> = top.map(|one| (one.token.as_str(), one.logprob)).collect();
                let expected: &[(&str, f64)] = &[("Größe ", -0.1), ("No", -2.5)];
                assert_eq!(top, if *logprobs > 0 { expected } else { &[] }, "{file}");
            }
            (Refusal(words), Ok(reply)) => {
                assert_eq!((heard.as_str(), reply.refusal.as_deref()), ("", Some(*words)), "{file}");
            }
            (Failure(words, name), Err(error)) => {
                assert_eq!((heard.as_str(), error.short_name()), (*words, *name), "{file}");
                assert!(!error.to_string().contains(KEY), "{file}: {error}");
            }
            (_, other) => panic!("{file}: {other:?}"),
        }
    }
}

#[test]
fn no_recorded_reply_is_left_out() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let known: Vec<&str> = RECORDED.iter().chain(&MORE_RECORDED).map(|(file, _)| *file).collect();
    assert_eq!(files, known);
}

#[test]
fn a_reply_of_another_protocol_is_none() {
    for (file, gives) in RECORDED.iter().chain(&MORE_RECORDED) {
        let bytes = std::fs::read_to_string(folder().join(file)).unwrap();
        for other in Protocol::ALL {
            let own = protocol_of(file);
            let same = other == own || (own, other) == (Protocol::OpenaiChat, Protocol::AzureChat);
            // A reply of nothing but an error says the same in most protocols.
            let spoke = !matches!(gives, Failure("", _));
            if !same && spoke {
                let (heard, reply) = decode(other, [bytes.as_bytes()]);
                assert!(heard.is_empty() && reply.is_err(), "{file} as {other:?}: {reply:?}");
            }
        }
    }
}

#[test]
fn a_body_that_is_no_json_is_told_from_one_that_was_cut() {
    for protocol in Protocol::ALL {
        for (body, name) in [
            ("{malformed json: <<<chaos>>>", "not a reply"),
            ("<html><body>Bad gateway", "not a reply"),
            ("{\"message\":{\"content\":\"Grö", "cut reply"),
            ("{", "cut reply"),
        ] {
            let (heard, reply) = decoded(protocol, body);
            assert_eq!((heard.as_str(), reply.unwrap_err().short_name()), ("", name), "{protocol:?}: {body}");
        }
    }
}

#[test]
fn the_key_comes_back_in_no_protocol() {
    for (file, gives) in RECORDED.iter().chain(&MORE_RECORDED) {
        if let Reply(WHOLE, ..) = gives {
            let bytes = std::fs::read_to_string(folder().join(file)).unwrap();
            // Split over two deltas where the answer is, whole elsewhere.
            let echoed = bytes.replace(BEGUN, "sk-test-01234").replace("👍 ok", "56789");
            let (heard, reply) = decoded(protocol_of(file), &echoed);
            assert_eq!(reply, Err(CallError::KeyEchoed), "{file}");
            assert!(!heard.contains(KEY), "{file}");
        }
    }
}

fn request() -> ChatRequest {
    let say = |role, content: &str| ChatMessage { role, content: content.to_owned() };
    let numbers = Schema::Array { items: Box::new(Schema::Number), length: Some(2) };
    ChatRequest {
        model: "m/1 x".into(),
        messages: vec![
            say(ChatRole::System, "be brief"),
            say(ChatRole::User, "q"),
            say(ChatRole::Assistant, "a"),
            say(ChatRole::User, "again"),
        ],
        temperature: Some(0.5),
        max_tokens: 99,
        token_limit: TokenLimit::MaxTokens,
        format: ReplyFormat::JsonSchema {
            name: "forecast",
            schema: Schema::Object(vec![("z", numbers), ("a", Schema::Text)]),
        },
        stream: true,
        stream_usage: true,
        logprobs: Some(5),
    }
}

fn server(protocol: Protocol, address: &str) -> Server {
    Server { base_url: BaseUrl::parse(address).unwrap(), protocol }
}

/// The address, the headers with their values, and the body.
fn check_call(
    protocol: Protocol,
    address: &str,
    request: &ChatRequest,
    url: &str,
    headers: &[(&str, &str)],
    body: &Value,
) {
    let server = server(protocol, address);
    let call = server.chat(request, &Secret::new(KEY));
    let sent: Vec<(&str, &str)> = call.headers.iter().map(|(name, value)| (*name, value.expose())).collect();
    assert_eq!((call.url.as_str(), sent.as_slice()), (url, headers));
    assert_eq!(&serde_json::from_str::<Value>(call.body.as_ref().unwrap()).unwrap(), body);
    assert!(!format!("{call:?}").contains(KEY), "a call that is printed shows no key");
    // Without a key, no header carries one.
    let bare = server.chat(request, &Secret::default());
    assert!(bare.headers.iter().all(|(name, _)| name.starts_with("anthropic-")), "{:?}", bare.headers);
    let listed = server.models(&Secret::new(KEY));
    assert!(listed.is_none_or(|listed| listed.headers == call.headers && listed.body.is_none()));
}

const BEARER: (&str, &str) = ("authorization", "Bearer sk-test-0123456789");

fn strict() -> Value {
    json!({
        "type": "object", "required": ["z", "a"], "additionalProperties": false,
        "properties": { "z": { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }, "a": { "type": "string" } },
    })
}

#[test]
fn calls_to_responses() {
    let body = json!({
        "model": "m/1 x", "instructions": "be brief", "max_output_tokens": 99, "temperature": 0.5, "stream": true,
        "store": false, "include": ["message.output_text.logprobs"], "top_logprobs": 5,
        "input": [
            { "role": "user", "content": "q" }, { "role": "assistant", "type": "message",
            "content": [{ "type": "output_text", "text": "a" }] }, { "role": "user", "content": "again" },
        ],
        "text": { "format": { "type": "json_schema", "name": "forecast", "strict": true, "schema": strict() } },
    });
    let url = "https://api.openai.com/v1/responses";
    check_call(Protocol::OpenaiResponses, "https://api.openai.com/v1", &request(), url, &[BEARER], &body);
    check_call(Protocol::OpenaiResponses, url, &request(), url, &[BEARER], &body);
    let plain = ChatRequest { format: ReplyFormat::JsonObject, ..bare() };
    let body = json!({
        "model": "m", "max_output_tokens": 9, "stream": false, "store": false,
        "input": [{ "role": "user", "content": "q" }], "text": { "format": { "type": "json_object" } },
    });
    check_call(Protocol::OpenaiResponses, "http://h/v1", &plain, "http://h/v1/responses", &[BEARER], &body);
}

#[test]
fn calls_to_anthropic() {
    let mut schema = strict();
    for bound in ["minItems", "maxItems"] {
        schema["properties"]["z"].as_object_mut().unwrap().remove(bound);
    }
    let body = json!({
        "model": "m/1 x", "system": "be brief", "max_tokens": 99, "temperature": 0.5, "stream": true,
        "messages": [{ "role": "user", "content": "q" }, { "role": "assistant", "content": "a" }, { "role": "user", "content": "again" }],
        "output_config": { "format": { "type": "json_schema", "schema": schema } },
    });
    let headers = [
        ("x-api-key", KEY),
        ("anthropic-version", "2023-06-01"),
        ("anthropic-dangerous-direct-browser-access", "true"),
    ];
    let url = "https://api.anthropic.com/v1/messages";
    check_call(Protocol::Anthropic, "https://api.anthropic.com/v1", &request(), url, &headers, &body);
    let body = json!({ "model": "m", "max_tokens": 9, "stream": false, "messages": [{ "role": "user", "content": "q" }] });
    check_call(Protocol::Anthropic, url, &bare(), url, &headers, &body);
}

#[test]
fn calls_to_gemini() {
    let says = |role: &str, text: &str| json!({ "role": role, "parts": [{ "text": text }] });
    let body = json!({
        "systemInstruction": { "parts": [{ "text": "be brief" }] },
        "contents": [says("user", "q"), says("model", "a"), says("user", "again")],
        "generationConfig": {
            "temperature": 0.5, "maxOutputTokens": 99, "responseLogprobs": true, "logprobs": 5,
            "responseMimeType": "application/json",
            "responseSchema": {
                "type": "OBJECT", "required": ["z", "a"], "propertyOrdering": ["z", "a"],
                "properties": { "z": { "type": "ARRAY", "items": { "type": "NUMBER" }, "minItems": 2, "maxItems": 2 }, "a": { "type": "STRING" } },
            },
        },
    });
    let base = "https://generativelanguage.googleapis.com/v1beta";
    let url = format!("{base}/models/m%2F1%20x:streamGenerateContent?alt=sse");
    check_call(Protocol::Gemini, base, &request(), &url, &[("x-goog-api-key", KEY)], &body);
    let body = json!({ "contents": [says("user", "q")], "generationConfig": { "maxOutputTokens": 9 } });
    let named = ChatRequest { model: "models/m".into(), ..bare() };
    let url = format!("{base}/models/m:generateContent");
    check_call(Protocol::Gemini, base, &named, &url, &[("x-goog-api-key", KEY)], &body);
}

#[test]
fn calls_to_ollama() {
    let body = json!({
        "model": "m/1 x", "stream": true, "format": strict(), "options": { "temperature": 0.5, "num_predict": 99 },
        "logprobs": true, "top_logprobs": 5,
        "messages": [
            { "role": "system", "content": "be brief" }, { "role": "user", "content": "q" },
            { "role": "assistant", "content": "a" }, { "role": "user", "content": "again" },
        ],
    });
    let url = "http://localhost:11434/api/chat";
    check_call(Protocol::Ollama, "http://localhost:11434", &request(), url, &[BEARER], &body);
    let plain = ChatRequest { format: ReplyFormat::JsonObject, ..bare() };
    let body = json!({
        "model": "m", "stream": false, "format": "json", "options": { "num_predict": 9 },
        "messages": [{ "role": "user", "content": "q" }],
    });
    check_call(Protocol::Ollama, url, &plain, url, &[BEARER], &body);
}

#[test]
fn calls_to_azure() {
    let body = json!({ "model": "m", "max_tokens": 9, "stream": false, "messages": [{ "role": "user", "content": "q" }] });
    let header = [("api-key", KEY)];
    let check = |address: &str, url: &str| {
        check_call(Protocol::AzureChat, address, &bare(), url, &header, &body);
    };
    let version = "api-version=2024-10-21";
    let usual = format!("https://r.openai.azure.com/openai/deployments/m/chat/completions?{version}");
    check("https://r.openai.azure.com", &usual);
    check("https://r.openai.azure.com/openai", &usual);
    // A whole address that was copied from Azure's own pages stays as it is.
    let copied =
        "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2025-01-01-preview";
    check(copied, copied);
}

#[test]
fn where_models_are_listed() {
    let url = |protocol, address| server(protocol, address).models(&Secret::default()).map(|call| call.url);
    let listed = [
        (Protocol::OpenaiChat, "http://h/v1", "http://h/v1/models"),
        (Protocol::OpenaiResponses, "http://h/v1", "http://h/v1/models"),
        (Protocol::Anthropic, "http://h/v1", "http://h/v1/models?limit=1000"),
        (Protocol::Gemini, "http://h/v1beta", "http://h/v1beta/models?pageSize=1000"),
        (Protocol::Ollama, "http://h", "http://h/api/tags"),
    ];
    for (protocol, address, expected) in listed {
        assert_eq!(url(protocol, address).as_deref(), Some(expected));
    }
    assert_eq!(url(Protocol::AzureChat, "http://h"), None);
}

#[test]
fn a_name_cannot_lead_elsewhere() {
    let gemini = server(Protocol::Gemini, "https://h/v1beta");
    for (model, segment) in [
        ("../../secret", "..%2F..%2Fsecret"),
        ("m?key=1#x", "m%3Fkey%3D1%23x"),
        ("größe", "gr%C3%B6%C3%9Fe"),
        ("gemini-2.5-flash", "gemini-2.5-flash"),
    ] {
        let call = gemini.chat(&ChatRequest { model: model.into(), ..bare() }, &Secret::default());
        assert_eq!(call.url, format!("https://h/v1beta/models/{segment}:generateContent"));
    }
}

/// The least that can be asked.
fn bare() -> ChatRequest {
    ChatRequest {
        model: "m".into(),
        messages: vec![ChatMessage { role: ChatRole::User, content: "q".into() }],
        temperature: None,
        max_tokens: 9,
        token_limit: TokenLimit::MaxTokens,
        format: ReplyFormat::Text,
        stream: false,
        stream_usage: false,
        logprobs: None,
    }
}
