//! Lines of JSON, pushed in as bytes and handed out whole. A chunk may end inside a character, so a line is kept as
//! bytes until its end. It does not know what a line says.

/// Splits bytes into lines.
#[derive(Debug, Default)]
pub(super) struct LineDecoder {
    line: Vec<u8>,
}

impl LineDecoder {
    /// Takes the next bytes and gives every line that they complete; blank lines are none.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        for &byte in bytes {
            if matches!(byte, b'\n' | b'\r') { lines.extend(self.finish()) } else { self.line.push(byte) }
        }
        lines
    }

    /// The bytes are over: a line whose end is missing still counts.
    pub(super) fn finish(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}
