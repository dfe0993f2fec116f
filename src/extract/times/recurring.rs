//! What recurs: "every Monday", "each week", "daily", "every two weeks", "Fridays at 9am", "3pm each day".

use super::clock::{clock, hours_of};
use super::length;
use super::parser::{Parser, Read};
use super::value::{Clock, Value};
use super::words::{Unit, Word};
use crate::model::Grain;

/// A recurring time at `at`, with the clock before or after it.
pub(super) fn recurring(parser: &Parser<'_>, at: usize) -> Option<Read> {
    if let Some((every, next)) = base(parser, at) {
        let joint = parser.skip_punct(next, b',');
        let told = parser.is(joint, Word::At) || parser.is_punct(joint, b'@');
        let joint = if told { joint + 1 } else { joint };
        return Some(match clock(parser, joint, told) {
            Some((clock, next)) => Read::new(at, next, Value::Every(at_clock(&every, clock))),
            None => Read::new(at, next, Value::Every(every)),
        });
    }
    let at_before = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At));
    let (clock, next) = clock(parser, at, at_before)?;
    let (every, next) = base(parser, parser.skip(next, Word::On))?;
    Some(Read::new(at, next, Value::Every(at_clock(&every, clock))))
}

/// The recurring time with its clock; a daily one is its clock alone.
fn at_clock(every: &str, clock: Clock) -> String {
    let clock = if clock.grain == Grain::Hour { format!("T{:02}", clock.hour) } else { format!("T{clock}") };
    if every == "P1D" { clock } else { format!("{every}{clock}") }
}

fn base(parser: &Parser<'_>, at: usize) -> Option<(String, usize)> {
    match parser.word(at)? {
        Word::Recurring(length) => Some((length.to_owned(), at + 1)),
        Word::Bi => {
            let Word::Recurring(length) = parser.word(parser.skip_punct(at + 1, b'-'))? else { return None };
            let next = parser.skip_punct(at + 1, b'-') + 1;
            Some((length.replacen('1', "2", 1), next))
        }
        Word::Weekdays(weekday) => Some((format!("XXXX-WXX-{weekday}"), at + 1)),
        Word::Weekday(weekday) => {
            let Word::Parts(part) = parser.word(at + 1)? else { return None };
            Some((format!("XXXX-WXX-{weekday}T{:02}", hours_of(part).0), at + 2))
        }
        Word::Every => every(parser, at),
        _ => None,
    }
}

fn every(parser: &Parser<'_>, at: usize) -> Option<(String, usize)> {
    let next = parser.skip(at + 1, Word::Other);
    let times = if next > at + 1 { 2 } else { 1 };
    match parser.word(next) {
        Some(Word::Weekday(weekday)) => Some((format!("XXXX-WXX-{weekday}"), next + 1)),
        Some(Word::Month(month)) => Some((format!("XXXX-{month:02}"), next + 1)),
        Some(Word::Part(part)) => Some((format!("T{:02}", hours_of(part).0), next + 1)),
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

fn of_unit(unit: Unit, times: i64) -> Option<String> {
    let letter = match unit {
        Unit::Day => "D",
        Unit::Weekday => "WD",
        Unit::Week => "W",
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
