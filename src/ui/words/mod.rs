//! Every word that the page shows, in one place and in one language: English, or German if the program is built with
//! the feature `german`. Both languages have the same names with the same types, so a translation that lacks one
//! does not compile, and nobody downloads words that they do not read.

#[cfg(feature = "german")]
pub mod de;
pub mod en;

#[cfg(feature = "german")]
pub use de::*;
#[cfg(not(feature = "german"))]
pub use en::*;
