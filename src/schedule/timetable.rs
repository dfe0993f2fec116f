//! When a schedule is due: a cron pattern in a time zone. Pure.
//!
//! A local time that a change of the clocks skips is due when the clocks have changed; one that comes twice is due
//! once, the first time.

use std::str::FromStr as _;

use croner::Cron;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::model::Schedule;

/// Why a timetable cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TimetableError {
    /// The pattern is none.
    #[error("{pattern:?} is no cron pattern (minute hour day month weekday): {reason}")]
    Pattern {
        /// What was given.
        pattern: String,
        /// Why not.
        reason: String,
    },
    /// The time zone is none.
    #[error("{0:?} is no time zone; an IANA name such as Europe/Berlin is")]
    Zone(String),
    /// The pattern has no time.
    #[error("{0:?} never comes")]
    Never(String),
}

/// When a schedule is due.
#[derive(Clone, Debug)]
pub struct Timetable {
    cron: Cron,
    zone: TimeZone,
}

impl Timetable {
    /// Reads a pattern and a zone.
    pub fn new(pattern: &str, zone: &str) -> Result<Self, TimetableError> {
        let cron = Cron::from_str(pattern)
            .map_err(|error| TimetableError::Pattern { pattern: pattern.to_owned(), reason: error.to_string() })?;
        let zone = TimeZone::get(zone).map_err(|_| TimetableError::Zone(zone.to_owned()))?;
        Ok(Self { cron, zone })
    }

    /// The timetable of a schedule.
    pub fn of(schedule: &Schedule) -> Result<Self, TimetableError> {
        Self::new(&schedule.cron, &schedule.zone)
    }

    /// The first time after `now`.
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let found: Zoned = self.cron.find_next_occurrence(&self.local(now), false).ok()?;
        Some(found.timestamp())
    }

    /// The last time that is not after `now`.
    pub fn last(&self, now: Timestamp) -> Option<Timestamp> {
        let found: Zoned = self.cron.find_previous_occurrence(&self.local(now), true).ok()?;
        Some(found.timestamp())
    }

    /// The day that a time lies on.
    pub fn day(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// The end of the day before that of `at`: what a document made at `at` speaks of.
    pub fn end_of_day_before(&self, at: Timestamp) -> Timestamp {
        let start = self.local(at).start_of_day().map_or(at, |start| start.timestamp());
        start.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(start)
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_and_next() {
        let check = |pattern: &str, zone: &str, now: &str, expected: (&str, &str)| {
            let table = Timetable::new(pattern, zone).unwrap();
            let now: Timestamp = now.parse().unwrap();
            let shown = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
            assert_eq!((shown(table.last(now)).as_str(), shown(table.next(now)).as_str()), expected, "{pattern} {now}");
        };
        let monthly = "0 6 1 * *";
        check(monthly, "UTC", "2026-03-15T00:00:00Z", ("2026-03-01T06:00:00Z", "2026-04-01T06:00:00Z"));
        check(monthly, "UTC", "2026-03-01T06:00:00Z", ("2026-03-01T06:00:00Z", "2026-04-01T06:00:00Z"));
        check(monthly, "Asia/Kolkata", "2026-03-15T00:00:00Z", ("2026-03-01T00:30:00Z", "2026-04-01T00:30:00Z"));
        // The clocks go forward from 2 to 3 on 29 March 2026, and back from 3 to 2 on 25 October.
        let night = "30 2 * * *";
        let berlin = "Europe/Berlin";
        check(night, berlin, "2026-03-29T00:30:00Z", ("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z"));
        check(night, berlin, "2026-10-25T00:30:00Z", ("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"));
        // A leap day comes every four years.
        check("0 0 29 2 *", "UTC", "2026-03-15T00:00:00Z", ("2024-02-29T00:00:00Z", "2028-02-29T00:00:00Z"));
        check("0 9 * * MON", "UTC", "2026-03-15T00:00:00Z", ("2026-03-09T09:00:00Z", "2026-03-16T09:00:00Z"));
    }

    #[test]
    fn what_is_no_timetable_is_told() {
        let check = |pattern: &str, zone: &str, expected: &str| {
            let error = Timetable::new(pattern, zone).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        };
        check("every day", "UTC", "\"every day\" is no cron pattern");
        check("0 25 * * *", "UTC", "is no cron pattern");
        check("0 6 1 * *", "Mars/Olympus", "\"Mars/Olympus\" is no time zone");
    }

    #[test]
    fn a_document_speaks_of_the_days_before() {
        let table = Timetable::new("0 6 1 * *", "Europe/Berlin").unwrap();
        let due = table.next("2026-03-15T00:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(table.end_of_day_before(due).to_string(), "2026-03-31T21:59:59.999999999Z");
        assert_eq!(table.day(due).to_string(), "2026-04-01");
    }
}
