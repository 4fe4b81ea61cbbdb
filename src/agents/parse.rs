//! From a model's words to a forecast: a tolerant ladder to find the JSON, then checks that are not tolerant at all.
//! What does not hold is named precisely, so that one repair can mend it; nothing is ever guessed. It does not know
//! who said it or what it will be used for.

use serde_json::Value;

use super::quote::is_hidden;
use crate::belief::{Belief, Forecast, MAX_HEADLINE_CHARS};
use crate::llm::ChatReply;
use crate::run::Argument;

/// How far the numbers may miss a sum of 1 (rounding) before they are refused.
const SUM_TOLERANCE: f64 = 0.05;
/// The longest reasoning and piece of evidence kept, in characters, and the most pieces.
const MAX_REASONING_CHARS: usize = 4_000;
const MAX_EVIDENCE_CHARS: usize = 500;
const MAX_EVIDENCE: usize = 10;
/// So many places where an object could begin are tried: replies are not trusted to be short.
const MAX_STARTS: usize = 64;

/// Why a reply gives no forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The model or its provider would not answer; asking again would not help.
    Refused(String),
    /// The reply cannot be read, for this reason: worth one repair.
    Unreadable(String),
}

/// Reads a reply to a question with these outcomes.
///
/// # Errors
/// A refusal, or what is wrong with the reply, phrased so that the model can mend it.
pub fn parse(reply: &ChatReply, outcomes: &[String]) -> Result<Forecast, Unusable> {
    let cut_short = check_reply(reply)?;
    let found = find_object(&reply.text, "beliefs").map_err(|problem| unreadable(cut_short, problem))?;
    forecast(&found, outcomes).map_err(Unusable::Unreadable)
}

/// Reads a reply to somebody who was asked for an argument. Words without any JSON are the argument.
///
/// # Errors
/// A refusal, or what is wrong with the reply.
pub fn parse_argument(reply: &ChatReply) -> Result<Argument, Unusable> {
    let cut_short = check_reply(reply)?;
    let said = reply.text.rsplit_once("</think>").map_or(reply.text.as_str(), |(_, answer)| answer);
    if !said.contains('{') && !said.trim().is_empty() {
        return Ok(Argument { argument: block(said, MAX_REASONING_CHARS), question: String::new() });
    }
    let found = find_object(&reply.text, "argument").map_err(|problem| unreadable(cut_short, problem))?;
    let text = |name: &str, most| found.get(name).and_then(Value::as_str).map(|text| block(text, most));
    let argument = text("argument", MAX_REASONING_CHARS).unwrap_or_default();
    if argument.is_empty() {
        return Err(Unusable::Unreadable("it has no text in the field “argument”".to_owned()));
    }
    Ok(Argument { argument, question: text("question", MAX_EVIDENCE_CHARS).unwrap_or_default() })
}

/// Whether a reply was cut short; refusals are errors.
fn check_reply(reply: &ChatReply) -> Result<bool, Unusable> {
    let finish = reply.finish_reason.as_deref().unwrap_or_default();
    if finish == "content_filter" {
        return Err(Unusable::Refused("the provider's filter withheld the answer".to_owned()));
    }
    if let Some(words) = &reply.refusal {
        return Err(Unusable::Refused(format!("the model refused: “{}”", line(words, 200))));
    }
    let cut_short = finish == "length";
    if reply.text.trim().is_empty() {
        return Err(if cut_short {
            Unusable::Unreadable("the limit of tokens was used up before the answer began".to_owned())
        } else {
            Unusable::Refused("the model gave an empty answer".to_owned())
        });
    }
    Ok(cut_short)
}

fn unreadable(cut_short: bool, problem: String) -> Unusable {
    Unusable::Unreadable(if cut_short {
        "it was cut off by the limit of tokens; write much less".to_owned()
    } else {
        problem
    })
}

/// The ladder: the whole text, a fenced block, the first object anywhere that has what is looked for.
fn find_object(text: &str, key: &str) -> Result<Value, String> {
    // Reasoning models may think aloud first; a draft in their thoughts is not the answer.
    let text = text.rsplit_once("</think>").map_or(text, |(_, answer)| answer).trim();
    let whole = serde_json::from_str::<Value>(text);
    if let Ok(value @ Value::Object(_)) = whole {
        return Ok(value);
    }
    if let Some(value) = fenced(text, key) {
        return Ok(value);
    }
    let starts: Vec<usize> = text.match_indices('{').map(|(start, _)| start).take(MAX_STARTS).collect();
    let objects = starts.iter().filter_map(|&start| object_at(text, start));
    let mut first = None;
    for object in objects {
        if object.get(key).is_some() {
            return Ok(object);
        }
        first.get_or_insert(object);
    }
    match (first, whole) {
        (Some(object), _) => Ok(object),
        (None, Ok(_)) => Err("it is not a JSON object".to_owned()),
        (None, Err(_)) if starts.is_empty() => Err("it contains no JSON object".to_owned()),
        (None, Err(error)) => Err(format!("its JSON cannot be read ({error})")),
    }
}

