//! Days told from the message's own: "tomorrow", "in two weeks", "three days ago", "a week from Friday".

use jiff::Span;

use super::calendar::shift;
use super::day;
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
    let (offset, next) = match parser.word(at)? {
        Word::Today => (0, at + 1),
        Word::Tomorrow => (1, at + 1),
        Word::Yesterday => (-1, at + 1),
        _ => beside_a_day(parser, at)?,
    };
    // "a week from tomorrow" is read by `counted`; "Friday week" is not English of our mails.
    Some(Read::new(at, next, Value::Day(shift(today, offset, Unit::Day)?)))
}

/// "the day after tomorrow", "the day before yesterday", "the next day", "the following day".
fn beside_a_day(parser: &Parser<'_>, at: usize) -> Option<(i64, usize)> {
    let first = parser.skip(at, Word::The);
    if let Some(offset) = direction(parser, first).filter(|offset| *offset != 0) {
        let is_day = parser.is(first + 1, Word::Unit(Unit::Day)) && first > at;
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

/// "in two weeks", "three days ago", "a week from Friday", "two days after tomorrow", "10 business days from now".
pub(super) fn counted(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led = parser.is(at, Word::In);
    let from = if led { at + 1 } else { at };
    let from = parser.skip(from, Word::Around);
    let (count, next) = parser.count(from)?;
    let (unit, next) = parser.unit(next)?;
    if matches!(unit, Unit::Weekend | Unit::Second | Unit::Minute | Unit::Hour) {
        return clock_units(parser, at, (count, unit), next);
    }
    let today = parser.today();
    match parser.word(next) {
        Some(Word::Ago | Word::Earlier) => found(at, next + 1, shift(today, -count, unit)?),
        Some(Word::Later | Word::Hence) => found(at, next + 1, shift(today, count, unit)?),
        Some(word @ (Word::From | Word::After | Word::Before | Word::Prior)) => {
            let base = parser.skip(next + 1, Word::To);
            let sign = if matches!(word, Word::Before | Word::Prior) { -1 } else { 1 };
            if matches!(parser.word(base), Some(Word::Now)) {
                return found(at, base + 1, shift(today, count * sign, unit)?);
            }
            let base = day::day(parser, base)?;
            found(at, base.next, shift(base.value.first_day()?, count * sign, unit)?)
        }
        _ if led => found(at, parser.skip_time(next), shift(today, count, unit)?),
        _ => None,
    }
}

fn found(at: usize, next: usize, day: jiff::civil::Date) -> Option<Read> {
    Some(Read::new(at, next, Value::Day(day)))
}

/// "in 30 minutes", "two hours ago".
fn clock_units(parser: &Parser<'_>, at: usize, (count, unit): (i64, Unit), next: usize) -> Option<Read> {
    let length = match unit {
        Unit::Second => Span::new().try_seconds(count),
        Unit::Minute => Span::new().try_minutes(count),
        Unit::Hour => Span::new().try_hours(count),
        _ => return None,
    };
    let local = parser.reference.local;
    let (sign, next) = match parser.word(next) {
        Some(Word::Ago | Word::Earlier) => (-1, next + 1),
        Some(Word::Later | Word::Hence) => (1, next + 1),
        Some(Word::From) if parser.is(next + 1, Word::Now) => (1, next + 2),
        _ if parser.is(at, Word::In) => (1, next),
        _ => return None,
    };
    let length = if sign < 0 { length.ok()?.negate() } else { length.ok()? };
    Some(Read::new(at, next, Value::Instant(local.checked_add(length).ok()?)))
}

impl Parser<'_> {
    /// Skips "time" as in "in two weeks' time".
    fn skip_time(&self, at: usize) -> usize {
        let next = self.skip_punct(at, b'\'');
        if self.is(next, Word::Time) { next + 1 } else { at }
    }
}
