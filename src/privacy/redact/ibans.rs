//! International bank account numbers.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::numbers::modulo;

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?\b").ok());

/// How long the number of a country is.
const LENGTHS: [(&str, usize); 44] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
];

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    pattern.find_iter(text).filter_map(|found| number_at(text, found.range())).collect()
}

/// The number that begins the range: the words after it may look like a part of it.
fn number_at(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(range.clone())?;
    let country = written.get(..2)?.to_uppercase();
    let (_, length) = LENGTHS.iter().find(|(own, _)| *own == country)?;
    let (end, last) = written.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).nth(length - 1)?;
    let end = end + last.len_utf8();
    let is_whole = !written.get(end..)?.starts_with(|c: char| c.is_ascii_alphanumeric());
    let compact: Vec<char> = written.get(..end)?.chars().filter(char::is_ascii_alphanumeric).collect();
    (is_whole && checks(&compact)).then_some(range.start..range.start + end)
}

/// ISO 7064, modulo 97: the country and check digits go to the end, letters count from ten.
fn checks(compact: &[char]) -> bool {
    let (head, tail) = compact.split_at(4.min(compact.len()));
    let mut digits = Vec::with_capacity(2 * compact.len());
    for value in tail.iter().chain(head).filter_map(|c| c.to_digit(36)) {
        if value >= 10 {
            digits.push(value / 10);
        }
        digits.push(value % 10);
    }
    modulo(&digits, 97) == 1
}
