//! Years: "2026", "FY26", "the 1990s", "two thousand and fifteen"; the year after a date.

use super::calendar::{self, date, shift};
use super::modifier;
use super::parser::{Parser, Read};
use super::relative::direction;
use super::value::Value;
use super::words::{Unit, Word};
use crate::model::Grain;

/// "2026" after a word that wants a year, "FY26", "fiscal 2026", "the year 2019", "two thousand and fifteen".
pub(super) fn year(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let named_at = parser.skip(at, Word::The);
    let fiscal = matches!(parser.word(named_at), Some(Word::Fiscal | Word::Calendar | Word::School));
    let mut number_at = if fiscal { named_at + 1 } else { named_at };
    let named = parser.is(number_at, Word::Unit(Unit::Year));
    number_at = parser.skip(number_at, Word::Unit(Unit::Year));
    number_at = if named { parser.skip(number_at, Word::Of) } else { number_at };
    if !named && !fiscal {
        number_at = at;
    }
    let (value, next) = match parser.digits(parser.skip_punct(number_at, b'\'')) {
        Some((value, digits @ 2)) if fiscal => {
            (calendar::year(value, digits)?, parser.skip_punct(number_at, b'\'') + 1)
        }
        _ => number(parser, number_at)?,
    };
    let written = parser.digits(number_at).is_some();
    let wanted = at.checked_sub(1).and_then(|before| parser.word(before)).is_some_and(wants_year);
    let stands = named
        || fiscal
        || wanted
        || (written && (stands_alone(parser, number_at) || modifier::after(parser, next) > next));
    if !stands || parser.unit(next).is_some() || starts_clock(parser, next) {
        return None;
    }
    if matches!(parser.word(named_at), Some(Word::Fiscal | Word::School)) {
        return Some(Read::new(at, next, Value::Open(Grain::Year)));
    }
    let start = date(value, 1, 1)?;
    Some(Read::new(at, next, Value::days(start, shift(start, 1, Unit::Year)?, Grain::Year)))
}

fn starts_clock(parser: &Parser<'_>, next: usize) -> bool {
    (parser.is_punct(next, b':')
        || parser.is_punct(next, b'.')
        || parser.is_punct(next, b',')
        || parser.is_punct(next, b'%'))
        && parser.glued(next)
        && parser.digits(next + 1).is_some()
        && parser.glued(next + 1)
        || parser.is_punct(next, b'%')
}

fn wants_year(word: Word) -> bool {
    word.leads_to_period() || word == Word::Than
}

/// A number that could be a year with nothing beside it that would make it an amount or part of a longer number.
fn stands_alone(parser: &Parser<'_>, at: usize) -> bool {
    use super::lex::Kind;
    let free_after = parser.tokens.get(at + 1).is_none_or(|token| match token.kind {
        Kind::Punct(mark) => !(token.glued && matches!(mark, b'-' | b'/' | b'$' | b'%' | b'#' | b'+' | b'=' | b'_')),
        Kind::Word(word) => !matches!(word, Word::Unit(_) | Word::Thousand | Word::Hundred),
        Kind::Number(..) | Kind::Other => false,
    });
    let free_before =
        at.checked_sub(1).and_then(|before| parser.tokens.get(before)).is_none_or(|token| match token.kind {
            Kind::Punct(mark) => {
                matches!(mark, b'(' | b',' | b'"' | b'=' | b'<' | b'>' | b';') && !(mark == b',' && parser.glued(at))
            }
            Kind::Word(word) => !matches!(word, Word::Unit(_) | Word::Q | Word::H | Word::LetterA),
            Kind::Number(..) | Kind::Other => false,
        });
    free_after && free_before
}

