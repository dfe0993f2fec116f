//! Stretches, lengths and what recurs: "next week", "Q3 2026", "early March", "end of the month", "two weeks", "every Monday".

use jiff::civil::Date;

use super::calendar::{self, around, coming, date, in_week, monday, shift};
use super::day;
use super::parser::{Parser, Read};
use super::relative::direction;
use super::value::Value;
use super::words::{Unit, Word};
use crate::model::Grain;

/// A stretch of days at `at`.
pub(super) fn stretch(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [end_of, part_of, this_unit, counted, week_of, within, quarter, half_year, month, season, year, decade];
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
            match parser.word(of)? {
                Word::Unit(Unit::Day | Unit::Weekday) => Some(Read::new(at, of + 1, Value::Day(today))),
                Word::Today => Some(Read::new(at, of + 1, Value::Day(today))),
                Word::Unit(unit) => end_of_unit(unit, of + 1),
                _ => {
                    let inner =
                        day::day(parser, of).into_iter().chain(stretch(parser, of)).max_by_key(|read| read.next)?;
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
    if matches!(led, Word::Ordinal(_) | Word::Last) && parser.is(first + 1, Word::Unit(Unit::Week)) {
        return week_of_month(parser, at, first);
    }
    if !matches!(
        led,
        Word::Early | Word::Mid | Word::Late | Word::Start | Word::Middle | Word::Earlier | Word::Later | Word::Rest
    ) {
        return None;
    }
    let (start, end, grain, next) = match parser.word(inner_at) {
        Some(Word::Unit(unit)) if matches!(led, Word::Start | Word::Middle | Word::Rest) => {
            let (start, end, grain) = around(parser.today(), unit, 0)?;
            (start, end, grain, inner_at + 1)
        }
        _ => match stretch(parser, inner_at)? {
            Read { value: Value::Days { start, end, grain, .. }, next, .. } => (start, end, grain, next),
            _ => return None,
        },
    };
    let days = (end - start).get_days();
    let at_day = |share: i32| shift(start, i64::from(days * share / 100), Unit::Day);
    let (from, to) = match led {
        Word::Early | Word::Start | Word::Earlier => (start, at_day(50)?),
        Word::Mid | Word::Middle => (at_day(30)?, at_day(66)?),
        Word::Rest => (parser.today().max(start), end),
        _ => (at_day(50)?, end),
    };
    Some(Read::new(at, next, Value::days(from, to, if grain == Grain::Month { Grain::Week } else { grain })))
}

/// "first week of March", "the last week of the month".
fn week_of_month(parser: &Parser<'_>, at: usize, first: usize) -> Option<Read> {
    if !matches!(parser.word(first + 2), Some(Word::Of | Word::In)) {
        return None;
    }
    let of = parser.skip(first + 3, Word::The);
    let (month, next) = match parser.word(of)? {
        Word::Unit(Unit::Month) => (parser.today().first_of_month(), of + 1),
        _ => match stretch(parser, of)? {
            Read { value: Value::Days { start, grain: Grain::Month, .. }, next, .. } => (start, next),
            _ => return None,
        },
    };
    let start = match parser.word(first)? {
        Word::Ordinal(count) => shift(monday(shift(month, 3, Unit::Day)?)?, i64::from(count) - 1, Unit::Week)?,
        _ => monday(shift(shift(month, 1, Unit::Month)?, -4, Unit::Day)?)?,
    };
    Some(Read::new(at, next, Value::days(start, shift(start, 1, Unit::Week)?, Grain::Week)))
}

/// "this week", "next month", "last quarter", "the coming weekend", "the week after next".
fn this_unit(parser: &Parser<'_>, at: usize) -> Option<Read> {
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
        _ => (false, first + 1),
    };
    let Word::Unit(unit) = parser.word(unit_at)? else { return None };
    if matches!(unit, Unit::Day | Unit::Weekday | Unit::Second | Unit::Minute | Unit::Hour)
        || (fiscal && unit != Unit::Year)
    {
        return None;
    }
    let (start, end, grain) = around(parser.today(), unit, offset)?;
    Some(Read::new(at, unit_at + 1, Value::days(start, end, grain)))
}

/// "the next 3 days", "past two weeks", "last 6 months".
fn counted(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let offset = direction(parser, first).filter(|offset| *offset != 0)?;
    let (count, next) = parser.count(first + 1)?;
    let (unit, next) = parser.unit(next)?;
    let today = parser.today();
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return None;
    }
    let (start, end) = if offset > 0 {
        let start = shift(today, 1, Unit::Day)?;
        (start, shift(start, count, unit)?)
    } else {
        (shift(today, -count, unit)?, today)
    };
    Some(Read::new(at, next, Value::days(start, end, Grain::Day)))
}

