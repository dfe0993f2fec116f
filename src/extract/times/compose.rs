//! Whole expressions: a day with a clock, a range, or one of the simple forms; the longest reading wins.

use jiff::civil::{Date, DateTime};

use super::clock::{clock, hours_of, in_half};
use super::day::day;
use super::lasting;
use super::length;
use super::parser::{Parser, Read};
use super::period;
use super::ranges::{self, clocks};
use super::recurring;
use super::relative;
use super::value::{Clock, Value};
use super::words::{Part, Word};
use super::years;
use crate::model::Grain;

/// The expression that starts at `at`, if one does.
pub(super) fn expression(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        ranges::range,
        lasting::lasting,
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
    let mut from = parser.skip(joint, Word::From);
    if parser.is(from, Word::LetterT) && parser.glued(from) || parser.is_punct(from, b'-') && !parser.glued(from) {
        from += 1;
    }
    let (clock, next) = clock(parser, from, expected)?;
    if let (Some((year, 4)), Some((said, after))) = (parser.digits(next), years::number(parser, next))
        && (at..date.next).all(|token| parser.digits(token) != Some((year, 4)))
        && (at..date.next).any(|token| matches!(parser.word(token), Some(Word::Month(_))))
    {
        let on = super::calendar::date(said, on.month(), on.day())?;
        return Some(Read::new(date.start, after, Value::Moment(on, clock)));
    }
    let counts = expected && clock.grain == Grain::Hour && !clock.settled && parser.unit(next).is_some();
    (!counts).then(|| Read::new(date.start, next, Value::Moment(on, clock)))
}

/// A part of a day, with the clock or clocks after it.
fn in_part(parser: &Parser<'_>, start: usize, next: usize, on: Date, hours: Hours) -> Option<Read> {
    let (joint, expected) = skip_joint(parser, next);
    if let Some(Read { value: Value::Clocks(from, to), next, .. }) = clocks(parser, joint, true) {
        let value = on_day(on, &Value::Clocks(settle(from, hours.part), settle(to, hours.part)))?;
        return Some(Read::new(start, next, value));
    }
    if let Some((clock, next)) = clock(parser, joint, expected) {
        return Some(Read::new(start, next, Value::Moment(on, settle(clock, hours.part))));
    }
    Some(Read::new(start, next, moments(on, hours)))
}

/// "3pm on Friday", "at 10 tomorrow", "2-4pm next Monday", "morning of 3 March", "between 7 and 9 last night".
pub(super) fn clock_then_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let expected = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At) || parser.is_punct(before, b'@'));
    let (value, next) = match clocks(parser, at, true) {
        Some(read) => (read.value, read.next),
        None => match part(parser, parser.skip_the_part(at)) {
            Some((part, next)) => {
                let of = parser.skip(parser.skip_punct(next, b','), Word::Of);
                let date = day(parser, parser.skip(of, Word::On))?;
                let Value::Day(on) = date.value else { return None };
                return Some(Read::new(at, date.next, moments(on, part)));
            }
            None => clock(parser, at, expected).map(|(clock, next)| (Value::Clock(clock), next))?,
        },
    };
    let joint = parser.skip(parser.skip(parser.skip_punct(next, b','), Word::Of), Word::On);
    if let Some((on, Hours { part, .. }, next)) = day_and_part(parser, joint) {
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
fn day_and_part(parser: &Parser<'_>, at: usize) -> Option<(Date, Hours, usize)> {
    if let Some(found) = relative_part(parser, at) {
        return Some(found);
    }
    let date = day(parser, at)?;
    let Value::Day(on) = date.value else { return None };
    let (part, next) = part(parser, date.next)?;
    Some((on, part, next))
}

/// "tonight", "this morning", "last night", "early this evening".
fn relative_part(parser: &Parser<'_>, at: usize) -> Option<(Date, Hours, usize)> {
    let today = parser.today();
    let share = matches!(parser.word(at), Some(Word::Early | Word::Late | Word::Earlier | Word::Later));
    let first = if share { at + 1 } else { at };
    if parser.is(first, Word::Tonight) {
        return Some((today, Part::Night.into(), first + 1));
    }
    let offset = relative::direction(parser, first)?;
    let (hours, next) = part(parser, first + 1)?;
    let hours = match parser.word(at) {
        Some(Word::Early | Word::Earlier) => Hours { to: hours.from + 2, ..hours },
        Some(Word::Late | Word::Later) => Hours { from: hours.from + 2, ..hours },
        _ => hours,
    };
    Some((super::calendar::shift(today, offset, super::words::Unit::Day)?, hours, next))
}

/// "tonight", "this morning", "this afternoon at 4".
fn part_of_a_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (on, part, next) = relative_part(parser, at)?;
    in_part(parser, at, next, on, part)
}

