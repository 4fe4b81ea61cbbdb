//! What one piece of a reply adds to the answer, whatever the protocol, and the small readings that all of them share.

use serde_json::Value;

use super::chat::TokenLogprobs;

/// The longest reason for an end that is kept, in characters.
const MAX_REASON_CHARS: usize = 60;
/// A count of tokens beyond this is no count.
const MAX_TOKENS: u64 = 1 << 40;

/// What a piece adds to the answer.
#[derive(Debug, Default)]
pub(super) struct Addition {
    pub(super) text: String,
    pub(super) refusal: Option<String>,
    pub(super) finish_reason: Option<String>,
    pub(super) prompt_tokens: Option<u64>,
    pub(super) completion_tokens: Option<u64>,
    pub(super) logprobs: Vec<TokenLogprobs>,
    /// Whether it is a piece of this protocol at all.
    pub(super) recognised: bool,
    /// Whether the answer is complete with it.
    pub(super) ends: bool,
}

/// A reason as it is kept, in the words that OpenAI has for it: `stop`, `length`, `content_filter`; any other as the
/// server says it. An empty one is no reason.
pub(super) fn reason(said: &Value, known: &[(&str, &str)]) -> Option<String> {
    let said = said.as_str().filter(|said| !said.is_empty())?;
    let word = known.iter().find(|(theirs, _)| *theirs == said).map_or(said, |(_, ours)| ours);
    Some(word.chars().take(MAX_REASON_CHARS).collect())
}

/// A count of tokens, unless it is absurd.
pub(super) fn tokens(counts: &Value, name: &str) -> Option<u64> {
    counts.get(name).and_then(Value::as_u64).filter(|&count| count < MAX_TOKENS)
}

/// The sum of those counts that are there, if any is.
pub(super) fn tokens_together(counts: &Value, names: &[&str]) -> Option<u64> {
    names.iter().filter_map(|name| tokens(counts, name)).reduce(|sum, count| sum + count)
}

/// A list's items; none if it is no list.
pub(super) fn items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A text, empty if it is none.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
