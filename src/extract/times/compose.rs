//! Whole expressions: a day with a clock, a range, or one of the simple forms; the longest reading wins.

use super::clock::clock;
use super::day::day;
use super::ends::closing_time;
use super::lasting;
use super::length;
use super::parser::{Parser, Read};
use super::parts::{
    Hours, day_and_part, half, in_part, lone_part, moments, part, part_of_a_day, settle, skip_the_part,
};
use super::period;
use super::ranges::{self, clocks};
use super::recurring;
use super::relative;
use super::value::Value;
use super::words::Word;
use super::years;
use crate::model::Grain;

/// The expression that starts at `at`, if one does.
pub(super) fn expression(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let rules = [
        ranges::range,
        lasting::lasting,
        dated_clock,
        clock_then_day,
        part_of_a_day,
        point,
        lone_clock,
        recurring::recurring,
        length,
        lone_part,
        soon,
    ];
    let mut best: Option<Read> = None;
    for rule in rules {
        let read = rule(parser, at);
        if read.as_ref().is_some_and(|read| best.as_ref().is_none_or(|best| read.next > best.next)) {
            best = read;
        }
    }
    best
}

/// A day or stretch.
pub(super) fn point(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let day = day(parser, at).or_else(|| relative::present(parser, at));
    let stretch = period::stretch(parser, at);
    match (day, stretch) {
        (Some(day), Some(stretch)) if stretch.next > day.next => Some(stretch),
        (Some(day), _) => Some(day),
        (None, stretch) => stretch,
    }
}

fn length(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let counted = !matches!(parser.word(at), Some(Word::One)) || at == 0 || !parser.is(at - 1, Word::The);
    let read = length::length(parser, at).filter(|_| counted)?;
    let is_second = matches!(parser.word(at), Some(Word::LetterA)) && read.value == Value::Length("PT1S".to_owned());
    (!is_second).then_some(read)
}

fn soon(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let as_soon_as = |at| parser.is(at, Word::As) && parser.is(at + 1, Word::Soon) && parser.is(at + 2, Word::As);
    if as_soon_as(at) {
        // "as soon as possible" and "as soon as I can" are vague, "as soon as I see it" is a condition.
        let who = ["I", "we", "you"].iter().any(|who| parser.text_at(at + 3).eq_ignore_ascii_case(who));
        let said = parser.text_at(at + 3 + usize::from(who));
        let vague = ["possible", "practicable", "practical", "feasible", "can", "could"];
        let next = at + 4 + usize::from(who);
        return vague.iter().any(|word| said.eq_ignore_ascii_case(word)).then(|| Read::new(at, next, Value::Vague));
    }
    let within = at.checked_sub(1).is_some_and(as_soon_as);
    (parser.is(at, Word::Soon) && !within).then(|| Read::new(at, at + 1, Value::Vague))
}

/// A clock on its own, where its form tells that it is one.
fn lone_clock(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let expected = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At) || parser.is_punct(before, b'@'));
    let limited = at.checked_sub(1).is_some_and(|before| {
        matches!(parser.word(before), Some(Word::Before | Word::After | Word::Until)) && parser.ends(at + 1)
    });
    let is_hour = parser.count(at).is_some_and(|(hour, next)| next == at + 1 && (1..=12).contains(&hour));
    let (clock, next) = clock(parser, at, expected || (limited && is_hour))?;
    let is_more = parser.unit(next).is_some() || parser.is_punct(next, b'%');
    (!is_more).then(|| Read::new(at, next, Value::Clock(clock)))
}

/// Skips what may stand between a day and its clock.
pub(super) fn skip_joint(parser: &Parser<'_>, at: usize) -> (usize, bool) {
    let mut next = parser.skip_punct(at, b',');
    let mut expected = false;
    while let Some(word) = parser.word(next) {
        next = match word {
            Word::At | Word::Around | Word::About => {
                expected |= word == Word::At || next == at;
                next + 1
            }
            Word::By | Word::Before | Word::After | Word::Until | Word::For => next + 1,
            Word::No if parser.is(next + 1, Word::Later) && parser.is(next + 2, Word::Than) => next + 3,
            Word::Later | Word::Earlier if parser.is(next + 1, Word::Than) => next + 2,
            Word::As if parser.is(next + 2, Word::As) => next + 3,
            _ => break,
        };
    }
    if parser.is_punct(next, b'@') {
        return (next + 1, true);
    }
    (next, expected)
}

