//! Replies of Chat Completions servers as they were seen on the wire, cut at every byte: what the decoder makes of
//! them must not depend on how they arrive.
#![allow(clippy::unwrap_used)]

#[path = "support/decode.rs"]
mod decode;

use credence::llm::{CallError, Protocol};
use decode::{Decoded, KEY};

fn decode<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Decoded {
    decode::decode(Protocol::OpenaiChat, chunks)
}

fn decoded(stream: &str) -> Decoded {
    decode::decoded(Protocol::OpenaiChat, stream)
}

fn check(stream: &str, words: &str, finish_reason: Option<&str>, tokens: Option<(u64, u64)>) {
    let (heard, reply) = decoded(stream);
    let reply = reply.unwrap_or_else(|error| panic!("{stream:?}: {error}"));
    let usage = reply.prompt_tokens.zip(reply.completion_tokens);
    assert_eq!((heard.as_str(), reply.text.as_str()), (words, words), "{stream:?}");
    assert_eq!((reply.finish_reason.as_deref(), usage), (finish_reason, tokens), "{stream:?}");
}

fn check_failure(stream: &str, words: &str, error: &str) {
    let (heard, reply) = decoded(stream);
    assert_eq!(
        (heard.as_str(), reply.map_err(|error| error.short_name())),
        (words, Err(error)),
        "{stream:?}"
    );
}

/// A stream of these `data` lines.
fn sse(data: &[&str]) -> String {
    format!("data: {}\n\n", data.join("\n\ndata: "))
}

const FIRST: &str =
    r#"{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}"#;
const A: &str = r#"{"choices":[{"index":0,"delta":{"content":"Größe "},"finish_reason":null}]}"#;
const B: &str = r#"{"choices":[{"index":0,"delta":{"content":"👍"}}]}"#;
const STOP: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;
const USAGE: &str = r#"{"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13}}"#;
const DONE: &str = "[DONE]";

#[test]
fn complete_streams() {
    // llama.cpp, OpenAI: first delta with null content, usage in a piece without choices.
    check(&sse(&[FIRST, A, B, STOP, USAGE, DONE]), "Größe 👍", Some("stop"), Some((11, 2)));
    // Servers that end without [DONE], or with nothing but it.
    check(&sse(&[A, STOP]), "Größe ", Some("stop"), None);
    check(&sse(&[A, DONE]), "Größe ", None, None);
    // The limit of tokens is an end, too; what follows [DONE] is not read.
    let length = r#"{"choices":[{"delta":{"content":"x"},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#;
    check(&sse(&[length, DONE, A]), "x", Some("length"), Some((1, 1)));
    // OpenRouter's comments, CRLF, data over two lines, no space after the colon, no newline at the end.
    let odd = format!(
        ": OPENROUTER PROCESSING\r\n\r\ndata:{A}\r\n\r\n: still here\r\ndata: {{\"choices\":\r\ndata: []}}\r\n\r\ndata:{STOP}\r\n\r\ndata: [DONE]"
    );
    check(&odd, "Größe ", Some("stop"), None);
    // A byte order mark, and event and id fields.
    check(&format!("\u{feff}event: message\nid: 1\ndata: {B}\n\n{}", sse(&[STOP])), "👍", Some("stop"), None);
    // Hidden thoughts are not the answer; Mistral's content in parts; an empty reason with every word.
    let thought = r#"{"choices":[{"delta":{"reasoning_content":"hm","content":""}}]}"#;
    let parts = r#"{"choices":[{"delta":{"content":[{"type":"thinking"},{"type":"text","text":"ok"}]},"finish_reason":""}]}"#;
    check(&sse(&[thought, parts, STOP, DONE]), "ok", Some("stop"), None);
    // A second choice that nobody asked for, and `message` beside `delta`.
    let second = r#"{"choices":[{"index":1,"delta":{"content":"no"}}]}"#;
    let both = r#"{"choices":[{"index":0,"delta":{"content":"yes"},"message":{"content":"all of it"}}]}"#;
    check(&sse(&[second, both, STOP]), "yes", Some("stop"), None);
    // Absurd counts of tokens are no counts.
    let absurd = r#"{"choices":[],"usage":{"prompt_tokens":18446744073709551615,"completion_tokens":-3}}"#;
    check(&sse(&[A, STOP, absurd]), "Größe ", Some("stop"), None);
}

