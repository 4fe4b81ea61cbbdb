//! Small pieces that know no run: fields, avatars, marks on a line, parts that come in turn. They take plain values and say what was typed or
//! pressed.

mod avatar;
mod field;
mod meter;
mod qr;
mod turns;

pub use avatar::Avatar;
pub use field::{ChoiceField, TextField};
pub use meter::{Meter, Place};
pub use qr::QrCode;
pub use turns::{InTurn, Turns};
