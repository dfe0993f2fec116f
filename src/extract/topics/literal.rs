//! Words that every match of a pattern has: a sentence without them needs no look at the pattern.

use super::pattern::{branches, closing};

/// What stands somewhere in every match of a piece of a pattern, always at the start of a word: one of these texts. A
/// blank in them stands for a blank of the pattern. `None` where nothing is certain. `at_start` says whether the piece
/// begins where a word begins.
pub(super) fn certain(piece: &str, at_start: bool) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let mut rest = piece;
    let mut at_word = at_start;
    while !rest.is_empty() {
        let atom = Atom::first(rest)?;
        if at_word && !atom.optional {
            let found = firsts(rest, atom.length).filter(|found| weight(found) > best.as_deref().map_or(0, weight));
            best = found.or(best);
        }
        at_word = match atom.end {
            End::Blank => true,
            End::BlankOrNothing | End::Nothing => at_word,
            End::Other => false,
        };
        rest = &rest[atom.length..];
    }
    best
}

/// How much a list of texts tells: as much as its shortest one.
fn weight(texts: &[String]) -> usize {
    texts.iter().map(String::len).min().unwrap_or_default()
}

/// How the text of an atom ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// With white space.
    Blank,
    /// With white space where there is any text.
    BlankOrNothing,
    /// It has no text: a boundary.
    Nothing,
    /// With anything.
    Other,
}

/// The smallest part of a pattern that a quantifier can follow.
#[derive(Clone, Copy, Debug)]
struct Atom {
    /// Its length with its quantifier.
    length: usize,
    /// Whether a match may lack it.
    optional: bool,
    end: End,
}

impl Atom {
    /// The first atom of a pattern; `None` for what is not understood.
    fn first(pattern: &str) -> Option<Self> {
        if let Some(rest) = pattern.strip_prefix(" ~") {
            // A gap of some words, the blank after its number included.
            let length = 3 + usize::from(rest.get(1..)?.starts_with(' '));
            return Some(Self { length, optional: false, end: End::Blank });
        }
        let body = match pattern.chars().next()? {
            '(' => closing(pattern).filter(|_| pattern.starts_with("(?:"))? + 1,
            '[' => pattern.find(']')? + 1,
            '\\' => 1 + pattern[1..].chars().next()?.len_utf8(),
            '|' | ')' => return None,
            other => other.len_utf8(),
        };
        let quantifier = quantifier(&pattern[body..]);
        let optional = quantifier.starts_with(['?', '*']) || quantifier.starts_with("{0");
        let ends_blank = match inner(&pattern[..body]) {
            Some(inner) => branches(inner).iter().all(|branch| branch.ends_with(' ')),
            None => pattern.starts_with(' '),
        };
        let end = match (ends_blank, optional) {
            // A blank that may be missing is followed by anything.
            (true, true) if pattern.starts_with(' ') => End::Other,
            (true, true) => End::BlankOrNothing,
            (true, false) => End::Blank,
            (false, _) if pattern.starts_with(r"\b") => End::Nothing,
            (false, _) => End::Other,
        };
        Some(Self { length: body + quantifier.len(), optional, end })
    }
}

/// The texts that a pattern can begin with, told by its first atom of `length`, or by a run of letters.
fn firsts(pattern: &str, length: usize) -> Option<Vec<String>> {
    let body = length - quantifier_of(&pattern[..length]).len();
    let Some(inner) = inner(&pattern[..body]) else { return letters(pattern).map(|text| vec![text]) };
    let mut made = Vec::new();
    for branch in branches(inner) {
        made.extend(openings(branch)?);
    }
    Some(made)
}

/// The texts that a branch can begin with.
fn openings(branch: &str) -> Option<Vec<String>> {
    let atom = Atom::first(branch)?;
    let mut made = firsts(branch, atom.length)?;
    if atom.optional {
        made.extend(openings(&branch[atom.length..])?);
    }
    Some(made)
}

/// The plain text that a pattern begins with: whole up to the first sign; at least two letters.
fn letters(pattern: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, ' ' | '-');
    let mut end = pattern.find(|c| !plain(c)).unwrap_or(pattern.len());
    if pattern[end..].starts_with(['?', '*', '{']) {
        end = end.checked_sub(1)?;
    }
    let mut text = pattern[..end].trim_end();
    // "n't" is written for the end of any word, and "~" belongs to the blank before it.
    if pattern[end..].starts_with("'t") {
        text = text.strip_suffix(" n").or_else(|| (text != "n").then_some(text))?;
    }
    (text.len() > 1 && text.starts_with(|c: char| c.is_ascii_alphanumeric())).then(|| text.to_owned())
}

/// The quantifier that a pattern begins with, or nothing.
fn quantifier(pattern: &str) -> &str {
    let mut length = match pattern.bytes().next() {
        Some(b'?' | b'*' | b'+') => 1,
        Some(b'{') => pattern.find('}').map_or(0, |at| at + 1),
        _ => 0,
    };
    if length > 0 && pattern[length..].starts_with('?') {
        length += 1;
    }
    &pattern[..length]
}

/// The quantifier of an atom.
fn quantifier_of(atom: &str) -> &str {
    let body = if atom.starts_with('(') { closing(atom).map_or(atom.len(), |at| at + 1) } else { atom.len() };
    &atom[body..]
}

/// What stands in a group; `None` for anything else.
fn inner(atom: &str) -> Option<&str> {
    atom.strip_prefix("(?:")?.strip_suffix(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_words_of_a_pattern() {
        let check = |piece: &str, at_start, expected: &[&str]| {
            assert_eq!(certain(piece, at_start).unwrap_or_default(), expected, "{piece}");
        };
        check(r" (?:\S+ ){0,5}(?:renew|renewals?|the contract)\b", false, &["renew", "renewal", "the contract"]);
        check(r" ~4 (?:two|vendors|you and)", false, &["two", "vendors", "you and"]);
        check(r" (?:very |highly )?(?:(?:most )?unlikely|bad)", false, &["most", "unlikely", "bad"]);
        check(r" (?:not|n't) (?:on ?line|is n't)", false, &["on", "is"]);
        check(r" (?:sure )?if (?:we|i) can", false, &["can"]);
        check("(?:no|without) (?:a )?plan ", true, &["plan"]);
        check("(?:no|without) (?:a )?", true, &["no", "without"]);
        check("(?:no|without) ?plan", false, &[]);
        check(r"(?:no|\d)\b(?: or|$)", true, &[]);
        check("s? (?:a|be)", false, &[]);
    }
}
