//! Keys on this device: encrypted with AES-GCM under a key that PBKDF2 makes of a passphrase, by the browser's own
//! cryptography. The passphrase is never stored; what it makes stays in memory until the page is left. Each key is
//! sealed together with its connection and its origin, so that a record moved to another address does not open.

use std::cell::RefCell;
use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, Pbkdf2Params, SubtleCrypto};

use super::{keys, storage};
use crate::llm::Secret;
use crate::session::ConnectionId;

/// Under which name the vault is stored.
const STORED: &str = "vault";
/// Rounds of PBKDF2-SHA-256 for a new vault (OWASP, 2023: 600,000).
const ITERATIONS: u32 = 600_000;
/// A record that asks for fewer was tampered with.
const FEWEST_ITERATIONS: u32 = 600_000;
/// One that asks for more would hold the page up for minutes.
const MOST_ITERATIONS: u32 = 10_000_000;
/// The shortest passphrase, in characters.
pub const SHORTEST_PASSPHRASE: usize = 8;
/// What is sealed to tell a wrong passphrase from an empty vault.
const CHECK: &str = "credence vault";

/// Why the vault does not open or close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The page is not secure, or the browser is too old.
    #[error("this page may not encrypt: that takes a page served over https or from this machine")]
    Unavailable,
    /// It does not open with this passphrase.
    #[error("this is not the passphrase that the keys on this device are locked with")]
    WrongPassphrase,
    /// It is too short for a new vault.
    #[error("a passphrase has at least {SHORTEST_PASSPHRASE} characters")]
    TooShort,
    /// The record was damaged.
    #[error("the keys on this device cannot be read: forget them and enter them again")]
    Damaged,
    /// The browser does not store it.
    #[error("this browser does not let the page store anything")]
    NotStored,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vault {
    version: u32,
    iterations: u32,
    salt: String,
    check: Sealed,
    keys: BTreeMap<u32, SealedKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedKey {
    origin: String,
    sealed: Sealed,
}

/// A ciphertext with its nonce, both in base 64.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    iv: String,
    text: String,
}

thread_local! {
    /// What the passphrase made, once it was entered on this visit.
    static OPENED: RefCell<Option<CryptoKey>> = const { RefCell::new(None) };
}

fn read() -> Option<Vault> {
    storage::read::<Vault>(STORED).filter(|vault| vault.version == 1)
}

/// Whether this page may encrypt at all.
pub fn is_available() -> bool {
    subtle().is_some()
}

/// Whether there are keys on this device.
pub fn exists() -> bool {
    read().is_some_and(|vault| !vault.keys.is_empty())
}

/// Whether the passphrase was entered on this visit.
pub fn is_open() -> bool {
    OPENED.with_borrow(Option::is_some)
}

/// The connections whose keys are here.
pub fn held() -> Vec<ConnectionId> {
    read().map_or_else(Vec::new, |vault| vault.keys.keys().copied().map(ConnectionId).collect())
}

/// The origin that a kept key belongs to.
pub(super) fn origin_of(connection: ConnectionId) -> Option<String> {
    read().and_then(|mut vault| vault.keys.remove(&connection.0)).map(|key| key.origin)
}

/// Opens the vault, or makes a new one if there is none, and brings its keys into memory; says how many.
///
/// # Errors
/// A wrong or short passphrase, a page that may not encrypt, a damaged record.
pub async fn open(passphrase: &str) -> Result<usize, VaultError> {
    let subtle = subtle().ok_or(VaultError::Unavailable)?;
    let Some(vault) = read() else {
        let opened = make(&subtle, passphrase).await?;
        OPENED.set(Some(opened));
        return Ok(0);
    };
    if !(FEWEST_ITERATIONS..=MOST_ITERATIONS).contains(&vault.iterations) {
        return Err(VaultError::Damaged);
    }
    let salt = Base64::decode_vec(&vault.salt).map_err(|_| VaultError::Damaged)?;
    let opened = derive(&subtle, passphrase, &salt, vault.iterations).await?;
    let check = unseal(&subtle, &opened, &vault.check, CHECK).await;
    if check.as_deref() != Some(CHECK) {
        return Err(VaultError::WrongPassphrase);
    }
    let mut count = 0;
    for (id, key) in &vault.keys {
        if let Some(found) = unseal(&subtle, &opened, &key.sealed, &bond(*id, &key.origin)).await {
            keys::put(ConnectionId(*id), &key.origin, Secret::new(&found), keys::KeyPlace::Device);
            count += 1;
        }
    }
    OPENED.set(Some(opened));
    Ok(count)
}

