//! Marks of quotation other than `>` (`| `, `Ada> `), and lines with a `>` that quote nothing.

use super::lines::Line;

/// A mark that stands before each line of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    /// A sign and a space.
    Sign(char),
    /// The name or the initials of who is quoted, up to its `>`.
    Name(&'a str),
}

/// Prompts that look like initials.
const PROMPTS: &[&str] = &["SQL", "PS", "C", "D", "IN", "OUT", "DEBUG", "R", "P", "B", "H"];

impl<'a> Mark<'a> {
    /// The mark that a line carries, if it looks like one.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let first = text.chars().next()?;
        if matches!(first, '|' | ':' | '%' | '}') {
            let rest = &text[1..];
            let table = rest.contains(first) || rest.len() > 1 && !rest.starts_with([' ', first]);
            return (!table).then_some(Self::Sign(first));
        }
        name(text).map(Self::Name)
    }

    /// Says whether a line carries this mark.
    pub(super) fn is_on(self, text: &str) -> bool {
        match self {
            Self::Sign(sign) => text.starts_with(sign),
            Self::Name(name) => text.strip_prefix(name).is_some_and(|rest| rest.starts_with('>')),
        }
    }
}

/// A capitalised word of at most twelve letters right before a `>` and a space.
fn name(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let length = bytes.iter().take(13).take_while(|b| b.is_ascii_alphabetic()).count();
    let rest = bytes.get(length..)?.strip_prefix(b">")?;
    let shaped = bytes.first()?.is_ascii_uppercase() && matches!(rest.first(), None | Some(b' ' | b'>'));
    let name = text.get(..length)?;
    (shaped && length <= 12 && !PROMPTS.contains(&name)).then_some(name)
}

/// The name that marks two lines or more of a mail.
pub(super) fn name_on_lines<'a>(lines: &[Line<'a>]) -> Option<Mark<'a>> {
    let mut before: Option<&str> = None;
    for line in lines {
        if let Some(found) = name(line.text) {
            if before == Some(found) {
                return Some(Mark::Name(found));
            }
            before = Some(found);
        }
    }
    None
}

/// Says whether a line is what a person typed at the prompt of an interpreter, among nothing that is quoted.
pub(super) fn is_prompt(lines: &[Line<'_>], at: usize) -> bool {
    let Some(typed) = lines[at].text.strip_prefix(">>> ") else { return false };
    let code = typed.contains(['(', '=', '['])
        || ["import ", "from ", "print ", "for ", "def ", "del "].iter().any(|word| typed.starts_with(word));
    let quoted = |line: &Line<'_>| line.is_marked() && !line.text.starts_with(">>> ");
    let block = |line: &&Line<'_>| !line.is_blank();
    code && !lines[..at].iter().rev().take_while(block).any(quoted)
        && !lines[at + 1..].iter().take_while(block).any(quoted)
}

/// Says whether a line heads a part of a plain diff: `12,14c15`.
pub(super) fn is_diff_place(text: &str) -> bool {
    if text.len() > 24 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let place = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b',');
    text.split_once(['a', 'c', 'd']).is_some_and(|(left, right)| place(left) && place(right))
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn marks_of_lines() {
        let check = |text: &str, expected: Option<Mark<'_>>| assert_eq!(Mark::of(text), expected, "{text}");
        check("| Why is it so?", Some(Mark::Sign('|')));
        check("| a | b |", None);
        check("Ada> Why?", Some(Mark::Name("Ada")));
        check("AO>> Why?", Some(Mark::Name("AO")));
        check("SQL> select 1", None);
        check("mysql> select 1", None);
        check(": Why?", Some(Mark::Sign(':')));
        check(":-)", None);
    }

    #[test]
    fn prompts_and_diffs_quote_nothing() {
        let typed = split("It says\n>>> import harrow\n>>> harrow.open('a')\n3\n");
        assert!(is_prompt(&typed, 1) && is_prompt(&typed, 2));
        assert!(!is_prompt(&split("> a\n>>> b = 1\n"), 1));
        assert!(is_diff_place("12,14c15") && is_diff_place("3a4,5"));
        assert!(!is_diff_place("12:30") && !is_diff_place("2010"));
    }
}
