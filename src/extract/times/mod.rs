//! Date and time expressions with their place, value and grain.
//!
//! Conventions, where a phrase could mean several things:
//! - A bare weekday, a day of a month or a month and day is the coming one, today included; with "last" or "ago" the past.
//! - "this Friday" is the coming one; "next Friday" is the Friday of the following week (weeks start on Monday).
//! - "end of Q1" is 31 March, "EOW" is Friday, "EOD" the message's own day, "end of the month" its last day.
//! - "in two weeks" is that day; "within two weeks" runs until it; business days skip weekends, not holidays.
//! - "early", "mid" and "late" name a stretch and no day; "soon" and "ASAP" name nothing.
//! - A clock without am or pm is read as written; 1 to 6 beside a day of work is the afternoon only where words say so.
//! - Two-digit years are of this century up to 49.
//! - "to" between months or days leads to the start of the second, as its end is exclusive; "to the end of" includes it.
//! - A month named beside the end of a range takes its year from there; without any, a range that has begun runs.
//! - A four-digit number is a year where a word asks for one or where nothing beside it makes it an amount.
//! - A meal or part of the day alone is a stretch of hours of no day and no deadline; "now" is no deadline either.

mod calendar;
mod clock;
mod compose;
mod day;
pub mod due;
mod ends;
mod holidays;
mod lasting;
mod length;
mod lex;
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
