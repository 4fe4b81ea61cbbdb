//! Run ↔ file, run ↔ link, results of an evaluation ↔ link, pictures and tables of runs. Pure: it knows no browser, and none of its types has a field that could hold a key, an
//! endpoint or a header, so none can leave with a run.

mod bounded;
mod class;
pub mod contents;
pub mod file;
pub mod link;
mod pack;
pub mod picture;
mod predictor;
mod qr;
mod reduce;
mod results;
#[cfg(test)]
mod results_tests;
mod strict_json;
mod table;
mod wire;

pub use class::{Ballot, ClassError, ClassQuestion, Collected, collect};
pub use contents::{Carrier, Contents};
pub use file::{FileError, MAX_FILE_BYTES, file_name, file_name_as, read_file, write_file};
pub use link::{
    Decoding, Encoding, LINK_VERSION, LinkError, LinkedRun, MAX_LINK_CHARS, decode, decode_linked, encode,
    encode_linked,
};
pub use picture::{PictureError, code_in_picture, code_into_png, code_into_svg, is_picture};
pub use qr::{QrSquares, qr_squares};
pub use reduce::{reduce, tiers};
pub use results::{ResultsDecoding, ResultsEncoding, decode_results, encode_results};
pub use table::csv_table;
