//! The address of a server as a person types it, checked and brought into one spelling. Keys are bound to
//! [`BaseUrl::origin`], so whatever a browser could read differently (backslashes, spaces, names before an `@`) is
//! refused instead of repaired. It knows no connection and sends nothing.

use super::network::Network;

/// A checked `http` or `https` address without the last path segments that calls add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
    query: String,
}

/// Why a text is not an address that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Nothing was typed.
    #[error("The address is empty. It looks like https://api.openai.com/v1 or http://localhost:8080/v1")]
    Empty,
    /// It starts with something else than http:// or https://.
    #[error("The address must start with https:// or http://")]
    Scheme,
    /// A name or password stands before the host.
    #[error(
        "The address must not contain a name or password (the part before @). A key has a field of its own"
    )]
    Credentials,
    /// There is a `#`.
    #[error("The address must not contain a # part")]
    Fragment,
    /// No host, or one with characters that hosts do not have.
    #[error("The address has no valid host name. Names with special letters are written as xn--…")]
    Host,
    /// The port is no number up to 65535.
    #[error("The port after the colon must be a number from 1 to 65535")]
    Port,
    /// A space, a control character, a backslash, or a letter outside ASCII.
    #[error("The address contains a character that must not stand there (a space, a backslash …)")]
    Character,
    /// Longer than any address.
    #[error("The address is too long")]
    TooLong,
}

/// The longest address, in bytes.
const MAX_BYTES: usize = 2_000;
/// Where Chat Completions are asked for.
const CHAT: &str = "/chat/completions";
/// What calls add to the base; a pasted full address loses it again.
const ENDPOINTS: [&str; 4] = [CHAT, "/responses", "/messages", "/api/chat"];

impl BaseUrl {
    /// Reads `http://h:1/v1`, `…/v1/` and `…/v1/chat/completions` as the same address.
    ///
    /// # Errors
    /// What is wrong with the address, in words for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UrlError::Empty);
        }
        if text.len() > MAX_BYTES {
            return Err(UrlError::TooLong);
        }
        let (scheme, rest) = text.split_once("://").ok_or(UrlError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err(UrlError::Scheme);
        }
        if rest.contains('#') {
            return Err(UrlError::Fragment);
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, after) = rest.split_at(end);
        if authority.contains('@') {
            return Err(UrlError::Credentials);
        }
        if rest.bytes().any(|byte| !byte.is_ascii_graphic() || b"\\\"<>^`{|}".contains(&byte)) {
            return Err(UrlError::Character);
        }
        let (path, query) = after.split_once('?').unwrap_or((after, ""));
        let path = path.trim_end_matches('/');
        let path = ENDPOINTS.iter().find_map(|endpoint| path.strip_suffix(endpoint)).unwrap_or(path);
        let path = path.trim_end_matches('/');
        let origin = format!("{scheme}://{}", authority_of(&scheme, authority)?);
        Ok(Self { origin, path: path.to_owned(), query: query.to_owned() })
    }

    /// Scheme, host and, unless it is the scheme's own, port: what a key is bound to.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host, without its port; an IPv6 address with its brackets.
    pub fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or("", |(_, authority)| authority);
        match authority.find(']') {
            Some(bracket) => &authority[..=bracket],
            None => authority.split(':').next().unwrap_or(authority),
        }
    }

    /// Whether calls travel without encryption.
    pub fn is_plain(&self) -> bool {
        self.origin.starts_with("http://")
    }

    /// How far away the server is, from its name.
    pub fn network(&self) -> Network {
        Network::of_host(self.host())
    }

    /// The path, without a slash at its end; empty if there is none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where Chat Completions calls go.
    pub fn chat_completions(&self) -> String {
        self.join(CHAT)
    }

    /// Where the server lists its models.
    pub fn models(&self) -> String {
        self.join("/models")
    }

    /// The address of something below the base, which starts with a slash; the query stays at the end.
    pub(super) fn join(&self, segment: &str) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{}{}{segment}{mark}{}", self.origin, self.path, self.query)
    }
}

impl std::fmt::Display for BaseUrl {
    /// The one spelling; reading it gives the same address again.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.join(""))
    }
}

