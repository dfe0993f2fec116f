//! Stretches, lengths and what recurs: "next week", "Q3 2026", "early March", "end of the month", "two weeks", "every Monday".

use jiff::civil::Date;

use super::calendar::{around, in_week, shift};
use super::day;
use super::length;
use super::named;
use super::parser::{Parser, Read};
use super::relative::direction;
use super::value::Value;
use super::weeks;
use super::words::{Unit, Word};
use super::years;
use crate::model::Grain;

/// A stretch of days at `at`.
pub(super) fn stretch(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        end_of,
        part_of,
        this_unit,
        counted,
        weeks::counted_within,
        weeks::week,
        within,
        to_date,
        bare_unit,
        named::quarter,
        named::half_year,
        named::month,
        named::season,
        years::year,
        years::decade,
    ];
    rules.iter().filter_map(|rule| rule(parser, at)).max_by_key(|read| read.next)
}

/// "end of the month", "EOW", "close of business", "by year end", "end of Q1", "end of March", "end of next week".
fn end_of(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let today = parser.today();
    let first = parser.skip(at, Word::The);
    let end_of_unit = |unit, next| Some(Read::new(at, next, closing(around(today, unit, 0)?, unit)?));
    match parser.word(first)? {
        Word::EndOf(Unit::Day) | Word::CloseOfBusiness => Some(Read::new(at, first + 1, Value::Day(today))),
        Word::EndOf(unit) => end_of_unit(unit, first + 1),
        Word::Unit(unit @ (Unit::Year | Unit::Quarter | Unit::Month)) => {
            let next = parser.skip_punct(first + 1, b'-');
            (parser.is(next, Word::End)).then(|| end_of_unit(unit, next + 1))?
        }
        Word::Close if parser.is(first + 1, Word::Of) && parser.is(first + 2, Word::Business) => {
            Some(Read::new(at, first + 3, Value::Day(today)))
        }
        Word::End if matches!(parser.word(first + 1), Some(Word::Of)) => {
            let of = parser.skip(first + 2, Word::The);
            let of = parser.skip(of, Word::Business);
            match parser.word(of) {
                Some(Word::Today | Word::Unit(Unit::Day | Unit::Weekday)) => {
                    Some(Read::new(at, of + 1, Value::Day(today)))
                }
                Some(Word::Unit(unit)) => end_of_unit(unit, of + 1),
                _ => {
                    let inner = &parser.within()?;
                    let inner =
                        day::day(inner, of).into_iter().chain(stretch(inner, of)).max_by_key(|read| read.next)?;
                    let last = match inner.value {
                        Value::Day(day) => Value::Day(day),
                        Value::Days { start, end, grain, .. } => closing((start, end, grain), unit_of(grain))?,
                        _ => return None,
                    };
                    Some(Read::new(at, inner.next, last))
                }
            }
        }
        _ => None,
    }
}

fn unit_of(grain: Grain) -> Unit {
    match grain {
        Grain::Week => Unit::Week,
        Grain::Month => Unit::Month,
        Grain::Quarter => Unit::Quarter,
        Grain::Year => Unit::Year,
        Grain::Second | Grain::Minute | Grain::Hour | Grain::Day | Grain::None => Unit::Day,
    }
}

/// The last part of a stretch; due on its last day, of a week on its Friday.
fn closing((start, end, _): (Date, Date, Grain), unit: Unit) -> Option<Value> {
    let last = shift(end, -1, Unit::Day)?;
    let due = if unit == Unit::Week { in_week(start, 5)? } else { last };
    Some(Value::Day(due))
}

