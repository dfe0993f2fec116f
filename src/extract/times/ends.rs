//! Ends of a stretch: "end of Q1", "EOD Friday", "EOW", "the last day of the month".

use jiff::civil::Date;

use super::calendar::{around, in_week, shift};
use super::day;
use super::parser::{Parser, Read};
use super::period::stretch;
use super::value::Value;
use super::words::{Unit, Word};
use crate::model::Grain;

/// "EOD", "close of business", "end of day Friday", "COB tomorrow": the message's own day, or the day beside it.
pub(super) fn end_of_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let next = closing_time(parser, at)?;
    let own = Read::new(at, next, Value::Day(parser.today()));
    let of = parser.skip(parser.skip_punct(next, b','), Word::Of);
    let Some(inner) = parser.within() else { return Some(own) };
    let told = day::day(&inner, parser.skip(of, Word::On));
    let told = told.filter(|read| matches!(read.value, Value::Day(_)) && closing_time(parser, read.start).is_none());
    Some(told.map_or(own, |read| Read::new(at, read.next, read.value)))
}

/// The token after "EOD", "COB", "close of business", "end of the business day".
pub(super) fn closing_time(parser: &Parser<'_>, at: usize) -> Option<usize> {
    let first = parser.skip(at, Word::The);
    match parser.word(first)? {
        Word::EndOf(Unit::Day) | Word::CloseOfBusiness => Some(first + 1),
        Word::Close | Word::End if parser.is(first + 1, Word::Of) => {
            let of = parser.skip(parser.skip(first + 2, Word::The), Word::My);
            let business = matches!(parser.word(of), Some(Word::Business | Word::Working));
            let of = of + usize::from(business);
            match parser.word(of) {
                Some(Word::Unit(Unit::Day | Unit::Weekday)) => Some(of + 1),
                _ => business.then_some(of),
            }
        }
        _ => None,
    }
}

/// "end of the month", "EOW", "by year end", "end of Q1", "end of March", "end of next week".
pub(super) fn end_of(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let today = parser.today();
    let first = parser.skip(at, Word::The);
    let end_of_unit = |unit, next| Some(Read::new(at, next, this_closing(today, unit)?));
    match parser.word(first)? {
        Word::EndOf(Unit::Day) => None,
        Word::EndOf(unit) => end_of_unit(unit, first + 1),
        Word::Unit(unit @ (Unit::Year | Unit::Quarter | Unit::Month)) => {
            let next = parser.skip_punct(first + 1, b'-');
            (parser.is(next, Word::End)).then(|| end_of_unit(unit, next + 1))?
        }
        Word::End if parser.is(first + 1, Word::Of) => {
            let of = parser.skip(parser.skip(first + 2, Word::The), Word::My);
            if parser.is(of, Word::Fiscal)
                && let Some(Word::Unit(Unit::Year | Unit::Quarter)) = parser.word(of + 1)
            {
                return Some(Read::new(at, of + 2, Value::Open(Grain::Quarter)));
            }
            match parser.word(parser.skip(parser.skip(of, Word::Business), Word::Working)) {
                Some(Word::Today) => Some(Read::new(at, of + 1, Value::Day(today))),
                Some(Word::Unit(Unit::Day | Unit::Weekday)) => None,
                Some(Word::Unit(unit)) => {
                    end_of_unit(unit, parser.skip(parser.skip(of, Word::Business), Word::Working) + 1)
                }
                _ => end_of_named(parser, at, of),
            }
        }
        _ => None,
    }
}

/// "end of Q1", "end of Friday", "end of next week".
fn end_of_named(parser: &Parser<'_>, at: usize, of: usize) -> Option<Read> {
    let inner = &parser.within()?;
    let inner = day::day(inner, of).into_iter().chain(stretch(inner, of)).max_by_key(|read| read.next)?;
    let last = match inner.value {
        Value::Day(day) => Value::Day(day),
        Value::Days { start, end, grain, .. } => closing((start, end, grain), unit_of(grain))?,
        Value::Open(grain) => Value::Open(grain),
        _ => return None,
    };
    Some(Read::new(at, inner.next, last))
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
    let due = if matches!(unit, Unit::Week | Unit::Workweek) { in_week(start, 5)? } else { last };
    Some(Value::Day(due))
}

/// The end of the unit that runs; of a week that is over but for its weekend, of the week after.
fn this_closing(today: Date, unit: Unit) -> Option<Value> {
    match closing(around(today, unit, 0)?, unit)? {
        Value::Day(day) if day < today => closing(around(today, unit, 1)?, unit),
        value => Some(value),
    }
}

/// "the last day of the month", "first business day of April".
pub(super) fn edge_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let (count, next) = match parser.word(first)? {
        Word::Last => (-1, first + 1),
        _ => parser.ordinal(first, false).map(|(count, next)| (i64::from(count), next))?,
    };
    let (unit, next) = parser.unit(next).filter(|(unit, _)| matches!(unit, Unit::Day | Unit::Weekday))?;
    if !matches!(parser.word(next), Some(Word::Of | Word::In)) {
        return None;
    }
    let of = parser.skip(next + 1, Word::The);
    let (start, end, next) = stretch_at(parser, of)?;
    let found = if count < 0 { shift(end, -1, unit)? } else { shift(shift(start, -1, Unit::Day)?, count, unit)? };
    (start <= found && found < end).then(|| Read::new(at, next, Value::Day(found)))
}

/// A stretch, or a unit that stands for the one that runs, with the token after it.
fn stretch_at(parser: &Parser<'_>, at: usize) -> Option<(Date, Date, usize)> {
    if let Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year))) = parser.word(at) {
        let (start, end, _) = around(parser.today(), unit, 0)?;
        return Some((start, end, at + 1));
    }
    match stretch(&parser.within()?, at)? {
        Read { value: Value::Days { start, end, .. }, next, .. } => Some((start, end, next)),
        _ => None,
    }
}
