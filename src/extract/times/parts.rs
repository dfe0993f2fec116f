//! Parts of the day: "tonight", "this morning at 9", "late in the afternoon", "tomorrow PM", "in the evening".

use jiff::civil::Date;

use super::calendar::shift;
use super::clock::{clock, hours_of, in_half, is_late};
use super::compose::skip_joint;
use super::parser::{Parser, Read};
use super::ranges::clocks;
use super::relative::direction;
use super::value::{Clock, Value};
use super::words::{Part, Unit, Word};
use crate::model::Grain;

/// Hours of a part of the day, end exclusive.
#[derive(Clone, Copy)]
pub(super) struct Hours {
    pub(super) part: Part,
    from: i8,
    to: i8,
}

impl From<Part> for Hours {
    fn from(part: Part) -> Self {
        let (from, to) = hours_of(part);
        Self { part, from, to }
    }
}

/// "tonight", "this morning", "this afternoon at 4", "the rest of the day".
pub(super) fn part_of_a_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if let Some(next) = rest_of_day(parser, at) {
        let now = parser.reference.local;
        return Some(Read::new(at, next, Value::Moments(now, now.date().at(23, 59, 59, 0))));
    }
    let (on, hours, next) = relative_part(parser, at)?;
    in_part(parser, at, next, on, hours)
}

/// The token after "the rest of the day".
fn rest_of_day(parser: &Parser<'_>, at: usize) -> Option<usize> {
    let first = parser.skip(at, Word::The);
    if !parser.is(first, Word::Rest) || !parser.is(first + 1, Word::Of) {
        return None;
    }
    let day = first + 2;
    let led = matches!(parser.word(day), Some(Word::The | Word::This | Word::My | Word::Current));
    match parser.word(day + usize::from(led))? {
        Word::Unit(Unit::Day) if led => Some(day + 2),
        Word::Today if !led => Some(day + 1),
        _ => None,
    }
}

/// "in the morning", "late afternoon", "in the evening at 7": of an unnamed day.
pub(super) fn lone_part(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let before = at.checked_sub(1).and_then(|before| parser.word(before));
    let named_at = match parser.word(at)? {
        Word::In => parser.skip(at + 1, Word::The),
        Word::At => at + 1,
        _ => at,
    };
    let (hours, next) = part(parser, named_at)?;
    let is_meal = matches!(hours.part, Part::Lunch | Part::Dinner | Part::Breakfast);
    let limited = matches!(before, Some(Word::Before | Word::After | Word::Until | Word::Around | Word::Another));
    let limited = limited || parser.is(next - 1, Word::Time);
    if named_at == at && at.checked_sub(1).and_then(|before| parser.digits(before)).is_some_and(|(count, _)| count > 1)
    {
        return None;
    }
    let is_greeting = before == Some(Word::Good) || at == 0 && named_at == at && next == at + 1;
    if (is_greeting || is_meal && !limited) && named_at == at {
        return None;
    }
    let start = parser.skip(at, Word::In);
    let (joint, expected) = skip_joint(parser, next);
    if let Some((clock, next)) = clock(parser, joint, expected) {
        return Some(Read::new(start, next, Value::Clock(settle(clock, hours.part))));
    }
    let midnight = Clock { minute: 59, grain: Grain::Minute, ..Clock::of_hour(23) };
    let to = if hours.to == 24 { midnight } else { Clock::of_hour(hours.to) };
    Some(Read::new(start, next, Value::Clocks(Clock::of_hour(hours.from), to)))
}

/// "yesterday afternoon", "last night", "Monday morning".
pub(super) fn day_and_part(parser: &Parser<'_>, at: usize) -> Option<(Date, Hours, usize)> {
    if let Some(found) = relative_part(parser, at) {
        return Some(found);
    }
    let date = super::day::day(parser, at)?;
    let Value::Day(on) = date.value else { return None };
    let (hours, next) = part(parser, date.next)?;
    Some((on, hours, next))
}

