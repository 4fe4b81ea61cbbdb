//! Decodes the bytes of a reply in every way in which they can arrive: whole, cut at every byte position, byte by byte.
//! What comes of them must always be the same.
#![allow(dead_code, reason = "each test uses its part")]

use credence::llm::{CallError, ChatDecoder, ChatReply, Delta, Protocol, Secret};

/// The key of the calls whose replies are decoded.
pub const KEY: &str = "sk-test-0123456789";

/// The words as they came, and how the reply ended.
pub type Decoded = (String, Result<ChatReply, CallError>);

/// Decodes these chunks.
pub fn decode<'a>(protocol: Protocol, chunks: impl IntoIterator<Item = &'a [u8]>) -> Decoded {
    let mut decoder = ChatDecoder::new(protocol, Secret::new(KEY));
    let mut words = String::new();
    let mut on = |delta: Delta<'_>| {
        if let Delta::Words(text) = delta {
            words.push_str(text);
        }
    };
    for chunk in chunks {
        if let Err(error) = decoder.feed(chunk, &mut on) {
            return (words, Err(error));
        }
    }
    let reply = decoder.finish(&mut on);
    (words, reply)
}

/// Decodes a reply in every way; all must agree.
pub fn decoded(protocol: Protocol, stream: &str) -> Decoded {
    let bytes = stream.as_bytes();
    let whole = decode(protocol, [bytes]);
    for cut in 0..=bytes.len() {
        assert_eq!(decode(protocol, [&bytes[..cut], &bytes[cut..]]), whole, "cut at {cut} of {stream:?}");
    }
    assert_eq!(decode(protocol, bytes.chunks(1)), whole, "byte by byte: {stream:?}");
    whole
}
