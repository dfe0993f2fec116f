//! Times of messages: the `Date` field, the trace fields, the separator line of an mbox file.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use mail_parser::DateTime;

/// Earlier years are the marks of broken clocks, not of mail.
const FIRST_YEAR: i16 = 1971;

/// A time with the author's own offset from UTC, where it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) at: Timestamp,
    pub(crate) offset_minutes: Option<i16>,
}

impl Moment {
    fn new(date: Date, time: Time, offset_minutes: Option<i16>) -> Option<Self> {
        if date.year() < FIRST_YEAR {
            return None;
        }
        let offset = Offset::from_seconds(i32::from(offset_minutes.unwrap_or(0)) * 60).ok()?;
        let at = offset.to_timestamp(date.to_datetime(time)).ok()?;
        Some(Self { at, offset_minutes })
    }
}

/// The moment of a parsed header date; `None` for a date that no calendar has.
pub(crate) fn parsed(value: &DateTime) -> Option<Moment> {
    let date = Date::new(i16::try_from(value.year).ok()?, as_i8(value.month)?, as_i8(value.day)?).ok()?;
    // A leap second counts as the second before.
    let time = Time::new(as_i8(value.hour)?, as_i8(value.minute)?, as_i8(value.second)?.min(59), 0).ok()?;
    let minutes = i16::from(value.tz_hour) * 60 + i16::from(value.tz_minute);
    if minutes > 14 * 60 {
        return Moment::new(date, time, None);
    }
    // RFC 5322: "-0000" says that the zone is not known.
    let stated = !(value.tz_before_gmt && minutes == 0);
    Moment::new(date, time, stated.then_some(if value.tz_before_gmt { -minutes } else { minutes }))
}

fn as_i8(value: u8) -> Option<i8> {
    i8::try_from(value).ok()
}

/// Reads the times that the strict grammar refuses: `Mon Jan 12 09:30:00 2026`, `2026-01-12 09:30`, in any order of
/// the parts, with or without a zone. Other words are passed over.
pub(crate) fn loose(text: &str) -> Option<Moment> {
    let (mut day, mut month, mut year, mut time, mut offset) = (None, None, None, None, None);
    for word in text.split([' ', '\t', ',', '\r', '\n', '(', ')']).filter(|word| !word.is_empty()) {
        let mut word = word;
        if let Some((date, rest)) = iso_date(word) {
            (year, month, day) = (Some(date.year()), Some(date.month()), Some(date.day()));
            word = rest;
        }
        if time.is_none() && word.contains(':') {
            let (clock, zone) = split_zone(word);
            time = clock_time(clock);
            offset = offset.or(zone);
        } else if let Some(found) = zone_minutes(word) {
            offset = offset.or(Some(found));
        } else if let Some(found) = month_number(word) {
            month = month.or(Some(found));
        } else if let Ok(number) = word.parse::<i16>() {
            match number {
                1..=31 if word.len() <= 2 && day.is_none() => day = i8::try_from(number).ok(),
                0..=99 if word.len() == 2 && day.is_some() && month.is_some() && year.is_none() => {
                    year = Some(if number < 70 { 2000 + number } else { 1900 + number });
                }
                1970..=9999 if word.len() == 4 && year.is_none() => year = Some(number),
                _ => {}
            }
        }
    }
    Moment::new(Date::new(year?, month?, day?).ok()?, time?, offset)
}

/// The date at the start of a word and what follows it after a `T`.
fn iso_date(word: &str) -> Option<(Date, &str)> {
    let (date, rest) = word.split_at_checked(10)?;
    let date = (date.as_bytes()[4] == b'-').then(|| date.parse().ok()).flatten()?;
    Some((date, rest.strip_prefix('T').unwrap_or(rest)))
}

fn split_zone(word: &str) -> (&str, Option<i16>) {
    match word.find(['+', '-', 'Z']) {
        Some(at) if word.is_char_boundary(at) => (&word[..at], zone_minutes(&word[at..])),
        _ => (word, None),
    }
}

fn clock_time(clock: &str) -> Option<Time> {
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    Time::new(hour, minute, second.min(59), 0).ok()
}

fn zone_minutes(word: &str) -> Option<i16> {
    let (sign, digits) = match word.as_bytes().first()? {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => return matches!(word, "Z" | "GMT" | "UTC" | "UT").then_some(0),
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 {
        return None;
    }
    let number: i16 = digits.parse().ok()?;
    (0..=1400).contains(&number).then_some(sign * (number / 100 * 60 + number % 100))
}

fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.trim_end_matches('.');
    let start = word.get(..3)?;
    let position = MONTHS.iter().position(|month| start.eq_ignore_ascii_case(month))?;
    word.bytes().all(|byte| byte.is_ascii_alphabetic()).then(|| i8::try_from(position + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_loose_dates() {
        let check = |text: &str, expected: Option<(&str, Option<i16>)>| {
            let found = loose(text).map(|moment| (moment.at.to_string(), moment.offset_minutes));
            assert_eq!(found, expected.map(|(at, offset)| (at.to_owned(), offset)), "{text}");
        };
        check("p@n.example Mon Jan 12 09:30:00 2026", Some(("2026-01-12T09:30:00Z", None)));
        check("17@xxx Mon Jan 12 09:30:00 +0100 2026", Some(("2026-01-12T08:30:00Z", Some(60))));
        check("2026-01-12T09:30:00.25-08:00", Some(("2026-01-12T17:30:00Z", Some(-480))));
        check("12 January 2026 9:30 GMT", Some(("2026-01-12T09:30:00Z", Some(0))));
        check("27 Jan 26 10:25 GMT", Some(("2026-01-27T10:25:00Z", Some(0))));
        check("Mon Feb 31 09:30:00 2026", None);
        check("1 Jan 1970 00:00:00", None);
        check("here on: 12 things", None);
    }

    #[test]
    fn reads_header_dates() {
        let check = |text: &str, expected: Option<(&str, Option<i16>)>| {
            let found = DateTime::parse_rfc822(text).and_then(|value| parsed(&value));
            let found = found.map(|moment| (moment.at.to_string(), moment.offset_minutes));
            assert_eq!(found, expected.map(|(at, offset)| (at.to_owned(), offset)), "{text}");
        };
        check("Mon, 12 Jan 2026 09:30:00 -0800", Some(("2026-01-12T17:30:00Z", Some(-480))));
        check("Mon, 12 Jan 2026 09:30:00 -0000", Some(("2026-01-12T09:30:00Z", None)));
        check("Mon, 31 Feb 2026 09:30:00 +0000", None);
        check("Thu, 1 Jan 1970 00:00:00 +0000", None);
        check("garbage", None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,60}", dated in "[0-9:+ TZ-]{0,40}") {
            let _ = (loose(&text), loose(&dated));
            let _ = DateTime::parse_rfc822(&dated).and_then(|value| parsed(&value));
        }
    }
}
