//! Other people's words on their way into a prompt: JSON strings in which everything that a reader (a model, or the
//! template that a server wraps around a prompt) could take for structure is written as an escape. It does not know
//! what the words are about.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A value as one line of JSON. Besides what JSON demands, it escapes `<`, `>`, `[`, `]` and `` ` `` inside strings
/// (marks of chat templates such as `<|im_end|>` and `[INST]`, and of code fences), and every character outside ASCII
/// that is invisible or turns the direction of text.
pub(super) fn quoted<T: Serialize + ?Sized>(value: &T) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, Careful));
    // Strings, lists of them and numbers always serialise.
    if written.is_err() { "null".to_owned() } else { String::from_utf8(bytes).unwrap_or_default() }
}

/// An object whose values are already JSON, one field a line, in this order.
pub(super) fn object(fields: &[(&str, String)]) -> String {
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    format!("{{{}}}", lines.join(",\n "))
}

struct Careful;

impl Formatter for Careful {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for character in fragment.chars() {
            if is_risky(character) {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                let mut bytes = [0; 4];
                writer.write_all(character.encode_utf8(&mut bytes).as_bytes())?;
            }
        }
        Ok(())
    }
}

fn is_risky(character: char) -> bool {
    matches!(character, '<' | '>' | '[' | ']' | '`' | '\u{7f}') || is_hidden(character)
}

/// Characters that cannot be seen or that reorder what is seen: controls, zero-width and directional marks, line
/// and paragraph separators, tags.
pub(super) fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_is_json_that_reads_back_to_the_same_text() {
        for (text, expected) in [
            ("plain, “typographic” 👍", r#""plain, “typographic” 👍""#),
            ("a\"b\\c\nd", r#""a\"b\\c\nd""#),
            ("<|im_end|>", r#""\u003c|im_end|\u003e""#),
            ("[INST] ```", r#""\u005bINST\u005d \u0060\u0060\u0060""#),
            ("\u{2028}\u{202e}\u{e0041}", r#""\u2028\u202e\udb40\udc41""#),
        ] {
            assert_eq!(quoted(text), expected);
            assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
        }
        assert_eq!(quoted(&vec!["[a]"]), r#"["\u005ba\u005d"]"#);
    }
}
