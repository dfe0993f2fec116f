//! Ranges: "2-3pm", "from Monday to Wednesday", "March 3-5", "2014-2018", "from May to October 2020", "between now and noon".

use jiff::civil::{Date, DateTime};

use super::calendar::{self, coming, in_week, shift};
use super::clock::{clock, in_half};
use super::compose::{clock_then_day, dated_clock, point};
use super::day::day;
use super::monthly::of_month;
use super::parser::{Parser, Read};
use super::period;
use super::value::{Clock, Value, at_clock};
use super::words::{Unit, Word};
use super::years;
use crate::model::Grain;

/// Whether a word or mark leads from one end of a range to the other.
pub(super) fn leads_on(parser: &Parser<'_>, at: usize, between: bool) -> bool {
    (between && parser.is(at, Word::And))
        || parser.is_punct(at, b'-')
        || matches!(parser.word(at), Some(Word::To | Word::Until | Word::Through))
}

fn led(parser: &Parser<'_>, at: usize) -> bool {
    parser.is(at, Word::From) || parser.is(at, Word::Between)
}

/// "2-3pm", "between 2 and 4", "from 9:00 to 17:30"; beside a day "6-8" is one too.
pub(super) fn clocks(parser: &Parser<'_>, at: usize, dated: bool) -> Option<Read> {
    let between = parser.is(at, Word::Between);
    let first = if led(parser, at) { at + 1 } else { at };
    let (from, next) = clock(parser, first, true)?;
    if !leads_on(parser, next, between) {
        return None;
    }
    let (to, after) = clock(parser, next + 1, true)?;
    let minutes = from.grain != Grain::Hour || to.grain != Grain::Hour;
    let named = (first..after).any(|token| {
        matches!(
            parser.word(token),
            Some(
                Word::Am
                    | Word::Pm
                    | Word::LetterA
                    | Word::LetterP
                    | Word::Noon
                    | Word::Midday
                    | Word::Midnight
                    | Word::Oclock
                    | Word::Part(_)
            )
        )
    });
    let told = first > at || named || minutes || dated;
    let is_date = !minutes && !to.settled && matches!(parser.word(after), Some(Word::Month(_)));
    let is_more = parser.unit(after).is_some() || is_date;
    if !told || is_more || parser.is_punct(after, b'%') || parser.is_punct(after, b'/') || goes_on(parser, after) {
        return None;
    }
    let (from, to) = in_order(from, to);
    Some(Read::new(at, after, Value::Clocks(from, to)))
}

/// Whether a mark and digits glued to a number make it part of a longer one.
fn goes_on(parser: &Parser<'_>, after: usize) -> bool {
    parser.is_punct(after, b'-') && parser.glued(after) && parser.glued(after + 1) && parser.digits(after + 1).is_some()
}

/// Settles the half of the day of one end by the other.
fn in_order(from: Clock, to: Clock) -> (Clock, Clock) {
    let minute = |clock: Clock| (clock.hour, clock.minute);
    if to.settled && !from.settled {
        let late = in_half(from, to.hour >= 12);
        return (if minute(late) <= minute(to) { late } else { from }, to);
    }
    if !to.settled && minute(to) <= minute(from) && minute(in_half(to, true)) > minute(from) {
        return (from, in_half(to, true));
    }
    (from, to)
}

/// "from Monday to Wednesday", "March 3-5", "between 1 May and 15 May", "Jan - March 2026", "from 2-4pm".
pub(super) fn range(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let simple =
        [clocks(parser, at, false), days_of_month(parser, at), weekday_range(parser, at), weekdays_of_week(parser, at)];
    [between_points(parser, at)].into_iter().chain(simple).flatten().max_by_key(|read| read.next)
}

/// From one day, stretch, year or clock to another.
fn between_points(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let between = parser.is(at, Word::Between);
    let first = if led(parser, at) { at + 1 } else { at };
    let from = end(parser, first, first > at)?;
    if !leads_on(parser, from.next, between) {
        return None;
    }
    let to = end(parser, from.next + 1, true).or_else(|| present(parser, from.next + 1))?;
    let value = span(parser, &from, &to)?;
    Some(Read::new(at, to.next, value))
}

