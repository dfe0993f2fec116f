//! The words of a text, folded for comparison: lower case, without accents.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A run of letters and digits.
pub(super) struct Word<'t> {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// As it is written.
    pub(super) raw: &'t str,
    /// As it is compared.
    pub(super) folded: String,
}

impl Word<'_> {
    pub(super) fn is_capital(&self) -> bool {
        self.raw.starts_with(char::is_uppercase)
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = c.is_alphanumeric() || is_combining_mark(c);
        match (start, is_part) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let raw = text.get(from..at).unwrap_or_default();
                found.push(Word { range: from..at, raw, folded: fold(raw) });
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    found
}

/// Lower case without accents.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("Priya Nair <priya.nair@northwind.example>", &["priya", "nair", "priya", "nair", "northwind", "example"]);
        check("O'Brien-Weiß_Łukasz", &["o", "brien", "weiss", "lukasz"]);
        check("Jürgen Zoe\u{308} 💥", &["jurgen", "zoe"]);
        check("", &[]);
    }
}
