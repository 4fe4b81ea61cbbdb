//! Model providers as data: what is sent, what comes back, and what can go wrong, for servers that speak OpenAI's
//! Chat Completions. No I/O: a transport pushes bytes in. It knows no agent, no run and no page, and no type
//! here holds a key.

pub mod base_url;
pub mod chat;
pub mod decoder;
pub mod error;
pub mod openai;
mod sse;

pub use base_url::{BaseUrl, UrlError};
pub use chat::{ChatMessage, ChatReply, ChatRequest, ChatRole, Delta, ReplyFormat, TokenLimit};
pub use decoder::ChatDecoder;
pub use error::{CallError, Parameter, redact};