/// One end of a range: a day, stretch, year, clock or "now".
pub(super) fn end(parser: &Parser<'_>, at: usize, expected: bool) -> Option<Read> {
    let point = dated_clock(parser, at)
        .into_iter()
        .chain(point(parser, at))
        .chain(plain_year(parser, at))
        .chain(clock_then_day(parser, at))
        .max_by_key(|read| read.next);
    let clock = || clock(parser, at, false).map(|(clock, next)| Read::new(at, next, Value::Clock(clock)));
    let found = point.or_else(|| clock().filter(|_| expected))?;
    let lasts = matches!(found.value, Value::Length(_) | Value::Every(_) | Value::Vague | Value::Clocks(..));
    (!lasts).then_some(found)
}

/// "date", "the current date" as the end of a range.
fn present(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let at = parser.skip(at, Word::The);
    let at = parser.skip(at, Word::Current);
    parser.is(at, Word::Date).then(|| Read::new(at, at + 1, Value::Now(parser.reference.local)))
}

/// A year as an end: only where nothing before it makes it part of a longer number.
fn plain_year(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let in_number = parser.glued(at)
        && at.checked_sub(2).is_some_and(|before| parser.digits(before).is_some_and(|(_, digits)| digits != 4));
    let (year, next) = years::number(parser, at).filter(|_| !in_number && parser.digits(at).is_some())?;
    let in_run = goes_on(parser, next) && parser.digits(next + 1).is_some_and(|(_, digits)| digits != 4);
    let free = !in_run && parser.unit(next).is_none() && !parser.is_punct(next, b'%') && !parser.is_punct(next, b':');
    let start = calendar::date(year, 1, 1)?;
    let value = Value::days(start, shift(start, 1, Unit::Year)?, Grain::Year);
    free.then(|| Read::new(at, next, value))
}

/// "March 3-5", "3-5 March 2026", "from the 3rd to the 5th of March".
fn days_of_month(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = if led(parser, at) { at + 1 } else { at };
    let between = parser.is(at, Word::Between);
    if let Some(Word::Month(_)) = parser.word(first) {
        let from = day(parser, first)?;
        if !leads_on(parser, from.next, between) {
            return None;
        }
        let (last, next) = parser.ordinal(parser.skip(from.next + 1, Word::The), true)?;
        if matches!(parser.word(next), Some(Word::Month(_) | Word::Am | Word::Pm))
            || parser.is_punct(next, b':')
            || parser.is_punct(next, b'/')
        {
            return None;
        }
        let start = from.value.first_day()?;
        let (year, next) = years::after(parser, next).unwrap_or((start.year(), next));
        let start = calendar::date(year, start.month(), start.day())?;
        let end = calendar::date(year, start.month(), last).filter(|end| *end > start)?;
        return Some(Read::new(at, next, Value::days(start, end, Grain::Day)));
    }
    let number = parser.skip(first, Word::The);
    let (start_day, next) = parser.ordinal(number, true)?;
    if !leads_on(parser, next, between) {
        return None;
    }
    let to = day(parser, next + 1).or_else(|| of_month(parser, next + 1, true))?;
    let end = to.value.first_day()?;
    let is_of_month = (next + 1..to.next).any(|token| parser.is(token, Word::Unit(Unit::Month)));
    let is_of_month =
        is_of_month || (next + 1..to.next).any(|token| matches!(parser.word(token), Some(Word::Month(_))));
    let suffixed = next > number + 1 && to.next <= next + 4;
    let start =
        calendar::date(end.year(), end.month(), start_day).filter(|start| *start < end && (is_of_month || suffixed))?;
    Some(Read::new(at, to.next, Value::days(start, end, Grain::Day)))
}

/// From the start of one to the end of the other.
fn span(parser: &Parser<'_>, from: &Read, to: &Read) -> Option<Value> {
    let of_clock = |read: &Read| matches!(read.value, Value::Clock(_) | Value::Moment(..) | Value::Instant(_));
    if (of_clock(from) || of_clock(to))
        && let Some((start, end)) = moments(parser, &from.value, &to.value)
    {
        // "between half past seven and 4pm of tomorrow" names the day of both.
        if let (Value::Clock(start), Value::Moment(day, _)) = (&from.value, &to.value)
            && clock(parser, to.start, false).is_some()
        {
            return Some(Value::Moments(at_clock(*day, *start), end)).filter(|_| at_clock(*day, *start) < end);
        }
        return (start < end).then_some(Value::Moments(start, end));
    }
    let (mut start, mut end) = (edge(parser, from)?, edge(parser, to)?);
    let in_year = |day: Date, year: i16| calendar::date(year, day.month(), day.day());
    match (floats(parser, from), floats(parser, to)) {
        (true, false) => {
            start = in_year(start, end.year())?;
            if start >= end {
                start = in_year(start, end.year() - 1)?;
            }
        }
        (true, true) if start > end => start = in_year(start, start.year() - 1)?,
        (false, true) if start > end => {
            end = in_year(end, start.year())?;
            if start > end {
                end = in_year(end, start.year() + 1)?;
            }
        }
        _ => {}
    }
    if let (Some(Word::Weekday(weekday)), 1) = (parser.word(to.start), to.next - to.start)
        && end <= start
    {
        end = coming(shift(start, 1, Unit::Day)?, weekday)?;
    }
    (start < end).then(|| Value::days(start, end, Grain::Day))
}