/// "early March", "mid-January", "late next week", "beginning of May", "the rest of the week", "first week of March".
fn part_of(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let led = parser.word(first)?;
    let mut inner_at = parser.skip_punct(first + 1, b'-');
    inner_at = parser.skip(inner_at, Word::In);
    inner_at = parser.skip(inner_at, Word::Of);
    inner_at = parser.skip(inner_at, Word::The);
    let share = match led {
        Word::Early | Word::Earlier => Share::First,
        Word::Start | Word::Beginning if parser.is(first + 1, Word::Of) => Share::First,
        Word::Mid => Share::Middle,
        Word::Middle if parser.is(first + 1, Word::Of) => Share::Middle,
        Word::Late | Word::Later => Share::Last,
        Word::Rest if parser.is(first + 1, Word::Of) => Share::Rest,
        _ => return None,
    };
    let (start, end, grain, next) = match parser.word(inner_at) {
        Some(Word::Unit(unit))
            if unit != Unit::Day && (parser.is(inner_at - 1, Word::The) || parser.is(inner_at - 1, Word::Of)) =>
        {
            let (start, end, grain) = around(parser.today(), unit, 0)?;
            (start, end, grain, inner_at + 1)
        }
        _ => match stretch(&parser.within()?, inner_at)? {
            Read { value: Value::Days { start, end, grain, .. }, next, .. } => (start, end, grain, next),
            _ => return None,
        },
    };
    let days = (end - start).get_days();
    let at_day = |share: i32| shift(start, i64::from(days * share / 100), Unit::Day);
    let today = parser.today();
    let runs = start < today && today < end;
    let (from, to) = match share {
        Share::First if led == Word::Earlier && runs => (start, today),
        Share::First => (start, at_day(50)?),
        Share::Middle if grain == Grain::Year => (shift(start, 4, Unit::Month)?, shift(start, 8, Unit::Month)?),
        Share::Middle => (at_day(30)?, at_day(66)?),
        Share::Rest => (today.max(start), end),
        Share::Last if grain == Grain::Year => (shift(start, 6, Unit::Month)?, end),
        Share::Last => (at_day(50)?, end),
    };
    Some(Read::new(at, next, Value::days(from, to, if grain == Grain::Month { Grain::Week } else { grain })))
}

/// Which part of a stretch is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    First,
    Middle,
    Last,
    Rest,
}

/// "this week", "next month", "last quarter", "the coming weekend", "the week after next".
pub(super) fn this_unit(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    if let Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year))) = parser.word(first) {
        let offset = match (parser.word(first + 1), parser.word(first + 2)) {
            (Some(Word::After), Some(Word::Next)) => 2,
            (Some(Word::Before), Some(Word::Last)) => -2,
            _ => return None,
        };
        let (start, end, grain) = around(parser.today(), unit, offset)?;
        return Some(Read::new(at, first + 3, Value::days(start, end, grain)));
    }
    let offset = direction(parser, first)?;
    let (fiscal, unit_at) = match parser.word(first + 1) {
        Some(Word::Calendar | Word::Fiscal) => (true, first + 2),
        Some(Word::Business | Word::Working) => (false, first + 2),
        _ => (false, first + 1),
    };
    let Word::Unit(unit) = parser.word(unit_at)? else { return None };
    if offset != 0 && matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return of_clock(parser, at, offset, &[length::Amount { hundredths: 100, unit }], unit_at + 1);
    }
    if matches!(unit, Unit::Day | Unit::Weekday | Unit::Second | Unit::Minute | Unit::Hour)
        || (fiscal && unit != Unit::Year)
    {
        return None;
    }
    let (start, end, grain) = around(parser.today(), unit, offset)?;
    Some(Read::new(at, unit_at + 1, Value::days(start, end, grain)))
}

