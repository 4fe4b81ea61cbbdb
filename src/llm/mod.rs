//! Model providers as data: what is sent, what comes back, and what can go wrong, in each of the protocols that model
//! servers speak. No I/O: a transport pushes bytes in. It knows no agent, no run and no page, and the one
//! type that holds a key can neither be printed nor serialised.

mod addition;
mod anthropic;
pub mod base_url;
pub mod chat;
mod classify;
pub mod decoder;
pub mod error;
mod error_body;
mod gemini;
mod lines;
mod logprobs;
mod message;
mod models;
mod network;
mod ollama;
pub mod on_device;
mod openai;
pub mod protocol;
pub mod providers;
mod responses;
pub mod schema;
pub mod secret;
mod sse;

pub use base_url::{BaseUrl, UrlError};
pub use chat::{
    ChatMessage, ChatReply, ChatRequest, ChatRole, Delta, ReplyFormat, TokenLimit, TokenLogprob,
    TokenLogprobs,
};
pub use decoder::ChatDecoder;
pub use error::{CallError, Parameter};
pub use models::parse_models;
pub use network::Network;
pub use on_device::{Engine, OnDeviceError};
pub use protocol::{HttpCall, Protocol, Server};
pub use providers::{Provider, Quirks, Reach};
pub use schema::Schema;
pub use secret::Secret;
