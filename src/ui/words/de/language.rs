//! The choice of the page's language, in German.

pub use crate::ui::words::en::language::ALL;

/// The language of these words, as the browser names it.
pub const CODE: &str = "de";
/// The choice.
pub const TITLE: &str = "Sprache";
/// What happens.
pub const WHAT: &str = "Die Seite öffnet sich neu in der gewählten Sprache; was offen ist, bleibt.";
