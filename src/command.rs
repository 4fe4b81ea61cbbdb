//! The native program `credence`. Everything it does lives in the library.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    credence::cli::main()
}

/// A browser has no command line.
#[cfg(target_arch = "wasm32")]
fn main() {}
