//! The tables of `./bench efficiency` and `./bench robustness`, natively: `bench_lab efficiency|robustness|analysis [--json]
//! [--robust]`. Seeds are fixed, so the same figures come out everywhere.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and stops at what is impossible"
)]

#[cfg(not(target_arch = "wasm32"))]
mod bench_lab_tables {
    pub mod analysis;
    pub mod efficiency;
    pub mod robustness;
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    match arguments.first().map(String::as_str) {
        Some("efficiency") => bench_lab_tables::efficiency::print(has("--json"), has("--robust")),
        Some("analysis") => bench_lab_tables::analysis::print(has("--json")),
        Some("robustness") => bench_lab_tables::robustness::print(has("--json")),
        _ => {
            println!("usage: bench_lab efficiency|robustness|analysis [--json] [--robust]");
            std::process::exit(2);
        }
    }
}