/// "week of March 3", "the week commencing 2 February".
fn week_of(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    if !parser.is(first, Word::Unit(Unit::Week)) {
        return None;
    }
    let inner = match parser.word(first + 1)? {
        Word::Of | Word::Commencing | Word::Starting => parser.skip(first + 2, Word::The),
        _ => return None,
    };
    let read = day::day(parser, inner)?;
    let start = monday(read.value.first_day()?)?;
    Some(Read::new(at, read.next, Value::days(start, shift(start, 1, Unit::Week)?, Grain::Week)))
}

/// "within 10 business days", "within the next two weeks": runs until its last day, which is when it is due.
fn within(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::Within));
    if !led {
        return None;
    }
    let mut from = parser.skip(at, Word::The);
    from = parser.skip(from, Word::Next);
    let (count, next) = parser.count(from)?;
    let (unit, next) = parser.unit(next)?;
    let today = parser.today();
    let end = shift(today, count, unit)?;
    let value = Value::Days { start: today, end, grain: Grain::Day, due: Some(end) };
    Some(Read::new(at, next, value))
}

/// "Q3", "Q3 2026", "2026 Q1", "Q1 of next year", "the third quarter".
fn quarter(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (year, name_at) = leading_year(parser, at);
    let (number, next) = if parser.is(name_at, Word::Q) && parser.glued(name_at + 1) {
        (parser.digits(name_at + 1)?.0, name_at + 2)
    } else {
        let first = parser.skip(name_at, Word::The);
        let (number, next) = parser.ordinal(first, false)?;
        (parser.is(next, Word::Unit(Unit::Quarter))).then_some((number as u32, next + 1))?
    };
    let number = i8::try_from(number).ok().filter(|number| (1..=4).contains(number))?;
    let (year, next) = trailing_year(parser, next).map_or((year, next), |(year, next)| (Some(year), next));
    let in_year = |year| {
        let start = date(year, number * 3 - 2, 1)?;
        Some((start, shift(start, 1, Unit::Quarter)?))
    };
    let (start, end) = not_over(parser, year, in_year)?;
    Some(Read::new(at, next, Value::days(start, end, Grain::Quarter)))
}

/// "H1", "H2 2026".
fn half_year(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (year, name_at) = leading_year(parser, at);
    if !parser.is(name_at, Word::H) || !parser.glued(name_at + 1) {
        return None;
    }
    let number = i8::try_from(parser.digits(name_at + 1)?.0).ok().filter(|number| (1..=2).contains(number))?;
    let (year, next) =
        trailing_year(parser, name_at + 2).map_or((year, name_at + 2), |(year, next)| (Some(year), next));
    let in_year = |year| {
        let start = date(year, number * 6 - 5, 1)?;
        Some((start, shift(start, 6, Unit::Month)?))
    };
    let (start, end) = not_over(parser, year, in_year)?;
    Some(Read::new(at, next, Value::days(start, end, Grain::Quarter)))
}

fn leading_year(parser: &Parser<'_>, at: usize) -> (Option<i16>, usize) {
    let year =
        parser.digits(at).filter(|&(_, digits)| digits == 4).and_then(|(value, digits)| calendar::year(value, digits));
    match year {
        Some(year) => (Some(year), parser.skip_punct(at + 1, b'-')),
        None => (None, at),
    }
}

fn trailing_year(parser: &Parser<'_>, at: usize) -> Option<(i16, usize)> {
    let of = parser.skip(at, Word::Of);
    let of = parser.skip(of, Word::In);
    if let Some(offset) = direction(parser, of).filter(|_| parser.is(of + 1, Word::Unit(Unit::Year))) {
        return Some((parser.today().year() + offset as i16, of + 2));
    }
    parser.year_after(of)
}

/// The stretch of the stated year, else the one that runs or comes.
fn not_over(
    parser: &Parser<'_>,
    year: Option<i16>,
    in_year: impl Fn(i16) -> Option<(Date, Date)>,
) -> Option<(Date, Date)> {
    match year {
        Some(year) => in_year(year),
        None => {
            let today = parser.today();
            in_year(today.year()).filter(|(_, end)| *end > today).or_else(|| in_year(today.year() + 1))
        }
    }
}

