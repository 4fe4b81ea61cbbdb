//! Model servers as the command line names them, and their keys. A key comes from the environment alone and is bound to
//! one server by the variable's name: a preset's own variable at the preset's own address, elsewhere one that spells the
//! host. So no key can go to a server that it was not meant for, and none stands in arguments, files or messages.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{CliError, say};
use crate::agents::Dialect;
use crate::audit::{Digest, digest_of};
use crate::llm::providers::{COMPATIBLE, PROVIDERS};
use crate::llm::{BaseUrl, Engine, Protocol, Provider, Reach, Secret, Server};
use crate::run::{AgentKind, RunSpec};
use crate::session::{ConnectionId, Endpoints};

/// The variables of presets at their own addresses, as the vendors' own tools call them.
const VARIABLES: [(&str, &str); 13] = [
    ("openai", "OPENAI_API_KEY"),
    ("openai-responses", "OPENAI_API_KEY"),
    ("anthropic", "ANTHROPIC_API_KEY"),
    ("gemini", "GEMINI_API_KEY"),
    ("openrouter", "OPENROUTER_API_KEY"),
    ("mistral", "MISTRAL_API_KEY"),
    ("groq", "GROQ_API_KEY"),
    ("deepseek", "DEEPSEEK_API_KEY"),
    ("together", "TOGETHER_API_KEY"),
    ("xai", "XAI_API_KEY"),
    ("cerebras", "CEREBRAS_API_KEY"),
    ("fireworks", "FIREWORKS_API_KEY"),
    ("perplexity", "PERPLEXITY_API_KEY"),
];

/// A server with its key, and who calls it.
#[derive(Debug)]
pub(super) struct Connected {
    /// The model or agent that it is for; `None` for whoever has no server of its own.
    only: Option<String>,
    provider: &'static Provider,
    pub(super) server: Server,
    pub(super) key: Secret,
}

/// The servers that the arguments name.
#[derive(Debug)]
pub(super) struct Connections(Vec<Connected>);

/// What a connection leads to, as far as it can change an answer: as the page keeps replies.
#[derive(serde::Serialize)]
struct Place {
    protocol: Protocol,
    engine: Option<Engine>,
    origin: String,
    path: String,
}