/// The object of the first fenced block that holds one.
fn fenced(text: &str, key: &str) -> Option<Value> {
    let blocks = text.split("```").skip(1).step_by(2).take(MAX_STARTS);
    blocks
        .filter_map(|block| block.find('{').and_then(|start| object_at(block, start)))
        .find(|object| object.get(key).is_some())
}

/// The object that begins at `start`, whatever follows it.
fn object_at(text: &str, start: usize) -> Option<Value> {
    let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
    values.next()?.ok().filter(Value::is_object)
}

fn forecast(found: &Value, outcomes: &[String]) -> Result<Forecast, String> {
    let text = |name: &str, most| found.get(name).and_then(Value::as_str).map(|text| block(text, most));
    let evidence = found.get("evidence").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let evidence = evidence.iter().filter_map(Value::as_str).map(|piece| line(piece, MAX_EVIDENCE_CHARS));
    let expected = found.get("predicted_mean_of_others").and_then(Value::as_f64);
    Ok(Forecast {
        beliefs: beliefs(found, outcomes)?,
        headline: found
            .get("headline")
            .and_then(Value::as_str)
            .map(|text| line(text, MAX_HEADLINE_CHARS))
            .unwrap_or_default(),
        reasoning: text("reasoning", MAX_REASONING_CHARS).unwrap_or_default(),
        evidence: evidence.filter(|piece| !piece.is_empty()).take(MAX_EVIDENCE).collect(),
        predicted_mean_of_others: expected.filter(|mean| (0.0..=1.0).contains(mean)),
        incoherence: None,
    })
}

/// The numbers: as many as outcomes, each a probability, together 1. A list, or an object by the outcomes' names.
fn beliefs(found: &Value, outcomes: &[String]) -> Result<Belief, String> {
    let count = outcomes.len();
    let items: Vec<&Value> = match found.get("beliefs") {
        None => return Err("it has no field “beliefs”".to_owned()),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(named)) => {
            let by_name: Option<Vec<&Value>> = outcomes.iter().map(|name| named.get(name)).collect();
            let by_name = by_name.filter(|_| named.len() == count);
            by_name.ok_or_else(|| format!("“beliefs” must be a list of {count} numbers"))?
        }
        Some(_) => return Err(format!("“beliefs” must be a list of {count} numbers")),
    };
    if items.len() != count {
        return Err(format!("“beliefs” has {} numbers, not {count}, one for each outcome", items.len()));
    }
    let numbers: Option<Vec<f64>> =
        items.iter().map(|item| item.as_f64().filter(|number| number.is_finite())).collect();
    let numbers = numbers.ok_or_else(|| "“beliefs” must contain numbers only".to_owned())?;
    let sum: f64 = numbers.iter().sum();
    // Probabilities of at most twelve outcomes never sum to near 100: these are percentages.
    let percent = (sum - 100.0).abs() <= 100.0 * SUM_TOLERANCE;
    let most = if percent { 100.0 } else { 1.0 };
    if numbers.iter().any(|number| !(0.0..=most).contains(number)) {
        return Err("every number in “beliefs” must be from 0 to 1".to_owned());
    }
    if !percent && (sum - 1.0).abs() > SUM_TOLERANCE {
        return Err(format!("the numbers in “beliefs” sum to {sum:.3}, not to 1"));
    }
    Belief::from_weights(&numbers).map_err(|error| error.to_string())
}

/// A text on one line, without hidden characters, at most so many characters long.
fn line(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    block(&words.join(" "), most)
}

/// A text without control and hidden characters, at most so many characters long. Line breaks stay, and so do the
/// joiners that Persian, Indic scripts and emoji are written with.
fn block(text: &str, most: usize) -> String {
    let plain = |c: &char| {
        matches!(c, '\n' | '\u{200c}' | '\u{200d}' | '\u{fe0f}') || !(c.is_control() || is_hidden(*c))
    };
    let text: String = text.chars().filter(plain).take(most + 1).collect();
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
