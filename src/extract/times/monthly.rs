//! Days of a month by number or weekday: "the 15th", "on 15", "by the fifteenth", "first Monday of March".

use jiff::civil::Date;

use super::calendar::{coming, date, past, shift};
use super::day::next_of;
use super::lex::Kind;
use super::nouns;
use super::parser::{Parser, Read};
use super::relative;
use super::value::Value;
use super::words::{Unit, Word};
use super::years;

/// "the 15th", "15th", "the 15th of this month", "the 3rd of next month", "the twenty-sixth day of the month".
pub(super) fn of_month(parser: &Parser<'_>, at: usize, bare: bool) -> Option<Read> {
    let number = parser.skip(at, Word::The);
    let (day, after) = parser.ordinal(number, bare)?;
    let next = parser.skip(after, Word::Unit(Unit::Day));
    let today = parser.today();
    let of = if parser.is(next, Word::Of) { parser.skip(next + 1, Word::The) } else { next };
    let offset = relative::direction(parser, of);
    let unit_at = if offset.is_some() { of + 1 } else { of };
    if parser.is(unit_at, Word::Unit(Unit::Month)) && (of > next || offset.is_some()) {
        let month = shift(today.first_of_month(), offset.unwrap_or(0), Unit::Month)?;
        let found = date(month.year(), month.month(), day);
        return Some(Read::new(at, unit_at + 1, found.map_or(Value::Vague, Value::Day)));
    }
    let written = parser.digits(number).is_some() && !bare;
    if of > next || next > after || !(written || is_told(parser, at, number, day)) || counts(parser, at, next) {
        return None;
    }
    Some(Read::new(at, next, Value::Day(coming_day(parser, day)?)))
}

/// The coming day of that number, in a month that has it.
fn coming_day(parser: &Parser<'_>, day: i8) -> Option<Date> {
    let today = parser.today();
    let in_month = |months: i64| {
        let month = shift(today.first_of_month(), months, Unit::Month)?;
        date(month.year(), month.month(), day)
    };
    (0..=2).find_map(|months| in_month(months).filter(|found| *found >= today))
}

/// "by the fifteenth", "the twenty second": an ordinal in words, where its place or its size says that it is a day.
fn is_told(parser: &Parser<'_>, at: usize, number: usize, day: i8) -> bool {
    let led = at.checked_sub(1).and_then(|before| parser.word(before));
    let wanted = matches!(led, Some(Word::By | Word::Before | Word::Until | Word::Since | Word::On));
    let is_unit = parser.is(number, Word::Unit(Unit::Second));
    let ends = parser.ordinal(number, false).is_some_and(|(_, next)| parser.ends(next));
    number > at && !is_unit && ends && (wanted || day > 12)
}

/// Nouns that are counted even after "on the".
const COUNTED: &[&str] = &[
    "floor",
    "street",
    "st",
    "avenue",
    "ave",
    "anniversary",
    "birthday",
    "century",
    "edition",
    "round",
    "row",
    "page",
    "line",
    "slide",
    "item",
    "attempt",
    "try",
    "call",
    "hole",
    "level",
    "version",
    "draft",
    "point",
    "question",
    "monitor",
    "screen",
    "place",
    "party",
];

/// "the third option", "our 24th", "the 1st and 3rd Wednesday", "3rd-party".
fn counts(parser: &Parser<'_>, at: usize, next: usize) -> bool {
    let led = at.checked_sub(1).and_then(|before| parser.word(before));
    if matches!(led, Some(Word::My | Word::Your | Word::LetterA | Word::Another)) {
        return true;
    }
    let Some(token) = parser.tokens.get(next) else { return false };
    match token.kind {
        Kind::Word(Word::Unit(_) | Word::Part(_) | Word::Time | Word::Weekday(_) | Word::Half) => true,
        Kind::Word(Word::And | Word::Or) => {
            let other = parser.ordinal(next + 1, false);
            other.is_some_and(|(_, after)| matches!(parser.word(after), Some(Word::Weekday(_) | Word::Unit(_))))
        }
        Kind::Punct(b'-') => token.glued && parser.tokens.get(next + 1).is_some_and(|of| of.kind == Kind::Other),
        Kind::Other => {
            let noun = parser.text_at(next);
            let is_in = |words: &[&str]| words.iter().any(|word| noun.eq_ignore_ascii_case(word));
            match led {
                Some(Word::By | Word::Before | Word::Until | Word::Since) => false,
                Some(Word::On) => is_in(COUNTED),
                _ => nouns::follows(parser, next),
            }
        }
        Kind::Word(_) | Kind::Number(..) | Kind::Punct(_) => false,
    }
}

pub(super) fn suffixed_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    of_month(parser, at, false)
}

/// "on 15", "the 27": a bare number where nothing follows that it could count.
pub(super) fn bare_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let number = parser.skip(at, Word::The);
    let on = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::On));
    let (day, 1..=2) = parser.digits(number)? else { return None };
    let ends = parser.tokens.get(number + 1).is_none_or(|token| match token.kind {
        Kind::Punct(mark) => matches!(mark, b'.' | b'!' | b'?' | b',') && parser.digits(number + 2).is_none(),
        Kind::Word(word) => matches!(word, Word::At | Word::From | Word::Between),
        Kind::Number(..) | Kind::Other => false,
    });
    if !ends || !(on || number > at) {
        return None;
    }
    let found = coming_day(parser, i8::try_from(day).ok()?)?;
    Some(Read::new(at, number + 1, Value::Day(found)))
}

/// "first Monday of March", "last Friday in June 2026", "second Tuesday of next month".
pub(super) fn ordinal_weekday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let first = parser.skip(at, Word::The);
    let (count, next) = match parser.word(first)? {
        Word::Last => (-1, first + 1),
        _ => parser.ordinal(first, false).filter(|(count, _)| *count <= 5)?,
    };
    let Word::Weekday(weekday) = parser.word(next)? else { return None };
    if !matches!(parser.word(next + 1), Some(Word::Of | Word::In)) {
        return None;
    }
    let of = parser.skip(next + 2, Word::The);
    let (month, next) = match parser.word(of)? {
        Word::Month(month) => match years::after(parser, of + 1) {
            Some((year, next)) => (date(year, month, 1)?, next),
            None => (next_of(parser, |year| date(year, month, 28))?.first_of_month(), of + 1),
        },
        Word::Unit(Unit::Month) => (parser.today().first_of_month(), of + 1),
        _ => {
            let offset = relative::direction(parser, of).filter(|_| parser.is(of + 1, Word::Unit(Unit::Month)))?;
            (shift(parser.today().first_of_month(), offset, Unit::Month)?, of + 2)
        }
    };
    let found = if count > 0 {
        shift(coming(month, weekday)?, i64::from(count) - 1, Unit::Week)?
    } else {
        past(shift(month, 1, Unit::Month)?, weekday)?
    };
    (found.month() == month.month()).then(|| Read::new(at, next, Value::Day(found)))
}
