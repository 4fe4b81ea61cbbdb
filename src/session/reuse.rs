//! Which requests are the same: what a reply recorded earlier is found by. It does not know where replies are kept.

use serde::Serialize;

use crate::audit::{Digest, digest_of};
use crate::llm::{ChatRequest, ChatRole, ReplyFormat};

/// Everything of a request that can change its answer. Neither address nor key: the model's name stands for its server.
#[derive(Serialize)]
struct Material<'a> {
    model: &'a str,
    messages: Vec<(&'static str, &'a str)>,
    temperature: Option<f64>,
    max_tokens: u32,
    format: &'static str,
    logprobs: Option<u8>,
}

/// The SHA-256 of a request's canonical JSON; `None` for a request that JSON cannot hold.
pub(super) fn key(request: &ChatRequest) -> Option<Digest> {
    let role = |role| match role {
        ChatRole::System => "system",
        ChatRole::User => "user",
        ChatRole::Assistant => "assistant",
    };
    let messages = request.messages.iter().map(|message| (role(message.role), message.content.as_str()));
    digest_of(&Material {
        model: &request.model,
        messages: messages.collect(),
        temperature: request.temperature,
        max_tokens: request.max_tokens,
        // The schema follows from the prompt.
        format: match request.format {
            ReplyFormat::JsonSchema { .. } => "json_schema",
            ReplyFormat::JsonObject => "json_object",
            ReplyFormat::Text => "text",
        },
        logprobs: request.logprobs,
    })
    .ok()
}
