//! Run ↔ file and run ↔ link. Pure: it knows no browser, and none of its types has a field that could hold a key, an
//! endpoint or a header, so none can leave with a run.

mod bounded;
pub mod contents;
pub mod file;
pub mod link;
mod pack;
mod predictor;
mod reduce;
mod strict_json;
mod wire;

pub use contents::{Carrier, Contents};
pub use file::{FileError, file_name, read_file, write_file};
pub use link::{Decoding, Encoding, LINK_VERSION, LinkError, MAX_LINK_CHARS, decode, encode};
pub use reduce::{reduce, tiers};
