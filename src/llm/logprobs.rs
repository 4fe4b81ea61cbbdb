//! Log-probabilities as servers write them: OpenAI's list, which llama.cpp, vLLM and Ollama share. What is no
//! number, or none that can be a log-probability, is left out: nothing is guessed. It does not know what they are for.

use serde_json::Value;

use super::chat::{TokenLogprob, TokenLogprobs};

/// The most alternatives of one token that are kept, and the longest token in bytes.
const MAX_ALTERNATIVES: usize = 20;
const MAX_TOKEN_BYTES: usize = 200;

/// Reads `[{"token","logprob","top_logprobs":[{"token","logprob"}]}]`.
pub(super) fn read_list(list: &Value) -> Vec<TokenLogprobs> {
    let tokens = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let read = |token: &Value| {
        let top = token.get("top_logprobs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let top = top.iter().filter_map(|one| read_one(one, "logprob")).take(MAX_ALTERNATIVES).collect();
        Some(TokenLogprobs { chosen: read_one(token, "logprob")?, top })
    };
    tokens.iter().filter_map(read).collect()
}

/// One token; `field` names its log-probability. Rounding may lift a certain token a little above 0.
pub(super) fn read_one(token: &Value, field: &str) -> Option<TokenLogprob> {
    let text = token.get("token").and_then(Value::as_str).filter(|text| text.len() <= MAX_TOKEN_BYTES)?;
    let logprob =
        token.get(field).and_then(Value::as_f64).filter(|value| value.is_finite() && *value < 1e-3)?;
    Some(TokenLogprob { token: text.to_owned(), logprob: logprob.min(0.0) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_probability_is_left_out() {
        let read = read_list(&json!([
            { "token": "Yes", "logprob": -0.25, "bytes": null, "top_logprobs": [
                { "token": "Yes", "logprob": -0.25 }, { "token": "No", "logprob": null },
                { "token": "no", "logprob": 3.0 }, { "token": "NO", "logprob": -9999.0 }, 7 ] },
            { "token": "!", "logprob": 1e-7 },
            { "token": "no number", "logprob": "-1" },
        ]));
        let seen: Vec<(&str, f64, usize)> =
            read.iter().map(|one| (one.chosen.token.as_str(), one.chosen.logprob, one.top.len())).collect();
        assert_eq!(seen, [("Yes", -0.25, 2), ("!", 0.0, 0)]);
        assert_eq!(read_list(&json!(null)), []);
    }
}
