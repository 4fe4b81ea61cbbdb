//! One module a page. A page arranges panels; it decides nothing.

pub mod ask;
pub mod audit;
pub mod class;
pub mod compare;
pub mod decide;
pub mod evaluate;
pub mod lab;
pub mod learn;
pub mod not_found;
mod price_editor;
pub mod runs;
pub mod settings;
pub mod shared;
pub mod watch;
pub mod why;
