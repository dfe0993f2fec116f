//! What recurs: "every Monday", "each week", "daily", "every two weeks", "Fridays at 9am", "3pm each day".

use super::clock::clock;
use super::day;
use super::length;
use super::parser::{Parser, Read};
use super::parts::settle;
use super::ranges;
use super::value::{Clock, Value};
use super::words::{Part, Unit, Word};
use crate::model::Grain;

/// A recurring time at `at`, with the clock before or after it.
pub(super) fn recurring(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if let Some((every, next)) = base(parser, at) {
        let joint = parser.skip_punct(next, b',');
        let told = parser.is(joint, Word::At) || parser.is_punct(joint, b'@');
        let joint = if told { joint + 1 } else { joint };
        let at_hour = clock(parser, joint, told).filter(|_| takes_a_clock(&every));
        return Some(match at_hour {
            Some((clock, next)) => Read::new(at, next, Value::Every(at_clock(&every, clock))),
            None => Read::new(at, next, Value::Every(every)),
        });
    }
    let at_before = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At));
    let (clock, next) = clock(parser, at, at_before)?;
    let (every, next) = base(parser, parser.skip(next, Word::On)).filter(|(every, _)| takes_a_clock(every))?;
    Some(Read::new(at, next, Value::Every(at_clock(&every, clock))))
}

/// Whether a clock says when on a day of the rhythm: "every month at 8" does not.
fn takes_a_clock(every: &str) -> bool {
    !every.starts_with('P') || matches!(every, "P1D" | "P1WD")
}

/// The letters of a part of the day, which leave its hours open.
fn part_name(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Breakfast => "TMEB",
        Part::Lunch => "TMEL",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Dinner => "TMED",
        Part::Night => "TNI",
    }
}

const PARTS: [Part; 7] =
    [Part::Morning, Part::Breakfast, Part::Lunch, Part::Afternoon, Part::Evening, Part::Dinner, Part::Night];

/// The recurring time with its clock, which takes the place of a part of the day; a daily one is its clock alone.
fn at_clock(every: &str, clock: Clock) -> String {
    let part = PARTS.into_iter().find(|part| every.ends_with(part_name(*part)));
    let clock = part.map_or(clock, |part| settle(clock, part));
    let every = part.map_or(every, |part| &every[..every.len() - part_name(part).len()]);
    let clock = if clock.grain == Grain::Hour { format!("T{:02}", clock.hour) } else { format!("T{clock}") };
    if every == "P1D" { clock } else { format!("{every}{clock}") }
}

fn base(parser: &Parser<'_>, at: usize) -> Option<(String, usize)> {
    match parser.word(at)? {
        Word::Recurring(times, unit) => Some((of_unit(unit, i64::from(times))?, at + 1)),
        Word::Bi => {
            let named = parser.skip_punct(at + 1, b'-');
            let Word::Recurring(times, unit) = parser.word(named)? else { return None };
            Some((of_unit(unit, 2 * i64::from(times))?, named + 1))
        }
        Word::Weekdays(weekday) => Some((format!("XXXX-WXX-{weekday}"), at + 1)),
        Word::Weekday(weekday) => {
            let Word::Parts(part) = parser.word(at + 1)? else { return None };
            Some((format!("XXXX-WXX-{weekday}{}", part_name(part)), at + 2))
        }
        Word::Parts(part) if part != Part::Night => Some((part_name(part).to_owned(), at + 1)),
        Word::In if parser.is(at + 1, Word::The) => {
            let Word::Parts(part) = parser.word(at + 2)? else { return None };
            Some((part_name(part).to_owned(), at + 3))
        }
        Word::Every => every(parser, at),
        _ => None,
    }
}

fn every(parser: &Parser<'_>, at: usize) -> Option<(String, usize)> {
    let next = parser.skip(at + 1, Word::Other);
    if let Some(found) = every_date(parser, next).filter(|_| next == at + 1) {
        return Some(found);
    }
    let times = if next > at + 1 { 2 } else { 1 };
    match parser.word(next) {
        Some(Word::Weekday(weekday)) => Some((format!("XXXX-WXX-{weekday}"), next + 1)),
        Some(Word::Month(month)) => Some((format!("XXXX-{month:02}"), next + 1)),
        Some(Word::Part(part)) => Some((part_name(part).to_owned(), next + 1)),
        Some(Word::Unit(_) | Word::Business | Word::Working) => {
            let (unit, next) = parser.unit(next)?;
            Some((of_unit(unit, times)?, next))
        }
        _ => match length::length(parser, next)? {
            Read { value: Value::Length(length), next, .. } => Some((length, next)),
            _ => None,
        },
    }
}

/// "every 4/15", "each March 3rd", "every 15th".
fn every_date(parser: &Parser<'_>, at: usize) -> Option<(String, usize)> {
    if let (Some((day, digits @ 1..=2)), true) = (parser.digits(at), parser.is(at + 1, Word::OrdinalSuffix)) {
        return (digits < 3 && (1..=31).contains(&day) && parser.ends(at + 2))
            .then(|| (format!("XXXX-XX-{day:02}"), at + 2));
    }
    let read = day::day(&parser.within()?, at).filter(|read| ranges::floats(parser, read))?;
    let Value::Day(day) = read.value else { return None };
    Some((format!("XXXX-{:02}-{:02}", day.month(), day.day()), read.next))
}

fn of_unit(unit: Unit, times: i64) -> Option<String> {
    let letter = match unit {
        Unit::Day => "D",
        Unit::Weekday => "WD",
        Unit::Week | Unit::Workweek => "W",
        Unit::Weekend => "WE",
        Unit::Month => "M",
        Unit::Year => "Y",
        Unit::Quarter => return Some(format!("P{}M", 3 * times)),
        Unit::Hour => return Some(format!("PT{times}H")),
        Unit::Minute => return Some(format!("PT{times}M")),
        Unit::Second | Unit::Fortnight | Unit::Decade | Unit::Century => return None,
    };
    Some(format!("P{times}{letter}"))
}