#[test]
fn log_probabilities_come_with_the_words() {
    let yes = r#"{"choices":[{"delta":{"content":"Yes"},"logprobs":{"content":[{"token":"Yes","logprob":-0.1,"top_logprobs":[{"token":"Yes","logprob":-0.1},{"token":"No","logprob":-2.4}]}]}}]}"#;
    let reply = decoded(&sse(&[FIRST, yes, STOP, DONE])).1.unwrap();
    let [token] = reply.logprobs.as_slice() else { panic!("{:?}", reply.logprobs) };
    let top: Vec<(&str, f64)> = token.top.iter().map(|one| (one.token.as_str(), one.logprob)).collect();
    assert_eq!((token.chosen.logprob, top), (-0.1, vec![("Yes", -0.1), ("No", -2.4)]));
    // Only the first tokens are kept.
    let many = decoded(&sse(&[vec![yes; 70], vec![STOP]].concat())).1.unwrap();
    assert_eq!((many.text.len(), many.logprobs.len()), (210, 64));
    let key = yes.replace("No", KEY);
    assert_eq!(decoded(&sse(&[&key])).1, Err(CallError::KeyEchoed));
}

#[test]
fn servers_that_ignore_stream() {
    let body = r#" {"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"a\nb"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#;
    check(body, "a\nb", Some("stop"), Some((3, 4)));
    check(r#"{"choices":[{"message":{"content":"x"}}]}"#, "x", None, None);
    check_failure(&body[..body.len() - 5], "", "cut reply");
    check_failure("{}", "", "not a reply");
    check_failure(r#"{"choices":5}"#, "", "not a reply");
}

#[test]
fn broken_streams() {
    // Nothing raises an error when a connection is cut: only the missing end tells.
    check_failure(&sse(&[FIRST, A]), "Größe ", "cut reply");
    check_failure(&sse(&[A, B])[..80 + 40], "Größe ", "cut reply");
    check_failure(&format!("{}data: {{\"choices\":[{{\"del", sse(&[A])), "Größe ", "cut reply");
    check_failure(&sse(&[FIRST]), "", "cut reply");
    check_failure("", "", "cut reply");
    // Words that only wait for their last newline are still heard.
    check_failure(&format!("{}data: {B}", sse(&[A])), "Größe 👍", "cut reply");
    check_failure("<html><body>Welcome to nginx</body></html>", "", "not a reply");
    check_failure(&sse(&[A, "{not json", STOP]), "Größe ", "not a reply");
    check_failure(
        &sse(&[A, r#"{"error":{"message":"slow down","type":"rate_limit_error"}}"#]),
        "Größe ",
        "rate limit",
    );
    check_failure(&sse(&[r#"{"error":{"message":"boom","code":502}}"#]), "", "server error");
    check_failure(&sse(&[r#"{"error":"out of memory"}"#]), "", "server error");
    check_failure(r#"{"error":{"message":"quota","code":"insufficient_quota"}}"#, "", "quota exhausted");
}

#[test]
fn refusals_are_kept_apart_from_answers() {
    let refusal = r#"{"choices":[{"delta":{"refusal":"I cannot"},"finish_reason":null}]}"#;
    let (words, reply) = decoded(&sse(&[FIRST, refusal, STOP, DONE]));
    assert_eq!((words.as_str(), reply.unwrap().refusal.as_deref()), ("", Some("I cannot")));
    let filtered = r#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#;
    check(&sse(&[filtered, DONE]), "", Some("content_filter"), None);
}

#[test]
fn the_key_never_comes_back() {
    let half = |text: &str| format!(r#"{{"choices":[{{"delta":{{"content":"{text}"}}}}]}}"#);
    let (words, reply) = decoded(&sse(&[&half("Bearer sk-test-01234"), &half("56789 is it"), STOP]));
    assert_eq!(reply, Err(CallError::KeyEchoed));
    assert!(!words.contains(KEY));
    let error = decoded(&sse(&[&format!(r#"{{"error":{{"message":"bad key {KEY}"}}}}"#)])).1.unwrap_err();
    assert!(!error.to_string().contains(KEY) && error.to_string().contains("[key]"), "{error}");
}

#[test]
fn floods_are_not_read_to_their_end() {
    let word = format!(r#"{{"choices":[{{"delta":{{"content":"{}"}}}}]}}"#, "x".repeat(1 << 16));
    let flood = sse(&vec![word.as_str(); 17]);
    assert_eq!(decode([flood.as_bytes()]).1, Err(CallError::Oversized));
    let comments = ": nothing\n".repeat(1 << 21);
    assert_eq!(decode(comments.as_bytes().chunks(1 << 16)).1, Err(CallError::Oversized));
    let spaces = vec![b' '; 17 << 20];
    assert_eq!(decode([spaces.as_slice()]).1, Err(CallError::Oversized));
    let body = format!("{{\"x\":\"{}", "x".repeat(9 << 20));
    assert_eq!(decode([body.as_bytes()]).1, Err(CallError::Oversized));
}
