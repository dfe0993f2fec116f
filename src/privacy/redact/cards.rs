//! Payment card numbers.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::context::{Context, stands_alone};
use super::numbers::{digits, is_repeated, luhn};

/// Thirteen to nineteen digits, alone or in the groups in which cards are printed.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}(?:[ -]\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{4,5}|\d{13,19}").ok()
});

const WORDS: [&str; 20] = [
    "card",
    "cards",
    "visa",
    "mastercard",
    "amex",
    "credit",
    "debit",
    "cc",
    "cvv",
    "cvc",
    "exp",
    "karte",
    "kreditkarte",
    "kartennummer",
    "carte",
    "tarjeta",
    "carta",
    "kaart",
    "creditcard",
    "pan",
];

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    pattern.find_iter(text).map(|found| found.range()).filter(|range| is_card(text, range)).collect()
}

fn is_card(text: &str, range: &Range<usize>) -> bool {
    let written = text.get(range.clone()).unwrap_or_default();
    let number = digits(written);
    if !stands_alone(text, range) || !luhn(&number) || is_repeated(&number) || !is_issued(&number) {
        return false;
    }
    let context = Context::of(text, range);
    // Of ten long numbers one passes the check by chance: what is named something else is.
    context.names(&WORDS) || !context.is_otherwise()
}

/// Says whether an issuer gives out cards with such a beginning and length.
fn is_issued(number: &[u32]) -> bool {
    let start = |count: usize| number.iter().take(count).fold(0, |all, digit| all * 10 + digit);
    match number.len() {
        13 | 19 => start(1) == 4,
        14 => matches!(start(2), 36 | 38 | 39) || matches!(start(3), 300..=305),
        15 => matches!(start(2), 34 | 37),
        16 => {
            start(1) == 4
                || matches!(start(2), 51..=55 | 65)
                || matches!(start(4), 2221..=2720 | 3528..=3589 | 6011)
                || matches!(start(3), 644..=649)
        }
        _ => false,
    }
}
