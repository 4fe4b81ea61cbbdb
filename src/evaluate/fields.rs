//! The values of a row, read as what they should be: JSON has types and CSV has only texts, and both must come to the
//! same. What cannot be read is an error with the column's name.

use serde_json::{Map, Value};

use super::question::Unfit;

/// The values of a row.
pub(super) struct Fields<'a>(pub(super) &'a Map<String, Value>);

impl Fields<'_> {
    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A value as it is.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A text that is not empty; numbers count as texts.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = match self.value(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A text that must be there.
    pub(super) fn needed(&self, name: &str) -> Result<String, Unfit> {
        self.text(name).ok_or_else(|| Unfit::Missing(name.to_owned()))
    }

    /// Yes or no.
    pub(super) fn truth(&self, name: &str) -> Result<bool, Unfit> {
        let value = self.value(name).filter(|value| !value.is_null());
        let value = value.ok_or_else(|| Unfit::Missing(name.to_owned()))?;
        truth(value).ok_or_else(|| Unfit::NotA(name.to_owned(), "yes or no"))
    }

    /// A finite number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
        .filter(|number: &f64| number.is_finite())
    }

    /// Which of `outcomes` the answer is: its text, its letter, or its place from 0; in this order, so that a text that
    /// is also a number means itself.
    pub(super) fn answer(&self, name: &str, outcomes: &[String]) -> Result<usize, Unfit> {
        let said = match self.value(name) {
            Some(Value::Array(list)) if list.len() == 1 => list[0].clone(),
            Some(value) => value.clone(),
            None => Value::Null,
        };
        let said = match said {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
            _ => return Err(Unfit::Missing(name.to_owned())),
        };
        let by_text = outcomes.iter().position(|outcome| outcome.trim().eq_ignore_ascii_case(&said));
        let by_letter = || match said.as_bytes() {
            [letter] if letter.is_ascii_uppercase() => Some(usize::from(letter - b'A')),
            _ => None,
        };
        let by_place = || said.parse::<usize>().ok();
        let found = by_text.or_else(by_letter).or_else(by_place).filter(|&place| place < outcomes.len());
        found.ok_or(Unfit::UnknownAnswer(said))
    }
}

/// A value that means yes or no.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::Number(number) => match number.as_f64()? {
            1.0 => Some(true),
            0.0 => Some(false),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" | "1.0" | "y" => Some(true),
            "no" | "false" | "0" | "0.0" | "n" => Some(false),
            _ => None,
        },
        // Inspect allows a list of targets; one of them is one.
        Value::Array(list) => match list.as_slice() {
            [one] => truth(one),
            _ => None,
        },
        _ => None,
    }
}

/// A list of texts: JSON, or a text that is JSON, or one whose parts stand between `;` or `|`.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => list.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        Value::String(text) => {
            if let Ok(list @ Value::Array(_)) = serde_json::from_str(text) {
                return texts(&list);
            }
            let sign = if text.contains('|') { '|' } else { ';' };
            let parts = text.split(sign).map(|part| part.trim().to_owned());
            Some(parts.filter(|part| !part.is_empty()).collect())
        }
        _ => None,
    }
}

/// Lettered choices: a list of `{"label", "text"}`, or `{"label": […], "text": […]}`.
pub(super) fn choices(value: &Value) -> Option<Vec<(String, String)>> {
    let text = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
    match value {
        Value::Array(list) => list
            .iter()
            .map(|choice| Some((text(choice.get("label")?)?, text(choice.get("text")?)?)))
            .collect(),
        Value::Object(columns) => {
            let (labels, choices) = (texts(columns.get("label")?)?, texts(columns.get("text")?)?);
            (labels.len() == choices.len()).then(|| labels.into_iter().zip(choices).collect())
        }
        Value::String(text) => serde_json::from_str::<Value>(text).ok().as_ref().and_then(choices),
        _ => None,
    }
}
