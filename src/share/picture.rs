//! Pictures that carry their run: the code of its link stands in a text chunk of a PNG, or in the metadata of an SVG.
//! Whoever drops such a picture on the page opens what the link would open. Pictures come from anybody, so reading
//! one never panics; the code is checked when it is opened, as a link's is.

use img_parts::Bytes;
use img_parts::png::{Png, PngChunk};

/// The chunk of a PNG for Latin-1 texts (PNG specification §11.3.3.2: keyword, a zero byte, the text).
const TEXT_CHUNK: [u8; 4] = *b"tEXt";
/// The chunk that ends every PNG.
const END_CHUNK: [u8; 4] = *b"IEND";
/// The text's keyword.
const KEYWORD: &[u8] = b"Credence-Run\0";
/// The beginning of every PNG.
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Where an SVG carries the code.
const SVG_OPENING: &str = "<metadata id=\"credence-run\">";
const SVG_CLOSING: &str = "</metadata>";
/// How far into a text its `<svg` is looked for.
const SVG_WITHIN: usize = 1_024;

/// Why a picture cannot carry a run, or carries none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It ends too early, or a checksum is wrong.
    #[error("this picture is damaged")]
    Damaged,
    /// It is an ordinary picture.
    #[error("this picture holds no run; chats and mail programs that shrink pictures take it out")]
    NoRun,
}

/// Whether a file is a picture of a kind that can carry a run.
pub fn is_picture(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(SVG_WITHIN)];
    bytes.starts_with(PNG_SIGNATURE) || start.windows(4).any(|part| part == b"<svg")
}

/// Puts the code of a link into a PNG.
///
/// # Errors
/// Bytes that are no PNG.
pub fn code_into_png(png: Vec<u8>, code: &str) -> Result<Vec<u8>, PictureError> {
    let mut png = Png::from_bytes(Bytes::from(png)).map_err(|_| PictureError::Damaged)?;
    let chunks = png.chunks_mut();
    let end = chunks.iter().position(|chunk| chunk.kind() == END_CHUNK).unwrap_or(chunks.len());
    chunks.insert(end, PngChunk::new(TEXT_CHUNK, [KEYWORD, code.as_bytes()].concat().into()));
    Ok(png.encoder().bytes().to_vec())
}

/// Puts the code of a link into an SVG, as the first thing in it.
///
/// # Errors
/// Texts without an `<svg …>` element.
pub fn code_into_svg(svg: &str, code: &str) -> Result<String, PictureError> {
    let element = svg.find("<svg").ok_or(PictureError::Damaged)?;
    let inside = element + svg[element..].find('>').ok_or(PictureError::Damaged)? + 1;
    let (head, rest) = svg.split_at(inside);
    Ok(format!("{head}\n{SVG_OPENING}{code}{SVG_CLOSING}{rest}"))
}

/// The code of the link in a picture.
///
/// # Errors
/// Pictures that are damaged or hold none.
pub fn code_in_picture(bytes: &[u8]) -> Result<String, PictureError> {
    if !bytes.starts_with(PNG_SIGNATURE) {
        let text = std::str::from_utf8(bytes).map_err(|_| PictureError::Damaged)?;
        let (_, after) = text.split_once(SVG_OPENING).ok_or(PictureError::NoRun)?;
        return after.split_once(SVG_CLOSING).map(|(code, _)| code.to_owned()).ok_or(PictureError::Damaged);
    }
    let png = Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| PictureError::Damaged)?;
    let code = png.chunks_by_type(TEXT_CHUNK).find_map(|chunk| chunk.contents().strip_prefix(KEYWORD));
    String::from_utf8(code.ok_or(PictureError::NoRun)?.to_vec()).map_err(|_| PictureError::Damaged)
}
