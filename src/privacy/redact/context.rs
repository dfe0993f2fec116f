//! The words beside a number, which say what it is.

use std::ops::Range;

/// How many bytes before a number are looked at.
const BEFORE: usize = 40;
/// How many after it.
const AFTER: usize = 24;

/// Words by which a number is something else, whatever its digits say.
const OTHERWISE: [&str; 30] = [
    "order",
    "tracking",
    "ticket",
    "invoice",
    "shipment",
    "parcel",
    "serial",
    "imei",
    "case",
    "phone",
    "tel",
    "fax",
    "mobile",
    "call me",
    "po ",
    "sku",
    "part no",
    "article",
    "rechnung",
    "bestell",
    "sendung",
    "auftrag",
    "telefon",
    "commande",
    "pedido",
    "factura",
    "ordine",
    "fattura",
    "meeting id",
    "build",
];

/// The text around a number, in lower case.
pub(super) struct Context {
    before: String,
    after: String,
}

impl Context {
    pub(super) fn of(text: &str, range: &Range<usize>) -> Self {
        let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
        let to = text.floor_char_boundary((range.end + AFTER).min(text.len()));
        let part = |range: Range<usize>| text.get(range).unwrap_or_default().to_lowercase();
        // What stands in another line is about something else.
        let before = part(from..range.start);
        let before = before.rsplit('\n').next().unwrap_or_default().to_owned();
        let after = part(range.end..to);
        let after = after.split('\n').next().unwrap_or_default().to_owned();
        Self { before, after }
    }

    /// Says whether one of these words stands beside the number.
    pub(super) fn names(&self, words: &[&str]) -> bool {
        words.iter().any(|word| holds_word(&self.before, word) || holds_word(&self.after, word))
    }

    /// Says whether a word before the number says that it is something else.
    pub(super) fn is_otherwise(&self) -> bool {
        OTHERWISE.iter().any(|word| holds_start(&self.before, word)) || self.before.trim_end().ends_with(['#', '+'])
    }
}

/// Says whether `word` stands in `text` as a word of its own.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| is_start(text, at) && !next_is_letter(text, at + word.len()))
}

/// Says whether a word of `text` begins with `start`.
fn holds_start(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| is_start(text, at))
}

fn is_start(text: &str, at: usize) -> bool {
    !text.get(..at).is_some_and(|before| before.ends_with(char::is_alphabetic))
}

fn next_is_letter(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|after| after.starts_with(char::is_alphabetic))
}

/// Says whether a number stands alone, not within a longer word, number, path or address.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let is_glued = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '@' | '\\');
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let mut rest = text.get(range.end..).unwrap_or_default().chars();
    let (after, then) = (rest.next(), rest.next());
    let goes_on = matches!(after, Some('-' | '.' | ',')) && then.is_some_and(char::is_alphanumeric);
    !before.is_some_and(|c| is_glued(c) || matches!(c, '-' | '.' | '+' | '#' | ','))
        && !after.is_some_and(is_glued)
        && !goes_on
}
