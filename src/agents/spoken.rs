//! What a model is saying while its answer is still on its way: the readable words of unfinished JSON, for the agent's
//! row on the page. Nothing is decided on it; the answer is read by `parse` when it is whole.

/// The headline and the reasoning so far; the text itself if the model does not write JSON; nothing while only numbers
/// have come.
pub fn spoken(partial: &str) -> String {
    let words: Vec<String> =
        ["headline", "reasoning"].iter().filter_map(|field| text_of(partial, field)).collect();
    if words.is_empty() && !partial.contains('{') { partial.trim().to_owned() } else { words.join("\n") }
}

/// The text of a string field, as far as it has come.
fn text_of(partial: &str, field: &str) -> Option<String> {
    let name = format!("\"{field}\"");
    let after = &partial[partial.find(&name)? + name.len()..];
    let text = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let end = end_of_string(text);
    // An escape may be half here: take less until it reads.
    let mut ends = (0..=end).rev().filter(|&end| text.is_char_boundary(end)).take(LONGEST_ESCAPE);
    let read = |end: usize| serde_json::from_str::<String>(&format!("\"{}\"", &text[..end])).ok();
    ends.find_map(read).filter(|words| !words.is_empty())
}

/// Two halves of a surrogate pair, `\uXXXX\uXXXX`, and one step more.
const LONGEST_ESCAPE: usize = 13;

/// Where the string ends: at its closing quote, or where the text does.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if !escaped => return place,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_unfinished_json() {
        let whole = r#"{"beliefs":[0.7,0.3],"headline":"Say \"yes\" 👍\ud83d\ude00","reasoning":"one\ntwo","evidence":[]}"#;
        assert_eq!(spoken(whole), "Say \"yes\" 👍😀\none\ntwo");
        for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
            let words = spoken(&whole[..end]);
            assert!("Say \"yes\" 👍😀\none\ntwo".starts_with(&words), "{end}: {words:?}");
        }
        assert_eq!(spoken(r#"{"beliefs":[0.7,"#), "");
        assert_eq!(spoken("Well, I think"), "Well, I think");
        assert_eq!(spoken(r#"{"headline": 7, "reasoning" : "x"#), "x");
    }
}
