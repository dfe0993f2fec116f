//! Whole expressions: a day with a clock, a range, or one of the simple forms; the longest reading wins.

use jiff::civil::{Date, DateTime};

use super::clock::{clock, hours_of, in_half};
use super::day::day;
use super::parser::{Parser, Read};
use super::period;
use super::relative;
use super::value::{Clock, Value};
use super::words::{Part, Word};
use crate::model::Grain;

/// The expression that starts at `at`, if one does.
pub(super) fn expression(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [range, dated_clock, clock_then_day, part_of_a_day, point, lone_clock, period::recurring, length, soon];
    let mut best: Option<Read> = None;
    for rule in rules {
        let read = rule(parser, at);
        if read.as_ref().is_some_and(|read| best.as_ref().is_none_or(|best| read.next > best.next)) {
            best = read;
        }
    }
    best
}

/// A day or stretch.
fn point(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let day = day(parser, at);
    let stretch = period::stretch(parser, at);
    match (day, stretch) {
        (Some(day), Some(stretch)) if stretch.next > day.next => Some(stretch),
        (Some(day), _) => Some(day),
        (None, stretch) => stretch,
    }
}

fn length(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let counted = !matches!(parser.word(at), Some(Word::One)) || at == 0 || !parser.is(at - 1, Word::The);
    let read = period::length(parser, at).filter(|_| counted)?;
    let is_second = matches!(parser.word(at), Some(Word::LetterA)) && read.value == Value::Length("PT1S".to_owned());
    (!is_second).then_some(read)
}

fn soon(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if parser.is(at, Word::Soon) {
        return Some(Read::new(at, at + 1, Value::Vague));
    }
    let as_soon_as = parser.is(at, Word::As) && parser.is(at + 1, Word::Soon) && parser.is(at + 2, Word::As);
    // "as soon as possible" ends in a word that is none of ours; "as soon as I see it" is a condition.
    let possible = parser.tokens.get(at + 3).is_some_and(|token| token.end - token.start == "possible".len());
    (as_soon_as && possible).then(|| Read::new(at, at + 4, Value::Vague))
}

/// A clock on its own, where its form tells that it is one.
fn lone_clock(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let expected = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At) || parser.is_punct(before, b'@'));
    let (clock, next) = clock(parser, at, expected)?;
    let is_more = parser.unit(next).is_some() || parser.is_punct(next, b'%');
    (!is_more).then(|| Read::new(at, next, Value::Clock(clock)))
}

/// Skips what may stand between a day and its clock.
fn skip_joint(parser: &Parser<'_>, at: usize) -> (usize, bool) {
    let mut next = parser.skip_punct(at, b',');
    let mut expected = false;
    for joint in [Word::At, Word::Around, Word::By, Word::From] {
        if parser.is(next, joint) {
            next += 1;
            expected |= matches!(joint, Word::At | Word::Around);
        }
    }
    if parser.is_punct(next, b'@') {
        return (next + 1, true);
    }
    (next, expected)
}

/// "tomorrow at 3pm", "Friday morning", "March 3, 2-3pm", "Monday between 2 and 4".
fn dated_clock(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let date = day(parser, at)?;
    let Value::Day(on) = date.value else { return None };
    let (joint, expected) = skip_joint(parser, date.next);
    if let Some(read) = clocks(parser, joint) {
        return on_day(on, &read.value).map(|value| Read::new(date.start, read.next, value));
    }
    if let Some((part, next)) = part(parser, parser.skip_the_part(date.next)) {
        if let Some((clock, next)) = clock(parser, skip_joint(parser, next).0, skip_joint(parser, next).1) {
            let clock = settle(clock, part);
            return Some(Read::new(date.start, next, Value::Moment(on, clock)));
        }
        return moments(on, part).map(|value| Read::new(date.start, next, value));
    }
    let (clock, next) = clock(parser, joint, expected)?;
    Some(Read::new(date.start, next, Value::Moment(on, clock)))
}

