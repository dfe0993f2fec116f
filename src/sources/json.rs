//! Tolerant reading of JSON exports: one damaged record costs that record, not the file.

use serde_json::{Deserializer, Value};

use super::dates::{self, Moment};

/// A record of an export, or why it could not be read.
pub(super) struct Element {
    /// Where it stands: `item 3` or `line 12`.
    pub(super) place: String,
    /// The record.
    pub(super) value: Result<Value, String>,
}

/// A JSON file: one value, JSON Lines, or a damaged list whose whole records can still be read.
pub(super) enum Document<'a> {
    /// The file as one value.
    Whole(Value),
    /// One record a line.
    Lines(&'a str),
    /// Not valid as a whole, and why.
    Damaged(&'a str, String),
}

impl<'a> Document<'a> {
    /// Reads a file; never fails, for what is damaged is told by [`Document::take`].
    pub(super) fn parse(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        match serde_json::from_str(text) {
            Ok(value) => Self::Whole(value),
            Err(error) => {
                let mut lines = text.lines().filter(|line| !line.trim().is_empty());
                let first = lines.next().unwrap_or_default();
                let is_lines =
                    lines.next().is_some() && serde_json::from_str::<Value>(first).is_ok_and(|v| v.is_object());
                if is_lines { Self::Lines(text) } else { Self::Damaged(text, error.to_string()) }
            }
        }
    }

    /// The file as one value, where it is one.
    pub(super) fn root(&self) -> Option<&Value> {
        match self {
            Self::Whole(value) => Some(value),
            Self::Lines(_) | Self::Damaged(..) => None,
        }
    }

    /// The records of the list under one of `keys`, or of the list that the file is, or the one record that it is.
    pub(super) fn take(&mut self, keys: &[&str]) -> Vec<Element> {
        match self {
            Self::Whole(Value::Array(list)) => numbered(std::mem::take(list)),
            Self::Whole(value) => match keys.iter().find(|key| value.get(**key).is_some_and(Value::is_array)) {
                Some(key) => numbered(take_list(value, key)),
                None => vec![Element { place: "item 1".to_owned(), value: Ok(std::mem::take(value)) }],
            },
            Self::Lines(text) => lines(text),
            Self::Damaged(text, error) => salvage(text, keys, error),
        }
    }

    /// The readable records of a side list such as `users`; what is damaged there is left out.
    pub(super) fn side_list(&self, key: &str) -> Vec<Value> {
        match self {
            Self::Whole(value) => list(value, key).to_vec(),
            Self::Lines(_) => Vec::new(),
            Self::Damaged(text, _) => match list_start(text, key) {
                Some(start) => elements(text, start).into_iter().filter_map(|element| element.value.ok()).collect(),
                None => Vec::new(),
            },
        }
    }
}

fn numbered(list: Vec<Value>) -> Vec<Element> {
    list.into_iter()
        .enumerate()
        .map(|(index, value)| Element { place: format!("item {}", index + 1), value: Ok(value) })
        .collect()
}

fn take_list(value: &mut Value, key: &str) -> Vec<Value> {
    match value.get_mut(key) {
        Some(Value::Array(list)) => std::mem::take(list),
        _ => Vec::new(),
    }
}

fn lines(text: &str) -> Vec<Element> {
    let full = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    full.map(|(index, line)| Element {
        place: format!("line {}", index + 1),
        value: serde_json::from_str(line).map_err(|error| format!("not valid JSON: {error}")),
    })
    .collect()
}

fn salvage(text: &str, keys: &[&str], error: &str) -> Vec<Element> {
    let own = text.find(|c: char| !c.is_whitespace()).filter(|at| text[*at..].starts_with('[')).map(|at| at + 1);
    match own.or_else(|| keys.iter().find_map(|key| list_start(text, key))) {
        Some(start) => elements(text, start),
        None => vec![Element { place: String::new(), value: Err(format!("not valid JSON: {error}")) }],
    }
}

/// The byte after the `[` of the list under `key`.
fn list_start(text: &str, key: &str) -> Option<usize> {
    let quoted = format!("\"{key}\"");
    text.match_indices(&quoted).find_map(|(at, _)| {
        let after = at + quoted.len();
        let rest = text[after..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
        Some(text.len() - rest.len())
    })
}

/// Reads the elements of a list one by one from `at`, which is just after its `[`.
fn elements(text: &str, mut at: usize) -> Vec<Element> {
    let mut found = Vec::new();
    loop {
        let place = format!("item {}", found.len() + 1);
        let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        at = text.len() - rest.len();
        if rest.starts_with(']') {
            return found;
        }
        let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            None => {
                found.push(Element { place, value: Err("the file ends inside the list".to_owned()) });
                return found;
            }
            Some(Ok(value)) => {
                at += stream.byte_offset();
                found.push(Element { place, value: Ok(value) });
            }
            Some(Err(error)) => {
                let Some(length) = balanced(rest) else {
                    let reason = format!("not valid JSON, and the list cannot be read on from here: {error}");
                    found.push(Element { place: format!("{place} and all after it"), value: Err(reason) });
                    return found;
                };
                at += length;
                found.push(Element { place, value: Err(format!("not valid JSON: {error}")) });
            }
        }
    }
}

/// Length of the bracketed value at the start of `text`, found by counting brackets outside of strings.
fn balanced(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A scalar field as text; `None` when absent, null or blank.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    scalar(value.get(key)?)
}

/// The first of several fields that is there.
pub(super) fn first_text(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(value, key))
}

/// A scalar as text; `None` for null, blank text, lists and objects.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => super::emit::full(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The list under `key`; empty when there is none.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A time under one of `keys`.
pub(super) fn moment(value: &Value, keys: &[&str]) -> Option<Moment> {
    keys.iter().find_map(|key| dates::moment(&text(value, key)?))
}

/// Says whether the start of a file holds `"key"` as a JSON string.
pub(super) fn names_key(head: &str, key: &str) -> bool {
    head.match_indices(key).any(|(at, _)| {
        head[..at].ends_with('"')
            && head[at + key.len()..].strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

/// Says whether a file can be JSON at all.
pub(super) fn starts_like_json(head: &str) -> bool {
    head.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = Document::parse(text)
            .take(&["rows"])
            .into_iter()
            .map(|element| match element.value {
                Ok(value) => format!("{}={value}", element.place),
                Err(_) => format!("{}!", element.place),
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn reads_what_is_whole() {
        check(r#"[{"a":1},{"a":2}]"#, &[r#"item 1={"a":1}"#, r#"item 2={"a":2}"#]);
        check(r#"{"rows":[1],"x":2}"#, &["item 1=1"]);
        check(r#"{"x":2}"#, &[r#"item 1={"x":2}"#]);
        check("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", &[r#"line 1={"a":1}"#, "line 2!", r#"line 3={"a":3}"#]);
    }

    #[test]
    fn salvages_what_is_damaged() {
        check(r#"{"rows":[{"a":1},{"a":x},{"a":3}]"#, &[r#"item 1={"a":1}"#, "item 2!", r#"item 3={"a":3}"#]);
        check(r#"[{"a":1},{"a":"cut"#, &[r#"item 1={"a":1}"#, "item 2 and all after it!"]);
        check(r#"[{"a":1},"#, &[r#"item 1={"a":1}"#, "item 2!"]);
        check("{nonsense", &["!"]);
        check("", &["!"]);
    }
}
