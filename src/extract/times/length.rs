//! Lengths of time: "two weeks", "an hour and a half", "3 business days", "2 years, 1 month and 21 days".

use jiff::Span;
use jiff::civil::DateTime;

use super::calendar::shift;
use super::parser::{Parser, Read};
use super::value::Value;
use super::words::{Part, Unit, Word};

/// So much of a unit, in hundredths: one and a half hours are 150.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) hundredths: i64,
    pub(super) unit: Unit,
}

impl Amount {
    fn is_of_clock(self) -> bool {
        matches!(self.unit, Unit::Second | Unit::Minute | Unit::Hour)
    }

    /// The ISO 8601 letter and how many of what it stands for are in the unit.
    fn letter(self) -> (&'static str, i64) {
        match self.unit {
            Unit::Second => ("S", 1),
            Unit::Minute | Unit::Month => ("M", 1),
            Unit::Hour => ("H", 1),
            Unit::Day => ("D", 1),
            Unit::Weekday => ("BD", 1),
            Unit::Week | Unit::Workweek => ("W", 1),
            Unit::Weekend => ("WE", 1),
            Unit::Fortnight => ("W", 2),
            Unit::Quarter => ("M", 3),
            Unit::Year => ("Y", 1),
            Unit::Decade => ("Y", 10),
            Unit::Century => ("Y", 100),
        }
    }

    fn text(self) -> String {
        match (self.unit, self.hundredths) {
            (Unit::Hour, 50) => return "30M".to_owned(),
            (Unit::Day, 50) => return "T12H".to_owned(),
            (Unit::Year, 50) => return "6M".to_owned(),
            _ => {}
        }
        let (letter, times) = self.letter();
        let (whole, rest) = (self.hundredths * times / 100, self.hundredths * times % 100);
        match rest {
            0 => format!("{whole}{letter}"),
            _ if rest % 10 == 0 => format!("{whole}.{}{letter}", rest / 10),
            _ => format!("{whole}.{rest:02}{letter}"),
        }
    }
}

/// A length at `at`.
pub(super) fn length(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (amounts, next) = amounts(parser, at)?;
    Some(Read::new(at, next, Value::Length(text(&amounts))))
}

/// The amounts as ISO 8601.
pub(super) fn text(amounts: &[Amount]) -> String {
    let mut text = "P".to_owned();
    let mut in_clock = false;
    for amount in amounts {
        if amount.is_of_clock() && !in_clock {
            in_clock = true;
            text.push('T');
        }
        text.push_str(&amount.text());
    }
    text
}

/// One or more amounts, each of a smaller unit than the one before, with the token after them.
pub(super) fn amounts(parser: &Parser<'_>, at: usize) -> Option<(Vec<Amount>, usize)> {
    let (first, mut next) = amount(parser, at)?;
    let mut amounts = vec![first];
    loop {
        let joined = parser.skip(parser.skip_punct(next, b','), Word::And);
        let Some((more, after)) = amount(parser, joined) else { break };
        if amounts.last().is_none_or(|last| more.unit >= last.unit) {
            break;
        }
        amounts.push(more);
        next = after;
    }
    Some((amounts, next))
}

/// One amount alone.
pub(super) fn one(parser: &Parser<'_>, at: usize) -> Option<(Vec<Amount>, usize)> {
    amount(parser, at).map(|(amount, next)| (vec![amount], next))
}

fn amount(parser: &Parser<'_>, at: usize) -> Option<(Amount, usize)> {
    let (hundredths, next) = match parser.word(at) {
        Some(Word::Half) => (50, at + 1 + usize::from(is_a(parser, at + 1))),
        Some(Word::LetterA | Word::An) if parser.is(at + 1, Word::Half) => (50, at + 2),
        Some(Word::All | Word::Full | Word::Another) => (100, at + 1),
        _ => number(parser, at)?,
    };
    let next = parser.skip_punct(next, b'-');
    let (unit, next) = unit(parser, next)?;
    let (fraction, next) = fraction(parser, next).filter(|(_, next)| parser.unit(*next).is_none()).unwrap_or((0, next));
    Some((Amount { hundredths: hundredths + fraction, unit }, next))
}