/// "3pm on Friday", "at 10 tomorrow", "2-4pm next Monday", "morning of 3 March".
fn clock_then_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let expected = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At) || parser.is_punct(before, b'@'));
    let (value, next) = match clocks(parser, at) {
        Some(read) => (read.value, read.next),
        None => match part(parser, at) {
            Some((part, next)) => {
                let of = parser.skip(next, Word::Of);
                let date = day(parser, parser.skip(of, Word::On))?;
                let Value::Day(on) = date.value else { return None };
                return moments(on, part).map(|value| Read::new(at, date.next, value));
            }
            None => clock(parser, at, expected).map(|(clock, next)| (Value::Clock(clock), next))?,
        },
    };
    let on = parser.skip(parser.skip_punct(next, b','), Word::On);
    let date = day(parser, on)?;
    let Value::Day(day) = date.value else { return None };
    on_day(day, &value).map(|value| Read::new(at, date.next, value))
}

/// "tonight", "this morning", "this afternoon at 4".
fn part_of_a_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let today = parser.today();
    let (part, on, next) = match parser.word(at)? {
        Word::Tonight => (Part::Night, today, at + 1),
        _ => {
            let offset = relative::direction(parser, at)?;
            let (part, next) = part(parser, at + 1)?;
            (part, super::calendar::shift(today, offset, super::words::Unit::Day)?, next)
        }
    };
    let (joint, expected) = skip_joint(parser, next);
    if let Some((clock, next)) = clock(parser, joint, expected) {
        return Some(Read::new(at, next, Value::Moment(on, settle(clock, part))));
    }
    moments(on, part).map(|value| Read::new(at, next, value))
}

fn settle(clock: Clock, part: Part) -> Clock {
    if clock.settled { clock } else { in_half(clock, super::clock::is_late(part)) }
}

/// A part of the day, with the token after it.
fn part(parser: &Parser<'_>, at: usize) -> Option<(Part, usize)> {
    let led = matches!(parser.word(at), Some(Word::Early | Word::Late));
    match parser.word(if led { at + 1 } else { at })? {
        Word::Part(part) => Some((part, if led { at + 2 } else { at + 1 })),
        _ => None,
    }
}

impl Parser<'_> {
    /// Skips "in the" before a part of the day.
    fn skip_the_part(&self, at: usize) -> usize {
        if self.is(at, Word::In) && self.is(at + 1, Word::The) { at + 2 } else { at }
    }
}

fn moments(on: Date, part: Part) -> Option<Value> {
    let (from, to) = hours_of(part);
    let end = if to == 24 { on.at(23, 59, 59, 0) } else { on.at(to, 0, 0, 0) };
    Some(Value::Moments(on.at(from, 0, 0, 0), end))
}

fn at_clock(on: Date, clock: Clock) -> DateTime {
    on.at(clock.hour, clock.minute, 0, 0)
}

fn on_day(on: Date, value: &Value) -> Option<Value> {
    match value {
        Value::Clock(clock) => Some(Value::Moment(on, *clock)),
        Value::Clocks(from, to) => Some(Value::Moments(at_clock(on, *from), at_clock(on, *to))),
        _ => None,
    }
}

/// Whether a word or mark leads from one end of a range to the other.
fn leads_on(parser: &Parser<'_>, at: usize, between: bool) -> bool {
    if between {
        return parser.is(at, Word::And);
    }
    parser.is_punct(at, b'-') || matches!(parser.word(at), Some(Word::To | Word::Until | Word::Through))
}

