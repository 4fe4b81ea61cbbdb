//! A conversation as most protocols write it: who speaks, and the words. Some keep what the system says apart.

use serde::Serialize;

use super::chat::{ChatMessage, ChatRequest, ChatRole};

/// One message on the wire.
#[derive(Serialize)]
pub(super) struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

impl<'a> Message<'a> {
    /// Everything that was said.
    pub(super) fn all(request: &'a ChatRequest) -> Vec<Self> {
        request.messages.iter().map(Self::of).collect()
    }

    /// Everything but what the system says: [`ChatRequest::instructions`] has that.
    pub(super) fn without_system(request: &'a ChatRequest) -> Vec<Self> {
        request.messages.iter().filter(|said| said.role != ChatRole::System).map(Self::of).collect()
    }

    fn of(said: &'a ChatMessage) -> Self {
        let role = match said.role {
            ChatRole::System => "system",
            ChatRole::User => "user",
            ChatRole::Assistant => "assistant",
        };
        Self { role, content: &said.content }
    }
}
