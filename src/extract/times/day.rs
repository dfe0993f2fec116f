//! Days by number and name: "2026-02-03", "3/4/26", "Feb 3rd, 2026", "the 3rd of February", "Tuesday the 3rd", "the 15th".

use jiff::civil::Date;

use super::calendar::{self, coming, date, in_week, monday, past, shift};
use super::holidays;
use super::lex::Kind;
use super::numeric;
use super::parser::{Parser, Read};
use super::relative;
use super::value::Value;
use super::weeks;
use super::words::{Unit, Word};
use super::years;

/// A single day at `at`, a weekday before it included.
pub(super) fn day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        relative::named_day,
        numeric::numeric,
        with_weekday,
        month_first,
        day_first,
        ordinal_weekday,
        suffixed_day,
        bare_day,
        holidays::holiday,
        holidays::relative_holiday,
        weekday,
        relative::counted,
        weeks::day_of_week,
        numeric::compact,
        numeric::year_first,
    ];
    rules.iter().filter_map(|rule| rule(parser, at)).max_by_key(|read| read.next)
}

/// The coming day of a date without a year, today included.
pub(super) fn next_of(parser: &Parser<'_>, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let today = parser.today();
    let this = in_year(today.year());
    match this {
        Some(day) if day >= today => Some(day),
        _ => (1..=4).find_map(|ahead| in_year(today.year() + ahead)),
    }
}

/// "Feb 3rd, 2026", "February the 3rd", "Dec31", "Aug-05-2016".
fn month_first(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let Word::Month(month) = parser.word(at)? else { return None };
    let mut next = parser.skip_punct(at + 1, b'.');
    next = parser.skip_punct(next, b'-');
    next = parser.skip_punct(next, b'/');
    next = parser.skip(next, Word::The);
    // "October, 1st" is a day, "October, 15 people" none.
    let comma = parser.skip_punct(next, b',');
    let (day, next) =
        parser.ordinal(comma, comma == next).or_else(|| spoken_day(parser, next).filter(|_| comma == next))?;
    // "May 2pm" and "May 12:30" hold a clock, "March 3%" an amount.
    let is_clock = parser.is_punct(next, b':') && parser.glued(next);
    if is_clock || matches!(parser.word(next), Some(Word::Am | Word::Pm)) || parser.is_punct(next, b'%') {
        return None;
    }
    dated(parser, at, (month, day), mark_before_year(parser, next), next)
}

/// "twenty one" after a month, where nothing follows that it could count.
fn spoken_day(parser: &Parser<'_>, at: usize) -> Option<(i8, usize)> {
    let (Word::Tens(_) | Word::Cardinal(_)) = parser.word(at)? else { return None };
    let (day, next) = parser.count(at)?;
    let is_year = years::number(parser, at).is_some_and(|(_, after)| after > next);
    let counts = parser.tokens.get(next).is_some_and(|token| token.kind == Kind::Other) || parser.unit(next).is_some();
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    (!counts && !is_year).then_some((day, next))
}

/// Skips the mark of "05-Aug-2016" and "23/Sep/2020".
fn mark_before_year(parser: &Parser<'_>, at: usize) -> usize {
    let marked = parser.is_punct(at, b'-') || parser.is_punct(at, b'/');
    let year = parser.digits(at + 1).is_some_and(|(_, digits)| digits == 4);
    if marked && year && parser.glued(at) { at + 1 } else { at }
}

/// "the 3rd of February 2026", "3 Feb", "05-Aug-2016", "15th day of March".
fn day_first(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let number = parser.skip(at, Word::The);
    let (day, mut next) = parser.ordinal(number, true)?;
    next = parser.skip(next, Word::Unit(Unit::Day));
    next = parser.skip(next, Word::Of);
    next = parser.skip_punct(next, b'-');
    next = parser.skip_punct(next, b'/');
    let Word::Month(month) = parser.word(next)? else { return None };
    let after = parser.skip_punct(next + 1, b'.');
    let after = if after > next + 1 && years::after(parser, after).is_none() { next + 1 } else { after };
    dated(parser, at, (month, day), mark_before_year(parser, after), after)
}

/// A month and day with the year after them, if there is one at `year_at`.
fn dated(parser: &Parser<'_>, at: usize, (month, day): (i8, i8), year_at: usize, next: usize) -> Option<Read> {
    if let Some((year, after)) = years::after(parser, year_at) {
        return Some(Read::new(at, after, Value::Day(date(year, month, day)?)));
    }
    let found = next_of(parser, |year| date(year, month, day))?;
    Some(Read::new(at, next, Value::Day(found)))
}

/// "Tuesday, 3 February", "Tuesday the 3rd", "Fri 12/1": the date decides, the weekday goes with it.
fn with_weekday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let name_at = if relative::direction(parser, at).is_some() { at + 1 } else { at };
    let Word::Weekday(weekday) = parser.word(name_at)? else { return None };
    let mut next = name_at + 1;
    for mark in [b'.', b',', b'-', b'('] {
        next = parser.skip_punct(next, mark);
    }
    let bracketed = parser.is_punct(next - 1, b'(');
    let read = month_first(parser, next)
        .or_else(|| day_first(parser, next))
        .or_else(|| numeric::numeric(parser, next))
        .or_else(|| numeric::marked(parser, next, weekday));
    if let Some(read) = read {
        let next = if bracketed { parser.skip_punct(read.next, b')') } else { read.next };
        return Some(Read { start: at, next, ..read });
    }
    let the = parser.skip(next, Word::The);
    let ends = |at: usize| {
        parser.tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Punct(b'.' | b',' | b'!' | b'?')))
    };
    let bare = parser.digits(the).is_some_and(|(day, _)| day > 12)
        && the == name_at + 1
        && ((ends(the + 1) && parser.digits(the + 2).is_none())
            || matches!(parser.word(the + 1), Some(Word::At | Word::From | Word::Between)));
    let (day, next) = parser.ordinal(the, bare)?;
    let today = parser.today();
    let fits = |months: i64| {
        let month = shift(today.first_of_month(), months, Unit::Month)?;
        date(month.year(), month.month(), day).filter(|found| found.weekday().to_monday_one_offset() == weekday)
    };
    let found = (0..=13).find_map(|months| fits(months).filter(|found| *found >= today)).or_else(|| fits(0));
    Some(Read::new(at, next, Value::Day(found?)))
}

