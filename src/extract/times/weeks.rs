//! Weeks: "week of March 3", "week 23", "first week of March", "3rd week of 2018", "the weekend", "next week Tuesday".

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::calendar::{around, date, in_week, monday, shift};
use super::day;
use super::holidays;
use super::named;
use super::parser::{Parser, Read};
use super::period;
use super::relative::direction;
use super::value::Value;
use super::words::{Unit, Word};
use super::years;
use crate::model::Grain;

/// A week or weekend at `at`.
pub(super) fn week(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [counted_week, numbered, week_of, weekend];
    rules.iter().filter_map(|rule| rule(parser, at)).max_by_key(|read| read.next)
}

fn of_week(at: usize, next: usize, start: Date) -> Option<Read> {
    Some(Read::new(at, next, Value::days(start, shift(start, 1, Unit::Week)?, Grain::Week)))
}

/// "first week of March", "the last week of the month", "3rd week of 2018".
fn counted_week(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let (count, next) = match parser.word(first) {
        Some(Word::Last) => (-1, first + 1),
        _ => parser.ordinal(first, false)?,
    };
    if !parser.is(next, Word::Unit(Unit::Week)) {
        return None;
    }
    let of = match parser.word(next + 1)? {
        Word::Of | Word::In => parser.skip(next + 2, Word::The),
        _ => direction(parser, next + 1).map(|_| next + 1)?,
    };
    if let Some((year, next)) = years::number(parser, of) {
        let start = if count > 0 { iso_week(year, count)? } else { shift(iso_week(year + 1, 1)?, -1, Unit::Week)? };
        return of_week(at, next, start);
    }
    let (month, next) = match parser.word(of)? {
        Word::Unit(Unit::Month) => (parser.today().first_of_month(), of + 1),
        _ => match named::month(parser, of).or_else(|| period::this_unit(parser, of))? {
            Read { value: Value::Days { start, grain: Grain::Month, .. }, next, .. } => (start, next),
            Read { value: Value::Days { start, grain: Grain::Year, .. }, next, .. } if count > 0 => {
                return of_week(at, next, iso_week(start.year(), count)?);
            }
            _ => return None,
        },
    };
    let start = if count > 0 {
        shift(monday(shift(month, 3, Unit::Day)?)?, i64::from(count) - 1, Unit::Week)?
    } else {
        monday(shift(shift(month, 1, Unit::Month)?, -4, Unit::Day)?)?
    };
    of_week(at, next, start)
}

fn iso_week(year: i16, number: i8) -> Option<Date> {
    ISOWeekDate::new(year, number, Weekday::Monday).ok().map(ISOWeekDate::date)
}

/// "week 23", "week 27 of last year", "calendar week 5".
fn numbered(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let named_at = parser.skip(parser.skip(at, Word::The), Word::Calendar);
    if !parser.is(named_at, Word::Unit(Unit::Week)) {
        return None;
    }
    let (number, digits @ 1..=2) = parser.digits(named_at + 1)? else { return None };
    let next = named_at + 2;
    let in_number = parser.tokens.get(next).is_some_and(|token| token.glued) && parser.digits(next + 1).is_some();
    if in_number || digits > 2 {
        return None;
    }
    let today = parser.today();
    let (year, next) = match years::trailing_year(parser, next) {
        Some((year, next)) => (year, next),
        None if parser.is(next, Word::Of) => return None,
        None => (today.iso_week_date().year(), next),
    };
    of_week(at, next, iso_week(year, i8::try_from(number).ok()?)?)
}

/// "week of March 3", "the week commencing 2 February", "w/c Feb 4", "the week starting on Monday".
fn week_of(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if parser.is(at, Word::W) && parser.is_punct(at + 1, b'/') && parser.is(at + 2, Word::C) {
        let read = day::day(parser, at + 3)?;
        return of_week(at, read.next, monday(read.value.first_day()?)?);
    }
    let first = parser.skip(at, Word::The);
    if !parser.is(first, Word::Unit(Unit::Week)) {
        return None;
    }
    let mut inner = match parser.word(first + 1)? {
        Word::Of | Word::Commencing | Word::Starting | Word::Beginning => first + 2,
        _ => return None,
    };
    inner = parser.skip(parser.skip(inner, Word::On), Word::The);
    let read = day::day(parser, inner)?;
    of_week(at, read.next, monday(read.value.first_day()?)?)
}

/// "the weekend", "weekend of Halloween", "Labor Day weekend 2026".
fn weekend(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if let Some((name, next)) = holidays::name(parser, at)
        && parser.is(next, Word::Unit(Unit::Weekend))
    {
        let (year, next) = years::after(parser, next + 1).map_or((None, next + 1), |(year, next)| (Some(year), next));
        return around_holiday(at, next, name.on(parser, year)?);
    }
    let first = parser.skip(at, Word::The);
    if !parser.is(first, Word::Unit(Unit::Weekend)) {
        return None;
    }
    if parser.is(first + 1, Word::Of)
        && let Some(read) = holidays::holiday(parser, parser.skip(first + 2, Word::The))
    {
        return around_holiday(at, read.next, read.value.first_day()?);
    }
    let (start, end, grain) = around(parser.today(), Unit::Weekend, 0)?;
    Some(Read::new(at, first + 1, Value::days(start, end, grain)))
}

/// The weekend beside a holiday, which a Friday or Monday lengthens.
fn around_holiday(at: usize, next: usize, day: Date) -> Option<Read> {
    let saturday =
        if day.weekday() == Weekday::Monday { shift(day, -2, Unit::Day)? } else { in_week(monday(day)?, 6)? };
    let start = if day.weekday() == Weekday::Friday { day } else { saturday };
    let end = shift(saturday, if day.weekday() == Weekday::Monday { 3 } else { 2 }, Unit::Day)?;
    Some(Read::new(at, next, Value::days(start, end, Grain::Day)))
}

/// "next week Tuesday", "this week on Friday", "first week of October on Friday".
pub(super) fn day_of_week(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let is_week = direction(parser, parser.skip(at, Word::The)).is_some();
    let week = if is_week { period::this_unit(parser, at) } else { counted_week(parser, at) }?;
    let Value::Days { start, grain: Grain::Week, .. } = week.value else { return None };
    let mut next = parser.skip_punct(week.next, b'.');
    next = parser.skip_punct(next, b',');
    next = parser.skip_punct(next, b'-');
    next = parser.skip(next, Word::On);
    let Word::Weekday(weekday) = parser.word(next)? else { return None };
    Some(Read::new(at, next + 1, Value::Day(in_week(start, weekday)?)))
}

/// "the last four months of 2021", "first ten days of last year", "the first two weeks of March".
pub(super) fn counted_within(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let last = match parser.word(first)? {
        Word::Last => true,
        Word::Ordinal(1) => false,
        _ => return None,
    };
    let (count, next) = parser.count(first + 1)?;
    let (unit, next) = parser.unit(next)?;
    if !matches!(parser.word(next), Some(Word::Of | Word::In)) {
        return None;
    }
    let of = parser.skip(next + 1, Word::The);
    let inner = named::month(parser, of)
        .or_else(|| period::this_unit(parser, of))
        .or_else(|| years::year(parser, of))
        .or_else(|| named::quarter(parser, of))?;
    let Value::Days { start, end, .. } = inner.value else { return None };
    let value = if last {
        Value::days(shift(end, -count, unit)?, end, Grain::Day)
    } else {
        Value::days(start, shift(start, count, unit)?, Grain::Day)
    };
    Some(Read::new(at, inner.next, value))
}