/// A unit; "nights" are days and "3h" is hours.
fn unit(parser: &Parser<'_>, at: usize) -> Option<(Unit, usize)> {
    if parser.is(at, Word::H) && !(parser.glued(at + 1) && parser.digits(at + 1).is_some()) {
        let counted = at.checked_sub(1).is_some_and(|count| parser.digits(count).is_some());
        return counted.then_some((Unit::Hour, at + 1));
    }
    let before = at.checked_sub(1)?;
    let one = parser.is(before, Word::One) || parser.is_punct(before, b'-') || parser.digits(before) == Some((1, 1));
    if parser.is(at, Word::Parts(Part::Night)) || (parser.is(at, Word::Part(Part::Night)) && one) {
        return Some((Unit::Day, at + 1));
    }
    parser.unit(at)
}

/// "3", "two", "2.5", "one and a half", in hundredths.
fn number(parser: &Parser<'_>, at: usize) -> Option<(i64, usize)> {
    if let (Some((whole, 1..=4)), Some((rest, digits @ 1..=2))) = (parser.digits(at), parser.digits(at + 2))
        && parser.is_punct(at + 1, b'.')
        && parser.glued(at + 1)
        && parser.glued(at + 2)
    {
        return Some((i64::from(whole) * 100 + i64::from(rest) * if digits == 1 { 10 } else { 1 }, at + 3));
    }
    // The end of "1.5" or "1,500" is no count.
    let in_number = at.checked_sub(1).is_some_and(|mark| {
        parser.digits(at).is_some()
            && parser.glued(at)
            && (parser.is_punct(mark, b'.') || parser.is_punct(mark, b','))
            && mark.checked_sub(1).is_some_and(|before| parser.digits(before).is_some())
    });
    let (count, next) = parser.count(at).filter(|_| !in_number)?;
    let (fraction, next) = fraction(parser, next).unwrap_or((0, next));
    Some((count * 100 + fraction, next))
}

/// "and a half", "and half", "and a quarter".
fn fraction(parser: &Parser<'_>, at: usize) -> Option<(i64, usize)> {
    if !parser.is(at, Word::And) {
        return None;
    }
    let part = at + 1 + usize::from(is_a(parser, at + 1));
    match parser.word(part)? {
        Word::Half => Some((50, part + 1)),
        Word::Unit(Unit::Quarter) if part > at + 1 => Some((25, part + 1)),
        _ => None,
    }
}

fn is_a(parser: &Parser<'_>, at: usize) -> bool {
    matches!(parser.word(at), Some(Word::An | Word::LetterA))
}

/// Whether any of the amounts is of hours, minutes or seconds.
pub(super) fn is_of_clock(amounts: &[Amount]) -> bool {
    amounts.iter().any(|amount| amount.is_of_clock())
}

/// The moment so much later, or earlier where `sign` is negative.
pub(super) fn moved(mut at: DateTime, amounts: &[Amount], sign: i64) -> Option<DateTime> {
    for amount in amounts {
        let hundredths = amount.hundredths * sign;
        let seconds = match amount.unit {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3600,
            Unit::Weekend => return None,
            unit => {
                let whole = shift(at.date(), hundredths / 100, unit)?;
                let rest = hundredths % 100;
                let days = match unit {
                    Unit::Year => 365,
                    Unit::Month => 30,
                    Unit::Week => 7,
                    _ => 0,
                };
                at = shift(whole, days * rest / 100, Unit::Day)?.to_datetime(at.time());
                continue;
            }
        };
        at = at.checked_add(Span::new().try_seconds(hundredths.checked_mul(seconds)? / 100).ok()?).ok()?;
    }
    Some(at)
}
