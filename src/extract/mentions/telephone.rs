//! Which rows of figures are telephone numbers.

use std::ops::Range;

use crate::extract::zones::fold::has_date;

/// Words before a number that make it a telephone number.
#[rustfmt::skip]
const CALLS: &[&str] = &[
    "phone", "tel", "tél", "tlf", "telf", "tfno", "ph:", "call", "cell", "mobile", "mob", "fax", "pager", "dial", "reach", "handy", "móvil", "portable",
    "hotline", "whatsapp", "sms", "text me", "direct", "office", "landline", "celular", "gsm", "ring",
];

/// Words right before a number of another kind.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "no.", "nr.", "card", "account", "acct", "invoice", "order", "ticket", "case", "ref", "id", "deal", "po", "ssn",
    "passcode", "iban", "isbn", "serial", "contract", "omb", "express", "visa", "mastercard", "version", "code",
];

/// The telephone number within `hit`, from its beginning; a date or an amount that follows is left out.
pub(super) fn within(sentence: &str, hit: Range<usize>) -> Option<Range<usize>> {
    let mut end = hit.end;
    for _ in 0..4 {
        if is_phone(sentence, hit.start..end) {
            return Some(hit.start..end);
        }
        end = hit.start + sentence[hit.start..end].trim_end().rfind(' ')?;
    }
    None
}

/// Seven to fifteen figures in the form of a telephone number, or announced as one.
fn is_phone(sentence: &str, hit: Range<usize>) -> bool {
    let words = sentence[hit.clone()].trim();
    let number = words.split(['x', 'X', 'e', 'E']).next().unwrap_or_default();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if !(7..=15).contains(&digits) || !stands_apart(sentence, &hit, words) {
        return false;
    }
    let abroad = words.starts_with(['+', '(']) || words.starts_with("00") && digits >= 11;
    let called = is_called(&sentence[..hit.start]);
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    if !called && (is_other(&sentence[..hit.start]) || is_shaped_otherwise(number, &groups)) {
        return false;
    }
    if has_date(number) && !abroad && (digits <= 8 || !called) {
        return false;
    }
    let whole = groups.iter().skip(1).all(|group| group.len() >= 2);
    let parted = number.contains(['-', '(', '/']) || number.matches('.').count() >= 2;
    let american = groups.iter().map(|group| group.len()).eq([3, 3, 4]);
    let spaced = number.contains(' ') && (number.starts_with('0') || american);
    abroad || called || whole && (parted || spaced)
}

fn stands_apart(sentence: &str, hit: &Range<usize>, words: &str) -> bool {
    let apart = |c: Option<char>| {
        c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '#' | '_' | '=' | '%' | '*'))
    };
    let before = sentence[..hit.start].chars().next_back();
    let after = sentence[hit.end..].chars().next();
    let beyond = sentence[hit.end..].chars().nth(1);
    let joined = matches!(after, Some(',' | ':' | '/')) && beyond.is_some_and(|c| c.is_ascii_digit());
    (apart(before) && before != Some('/') || words.starts_with('+')) && apart(after) && !joined
}

/// Years, cards, addresses of machines, numbers of people.
fn is_shaped_otherwise(number: &str, groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let year = |group: &&str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let machine = lengths.len() == 4 && lengths.iter().all(|&length| length <= 3) && number.matches('.').count() == 3;
    let card = lengths.len() == 4 && lengths[..3].iter().all(|&length| length == 4) && lengths[3] >= 3;
    lengths == [3, 2, 4] || machine || card || groups.len() == 2 && groups.iter().all(year)
}

fn is_called(before: &str) -> bool {
    let from = before.floor_char_boundary(before.len().saturating_sub(32));
    let lower = before[from..].to_lowercase();
    CALLS.iter().any(|word| lower.contains(word))
}

fn is_other(before: &str) -> bool {
    let mut words = before
        .split_whitespace()
        .rev()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_lowercase());
    before.trim_end().ends_with('#') || words.by_ref().take(2).any(|word| OTHER.contains(&word.as_str()))
}
