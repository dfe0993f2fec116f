//! Days by number and name: "2026-02-03", "3/4/26", "Feb 3rd, 2026", "the 3rd of February", "Tuesday the 3rd", "the 15th".

use jiff::civil::Date;

use super::calendar::{self, coming, date, in_week, monday, past, shift};
use super::ends;
use super::holidays;
use super::homographs;
use super::lex::Kind;
use super::lists;
use super::monthly;
use super::numeric;
use super::parser::{Parser, Read};
use super::ranges;
use super::relative;
use super::value::Value;
use super::weeks;
use super::words::{Unit, Word};
use super::years;

/// A single day at `at`, a weekday before it included.
pub(super) fn day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        relative::named_day,
        ends::end_of_day,
        ends::edge_day,
        numeric::numeric,
        with_weekday,
        month_first,
        day_first,
        monthly::ordinal_weekday,
        monthly::suffixed_day,
        monthly::bare_day,
        lists::listed,
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

/// Days back to which a date without a year may lie, where the coming one is most of a year ahead.
const RECENT: i32 = 60;

/// A day of the year without its year: the coming one, today included, unless the one that has just passed is meant
/// ("our call on 18 December", said in January). A deadline is never that one.
pub(super) fn of_a_year(
    parser: &Parser<'_>,
    (at, next): (usize, usize),
    in_year: impl Fn(i16) -> Option<Date>,
) -> Option<Date> {
    let today = parser.today();
    let leads_on = ranges::leads_on(parser, next, false);
    let limited = at.checked_sub(1).is_some_and(|before| {
        matches!(
            parser.word(before),
            Some(Word::By | Word::Before | Word::Until | Word::From | Word::To | Word::Starting)
        )
    });
    let recent = |year: i16| in_year(year).filter(|day| *day < today && (today - *day).get_days() <= RECENT);
    let past = recent(today.year()).or_else(|| recent(today.year() - 1)).filter(|_| !limited && !leads_on);
    past.or_else(|| next_of(parser, in_year))
}