/// "in the morning", "late afternoon", "in the evening at 7": of an unnamed day.
fn lone_part(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let before = at.checked_sub(1).and_then(|before| parser.word(before));
    let named_at = match parser.word(at)? {
        Word::In => parser.skip(at + 1, Word::The),
        Word::At => at + 1,
        _ => at,
    };
    let (hours, next) = part(parser, named_at)?;
    let is_meal = matches!(hours.part, Part::Lunch | Part::Dinner | Part::Breakfast);
    let limited = matches!(before, Some(Word::Before | Word::After | Word::Until | Word::Around | Word::Another));
    let is_greeting = before == Some(Word::Good) || at == 0 && named_at == at && next == at + 1;
    if (is_greeting || is_meal && !limited) && named_at == at {
        return None;
    }
    let plain = |hour| Clock { hour, minute: 0, second: 0, grain: Grain::Hour, settled: true };
    let (joint, expected) = skip_joint(parser, next);
    if let Some((clock, next)) = clock(parser, joint, expected) {
        return Some(Read::new(at, next, Value::Clock(settle(clock, hours.part))));
    }
    let to =
        if hours.to == 24 { Clock { hour: 23, minute: 59, grain: Grain::Minute, ..plain(0) } } else { plain(hours.to) };
    Some(Read::new(at, next, Value::Clocks(plain(hours.from), to)))
}

fn settle(clock: Clock, part: Part) -> Clock {
    if clock.settled { clock } else { in_half(clock, super::clock::is_late(part)) }
}

/// A part of the day and its hours, with the token after it: "morning", "early-morning", "late in the evening".
fn part(parser: &Parser<'_>, at: usize) -> Option<(Hours, usize)> {
    let share = parser
        .word(at)
        .filter(|word| matches!(word, Word::Early | Word::Late | Word::Earlier | Word::Later | Word::Mid));
    let mut named_at = at;
    if share.is_some() {
        named_at = parser.skip_punct(at + 1, b'-');
        named_at = parser.skip_the_part(named_at);
    }
    let Word::Part(part) = parser.word(named_at)? else { return None };
    if share == Some(Word::Mid) && part == Part::Night {
        return None;
    }
    let (from, to) = hours_of(part);
    let (from, to) = match share {
        Some(Word::Early | Word::Earlier) => (from, from + 2),
        Some(Word::Late | Word::Later) => (from + 2, to),
        _ => (from, to),
    };
    let next = if part == Part::Lunch { parser.skip(named_at + 1, Word::Time) } else { named_at + 1 };
    Some((Hours { part, from, to }, next))
}

/// Hours of a part of the day, end exclusive.
#[derive(Clone, Copy)]
struct Hours {
    part: Part,
    from: i8,
    to: i8,
}

impl From<Part> for Hours {
    fn from(part: Part) -> Self {
        let (from, to) = hours_of(part);
        Self { part, from, to }
    }
}

impl Parser<'_> {
    /// Skips "in the" before a part of the day.
    fn skip_the_part(&self, at: usize) -> usize {
        if self.is(at, Word::In) && self.is(at + 1, Word::The) { at + 2 } else { at }
    }
}

fn moments(on: Date, hours: Hours) -> Value {
    let Hours { from, to, .. } = hours;
    let end = if to == 24 { on.at(23, 59, 59, 0) } else { on.at(to, 0, 0, 0) };
    Value::Moments(on.at(from, 0, 0, 0), end)
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
