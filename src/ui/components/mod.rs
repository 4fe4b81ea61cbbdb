//! Small pieces that know no run: fields, dialogs, avatars, marks on a line, parts that come in turn, windows of a long list, the
//! bar that begins something. They take plain values and say what was typed or pressed.

mod avatar;
mod dialog;
mod field;
mod meter;
mod qr;
mod run_bar;
mod turns;
mod windows;

pub use avatar::Avatar;
pub use dialog::Dialog;
pub use field::{ChoiceField, TextField};
pub use meter::{Meter, Place};
pub use qr::QrCode;
pub use run_bar::{Press, RunBar, RunBarWords};
pub use turns::{InTurn, Turns};
pub use windows::Windows;
