//! Times of day: "3pm", "15:30", "half past three", "noon", "7 in the morning".

use super::lex::Kind;
use super::nouns;
use super::parser::Parser;
use super::value::Clock;
use super::words::{Part, Unit, Word};
use crate::model::Grain;

/// A time of day at `at`, with the token after it. A bare number counts only where `bare` says that one is expected.
pub(super) fn clock(parser: &Parser<'_>, at: usize, bare: bool) -> Option<(Clock, usize)> {
    let at = parser.skip(at, Word::The);
    if let Some(found) = named(parser, at) {
        return Some(found);
    }
    let (clock, next) =
        past_or_to(parser, at).or_else(|| digits(parser, at, bare)).or_else(|| spoken(parser, at, bare))?;
    Some(half_of_day(parser, clock, next))
}

fn named(parser: &Parser<'_>, at: usize) -> Option<(Clock, usize)> {
    let twelve = parser.digits(at).is_some_and(|(hour, _)| hour == 12) || parser.is(at, Word::Cardinal(12));
    let at = if twelve { at + 1 } else { at };
    let (hour, at) = match parser.word(at)? {
        Word::Noon | Word::Midday => (12, at),
        Word::Midnight => (0, at),
        Word::Mid if parser.is(parser.skip_punct(at + 1, b'-'), Word::Part(Part::Night)) => {
            (0, parser.skip_punct(at + 1, b'-'))
        }
        _ => return None,
    };
    Some((Clock { hour, minute: 0, second: 0, grain: Grain::Hour, settled: true }, at + 1))
}

/// "half past three", "a quarter to 5", "ten past two", "20 minutes to 9".
fn past_or_to(parser: &Parser<'_>, at: usize) -> Option<(Clock, usize)> {
    let mut bare = false;
    let (minutes, next) = match parser.word(at) {
        Some(Word::Half) => (30, at + 1),
        Some(Word::Unit(Unit::Quarter)) => (15, at + 1),
        Some(Word::LetterA) if parser.is(at + 1, Word::Unit(Unit::Quarter)) => (15, at + 2),
        _ => {
            let (count, next) = parser.count(at)?;
            bare = !parser.is(next, Word::Unit(Unit::Minute));
            let next = parser.skip(next, Word::Unit(Unit::Minute));
            (i8::try_from(count).ok().filter(|count| (1..60).contains(count))?, next)
        }
    };
    let before = match parser.word(next)? {
        Word::Past | Word::After => false,
        Word::To if bare && !matches!(minutes, 10 | 20 | 25) => return None,
        Word::To => true,
        _ => return None,
    };
    let (hour, next) = hour(parser, next + 1)?;
    if parser.is_punct(next, b':') && parser.glued(next) || (bare && led_on(parser, at)) {
        return None;
    }
    let next = oclock(parser, next);
    let hour = if before { (hour + 23) % 24 } else { hour };
    let minute = if before { 60 - minutes } else { minutes };
    Some((Clock { hour, minute, second: 0, grain: Grain::Minute, settled: false }, next))
}

/// Whether "from" or "between" makes "10 to 4" a range.
fn led_on(parser: &Parser<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|led| matches!(parser.word(led), Some(Word::From | Word::Between)))
}

fn hour(parser: &Parser<'_>, at: usize) -> Option<(i8, usize)> {
    match parser.word(at) {
        Some(Word::Noon | Word::Midday) => return Some((12, at + 1)),
        Some(Word::Midnight) => return Some((0, at + 1)),
        _ => {}
    }
    let (count, next) = parser.count(at)?;
    i8::try_from(count).ok().filter(|hour| (0..=23).contains(hour)).map(|hour| (hour, next))
}

