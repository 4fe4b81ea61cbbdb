//! The loop that `./bench lmsr` times, natively and in the browser: purchases of one outcome at a time on an LMSR
//! book, chosen by a 32-bit generator that costs next to nothing. `scripts/bench-lmsr/twin.js` is the same loop in
//! plain JavaScript. Natively it takes the numbers of outcomes and of trades and prints seconds and the checksum.
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // A bench prints, and its native half reads the clock.

use credence::market::{Lmsr, Shares};

/// The liquidity of the market, in units of money.
const LIQUIDITY: f64 = 100.0;

/// Makes `trades` purchases on a fresh market of `outcomes` outcomes and returns the sum of their costs, whose bits
/// are equal wherever the engine is.
fn buy_loop(outcomes: u32, trades: u32) -> f64 {
    let mut book = Lmsr::new(LIQUIDITY, &vec![1.0 / f64::from(outcomes); outcomes as usize]);
    let mut state = 1_u32;
    let mut total = 0.0;
    for _ in 0..trades {
        // Numerical Recipes' generator; the high bits are the good ones.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let outcome = (state >> 16) % outcomes;
        let micros = (state >> 12) + 1;
        total += book.buy(outcome as usize, Shares::from_micros(i64::from(micros)));
    }
    total
}

/// The loop, for the page.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = buyLoop)]
pub fn buy_loop_in_the_page(outcomes: u32, trades: u32) -> f64 {
    buy_loop(outcomes, trades)
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u32>().ok());
    let (Some(outcomes @ 1..), Some(trades)) = (numbers.next(), numbers.next()) else {
        println!("usage: bench_lmsr OUTCOMES TRADES");
        std::process::exit(2);
    };
    // A tenth of the work first: the processor wakes up.
    std::hint::black_box(buy_loop(outcomes, trades / 10));
    let start = std::time::Instant::now();
    let total = buy_loop(outcomes, std::hint::black_box(trades));
    println!("{} {total}", start.elapsed().as_secs_f64());
}
