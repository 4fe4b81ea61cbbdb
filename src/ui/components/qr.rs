//! A QR code: always dark on light, as cameras want it.

use leptos::prelude::*;

use crate::share::qr_squares;

/// The QR code of an address; `fallback` says what to do if the address is too long for one.
#[component]
pub fn QrCode(
    /// What it leads to.
    address: String,
    /// What it is, for those who do not see it.
    alt: &'static str,
    /// What is said if it cannot be drawn.
    fallback: &'static str,
    /// Its name for tests.
    test_id: &'static str,
) -> impl IntoView {
    let Some(squares) = qr_squares(&address) else {
        return view! { <p class="notice">{fallback}</p> }.into_any();
    };
    view! {
        <svg class="qr" data-testid=test_id role="img" aria-label=alt shape-rendering="crispEdges"
            viewBox=format!("0 0 {0} {0}", squares.edge)>
            <path d=squares.path />
        </svg>
    }
    .into_any()
}