/// "March", "May 2026", "in May", "next March", "2026-03".
fn month(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led = direction(parser, at);
    let name_at = if led.is_some() { at + 1 } else { at };
    let Some(Word::Month(month)) = parser.word(name_at) else { return year_and_month(parser, at) };
    let after = parser.skip_punct(name_at + 1, b'.');
    let year = trailing_year(parser, after).or_else(|| trailing_year(parser, name_at + 1));
    if led.is_none() && year.is_none() && is_other_word(parser, name_at, month) {
        return None;
    }
    let (stated, next) = year.map_or((None, name_at + 1), |(year, next)| (Some(year), next));
    let today = parser.today();
    let in_year = |year| {
        let start = date(year, month, 1)?;
        Some((start, shift(start, 1, Unit::Month)?))
    };
    let (start, end) = match (stated, led) {
        (None, Some(-1)) => {
            let this = in_year(today.year())?;
            if this.1 <= today { this } else { in_year(today.year() - 1)? }
        }
        _ => not_over(parser, stated, in_year)?,
    };
    Some(Read::new(at, next, Value::days(start, end, Grain::Month)))
}

/// "2026-03", "03/2026".
fn year_and_month(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (first, first_digits) = parser.digits(at)?;
    let (second, second_digits) = parser.digits(at + 2)?;
    let mark = [b'-', b'/'].into_iter().find(|&mark| parser.is_punct(at + 1, mark))?;
    let alone =
        parser.glued(at + 1) && parser.glued(at + 2) && !(parser.is_punct(at + 3, mark) && parser.glued(at + 3));
    let (year, month) = match (first_digits, second_digits) {
        (4, 2) => (first, second),
        (1 | 2, 4) => (second, first),
        _ => return None,
    };
    let start = date(calendar::year(year, 4)?, i8::try_from(month).ok()?, 1).filter(|_| alone)?;
    Some(Read::new(at, at + 3, Value::days(start, shift(start, 1, Unit::Month)?, Grain::Month)))
}

/// "may" and "march" as verbs, "mar", "jan", "dec" in lower case: a month only after a word that wants one.
fn is_other_word(parser: &Parser<'_>, at: usize, month: i8) -> bool {
    let wanted = at.checked_sub(1).and_then(|before| parser.word(before)).is_some_and(|word| {
        matches!(
            word,
            Word::In
                | Word::Of
                | Word::By
                | Word::Until
                | Word::Since
                | Word::During
                | Word::Through
                | Word::From
                | Word::Before
                | Word::After
                | Word::Between
                | Word::To
                | Word::And
                | Word::Early
                | Word::Mid
                | Word::Late
                | Word::End
                | Word::Or
        )
    });
    matches!(month, 3 | 5) && !wanted
}

/// "summer 2026", "this winter".
fn season(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led = direction(parser, at);
    let name_at = if led.is_some() { at + 1 } else { at };
    let Word::Season(season) = parser.word(name_at)? else { return None };
    let year = trailing_year(parser, name_at + 1);
    let wanted =
        at.checked_sub(1).is_some_and(|before| matches!(parser.word(before), Some(Word::In | Word::The | Word::By)));
    if led.is_none() && year.is_none() && !wanted {
        return None;
    }
    let first_month = match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    let (stated, next) = year
        .map_or((led.map(|offset| parser.today().year() + offset as i16), name_at + 1), |(year, next)| {
            (Some(year), next)
        });
    let in_year = |year| {
        let start = date(year, first_month, 1)?;
        Some((start, shift(start, 3, Unit::Month)?))
    };
    let (start, end) = not_over(parser, stated, in_year)?;
    Some(Read::new(at, next, Value::days(start, end, Grain::Quarter)))
}

/// "2026" after a word that wants a year, "FY26", "fiscal 2026".
fn year(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let fiscal = matches!(parser.word(at), Some(Word::Fiscal | Word::Calendar));
    let mut number_at = if fiscal { parser.skip(at + 1, Word::Unit(Unit::Year)) } else { at };
    number_at = parser.skip_punct(number_at, b'\'');
    let (value, digits) = parser.digits(number_at)?;
    let plain = digits == 4 && (1900..=2100).contains(&value);
    let wanted = at.checked_sub(1).and_then(|before| parser.word(before)).is_some_and(|word| {
        matches!(
            word,
            Word::In
                | Word::Of
                | Word::By
                | Word::Until
                | Word::Since
                | Word::During
                | Word::Through
                | Word::From
                | Word::Before
                | Word::After
                | Word::Between
                | Word::To
                | Word::And
                | Word::End
                | Word::Unit(Unit::Year)
        )
    });
    if !(fiscal && matches!(digits, 2 | 4) || plain && wanted) || parser.unit(number_at + 1).is_some() {
        return None;
    }
    let start = date(calendar::year(value, digits)?, 1, 1)?;
    Some(Read::new(at, number_at + 1, Value::days(start, shift(start, 1, Unit::Year)?, Grain::Year)))
}

