//! The kinds of model server that a person may choose from: where each is, what it speaks and where it differs from
//! the rest of its kind. A table and no more: whoever chooses from it may change every value afterwards. What a
//! person should know of each stands in the page's words.

use super::chat::TokenLimit;
use super::protocol::Protocol;

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provider {
    /// What it is called where settings are stored: never changes.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Where it usually is; empty if every one is elsewhere.
    pub base_url: &'static str,
    /// What it speaks.
    pub protocol: Protocol,
    /// A model that it usually has; empty if no guess would be better than its list.
    pub model: &'static str,
    /// Where it differs from others of its protocol.
    pub quirks: Quirks,
    /// Whether a page can call it.
    pub reach: Reach,
    /// Whether it hides the reason from pages when it refuses a key (no CORS header on that answer).
    pub hides_refused_keys: bool,
}

/// Where a server differs from others of its protocol. What is not known yet is learnt from its refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quirks {
    /// By which name it knows the limit of tokens.
    pub token_limit: TokenLimit,
    /// Whether it takes a JSON schema; otherwise it is asked for any JSON.
    pub json_schema: bool,
    /// Whether a stream may be asked to count tokens.
    pub stream_usage: bool,
    /// Whether it may be asked for log-probabilities.
    pub logprobs: bool,
}

/// Whether a page can call a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// As it is, in the cloud; it wants a key.
    Cloud,
    /// On the person's own machine or network, once it admits pages.
    Local,
    /// Whatever it is, it must admit pages.
    Unknown,
    /// Never: it answers no page.
    Never,
}

const USUAL: Quirks =
    Quirks { token_limit: TokenLimit::MaxTokens, json_schema: true, stream_usage: true, logprobs: true };
/// OpenAI's own servers, whose newer models know no `max_tokens`.
const OPENAI: Quirks = Quirks { token_limit: TokenLimit::MaxCompletionTokens, ..USUAL };
/// No log-probabilities in any answer.
const WORDS_ONLY: Quirks = Quirks { logprobs: false, ..USUAL };
/// `stream_options` is refused as an unknown field; counts of tokens come unasked.
const MISTRAL: Quirks = Quirks { stream_usage: false, logprobs: false, ..USUAL };
/// No schemas, but any JSON.
const DEEPSEEK: Quirks = Quirks { json_schema: false, ..USUAL };

/// One that speaks Chat Completions in the cloud.
const fn chat(
    id: &'static str,
    name: &'static str,
    base_url: &'static str,
    model: &'static str,
    quirks: Quirks,
) -> Provider {
    Provider {
        id,
        name,
        base_url,
        protocol: Protocol::OpenaiChat,
        model,
        quirks,
        reach: Reach::Cloud,
        hides_refused_keys: false,
    }
}

/// One that speaks Chat Completions on the person's own machine.
const fn local(
    id: &'static str,
    name: &'static str,
    base_url: &'static str,
    model: &'static str,
) -> Provider {
    Provider { reach: Reach::Local, ..chat(id, name, base_url, model, USUAL) }
}

/// What new connections start from: any server that speaks Chat Completions.
pub const COMPATIBLE: Provider =
    Provider { reach: Reach::Unknown, ..chat("compatible", "OpenAI-compatible server", "", "", USUAL) };

