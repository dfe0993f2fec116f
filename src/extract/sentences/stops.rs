//! Stops: the marks that end a sentence, told from those that end an abbreviation, an initial or a number.

use std::ops::Range;

/// Abbreviations after which a sentence always goes on, in lower case, without the last full stop.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "gen", "col", "lt", "sgt", "capt", "st", "vs", "e.g", "eg", "i.e",
    "ie", "cf", "approx", "ca", "fig", "figs", "sec", "vol", "ed", "eds", "resp", "incl", "attn", "z.b", "d.h", "u.a",
    "bzw", "ggf", "inkl", "evtl", "tel", "ext", "hr", "fr", "sr", "sra", "dra", "mme", "mlle", "ing", "dipl", "nr",
    "str", "al", "viz", "w", "aka", "esp", "dept", "univ", "assn", "av", "ave", "blvd",
];

/// Abbreviations that may end a sentence; it ends when a word follows that sentences begin with.
#[rustfmt::skip]
const PERHAPS: &[&str] = &[
    "inc", "ltd", "corp", "co", "llc", "plc", "bros", "jr", "etc", "a.m", "p.m", "am", "pm", "u.s", "u.k", "u.s.a",
    "e.u", "d.c", "ph.d", "b.a", "m.d", "n.a", "s.a", "s.p.a", "b.v", "usw", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat",
    "sun", "min", "max", "avg", "misc", "est", "hrs", "mins", "vers", "rel", "pp", "p.s", "ps", "cc", "op", "art",
];

/// Abbreviations that a number follows.
#[rustfmt::skip]
const NUMBERED: &[&str] =
    &[
    "no", "nos", "p", "art", "ch", "par", "para", "q", "v", "ver", "rev", "item", "tel", "ext", "nr",
];

/// Words that sentences begin with and names do not.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "the", "we", "i", "it", "they", "he", "she", "this", "that", "these", "those", "please", "our", "you", "your",
    "my", "and", "but", "if", "in", "on", "at", "can", "could", "let", "thanks", "thank", "there", "their", "is",
    "are", "was", "what", "when", "where", "who", "why", "how", "also", "however", "so", "as", "after", "before",
    "for", "from", "to", "do", "did", "does", "have", "has", "will", "would", "should", "once", "since", "then",
    "not", "no", "yes", "any", "all", "some", "his", "her", "its", "let's", "i'm", "i'll", "we'll", "i've", "we're",
    "it's", "with", "while", "although", "because", "meanwhile", "just", "now", "both", "each", "attached", "regards",
    "best", "here", "hope", "looking", "a", "an",
];

/// One past the first sentence end within `range`, closing quotes and brackets included; `None` when there is none inside.
pub(super) fn next(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while at < range.end {
        let length = match bytes[at] {
            b'.' | b'!' | b'?' => Some(1),
            ascii if ascii < 0xe2 => None,
            _ => wide_stop(text, at),
        };
        let Some(length) = length else {
            at += 1;
            continue;
        };
        let end = end_of_run(text, at + length, range.end);
        let rest = &text[end..range.end];
        if rest.trim_start().is_empty() {
            return None;
        }
        if ends(text, &range, at, end) {
            return Some(end);
        }
        at = end;
    }
    None
}

/// Length of a stop beyond ASCII at `at`: ellipsis, wide marks, pictographs.
fn wide_stop(text: &str, at: usize) -> Option<usize> {
    if !text.is_char_boundary(at) {
        return None;
    }
    let c = text[at..].chars().next()?;
    (matches!(c, '…' | '。' | '！' | '？') || is_pictograph(c)).then(|| c.len_utf8())
}

fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x1F300..=0x1FAFF | 0x2600..=0x27BF)
}

/// One past the stops, quotes and brackets that follow.
fn end_of_run(text: &str, from: usize, limit: usize) -> usize {
    let run = text[from..limit].find(|c: char| {
        !matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '\u{fe0f}' | '\u{200d}' | '*')
            && !is_pictograph(c)
    });
    run.map_or(limit, |length| from + length)
}

/// Says whether the stop at `at`, whose run goes to `end`, ends a sentence.
fn ends(text: &str, range: &Range<usize>, at: usize, end: usize) -> bool {
    let rest = &text[end..range.end];
    let next = rest.trim_start();
    let spaced = next.len() < rest.len();
    let run = &text[at..end];
    let following = next.trim_start_matches(['"', '\'', '(', '[', '“', '‘', '«', '*']).chars().next();
    let upper = following.is_some_and(|c| !c.is_lowercase());
    if run.starts_with(['。', '！', '？']) {
        return true;
    }
    if !spaced {
        return run == "." && is_missing_space(text, range, at, next);
    }
    if run.starts_with(is_pictograph) {
        return upper && following.is_some_and(char::is_alphabetic);
    }
    if run.contains(['!', '?']) {
        // `"What?" he asked.`
        return upper || !run.ends_with(['"', '”', '’', ')']);
    }
    if run.starts_with("..") || run.starts_with('…') {
        return upper && following.is_some_and(char::is_alphabetic);
    }
    !is_abbreviation(text, range.start, at, next)
}

/// The word before the stop at `at`.
fn word_before(text: &str, from: usize, at: usize) -> &str {
    let before = &text[from..at];
    let start = before
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '/' | '[' | ',' | '“'))
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    &before[start..]
}

fn is_abbreviation(text: &str, from: usize, at: usize, next: &str) -> bool {
    let word = word_before(text, from, at);
    let Some(first) = next.chars().next() else { return false };
    if word.len() > 8 || word.is_empty() {
        return false;
    }
    let lower = word.to_lowercase();
    if OPEN.contains(&lower.as_str()) && !(lower == "st" && is_starter(next)) {
        return true;
    }
    if NUMBERED.contains(&lower.as_str()) && (first.is_ascii_digit() || first == '#') {
        return true;
    }
    if PERHAPS.contains(&lower.as_str())
        || lower.contains('.') && lower.split('.').all(|part| part.chars().count() <= 2)
    {
        return !is_starter(next) && (lower != "etc" || !first.is_uppercase());
    }
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    // "1. First" inside a line numbers what follows.
    let numbering = word.bytes().all(|b| b.is_ascii_digit())
        && word.len() <= 2
        && word_before(text, from, at - word.len()).is_empty()
        && at - word.len() == from;
    initial && (first.is_uppercase() && !is_starter(next) || is_particle(next)) || numbering
}

fn is_starter(next: &str) -> bool {
    let word = next.trim_start_matches(['"', '\'', '(', '“']);
    let end = word.find(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').unwrap_or(word.len());
    let word = &word[..end];
    word.starts_with(char::is_uppercase) && STARTERS.contains(&word.to_lowercase().replace('’', "'").as_str())
}

/// "It is done.Please check" lacks a space; `example.Com` and `System.Out` do not.
fn is_missing_space(text: &str, range: &Range<usize>, at: usize, next: &str) -> bool {
    let word = word_before(text, range.start, at);
    word.len() >= 3
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && is_starter(next)
        && next.split_whitespace().next().is_some_and(|w| !w.contains(['.', '/', '@', '(']) || w.ends_with('.'))
}

/// "Ada A. de la Torre" goes on in lower case.
fn is_particle(next: &str) -> bool {
    ["de ", "van ", "von ", "der ", "di ", "da ", "la "].iter().any(|particle| next.starts_with(particle))
}
