//! Descriptions as plain text: without tags, with addresses beside the words that led to them, and without empty lines in
//! heaps. What is no markup stays as it is.

/// Characters that HTML writes as names.
const NAMES: [(&str, &str); 6] =
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];

/// The text without markup.
pub(super) fn plain(text: &str) -> String {
    let mut text = without_tags(&without_links(text));
    for (name, letter) in NAMES {
        if text.contains(name) {
            text = text.replace(name, letter);
        }
    }
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    let joined = lines.join("\n").replace(|letter: char| letter.is_control() && letter != '\n', " ");
    joined.trim().to_owned()
}

/// `[words](address)` as words and address, pictures not at all.
fn without_links(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(begin) = rest.find('[') {
        let Some((words, address, after)) = link(&rest[begin + 1..]) else {
            plain.push_str(&rest[..=begin]);
            rest = &rest[begin + 1..];
            continue;
        };
        if let Some(before) = rest[..begin].strip_suffix('!') {
            plain.push_str(before);
        } else {
            plain.push_str(&rest[..begin]);
            plain.push_str(words);
            if words != address {
                plain.extend([" (", address, ")"]);
            }
        }
        rest = after;
    }
    plain + rest
}

/// Words, address and what follows, behind the `[` of a link. It looks no further than the next sign that is out of place
/// in one, so that a text of brackets alone is read in one go.
fn link(inner: &str) -> Option<(&str, &str, &str)> {
    let end = inner.find(['[', ']'])?;
    let target = inner[end..].strip_prefix("](")?;
    let close = target.find(|letter: char| matches!(letter, ')' | '[') || letter.is_whitespace())?;
    let after = target[close..].strip_prefix(')')?;
    Some((&inner[..end], &target[..close], after))
}

/// Without `<…>`, where that is a tag: `<` before anything but a letter is a sign. The end of a paragraph is one.
fn without_tags(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(begin) = rest.find('<') {
        let inner = &rest[begin + 1..];
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let end = inner.find(['>', '<', '\n']).filter(|end| inner[*end..].starts_with('>'));
        plain.push_str(&rest[..begin]);
        let is_tag = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if let Some(end) = end.filter(|_| is_tag) {
            // An address in angles is one.
            if inner[..end].contains("://") && !inner[..end].contains(' ') {
                plain.push_str(&inner[..end]);
            }
            if ["/p", "/div", "/li", "br", "/h"].iter().any(|tag| inner.starts_with(tag)) {
                plain.push('\n');
            }
            rest = &inner[end + 1..];
        } else {
            plain.push('<');
            rest = inner;
        }
    }
    plain + rest
}
