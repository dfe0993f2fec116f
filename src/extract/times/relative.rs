//! Days told from the message's own: "tomorrow", "in two weeks", "three days ago", "a week from Friday".

use super::calendar::{in_week, monday, shift};
use super::day;
use super::length;
use super::parser::{Parser, Read};
use super::value::Value;
use super::words::{Unit, Word};

/// -1 for "last", 0 for "this", 1 for "next".
pub(super) fn direction(parser: &Parser<'_>, at: usize) -> Option<i64> {
    match parser.word(at)? {
        Word::Last | Word::Previous | Word::Past => Some(-1),
        Word::This | Word::Current | Word::Same => Some(0),
        Word::Next | Word::Coming | Word::Following => Some(1),
        _ => None,
    }
}

/// "today", "tomorrow", "the day after tomorrow", "yesterday", "the next day", "EOD" and its kin.
pub(super) fn named_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let today = parser.today();
    if let Some(read) = next_business_day(parser, at) {
        return Some(read);
    }
    let (offset, next) = match parser.word(at)? {
        Word::Today => (0, at + 1),
        Word::Tomorrow => (1, at + 1),
        Word::Yesterday => (-1, at + 1),
        _ => beside_a_day(parser, at)?,
    };
    // "a week from tomorrow" is read by `counted`; "Friday week" is not English of our mails.
    Some(Read::new(at, next, Value::Day(shift(today, offset, Unit::Day)?)))
}

/// "the next business day", "the following working day".
fn next_business_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let offset = direction(parser, first).filter(|offset| *offset != 0)?;
    let (Unit::Weekday, next) = parser.unit(first + 1)? else { return None };
    Some(Read::new(at, next, Value::Day(shift(parser.today(), offset, Unit::Weekday)?)))
}

/// "the day after tomorrow", "the day before yesterday", "the next day", "the following day".
fn beside_a_day(parser: &Parser<'_>, at: usize) -> Option<(i64, usize)> {
    let first = parser.skip(at, Word::The);
    if let Some(offset) = direction(parser, first).filter(|offset| *offset != 0) {
        let is_day = parser.is(first + 1, Word::Unit(Unit::Day)) && (first > at || parser.ends(first + 2));
        return is_day.then_some((offset, first + 2));
    }
    if !parser.is(first, Word::Unit(Unit::Day)) {
        return None;
    }
    match (parser.word(first + 1)?, parser.word(first + 2)) {
        (Word::After, Some(Word::Tomorrow)) => Some((2, first + 3)),
        (Word::Before, Some(Word::Yesterday)) => Some((-2, first + 3)),
        (Word::After, _) if first > at => Some((1, first + 2)),
        (Word::Before, _) if first > at => Some((-1, first + 2)),
        _ => None,
    }
}

/// "in two weeks", "three days ago", "a week from Friday", "two days after tomorrow", "10 business days from now",
/// "in 30 minutes", "2 weeks and 2 days ago".
pub(super) fn counted(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let read = counted_plain(parser, at)?;
    let Value::Day(day) = read.value else { return Some(read) };
    if let (Some(Word::On), Some(Word::Weekday(weekday))) = (parser.word(read.next), parser.word(read.next + 1)) {
        return Some(Read::new(at, read.next + 2, Value::Day(in_week(monday(day)?, weekday)?)));
    }
    Some(read)
}

fn counted_plain(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led = parser.is(at, Word::In);
    let mut from = if led { at + 1 } else { at };
    from = parser.skip(parser.skip(from, Word::Around), Word::About);
    let under = led && matches!(parser.word(from), Some(Word::Less)) && parser.is(from + 1, Word::Than);
    from += if under { 2 } else { 0 };
    let (amounts, next) = length::amounts(parser, from)?;
    if amounts.iter().any(|amount| amount.unit == Unit::Weekend) {
        return None;
    }
    let local = parser.reference.local;
    let from_now = |next, sign| {
        let value = length::moved(local, &amounts, sign)?;
        let of_clock = length::is_of_clock(&amounts);
        Some(Read::new(at, next, if of_clock { Value::Instant(value) } else { Value::Day(value.date()) }))
    };
    match parser.word(next) {
        Some(Word::Ago | Word::Earlier) => from_now(next + 1, -1),
        Some(Word::Later) if relative_stretch(parser, next + 1) => None,
        Some(Word::Later | Word::Hence) => from_now(next + 1, 1),
        Some(word @ (Word::From | Word::After | Word::Before | Word::Prior)) => {
            let base = parser.skip(next + 1, Word::To);
            let sign = if matches!(word, Word::Before | Word::Prior) { -1 } else { 1 };
            if parser.is(base, Word::Now) {
                return from_now(base + 1, sign);
            }
            // "for 3 days from Monday" lasts that long.
            let lasts = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::For)) && word == Word::From;
            let base = day::day(&parser.within()?, base).filter(|_| !lasts && !length::is_of_clock(&amounts))?;
            let start = base.value.first_day()?.at(0, 0, 0, 0);
            Some(Read::new(from, base.next, Value::Day(length::moved(start, &amounts, sign)?.date())))
        }
        Some(Word::On) if matches!(parser.word(next + 1), Some(Word::Weekday(_))) && is_weeks(&amounts) && !led => {
            let base = day::day(&parser.within()?, next + 1)?;
            let start = base.value.first_day()?.at(0, 0, 0, 0);
            Some(Read::new(at, base.next, Value::Day(length::moved(start, &amounts, 1)?.date())))
        }
        Some(Word::In) if parser.is(next + 1, Word::The) && parser.is(next + 2, Word::Future) => from_now(next + 3, 1),
        _ if led => from_now(parser.skip_time(next), 1),
        _ => None,
    }
}

/// "a week on Friday" counts from the coming one.
fn is_weeks(amounts: &[length::Amount]) -> bool {
    amounts.iter().all(|amount| matches!(amount.unit, Unit::Week | Unit::Fortnight))
}

/// "later this week" after a length is no part of it.
fn relative_stretch(parser: &Parser<'_>, at: usize) -> bool {
    direction(parser, at).is_some() || (parser.is(at, Word::In) && parser.is(at + 1, Word::The))
}

/// "now", "right now", "at the moment", "at present".
pub(super) fn present(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let next = match parser.word(at)? {
        Word::Now => at + 1,
        Word::Right if parser.is(at + 1, Word::Now) => at + 2,
        Word::At if parser.is(at + 1, Word::Present) => at + 2,
        Word::At if parser.is(at + 1, Word::This) && parser.is(at + 2, Word::Time) => at + 3,
        Word::At
            if parser.is(at + 1, Word::The)
                && matches!(parser.word(at + 2), Some(Word::Moment | Word::Unit(Unit::Minute))) =>
        {
            at + 3
        }
        _ => return None,
    };
    Some(Read::new(at, next, Value::Now(parser.reference.local)))
}

impl Parser<'_> {
    /// Skips "time" as in "in two weeks' time".
    fn skip_time(&self, at: usize) -> usize {
        let next = self.skip_punct(at, b'\'');
        if self.is(next, Word::Time) { next + 1 } else { at }
    }
}
