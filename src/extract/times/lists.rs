//! Days of one month in a list: "18 and 19 June", "March 3rd or 4th", "the 17th, 18th and 19th of April". Each is a day of
//! its own; the month stands once, after the last or before the first.

use super::calendar::date;
use super::day::{month_and_day, of_a_year};
use super::lex::Kind;
use super::nouns;
use super::parser::{Parser, Read};
use super::value::Value;
use super::words::Word;

/// Days that a list may name.
const LONGEST: usize = 5;

/// A day of a list whose month stands with another one.
pub(super) fn listed(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let number = parser.skip(at, Word::The);
    parser.digits(number)?;
    let (day, next) = parser.ordinal(number, true)?;
    let (month, year) = month_after(parser, next)
        .or_else(|| month_before(parser, at).filter(|_| is_free(parser, next)).map(|month| (month, None)))?;
    let found = match year {
        Some(year) => date(year, month, day),
        None => of_a_year(parser, (at, next), |year| date(year, month, day)),
    };
    Some(Read::new(at, next, Value::Day(found?)))
}

/// Whether nothing at `at` makes the number before it a clock, an amount or a count.
fn is_free(parser: &Parser<'_>, at: usize) -> bool {
    let Some(token) = parser.tokens.get(at) else { return true };
    match token.kind {
        Kind::Punct(mark) => {
            matches!(mark, b',' | b'.' | b';' | b'!' | b'?' | b')')
                && !(parser.glued(at + 1) && parser.digits(at + 1).is_some())
        }
        Kind::Word(_) if parser.unit(at).is_some() => false,
        Kind::Word(word) => !matches!(
            word,
            Word::Unit(_)
                | Word::Am
                | Word::Pm
                | Word::AmPm
                | Word::LetterA
                | Word::LetterP
                | Word::Oclock
                | Word::Month(_)
                | Word::Part(_)
                | Word::Hundred
                | Word::Thousand
                | Word::Half
                | Word::More
                | Word::Other
        ),
        Kind::Number(..) => false,
        Kind::Other => !nouns::follows(parser, at),
    }
}

/// Skips ", ", "and", "or", ", and".
fn joint(parser: &Parser<'_>, at: usize) -> usize {
    let comma = parser.skip_punct(at, b',');
    let joined = matches!(parser.word(comma), Some(Word::And | Word::Or));
    if joined || comma > at { comma + usize::from(joined) } else { at }
}

/// The month that follows the last day of the list, with its year where one is told.
fn month_after(parser: &Parser<'_>, next: usize) -> Option<(i8, Option<i16>)> {
    let mut at = next;
    for _ in 1..LONGEST {
        let number = joint(parser, at);
        if number == at {
            return None;
        }
        let first = parser.skip(number, Word::The);
        parser.digits(first)?;
        if let Some((month, year)) = month_and_day(parser, number) {
            return Some((month, year));
        }
        (_, at) = parser.ordinal(first, true)?;
    }
    None
}

/// The month before the first day of the list.
fn month_before(parser: &Parser<'_>, at: usize) -> Option<i8> {
    let mut at = at;
    for _ in 1..LONGEST {
        let mut last = at.checked_sub(1)?;
        let joined = matches!(parser.word(last), Some(Word::And | Word::Or));
        if joined {
            last = last.checked_sub(1)?;
        }
        if parser.is_punct(last, b',') {
            last = last.checked_sub(1)?;
        } else if !joined {
            return None;
        }
        let suffixed = parser.is(last, Word::OrdinalSuffix);
        let number = if suffixed { last.checked_sub(1)? } else { last };
        let (1..=31, 1 | 2) = parser.digits(number)? else { return None };
        let before = number.checked_sub(1)?;
        let before = if parser.is(before, Word::The) { before.checked_sub(1)? } else { before };
        if let Some(Word::Month(month)) = parser.word(before) {
            return Some(month);
        }
        at = if parser.is(number - 1, Word::The) { number - 1 } else { number };
    }
    None
}