/// "the 15th", "15th", "the 15th of this month", "the 3rd of next month", "the twenty-sixth day of the month".
pub(super) fn of_month(parser: &Parser<'_>, at: usize, bare: bool) -> Option<Read> {
    let number = parser.skip(at, Word::The);
    let (day, mut next) = parser.ordinal(number, bare)?;
    let written = parser.digits(number).is_some() && !bare;
    next = parser.skip(next, Word::Unit(Unit::Day));
    let today = parser.today();
    let of = if parser.is(next, Word::Of) { parser.skip(next + 1, Word::The) } else { next };
    let offset = relative::direction(parser, of);
    let unit_at = if offset.is_some() { of + 1 } else { of };
    if parser.is(unit_at, Word::Unit(Unit::Month)) && (of > next || offset.is_some()) {
        let month = shift(today.first_of_month(), offset.unwrap_or(0), Unit::Month)?;
        return Some(Read::new(at, unit_at + 1, Value::Day(date(month.year(), month.month(), day)?)));
    }
    if of > next {
        return None;
    }
    // "the third option" is no day; "the 15th" is, unless it counts something.
    let counts = matches!(parser.word(next), Some(Word::Unit(_) | Word::Part(_))) || parser.is(next, Word::Time);
    if !written || counts {
        return None;
    }
    let in_month = |months: i64| {
        let month = shift(today.first_of_month(), months, Unit::Month)?;
        date(month.year(), month.month(), day)
    };
    let found = (0..=2).find_map(|months| in_month(months).filter(|found| *found >= today))?;
    Some(Read::new(at, next, Value::Day(found)))
}

fn suffixed_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    of_month(parser, at, false)
}

/// "on 15", "the 27": a bare number where nothing follows that it could count.
fn bare_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
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
    let today = parser.today();
    let in_month = |months: i64| {
        let month = shift(today.first_of_month(), months, Unit::Month)?;
        date(month.year(), month.month(), i8::try_from(day).ok()?)
    };
    let found = (0..=2).find_map(|months| in_month(months).filter(|found| *found >= today))?;
    Some(Read::new(at, number + 1, Value::Day(found)))
}

/// "first Monday of March", "last Friday in June 2026", "second Tuesday of next month".
fn ordinal_weekday(parser: &Parser<'_>, at: usize) -> Option<Read> {
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

/// "Friday", "this Friday", "next Friday", "last Monday", "Friday next week", "Monday of next week".
fn weekday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let today = parser.today();
    let at_direction = if parser.is(at, Word::This) && parser.is(at + 1, Word::Coming) { at + 1 } else { at };
    let led = relative::direction(parser, at_direction);
    let name_at = if led.is_some() { at_direction + 1 } else { at };
    let Word::Weekday(weekday) = parser.word(name_at)? else { return None };
    if led.is_none() && is_other_word(parser, name_at) {
        return None;
    }
    let next = name_at + 1;
    let this_week = monday(today)?;
    let in_week_of = |offset: i64| in_week(shift(this_week, offset, Unit::Week)?, weekday);
    if led.is_none() {
        let mut of = parser.skip(parser.skip_punct(next, b','), Word::Of);
        of = parser.skip(of, Word::The);
        if let Some(offset) = relative::direction(parser, of).filter(|_| parser.is(of + 1, Word::Unit(Unit::Week))) {
            return Some(Read::new(at, of + 2, Value::Day(in_week_of(offset)?)));
        }
    }
    if led.is_none()
        && let Some(read) = relative::counted(parser, next)
        && let Value::Day(day) = read.value
    {
        return Some(Read::new(at, read.next, Value::Day(in_week(monday(day)?, weekday)?)));
    }
    let found = match (parser.word(at)?, led) {
        (Word::This | Word::Current, _) => {
            in_week_of(0).filter(|day| *day >= today).or_else(|| coming(today, weekday))?
        }
        (Word::Coming, _) | (_, None) => coming(today, weekday)?,
        (Word::Past | Word::Previous, _) => past(today, weekday)?,
        (_, Some(offset)) => in_week_of(offset)?,
    };
    Some(Read::new(at, next, Value::Day(found)))
}

/// "sat", "sun", "mon", "wed" as ordinary words: only a capital makes them days.
fn is_other_word(parser: &Parser<'_>, at: usize) -> bool {
    parser.tokens.get(at).is_some_and(|token| token.end - token.start == 3)
        && at
            .checked_sub(1)
            .is_some_and(|before| matches!(parser.word(before), Some(Word::Is | Word::The | Word::LetterA)))
        && !matches!(parser.word(at + 1), Some(Word::Part(_) | Word::At))
}
