//! Signing in at OpenRouter without pasting a key (OAuth with PKCE, S256): the page leaves with a challenge and comes
//! back with a code, which only the secret behind that challenge turns into a key. The secret waits in this tab's
//! session storage; code and secret are gone from there and from the address before anything else happens. It does
//! not know what becomes of the key.

use base64ct::{Base64UrlUnpadded, Encoding};
use futures_util::FutureExt;
use gloo_net::http::RequestBuilder;
use gloo_timers::future::TimeoutFuture;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestCredentials, RequestMode, RequestRedirect};

use crate::llm::{BaseUrl, CallError, Secret};

/// Where one signs in.
const SIGN_IN: &str = "https://openrouter.ai/auth";
/// Where a code becomes a key.
const KEYS: &str = "https://openrouter.ai/api/v1/auth/keys";
/// Under which name the secret waits.
const PENDING: &str = "credence/sign-in";
/// So long the exchange may take.
const PATIENCE_MILLIS: u32 = 30_000;
/// The longest code that is taken.
const MAX_CODE_BYTES: usize = 2_000;

/// A sign-in that has begun: the secret, and which connection it is for.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    verifier: String,
    /// The connection's number.
    pub connection: u32,
    /// What it is to be called.
    pub name: String,
    /// Its model.
    pub model: String,
}

/// What the address said when the page was opened on the way back.
pub enum Return {
    /// A code, and the sign-in that it belongs to.
    Code(Code, Pending),
    /// OpenRouter says no, for this reason.
    Refused(String),
    /// A code came that this tab did not ask for.
    Unasked,
    /// The person came back without an answer.
    Abandoned,
}

/// A code. It has no `Debug` form.
pub struct Code(String);

/// Why signing in failed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// WebCrypto is there for pages over https and from this machine only.
    #[error("Signing in needs a page that came over https or from this machine")]
    NoCrypto,
    /// The secret cannot be kept for the way back.
    #[error("This browser does not let the page store anything, so it could not find its way back")]
    NoStorage,
    /// The exchange failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The answer has no key in it.
    #[error("OpenRouter answered without a key")]
    NoKey,
}

/// Leaves for OpenRouter; on success the page is gone.
///
/// # Errors
/// No WebCrypto, no storage.
pub async fn leave(connection: u32, name: String, model: String) -> Result<(), SignInError> {
    let window = web_sys::window().ok_or(SignInError::NoCrypto)?;
    let crypto = window.crypto().map_err(|_| SignInError::NoCrypto)?;
    let mut bytes = [0_u8; 32];
    crypto.get_random_values_with_u8_array(&mut bytes).map_err(|_| SignInError::NoCrypto)?;
    let verifier = Base64UrlUnpadded::encode_string(&bytes);
    // Without a secure context there is no `subtle`, and asking it would panic.
    if !window.is_secure_context() {
        return Err(SignInError::NoCrypto);
    }
    let digest = crypto.subtle().digest_with_str_and_u8_array("SHA-256", verifier.as_bytes());
    let digest = JsFuture::from(digest.map_err(|_| SignInError::NoCrypto)?).await;
    let digest = js_sys::Uint8Array::new(&digest.map_err(|_| SignInError::NoCrypto)?).to_vec();
    let challenge = Base64UrlUnpadded::encode_string(&digest);
    let pending = Pending { verifier, connection, name, model };
    let text = serde_json::to_string(&pending).map_err(|_| SignInError::NoStorage)?;
    let storage = storage().ok_or(SignInError::NoStorage)?;
    storage.set_item(PENDING, &text).map_err(|_| SignInError::NoStorage)?;
    let location = window.location();
    let home =
        format!("{}{}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    let home: String = js_sys::encode_uri_component(&home).into();
    let target =
        format!("{SIGN_IN}?callback_url={home}&code_challenge={challenge}&code_challenge_method=S256");
    location.assign(&target).map_err(|_| SignInError::NoStorage)
}

/// Looks at the address with which the page was opened. Whatever a sign-in left there is taken out of address and
/// history, and the secret out of storage, before this returns; the page then stands at `fragment`.
pub fn returned(fragment: &str) -> Option<Return> {
    let window = web_sys::window()?;
    let query = window.location().search().unwrap_or_default();
    let parameters = web_sys::UrlSearchParams::new_with_str(&query).ok()?;
    let pending = take_pending();
    let (code, error) = (parameters.get("code"), parameters.get("error"));
    if code.is_none() && error.is_none() {
        return pending.map(|_| Return::Abandoned);
    }
    let path = window.location().pathname().unwrap_or_default();
    if let Ok(history) = window.history() {
        // Fails for addresses of other origins only.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}#{fragment}")));
    }
    Some(match (code, pending) {
        (Some(code), Some(pending)) if code.len() <= MAX_CODE_BYTES => Return::Code(Code(code), pending),
        (Some(_), _) => Return::Unasked,
        (None, _) => {
            let why = parameters.get("error_description").or(error).unwrap_or_default();
            Return::Refused(why.chars().filter(|c| !c.is_control()).take(200).collect())
        }
    })
}

/// Turns a code into a key.
///
/// # Errors
/// OpenRouter refuses or cannot be reached.
pub async fn exchange(code: Code, pending: &Pending) -> Result<Secret, SignInError> {
    let body = serde_json::json!({
        "code": code.0, "code_verifier": pending.verifier, "code_challenge_method": "S256",
    });
    let work = async {
        let request = RequestBuilder::new(KEYS)
            .method(gloo_net::http::Method::POST)
            .mode(RequestMode::Cors)
            .cache(RequestCache::NoStore)
            .credentials(RequestCredentials::Omit)
            .redirect(RequestRedirect::Error)
            .header("content-type", "application/json")
            .body(body.to_string());
        let response =
            request.map_err(|_| CallError::Network)?.send().await.map_err(|_| CallError::Network)?;
        let text = response.text().await.map_err(|_| CallError::Cut)?;
        if !response.ok() {
            // The server's words might repeat the code: it is taken out like a key.
            let secret = Secret::new(&code.0);
            return Err(CallError::from_response(response.status(), &text, None, &secret).into());
        }
        let key = serde_json::from_str::<Exchanged>(&text).map_err(|_| SignInError::NoKey)?.key;
        if key.trim().is_empty() { Err(SignInError::NoKey) } else { Ok(Secret::new(&key)) }
    };
    let mut work = Box::pin(work.fuse());
    let mut patience = TimeoutFuture::new(PATIENCE_MILLIS).fuse();
    futures_util::select_biased! {
        done = work => done,
        () = patience => Err(CallError::TotalTimeout { seconds: u64::from(PATIENCE_MILLIS) / 1_000 }.into()),
    }
}

#[derive(Deserialize)]
struct Exchanged {
    key: String,
}

/// Where the key is good for.
pub fn address() -> Option<BaseUrl> {
    BaseUrl::parse(crate::llm::Provider::by_id("openrouter").base_url).ok()
}

fn take_pending() -> Option<Pending> {
    let storage = storage()?;
    let text = storage.get_item(PENDING).ok().flatten()?;
    let _ = storage.remove_item(PENDING);
    serde_json::from_str(&text).ok()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window().and_then(|window| window.session_storage().ok().flatten())
}
