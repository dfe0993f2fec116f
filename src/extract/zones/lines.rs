//! The lines of a message. A reply and an attribution that share one line ("ok On Mon, … wrote:") become two lines.

use super::attribution;
use super::fold::has_date;

/// One line with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// First byte.
    pub start: usize,
    /// One past the line break.
    pub end: usize,
    /// The words, without white space around them.
    pub text: &'a str,
}

impl Line<'_> {
    /// Says whether nothing but white space stands on the line.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Says whether the line carries a `>` of a mail program.
    pub(super) fn is_marked(&self) -> bool {
        let text = self.text;
        // "> wrote:" is the end of a wrapped attribution, "> >> http://… <<<" an advertisement, ">From" an mbox escape.
        text.starts_with('>')
            && !text.ends_with("<<<")
            && !self.is_framed()
            && !text.starts_with(">From ")
            && !matches!(text, "> wrote:" | ">:")
    }
}

impl Line<'_> {
    /// `>>> "Name" <address> 01/16/01 11:05AM >>>`, the attribution of one mail program.
    pub(super) fn is_framed(&self) -> bool {
        self.text.starts_with(">>> ") && self.text.ends_with(">>>") && has_date(self.text)
    }
}

/// Cuts a text into lines that cover it.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 40 + 1);
    let mut start = 0;
    for newline in memchr::memchr_iter(b'\n', text.as_bytes()) {
        push(text, start, newline + 1, &mut lines);
        start = newline + 1;
    }
    if start < text.len() {
        push(text, start, text.len(), &mut lines);
    }
    lines
}

fn push<'a>(text: &'a str, start: usize, end: usize, lines: &mut Vec<Line<'a>>) {
    let words = text[start..end].trim();
    if let Some(cut) = attribution::cut_within(words) {
        let at = start + (words.as_ptr() as usize - text[start..].as_ptr() as usize) + cut;
        lines.push(Line { start, end: at, text: text[start..at].trim() });
        lines.push(Line { start: at, end, text: text[at..end].trim() });
    } else {
        lines.push(Line { start, end, text: words });
    }
}

/// Index of the first line at or after `from` that is not blank.
pub(super) fn next_filled(lines: &[Line<'_>], from: usize) -> Option<usize> {
    (from..lines.len()).find(|&i| !lines[i].is_blank())
}

/// Index of the last line before `before` that is not blank.
pub(super) fn previous_filled(lines: &[Line<'_>], before: usize) -> Option<usize> {
    (0..before).rev().find(|&i| !lines[i].is_blank())
}
