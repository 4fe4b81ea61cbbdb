//! Model providers as data: what is sent, what comes back, and what can go wrong, for servers that speak OpenAI's
//! Chat Completions. No I/O: a transport pushes bytes in. It knows no agent, no run and no page, and the one
//! type that holds a key can neither be printed nor serialised.

pub mod base_url;
pub mod chat;
pub mod decoder;
pub mod error;
mod error_body;
mod logprobs;
pub mod openai;
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
pub use schema::Schema;
pub use secret::Secret;
