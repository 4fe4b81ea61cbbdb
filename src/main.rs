//! Mounts the page. Everything it shows lives in the library, so that tests can reach it.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(credence::ui::app::App);
}

/// The page needs a browser; natively only the library is of use.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
