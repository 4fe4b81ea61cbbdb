//! Digests and the bytes they are taken of. Canonicalisation and hashing are libraries' work.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::AuditError;

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// From its 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// SHA-256 of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of the next entry of a chain: SHA-256(this ‖ `body`).
    pub fn extend(&self, body: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(body);
        Self(hasher.finalize().into())
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; 32];
        match base16ct::lower::decode(&text, &mut bytes) {
            Ok(read) if read.len() == 32 => Ok(Self(bytes)),
            _ => Err(serde::de::Error::custom("a digest is 64 lower-case hexadecimal digits")),
        }
    }
}

/// The RFC 8785 canonical JSON of a value.
///
/// # Errors
/// Values that JSON cannot hold.
pub fn canonical_bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, AuditError> {
    serde_json_canonicalizer::to_vec(value).map_err(|error| AuditError::NotCanonical(error.to_string()))
}

/// SHA-256 of a value's canonical JSON: `digest_0` of a chain is that of its header.
///
/// # Errors
/// Values that JSON cannot hold.
pub fn digest_of<T: Serialize>(value: &T) -> Result<Digest, AuditError> {
    canonical_bytes(value).map(|bytes| Digest(Sha256::digest(bytes).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_as_it_was_written_and_nothing_else_is() {
        let digest = digest_of(&"anything").unwrap();
        let text = digest.to_string();
        assert_eq!(text, data_encoding::HEXLOWER.encode(digest.bytes()));
        assert_eq!(serde_json::from_value::<Digest>(text.as_str().into()).ok(), Some(digest));
        let changed = |from: usize, to: &str| [&text[..from], to, &text[from + to.len()..]].concat();
        for wrong in
            [&text[1..], &format!("{text}0"), &changed(7, "F"), &changed(20, "g"), &changed(3, "é"), ""]
        {
            assert_eq!(serde_json::from_value::<Digest>((*wrong).into()).ok(), None, "{wrong}");
        }
    }
}
