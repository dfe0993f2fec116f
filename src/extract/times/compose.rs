//! Whole expressions: a day with a clock, a range, or one of the simple forms; the longest reading wins.

use jiff::civil::{Date, DateTime};

use super::clock::{clock, hours_of, in_half};
use super::day::day;
use super::length;
use super::parser::{Parser, Read};
use super::period;
use super::ranges::{self, clocks};
use super::recurring;
use super::relative;
use super::value::{Clock, Value};
use super::words::{Part, Word};
use crate::model::Grain;

/// The expression that starts at `at`, if one does.
pub(super) fn expression(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        ranges::range,
        ranges::lasting,
        dated_clock,
        clock_then_day,
        part_of_a_day,
        point,
        lone_clock,
        recurring::recurring,
        length,
        lone_part,
        soon,
    ];
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
pub(super) fn point(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let day = day(parser, at).or_else(|| relative::present(parser, at));
    let stretch = period::stretch(parser, at);
    match (day, stretch) {
        (Some(day), Some(stretch)) if stretch.next > day.next => Some(stretch),
        (Some(day), _) => Some(day),
        (None, stretch) => stretch,
    }
}

fn length(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let counted = !matches!(parser.word(at), Some(Word::One)) || at == 0 || !parser.is(at - 1, Word::The);
    let read = length::length(parser, at).filter(|_| counted)?;
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
    while let Some(word) = parser.word(next) {
        next = match word {
            Word::At | Word::Around | Word::About => {
                expected = true;
                next + 1
            }
            Word::By | Word::Before | Word::After | Word::Until => next + 1,
            Word::No if parser.is(next + 1, Word::Later) && parser.is(next + 2, Word::Than) => next + 3,
            Word::Later | Word::Earlier if parser.is(next + 1, Word::Than) => next + 2,
            Word::As if parser.is(next + 2, Word::As) => next + 3,
            _ => break,
        };
    }
    if parser.is_punct(next, b'@') {
        return (next + 1, true);
    }
    (next, expected)
}

/// "tomorrow at 3pm", "Friday morning", "March 3, 2-3pm", "Monday between 2 and 4", "next Monday 6-8".
pub(super) fn dated_clock(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let date = day(parser, at)?;
    let Value::Day(on) = date.value else { return None };
    let (joint, expected) = skip_joint(parser, date.next);
    if let Some(read) = clocks(parser, joint, true) {
        return on_day(on, &read.value).map(|value| Read::new(date.start, read.next, value));
    }
    if let Some((part, next)) = part(parser, parser.skip_the_part(date.next)) {
        return in_part(parser, date.start, next, on, part);
    }
    let from = parser.skip(joint, Word::From);
    let (clock, next) = clock(parser, from, expected)?;
    let counts = expected && clock.grain == Grain::Hour && !clock.settled && parser.unit(next).is_some();
    (!counts).then(|| Read::new(date.start, next, Value::Moment(on, clock)))
}

/// A part of a day, with the clock or clocks after it.
fn in_part(parser: &Parser<'_>, start: usize, next: usize, on: Date, part: Part) -> Option<Read> {
    let (joint, expected) = skip_joint(parser, next);
    if let Some(Read { value: Value::Clocks(from, to), next, .. }) = clocks(parser, joint, true) {
        let value = on_day(on, &Value::Clocks(settle(from, part), settle(to, part)))?;
        return Some(Read::new(start, next, value));
    }
    if let Some((clock, next)) = clock(parser, joint, expected) {
        return Some(Read::new(start, next, Value::Moment(on, settle(clock, part))));
    }
    moments(on, part).map(|value| Read::new(start, next, value))
}

/// "3pm on Friday", "at 10 tomorrow", "2-4pm next Monday", "morning of 3 March", "between 7 and 9 last night".
pub(super) fn clock_then_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let expected = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At) || parser.is_punct(before, b'@'));
    let (value, next) = match clocks(parser, at, true) {
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
    let joint = parser.skip(parser.skip(parser.skip_punct(next, b','), Word::Of), Word::On);
    if let Some((on, part, next)) = day_and_part(parser, joint) {
        let value = match value {
            Value::Clock(clock) => Value::Clock(settle(clock, part)),
            Value::Clocks(from, to) => Value::Clocks(settle(from, part), settle(to, part)),
            other => other,
        };
        return on_day(on, &value).map(|value| Read::new(at, next, value));
    }
    let date = day(parser, joint)?;
    let Value::Day(day) = date.value else { return None };
    on_day(day, &value).map(|value| Read::new(at, date.next, value))
}

/// "yesterday afternoon", "last night", "Monday morning".
fn day_and_part(parser: &Parser<'_>, at: usize) -> Option<(Date, Part, usize)> {
    if let Some(found) = relative_part(parser, at) {
        return Some(found);
    }
    let date = day(parser, at)?;
    let Value::Day(on) = date.value else { return None };
    let (part, next) = part(parser, date.next)?;
    Some((on, part, next))
}

/// "tonight", "this morning", "last night", "early this evening".
fn relative_part(parser: &Parser<'_>, at: usize) -> Option<(Date, Part, usize)> {
    let today = parser.today();
    let at = if matches!(parser.word(at), Some(Word::Early | Word::Late | Word::Earlier | Word::Later)) {
        at + 1
    } else {
        at
    };
    if parser.is(at, Word::Tonight) {
        return Some((today, Part::Night, at + 1));
    }
    let offset = relative::direction(parser, at)?;
    let (part, next) = part(parser, at + 1)?;
    Some((super::calendar::shift(today, offset, super::words::Unit::Day)?, part, next))
}

/// "tonight", "this morning", "this afternoon at 4".
fn part_of_a_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (on, part, next) = relative_part(parser, at)?;
    in_part(parser, at, next, on, part)
}

/// "in the morning", "late afternoon", "in the evening at 7": of an unnamed day.
fn lone_part(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let early = matches!(parser.word(at), Some(Word::Early | Word::Late | Word::Earlier | Word::Later));
    let first = if early { at + 1 } else { at };
    let named_at = match parser.word(first)? {
        Word::In => parser.skip(first + 1, Word::The),
        Word::At if !early => first + 1,
        _ => first,
    };
    let (part, next) = part(parser, named_at)?;
    let before = at.checked_sub(1)?;
    if parser.is(before, Word::Good) && named_at == at {
        return None;
    }
    let (from, to) = hours_of(part);
    let plain = |hour| Clock { hour, minute: 0, second: 0, grain: Grain::Hour, settled: true };
    let (joint, expected) = skip_joint(parser, next);
    if let Some((clock, next)) = clock(parser, joint, expected).filter(|_| named_at > at) {
        return Some(Read::new(at, next, Value::Clock(settle(clock, part))));
    }
    let to = if to == 24 { Clock { hour: 23, minute: 59, grain: Grain::Minute, ..plain(0) } } else { plain(to) };
    Some(Read::new(at, next, Value::Clocks(plain(from), to)))
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

pub(super) fn at_clock(on: Date, clock: Clock) -> DateTime {
    on.at(clock.hour, clock.minute, clock.second, 0)
}

fn on_day(on: Date, value: &Value) -> Option<Value> {
    match value {
        Value::Clock(clock) => Some(Value::Moment(on, *clock)),
        Value::Clocks(from, to) => Some(Value::Moments(at_clock(on, *from), at_clock(on, *to))),
        _ => None,
    }
}
