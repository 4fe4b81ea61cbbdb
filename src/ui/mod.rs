//! THE PAGE: what people see and press. Components show and send commands; runs are decided elsewhere, and what
//! needs no browser (routes, words, formats, the Ask form) also compiles natively, where it is tested.

pub mod chart;
pub mod decision;
pub mod draft;
pub mod evaluation;
pub mod format;
pub mod lesson;
pub mod route;
pub mod rows;
pub mod sliders;
pub mod status;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod components;
#[cfg(target_arch = "wasm32")]
pub mod desk;
#[cfg(target_arch = "wasm32")]
pub mod pages;
#[cfg(target_arch = "wasm32")]
pub mod panels;
