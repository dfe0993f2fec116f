//! Dates in file names, where call and note files often carry their only date.

use jiff::{Timestamp, civil::Date, civil::Time, tz::Offset};

use super::{Moment, Precision, start_of_day};

/// Finds a date, with the time that may follow it, in a file name:
/// `2026-01-12 kick-off.md`, `GMT20260112-150000_Recording.vtt`, `Sync (2026-01-12 at 15 00 GMT-8)`.
/// The byte range of what was read comes with it.
pub fn in_name(name: &str) -> Option<(Moment, std::ops::Range<usize>)> {
    let bytes = name.as_bytes();
    (0..bytes.len()).find_map(|start| {
        let free = bytes[start].is_ascii_digit() && (start == 0 || !bytes[start - 1].is_ascii_digit());
        let mut reader = NameReader { bytes, at: start };
        let day = if free { reader.day()? } else { return None };
        let day_end = reader.at;
        let whole_day = (start_of_day(day)?, None, Precision::Day, day_end);
        let (at, utc_offset_minutes, precision, end) = reader.time_after(day).unwrap_or(whole_day);
        Some((Moment { at, utc_offset_minutes, precision }, start..end))
    })
}

struct NameReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl NameReader<'_> {
    fn digits(&mut self, count: usize) -> Option<i16> {
        let digits = self.bytes.get(self.at..self.at + count)?;
        let number =
            std::str::from_utf8(digits).ok().filter(|_| digits.iter().all(u8::is_ascii_digit))?.parse().ok()?;
        self.at += count;
        Some(number)
    }

    fn skip_any(&mut self, set: &[u8]) -> bool {
        let found = self.bytes.get(self.at).is_some_and(|byte| set.contains(byte));
        self.at += usize::from(found);
        found
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn day(&mut self) -> Option<Date> {
        let year = self.digits(4).filter(|year| (1990..2100).contains(year))?;
        let spaced = self.skip_any(b"-_.");
        let month = self.digits(2)?;
        if spaced && !self.skip_any(b"-_.") {
            return None;
        }
        let day = self.digits(2)?;
        let runs_on = self.bytes.get(self.at).is_some_and(u8::is_ascii_digit);
        if runs_on { None } else { Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok() }
    }

    fn time_after(&mut self, day: Date) -> Option<(Timestamp, Option<i16>, Precision, usize)> {
        if !self.skip_word(" at ") && !self.skip_any(b"-_T ") {
            return None;
        }
        let hour = self.digits(2)?;
        self.skip_any(b"-.:_ h");
        let minute = self.digits(2)?;
        let mut end = self.at;
        self.skip_any(b"-.:_");
        let second = self.digits(2).unwrap_or(0);
        if second != 0 || self.at > end + 1 {
            end = self.at;
        } else {
            self.at = end;
        }
        if self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let narrow = |number: i16| i8::try_from(number).ok();
        let time = Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, 0).ok()?;
        let offset = self.zone_after().unwrap_or(0);
        let at = Offset::from_seconds(i32::from(offset) * 3600).ok()?.to_timestamp(day.to_datetime(time)).ok()?;
        Some((at, (offset != 0).then_some(offset * 60), Precision::Time, self.at.max(end)))
    }

    /// Hours of a zone such as ` GMT-8`.
    fn zone_after(&mut self) -> Option<i16> {
        let start = self.at;
        self.skip_any(b" ");
        if !self.skip_word("GMT") && !self.skip_word("UTC") {
            self.at = start;
            return None;
        }
        let sign = match self.bytes.get(self.at) {
            Some(b'-') => -1,
            Some(b'+') => 1,
            _ => return Some(0),
        };
        self.at += 1;
        self.digits(2).or_else(|| self.digits(1)).filter(|hours| *hours <= 14).map(|hours| sign * hours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_dates_in_names() {
        let check = |name: &str, expected: &str| {
            let shown = in_name(name).map(|(moment, _)| moment.at.to_string()).unwrap_or_default();
            assert_eq!(shown, expected, "{name}");
        };
        check("2026-01-12 kick-off.md", "2026-01-12T00:00:00Z");
        check("call_20260112.vtt", "2026-01-12T00:00:00Z");
        check("GMT20260112-150000_Recording.transcript.vtt", "2026-01-12T15:00:00Z");
        check("Sync (2026-01-12 at 15 00 GMT-8) - Transcript.txt", "2026-01-12T23:00:00Z");
        check("2026-01-12-10-review.md", "2026-01-12T00:00:00Z");
        check("2026-01-12 15.30.05 call.vtt", "2026-01-12T15:30:05Z");
        check("id-202601125.vtt", "");
        check("notes.md", "");
    }
}
