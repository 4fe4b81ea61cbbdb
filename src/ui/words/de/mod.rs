//! Every word that the page shows, in German. The reader is addressed with "Sie"; otherwise as in English.

pub mod numbers;

pub use super::en::ask;
pub use super::en::asking;
pub use super::en::audit;
pub use super::en::calls;
pub use super::en::compare;
pub use super::en::comparisons;
pub use super::en::decide;
pub use super::en::decision_memo;
pub use super::en::decisions;
pub use super::en::events;
pub use super::en::examples;
pub use super::en::keys;
pub use super::en::lab;
pub use super::en::learn;
pub use super::en::learned;
pub use super::en::market;
pub use super::en::memo;
pub use super::en::on_device;
pub use super::en::prices;
pub use super::en::providers;
pub use super::en::replies;
pub use super::en::roles;
pub use super::en::runs;
pub use super::en::settings;
pub use super::en::share;
pub use super::en::shell;
pub use super::en::track;
pub use super::en::trade;
pub use super::en::turns;
pub use super::en::verdict;
pub use super::en::watch;
pub use super::en::why;
pub use super::en::why_detail;
pub use super::en::why_rest;
