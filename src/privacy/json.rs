//! What was erased, taken out of stored JSON: reviews, events, documents.

use serde_json::Value;

use super::Erased;

/// What became of a stored JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cleaned {
    /// Nothing erased is in it.
    Untouched,
    /// Somebody who was erased is masked in it.
    Masked(String),
    /// It rests on what was erased, or is about somebody who was.
    Gone,
}

/// A document without the lines that named somebody who was erased or rested on what was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// The document.
    pub text: String,
    /// How many lines were taken out.
    pub lines: u64,
}

/// Fields whose value is the identity of an interaction or conversation.
const IDS: [&str; 2] = ["interaction", "thread"];
/// Fields whose value says whom a decision is about.
const PEOPLE: [&str; 1] = ["person"];
/// Lists of a document whose entries are lines of their own.
const LINES: [&str; 3] = ["items", "gaps", "changes"];

/// How much of a value what was erased touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Touch {
    Nothing,
    Masked,
    Gone,
}

impl Erased {
    /// Takes out of a stored JSON text of `account` what was erased; text that is no JSON is masked as it is.
    pub fn clean(&self, account: &str, text: &str) -> Cleaned {
        let Ok(mut value) = serde_json::from_str::<Value>(text) else {
            return self.mask(account, text).map_or(Cleaned::Untouched, Cleaned::Masked);
        };
        match self.touch(account, "", &mut value) {
            Touch::Nothing => Cleaned::Untouched,
            Touch::Masked => Cleaned::Masked(value.to_string()),
            Touch::Gone => Cleaned::Gone,
        }
    }

    /// Takes lines out of a stored document of `account`; `None` when it may stay as it is.
    pub fn prune(&self, account: &str, text: &str) -> Option<Pruned> {
        let mut value = serde_json::from_str::<Value>(text).ok()?;
        let mut lines = 0;
        self.drop_lines(account, &mut value, &mut lines);
        let touch = self.touch(account, "", &mut value);
        (lines > 0 || touch != Touch::Nothing).then(|| Pruned { text: value.to_string(), lines })
    }

    fn drop_lines(&self, account: &str, value: &mut Value, lines: &mut u64) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut() {
                    if let (true, Value::Array(entries)) = (LINES.contains(&name.as_str()), &mut *field) {
                        let before = entries.len();
                        entries.retain(|entry| self.touch(account, "", &mut entry.clone()) == Touch::Nothing);
                        *lines += (before - entries.len()) as u64;
                    }
                    self.drop_lines(account, field, lines);
                }
            }
            Value::Array(entries) => entries.iter_mut().for_each(|entry| self.drop_lines(account, entry, lines)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Masks a value, the one of the field `name`, and says what was found.
    fn touch(&self, account: &str, name: &str, value: &mut Value) -> Touch {
        match value {
            Value::Object(fields) => {
                let touches = fields.iter_mut().map(|(name, field)| self.touch(account, name, field));
                touches.max().unwrap_or(Touch::Nothing)
            }
            Value::Array(entries) => {
                let touches = entries.iter_mut().map(|entry| self.touch(account, name, entry));
                touches.max().unwrap_or(Touch::Nothing)
            }
            Value::String(text) => self.touch_text(account, name, text),
            Value::Null | Value::Bool(_) | Value::Number(_) => Touch::Nothing,
        }
    }

    fn touch_text(&self, account: &str, name: &str, text: &mut String) -> Touch {
        if IDS.contains(&name) {
            if self.holds(account, text) {
                return Touch::Gone;
            }
            let renamed = self.id(account, text);
            return renamed.map_or(Touch::Nothing, |id| {
                *text = id;
                Touch::Masked
            });
        }
        let masked = self.mask(account, text);
        let is_about = PEOPLE.contains(&name) && (masked.is_some() || self.knows_key(text));
        match masked {
            _ if is_about => Touch::Gone,
            None => Touch::Nothing,
            Some(masked) => {
                *text = masked;
                Touch::Masked
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::{Marker, Spelling};

    fn erased() -> Erased {
        let marker = Marker::new([7; 32]);
        let mut marks = marker.name("", "Priya Nair", Spelling::Any);
        marks.extend([marker.interaction("northwind", "mail:1"), marker.key("hubspot:contact:101")]);
        Erased::new(marker, marks)
    }

    #[test]
    fn stored_json_is_cleaned() {
        let check = |text: &str, expected: Cleaned| assert_eq!(erased().clean("northwind", text), expected, "{text}");
        let masked = |text: &str| Cleaned::Masked(text.to_owned());
        check(r#"{"a":1,"b":["Sam"]}"#, Cleaned::Untouched);
        check(r#"{"b":["ask PRIYA NAIR"]}"#, masked(r#"{"b":["ask ••••• ••••"]}"#));
        check("not json: Priya Nair", masked("not json: ••••• ••••"));
        check(r#"{"place":{"interaction":"mail:1"}}"#, Cleaned::Gone);
        check(r#"{"place":{"interaction":"mail:2"}}"#, Cleaned::Untouched);
        check(r#"{"person":"hubspot:contact:101"}"#, Cleaned::Gone);
        check(r#"{"person":"hubspot:contact:102"}"#, Cleaned::Untouched);
    }

    #[test]
    fn documents_lose_their_lines() {
        let check = |text: &str, expected: Option<(&str, u64)>| {
            let found = erased().prune("northwind", text);
            assert_eq!(found.as_ref().map(|found| (found.text.as_str(), found.lines)), expected, "{text}");
        };
        check(r#"{"items":[{"text":"Sam owes it"}]}"#, None);
        check(r#"{"items":[{"text":"Priya Nair owes it"},{"text":"x"}]}"#, Some((r#"{"items":[{"text":"x"}]}"#, 1)));
        check(r#"{"s":[{"items":[{"evidence":[{"interaction":"mail:1"}]}]}]}"#, Some((r#"{"s":[{"items":[]}]}"#, 1)));
        check(r#"{"title":"For Priya Nair","items":[]}"#, Some((r#"{"title":"For ••••• ••••","items":[]}"#, 0)));
    }
}
