//! Stretches, lengths and what recurs: "next week", "Q3 2026", "early March", "end of the month", "two weeks", "every Monday".

use super::calendar::{around, shift};
use super::ends;
use super::length;
use super::named;
use super::parser::{Parser, Read};
use super::relative::direction;
use super::shares;
use super::value::Value;
use super::weeks;
use super::words::{Unit, Word};
use super::years;
use crate::model::Grain;

/// A stretch of days at `at`.
pub(super) fn stretch(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        ends::end_of,
        shares::part_of,
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

/// "this week", "next month", "last quarter", "the coming weekend", "the week after next".
pub(super) fn this_unit(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    if let Some(Word::Unit(unit @ (Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year))) =
        parser.word(first)
    {
        let other = parser.skip(first + 2, Word::The);
        let offset = match (parser.word(first + 1), parser.word(other)) {
            (Some(Word::After), Some(Word::Next)) => 2,
            (Some(Word::Before), Some(Word::Last)) => -2,
            _ => return None,
        };
        let (start, end, grain) = around(parser.today(), unit, offset)?;
        return Some(Read::new(at, other + 1, Value::days(start, end, grain)));
    }
    let offset = direction(parser, first)?;
    let (fiscal, unit_at) = match parser.word(first + 1) {
        Some(Word::Calendar | Word::Fiscal) => (true, first + 2),
        Some(Word::Business | Word::Working) => (false, first + 2),
        _ => (false, first + 1),
    };
    let unit = match parser.word(unit_at)? {
        Word::Unit(Unit::Week) if !fiscal && unit_at > first + 1 => Unit::Workweek,
        Word::Unit(unit) => unit,
        _ => return None,
    };
    // "at the last minute" is an idiom.
    if offset < 0 && unit == Unit::Minute && first.checked_sub(1).is_some_and(|before| parser.is(before, Word::The)) {
        return None;
    }
    if offset != 0 && matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return of_clock(parser, at, offset, &[length::Amount { hundredths: 100, unit }], unit_at + 1);
    }
    if matches!(unit, Unit::Day | Unit::Weekday | Unit::Second | Unit::Minute | Unit::Hour)
        || (fiscal && unit != Unit::Year)
    {
        return None;
    }
    if parser.is(first + 1, Word::Fiscal) {
        return Some(Read::new(at, unit_at + 1, Value::Open(Grain::Year)));
    }
    let (start, end, grain) = around(parser.today(), unit, offset)?;
    Some(Read::new(at, unit_at + 1, Value::days(start, end, grain)))
}

/// "the next 3 days", "past two weeks", "last 6 months", "2 upcoming months", "the next 2 hours".
fn counted(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    if parser.is(first, Word::Last) && first == at && is_verb(parser, at) {
        return None;
    }
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

/// "last" as what something does: "won't last two hours", "to last 3 weeks".
fn is_verb(parser: &Parser<'_>, at: usize) -> bool {
    let Some(led) = at.checked_sub(1) else { return false };
    let negated = parser.is(led, Word::LetterT) && parser.glued(led);
    let before = parser.text_at(led);
    negated
        || ["to", "not", "will", "would", "can", "could", "should", "may", "might", "must", "ll", "did", "does"]
            .iter()
            .any(|word| before.eq_ignore_ascii_case(word))
}

/// So many hours before or after now.
fn of_clock(parser: &Parser<'_>, at: usize, offset: i64, amounts: &[length::Amount], next: usize) -> Option<Read> {
    let local = parser.reference.local;
    let other = length::moved(local, amounts, offset)?;
    let value = if offset > 0 { Value::Within(local, other) } else { Value::Moments(other, local) };
    Some(Read::new(at, next, value))
}

/// "year to date", "to date", "till date".
fn to_date(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let is_led = |at| matches!(parser.word(at), Some(Word::To | Word::Until)) && parser.is(at + 1, Word::Date);
    let today = parser.today();
    if let (Some(Word::Unit(unit)), true) = (parser.word(at), is_led(at + 1)) {
        let (start, _, grain) = around(today, unit, 0)?;
        return Some(Read::new(at, at + 3, Value::days(start, today, grain)));
    }
    let free = at.checked_sub(1).is_none_or(|before| !matches!(parser.word(before), Some(Word::Up | Word::Equal)));
    let ends = parser.digits(at + 2).is_none();
    (is_led(at) && free && ends).then(|| Read::new(at, at + 2, Value::ToDate(today)))
}

/// "for the month", "of the year": the one that runs.
fn bare_unit(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let led =
        at.checked_sub(1).is_some_and(|before| matches!(parser.word(before), Some(Word::For | Word::Of | Word::In)));
    let Word::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year)) = parser.word(at + 1)? else {
        return None;
    };
    if !led || !parser.is(at, Word::The) || parser.is(at + 2, Word::Of) {
        return None;
    }
    if unit == Unit::Day {
        let own = !parser.is(at - 1, Word::In);
        return own.then(|| Read::new(at, at + 2, Value::Day(parser.today())));
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
        return Some(Read::new(at, next, Value::Within(local, length::moved(local, &amounts, 1)?)));
    }
    let end = length::moved(local, &amounts, 1)?.date();
    let value = Value::Days { start: local.date(), end, grain: Grain::Day, due: Some(end) };
    Some(Read::new(at, next, value))
}
