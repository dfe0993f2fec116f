//! Days with names. Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).

use jiff::civil::Date;

use super::calendar::{coming, date, shift};
use super::parser::{Parser, Read};
use super::relative::direction;
use super::value::Value;
use super::words::{Holiday, Unit, Word};
use super::years;

/// "Christmas", "Christmas Eve", "New Year's Day", "Easter 2026", "last Thanksgiving".
pub(super) fn holiday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (name, next) = name(parser, at)?;
    let (year, next) = match years::after(parser, next) {
        Some((year, next)) => (Some(year), next),
        None => (None, next),
    };
    let today = parser.today();
    let of = parser.skip(next, Word::Of);
    if let (None, Some(offset), true) = (year, direction(parser, of), parser.is(of + 1, Word::Unit(Unit::Year))) {
        let day = name.in_year(today.year() + offset as i16)?;
        return Some(Read::new(at, of + 2, Value::Day(day)));
    }
    Some(Read::new(at, next, Value::Day(name.on(parser, year)?)))
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

/// How a day with a name falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// The same month and day each year.
    Fixed(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// The Thursday of thanks, and so many days after it.
    Thanksgiving(i64),
    /// The nth weekday of a month; the first is the coming one from that day of it.
    Nth { month: i8, from: i8, weekday: i8 },
}

impl Name {
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => date(year, month, day),
            Self::Easter(after) => shift(easter(year)?, after, Unit::Day),
            Self::Thanksgiving(after) => shift(coming(date(year, 11, 22)?, 4)?, after, Unit::Day),
            Self::Nth { month, from, weekday } => coming(date(year, month, from)?, weekday),
        }
    }

    /// The day of the stated year, else the coming one.
    pub(super) fn on(self, parser: &Parser<'_>, year: Option<i16>) -> Option<Date> {
        let today = parser.today();
        match year {
            Some(year) => self.in_year(year),
            None => self.in_year(today.year()).filter(|day| *day >= today).or_else(|| self.in_year(today.year() + 1)),
        }
    }
}

/// Days named by words that are otherwise none of the grammar's; "mother's" and "mothers'" are written "mother".
const FEASTS: &[(&str, Name)] = &[
    ("independence day", Name::Fixed(7, 4)),
    ("bastille day", Name::Fixed(7, 14)),
    ("canada day", Name::Fixed(7, 1)),
    ("boxing day", Name::Fixed(12, 26)),
    ("earth day", Name::Fixed(4, 22)),
    ("groundhog day", Name::Fixed(2, 2)),
    ("veteran day", Name::Fixed(11, 11)),
    ("patrick day", Name::Fixed(3, 17)),
    ("international worker day", Name::Fixed(5, 1)),
    ("labor day", Name::Nth { month: 9, from: 1, weekday: 1 }),
    ("labour day", Name::Nth { month: 9, from: 1, weekday: 1 }),
    ("memorial day", Name::Nth { month: 5, from: 25, weekday: 1 }),
    ("columbus day", Name::Nth { month: 10, from: 8, weekday: 1 }),
    ("president day", Name::Nth { month: 2, from: 15, weekday: 1 }),
    ("mlk day", Name::Nth { month: 1, from: 15, weekday: 1 }),
    ("martin luther king day", Name::Nth { month: 1, from: 15, weekday: 1 }),
    ("mother day", Name::Nth { month: 5, from: 8, weekday: 7 }),
    ("father day", Name::Nth { month: 6, from: 15, weekday: 7 }),
    ("black friday", Name::Thanksgiving(1)),
    ("cyber monday", Name::Thanksgiving(4)),
    ("good friday", Name::Easter(-2)),
];

fn feast(parser: &Parser<'_>, at: usize) -> Option<(Name, usize)> {
    FEASTS.iter().find_map(|(words, name)| {
        let mut next = at;
        for word in words.split(' ') {
            let token = parser.tokens.get(next)?;
            let said = parser.text.get(token.start..token.end)?;
            let plural = said.len() == word.len() + 1 && said.ends_with(['s', 'S']);
            let said = if plural { said.get(..word.len())? } else { said };
            if !said.eq_ignore_ascii_case(word) {
                return None;
            }
            next = if parser.is_punct(next + 1, b'\'') { parser.skip(next + 2, Word::LetterS) } else { next + 1 };
        }
        Some((*name, next))
    })
}

/// The name of a day at `at`, with the token after it.
pub(super) fn name(parser: &Parser<'_>, at: usize) -> Option<(Name, usize)> {
    let day_after = |next: usize| {
        if parser.is(next, Word::Unit(Unit::Day)) { next + 1 } else { next }
    };
    match parser.word(at)? {
        Word::Feast | Word::Good => feast(parser, at),
        Word::Holiday(Holiday::Christmas) if parser.is(at + 1, Word::Eve) => Some((Name::Fixed(12, 24), at + 2)),
        Word::Holiday(Holiday::Christmas) => Some((Name::Fixed(12, 25), day_after(at + 1))),
        Word::Holiday(Holiday::Easter) => match parser.word(at + 1) {
            Some(Word::Weekday(1)) => Some((Name::Easter(1), at + 2)),
            Some(Word::Weekday(7)) => Some((Name::Easter(0), at + 2)),
            _ => Some((Name::Easter(0), at + 1)),
        },
        Word::Holiday(Holiday::Thanksgiving) => Some((Name::Thanksgiving(0), day_after(at + 1))),
        Word::Holiday(Holiday::Halloween) => Some((Name::Fixed(10, 31), day_after(at + 1))),
        Word::Holiday(Holiday::Valentine) => Some((Name::Fixed(2, 14), day_after(possessive(parser, at + 1)))),
        Word::Month(5) if parser.is(at + 1, Word::Unit(Unit::Day)) => Some((Name::Fixed(5, 1), at + 2)),
        Word::New if parser.is(at + 1, Word::Unit(Unit::Year)) => {
            let next = possessive(parser, at + 2);
            match parser.word(next) {
                Some(Word::Eve) => Some((Name::Fixed(12, 31), next + 1)),
                Some(Word::Unit(Unit::Day)) => Some((Name::Fixed(1, 1), next + 1)),
                _ => {
                    let led = at.checked_sub(1).and_then(|before| parser.word(before));
                    let wanted = matches!(led, Some(Word::Before | Word::After | Word::Until | Word::By));
                    (wanted && next == at + 2).then_some((Name::Fixed(1, 1), next))
                }
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

#[allow(clippy::many_single_char_names, reason = "the letters are those of the published method")]
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
