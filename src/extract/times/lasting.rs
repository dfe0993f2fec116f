//! Ranges told by their start and length: "for 1 week, from 20th Dec", "from 9 for 2.5 hours".

use jiff::civil::Date;

use super::clock::clock;
use super::length;
use super::parser::{Parser, Read};
use super::ranges::end;
use super::value::{Clock, Value, at_clock};
use super::words::Word;
use crate::model::Grain;

/// "for 1 week, from 20th Dec", "2 weeks starting May 20th", "from 9 for 2.5 hours", "14 Feb for 7 hours from 9:30am".
pub(super) fn lasting(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let said = parser.is(at, Word::For);
    if let Some((amounts, next)) = length::amounts(parser, if said { at + 1 } else { at }) {
        let comma = parser.skip_punct(next, b',');
        let start_at = match parser.word(comma)? {
            Word::Starting | Word::Beginning | Word::Commencing => {
                parser.skip(parser.skip(comma + 1, Word::From), Word::On)
            }
            Word::From if said => comma + 1,
            _ => return None,
        };
        let from = end(parser, start_at, true)?;
        return lasting_from(at + usize::from(said), from.next, &from.value, &amounts);
    }
    let start_at = parser.skip(at, Word::From);
    let from = match end(parser, start_at, true) {
        Some(read) => read,
        None if start_at > at => {
            clock(parser, start_at, true).map(|(clock, next)| Read::new(at, next, Value::Clock(clock)))?
        }
        None => return None,
    };
    if !parser.is(from.next, Word::For) {
        return None;
    }
    let (amounts, next) = length::amounts(parser, from.next + 1)?;
    if let (Value::Day(on), Some(Word::From)) = (&from.value, parser.word(next))
        && let Some((clock, next)) = clock(parser, next + 1, true)
    {
        return lasting_from(at, next, &Value::Moment(*on, clock), &amounts);
    }
    let of_clock = matches!(from.value, Value::Clock(_) | Value::Moment(..));
    (of_clock && length::is_of_clock(&amounts)).then(|| lasting_from(at, next, &from.value, &amounts))?
}

fn lasting_from(at: usize, next: usize, from: &Value, amounts: &[length::Amount]) -> Option<Read> {
    let value = match from {
        Value::Clock(clock) => {
            let start = at_clock(Date::constant(2000, 1, 3), *clock);
            let end = length::moved(start, amounts, 1)?;
            let grain = if end.minute() == 0 { Grain::Hour } else { Grain::Minute };
            let end = Clock { hour: end.hour(), minute: end.minute(), second: 0, grain, settled: clock.settled };
            Value::Clocks(*clock, end)
        }
        Value::Moment(day, clock) => {
            let start = at_clock(*day, *clock);
            Value::Moments(start, length::moved(start, amounts, 1)?)
        }
        Value::Day(day) if !length::is_of_clock(amounts) => {
            let end = length::moved(day.at(0, 0, 0, 0), amounts, 1)?.date();
            Value::days(*day, end, Grain::Day)
        }
        _ => return None,
    };
    Some(Read::new(at, next, value))
}