/// "15:30", "3.30pm", "3pm", "3:30 p.m.", "1530h" is not read.
fn digits(parser: &Parser<'_>, at: usize, bare: bool) -> Option<(Clock, usize)> {
    let (hour, length) = parser.digits(at).filter(|_| !ends_a_decimal(parser, at))?;
    if let Some(found) = run_together(parser, at, (hour, length), bare) {
        return Some(found);
    }
    let hour = i8::try_from(hour).ok().filter(|hour| length <= 2 && (0..=24).contains(hour))?;
    let marked = |mark| parser.is_punct(at + 1, mark) && parser.glued(at + 1) && parser.glued(at + 2);
    let minutes = parser.digits(at + 2).filter(|&(minute, length)| length == 2 && minute < 60);
    if let Some((minute, _)) = minutes.filter(|_| marked(b':')) {
        let settled = hour >= 13 || hour == 0 || (length == 2 && hour < 10);
        let clock = Clock { hour: hour % 24, minute: minute as i8, second: 0, grain: Grain::Minute, settled };
        return Some(match parser.digits(at + 4) {
            Some((second @ 0..60, 2)) if parser.is_punct(at + 3, b':') => {
                (Clock { second: second as i8, grain: Grain::Second, ..clock }, at + 5)
            }
            _ => (clock, at + 3),
        });
    }
    if let Some((minute, _)) = minutes.filter(|_| marked(b'.')) {
        let told = meridiem(parser, at + 3).is_some() || (bare && hour < 24 && ends(parser, at + 3));
        let clock = Clock { hour: hour % 24, minute: minute as i8, second: 0, grain: Grain::Minute, settled: false };
        return told.then_some((clock, at + 3));
    }
    if parser.is_punct(at + 1, b'.') && parser.glued(at + 1) && parser.digits(at + 2).is_some() && parser.glued(at + 2)
    {
        return None;
    }
    if parser.is_punct(at + 1, b'.') && matches!(parser.word(at + 2), Some(Word::Am | Word::Pm)) && parser.glued(at + 2)
    {
        let clock = Clock { hour: hour % 24, minute: 0, second: 0, grain: Grain::Hour, settled: false };
        return Some((clock, at + 2));
    }
    let told = meridiem(parser, at + 1).is_some() || parser.is(at + 1, Word::AmPm) || oclock(parser, at + 1) > at + 1;
    let in_part = part_of_day(parser, at + 1).is_some();
    (told || in_part || (bare && !nouns::follows(parser, at + 1))).then(|| {
        let next = oclock(parser, at + 1);
        (Clock { hour: hour % 24, minute: 0, second: 0, grain: Grain::Hour, settled: hour >= 13 }, next)
    })
}

/// "0930" where a clock is expected, "1130am".
fn run_together(parser: &Parser<'_>, at: usize, (number, length): (u32, u8), bare: bool) -> Option<(Clock, usize)> {
    let told = matches!(parser.word(at + 1), Some(Word::Am | Word::Pm | Word::AmPm)) && number < 1260;
    let is_padded = |at: usize| parser.digits(at).is_some_and(|(number, length)| length == 4 && number < 1000);
    let before = at.checked_sub(2).filter(|_| parser.is_punct(at - 1, b'-'));
    // "14:24 -0700" is a clock and its zone.
    let is_zone = before.is_some_and(|before| parser.digits(before).is_none_or(|(_, length)| length != 4));
    let padded = length == 4 && bare && !is_zone && number % 5 == 0 && (is_padded(at) || before.is_some_and(is_padded));
    if !matches!(length, 3 | 4) || !(told || padded) || number >= 2400 || number % 100 >= 60 {
        return None;
    }
    let (hour, minute) = (i8::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?);
    Some((Clock { hour, minute, second: 0, grain: Grain::Minute, settled: false }, at + 1))
}

/// Whether digits are what stands behind the point of "37.1".
fn ends_a_decimal(parser: &Parser<'_>, at: usize) -> bool {
    parser.glued(at)
        && at.checked_sub(2).is_some_and(|whole| {
            parser.is_punct(whole + 1, b'.') && parser.glued(whole + 1) && parser.digits(whole).is_some()
        })
}

/// Whether nothing follows that a decimal number would count.
fn ends(parser: &Parser<'_>, at: usize) -> bool {
    parser.tokens.get(at).is_none_or(|token| match token.kind {
        Kind::Punct(mark) => !(token.glued && matches!(mark, b'.' | b'%' | b'$')) || parser.digits(at + 1).is_none(),
        Kind::Word(word) => !matches!(word, Word::Unit(_)),
        Kind::Number(..) | Kind::Other => false,
    }) && !parser.is_punct(at, b'%')
}

