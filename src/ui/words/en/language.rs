//! The choice of the page's language.

/// The language of these words, as the browser names it.
pub const CODE: &str = "en";
/// The choice.
pub const TITLE: &str = "Language";
/// What happens.
pub const WHAT: &str = "The page opens again in the language that you choose; what is open stays.";
/// Every language, in its own name.
pub const ALL: [(&str, &str); 2] = [("en", "English"), ("de", "Deutsch")];