/// The coming day of a date without a year, today included.
pub(super) fn next_of(parser: &Parser<'_>, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let today = parser.today();
    let this = in_year(today.year());
    match this {
        Some(day) if day >= today => Some(day),
        _ => (1..=8).find_map(|ahead| in_year(today.year() + ahead)),
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
    let is_verb = matches!(month, 3 | 5) && !parser.is_capital(at) && parser.is(next, Word::Unit(Unit::Second));
    if is_verb {
        return None;
    }
    let comma = parser.skip_punct(next, b',');
    let (day, next) =
        parser.ordinal(comma, comma == next).or_else(|| spoken_day(parser, next).filter(|_| comma == next))?;
    // "May 2pm" and "May 12:30" hold a clock, "March 3%" an amount.
    let is_clock = parser.is_punct(next, b':') && parser.glued(next);
    let has_half = matches!(parser.word(next), Some(Word::Am | Word::Pm)) && !is_half_beside(parser, next);
    if is_clock || has_half || parser.is_punct(next, b'%') {
        return None;
    }
    Some(dated(parser, at, (month, day), mark_before_year(parser, next), next))
}

/// "Feb 5 AM" is a half of that day, "Feb 5am" no day.
fn is_half_beside(parser: &Parser<'_>, at: usize) -> bool {
    !parser.glued(at) && matches!(parser.text_at(at), "AM" | "PM")
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
    let (day, next) = parser.ordinal(number, true).or_else(|| spoken_before_month(parser, number))?;
    let (month, after) = month_at(parser, next)?;
    if let Some((year, next)) = short_year(parser, after).filter(|_| !parser.is(next, Word::Of)) {
        return Some(Read::new(at, next, Value::Day(date(year, month, day)?)));
    }
    Some(dated(parser, at, (month, day), mark_before_year(parser, after), after))
}

/// The month of "19 June" and the year beside it: what the days before it in a list take.
pub(super) fn month_and_day(parser: &Parser<'_>, at: usize) -> Option<(i8, Option<i16>)> {
    let (_, next) = parser.ordinal(parser.skip(at, Word::The), true)?;
    let (month, after) = month_at(parser, next)?;
    Some((month, years::after(parser, mark_before_year(parser, after)).map(|(year, _)| year)))
}

/// The month after the number of a day, with the token after it.
fn month_at(parser: &Parser<'_>, at: usize) -> Option<(i8, usize)> {
    let mut next = at;
    let dotted = parser.is_punct(next, b'.') && parser.glued(next);
    if dotted && years::after(parser, parser.skip_punct(next + 2, b'.')).is_some() {
        next += 1;
    }
    next = parser.skip(next, Word::Unit(Unit::Day));
    next = parser.skip(next, Word::Of);
    next = parser.skip_punct(next, b'-');
    next = parser.skip_punct(next, b'/');
    let Word::Month(month) = parser.word(next)? else { return None };
    let after = parser.skip_punct(next + 1, b'.');
    let after = if after > next + 1 && years::after(parser, after).is_none() { next + 1 } else { after };
    Some((month, after))
}

/// The year of "27/Nov/25" and "22 Apr 14": two digits, where nothing follows that they could count.
fn short_year(parser: &Parser<'_>, at: usize) -> Option<(i16, usize)> {
    let marked = (parser.is_punct(at, b'-') || parser.is_punct(at, b'/')) && parser.glued(at) && parser.glued(at + 1);
    let at = at + usize::from(marked);
    let (year, digits @ 2) = parser.digits(at)? else { return None };
    let goes_on = parser.glued(at + 1) && parser.glued(at + 2) && parser.digits(at + 2).is_some();
    let ends = parser
        .tokens
        .get(at + 1)
        .is_none_or(|token| matches!(token.kind, Kind::Punct(b',' | b';' | b'.' | b'!' | b'?' | b')' | b'\n')));
    ((ends || marked) && !goes_on).then(|| calendar::year(year, digits).map(|year| (year, at + 1)))?
}

/// "fifteen August".
fn spoken_before_month(parser: &Parser<'_>, at: usize) -> Option<(i8, usize)> {
    let (Word::Tens(_) | Word::Cardinal(_)) = parser.word(at)? else { return None };
    let (day, next) = parser.count(at)?;
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let named = matches!(parser.word(next), Some(Word::Month(month)) if month != 5 || parser.is_capital(next));
    named.then_some((day, next))
}

/// A month and day with the year after them, if there is one at `year_at`.
fn dated(parser: &Parser<'_>, at: usize, (month, day): (i8, i8), year_at: usize, next: usize) -> Read {
    // A day that no calendar has ("Feb 30") is no day, and not the month either.
    if let Some((year, after)) = years::after(parser, year_at) {
        return Read::new(at, after, date(year, month, day).map_or(Value::Vague, Value::Day));
    }
    let found = of_a_year(parser, (at, next), |year| date(year, month, day));
    Read::new(at, next, found.map_or(Value::Vague, Value::Day))
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
        let value = match read.value {
            Value::Day(day) if ranges::floats(parser, &read) => Value::Day(fitting_year(day, weekday)),
            value => value,
        };
        return Some(Read::new(at, next, value));
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
    Some(Read::new(at, next, Value::Day(fitting_month(parser.today(), day, weekday)?)))
}

/// The year in which a day of the year falls on that weekday: of its own, the one before and the one after.
fn fitting_year(day: Date, weekday: i8) -> Date {
    let is_fit = |day: &Date| day.weekday().to_monday_one_offset() == weekday;
    [0, -1, 1].iter().find_map(|years| shift(day, *years, Unit::Year).filter(is_fit)).unwrap_or(day)
}

/// The month in which a day of the month falls on that weekday: a coming one, unless one that has just passed is nearer.
fn fitting_month(today: Date, day: i8, weekday: i8) -> Option<Date> {
    let fits = |months: &i64| {
        let month = shift(today.first_of_month(), *months, Unit::Month)?;
        date(month.year(), month.month(), day).filter(|found| found.weekday().to_monday_one_offset() == weekday)
    };
    let ahead = |found: &Date| *found >= today;
    let near = [0, 1].iter().find_map(|months| fits(months).filter(ahead));
    let past = || [0, -1].iter().find_map(fits);
    near.or_else(past).or_else(|| (2..=13).find_map(|months| fits(&months)))
}

/// "Friday", "this Friday", "next Friday", "last Monday", "Friday next week", "Monday of next week".
fn weekday(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let today = parser.today();
    let at_direction = if parser.is(at, Word::This) && parser.is(at + 1, Word::Coming) { at + 1 } else { at };
    let led = relative::direction(parser, at_direction);
    let name_at = if led.is_some() { at_direction + 1 } else { at };
    let Word::Weekday(weekday) = parser.word(name_at)? else { return None };
    if led.is_none() && homographs::is_other_weekday(parser, name_at) {
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
    if led.is_none() && parser.is(next, Word::After) && parser.is(next + 1, Word::Next) {
        return Some(Read::new(at, next + 2, Value::Day(in_week_of(2)?)));
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
        (Word::Past, _) => past(today, weekday)?,
        (_, Some(offset)) => in_week_of(offset)?,
    };
    Some(Read::new(at, next, Value::Day(found)))
}
