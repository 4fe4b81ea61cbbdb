//! Small pieces that know no run: fields, avatars, disclosures. They take plain values and say what was typed or
//! pressed.

mod avatar;
mod field;

pub use avatar::Avatar;
pub use field::{ChoiceField, TextField};
