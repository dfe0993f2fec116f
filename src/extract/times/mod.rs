//! Date and time expressions with their place, value and grain; [`due`] says which of them is a deadline.
//! Entry point: [`find`].
#![doc = include_str!("CONVENTIONS.md")]

mod calendar;
mod clock;
mod compose;
mod day;
pub mod due;
mod ends;
mod holidays;
mod homographs;
mod lasting;
mod length;
mod lex;
mod lists;
mod modifier;
mod monthly;
mod named;
mod nouns;
mod numeric;
mod parser;
mod parts;
mod period;
mod ranges;
mod recurring;
mod relative;
mod shares;
mod starts;
#[cfg(test)]
mod tests;
mod value;
mod vocabulary;
mod weeks;
mod words;
mod years;

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use crate::model::Grain;

/// What relative expressions are resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The message's own time in its author's zone.
    pub local: DateTime,
    /// Whether `3/4` is the third of April.
    pub day_first: bool,
}

/// A time expression in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Where it stands, in bytes of the text, without a preposition and without an article that adds nothing.
    pub range: Range<usize>,
    /// The words to show: `range` with its article and what limits it ("by Friday", "no later than noon", "2020 or later").
    pub shown: Range<usize>,
    /// Its value in the form of [`crate::model::TimeExpression::value`].
    pub value: Option<String>,
    /// How exact it is.
    pub grain: Grain,
    /// The one day that follows from it, if one does: what a deadline with this expression is due on.
    pub day: Option<Date>,
}

/// Finds the time expressions within `range` of `text`, in order, without overlap.
pub fn find(text: &str, range: Range<usize>, reference: Reference) -> Vec<Time> {
    let tokens = lex::lex(text, range);
    if tokens.is_empty() {
        return Vec::new();
    }
    let parser = parser::Parser { tokens: &tokens, reference, text, nested: false };
    let (mut found, mut at, mut free) = (Vec::new(), 0, 0);
    while at < tokens.len() {
        let read = if starts::may_start(&tokens, at) { compose::expression(&parser, at) } else { None };
        match read {
            Some(read) if read.next > at => {
                let bytes = |from: usize, next: usize| tokens[from].start..tokens[next - 1].end;
                let next = modifier::after(&parser, read.next);
                let shown = bytes(modifier::before(&parser, at).max(free).min(at), next);
                let start = after_article(&parser, &read);
                found.push(read.value.into_time(bytes(start, read.next), shown));
                at = next;
                free = next;
            }
            _ => at += 1,
        }
    }
    found
}

/// The first token of an expression without an article that adds nothing: "the next two weeks".
fn after_article(parser: &parser::Parser<'_>, read: &parser::Read) -> usize {
    if !matches!(parser.word(read.start), Some(words::Word::The | words::Word::LetterA | words::Word::An)) {
        return read.start;
    }
    let bare = compose::expression(parser, read.start + 1);
    let same = bare.is_some_and(|bare| bare.next == read.next && bare.value.text() == read.value.text());
    read.start + usize::from(same)
}