/// "seven thirty", "two forty five", "five o'clock", "eight pm".
fn spoken(parser: &Parser<'_>, at: usize, bare: bool) -> Option<(Clock, usize)> {
    let hour_word = match parser.word(at)? {
        Word::Cardinal(hour @ 1..=12) => hour as i8,
        Word::One => 1,
        _ => return None,
    };
    let dash = parser.skip_punct(at + 1, b'-');
    let minutes = match parser.word(dash) {
        Some(Word::Cardinal(minute @ 10..=19)) => Some((minute as i8, dash + 1)),
        Some(Word::Tens(_)) => parser.count(dash).and_then(|(minute, next)| Some((i8::try_from(minute).ok()?, next))),
        _ => None,
    };
    // Without a word that asks for a clock, "four thirty-one" and "twelve fifty euros" are amounts.
    let is_amount = |minute: i8, next: usize| {
        let counted =
            matches!(parser.word(next), Some(Word::Cardinal(_) | Word::Tens(_) | Word::Hundred | Word::Thousand));
        !bare && meridiem(parser, next).is_none() && (minute % 5 != 0 || counted || nouns::follows(parser, next))
    };
    let minutes =
        minutes.filter(|&(minute, next)| minute < 60 && parser.unit(next).is_none() && !is_amount(minute, next));
    if let Some((minute, next)) = minutes {
        return Some((Clock { hour: hour_word, minute, second: 0, grain: Grain::Minute, settled: false }, next));
    }
    let next = oclock(parser, at + 1);
    let told = next > at + 1 || meridiem(parser, next).is_some() || part_of_day(parser, next).is_some();
    let is_unit = parser.unit(next).is_some() || parser.is(next, Word::Time);
    (told || (bare && !is_unit && !nouns::follows(parser, next)))
        .then_some((Clock { hour: hour_word, minute: 0, second: 0, grain: Grain::Hour, settled: false }, next))
}

/// Skips "o'clock", "ish".
fn oclock(parser: &Parser<'_>, at: usize) -> usize {
    if !parser.is(at, Word::Oclock) {
        return if parser.is(at, Word::Ish) { at + 1 } else { at };
    }
    // "o'clock" is the letter, a mark and a word that is none of ours; "oclock" is one word.
    if parser.is_punct(at + 1, b'\'') { at + 3 } else { at + 1 }
}

/// Whether am (`false`) or pm (`true`) stands at `at`, with the token after it.
fn meridiem(parser: &Parser<'_>, at: usize) -> Option<(bool, usize)> {
    match parser.word(at)? {
        Word::Am => Some((false, at + 1)),
        Word::Pm => Some((true, at + 1)),
        Word::LetterA if parser.glued(at) && parser.digits(at.checked_sub(1)?).is_some() => {
            let dotted = parser.is_punct(at + 1, b'.') && parser.is(at + 2, Word::LetterM);
            let next = if dotted { parser.skip_punct(at + 3, b'.') } else { at + 1 };
            Some((false, next))
        }
        letter @ (Word::LetterA | Word::LetterP) => {
            let dotted = parser.is_punct(at + 1, b'.') && parser.is(at + 2, Word::LetterM);
            let next = if dotted {
                parser.skip_punct(at + 3, b'.')
            } else if parser.is(at + 1, Word::LetterM) || (parser.glued(at) && letter == Word::LetterP) {
                parser.skip(at + 1, Word::LetterM)
            } else {
                return None;
            };
            Some((letter == Word::LetterP, next))
        }
        _ => None,
    }
}

/// "in the morning", "this evening", "at night" after a clock.
fn part_of_day(parser: &Parser<'_>, at: usize) -> Option<(Part, usize)> {
    let next = match parser.word(at)? {
        Word::In if parser.is(at + 1, Word::The) => at + 2,
        Word::At => at + 1,
        _ => return None,
    };
    match parser.word(next)? {
        Word::Part(part) => Some((part, next + 1)),
        _ => None,
    }
}

/// Settles which half of the day a clock means by the words after it.
fn half_of_day(parser: &Parser<'_>, clock: Clock, next: usize) -> (Clock, usize) {
    if let Some((afternoon, next)) = meridiem(parser, next) {
        return (in_half(clock, afternoon), part_of_day(parser, next).map_or(next, |(_, next)| next));
    }
    let next = parser.skip(next, Word::AmPm);
    match part_of_day(parser, next) {
        Some((part, next)) => (in_half(clock, is_late(part) && !(part == Part::Night && clock.hour < 5)), next),
        None => (clock, next),
    }
}

/// The clock in the morning or the afternoon.
pub(super) fn in_half(clock: Clock, afternoon: bool) -> Clock {
    let hour = match (clock.hour, afternoon) {
        (12, false) => 0,
        (hour @ 0..=11, true) => hour + 12,
        (hour, _) => hour,
    };
    Clock { hour, settled: true, ..clock }
}

/// Whether a part of the day lies after noon.
pub(super) fn is_late(part: Part) -> bool {
    matches!(part, Part::Afternoon | Part::Evening | Part::Dinner | Part::Night)
}

/// First and last hour of a part of the day, end exclusive.
pub(super) fn hours_of(part: Part) -> (i8, i8) {
    match part {
        Part::Morning | Part::Breakfast => (8, 12),
        Part::Lunch => (11, 13),
        Part::Afternoon => (12, 16),
        Part::Evening | Part::Dinner => (16, 20),
        Part::Night => (20, 24),
    }
}
