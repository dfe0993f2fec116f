//! Days in numbers: "2026-02-03", "3/4/26", "3.4.2026", "3/4", "2026/Feb/03", "20260203".

use jiff::civil::Date;

use super::Reference;
use super::calendar::{self, date};
use super::day::{next_of, of_a_year};
use super::parser::{Parser, Read};
use super::value::Value;
use super::words::Word;
use super::years;

/// "2026-02-03", "2026/2/3", "3/4/2026", "03.04.26", "3/4".
pub(super) fn numeric(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (first, first_digits) = parser.digits(at)?;
    let mark = [b'-', b'/', b'.'].into_iter().find(|&mark| parser.is_punct(at + 1, mark))?;
    let glued = |from: usize, to: usize| (from..=to).all(|token| parser.glued(token));
    if !glued(at + 1, at + 2) {
        return None;
    }
    let (second, second_digits) = parser.digits(at + 2).filter(|&(_, digits)| digits <= 2)?;
    let third = parser.digits(at + 4).filter(|_| parser.is_punct(at + 3, mark) && glued(at + 3, at + 4));
    let day = match third {
        Some((third, 1 | 2)) if first_digits == 4 => {
            date(calendar::year(first, 4)?, i8::try_from(second).ok()?, i8::try_from(third).ok()?)?
        }
        // With dots the day comes first in every locale; "1.4.16" without a weekday is a version.
        Some((_, 2)) if mark == b'.' && (first_digits, second_digits) != (2, 2) && !after_weekday(parser, at) => {
            return None;
        }
        Some(_) if mark == b'.' && second > 12 => return None,
        Some((third, digits)) if first_digits <= 2 => {
            let dotted = Reference { day_first: parser.reference.day_first || mark == b'.', ..parser.reference };
            let year = calendar::year(third, digits)?;
            match in_order(&Parser { reference: dotted, ..*parser }, first, second, year) {
                Some(day) => day,
                // "2/29/2019" is no day.
                None if digits == 4 && first.min(second) <= 12 && first.max(second) <= 31 && first * second > 0 => {
                    return Some(Read::new(at, at + 5, Value::Vague));
                }
                None => return None,
            }
        }
        None if mark == b'/' && first_digits <= 2 => return short(parser, at, (first, second), second_digits),
        Some(_) | None => return None,
    };
    let ends = !(parser.is_punct(at + 5, mark) && parser.glued(at + 5) && parser.glued(at + 6));
    ends.then(|| Read::new(at, at + 5, Value::Day(day)))
}

/// "3/4": no fraction, and not part of a longer run.
fn short(parser: &Parser<'_>, at: usize, (first, second): (u32, u32), digits: u8) -> Option<Read> {
    let fraction = (first == 1 && second <= 4) || (first == 24 && second == 7);
    let in_run = (parser.is_punct(at + 3, b'/') && parser.glued(at + 3))
        || at.checked_sub(1).is_some_and(|before| parser.is_punct(before, b'/') && parser.glued(at));
    let in_run = in_run || at.checked_sub(1).is_some_and(|before| parser.is_punct(before, b'.') && parser.glued(at));
    if fraction || in_run || digits > 2 {
        return None;
    }
    let comma = parser.skip_punct(at + 3, b',');
    if comma > at + 3
        && let Some((year, next)) = years::after(parser, comma)
    {
        return Some(Read::new(at, next, Value::Day(in_order(parser, first, second, year)?)));
    }
    let day = of_a_year(parser, (at, at + 3), |year| in_order(parser, first, second, year))?;
    Some(Read::new(at, at + 3, Value::Day(day)))
}

/// Two numbers as month and day, in the order of the locale unless only the other fits.
fn in_order(parser: &Parser<'_>, first: u32, second: u32, year: i16) -> Option<Date> {
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    let (expected, other) = if parser.reference.day_first {
        ((second, first), (first, second))
    } else {
        ((first, second), (second, first))
    };
    date(year, expected.0, expected.1).or_else(|| date(year, other.0, other.1))
}

/// "2020/Sep/23", "2019-aug-01".
pub(super) fn year_first(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (year, digits) = parser.digits(at)?;
    let mark = [b'-', b'/'].into_iter().find(|&mark| parser.is_punct(at + 1, mark) && parser.is_punct(at + 3, mark))?;
    let Word::Month(month) = parser.word(at + 2)? else { return None };
    let (day, next) = parser.ordinal(at + 4, true)?;
    let found = date(calendar::year(year, digits)?, month, day).filter(|_| digits == 4 && mark > 0)?;
    Some(Read::new(at, next, Value::Day(found)))
}

/// "7-6" and "7.6" beside a weekday on which that date falls.
pub(super) fn marked(parser: &Parser<'_>, at: usize, weekday: i8) -> Option<Read> {
    let (first, 1..=2) = parser.digits(at)? else { return None };
    let (second, 1..=2) = parser.digits(at + 2)? else { return None };
    let mark = parser.is_punct(at + 1, b'-') || parser.is_punct(at + 1, b'.');
    if !mark || !parser.glued(at + 1) || !parser.glued(at + 2) {
        return None;
    }
    let day = next_of(parser, |year| in_order(parser, first, second, year))?;
    // A weekday and two hours ("Monday 6-8") may happen to be a day far ahead.
    let is_near = (day - parser.today()).get_days() <= 14;
    (is_near && day.weekday().to_monday_one_offset() == weekday).then(|| Read::new(at, at + 3, Value::Day(day)))
}

/// A date as eight digits ("20261016") or as three numbers ("2026 10 16").
pub(super) fn compact(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let is_year = |year: u32| (1950..=2099).contains(&year);
    match parser.digits(at)? {
        (number, 8) if is_year(number / 10_000) && !in_a_code(parser, at) => {
            let day = date((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8)?;
            Some(Read::new(at, at + 1, Value::Day(day)))
        }
        (year, 4) if is_year(year) => match (parser.digits(at + 1)?, parser.digits(at + 2)?) {
            ((month, 2), (number, 2)) if parser.digits(at + 3).is_none() => {
                Some(Read::new(at, at + 3, Value::Day(date(year as i16, month as i8, number as i8)?)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a mark glues digits or letters to those at `at`: "20231201-44".
fn in_a_code(parser: &Parser<'_>, at: usize) -> bool {
    let dash = |at: usize| parser.is_punct(at, b'-') || parser.is_punct(at, b'_') || parser.is_punct(at, b'/');
    (dash(at + 1) && parser.glued(at + 1) && parser.glued(at + 2))
        || (parser.glued(at) && at.checked_sub(1).is_some_and(|before| dash(before) && parser.glued(before)))
}

fn after_weekday(parser: &Parser<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&mark| parser.is_punct(mark, b',')).unwrap_or(at);
    before.checked_sub(1).is_some_and(|name| matches!(parser.word(name), Some(Word::Weekday(_))))
}
