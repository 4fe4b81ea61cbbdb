//! A link as a QR code: squares to draw, no picture format.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules that must surround the code (ISO/IEC 18004 §9.1).
const QUIET: i32 = 4;

/// The squares of a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrSquares {
    /// Modules along an edge, the quiet zone included.
    pub edge: u32,
    /// The dark modules as the data of an SVG path, one unit a module.
    pub path: String,
}

/// The QR code of a text; `None` if it is longer than one can hold (2,953 bytes).
pub fn qr_squares(text: &str) -> Option<QrSquares> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            // One rectangle a run of dark modules: no hairlines between them, and a short text.
            let run = (x..size).take_while(|&x| code.get_module(x, y)).count();
            if run > 0 {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    Some(QrSquares { edge: (size + 2 * QUIET).unsigned_abs(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finders_and_its_quiet_zone() {
        let squares = qr_squares("https://example.org/#/r/1.abc").unwrap();
        // Version 3 (29 modules) holds 53 bytes at the lowest level; version 2 only 32.
        assert_eq!(squares.edge, 25 + 8);
        assert!(squares.path.starts_with("M4 4h7v1h-7z"), "the finder's upper edge: {}", squares.path);
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert!(qr_squares(&"a".repeat(2_953)).is_some());
        assert_eq!(qr_squares(&"a".repeat(2_954)), None);
    }
}