impl Connections {
    /// Reads `[MODEL=]PRESET`, `[MODEL=]URL` or `[MODEL=]PRESET@URL` each, and the keys from `variable`.
    ///
    /// # Errors
    /// Texts that name no server, and cloud presets whose variable is empty.
    pub(super) fn read(
        texts: &[String],
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Rc<Self>, CliError> {
        let read = |text: &String| connected(text, &variable);
        Ok(Rc::new(Self(texts.iter().map(read).collect::<Result<_, _>>()?)))
    }

    /// The connection of an id.
    pub(super) fn get(&self, id: ConnectionId) -> Option<&Connected> {
        self.0.get(id.0 as usize)
    }

    /// Whether none of them speaks TLS.
    pub(super) fn all_plain(&self) -> bool {
        self.0.iter().all(|connected| connected.server.base_url.origin().starts_with("http://"))
    }

    /// Each agent's connection, in roster order.
    ///
    /// # Errors
    /// A model without a server.
    pub(super) fn bind(&self, spec: &RunSpec) -> Result<Vec<Option<ConnectionId>>, CliError> {
        let place = |wanted: Option<&str>| {
            let place = self.0.iter().position(|connected| connected.only.as_deref() == wanted)?;
            u32::try_from(place).ok().map(ConnectionId)
        };
        let bind = |agent: &crate::run::AgentSpec| {
            let AgentKind::Model { model, .. } = &agent.kind else { return Ok(None) };
            let found = place(Some(&agent.name)).or_else(|| place(Some(model))).or_else(|| place(None));
            found.map(Some).ok_or_else(|| {
                CliError::Usage(format!(
                    "no server for the model “{model}” of agent “{}”: say --server SERVER, or --server {model}=SERVER \
                     (credence servers lists them)",
                    agent.name
                ))
            })
        };
        spec.agents.iter().map(bind).collect()
    }

    /// What is known of the servers before they are asked, as the page knows it.
    pub(super) fn endpoints(&self, at_once: usize) -> Rc<Endpoints> {
        let endpoints = Endpoints::new(BTreeMap::new());
        for (id, connected) in (0..).map(ConnectionId).zip(&self.0) {
            endpoints.set_at_once(id, at_once);
            let known = Dialect::from(connected.provider.quirks);
            let logprobs = known.logprobs && connected.server.protocol.has_logprobs();
            endpoints.set_dialect(id, Dialect { logprobs, ..known });
        }
        endpoints
    }

    /// Under what its replies are kept. Neither key nor query: some put a key there.
    pub(super) fn place(&self, id: ConnectionId) -> Option<Digest> {
        let Server { base_url, protocol } = &self.get(id)?.server;
        let (origin, path) = (base_url.origin().to_owned(), base_url.path().to_owned());
        digest_of(&Place { protocol: *protocol, engine: None, origin, path }).ok()
    }
}

fn connected(text: &str, variable: &impl Fn(&str) -> Option<String>) -> Result<Connected, CliError> {
    // An address may have a `=` of its own, behind its `://`.
    let named = text.split_once('=').filter(|(before, _)| !before.contains("://"));
    let (only, place) = named.map_or((None, text), |(only, place)| (Some(only.to_owned()), place));
    let (provider, base_url) = server(place)?;
    let name = key_variable(provider, &base_url);
    let key = Secret::new(&variable(&name).unwrap_or_default());
    let at_home = base_url.to_string() == provider.base_url;
    if key.is_empty() && provider.reach == Reach::Cloud && at_home {
        return Err(CliError::Usage(format!("{} wants a key: set the variable {name}", provider.name)));
    }
    Ok(Connected { only, provider, server: Server { base_url, protocol: provider.protocol }, key })
}

/// The preset and the address of a server. What was typed is not repeated in errors: it may hold what it should not.
fn server(place: &str) -> Result<(&'static Provider, BaseUrl), CliError> {
    let (preset, address) = match place.split_once('@') {
        Some((preset, address)) if !preset.contains("://") => (Some(preset), Some(address)),
        _ if place.contains("://") => (None, Some(place)),
        _ => (Some(place), None),
    };
    let provider = match preset {
        None => None,
        Some(id) => Some(PROVIDERS.iter().find(|provider| provider.id == id).ok_or_else(|| {
            CliError::Usage(
                "--server takes a preset (credence servers lists them), an address that begins with http:// or \
                 https://, or PRESET@ADDRESS"
                    .to_owned(),
            )
        })?),
    };
    let address = address.unwrap_or_else(|| provider.map_or("", |provider| provider.base_url));
    let base_url = BaseUrl::parse(address).map_err(|error| {
        let hint = provider.map_or(String::new(), |provider| format!(" ({}@ADDRESS)", provider.id));
        CliError::Usage(format!("--server: {error}{hint}"))
    })?;
    let provider = provider.unwrap_or_else(|| Provider::at(&base_url.to_string()));
    Ok((provider, base_url))
}

/// Which variable holds a server's key.
fn key_variable(provider: &Provider, base_url: &BaseUrl) -> String {
    let own = VARIABLES.iter().find(|(id, _)| *id == provider.id);
    match own {
        Some((_, variable)) if base_url.to_string() == provider.base_url => (*variable).to_owned(),
        _ => {
            let host = base_url.origin().split_once("://").map_or("", |(_, host)| host);
            let spelt =
                host.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
            format!("CREDENCE_KEY_{}", spelt.collect::<String>())
        }
    }
}

/// `credence servers`: the presets, their addresses and the variables of their keys; never a key.
pub(super) fn list() {
    say(&format!("{:<18}{:<38}{:<6}{}", "PRESET", "VARIABLE OF THE KEY", "SET", "ADDRESS"));
    for provider in &PROVIDERS {
        let (variable, set) = match BaseUrl::parse(provider.base_url) {
            Err(_) => ("CREDENCE_KEY_<HOST>".to_owned(), "–"),
            Ok(url) => {
                let variable = key_variable(provider, &url);
                let set = std::env::var(&variable).is_ok_and(|key| !key.trim().is_empty());
                (variable, if set { "yes" } else { "no" })
            }
        };
        let address = match provider.base_url {
            "" if provider.id == COMPATIBLE.id => "any: give the address itself",
            "" => "yours: PRESET@ADDRESS",
            address => address,
        };
        say(&format!("{:<18}{variable:<38}{set:<6}{address}", provider.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, only: Option<&str>, protocol: Protocol, url: &str, variable: &str) {
        let made = connected(text, &|name: &str| Some(format!("the-value-of-{name}"))).unwrap();
        assert_eq!(made.only.as_deref(), only, "{text}");
        assert_eq!(
            (made.server.protocol, made.server.base_url.to_string().as_str()),
            (protocol, url),
            "{text}"
        );
        assert_eq!(made.key.expose(), format!("the-value-of-{variable}"), "{text}");
    }

    #[test]
    fn each_key_goes_to_its_own_server_only() {
        use Protocol::{Anthropic, AzureChat, Ollama, OpenaiChat};
        check("openai", None, OpenaiChat, "https://api.openai.com/v1", "OPENAI_API_KEY");
        check("https://api.openai.com/v1/", None, OpenaiChat, "https://api.openai.com/v1", "OPENAI_API_KEY");
        check(
            "claude-haiku-4-5=anthropic",
            Some("claude-haiku-4-5"),
            Anthropic,
            "https://api.anthropic.com/v1",
            "ANTHROPIC_API_KEY",
        );
        // A preset's protocol at another address: its own key stays at home.
        let gateway = "https://gate.example:8443/v1";
        check(
            &format!("m=anthropic@{gateway}"),
            Some("m"),
            Anthropic,
            gateway,
            "CREDENCE_KEY_GATE_EXAMPLE_8443",
        );
        check("http://127.0.0.1:9/v1", None, OpenaiChat, "http://127.0.0.1:9/v1", "CREDENCE_KEY_127_0_0_1_9");
        check("ollama", None, Ollama, "http://localhost:11434", "CREDENCE_KEY_LOCALHOST_11434");
        let azure = "https://r.openai.azure.com/openai?api-version=2024-10-21";
        check(&format!("azure@{azure}"), None, AzureChat, azure, "CREDENCE_KEY_R_OPENAI_AZURE_COM");
    }

    #[test]
    fn errors_say_what_to_do_and_repeat_no_secret() {
        for (text, word) in [
            ("openai", "OPENAI_API_KEY"),
            ("azure", "azure@ADDRESS"),
            ("sk-proj-0123456789abcdef", "credence servers"),
            ("https://user:sk-proj-0123456789abcdef@h/v1", "name or password"),
        ] {
            let error = connected(text, &|_: &str| None).unwrap_err().to_string();
            assert!(error.contains(word) && !error.contains("0123456789"), "{error}");
        }
        for (id, _) in VARIABLES {
            assert_eq!(Provider::by_id(id).id, id);
        }
    }
}