/// "the 1990s", "the 90s".
fn decade(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let first = parser.skip_punct(first, b'\'');
    let (value, digits) = parser.digits(first)?;
    let next = parser.skip_punct(first + 1, b'\'');
    if !parser.is(next, Word::LetterS) || value % 10 != 0 || !matches!(digits, 2 | 4) {
        return None;
    }
    let start = date(calendar::year(value, digits)?, 1, 1)?;
    Some(Read::new(at, next + 1, Value::days(start, shift(start, 10, Unit::Year)?, Grain::Year)))
}

/// "two weeks", "an hour and a half", "3 business days", "half a year".
pub(super) fn length(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (letter, time, count, next) = if parser.is(at, Word::Half) {
        let an = if matches!(parser.word(at + 1), Some(Word::An | Word::LetterA)) { at + 2 } else { at + 1 };
        let (unit, next) = parser.unit(an)?;
        match unit {
            Unit::Hour => ("M", true, 30, next),
            Unit::Day => ("H", true, 12, next),
            Unit::Year => ("M", false, 6, next),
            _ => return None,
        }
    } else {
        let all = matches!(parser.word(at), Some(Word::All | Word::Full));
        let (count, next) = if all { (1, at + 1) } else { parser.count(at)? };
        let next = parser.skip_punct(next, b'-');
        let (unit, next) = parser.unit(next)?;
        let (letter, time, times) = match unit {
            Unit::Second => ("S", true, 1),
            Unit::Minute => ("M", true, 1),
            Unit::Hour => ("H", true, 1),
            Unit::Day => ("D", false, 1),
            Unit::Weekday => ("BD", false, 1),
            Unit::Week => ("W", false, 1),
            Unit::Weekend => ("WE", false, 1),
            Unit::Fortnight => ("W", false, 2),
            Unit::Month => ("M", false, 1),
            Unit::Quarter => ("M", false, 3),
            Unit::Year => ("Y", false, 1),
            Unit::Decade => ("Y", false, 10),
            Unit::Century => ("Y", false, 100),
        };
        (letter, time, count * times, next)
    };
    let text = format!("P{}{count}{letter}", if time { "T" } else { "" });
    Some(Read::new(at, next, Value::Length(text)))
}

/// "every Monday", "each week", "daily", "every two weeks", "Fridays".
pub(super) fn recurring(parser: &Parser<'_>, at: usize) -> Option<Read> {
    match parser.word(at)? {
        Word::Recurring(length) => Some(Read::new(at, at + 1, Value::Every(length.to_owned()))),
        Word::Weekdays(weekday) => Some(Read::new(at, at + 1, Value::Every(format!("XXXX-WXX-{weekday}")))),
        Word::Every => {
            let next = parser.skip(at + 1, Word::Other);
            let times = if next > at + 1 { 2 } else { 1 };
            match parser.word(next) {
                Some(Word::Weekday(weekday)) => {
                    Some(Read::new(at, next + 1, Value::Every(format!("XXXX-WXX-{weekday}"))))
                }
                Some(Word::Unit(_)) => {
                    let read = length_of(parser, next, times)?;
                    Some(Read::new(at, next + 1, Value::Every(read)))
                }
                _ => match length(parser, next)? {
                    Read { value: Value::Length(length), next, .. } => Some(Read::new(at, next, Value::Every(length))),
                    _ => None,
                },
            }
        }
        _ => None,
    }
}

fn length_of(parser: &Parser<'_>, at: usize, times: i64) -> Option<String> {
    let (unit, _) = parser.unit(at)?;
    let letter = match unit {
        Unit::Day | Unit::Weekday => 'D',
        Unit::Week | Unit::Weekend => 'W',
        Unit::Month => 'M',
        Unit::Year => 'Y',
        Unit::Quarter => return Some(format!("P{}M", 3 * times)),
        Unit::Hour => return Some(format!("PT{times}H")),
        _ => return None,
    };
    Some(format!("P{times}{letter}"))
}

/// The coming weekday of a recurring expression is never taken for a day; kept here for ranges such as "Mon-Wed".
pub(super) fn weekday_range(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let Word::Weekday(from) = parser.word(at)? else { return None };
    let to_at = if parser.is_punct(at + 1, b'-')
        || matches!(parser.word(at + 1), Some(Word::To | Word::Through | Word::Until))
    {
        at + 2
    } else {
        return None;
    };
    let Word::Weekday(to) = parser.word(to_at)? else { return None };
    let start = coming(parser.today(), from)?;
    let end = coming(start, to)?;
    Some(Read::new(at, to_at + 1, Value::days(start, end, Grain::Day)))
}
