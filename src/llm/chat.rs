//! One chat call, whoever serves it: the request, the reply, and what arrives in between. It does not know how
//! a provider writes these down; the protocols do.

use super::schema::Schema;

/// A request for one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatRequest {
    /// The model's name at its server.
    pub model: String,
    /// The conversation so far.
    pub messages: Vec<ChatMessage>,
    /// Sampling temperature; absent where the model takes none.
    pub temperature: Option<f64>,
    /// Tokens the answer may take.
    pub max_tokens: u32,
    /// By which name the server knows `max_tokens`.
    pub token_limit: TokenLimit,
    /// The form demanded of the answer.
    pub format: ReplyFormat,
    /// Whether the answer should come word by word.
    pub stream: bool,
    /// Whether a stream should end with the count of tokens (some servers refuse to be asked).
    pub stream_usage: bool,
    /// How many alternatives of each token to name with their log-probabilities; `None` asks for none.
    pub logprobs: Option<u8>,
}

impl ChatRequest {
    /// The least that can be asked of a model: no words yet, and room for few.
    pub fn of(model: &str) -> Self {
        Self {
            model: model.to_owned(),
            messages: Vec::new(),
            temperature: None,
            max_tokens: 16,
            token_limit: TokenLimit::default(),
            format: ReplyFormat::Text,
            stream: true,
            stream_usage: false,
            logprobs: None,
        }
    }

    /// All that the system says, for protocols that keep it apart from the conversation.
    pub(super) fn instructions(&self) -> String {
        let said = self.messages.iter().filter(|message| message.role == ChatRole::System);
        said.map(|message| message.content.as_str()).collect::<Vec<_>>().join("\n\n")
    }
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatMessage {
    /// Who speaks.
    pub role: ChatRole,
    /// The text.
    pub content: String,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatRole {
    /// Instructions.
    System,
    /// The one who asks.
    User,
    /// The model.
    Assistant,
}

/// The name of the field that limits an answer's tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenLimit {
    /// `max_tokens`: every compatible server.
    #[default]
    MaxTokens,
    /// `max_completion_tokens`: OpenAI's reasoning models take no other.
    MaxCompletionTokens,
}

/// The form demanded of an answer, strictest first.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyFormat {
    /// JSON of this schema.
    JsonSchema {
        /// What the schema is called.
        name: &'static str,
        /// The JSON schema.
        schema: Schema,
    },
    /// Any JSON object.
    JsonObject,
    /// Words.
    Text,
}

/// A complete answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChatReply {
    /// The words.
    pub text: String,
    /// The provider's own words of refusal, where it has a field for them.
    pub refusal: Option<String>,
    /// Why the answer ended, as the server said it.
    pub finish_reason: Option<String>,
    /// Tokens read, if the server said.
    pub prompt_tokens: Option<u64>,
    /// Tokens written, if the server said.
    pub completion_tokens: Option<u64>,
    /// The first tokens of the answer with their alternatives, at most [`MAX_LOGPROB_TOKENS`]; empty unless they
    /// were asked for and the server gave them.
    pub logprobs: Vec<TokenLogprobs>,
}

/// Of so many tokens the log-probabilities are kept: a label stands at the beginning of an answer.
pub const MAX_LOGPROB_TOKENS: usize = 64;

/// One token of an answer, and what might have stood in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenLogprobs {
    /// The token that was written.
    pub chosen: TokenLogprob,
    /// The likeliest tokens in its place, as the server ordered them; the chosen one is usually among them.
    pub top: Vec<TokenLogprob>,
}

/// A token and the natural logarithm of its probability.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenLogprob {
    /// The token's text, spaces included; a part of a character may stand for itself as `\xE2`.
    pub token: String,
    /// At most 0; always finite.
    pub logprob: f64,
}

/// What arrives while an answer is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delta<'a> {
    /// Bytes came: the server is alive, though it may say nothing yet (a comment, a hidden thought).
    Alive,
    /// The next words.
    Words(&'a str),
}
