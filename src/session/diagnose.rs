//! What a test of a connection means. A browser gives one and the same error for a server that is off, one that does
//! not admit pages, a policy, a denied permission and some wrong keys; together with what the page can find out on
//! the side, they can be told apart for the most part. Pure: whoever tests brings the evidence.

use super::probe::Probe;
use crate::llm::{BaseUrl, CallError, Network, Provider, Reach};

/// What the page found out about a server that could not be called, and about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Whether the browser has any connection.
    pub online: bool,
    /// How far the browser trusts the page.
    pub security: Security,
    /// Where the page came from.
    pub page: Network,
    /// What the browser says of access to the server's network.
    pub permission: Permission,
    /// Whether the server answers at all, to a call whose answer the page may not read.
    pub answers: bool,
    /// Whether the page's own policy stopped the call.
    pub policy_blocked: bool,
}

/// How far a browser trusts a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// It came over https: it may ask for permissions, but not call the internet without https.
    Encrypted,
    /// It came from this machine: it may ask for permissions.
    Trusted,
    /// It came over http: it may not even ask.
    Plain,
}

/// What the browser allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It does.
    Granted,
    /// It will ask the person.
    Prompt,
    /// It does not.
    Denied,
    /// It knows no such permission.
    Unknown,
}

/// What a test of a connection came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The model answered.
    Works,
    /// The server lists its models; none was called.
    Lists,
    /// The server wants a key, and there is none.
    NoKey,
    /// It does not accept the key.
    WrongKey,
    /// It answers, but hides its answer, as this kind does when it refuses a key.
    PerhapsWrongKey,
    /// It knows no such model.
    UnknownModel,
    /// There is nothing at this address.
    WrongAddress,
    /// No credit or quota.
    Quota,
    /// It is asked too often.
    RateLimited,
    /// The organisation or the region is not admitted.
    NotAdmitted,
    /// The request is forbidden: at a server of one's own, the page is not admitted.
    Forbidden,
    /// The browser is offline.
    Offline,
    /// A policy of the page forbids the call.
    Policy,
    /// A page that came over https may not call an http server.
    MixedContent,
    /// The person or the browser denied access to the local network.
    LocalNetworkDenied,
    /// The browser asks about the local network, and nobody has answered.
    LocalNetworkUnanswered,
    /// A page that came over http from the internet may not call the local network at all.
    InsecurePage,
    /// The server is there, but does not admit pages.
    NoCors,
    /// The server lists its models, but hides why it refuses the call.
    HiddenRefusal,
    /// Nothing answers at this address.
    Down,
    /// Something else, which the error tells.
    Other,
}

impl Finding {
    /// Its name for styles and tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Lists => "lists",
            Self::NoKey => "no-key",
            Self::WrongKey => "wrong-key",
            Self::PerhapsWrongKey => "perhaps-wrong-key",
            Self::UnknownModel => "unknown-model",
            Self::WrongAddress => "wrong-address",
            Self::Quota => "quota",
            Self::RateLimited => "rate-limited",
            Self::NotAdmitted => "not-admitted",
            Self::Forbidden => "forbidden",
            Self::Offline => "offline",
            Self::Policy => "policy",
            Self::MixedContent => "mixed-content",
            Self::LocalNetworkDenied => "local-network-denied",
            Self::LocalNetworkUnanswered => "local-network-unanswered",
            Self::InsecurePage => "insecure-page",
            Self::NoCors => "no-cors",
            Self::HiddenRefusal => "hidden-refusal",
            Self::Down => "down",
            Self::Other => "other",
        }
    }

    /// Whether the connection can be used.
    pub fn is_ok(self) -> bool {
        matches!(self, Self::Works | Self::Lists)
    }
}

/// What a test came to. `evidence` is needed only where the server could not be reached; `has_key` is whether a key
/// was sent.
pub fn diagnose(
    probe: &Probe,
    evidence: Option<&Evidence>,
    address: &BaseUrl,
    provider: &Provider,
    has_key: bool,
) -> Finding {
    let Some(error) = probe.error() else {
        return if probe.call.is_some() { Finding::Works } else { Finding::Lists };
    };
    match error {
        CallError::Unauthorised if !has_key => Finding::NoKey,
        CallError::Unauthorised => Finding::WrongKey,
        CallError::Forbidden if !has_key && provider.reach == Reach::Cloud => Finding::NoKey,
        CallError::Forbidden => Finding::Forbidden,
        CallError::NotAdmitted { .. } => Finding::NotAdmitted,
        CallError::QuotaExhausted { .. } => Finding::Quota,
        CallError::RateLimited { .. } => Finding::RateLimited,
        // Ollama says of a model that it is not there; elsewhere the list tells whether the address is right.
        CallError::NotFound { detail } if !probe.models.is_empty() || detail.contains("model") => {
            Finding::UnknownModel
        }
        CallError::NotFound { .. } => Finding::WrongAddress,
        CallError::Network => evidence.map_or(Finding::Other, |evidence| {
            if probe.call.is_some() && probe.list_error.is_none() && !probe.models.is_empty() {
                return Finding::HiddenRefusal;
            }
            unreachable_because(*evidence, address, provider, has_key)
        }),
        _ => Finding::Other,
    }
}