/// A year in four digits or in words, with the token after it.
pub(super) fn number(parser: &Parser<'_>, at: usize) -> Option<(i16, usize)> {
    if let Some((value, digits)) = parser.digits(at) {
        let plain = digits == 4 && (1900..=2199).contains(&value);
        return plain.then(|| calendar::year(value, digits).map(|year| (year, at + 1)))?;
    }
    let (first, next) = match parser.word(at)? {
        Word::Cardinal(2) if parser.is(at + 1, Word::Thousand) => (20, at + 1),
        Word::Cardinal(first @ 15..=20) => (first, at + 1),
        Word::Tens(20) => (20, at + 1),
        _ => return None,
    };
    let round = matches!(parser.word(next), Some(Word::Thousand | Word::Hundred));
    let rest_at = if round { parser.skip(next + 1, Word::And) } else { next };
    let rest = match parser.word(rest_at) {
        Some(Word::Cardinal(_) | Word::Tens(_) | Word::One) => parser.count(rest_at),
        _ => None,
    };
    match rest.filter(|(rest, _)| (1..100).contains(rest) && (round || *rest >= 10)) {
        Some((rest, next)) => Some((i16::try_from(i64::from(first) * 100 + rest).ok()?, next)),
        None => round.then_some((first.cast_signed() * 100, next + 1)),
    }
}

/// A year after a date: ", 2026", " 2026", "'26", "of 2026", "in 2026", "two thousand and fifteen".
pub(super) fn after(parser: &Parser<'_>, at: usize) -> Option<(i16, usize)> {
    let next = parser.skip_punct(at, b',');
    let led = matches!(parser.word(next), Some(Word::Of | Word::In));
    let next = if led { next + 1 } else { next };
    let short_at = parser.skip_punct(next, b'\'');
    if let Some((value, 2)) = parser.digits(short_at)
        && (short_at > next || (led && value > 31 && parser.unit(short_at + 1).is_none()))
    {
        return calendar::year(value, 2).map(|year| (year, short_at + 1));
    }
    let (year, after) = number(parser, next)?;
    let is_clock = parser.is_punct(after, b':') && parser.glued(after);
    (!is_clock).then_some((year, after))
}

/// "the 1990s", "the 90s".
pub(super) fn decade(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let first = parser.skip_punct(first, b'\'');
    let century = match parser.word(first) {
        Some(Word::Cardinal(century @ 16..=19)) => Some(century.cast_signed()),
        _ => None,
    };
    let named_at = first + usize::from(century.is_some());
    if let Some(Word::Decade(of_century)) = parser.word(parser.skip_punct(named_at, b'-')) {
        let named_at = parser.skip_punct(named_at, b'-');
        let start = date(century.unwrap_or(19) * 100 + i16::from(of_century), 1, 1)?;
        return Some(Read::new(at, named_at + 1, Value::days(start, shift(start, 10, Unit::Year)?, Grain::Year)));
    }
    let (value, digits) = parser.digits(first)?;
    let next = parser.skip_punct(first + 1, b'\'');
    if !parser.is(next, Word::LetterS) || value % 10 != 0 || !matches!(digits, 2 | 4) {
        return None;
    }
    let start = date(calendar::year(value, digits)?, 1, 1)?;
    Some(Read::new(at, next + 1, Value::days(start, shift(start, 10, Unit::Year)?, Grain::Year)))
}

/// "of next year", "of the year", "2026", "in 2026".
pub(super) fn trailing_year(parser: &Parser<'_>, at: usize) -> Option<(i16, usize)> {
    let of = parser.skip(at, Word::Of);
    let of = parser.skip(of, Word::In);
    if parser.is(of, Word::The) && parser.is(of + 1, Word::Unit(Unit::Year)) && of > at {
        return match number(parser, of + 2) {
            Some(found) => Some(found),
            None => Some((parser.today().year(), of + 2)),
        };
    }
    if let Some(offset) = direction(parser, of).filter(|_| parser.is(of + 1, Word::Unit(Unit::Year))) {
        return Some((parser.today().year() + offset as i16, of + 2));
    }
    after(parser, at).or_else(|| after(parser, of))
}