/// A part of a day, with the clock or clocks after it.
pub(super) fn in_part(parser: &Parser<'_>, start: usize, next: usize, on: Date, hours: Hours) -> Option<Read> {
    let (joint, expected) = skip_joint(parser, next);
    if let Some(Read { value: Value::Clocks(from, to), next, .. }) = clocks(parser, joint, true) {
        let value = Value::Clocks(settle(from, hours.part), settle(to, hours.part)).on(on)?;
        return Some(Read::new(start, next, value));
    }
    if let Some((clock, next)) = clock(parser, joint, expected) {
        return Some(Read::new(start, next, on_night(on, clock, hours.part)?));
    }
    Some(Read::new(start, next, moments(on, hours)))
}

/// The clock within a part of the day; the small hours of a night are of the day after.
fn on_night(on: Date, clock: Clock, part: Part) -> Option<Value> {
    let small = part == Part::Night && !clock.settled && clock.hour < 5;
    let on = if small { shift(on, 1, Unit::Day)? } else { on };
    Some(Value::Moment(on, settle(clock, part)))
}

/// "tonight", "this morning", "last night", "early this evening".
fn relative_part(parser: &Parser<'_>, at: usize) -> Option<(Date, Hours, usize)> {
    let today = parser.today();
    let share = matches!(parser.word(at), Some(Word::Early | Word::Late | Word::Earlier | Word::Later));
    let first = if share { at + 1 } else { at };
    if parser.is(first, Word::Tonight) {
        return Some((today, Part::Night.into(), first + 1));
    }
    let offset = direction(parser, first)?;
    let (hours, next) = part(parser, first + 1)?;
    // "book this lunch" is the meal and no time.
    if matches!(hours.part, Part::Breakfast | Part::Lunch | Part::Dinner) && !parser.is(next - 1, Word::Time) {
        return None;
    }
    let hours = match parser.word(at) {
        Some(Word::Early | Word::Earlier) => Hours { to: hours.from + 2, ..hours },
        Some(Word::Late | Word::Later) => Hours { from: hours.from + 2, ..hours },
        _ => hours,
    };
    Some((shift(today, offset, Unit::Day)?, hours, next))
}

/// A part of the day and its hours, with the token after it: "morning", "early-morning", "late in the evening".
pub(super) fn part(parser: &Parser<'_>, at: usize) -> Option<(Hours, usize)> {
    let share = parser
        .word(at)
        .filter(|word| matches!(word, Word::Early | Word::Late | Word::Earlier | Word::Later | Word::Mid));
    let mut named_at = at;
    if share.is_some() {
        named_at = parser.skip_punct(at + 1, b'-');
        named_at = skip_the_part(parser, named_at);
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
    Some((Hours { part, from, to }, after_time(parser, named_at + 1, part)))
}

/// Skips "time" in "lunch time" and "night-time".
fn after_time(parser: &Parser<'_>, at: usize, part: Part) -> usize {
    let dash = parser.skip_punct(at, b'-');
    let joined = dash > at || matches!(part, Part::Lunch | Part::Dinner);
    if joined && parser.is(dash, Word::Time) { dash + 1 } else { at }
}

/// "AM" and "PM" beside a day and no clock: the hours before and after noon. In lower case "am" is a verb.
pub(super) fn half(parser: &Parser<'_>, at: usize) -> Option<(Hours, usize)> {
    let part = match parser.word(at)? {
        Word::Am if parser.is_written(at, "AM") => Part::Morning,
        Word::Pm => Part::Afternoon,
        _ => return None,
    };
    Some((part.into(), at + 1))
}

/// Skips "in the" before a part of the day.
pub(super) fn skip_the_part(parser: &Parser<'_>, at: usize) -> usize {
    if parser.is(at, Word::In) && parser.is(at + 1, Word::The) { at + 2 } else { at }
}

/// The clock in the half of the day that a part lies in; "1 at night" is before the morning.
pub(super) fn settle(clock: Clock, part: Part) -> Clock {
    let small = part == Part::Night && clock.hour < 5;
    if clock.settled { clock } else { in_half(clock, is_late(part) && !small) }
}

/// A part of one day.
pub(super) fn moments(on: Date, hours: Hours) -> Value {
    let Hours { from, to, .. } = hours;
    let end = if to == 24 { on.at(23, 59, 59, 0) } else { on.at(to, 0, 0, 0) };
    Value::Moments(on.at(from, 0, 0, 0), end)
}
