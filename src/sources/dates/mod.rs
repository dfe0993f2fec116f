//! The many spellings of a time in exports. Times without a zone count as UTC; `1/2/2026` is read month first
//! unless that is impossible. Phrases of people ("next Friday") are not read here.

mod name;
mod written;

use jiff::{Timestamp, civil::Date, civil::Time, tz::Offset};

pub use name::in_name;

/// A time as a source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The instant; midnight UTC where only a day is stated.
    pub at: Timestamp,
    /// The offset it was written in, in minutes; `None` for `Z` and for times without one.
    pub utc_offset_minutes: Option<i16>,
    /// Whether a time of day was stated.
    pub precision: Precision,
}

/// How exactly a time was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day.
    Day,
    /// A time of day.
    Time,
}

/// Reads a time in any of the usual spellings of exports.
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    epoch(text).or_else(|| written::read(text))
}

/// The instant of [`moment`].
pub fn timestamp(text: &str) -> Option<Timestamp> {
    moment(text).map(|moment| moment.at)
}

/// The day of [`moment`], in the offset it was written in.
pub fn date(text: &str) -> Option<Date> {
    let moment = moment(text)?;
    let offset = Offset::from_seconds(i32::from(moment.utc_offset_minutes.unwrap_or(0)) * 60).ok()?;
    Some(offset.to_datetime(moment.at).date())
}

/// The last second of a day, UTC.
pub fn end_of_day(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.to_datetime(Time::new(23, 59, 59, 0).ok()?)).ok()
}

/// Midnight of a day, UTC.
pub fn start_of_day(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()
}

/// Seconds, milliseconds or microseconds since 1970, told apart by their size.
fn epoch(text: &str) -> Option<Moment> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let at = match whole.len() {
        9..=11 => {
            let nanos: i32 = format!("{fraction:0<9}").parse().ok()?;
            Timestamp::new(number, nanos).ok()?
        }
        12..=14 => Timestamp::from_millisecond(number).ok()?,
        15..=17 => Timestamp::from_microsecond(number).ok()?,
        _ => return None,
    };
    Some(Moment { at, utc_offset_minutes: None, precision: Precision::Time })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_spellings_of_exports() {
        let check = |text: &str, expected: &str, offset: Option<i16>| {
            let read = moment(text);
            let shown = read.map(|moment| moment.at.to_string()).unwrap_or_default();
            assert_eq!((shown.as_str(), read.and_then(|m| m.utc_offset_minutes)), (expected, offset), "{text}");
        };
        check("2026-01-12T09:30:00Z", "2026-01-12T09:30:00Z", None);
        check("2026-01-12T09:30:00.123+01:00", "2026-01-12T08:30:00.123Z", Some(60));
        check("2026-01-12T09:30:00.000+0000", "2026-01-12T09:30:00Z", Some(0));
        check("2026-01-12 09:30", "2026-01-12T09:30:00Z", None);
        check("2026-01-12 09:30:05 UTC", "2026-01-12T09:30:05Z", None);
        check("2026-01-12 09:30:05 -0800", "2026-01-12T17:30:05Z", Some(-480));
        check("2026/01/12", "2026-01-12T00:00:00Z", None);
        check("20260112", "2026-01-12T00:00:00Z", None);
        check("20260112T150000Z", "2026-01-12T15:00:00Z", None);
        check("01/12/2026 9:30 AM", "2026-01-12T09:30:00Z", None);
        check("13/01/2026 12:05 am", "2026-01-13T00:05:00Z", None);
        check("12.01.2026 17:05", "2026-01-12T17:05:00Z", None);
        check("1/2/26", "2026-01-02T00:00:00Z", None);
        check("12/Jan/26 9:30 AM", "2026-01-12T09:30:00Z", None);
        check("12-Jan-2026", "2026-01-12T00:00:00Z", None);
        check("Mon, 12 Jan 2026 09:30:00 +0100", "2026-01-12T08:30:00Z", Some(60));
        check("January 12, 2026 at 3:00 PM", "2026-01-12T15:00:00Z", None);
        check("Jan 12th 2026", "2026-01-12T00:00:00Z", None);
        check("12 January 2026", "2026-01-12T00:00:00Z", None);
        check("1768210200", "2026-01-12T09:30:00Z", None);
        check("1768210200123", "2026-01-12T09:30:00.123Z", None);
        check("1768210200.000300", "2026-01-12T09:30:00.0003Z", None);
        check("2026-02-30", "", None);
        check("soon", "", None);
        check("12", "", None);
        check("2026-01-12 and later", "", None);
        check("", "", None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}", near in "[0-9TZ:/. +-]{0,24}(AM|Jan|é)?") {
            let _ = (moment(&text), in_name(&text), moment(&near), in_name(&near), date(&near));
        }
    }
}