/// Leaves the key of a connection, which is in memory, on this device. The vault must be open.
///
/// # Errors
/// It is not, or the browser does not store it.
pub async fn leave(connection: ConnectionId) -> Result<(), VaultError> {
    let subtle = subtle().ok_or(VaultError::Unavailable)?;
    let opened = OPENED.with_borrow(Clone::clone).ok_or(VaultError::WrongPassphrase)?;
    let Some((origin, key)) = keys::bound(connection) else { return Ok(()) };
    let sealed = seal(&subtle, &opened, key.expose(), &bond(connection.0, &origin)).await?;
    // Read again: another key may have come in meanwhile.
    let mut vault = read().ok_or(VaultError::Damaged)?;
    vault.keys.insert(connection.0, SealedKey { origin, sealed });
    storage::write(STORED, &vault).map_err(|_| VaultError::NotStored)?;
    keys::leave(connection, keys::KeyPlace::Device);
    Ok(())
}

/// Removes one key; the last one takes the vault with it.
pub(super) fn remove(connection: ConnectionId) {
    let Some(mut vault) = read() else { return };
    if vault.keys.remove(&connection.0).is_none() {
        return;
    }
    if vault.keys.is_empty() || storage::write(STORED, &vault).is_err() {
        clear();
    }
}

/// Removes the vault and what opens it.
pub(super) fn clear() {
    storage::remove(STORED);
    OPENED.set(None);
}

async fn make(subtle: &SubtleCrypto, passphrase: &str) -> Result<CryptoKey, VaultError> {
    if passphrase.chars().count() < SHORTEST_PASSPHRASE {
        return Err(VaultError::TooShort);
    }
    let salt = random::<16>()?;
    let opened = derive(subtle, passphrase, &salt, ITERATIONS).await?;
    let check = seal(subtle, &opened, CHECK, CHECK).await?;
    let vault = Vault {
        version: 1,
        iterations: ITERATIONS,
        salt: Base64::encode_string(&salt),
        check,
        keys: BTreeMap::new(),
    };
    storage::write(STORED, &vault).map_err(|_| VaultError::NotStored)?;
    Ok(opened)
}

/// What a key is sealed together with.
fn bond(connection: u32, origin: &str) -> String {
    format!("{connection} {origin}")
}

async fn derive(
    subtle: &SubtleCrypto,
    passphrase: &str,
    salt: &[u8],
    iterations: u32,
) -> Result<CryptoKey, VaultError> {
    let failed = |_: JsValue| VaultError::Unavailable;
    let material: Object = Uint8Array::from(passphrase.as_bytes()).into();
    let usages = Array::of1(&"deriveKey".into());
    let base = subtle.import_key_with_str("raw", &material, "PBKDF2", false, &usages).map_err(failed)?;
    let base: CryptoKey = JsFuture::from(base).await.map_err(failed)?.unchecked_into();
    let salt: Object = Uint8Array::from(salt).into();
    let how = Pbkdf2Params::new("PBKDF2", &"SHA-256".into(), iterations, &salt);
    let target = Object::new();
    for (name, value) in [("name", JsValue::from("AES-GCM")), ("length", JsValue::from(256))] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&target, &name.into(), &value);
    }
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key =
        subtle.derive_key_with_object_and_object(&how, &base, &target, false, &usages).map_err(failed)?;
    Ok(JsFuture::from(key).await.map_err(failed)?.unchecked_into())
}

async fn seal(subtle: &SubtleCrypto, key: &CryptoKey, text: &str, bond: &str) -> Result<Sealed, VaultError> {
    let failed = |_: JsValue| VaultError::Unavailable;
    let iv = random::<12>()?;
    let plain: Object = Uint8Array::from(text.as_bytes()).into();
    let sealed =
        subtle.encrypt_with_object_and_buffer_source(&params(&iv, bond), key, &plain).map_err(failed)?;
    let sealed = Uint8Array::new(&JsFuture::from(sealed).await.map_err(failed)?).to_vec();
    Ok(Sealed { iv: Base64::encode_string(&iv), text: Base64::encode_string(&sealed) })
}

async fn unseal(subtle: &SubtleCrypto, key: &CryptoKey, sealed: &Sealed, bond: &str) -> Option<String> {
    let iv = Base64::decode_vec(&sealed.iv).ok()?;
    let text: Object = Uint8Array::from(Base64::decode_vec(&sealed.text).ok()?.as_slice()).into();
    let plain = subtle.decrypt_with_object_and_buffer_source(&params(&iv, bond), key, &text).ok()?;
    String::from_utf8(Uint8Array::new(&JsFuture::from(plain).await.ok()?).to_vec()).ok()
}

fn params(iv: &[u8], bond: &str) -> AesGcmParams {
    let params = AesGcmParams::new("AES-GCM", &Uint8Array::from(iv).into());
    params.set_additional_data(&Uint8Array::from(bond.as_bytes()).into());
    params
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], VaultError> {
    let mut bytes = [0; BYTES];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(VaultError::Unavailable)?;
    crypto.get_random_values_with_u8_array(&mut bytes).map_err(|_| VaultError::Unavailable)?;
    Ok(bytes)
}

/// Missing on pages that are not secure, whatever its type says.
fn subtle() -> Option<SubtleCrypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    subtle.is_object().then(|| subtle.unchecked_into())
}
