//! Words about the kinds of server: whether each works from a page, what to switch on, and what a test found out, with
//! the way to mend it.

use crate::llm::{CallError, Protocol, Provider, Reach};
use crate::session::{Finding, Probe};
use crate::ui::format;

/// The groups of the list of kinds.
pub const GROUPS: [(Reach, &str); 4] = [
    (Reach::Unknown, "Any server"),
    (Reach::Cloud, "In the cloud"),
    (Reach::Local, "On this machine"),
    (Reach::Never, "Not from a page"),
];
/// The protocol, for experts.
pub const PROTOCOL: &str = "Protocol";
/// The part for experts.
pub const EXPERT: &str = "For experts";
/// Where calls go.
pub const CALLS_GO_TO: &str = "Calls go to";
/// A model's name at Azure.
pub const AZURE_MODEL: &str = "At Azure this is the name of your deployment";
/// Without it nothing can be tested.
pub const AZURE_MODEL_MISSING: &str =
    "Enter the name of your deployment as the model: Azure does not list deployments to pages";
/// While a test waits for the browser's question to be answered.
pub const MAY_ASK: &str =
    "If the browser asks whether this page may reach devices on your network or this machine, allow it.";
/// Signs in.
pub const SIGN_IN: &str = "Sign in with OpenRouter…";
/// What signing in does.
pub const SIGN_IN_HINT: &str = "OpenRouter asks you to allow this page, and sends you back with a key of its own. Nothing to paste; the key stays in this tab's memory.";
/// While it goes there.
pub const SIGNING_IN: &str = "Going to OpenRouter…";
/// The key came.
pub const SIGNED_IN: &str =
    "Signed in: the key from OpenRouter is in this tab's memory, and the connection is saved.";
/// It did not.
pub const NOT_SIGNED_IN: &str = "The sign-in at OpenRouter did not succeed";
/// What to do.
pub const NOT_SIGNED_IN_NEXT: &str =
    "Sign in again from the form of the connection, or make a key at openrouter.ai and enter it there.";

/// A code came that was not asked for.
pub const SIGN_IN_UNASKED: &str =
    "A sign-in came back that this tab had not begun, so its code was thrown away.";
/// No code came.
pub const SIGN_IN_ABANDONED: &str = "It was not finished, so there is no key.";

/// OpenRouter said no.
pub fn sign_in_refused(why: &str) -> String {
    if why.is_empty() {
        "OpenRouter refused it.".to_owned()
    } else {
        format!("OpenRouter says: “{why}”.")
    }
}

/// What to know of a kind before choosing it: whether it works from a page, and what to switch on.
pub fn note(provider: &Provider) -> &'static str {
    match provider.id {
        "openai" | "openai-responses" => {
            "Works from a page. Needs a key. OpenAI hides from pages that a key is wrong: it looks like a failed connection."
        }
        "anthropic" => {
            "Works from a page. Needs a key. Some organisations do not admit pages: then every key is refused."
        }
        "gemini" => "Works from a page, in Google's own protocol. Needs a key from AI Studio.",
        "openrouter" => {
            "Works from a page. Sign in, or enter a key. One account for the models of many providers."
        }
        "mistral" | "groq" | "deepseek" | "together" | "xai" | "cerebras" | "fireworks" | "perplexity" => {
            "Works from a page. Needs a key."
        }
        "azure" => {
            "Works from a page. Enter the address of your resource, https://NAME.openai.azure.com, a key of it, and your deployment's name as the model."
        }
        "ollama" => {
            "Works at once for pages on localhost. For this page elsewhere, set OLLAMA_ORIGINS to its address before you start Ollama."
        }
        "lm-studio" => "Start its server so that it admits pages: lms server start --cors",
        "llama-cpp" => {
            "Works from a page as it is: start llama-server. It answers whatever the model is called here."
        }
        "vllm" => {
            "Works from a page as it is: start it with vllm serve. Test to see what its model is called."
        }
        "bedrock" => {
            "Cannot be called from a page: Amazon's servers admit none (no CORS), and calls must be signed. Reach the same models through OpenRouter, or through a gateway of your own."
        }
        "nvidia" => {
            "Cannot be called from a page: NVIDIA's hosted servers admit none (no CORS). Run its models on your own machine with vLLM, or take OpenRouter."
        }
        _ => "Works from a page if the server admits it (CORS) and speaks one of the protocols below.",
    }
}

/// What a base URL of this kind looks like.
pub fn address_example(provider: &Provider) -> &'static str {
    match provider.protocol {
        Protocol::AzureChat => "https://NAME.openai.azure.com",
        _ => "https://…/v1",
    }
}

