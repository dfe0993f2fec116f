//! The words that a finding shows as its evidence.

use std::ops::Range;

use crate::extract::SentenceContext;

/// The sentence without the space around it.
pub(super) fn sentence(context: &SentenceContext<'_>) -> Range<usize> {
    trim(context.text, context.range.clone())
}

/// The clause with the mark that closes the sentence, if it stands right after it.
pub(super) fn clause(context: &SentenceContext<'_>, clause: Range<usize>) -> Range<usize> {
    let tail = context.text.get(clause.end..context.range.end).unwrap_or_default();
    let closing = tail.len() - tail.trim_start_matches(['.', '!', '?']).len();
    trim(context.text, clause.start..clause.end + closing)
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(words) = text.get(range.clone()) else { return range };
    let start = range.start + (words.len() - words.trim_start().len());
    let end = range.end - (words.len() - words.trim_end().len());
    start..end.max(start)
}
