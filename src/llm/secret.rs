//! A key, in a type that cannot be printed, compared by accident or written to a file. It does not know where the
//! key is kept nor which server it belongs to.

/// Keys shorter than this are placeholders (`none`, `ollama`) that may stand in any text.
const SHORTEST_REAL_KEY: usize = 12;
/// How the common providers' keys begin.
const PREFIXES: [&str; 8] = ["sk-", "gsk_", "AIza", "xai-", "hf_", "pplx-", "nvapi-", "csk-"];

/// A provider's key. Neither `Serialize` nor `Display`; its `Debug` form is `[key]`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A key as it was typed, without the white space around it.
    pub fn new(key: &str) -> Self {
        Self(key.trim().to_owned())
    }

    /// Whether there is none: then no `Authorization` is sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the key stands in `text`, of which the last `new_bytes` were not looked at before; placeholders
    /// never count.
    pub fn stands_in(&self, text: &str, new_bytes: usize) -> bool {
        let start = text.len().saturating_sub(new_bytes + self.0.len());
        let window = self.0.len().max(SHORTEST_REAL_KEY);
        text.as_bytes()[start..].windows(window).any(|bytes| bytes == self.0.as_bytes())
    }

    /// `text` with the key, and everything that looks like one of the common kinds, replaced by `[key]`.
    pub fn redact(&self, text: &str) -> String {
        let text = if self.is_empty() { text.to_owned() } else { text.replace(&self.0, "[key]") };
        let masked = |word: &str| {
            let start = word.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
            let (before, rest) = word.split_at(start);
            let keyish = rest.len() >= 16 && PREFIXES.iter().any(|prefix| rest.starts_with(prefix));
            let end = rest.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len();
            if keyish { format!("{before}[key]{}", &rest[end..]) } else { word.to_owned() }
        };
        text.split_inclusive(char::is_whitespace).map(masked).collect()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[key]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_survive() {
        for (text, key, expected) in [
            ("Bearer abc is wrong", "abc", "Bearer [key] is wrong"),
            ("your key: “sk-proj-0123456789abcdef”.\n", "", "your key: “[key]”.\n"),
            ("no key here", " ", "no key here"),
        ] {
            assert_eq!(Secret::new(key).redact(text), expected);
        }
        assert_eq!(format!("{:?}", Secret::new("abc")), "[key]");
    }
}
