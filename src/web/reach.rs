//! Evidence about a server that could not be called: what a page can find out on the side. It asks the server once
//! more, in the mode whose answer no page may read, without a key, and asks the browser what it allows. What follows
//! from that is decided in `session`.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode};

use crate::llm::{BaseUrl, Network};
use crate::session::{Evidence, Permission, diagnose::Security};

/// So long a server may take to answer at all.
const PATIENCE_MILLIS: u32 = 6_000;
/// The event by which a browser says that a policy of the page stopped something.
const VIOLATION: &str = "securitypolicyviolation";

/// Hears of calls that the page's policy stops, as long as it lives.
pub struct PolicyWatch {
    stopped: Rc<Cell<bool>>,
    heard: Closure<dyn FnMut(web_sys::Event)>,
}

impl PolicyWatch {
    /// Listens from now on.
    pub fn start() -> Self {
        let stopped = Rc::new(Cell::new(false));
        let hears = Rc::clone(&stopped);
        let heard = Closure::new(move |event: web_sys::Event| {
            // Other violations have nothing to do with calls.
            let directive = js_sys::Reflect::get(&event, &"effectiveDirective".into());
            let directive = directive.ok().and_then(|directive| directive.as_string()).unwrap_or_default();
            hears.set(hears.get() || directive.starts_with("connect-src"));
        });
        if let Some(document) = document() {
            // Fails in no browser.
            let _ = document.add_event_listener_with_callback(VIOLATION, heard.as_ref().unchecked_ref());
        }
        Self { stopped, heard }
    }
}

impl Drop for PolicyWatch {
    fn drop(&mut self) {
        if let Some(document) = document() {
            let _ =
                document.remove_event_listener_with_callback(VIOLATION, self.heard.as_ref().unchecked_ref());
        }
    }
}

/// What can be found out about a server that could not be called.
pub async fn evidence(address: &BaseUrl, policy: &PolicyWatch) -> Evidence {
    let answers = answers(address).await;
    let window = web_sys::window();
    let protocol = window.as_ref().and_then(|window| window.location().protocol().ok()).unwrap_or_default();
    Evidence {
        online: window.as_ref().is_none_or(|window| window.navigator().on_line()),
        security: match protocol.as_str() {
            "https:" => Security::Encrypted,
            _ if window.is_some_and(|window| window.is_secure_context()) => Security::Trusted,
            _ => Security::Plain,
        },
        page: super::page::network(),
        permission: permission(address.network()).await,
        answers,
        policy_blocked: policy.stopped.get(),
    }
}

/// Whether anything answers there. The answer itself is opaque: neither its status nor a word of it can be read.
async fn answers(address: &BaseUrl) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let call = RequestInit::new();
    call.set_method("GET");
    call.set_mode(RequestMode::NoCors);
    call.set_cache(RequestCache::NoStore);
    call.set_credentials(RequestCredentials::Omit);
    call.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let asked = window.fetch_with_str_and_init(&format!("{}/", address.origin()), &call);
    let mut asked = JsFuture::from(asked).fuse();
    let mut patience = TimeoutFuture::new(PATIENCE_MILLIS).fuse();
    futures_util::select_biased! {
        answer = asked => answer.is_ok(),
        () = patience => false,
    }
}

/// Whether the browser lets the page into a network of the person. Its permissions have had several names, and a
/// browser that does not know one throws.
pub async fn permission(network: Network) -> Permission {
    let names = match network {
        Network::Loopback => ["loopback-network", "local-network-access"],
        Network::Private => ["local-network", "local-network-access"],
        Network::Public => return Permission::Granted,
    };
    for name in names {
        match query(name).await.as_deref() {
            Some("granted") => return Permission::Granted,
            Some("denied") => return Permission::Denied,
            Some(_) => return Permission::Prompt,
            None => {}
        }
    }
    Permission::Unknown
}

/// The state of a permission that `web-sys` has no name for.
async fn query(name: &str) -> Option<String> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let permissions = js_sys::Reflect::get(&navigator, &"permissions".into()).ok()?;
    let query =
        js_sys::Reflect::get(&permissions, &"query".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    let wanted = js_sys::Object::new();
    js_sys::Reflect::set(&wanted, &"name".into(), &name.into()).ok()?;
    let asked = query.call1(&permissions, &wanted).ok()?.dyn_into::<js_sys::Promise>().ok()?;
    let status = JsFuture::from(asked).await.ok()?;
    js_sys::Reflect::get(&status, &"state".into()).ok()?.as_string()
}

fn document() -> Option<web_sys::Document> {
    web_sys::window().and_then(|window| window.document())
}
