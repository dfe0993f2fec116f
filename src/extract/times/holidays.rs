//! Days with names. Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).

use jiff::civil::Date;

use super::calendar::{coming, date};
use super::parser::{Parser, Read};
use super::value::Value;
use super::words::{Holiday, Unit, Word};

/// "Christmas", "Christmas Eve", "New Year's Day", "Easter 2026", "last Thanksgiving".
pub(super) fn holiday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (name, next) = name(parser, at)?;
    let (year, next) = match parser.year_after(next) {
        Some((year, next)) => (Some(year), next),
        None => (None, next),
    };
    let today = parser.today();
    let day = match year {
        Some(year) => name.in_year(year)?,
        None => name.in_year(today.year()).filter(|day| *day >= today).or_else(|| name.in_year(today.year() + 1))?,
    };
    Some(Read::new(at, next, Value::Day(day)))
}

/// A holiday with "last", "next" or "this" before it.
pub(super) fn relative_holiday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (name, next) = name(parser, at + 1)?;
    let (today, here) = (parser.today(), name.in_year(parser.today().year())?);
    let day = match parser.word(at)? {
        Word::Last | Word::Previous | Word::Past if here < today => here,
        Word::Last | Word::Previous | Word::Past => name.in_year(today.year() - 1)?,
        Word::This => here,
        Word::Next | Word::Coming if here > today => here,
        Word::Next | Word::Coming => name.in_year(today.year() + 1)?,
        _ => return None,
    };
    Some(Read::new(at, next, Value::Day(day)))
}

#[derive(Clone, Copy)]
enum Name {
    Fixed(i8, i8),
    Easter,
    Thanksgiving,
}

impl Name {
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => date(year, month, day),
            Self::Easter => easter(year),
            Self::Thanksgiving => coming(date(year, 11, 22)?, 4),
        }
    }
}

fn name(parser: &Parser<'_>, at: usize) -> Option<(Name, usize)> {
    let day_after = |next: usize| {
        if parser.is(next, Word::Unit(Unit::Day)) { next + 1 } else { next }
    };
    match parser.word(at)? {
        Word::Holiday(Holiday::Christmas) if parser.is(at + 1, Word::Eve) => Some((Name::Fixed(12, 24), at + 2)),
        Word::Holiday(Holiday::Christmas) => Some((Name::Fixed(12, 25), day_after(at + 1))),
        Word::Holiday(Holiday::Easter) => Some((Name::Easter, at + 1)),
        Word::Holiday(Holiday::Thanksgiving) => Some((Name::Thanksgiving, day_after(at + 1))),
        Word::Holiday(Holiday::Halloween) => Some((Name::Fixed(10, 31), at + 1)),
        Word::Holiday(Holiday::Valentine) => Some((Name::Fixed(2, 14), day_after(possessive(parser, at + 1)))),
        Word::New if parser.is(at + 1, Word::Unit(Unit::Year)) => {
            let next = possessive(parser, at + 2);
            match parser.word(next) {
                Some(Word::Eve) => Some((Name::Fixed(12, 31), next + 1)),
                Some(Word::Unit(Unit::Day)) => Some((Name::Fixed(1, 1), next + 1)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Skips "'s" or "'".
fn possessive(parser: &Parser<'_>, at: usize) -> usize {
    let next = parser.skip_punct(at, b'\'');
    if next > at { parser.skip(next, Word::LetterS) } else { at }
}

fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year as i16, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_church_says() {
        let check = |year, expected: &str| assert_eq!(easter(year).unwrap().to_string(), expected);
        check(2018, "2018-04-01");
        check(2024, "2024-03-31");
        check(2026, "2026-04-05");
    }
}
