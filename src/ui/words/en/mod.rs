//! Every word that the page shows, in English. Sentence case; no full stop on a single sentence in a label; `…` on
//! buttons that ask for more.

pub mod ask;
pub mod asking;
pub mod audit;
pub mod calls;
pub mod compare;
pub mod comparisons;
pub mod decide;
pub mod decision_memo;
pub mod decisions;
pub mod events;
pub mod examples;
pub mod keys;
pub mod lab;
pub mod learn;
pub mod learned;
pub mod market;
pub mod memo;
pub mod numbers;
pub mod on_device;
pub mod prices;
pub mod providers;
pub mod replies;
pub mod roles;
pub mod runs;
pub mod settings;
pub mod share;
pub mod shell;
pub mod track;
pub mod trade;
pub mod turns;
pub mod verdict;
pub mod watch;
pub mod why;
pub mod why_detail;
pub mod why_rest;
