//! What a line looks like: a name, a way to reach somebody, a line of dashes, a sentence.

use super::fold::strip_prefix;
use crate::extract::mentions::{gazetteer, titles};

/// Words that stand alone on a line without being a name.
#[rustfmt::skip]
const NOT_NAMES: &[&str] = &[
    "done", "yes", "no", "ok", "okay", "sure", "agreed", "fyi", "hi", "hello", "hey", "great", "perfect", "cool",
    "nice", "lol", "na", "n/a", "nvm", "approved", "update", "updates", "summary", "background", "attached", "please",
    "note", "notes", "agenda", "todo", "total", "blah", "test", "response", "right", "correct", "exactly", "wow",
    "awesome", "true", "false", "none", "nothing", "maybe", "sorry", "also", "options", "questions", "comments",
    "details", "next steps", "good", "interesting", "absolutely", "congratulations", "congrats", "welcome", "help",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow", "never",
    "always", "end", "thoughts", "ideas", "status", "attachment", "attachments", "enjoy", "received", "noted",
];

/// Says whether a line is a person's name, as a signature or a greeting has it: `Ada One`, `-ada`, `A. One`, `AO`.
pub(crate) fn is_name(text: &str) -> bool {
    let dashed = text.starts_with(['-', '–', '—', '~']);
    let text = text.trim_start_matches(['-', '–', '—', '~', ' ']).trim_end_matches([',', ' ', '.', '!']);
    if text.is_empty() || text.len() > 40 || is_common(text) {
        return false;
    }
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        let upper = word.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '"' | '“'));
        let particle = matches!(
            word,
            "van"
                | "von"
                | "de"
                | "der"
                | "den"
                | "al"
                | "bin"
                | "da"
                | "di"
                | "la"
                | "du"
                | "le"
                | "and"
                | "&"
                | "y"
                | "dos"
        );
        let lettered = word.chars().all(|c| {
            c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '(' | ')' | '"' | '“' | '”' | '&' | ',')
        });
        if !lettered || !(upper || particle && words > 1 || dashed && !text.contains(' ')) {
            return is_initials(text);
        }
    }
    (1..=4).contains(&words)
}

/// Two or three letters in any case, as people sign in haste.
fn is_initials(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic()) && !is_common(text)
}

fn is_common(text: &str) -> bool {
    text.len() <= 16 && NOT_NAMES.contains(&text.to_lowercase().as_str())
}

/// Says whether a line tells how to reach somebody: telephone, address, web page.
pub(crate) fn is_contact(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let words = text.split_whitespace().count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let reached = text.contains('@') || text.contains("www.") || text.contains("://");
    is_extension(text)
        || reached && words <= 8
        || digits >= 7
            && letters <= 30
            && text.contains(['-', ' ', '+', '.', '/', '('])
            && words <= 12
            && !text.ends_with('?')
}

/// The number of a desk within a house: `x5-3307`, `ext. 4471`, `3-9921`.
fn is_extension(text: &str) -> bool {
    let marked = ["ext.", "ext", "x"].iter().find_map(|mark| strip_prefix(text, mark));
    let number = marked.unwrap_or(text).trim_start_matches([' ', ':', '-']);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let shaped = number.len() <= 8 && number.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    shaped && (3..=5).contains(&digits) && (marked.is_some() || number.find('-') == Some(1) && digits == 5)
}

/// Says whether a line is made of dashes or their like.
pub(super) fn is_mark(text: &str) -> bool {
    let count = text.chars().count();
    (2..=90).contains(&count) && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | '~' | '#' | ' '))
        || matches!(text, "—" | "–")
}

/// Says whether a line may stand in a signature: a name, a contact, a title, an organisation.
pub(super) fn is_signature_line(text: &str) -> bool {
    is_name(text) || is_contact(text) || is_label(text) || is_trade(text) || is_card(text)
}

/// A title in words that need no capital: "Chef de projet".
fn is_trade(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', '?', '!', ':', ';', ','])
        && text.split_whitespace().count() <= 5
        && titles::is_title_line(text)
}

/// A whole signature on one line: a name, and what else is known, between bars.
pub(super) fn is_card(text: &str) -> bool {
    let bars = ['|', '·', '•'];
    if text.len() > 200 || !text.contains(bars) {
        return false;
    }
    let mut parts = text.split(bars).map(str::trim).filter(|part| !part.is_empty());
    parts.next().is_some_and(is_name) && parts.any(|part| is_contact(part) || titles::is_title_line(part))
}

/// A short line of mostly capitalised words that does not end as a sentence does.
fn is_label(text: &str) -> bool {
    if text.len() > 80
        || text.ends_with(['?', ':', ';'])
        || text.starts_with(['*', '•', '>', '#', '('])
        || is_common(text.trim_end_matches(['.', '!']))
    {
        return false;
    }
    if text.starts_with("- ")
        || text.ends_with('.')
            && !["inc.", "ltd.", "corp.", "co.", "jr.", "llc.", "s.a."]
                .iter()
                .any(|end| text.to_lowercase().ends_with(end))
    {
        return false;
    }
    let (mut words, mut capitals) = (0, 0);
    for word in text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | '·' | ','))
        .filter(|word| word.contains(char::is_alphabetic))
    {
        words += 1;
        let small = matches!(
            word,
            "of" | "and"
                | "the"
                | "for"
                | "at"
                | "in"
                | "de"
                | "des"
                | "du"
                | "der"
                | "für"
                | "und"
                | "et"
                | "y"
                | "to"
                | "on"
                | "team"
        );
        capitals += u32::from(word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) || small);
    }
    (1..=10).contains(&words) && capitals == words
}

/// Says whether a line reads like running text.
pub(super) fn is_sentence(text: &str) -> bool {
    let lower = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    !is_contact(text)
        && (lower >= 3
            || text.ends_with(['?', '!', '.']) && lower >= 1
            || text.len() > 10 && text.ends_with(['!', '?']))
}

/// Says whether a name holds a listed first name, or at least no ordinary word.
pub(super) fn is_likely_name(text: &str) -> bool {
    let words = || text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words().next().is_some_and(|first| gazetteer::first_name(&first).is_some())
        || !words().any(|word| gazetteer::is_ordinary(&word))
}