/// "the next 3 days", "past two weeks", "last 6 months", "2 upcoming months", "the next 2 hours".
fn counted(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let (offset, amounts, next) = if let Some(offset) = direction(parser, first) {
        let (amounts, next) = length::amounts(parser, first + 1)?;
        let ago = parser.is(next, Word::Ago);
        let (amounts, next) = if ago { length::one(parser, first + 1)? } else { (amounts, next) };
        (offset, amounts, next)
    } else {
        let (count, next) = parser.count(first)?;
        let offset = direction(parser, next)?;
        let plural = parser.tokens.get(next + 1).and_then(|token| parser.text.get(token.start..token.end))?;
        let (unit, next) = parser.unit(next + 1).filter(|_| count > 1 && plural.ends_with(['s', 'S']))?;
        (offset, vec![length::Amount { hundredths: count * 100, unit }], next)
    };
    if offset == 0 {
        return None;
    }
    if length::is_of_clock(&amounts) {
        return of_clock(parser, at, offset, &amounts, next);
    }
    let today = parser.today();
    let first = *amounts.first()?;
    let (count, unit) = (first.hundredths / 100, first.unit);
    if amounts.len() == 1 && matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century) {
        let (start, end, grain) = around(today, unit, if offset > 0 { 1 } else { -count })?;
        return Some(Read::new(at, next, Value::days(start, shift(end, count - 1, unit)?, grain)));
    }
    if unit == Unit::Weekday && offset > 0 {
        let last = shift(today, count, unit)?;
        let value = Value::days(shift(today, 1, unit)?, shift(last, 1, Unit::Day)?, Grain::Day);
        return Some(Read::new(at, next, value));
    }
    let (start, end) = if offset > 0 {
        let start = shift(today, 1, Unit::Day)?;
        (start, length::moved(start.at(0, 0, 0, 0), &amounts, 1)?.date())
    } else {
        (length::moved(today.at(0, 0, 0, 0), &amounts, -1)?.date(), today)
    };
    Some(Read::new(at, next, Value::days(start, end, Grain::Day)))
}

/// So many hours before or after now.
fn of_clock(parser: &Parser<'_>, at: usize, offset: i64, amounts: &[length::Amount], next: usize) -> Option<Read> {
    let local = parser.reference.local;
    let other = length::moved(local, amounts, offset)?;
    Some(Read::new(at, next, Value::Moments(local.min(other), local.max(other))))
}

/// "year to date", "to date", "till date".
fn to_date(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let is_led = |at| matches!(parser.word(at), Some(Word::To | Word::Until)) && parser.is(at + 1, Word::Date);
    let today = parser.today();
    if let (Some(Word::Unit(unit)), true) = (parser.word(at), is_led(at + 1)) {
        let (start, _, grain) = around(today, unit, 0)?;
        return Some(Read::new(at, at + 3, Value::days(start, today, grain)));
    }
    let free = at.checked_sub(1).is_none_or(|before| !parser.is(before, Word::Up));
    let ends = parser.digits(at + 2).is_none();
    (is_led(at) && free && ends).then(|| Read::new(at, at + 2, Value::Now(parser.reference.local)))
}

/// "for the month", "of the year": the one that runs.
fn bare_unit(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led =
        at.checked_sub(1).is_some_and(|before| matches!(parser.word(before), Some(Word::For | Word::Of | Word::In)));
    let Word::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year)) = parser.word(at + 1)? else {
        return None;
    };
    if !led || !parser.is(at, Word::The) {
        return None;
    }
    let (start, end, grain) = around(parser.today(), unit, 0)?;
    Some(Read::new(at, at + 2, Value::days(start, end, grain)))
}

/// "within 10 business days", "within the next two weeks": runs until its last day, which is when it is due.
fn within(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::Within));
    if !led {
        return None;
    }
    let mut from = parser.skip(at, Word::The);
    from = parser.skip(from, Word::Next);
    let (amounts, next) = length::amounts(parser, from)?;
    let local = parser.reference.local;
    if length::is_of_clock(&amounts) {
        return Some(Read::new(at, next, Value::Moments(local, length::moved(local, &amounts, 1)?)));
    }
    let end = length::moved(local, &amounts, 1)?.date();
    let value = Value::Days { start: local.date(), end, grain: Grain::Day, due: Some(end) };
    Some(Read::new(at, next, value))
}
