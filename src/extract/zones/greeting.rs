//! Greetings: lines that greet or address somebody and do nothing else.

use super::fold::starts_with;
use super::phrases::{ADDRESSED, CLOSING, GREETING};
use super::shape::{is_likely_name, is_name};

/// Says whether a first line greets and does nothing else.
pub(super) fn is_greeting(text: &str, more: bool) -> bool {
    let words = text.split_whitespace().count();
    if words > 8 || text.len() > 80 {
        return false;
    }
    let ended = text.trim_end_matches([',', ':', '!', '-', '–', '—', '.', ' ', ';']);
    let inner_stop =
        ended.contains(['.', '?', '!']) && !ended.contains("Mr.") && !ended.contains("Ms.") && !ended.contains("Dr.");
    if inner_stop && !is_double_greeting(ended) {
        return false;
    }
    if let Some(rest) = GREETING.strip(ended) {
        let rest = rest.trim();
        let named = rest.split_whitespace().filter(|word| starts_as_name(word)).count();
        let count = rest.split_whitespace().count();
        return count == 0 || named * 2 >= count || text.ends_with([',', ':', '!']) && count <= 4 || count <= 1;
    }
    let addressed = ended
        .split([' ', ','])
        .all(|word| ADDRESSED.iter().any(|known| starts_with(word, known)) || word.eq_ignore_ascii_case("and"));
    if !ended.is_empty() && addressed {
        return more;
    }
    let mut names = ended.split([',', '/', '&']).map(str::trim);
    more && text.ends_with([',', ':', '-', '–', '—'])
        && words <= 5
        && names.all(|name| is_name(name) && is_likely_name(name))
        && CLOSING.strip(text).is_none()
}

fn is_double_greeting(text: &str) -> bool {
    text.split(['.', '?', '!']).all(|part| GREETING.strip(part.trim()).is_some())
}

fn starts_as_name(word: &str) -> bool {
    word.chars().next().is_none_or(|c| c.is_uppercase() || !c.is_alphanumeric())
        || matches!(word, "and" | "und" | "et" | "y" | "e" | "en" | "all" | "there" | "team" | "van" | "de")
}
