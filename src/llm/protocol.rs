//! The protocols that model servers speak, and what each makes of a call: where it goes, with which headers, and what
//! it says. A call is data; the transport sends it as it stands and adds nothing, because any header that a vendor
//! does not know fails the preflight of some. It does not know what comes back; the decoder does.

use serde::{Deserialize, Serialize};

use super::base_url::BaseUrl;
use super::chat::ChatRequest;
use super::secret::Secret;
use super::{anthropic, gemini, ollama, openai, responses};

/// The version of Azure's interface that is asked for, unless the address names one.
const AZURE_VERSION: &str = "api-version=2024-10-21";

/// How a server wants to be spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// OpenAI's Chat Completions, which most servers understand.
    #[default]
    OpenaiChat,
    /// OpenAI's Responses.
    OpenaiResponses,
    /// Anthropic's Messages.
    Anthropic,
    /// Google's Gemini, natively.
    Gemini,
    /// Ollama, natively: lines of JSON.
    Ollama,
    /// Chat Completions at Azure: another path, another header.
    AzureChat,
}

/// One request over HTTP, ready to be sent. Its `Debug` form shows no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpCall {
    /// The whole address.
    pub url: String,
    /// The headers beside `Content-Type`, names in lower case.
    pub headers: Vec<(&'static str, Secret)>,
    /// The JSON that is posted; `None` is a GET.
    pub body: Option<String>,
}

/// A server: where it is and what it speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its address.
    pub base_url: BaseUrl,
    /// Its protocol.
    pub protocol: Protocol,
}

impl Protocol {
    /// All of them, the most common first.
    pub const ALL: [Self; 6] = [
        Self::OpenaiChat,
        Self::OpenaiResponses,
        Self::Anthropic,
        Self::Gemini,
        Self::Ollama,
        Self::AzureChat,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenaiChat => "OpenAI Chat Completions",
            Self::OpenaiResponses => "OpenAI Responses",
            Self::Anthropic => "Anthropic Messages",
            Self::Gemini => "Gemini",
            Self::Ollama => "Ollama",
            Self::AzureChat => "Azure OpenAI",
        }
    }

    /// Whether its answers can carry log-probabilities at all.
    pub fn has_logprobs(self) -> bool {
        self != Self::Anthropic
    }

    /// The JSON body of a chat call.
    pub fn chat_body(self, request: &ChatRequest) -> String {
        match self {
            Self::OpenaiChat | Self::AzureChat => openai::request_body(request),
            Self::OpenaiResponses => responses::request_body(request),
            Self::Anthropic => anthropic::request_body(request),
            Self::Gemini => gemini::request_body(request),
            Self::Ollama => ollama::request_body(request),
        }
    }

    /// The headers that carry the key, and those that a vendor demands; no key, no header for it.
    fn headers(self, key: &Secret) -> Vec<(&'static str, Secret)> {
        let named = |name: &'static str| if key.is_empty() { vec![] } else { vec![(name, key.clone())] };
        match self {
            Self::OpenaiChat | Self::OpenaiResponses | Self::Ollama if key.is_empty() => vec![],
            Self::OpenaiChat | Self::OpenaiResponses | Self::Ollama => {
                vec![("authorization", Secret::new(&format!("Bearer {}", key.expose())))]
            }
            Self::Anthropic => [named("x-api-key"), anthropic::headers()].concat(),
            Self::Gemini => named("x-goog-api-key"),
            Self::AzureChat => named("api-key"),
        }
    }
}

impl Server {
    /// The call that asks for an answer.
    pub fn chat(&self, request: &ChatRequest, key: &Secret) -> HttpCall {
        let base = &self.base_url;
        let url = match self.protocol {
            Protocol::OpenaiChat => base.chat_completions(),
            Protocol::OpenaiResponses => base.join("/responses"),
            Protocol::Anthropic => base.join("/messages"),
            Protocol::Gemini => gemini::chat_url(base, request),
            Protocol::Ollama => base.join("/api/chat"),
            Protocol::AzureChat => azure_url(base, &request.model),
        };
        let body = Some(self.protocol.chat_body(request));
        HttpCall { url, headers: self.protocol.headers(key), body }
    }

    /// The call that lists the models; `None` where the list would name something else than what can be called
    /// (Azure's deployments have names of their own).
    pub fn models(&self, key: &Secret) -> Option<HttpCall> {
        let base = &self.base_url;
        let url = match self.protocol {
            Protocol::OpenaiChat | Protocol::OpenaiResponses => base.models(),
            Protocol::Anthropic => base.join("/models").with_parameter("limit=1000"),
            Protocol::Gemini => base.join("/models").with_parameter("pageSize=1000"),
            Protocol::Ollama => base.join("/api/tags"),
            Protocol::AzureChat => return None,
        };
        Some(HttpCall { url, headers: self.protocol.headers(key), body: None })
    }
}

/// Azure's models are deployments: named in the address, or else by the model's name.
fn azure_url(base: &BaseUrl, model: &str) -> String {
    let path = if base.path().contains("/deployments/") {
        "/chat/completions".to_owned()
    } else {
        let openai = if base.path().ends_with("/openai") { "" } else { "/openai" };
        format!("{openai}/deployments/{}/chat/completions", segment(model))
    };
    let url = base.join(&path);
    if url.contains("api-version=") { url } else { url.with_parameter(AZURE_VERSION) }
}

/// A name as one segment of a path: what could end the segment is escaped.
pub(super) fn segment(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
    let escaped = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(escaped).collect()
}

/// Adds to an address.
pub(super) trait WithParameter {
    /// The address with one more parameter at its end.
    fn with_parameter(&self, parameter: &str) -> String;
}

impl WithParameter for String {
    fn with_parameter(&self, parameter: &str) -> String {
        let mark = if self.contains('?') { '&' } else { '?' };
        format!("{self}{mark}{parameter}")
    }
}
