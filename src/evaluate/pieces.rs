//! JSON lists that are read entry by entry, so that a page can breathe in between: a list of ten thousand rows would
//! otherwise be one long piece of work. It does not know what the entries are.

use serde::de::{DeserializeOwned, IgnoredAny};

/// The entries of a list, wherever it stands in its text.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    /// How far it is read, in bytes.
    at: usize,
    begun: bool,
    is_over: bool,
}

/// Where a text ceases to be JSON, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// The character of that line, in bytes, from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
}

impl<'a> Pieces<'a> {
    /// The list whose `[` stands at `at`.
    pub fn at(text: &'a str, at: usize) -> Self {
        Self { text, at: at + 1, begun: false, is_over: false }
    }

    /// The next entry; `None` behind the last, and behind the first place that is no JSON.
    pub fn next_entry<T: DeserializeOwned>(&mut self) -> Option<Result<T, Broken>> {
        if self.is_over {
            return None;
        }
        match self.advance() {
            Ok(None) => {
                self.is_over = true;
                None
            }
            Ok(Some(entry)) => Some(Ok(entry)),
            Err(broken) => {
                self.is_over = true;
                Some(Err(broken))
            }
        }
    }

    fn advance<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Broken> {
        self.at = skip_space(self.text, self.at);
        let sign = self.text.as_bytes().get(self.at).copied();
        if sign == Some(b']') {
            self.at += 1;
            return Ok(None);
        }
        if self.begun {
            if sign != Some(b',') {
                return Err(broken(self.text, self.at, "a comma or the end of the list is missing"));
            }
            self.at += 1;
        }
        self.begun = true;
        value(self.text, &mut self.at).map(Some)
    }

    /// Where it is over: behind its `]`, once the last entry is read.
    pub fn end(&self) -> usize {
        self.at
    }
}

/// Where the first list stands that a JSON object holds under one of these names; `None` if it holds none.
///
/// # Errors
/// The text is no JSON object before such a list comes.
pub fn list_in(text: &str, names: &[&str]) -> Result<Option<usize>, Broken> {
    let mut at = skip_space(text, 0);
    let sign = |at: usize| text.as_bytes().get(at).copied();
    if sign(at) != Some(b'{') {
        return Err(broken(text, at, "an object is missing"));
    }
    at = skip_space(text, at + 1);
    if sign(at) == Some(b'}') {
        return Ok(None);
    }
    loop {
        let name: String = value(text, &mut at)?;
        at = skip_space(text, at);
        if sign(at) != Some(b':') {
            return Err(broken(text, at, "a colon is missing"));
        }
        at = skip_space(text, at + 1);
        if sign(at) == Some(b'[') && names.contains(&name.as_str()) {
            return Ok(Some(at));
        }
        let IgnoredAny = value(text, &mut at)?;
        at = skip_space(text, at);
        match sign(at) {
            Some(b',') => at = skip_space(text, at + 1),
            Some(b'}') => return Ok(None),
            _ => return Err(broken(text, at, "a comma or the end of the object is missing")),
        }
    }
}

/// The value that begins at `at`, which is then behind it.
fn value<T: DeserializeOwned>(text: &str, at: &mut usize) -> Result<T, Broken> {
    let mut values = serde_json::Deserializer::from_str(&text[*at..]).into_iter::<T>();
    match values.next() {
        Some(Ok(found)) => {
            *at += values.byte_offset();
            Ok(found)
        }
        Some(Err(error)) => {
            let whole = error.to_string();
            // Its own line and column count from the entry.
            let reason = whole.split(" at line ").next().unwrap_or_default();
            let lines = error.line().saturating_sub(1);
            let found = broken(text, *at, reason);
            let column =
                if lines == 0 { found.column + error.column().saturating_sub(1) } else { error.column() };
            Err(Broken { line: found.line + lines, column, ..found })
        }
        None => Err(broken(text, *at, "it ends too early")),
    }
}

fn broken(text: &str, at: usize, reason: &str) -> Broken {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
    Broken { line, column, reason: reason.to_owned() }
}

fn skip_space(text: &str, at: usize) -> usize {
    let rest = text.as_bytes()[at.min(text.len())..].iter();
    at + rest.take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn all(text: &str) -> Vec<Result<Value, Broken>> {
        let mut pieces = Pieces::at(text, text.find('[').unwrap());
        std::iter::from_fn(|| pieces.next_entry()).collect()
    }

    #[test]
    fn entries_come_as_they_would_from_the_whole() {
        for text in [
            "[]",
            " [ ] ",
            "[1]",
            "[1,2 , 3]",
            "[{\"a\": [1, {\"b\": \"],\"}]}, null,\n true, -1.5e3, \"\\\"]\"]",
            "[[],[[]],{}]",
            "[\"ä€😀\",\"b\"]",
        ] {
            let whole: Vec<Value> = serde_json::from_str(text).unwrap();
            let found: Vec<Value> = all(text).into_iter().map(Result::unwrap).collect();
            assert_eq!(found, whole, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_told_where_it_begins_and_ends_the_list() {
        for (text, good, line) in [
            ("[", 0, 1),
            ("[1", 1, 1),
            ("[1,", 1, 1),
            ("[1,]", 1, 1),
            ("[1 2]", 1, 1),
            ("[,1]", 0, 1),
            ("[1,\n2,\n{\"a\":\n}]", 2, 4),
            ("[\n{\"a\": 1}\n{\"a\": 2}]", 1, 3),
            ("[truth]", 0, 1),
        ] {
            let found = all(text);
            assert_eq!(found.len(), good + 1, "{text}: {found:?}");
            assert!(found[..good].iter().all(Result::is_ok), "{text}");
            assert_eq!(found[good].as_ref().unwrap_err().line, line, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_list_is_found_within_an_object() {
        let text = r#"{"version": 1, "x": {"data": [0]}, "data": "none", "rows": [1, 2], "y": 3}"#;
        let mut pieces = Pieces::at(text, list_in(text, &["data", "rows"]).unwrap().unwrap());
        let found: Vec<Value> = std::iter::from_fn(|| pieces.next_entry()).map(Result::unwrap).collect();
        assert_eq!(found, [json!(1), json!(2)]);
        assert_eq!(&text[pieces.end()..], r#", "y": 3}"#);
        assert_eq!(list_in(text, &["y"]), Ok(None));
        assert_eq!(list_in("{}", &["y"]), Ok(None));
        for text in ["", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\": 1", "{\"a\": 1,}", "{a: 1}", "{\"a\" 1}"] {
            assert!(list_in(text, &["y"]).is_err(), "{text}");
        }
    }
}