/// All kinds, in the order in which they are offered.
pub const PROVIDERS: [Provider; 21] = [
    COMPATIBLE,
    Provider {
        hides_refused_keys: true,
        ..chat("openai", "OpenAI", "https://api.openai.com/v1", "gpt-4.1-mini", OPENAI)
    },
    Provider {
        protocol: Protocol::OpenaiResponses,
        hides_refused_keys: true,
        ..chat("openai-responses", "OpenAI, Responses", "https://api.openai.com/v1", "gpt-4.1-mini", OPENAI)
    },
    Provider {
        protocol: Protocol::Anthropic,
        ..chat("anthropic", "Anthropic", "https://api.anthropic.com/v1", "claude-haiku-4-5", WORDS_ONLY)
    },
    Provider {
        protocol: Protocol::Gemini,
        ..chat(
            "gemini",
            "Google Gemini",
            "https://generativelanguage.googleapis.com/v1beta",
            "gemini-2.5-flash",
            USUAL,
        )
    },
    chat("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", "openai/gpt-4.1-mini", USUAL),
    chat("mistral", "Mistral", "https://api.mistral.ai/v1", "mistral-small-latest", MISTRAL),
    chat("groq", "Groq", "https://api.groq.com/openai/v1", "openai/gpt-oss-20b", WORDS_ONLY),
    chat("deepseek", "DeepSeek", "https://api.deepseek.com/v1", "deepseek-chat", DEEPSEEK),
    chat(
        "together",
        "Together",
        "https://api.together.xyz/v1",
        "meta-llama/Llama-3.3-70B-Instruct-Turbo",
        WORDS_ONLY,
    ),
    chat("xai", "xAI", "https://api.x.ai/v1", "grok-3-mini", USUAL),
    chat("cerebras", "Cerebras", "https://api.cerebras.ai/v1", "gpt-oss-120b", USUAL),
    chat(
        "fireworks",
        "Fireworks",
        "https://api.fireworks.ai/inference/v1",
        "accounts/fireworks/models/gpt-oss-20b",
        USUAL,
    ),
    chat("perplexity", "Perplexity", "https://api.perplexity.ai", "sonar", WORDS_ONLY),
    Provider { protocol: Protocol::AzureChat, ..chat("azure", "Azure OpenAI", "", "gpt-4.1-mini", OPENAI) },
    Provider {
        protocol: Protocol::Ollama,
        ..local("ollama", "Ollama on this machine", "http://localhost:11434", "llama3.2")
    },
    local("lm-studio", "LM Studio on this machine", "http://localhost:1234/v1", "openai/gpt-oss-20b"),
    local("llama-cpp", "llama.cpp on this machine", "http://127.0.0.1:8080/v1", "default"),
    local("vllm", "vLLM on this machine", "http://localhost:8000/v1", "openai/gpt-oss-20b"),
    Provider { reach: Reach::Never, ..chat("bedrock", "AWS Bedrock", "", "", USUAL) },
    Provider { reach: Reach::Never, ..chat("nvidia", "NVIDIA, hosted", "", "", USUAL) },
];

impl Provider {
    /// The kind that is stored under a name; what is not known is taken for a compatible server.
    pub fn by_id(id: &str) -> &'static Self {
        PROVIDERS.iter().find(|provider| provider.id == id).unwrap_or(&PROVIDERS[0])
    }

    /// The kind that a Chat Completions address belongs to, for connections that were saved before kinds were.
    pub fn at(base_url: &str) -> &'static Self {
        let at_home = |provider: &&Self| {
            provider.protocol == Protocol::OpenaiChat
                && !provider.base_url.is_empty()
                && base_url == provider.base_url
        };
        PROVIDERS.iter().find(at_home).unwrap_or(&PROVIDERS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::{BaseUrl, Network};

    #[test]
    fn the_table_holds_together() {
        for (place, provider) in PROVIDERS.iter().enumerate() {
            let same =
                PROVIDERS.iter().filter(|other| other.id == provider.id || other.name == provider.name);
            assert_eq!(same.count(), 1, "{}", provider.id);
            assert_eq!(Provider::by_id(provider.id), provider);
            if !provider.base_url.is_empty() {
                let url = BaseUrl::parse(provider.base_url).unwrap();
                assert_eq!(url.to_string(), provider.base_url, "in its one spelling");
                assert_eq!(
                    url.network() == Network::Loopback,
                    provider.reach == Reach::Local,
                    "{}",
                    provider.id
                );
                assert!(!provider.model.is_empty(), "{}", provider.id);
            }
            assert!(provider.protocol.has_logprobs() || !provider.quirks.logprobs, "{}", provider.id);
            assert!(place == 0 || provider.id != COMPATIBLE.id);
        }
        assert_eq!(Provider::by_id("gone").id, "compatible");
        assert_eq!(Provider::at("https://openrouter.ai/api/v1").id, "openrouter");
        assert_eq!(Provider::at("http://localhost:11434/v1").id, "compatible");
        assert_eq!(Provider::at("https://api.openai.com/v1").id, "openai");
        assert_eq!(Provider::at("").id, "compatible");
    }
}
