//! The simulated lab (mechanisms §11): many seeded worlds whose truth is known, a panel with noisy signals of it, and
//! how much of what could be known each way to combine the panel's beliefs finds. Pure, deterministic to the bit, and
//! done in slices, so that a worker of the page and a command line do the same. It knows no run and no page.

pub mod efficiency;
pub mod methods;
pub mod panel;

pub use efficiency::{Figure, Work};
pub use methods::Method;
pub use panel::{Kind, Lab, LabError, shared_weight};