/// What a test came to, in a sentence or three: what happened, why, and what to do.
pub fn found(finding: Finding, probe: &Probe, provider: &Provider, model: &str, page: &str) -> String {
    match finding {
        Finding::Works => {
            let millis = probe.call.as_ref().and_then(|call| call.as_ref().ok()).copied().unwrap_or_default();
            let seconds = format::decimal(millis as f64 / 1000.0);
            format!("It works: the model answered in {seconds} s. {}", listed(probe))
        }
        Finding::Lists => {
            format!("The server answers. {} Choose a model and test again to call it once.", listed(probe))
        }
        Finding::NoKey => "The server wants a key, and none was entered. Enter one and test again.".to_owned(),
        Finding::WrongKey => format!("The server does not accept the key (401). {}", key_fix(provider)),
        Finding::PerhapsWrongKey => format!(
            "{} answers, but hides its answer from this page. That is what it does when a key is wrong. {}",
            provider.name,
            key_fix(provider)
        ),
        Finding::UnknownModel => format!(
            "The server and the key are fine, but it knows no model “{model}”. {}",
            if probe.models.is_empty() { model_fix(provider) } else { "Choose one of its models below." }
        ),
        Finding::WrongAddress => {
            "Something answers there, but not at this address (404). Check how the base URL ends (often /v1) and, for \
             experts, the protocol."
                .to_owned()
        }
        Finding::Offline => {
            "The browser is offline. Connect it; a model on this machine works without.".to_owned()
        }
        Finding::Policy => {
            "A policy of this page forbids the call: whoever hosts it allows only some addresses \
             (Content-Security-Policy, connect-src). Ask them to allow this one, or open Credence elsewhere."
                .to_owned()
        }
        Finding::MixedContent => {
            "This page came over https, so the browser lets it call no http server but on this machine. Give the \
             server https (a proxy such as Caddy does it), or open Credence from http on your own network."
                .to_owned()
        }
        Finding::LocalNetworkDenied => {
            "The browser does not let this page into your local network or this machine. Allow it: press the icon left \
             of the address, set “Local network access” (or “Apps on device”) to Allow, and test again."
                .to_owned()
        }
        Finding::LocalNetworkUnanswered => {
            "The browser asks whether this page may reach your local network or this machine. Test again and allow it."
                .to_owned()
        }
        Finding::InsecurePage => {
            "A page that came over http from the internet may not call servers on your network or this machine. Open \
             Credence over https, or from this machine."
                .to_owned()
        }
        Finding::NoCors => format!("A server answers there, but does not admit this page (no CORS). {}", cors_fix(provider, page)),
        Finding::HiddenRefusal => format!(
            "The server lists its models, but hides why it refuses the call (its error answers lack CORS). The usual \
             reasons are a wrong key and a model that it does not have. {}",
            key_fix(provider)
        ),
        Finding::Down => format!("Nothing answers at this address. {}", down_fix(provider)),
        Finding::Forbidden => format!(
            "The server refuses the request (403). {}",
            if provider.reach == Reach::Cloud {
                "The key may not use this model, or the provider does not serve your region. Check the key's permissions.".to_owned()
            } else {
                cors_fix(provider, page)
            }
        ),
        Finding::NotAdmitted => format!("{}{}", error_words(probe), admission_fix(provider)),
        Finding::Quota | Finding::RateLimited | Finding::Other => error_words(probe),
    }
}

pub(crate) fn error_words(probe: &Probe) -> String {
    probe.error().map(CallError::to_string).unwrap_or_default()
}

fn listed(probe: &Probe) -> String {
    match probe.models.len() {
        0 => "The server lists no models.".to_owned(),
        1 => "The server lists 1 model.".to_owned(),
        count => format!("The server lists {count} models."),
    }
}

fn key_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "openai" | "openai-responses" => {
            "Make a key at platform.openai.com, under API keys, and enter it here."
        }
        "anthropic" => "Make a key at console.anthropic.com, under API keys, and enter it here.",
        "gemini" => "Make a key at aistudio.google.com and enter it here.",
        "openrouter" => "Sign in above, or make a key at openrouter.ai and enter it here.",
        "azure" => "Take one of the two keys of this very resource, from the Azure portal.",
        "ollama" | "lm-studio" | "llama-cpp" | "vllm" => "Enter the key that the server was started with.",
        _ => "Check that it is whole and belongs to this server, and enter it again.",
    }
}

fn model_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "ollama" => "Fetch it first: ollama pull and the model's name.",
        "azure" => "Enter the name of your deployment, as the Azure portal shows it.",
        _ => "Check how it is written.",
    }
}

fn cors_fix(provider: &Provider, page: &str) -> String {
    match provider.id {
        "ollama" => {
            format!("Set OLLAMA_ORIGINS={page} in Ollama's environment, start Ollama again, and test again.")
        }
        "lm-studio" => "Start its server with: lms server start --cors".to_owned(),
        "vllm" => format!("Start it with --allowed-origins '[\"{page}\"]', or without that option."),
        "llama-cpp" => "llama-server admits every page: perhaps another program has this port.".to_owned(),
        _ if provider.reach == Reach::Cloud => {
            "Check the base URL; if it is right, the provider has closed its door to pages.".to_owned()
        }
        _ => format!("Let the server send Access-Control-Allow-Origin: {page}, and answer OPTIONS requests."),
    }
}

fn down_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "ollama" => {
            "Start Ollama (ollama serve) and check the port, usually 11434. Safari lets no https page call this machine: take another browser."
        }
        "lm-studio" => {
            "Start its server (lms server start --cors) and check the port, usually 1234. Safari lets no https page call this machine: take another browser."
        }
        "llama-cpp" => {
            "Start llama-server and check the port, usually 8080. Safari lets no https page call this machine: take another browser."
        }
        "vllm" => {
            "Start it with vllm serve and check the port, usually 8000. Safari lets no https page call this machine: take another browser."
        }
        _ if provider.reach == Reach::Cloud => {
            "Check the base URL and your connection; a firewall or an extension of the browser may block it, or the provider is down."
        }
        _ => {
            "Check that the server runs, and host and port in the base URL; a firewall or an extension of the browser may block it."
        }
    }
}

fn admission_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "anthropic" => {
            " At Anthropic, organisations with settings of their own for keeping data admit no pages: the same models work through OpenRouter."
        }
        _ => "",
    }
}
