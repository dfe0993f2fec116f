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

mod calendar;
mod clock;
mod compose;
mod day;
pub mod due;
mod holidays;
mod lasting;
mod length;
mod lex;
mod modifier;
mod named;
mod numeric;
mod parser;
mod period;
mod ranges;
mod recurring;
mod relative;
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
    /// Where it stands, in bytes of the text, without a preposition.
    pub range: Range<usize>,
    /// The words to show: `range` and what limits it ("by Friday", "no later than noon", "since 2019", "2020 or later").
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
        match compose::expression(&parser, at) {
            Some(read) if read.next > at => {
                let bytes = |from: usize, next: usize| tokens[from].start..tokens[next - 1].end;
                let next = modifier::after(&parser, read.next);
                let shown = bytes(modifier::before(&parser, at).max(free).min(at), next);
                found.push(read.value.into_time(bytes(read.start, read.next), shown));
                at = next;
                free = next;
            }
            _ => at += 1,
        }
    }
    found
}