/// Both ends as moments where both have one; a clock is of the day of the other end.
fn moments(parser: &Parser<'_>, from: &Value, to: &Value) -> Option<(DateTime, DateTime)> {
    let moment = |value: &Value| match value {
        Value::Moment(day, clock) => Some(at_clock(*day, *clock)),
        Value::Now(at) | Value::Instant(at) => Some(*at),
        _ => None,
    };
    match (from, to) {
        (Value::Clock(from), Value::Clock(to)) => {
            let today = parser.today();
            Some((at_clock(today, *from), at_clock(today, *to)))
        }
        (Value::Clock(from), to) => Some((at_clock(parser.today(), *from), moment(to)?)),
        (from, Value::Clock(to)) => {
            let start = moment(from)?;
            let end = at_clock(start.date(), *to);
            let late = at_clock(start.date(), in_half(*to, true));
            Some((start, if end <= start && !to.settled { late } else { end }))
        }
        (from, to) => Some((moment(from)?, moment(to)?)),
    }
}

/// The day where an end of a range lies: "the end of 2008" is the first of 2009, "the middle of May" the sixteenth.
fn edge(parser: &Parser<'_>, read: &Read) -> Option<Date> {
    let led = parser.word(parser.skip(read.start, Word::The));
    match (led, &read.value) {
        (Some(Word::End), Value::Day(day)) => shift(*day, 1, Unit::Day),
        (Some(Word::Middle | Word::Mid), Value::Days { start, end, .. }) => {
            let first = if (*end - *start).get_days() > 31 { start.first_of_year() } else { start.first_of_month() };
            if first.day_of_year() == 1 && (*end - *start).get_days() > 31 {
                return calendar::date(first.year(), 7, 1);
            }
            shift(first, 15, Unit::Day)
        }
        (_, value) => value.first_day(),
    }
}

/// Whether the year of an end was chosen and not said.
pub(super) fn floats(parser: &Parser<'_>, read: &Read) -> bool {
    let mut numbers = 0;
    let mut named = false;
    for at in read.start..read.next {
        match parser.word(at) {
            Some(Word::Month(_)) => named = true,
            Some(Word::This | Word::Next | Word::Last | Word::Previous | Word::Coming) => return false,
            _ => {}
        }
        if let Some((_, digits)) = parser.digits(at) {
            numbers += 1;
            if digits == 4 || numbers == 3 {
                return false;
            }
        }
    }
    let words = (read.start..read.next).any(|at| years::number(parser, at).is_some() && parser.word(at).is_some());
    !words && (named || numbers == 2)
}

/// "next week from Wednesday to Friday", "this week Tue-Thu".
fn weekdays_of_week(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let week = period::this_unit(parser, at)?;
    let Value::Days { start, grain: Grain::Week, .. } = week.value else { return None };
    let first = parser.skip(parser.skip_punct(week.next, b','), Word::From);
    let Word::Weekday(from) = parser.word(first)? else { return None };
    let Word::Weekday(to) = parser.word(first + 2).filter(|_| leads_on(parser, first + 1, false))? else { return None };
    let value = Value::days(in_week(start, from)?, in_week(start, to)?, Grain::Day);
    (from < to).then(|| Read::new(at, first + 3, value))
}

/// "Mon-Wed", "Friday to Sunday".
fn weekday_range(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = if led(parser, at) { at + 1 } else { at };
    let Word::Weekday(from) = parser.word(first)? else { return None };
    if !leads_on(parser, first + 1, parser.is(at, Word::Between)) {
        return None;
    }
    let Word::Weekday(to) = parser.word(first + 2)? else { return None };
    let goes_on = dated_clock(parser, first + 2).is_some();
    let start = coming(parser.today(), from)?;
    let end = coming(start, to)?;
    (!goes_on).then(|| Read::new(at, first + 3, Value::days(start, end, Grain::Day)))
}
