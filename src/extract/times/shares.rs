//! Shares of a stretch: "early March", "mid-January", "late next week", "the rest of the week".

use super::calendar::{around, shift};
use super::parser::{Parser, Read};
use super::period::stretch;
use super::value::Value;
use super::words::{Unit, Word};
use crate::model::Grain;

/// "early March", "mid-January", "late next week", "beginning of May", "the rest of the week", "first week of March".
pub(super) fn part_of(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let led = parser.word(first)?;
    let mut inner_at = parser.skip(parser.skip_punct(first + 1, b'-'), Word::Half);
    inner_at = parser.skip(inner_at, Word::In);
    inner_at = parser.skip(inner_at, Word::Of);
    inner_at = parser.skip(parser.skip(inner_at, Word::The), Word::My);
    let is_half = parser.is(first + 1, Word::Half);
    let share = match led {
        Word::Early | Word::Earlier => Share::First,
        Word::Start | Word::Beginning if parser.is(first + 1, Word::Of) => Share::First,
        Word::Mid => Share::Middle,
        Word::Middle if parser.is(first + 1, Word::Of) => Share::Middle,
        Word::Late | Word::Later => Share::Last,
        Word::Rest if parser.is(first + 1, Word::Of) => Share::Rest,
        Word::Ordinal(1) if parser.is(first + 1, Word::Half) => Share::First,
        Word::Unit(Unit::Second) if parser.is(first + 1, Word::Half) => Share::Last,
        _ => return None,
    };
    let (start, end, grain, next) = match parser.word(inner_at) {
        Some(Word::Unit(unit))
            if unit != Unit::Day && matches!(parser.word(inner_at - 1), Some(Word::The | Word::Of | Word::My)) =>
        {
            let (start, end, grain) = around(parser.today(), unit, 0)?;
            (start, end, grain, inner_at + 1)
        }
        _ => match stretch(&parser.within()?, inner_at)? {
            Read { value: Value::Open(grain), next, .. } => return Some(Read::new(at, next, Value::Open(grain))),
            Read { value: Value::Days { start, end, grain, .. }, next, .. } => (start, end, grain, next),
            _ => return None,
        },
    };
    let days = (end - start).get_days();
    let at_day = |share: i32| shift(start, i64::from(days * share / 100), Unit::Day);
    let today = parser.today();
    let runs = start < today && today < end;
    let (from, to) = match share {
        Share::First if is_half && grain == Grain::Year => (start, shift(start, 6, Unit::Month)?),
        Share::First if led == Word::Earlier && runs => (start, today),
        Share::First => (start, at_day(50)?),
        Share::Middle if grain == Grain::Year => (shift(start, 4, Unit::Month)?, shift(start, 8, Unit::Month)?),
        Share::Middle => (at_day(30)?, at_day(66)?),
        Share::Rest => (today.max(start), end),
        Share::Last if grain == Grain::Year => (shift(start, 6, Unit::Month)?, end),
        Share::Last => (at_day(50)?, end),
    };
    Some(Read::new(at, next, Value::days(from, to, if grain == Grain::Month { Grain::Week } else { grain })))
}

/// Which part of a stretch is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    First,
    Middle,
    Last,
    Rest,
}
