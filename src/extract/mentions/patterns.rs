//! Mail addresses, telephone numbers and sums of money: what has a form of its own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{ByteMention, telephone};
use crate::model::MentionKind;

const EMAIL: &str = r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}";
const PHONE: &str = r"(?x)
    (?: (?: \(\+\d{1,3}\) | \(?\b00\ ?\d{1,3}\)? | \+\d{1,3} | \b1 ) [\ ./-]{0,2} )?
    (?: \(\d{1,5}\) [\ ./-]{0,2} ){0,2}
    \d+ (?: (?: [\ .] | \ ?[-/]\ ? ) \d+ ){0,6}
    (?: \ ?(?i:x|ext\.?|extension)\ ?\d{2,6}\b )?";
const MONEY: &str = r"(?ix)
    (?: (?:US|C|A|HK)?[$€£¥] \s? \d[\d,.]* (?:\s?(?:k|m|mm|bn|b|million|billion|thousand)\b)?
      | \b(?:USD|EUR|GBP|CHF|CAD|AUD|SEK|NOK|DKK|PLN|JPY|INR) \s? \d[\d,.]* (?:\s?(?:k|m|mm|bn|million|billion)\b)?
      | \b\d[\d,.]* \s? (?:k|m|mm|bn|million|billion|thousand)? \s? (?:USD|EUR|GBP|CHF|CAD|AUD|SEK|NOK|DKK|PLN|dollars?|euros?|pounds?|francs?|€|£)(?:\b|\s|$) )";

static PHONES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PHONE).ok());
static SUMS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(MONEY).ok());
static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(EMAIL).ok());

/// Finds what has a form of its own within `range`.
pub(super) fn find(text: &str, range: Range<usize>, found: &mut Vec<ByteMention>) {
    let Some(sentence) = text.get(range.clone()) else { return };
    let bytes = sentence.as_bytes();
    if memchr::memchr(b'@', bytes).is_some() {
        push(&ADDRESSES, sentence, range.start, MentionKind::Email, found);
    }
    if !bytes.iter().any(u8::is_ascii_digit) {
        return;
    }
    push(&SUMS, sentence, range.start, MentionKind::Money, found);
    if bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 7 {
        push(&PHONES, sentence, range.start, MentionKind::Phone, found);
    }
}

/// The telephone numbers of `text`.
pub(crate) fn phones(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    push(&PHONES, text, 0, MentionKind::Phone, &mut found);
    found.into_iter().map(|mention| mention.range).collect()
}

/// The mail addresses of `text`.
pub(crate) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    push(&ADDRESSES, text, 0, MentionKind::Email, &mut found);
    found.into_iter().map(|mention| mention.range).collect()
}

fn push(
    form: &LazyLock<Option<Regex>>,
    sentence: &str,
    offset: usize,
    kind: MentionKind,
    found: &mut Vec<ByteMention>,
) {
    let Some(form) = form.as_ref() else { return };
    for hit in form.find_iter(sentence) {
        let range = match kind {
            MentionKind::Phone => telephone::within(sentence, hit.range()),
            MentionKind::Email => Some(hit.range()).filter(|range| is_address(sentence, range)),
            MentionKind::Person
            | MentionKind::Organization
            | MentionKind::Title
            | MentionKind::Product
            | MentionKind::Money => Some(hit.range()),
        };
        let Some(range) = range else { continue };
        let words = sentence[range.clone()].trim_end_matches([' ', ',', '.', '\n', '\t', '\r']);
        found.push(ByteMention { kind, range: offset + range.start..offset + range.start + words.len() });
    }
}

/// Says whether the mailbox neither begins with a point nor holds two in a row.
fn is_address(sentence: &str, hit: &Range<usize>) -> bool {
    !sentence[hit.clone()].contains("..") && !sentence[..hit.start].ends_with('.')
}
