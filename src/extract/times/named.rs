//! Parts of the year with a name: "Q3 2026", "H1", "March", "next May", "2026-03", "summer 2026".

use jiff::civil::Date;

use super::calendar::{self, date, shift};
use super::homographs;
use super::lex::Kind;
use super::parser::{Parser, Read};
use super::relative::direction;
use super::value::Value;
use super::words::{Unit, Word};
use super::years::{self, trailing_year};
use crate::model::Grain;

/// "Q3", "Q3 2026", "2026 Q1", "Q1 of next year", "the third quarter".
pub(super) fn quarter(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let (year, name_at) = leading_year(parser, at);
    let (number, next) = if parser.is(name_at, Word::Q) && parser.glued(name_at + 1) {
        (parser.digits(name_at + 1)?.0, name_at + 2)
    } else {
        let first = parser.skip(name_at, Word::The);
        let (number, next) = parser.ordinal(first, false)?;
        let next = parser.skip_punct(next, b'-');
        (parser.is(next, Word::Unit(Unit::Quarter))).then_some((number as u32, next + 1))?
    };
    let number = i8::try_from(number).ok().filter(|number| (1..=4).contains(number))?;
    let (year, next) =
        trailing_year(parser, parser.skip_punct(next, b'-')).map_or((year, next), |(year, next)| (Some(year), next));
    let in_year = |year| {
        let start = date(year, number * 3 - 2, 1)?;
        Some((start, shift(start, 1, Unit::Quarter)?))
    };
    let (start, end) = not_over(parser, year, in_year)?;
    Some(Read::new(at, next, Value::days(start, end, Grain::Quarter)))
}

/// "H1", "H2 2026".
pub(super) fn half_year(parser: &Parser<'_>, at: usize) -> Option<Read> {
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
    if let Some(year) = year {
        return (Some(year), parser.skip_punct(at + 1, b'-'));
    }
    // "next year's Q1".
    match direction(parser, at).filter(|_| parser.is(at + 1, Word::Unit(Unit::Year))) {
        Some(offset) if parser.is_punct(at + 2, b'\'') && parser.is(at + 3, Word::LetterS) => {
            (Some(parser.today().year() + offset as i16), at + 4)
        }
        _ => (None, at),
    }
}

/// The stretch of the stated year, else the one that runs or comes.
pub(super) fn not_over(
    parser: &Parser<'_>,
    year: Option<i16>,
    in_year: impl Fn(i16) -> Option<(Date, Date)>,
) -> Option<(Date, Date)> {
    if year.is_some() {
        return in_year(year?);
    }
    let today = parser.today();
    in_year(today.year()).filter(|(_, end)| *end > today).or_else(|| in_year(today.year() + 1))
}

/// "March", "May 2026", "in May", "next March", "2026-03".
pub(super) fn month(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let named = parser.skip(at, Word::The);
    if parser.is(named, Word::Unit(Unit::Month))
        && parser.is(named + 1, Word::Of)
        && matches!(parser.word(named + 2), Some(Word::Month(_)))
    {
        let read = month(parser, named + 2)?;
        return Some(Read { start: at, ..read });
    }
    let led = direction(parser, at);
    let name_at = if led.is_some() { at + 1 } else { at };
    let Some(Word::Month(month)) = parser.word(name_at) else { return year_and_month(parser, at) };
    let dotted = parser.skip_punct(name_at + 1, b'.');
    let marked = if parser.is_punct(dotted, b'/') || parser.is_punct(dotted, b'-') { dotted + 1 } else { dotted };
    let year = trailing_year(parser, marked).or_else(|| trailing_year(parser, name_at + 1));
    let is_verb = led == Some(0) && month == 5 && year.is_none() && !parser.is_capital(name_at);
    if is_verb || led.is_none() && year.is_none() && homographs::is_other_month(parser, name_at, month) {
        return None;
    }
    let (stated, next) = year.map_or((None, name_at + 1), |(year, next)| (Some(year), next));
    let today = parser.today();
    let in_year = |year| {
        let start = date(year, month, 1)?;
        Some((start, shift(start, 1, Unit::Month)?))
    };
    let (start, end) = match (stated, led) {
        (None, Some(0)) => in_year(today.year())?,
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
    if let Some((year, next)) = year_before(parser, at)
        && let Some(Word::Month(month)) = parser.word(next)
        && parser.digits(next + 1).is_none()
    {
        let start = date(year, month, 1)?;
        return Some(Read::new(at, next + 1, Value::days(start, shift(start, 1, Unit::Month)?, Grain::Month)));
    }
    let (second, second_digits) = parser.digits(at + 2)?;
    let mark = [b'-', b'/'].into_iter().find(|&mark| parser.is_punct(at + 1, mark))?;
    let in_number = parser.glued(at) && at.checked_sub(1).is_some_and(|before| parser.is_punct(before, b'-'));
    let alone = !in_number
        && parser.glued(at + 1)
        && parser.glued(at + 2)
        && !(parser.is_punct(at + 3, mark) && parser.glued(at + 3));
    let (year, month) = match (first_digits, second_digits) {
        (4, 1 | 2) => (first, second),
        (1 | 2, 4) => (second, first),
        _ => return None,
    };
    let start = date(calendar::year(year, 4)?, i8::try_from(month).ok()?, 1).filter(|_| alone)?;
    Some(Read::new(at, at + 3, Value::days(start, shift(start, 1, Unit::Month)?, Grain::Month)))
}

/// "summer 2026", "this winter", "the summer": found where a word makes it a time of the year, and of no value, as its
/// days depend on the hemisphere and the trade.
pub(super) fn season(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let led = direction(parser, first);
    let name_at = if led.is_some() { first + 1 } else { first };
    let Word::Season = parser.word(name_at)? else { return None };
    let year = trailing_year(parser, name_at + 1);
    let wanted = parser.skip(first, Word::All).checked_sub(1).is_some_and(|before| {
        let before = if parser.is(before, Word::The) { before.checked_sub(1).unwrap_or(before) } else { before };
        let over = ["over", "throughout"].iter().any(|word| parser.text_at(before).eq_ignore_ascii_case(word));
        let leads = matches!(
            parser.word(before),
            Some(
                Word::In
                    | Word::By
                    | Word::All
                    | Word::During
                    | Word::Since
                    | Word::Before
                    | Word::After
                    | Word::Until
                    | Word::Of
                    | Word::Late
                    | Word::Early
                    | Word::Mid
            )
        );
        over || leads
    });
    let next = year.map_or(name_at + 1, |(_, next)| next);
    let names = parser.tokens.get(next).is_some_and(|token| token.kind == Kind::Other);
    if year.is_none() && names && (led.is_none() || parser.is_capital(next)) {
        return None;
    }
    (led.is_some() || year.is_some() || wanted).then(|| Read::new(at, next, Value::Open(Grain::Quarter)))
}

/// Four digits of a year before a month, with the token after them and the comma.
fn year_before(parser: &Parser<'_>, at: usize) -> Option<(i16, usize)> {
    let (year, next) = years::number(parser, at)?;
    Some((year, parser.skip_punct(next, b',')))
}
