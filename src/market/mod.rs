//! THE MECHANISM: outcomes, amounts, cost functions, the maker's ledger, trades and settlement.
//! Pure and deterministic to the bit; it knows no belief, no agent, no clock and no run.

pub mod book;
pub mod cost_function;
pub mod cpmm;
pub mod ledger;
pub mod lmsr;
pub mod ls_lmsr;
pub mod market_maker;
pub mod math;
pub mod pm_amm;
pub mod quadratic;
pub mod quantity;
pub mod settlement;
pub mod trade;

pub use book::{Book, Maker};
pub use cost_function::CostFunction;
pub use cpmm::Cpmm;
pub use ledger::{Account, Ledger};
pub use lmsr::Lmsr;
pub use ls_lmsr::LsLmsr;
pub use market_maker::MarketMaker;
pub use pm_amm::PmAmm;
pub use quadratic::Quadratic;
pub use quantity::{Cash, MICROS, QuantityError, Shares};
pub use settlement::Settlement;
pub use trade::{Order, OrderError, Quote, Trade, largest_move};

/// The fewest outcomes a question has.
pub const MIN_OUTCOMES: usize = 2;
/// The most outcomes a question has.
pub const MAX_OUTCOMES: usize = 12;
