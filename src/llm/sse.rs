//! Server-sent events, pushed in as bytes and handed out as the text of their `data` lines (WHATWG HTML §9.2.6).
//! Event names, ids and retry times are read past: Chat Completions uses none. It does not know what the text is.
//!
//! Why no library: `eventsource-stream` 0.2.3 was tried. It panics on a byte order mark (it cuts one *byte* off a
//! three-byte character), stalls for good on one invalid byte, drops an event whose last newline is missing, and
//! as a `Stream` would need a channel and a waker around every push. Sixty lines do without all four.

/// Splits bytes into events.
#[derive(Debug, Default)]
pub(super) struct SseDecoder {
    /// The line so far: bytes, because a chunk may end inside a character.
    line: Vec<u8>,
    /// The event so far; none until its first `data` line.
    data: Option<String>,
    /// The last byte was CR: a LF that follows belongs to it.
    after_cr: bool,
    /// The first line is over: a byte order mark can no longer come.
    past_first_line: bool,
}

impl SseDecoder {
    /// Takes the next bytes and gives the text of every event that they complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for &byte in bytes {
            let second_half = byte == b'\n' && self.after_cr;
            self.after_cr = byte == b'\r';
            match byte {
                b'\n' if second_half => {}
                b'\n' | b'\r' => events.extend(self.end_line()),
                _ => self.line.push(byte),
            }
        }
        events
    }

    /// The stream is over: an event whose last newline or blank line is missing still counts.
    pub(super) fn finish(&mut self) -> Option<String> {
        self.end_line().or_else(|| self.data.take())
    }

    /// Ends the line and, if it was blank, the event.
    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let mut text = text.as_ref();
        if !std::mem::replace(&mut self.past_first_line, true) {
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        if text.is_empty() {
            return self.data.take();
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stream: &str, expected: &[&str]) {
        // Cut at every byte position, and byte by byte: the events must be the same.
        let bytes = stream.as_bytes();
        for cut in 0..=bytes.len() {
            let mut decoder = SseDecoder::default();
            let mut events = decoder.feed(&bytes[..cut]);
            events.extend(decoder.feed(&bytes[cut..]));
            events.extend(decoder.finish());
            assert_eq!(events, expected, "cut at {cut} of {stream:?}");
        }
        let mut decoder = SseDecoder::default();
        let mut events: Vec<String> = bytes.iter().flat_map(|byte| decoder.feed(&[*byte])).collect();
        events.extend(decoder.finish());
        assert_eq!(events, expected, "byte by byte: {stream:?}");
    }

    #[test]
    fn streams_and_their_events() {
        check("data: a\n\ndata: b\n\n", &["a", "b"]);
        check("data: a\r\n\r\ndata: b\r\rdata: c\n\n", &["a", "b", "c"]);
        check(": hello\n\ndata:a\n: in between\n\n", &["a"]);
        check("data: one\ndata: two\ndata\n\n", &["one\ntwo\n"]);
        check("event: error\nid: 7\nretry: 10\ndata: {}\n\n", &["{}"]);
        check("data: Größe 👍 …\n\n", &["Größe 👍 …"]);
        check("\u{feff}data: a\n\n", &["a"]);
        check("data:  two spaces: kept\n\n", &[" two spaces: kept"]);
        check("data: no blank line\n", &["no blank line"]);
        check("data: no newline", &["no newline"]);
        check("data: b\n\ndata: ends in CR\r", &["b", "ends in CR"]);
        check("", &[]);
        check("\n\n\n: only a comment", &[]);
        check("nonsense without a colon\n\ndataset: 1\n\n", &[]);
    }

    #[test]
    fn invalid_bytes_cost_one_character_and_not_the_stream() {
        let mut decoder = SseDecoder::default();
        let mut events = decoder.feed(b"data: a\xffb\n\n");
        events.extend(decoder.feed(b"data: c\n\n"));
        assert_eq!(events, ["a\u{fffd}b", "c"]);
    }
}
