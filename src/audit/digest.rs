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
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
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
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
        let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("a digest is 64 lower-case hexadecimal digits"))
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