/// "2-3pm", "between 2 and 4", "from 9:00 to 17:30".
fn clocks(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let between = parser.is(at, Word::Between);
    let first = if between || parser.is(at, Word::From) { at + 1 } else { at };
    let (from, next) = clock(parser, first, true)?;
    if !leads_on(parser, next, between) {
        return None;
    }
    let (to, after) = clock(parser, next + 1, true)?;
    let told = first > at || from.settled || to.settled || from.grain == Grain::Minute || to.grain == Grain::Minute;
    let is_more = parser.unit(after).is_some() || matches!(parser.word(after), Some(Word::Month(_)));
    if !told || is_more || parser.is_punct(after, b'%') || parser.is_punct(after, b'/') {
        return None;
    }
    let from = if to.settled && !from.settled {
        let late = in_half(from, to.hour >= 12);
        if (late.hour, late.minute) <= (to.hour, to.minute) { late } else { from }
    } else {
        from
    };
    Some(Read::new(at, after, Value::Clocks(from, to)))
}

/// "from Monday to Wednesday", "March 3-5", "between 1 May and 15 May", "Jan - March 2026", "from 2-4pm".
fn range(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if let Some(read) = clocks(parser, at) {
        return Some(read);
    }
    if let Some(read) = days_of_month(parser, at).or_else(|| period::weekday_range(parser, at)) {
        return Some(read);
    }
    let between = parser.is(at, Word::Between);
    let led = between || parser.is(at, Word::From);
    let first = if led { at + 1 } else { at };
    let from = dated_clock(parser, first).or_else(|| point(parser, first))?;
    if !leads_on(parser, from.next, between) || (!led && !parser.is_punct(from.next, b'-') && !is_stretch(&from)) {
        return None;
    }
    let to = dated_clock(parser, from.next + 1).or_else(|| point(parser, from.next + 1))?;
    Some(Read::new(at, to.next, span(&from.value, &to.value)?))
}

fn is_stretch(read: &Read) -> bool {
    matches!(read.value, Value::Day(_) | Value::Days { .. } | Value::Moment(..))
}

/// "March 3-5", "3-5 March 2026", "from the 3rd to the 5th of March".
fn days_of_month(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if let Some(Word::Month(_)) = parser.word(at) {
        let from = day(parser, at)?;
        if !leads_on(parser, from.next, false) {
            return None;
        }
        let (last, next) = parser.ordinal(parser.skip(from.next + 1, Word::The), true)?;
        if matches!(parser.word(next), Some(Word::Month(_) | Word::Am | Word::Pm)) || parser.is_punct(next, b':') {
            return None;
        }
        let start = from.value.first_day()?;
        let (year, next) = parser.year_after(next).unwrap_or((start.year(), next));
        let start = super::calendar::date(year, start.month(), start.day())?;
        let end = super::calendar::date(year, start.month(), last).filter(|end| *end > start)?;
        return Some(Read::new(at, next, Value::days(start, end, Grain::Day)));
    }
    let led = parser.is(at, Word::From) || parser.is(at, Word::Between);
    let first = parser.skip(if led { at + 1 } else { at }, Word::The);
    let (start_day, next) = parser.ordinal(first, true)?;
    if !leads_on(parser, next, parser.is(at, Word::Between)) {
        return None;
    }
    let to = day(parser, next + 1)?;
    let end = to.value.first_day()?;
    let is_of_month = (next + 1..to.next).any(|token| matches!(parser.word(token), Some(Word::Month(_))));
    let start =
        super::calendar::date(end.year(), end.month(), start_day).filter(|start| *start < end && is_of_month)?;
    Some(Read::new(at, to.next, Value::days(start, end, Grain::Day)))
}

/// From the start of one to the end of the other.
fn span(from: &Value, to: &Value) -> Option<Value> {
    match (from, to) {
        (Value::Moment(a, from), Value::Moment(b, to)) => Some(Value::Moments(at_clock(*a, *from), at_clock(*b, *to))),
        _ => {
            let (start, end) = (from.first_day()?, to.first_day()?);
            let grain = match (from, to) {
                (Value::Days { grain, .. }, Value::Days { .. }) => *grain,
                _ => Grain::Day,
            };
            (start < end).then(|| Value::days(start, end, grain))
        }
    }
}
