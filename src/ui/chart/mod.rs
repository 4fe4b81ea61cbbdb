//! The price chart: what it shows (`scene`), where things go (`geometry`), how they are drawn (`draw`) and how they
//! sound (`pitch`), and the
//! component that people see and step through. It knows prices and names, no market.

pub mod geometry;
pub mod pitch;
pub mod scene;

#[cfg(target_arch = "wasm32")]
pub mod bars;
#[cfg(target_arch = "wasm32")]
mod draw;
#[cfg(target_arch = "wasm32")]
mod palette;
#[cfg(target_arch = "wasm32")]
mod picture;
#[cfg(target_arch = "wasm32")]
mod redraw;
#[cfg(target_arch = "wasm32")]
pub mod scatter;
#[cfg(target_arch = "wasm32")]
mod sheet;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use palette::Palette;
#[cfg(target_arch = "wasm32")]
pub use picture::Picture;
#[cfg(target_arch = "wasm32")]
pub use view::{PriceChart, point_at};