/// "tomorrow at 3pm", "Friday morning", "March 3, 2-3pm", "Monday between 2 and 4", "next Monday 6-8".
pub(super) fn dated_clock(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let date = day(parser, at)?;
    let Value::Day(on) = date.value else { return None };
    let (joint, expected) = skip_joint(parser, date.next);
    if let Some(next) = closing_time(parser, joint) {
        return Some(Read::new(date.start, next, Value::Day(on)));
    }
    if let Some(read) = clocks(parser, joint, true) {
        return read.value.on(on).map(|value| Read::new(date.start, read.next, value));
    }
    let named = part(parser, skip_the_part(parser, date.next)).or_else(|| half(parser, date.next));
    if let Some((hours, next)) = named {
        return in_part(parser, date.start, next, on, hours);
    }
    let mut from = parser.skip(joint, Word::From);
    if parser.is(from, Word::LetterT) && parser.glued(from) || parser.is_punct(from, b'-') && !parser.glued(from) {
        from += 1;
    }
    let (clock, next) = clock(parser, from, expected)?;
    if let (Some((year, 4)), Some((said, after))) = (parser.digits(next), years::number(parser, next))
        && (at..date.next).all(|token| parser.digits(token) != Some((year, 4)))
        && (at..date.next).any(|token| matches!(parser.word(token), Some(Word::Month(_))))
    {
        let on = super::calendar::date(said, on.month(), on.day())?;
        return Some(Read::new(date.start, after, Value::Moment(on, clock)));
    }
    let counts = expected && clock.grain == Grain::Hour && !clock.settled && parser.unit(next).is_some();
    (!counts).then(|| Read::new(date.start, next, Value::Moment(on, clock)))
}

/// "3pm on Friday", "at 10 tomorrow", "2-4pm next Monday", "morning of 3 March", "between 7 and 9 last night".
pub(super) fn clock_then_day(parser: &Parser<'_>, at: usize) -> Option<Read> {
    let expected = at.checked_sub(1).is_some_and(|before| parser.is(before, Word::At) || parser.is_punct(before, b'@'));
    let (value, next) = match clocks(parser, at, true) {
        Some(read) => (read.value, read.next),
        None => match part(parser, skip_the_part(parser, at)) {
            Some((hours, next)) => return part_then_day(parser, at, next, hours),
            None => clock(parser, at, expected).map(|(clock, next)| (Value::Clock(clock), next))?,
        },
    };
    let next = limit(parser, next);
    let joint = parser.skip(parser.skip(parser.skip_punct(next, b','), Word::Of), Word::On);
    if let Some((on, hours, next)) = day_and_part(parser, joint) {
        let value = match value {
            Value::Clock(clock) => Value::Clock(settle(clock, hours.part)),
            Value::Clocks(from, to) => Value::Clocks(settle(from, hours.part), settle(to, hours.part)),
            other => other,
        };
        return value.on(on).map(|value| Read::new(at, next, value));
    }
    let date = day(parser, joint)?;
    let Value::Day(day) = date.value else { return None };
    value.on(day).map(|value| Read::new(at, date.next, value))
}

/// "morning of 3 March", "in the afternoon on Friday between 1 and 4".
fn part_then_day(parser: &Parser<'_>, at: usize, next: usize, hours: Hours) -> Option<Read> {
    let of = parser.skip(parser.skip_punct(next, b','), Word::Of);
    let date = day(parser, parser.skip(of, Word::On))?;
    let Value::Day(on) = date.value else { return None };
    let (joint, _) = skip_joint(parser, date.next);
    if joint == date.next
        && let Some(Read { value: Value::Clocks(from, to), next, .. }) = clocks(parser, joint, true)
    {
        let value = Value::Clocks(settle(from, hours.part), settle(to, hours.part)).on(on)?;
        return Some(Read::new(at, next, value));
    }
    Some(Read::new(at, date.next, moments(on, hours)))
}

/// Skips "or later" between a clock and its day.
fn limit(parser: &Parser<'_>, at: usize) -> usize {
    let limits = matches!(parser.word(at + 1), Some(Word::Later | Word::Earlier | Word::After | Word::Before));
    if limits && parser.is(at, Word::Or) { at + 2 } else { at }
}
