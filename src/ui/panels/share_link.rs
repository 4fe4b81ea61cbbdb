//! A link that is ready: to be copied, with what is inside and through what it fits. It knows no run.

use leptos::prelude::*;

use crate::share::Carrier;
use crate::ui::components::QrCode;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::words::share as words;
use crate::web;

const FIELD: &str = "[data-testid='share-link']";

/// The link and what there is to know about it.
#[component]
pub fn ShareLink(
    /// The whole link.
    address: String,
    /// What others will read.
    inside: Vec<String>,
    /// What is said if no carrier takes it.
    too_long: &'static str,
    /// What is said beside it, in a part of its own.
    #[prop(optional)]
    aside: Option<AnyView>,
) -> impl IntoView {
    let desk = use_desk();
    let copied = RwSignal::new(None::<bool>);
    let chars = address.chars().count();
    let address = StoredValue::new(address);
    let copy = move |_| copy_from(FIELD, address.get_value(), copied, desk);
    let carriers = Carrier::ALL.map(|carrier| {
        let fits = carrier.carries(chars);
        let filled = (chars * 100).div_ceil(carrier.limit_chars()).min(100);
        view! {
            <li class="carrier" class:carrier-full=!fits>
                <span>{words::carrier(carrier)}</span>
                <span class="carrier-bar" aria-hidden="true"><i style:width=move || format!("{filled}%")></i></span>
                <b>{words::fits(fits)}</b>
            </li>
        }
    });
    let inside = inside.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <div class="share-link">
            <label for="share-link">{words::LINK}</label>
            <input id="share-link" type="text" readonly data-testid="share-link" value=address.get_value()
                on:focus=move |_| web::page::select_all(FIELD) />
            <button type="button" class="button button-primary" data-testid="share-copy" on:click=copy>
                {move || if copied.get() == Some(true) { words::COPIED } else { words::COPY }}
            </button>
        </div>
        {move || (copied.get() == Some(false)).then(|| view! { <p class="hint">{words::COPY_BY_HAND}</p> })}
        {(!Carrier::Browser.carries(chars)).then(|| view! { <p class="notice">{too_long}</p> })}
        <div class="share-facts">
            <section>
                <h3>{words::INSIDE}</h3>
                <ul class="event-list">{inside}</ul>
            </section>
            {aside}
            <section>
                <h3>{words::FITS}</h3>
                <p class="number" data-testid="share-length">{words::length(chars)}</p>
                <ul class="carriers">{carriers}</ul>
            </section>
        </div>
    }
}

/// Copies what a field holds; where the browser does not let the page, it selects it for a person to copy.
pub(super) fn copy_from(field: &'static str, text: String, copied: RwSignal<Option<bool>>, desk: Desk) {
    web::spawn(async move {
        let done = web::save::copy_text(&text).await;
        if !done {
            web::page::select_all(field);
        }
        copied.try_set(Some(done));
        desk.announce(if done { words::COPIED } else { words::COPY_BY_HAND });
    });
}

/// The link as a code to scan.
#[component]
pub fn ShareQr(
    /// The whole link.
    address: String,
    /// What is said if it is too long.
    too_long: &'static str,
    /// What is said if it is dense.
    dense: &'static str,
) -> impl IntoView {
    let is_dense = address.chars().count() > words::QR_EASY_CHARS;
    view! {
        <p class="hint">{words::QR_WHAT}</p>
        <QrCode address alt=words::QR_ALT fallback=too_long test_id="share-qr-code" />
        {is_dense.then(|| view! { <p class="hint">{dense}</p> })}
    }
}

/// One way to pass something on, made only when somebody opens it.
#[component]
pub fn ShareWay(
    /// What it is called.
    name: &'static str,
    /// Its name for tests.
    test_id: &'static str,
    /// Makes it.
    made: impl Fn() -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details class="disclosure" data-testid=test_id on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary>{name}</summary>
            {move || open.get().then(|| view! { <div class="share-way">{made()}</div> })}
        </details>
    }
}
