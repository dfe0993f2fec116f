//! What others quote of a person: the words below a line that names them as their author.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The field of a quoted header that names the author.
static AUTHOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^[>\s*_]*(?:from|von|de|da|van|fra|från|od)\s*:").ok());

/// A line of a mail.
struct Line<'t> {
    range: Range<usize>,
    text: &'t str,
    /// How often it is quoted.
    depth: usize,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim_start_matches(['>', ' ']).trim().is_empty()
    }

    fn names_author(&self) -> bool {
        AUTHOR.as_ref().is_some_and(|author| author.is_match(self.text))
    }
}

/// Where the words of a person are quoted, given where they are named.
pub(super) fn ranges(text: &str, named: &[Range<usize>]) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_named = named.iter().any(|range| range.start < line.range.end && line.range.start < range.end);
        if !is_named {
            continue;
        }
        if line.names_author() {
            found.extend(below_header(&lines, at));
        } else if let Some(first) = attributed(&lines, at) {
            found.extend(below_attribution(&lines, first));
        }
    }
    found
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let line = |text| {
        let range = at..at + str::len(text);
        at = range.end;
        let depth = text.chars().take_while(|c| matches!(c, '>' | ' ')).filter(|c| *c == '>').count();
        Line { range, text, depth }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The first quoted line below a line such as `On Monday … wrote:`, which may be broken in two.
fn attributed(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let depth = lines.get(at)?.depth;
    let end = (at..at + 3).find(|&at| lines.get(at).is_some_and(|line| line.text.trim_end().ends_with(':')))?;
    let first = (end + 1..lines.len()).find(|&at| lines.get(at).is_some_and(|line| !line.is_blank()))?;
    (lines.get(first)?.depth == depth + 1).then_some(first)
}

fn below_attribution<'l>(lines: &'l [Line<'_>], first: usize) -> impl Iterator<Item = Range<usize>> + 'l {
    let depth = lines.get(first).map_or(0, |line| line.depth);
    let rest = lines.iter().skip(first).take_while(move |line| line.is_blank() || line.depth >= depth);
    rest.filter(move |line| line.depth == depth).map(|line| line.range.clone())
}

fn below_header<'l>(lines: &'l [Line<'_>], at: usize) -> impl Iterator<Item = Range<usize>> + 'l {
    let depth = lines.get(at).map_or(0, |line| line.depth);
    let body = lines.iter().skip(at + 1).skip_while(|line| !line.is_blank());
    body.take_while(move |line| !line.names_author() && (line.is_blank() || line.depth >= depth))
        .map(|line| line.range.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is taken for Priya's words.
    fn check(text: &str, expected: &[&str]) {
        let named: Vec<Range<usize>> = text.match_indices("Priya").map(|(at, name)| at..at + name.len()).collect();
        let found: Vec<&str> =
            ranges(text, &named).into_iter().map(|range| text[range].trim()).filter(|line| !line.is_empty()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quoted_words_are_found() {
        check(
            "Yes.\n\nOn Monday, Priya wrote:\n> We need it.\n> Soon.\n>> Sam: when?\n\nBye",
            &["> We need it.", "> Soon."],
        );
        check("Yes.\nOn Monday, Priya\n<p@x> wrote:\n\n> We need it.\nBye", &["> We need it."]);
        check("> On Monday, Priya wrote:\n>> We need it.\n> No.", &[">> We need it."]);
        check("Ok.\n\nFrom: Priya\nTo: Sam\n\nWe need it.\n\nFrom: Sam\n\nWhen?", &["We need it."]);
        check("Ask Priya: she knows.\nThen go.", &[]);
        check("I told Priya\n> We need it.", &[]);
    }
}