/// The origin of an address: what a key is bound to.
///
/// # Errors
/// As [`BaseUrl::parse`].
pub fn origin(text: &str) -> Result<String, UrlError> {
    BaseUrl::parse(text).map(|url| url.origin)
}

/// Host and port in one spelling.
fn authority_of(scheme: &str, authority: &str) -> Result<String, UrlError> {
    // An IPv6 address has colons of its own, inside brackets.
    let host_end = match authority.find(']') {
        Some(bracket) => bracket + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(host_end);
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let valid = match bare {
        Some(bare) => {
            bare.contains(':') && bare.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
        }
        None => {
            !host.is_empty()
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        }
    };
    if !valid {
        return Err(UrlError::Host);
    }
    let host = host.to_ascii_lowercase();
    let Some(digits) = port.strip_prefix(':').filter(|digits| !digits.is_empty()) else {
        return if port.is_empty() || port == ":" { Ok(host) } else { Err(UrlError::Host) };
    };
    let plain = digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let port = digits.parse::<u16>().ok().filter(|&port| plain && port > 0).ok_or(UrlError::Port)?;
    let usual = if scheme == "https" { 443 } else { 80 };
    Ok(if port == usual { host } else { format!("{host}:{port}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, chat: &str, origin: &str) {
        let url = BaseUrl::parse(text).unwrap();
        assert_eq!((url.chat_completions().as_str(), url.origin()), (chat, origin), "{text}");
        assert_eq!(BaseUrl::parse(&url.to_string()), Ok(url), "{text}");
    }

    #[test]
    fn spellings_of_an_address() {
        let chat = "http://h:1/v1/chat/completions";
        for text in
            ["http://h:1/v1", "http://h:1/v1/", " HTTP://H:1/v1// ", chat, "http://h:1/v1/chat/completions/"]
        {
            check(text, chat, "http://h:1");
        }
        check(
            "https://api.openai.com:443/v1",
            "https://api.openai.com/v1/chat/completions",
            "https://api.openai.com",
        );
        check("http://[::1]:8080", "http://[::1]:8080/chat/completions", "http://[::1]:8080");
        check("http://127.0.0.1:80/v1", "http://127.0.0.1/v1/chat/completions", "http://127.0.0.1");
        for path in ["/v1/responses", "/v1/messages/", "/v1"] {
            assert_eq!(BaseUrl::parse(&format!("https://h{path}")).unwrap().to_string(), "https://h/v1");
        }
        let azure = "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21";
        check(azure, azure, "https://r.openai.azure.com");
        let models = BaseUrl::parse("http://localhost:1234/v1/chat/completions").unwrap().models();
        assert_eq!(models, "http://localhost:1234/v1/models");
    }

    #[test]
    fn addresses_that_are_refused() {
        for (text, error) in [
            ("", UrlError::Empty),
            ("localhost:8080/v1", UrlError::Scheme),
            ("ftp://h/v1", UrlError::Scheme),
            ("javascript://h/%0aalert(1)", UrlError::Scheme),
            ("file:///etc", UrlError::Scheme),
            ("https://user:secret@h/v1", UrlError::Credentials),
            ("https://good.example@evil.example", UrlError::Credentials),
            ("https://good.example\\@evil.example", UrlError::Credentials),
            ("https://good.example\\.evil.example", UrlError::Character),
            ("https://h/v1#part", UrlError::Fragment),
            ("https://", UrlError::Host),
            ("https:///v1", UrlError::Host),
            ("https://[::1", UrlError::Host),
            ("https://[::1]x:1", UrlError::Host),
            ("https://a,b/v1", UrlError::Host),
            ("https://exämple/v1", UrlError::Character),
            ("https://h/v 1", UrlError::Character),
            ("https://h\t/v1", UrlError::Character),
            ("https://h:99999/", UrlError::Port),
            ("https://h:0/", UrlError::Port),
            ("https://h:+1/", UrlError::Port),
        ] {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
        }
        assert_eq!(BaseUrl::parse(&format!("https://h/{}", "a".repeat(3_000))), Err(UrlError::TooLong));
    }
}