/// Why a server cannot be reached: what is certain first.
fn unreachable_because(evidence: Evidence, address: &BaseUrl, provider: &Provider, has_key: bool) -> Finding {
    let server = address.network();
    let inwards = server < evidence.page;
    let is_mixed = evidence.security == Security::Encrypted && address.is_plain();
    if evidence.policy_blocked {
        return Finding::Policy;
    }
    if evidence.answers {
        let hidden = provider.hides_refused_keys;
        return if hidden && has_key { Finding::PerhapsWrongKey } else { Finding::NoCors };
    }
    if !evidence.online && server == Network::Public {
        return Finding::Offline;
    }
    if inwards {
        match evidence.permission {
            Permission::Denied | Permission::Prompt if evidence.security == Security::Plain => {
                return Finding::InsecurePage;
            }
            Permission::Denied => return Finding::LocalNetworkDenied,
            Permission::Prompt => return Finding::LocalNetworkUnanswered,
            Permission::Granted | Permission::Unknown => {}
        }
    }
    // This machine is exempt, and where the browser asks about it, the local network.
    if is_mixed
        && (server == Network::Public
            || (server == Network::Private && evidence.permission == Permission::Unknown))
    {
        return Finding::MixedContent;
    }
    Finding::Down
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe(error: CallError) -> Probe {
        Probe { models: Vec::new(), call: Some(Err(error.clone())), list_error: Some(error) }
    }

    /// A page in the cloud, over https, and a server that does not answer.
    const EVIDENCE: Evidence = Evidence {
        online: true,
        security: Security::Encrypted,
        page: Network::Public,
        permission: Permission::Unknown,
        answers: false,
        policy_blocked: false,
    };

    fn check(address: &str, provider: &str, evidence: Evidence, expected: Finding) {
        let address = BaseUrl::parse(address).unwrap();
        let probe = probe(CallError::Network);
        let found = diagnose(&probe, Some(&evidence), &address, Provider::by_id(provider), true);
        assert_eq!(found, expected, "{address} {evidence:?}");
    }

    #[test]
    fn silent_servers() {
        let cloud = "https://api.openai.com/v1";
        let here = "http://127.0.0.1:8080/v1";
        let near = "http://192.168.1.7:8080/v1";
        let permission = |permission| Evidence { permission, ..EVIDENCE };
        let answers = Evidence { answers: true, ..EVIDENCE };
        check(cloud, "compatible", EVIDENCE, Finding::Down);
        check(cloud, "compatible", answers, Finding::NoCors);
        check(cloud, "openai", answers, Finding::PerhapsWrongKey);
        check(cloud, "openai", Evidence { online: false, ..EVIDENCE }, Finding::Offline);
        check(here, "ollama", Evidence { online: false, ..EVIDENCE }, Finding::Down);
        check(cloud, "openai", Evidence { policy_blocked: true, ..answers }, Finding::Policy);
        check("http://example.com/v1", "compatible", EVIDENCE, Finding::MixedContent);
        check(
            "http://example.com/v1",
            "compatible",
            Evidence { security: Security::Plain, ..EVIDENCE },
            Finding::Down,
        );
        check(here, "llama-cpp", EVIDENCE, Finding::Down);
        check(near, "llama-cpp", EVIDENCE, Finding::MixedContent);
        for server in [here, near] {
            check(server, "llama-cpp", permission(Permission::Granted), Finding::Down);
            check(server, "llama-cpp", permission(Permission::Denied), Finding::LocalNetworkDenied);
            check(server, "llama-cpp", permission(Permission::Prompt), Finding::LocalNetworkUnanswered);
            let insecure = Evidence { security: Security::Plain, ..permission(Permission::Denied) };
            check(server, "llama-cpp", insecure, Finding::InsecurePage);
            // A page on this machine asks nobody.
            let local = Evidence {
                page: Network::Loopback,
                security: Security::Trusted,
                ..permission(Permission::Denied)
            };
            check(server, "llama-cpp", local, Finding::Down);
        }
        check(here, "ollama", Evidence { answers: true, ..permission(Permission::Granted) }, Finding::NoCors);
    }

    #[test]
    fn servers_that_say_what_is_wrong() {
        let address = BaseUrl::parse("https://h/v1").unwrap();
        let found = |error: CallError, has_key| {
            diagnose(&probe(error), None, &address, Provider::by_id("anthropic"), has_key)
        };
        let detail = String::new;
        assert_eq!(found(CallError::Unauthorised, true), Finding::WrongKey);
        assert_eq!(found(CallError::Unauthorised, false), Finding::NoKey);
        assert_eq!(found(CallError::Forbidden, true), Finding::Forbidden);
        assert_eq!(found(CallError::QuotaExhausted { detail: detail() }, true), Finding::Quota);
        assert_eq!(
            found(CallError::NotAdmitted { status: 401, detail: detail() }, true),
            Finding::NotAdmitted
        );
        assert_eq!(found(CallError::NotFound { detail: detail() }, true), Finding::WrongAddress);
        assert_eq!(
            found(CallError::NotFound { detail: "model 'x' not found".into() }, true),
            Finding::UnknownModel
        );
        assert_eq!(found(CallError::Cut, true), Finding::Other);
        let listed = |call| Probe { models: vec!["a".into()], call, list_error: None };
        let provider = Provider::by_id("openai");
        let of = |probe: &Probe| diagnose(probe, Some(&EVIDENCE), &address, provider, true);
        assert_eq!(of(&listed(None)), Finding::Lists);
        assert_eq!(of(&listed(Some(Ok(7)))), Finding::Works);
        assert_eq!(of(&listed(Some(Err(CallError::NotFound { detail: detail() })))), Finding::UnknownModel);
        assert_eq!(of(&listed(Some(Err(CallError::Network)))), Finding::HiddenRefusal);
    }
}
