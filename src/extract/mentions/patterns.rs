//! Mail addresses, telephone numbers and sums of money: what has a form of its own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::ByteMention;
use crate::model::MentionKind;

const EMAIL: &str = r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}";
const PHONE: &str = r"(?:\+\d{1,3}[ ./-]?)?(?:\(\d{1,5}\)[ ./-]?)?\d{2,8}(?:[ ./-]\d{2,8}){0,4}";
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
        if kind == MentionKind::Phone && !is_phone(sentence, hit.range()) {
            continue;
        }
        let words = hit.as_str().trim_end_matches([' ', ',', '.', '\n', '\t', '\r']);
        found.push(ByteMention { kind, range: offset + hit.start()..offset + hit.start() + words.len() });
    }
}

/// Seven to fifteen figures that are neither a date nor part of a longer number.
fn is_phone(sentence: &str, hit: Range<usize>) -> bool {
    let words = &sentence[hit.clone()];
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let apart =
        |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '#' | '/' | '_' | '='));
    let before = apart(sentence[..hit.start].chars().next_back());
    let after = apart(sentence[hit.end..].chars().next());
    let marked = words.starts_with('+') || words.contains(['-', '(', ' ']) || words.matches('.').count() >= 2;
    let date = crate::extract::zones::fold::has_date(words) && digits <= 8;
    (7..=15).contains(&digits) && before && after && marked && !date
}
