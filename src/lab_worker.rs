//! The program of the lab's worker. Everything it does lives in the library.

#[cfg(target_arch = "wasm32")]
fn main() {
    credence::web::lab::serve();
}

/// A worker needs a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
