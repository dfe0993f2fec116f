//! What an expression says, and how that is written.

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use super::Time;
use crate::model::Grain;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    pub(super) grain: Grain,
    /// Whether am, pm or a 24-hour form tells which half of the day.
    pub(super) settled: bool,
}

impl Clock {
    /// A full hour, told.
    pub(super) fn of_hour(hour: i8) -> Self {
        Self { hour, minute: 0, second: 0, grain: Grain::Hour, settled: true }
    }
}

/// A clock on a day.
pub(super) fn at_clock(on: Date, clock: Clock) -> DateTime {
    on.at(clock.hour, clock.minute, clock.second, 0)
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// One day.
    Day(Date),
    /// A stretch of days, end exclusive; `due` is the day by which something said to be done in it is due.
    Days { start: Date, end: Date, grain: Grain, due: Option<Date> },
    /// A time of an unnamed day.
    Clock(Clock),
    /// From one time of an unnamed day to another.
    Clocks(Clock, Clock),
    /// A time of one day.
    Moment(Date, Clock),
    /// From one moment to another.
    Moments(DateTime, DateTime),
    /// From now to a moment by which something is due ("within 24 hours").
    Within(DateTime, DateTime),
    /// An instant counted from the message's own ("in 30 minutes").
    Instant(DateTime),
    /// The present ("now", "at the moment"): nothing is due by it.
    Now(DateTime),
    /// All time up to the message's own day ("to date"): nothing is due by it.
    ToDate(Date),
    /// A stretch whose days depend on what is not said: a season, the end of a fiscal year.
    Open(Grain),
    /// A length of time, as ISO 8601.
    Length(String),
    /// Something that recurs, as the length or weekday after which it does.
    Every(String),
    /// Nothing exact ("soon").
    Vague,
}

impl Value {
    /// A stretch without a day by which anything would be due.
    pub(super) fn days(start: Date, end: Date, grain: Grain) -> Self {
        Self::Days { start, end, grain, due: None }
    }

    /// A clock or two on a day.
    pub(super) fn on(&self, day: Date) -> Option<Self> {
        match self {
            Self::Clock(clock) => Some(Self::Moment(day, *clock)),
            Self::Clocks(from, to) => Some(Self::Moments(at_clock(day, *from), at_clock(day, *to))),
            _ => None,
        }
    }

    /// The first day of what is named.
    pub(super) fn first_day(&self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Moment(day, _) | Self::ToDate(day) => Some(*day),
            Self::Days { start, .. } => Some(*start),
            Self::Moments(from, _) | Self::Within(from, _) | Self::Instant(from) | Self::Now(from) => Some(from.date()),
            Self::Clock(_) | Self::Clocks(..) | Self::Length(_) | Self::Every(_) | Self::Open(_) | Self::Vague => None,
        }
    }

    /// The day on which something set for this time is due.
    fn due(&self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Moment(day, _) => Some(*day),
            Self::Days { due, .. } => *due,
            Self::Moments(from, to) => (from.date() == to.date()).then(|| from.date()),
            Self::Instant(at) | Self::Within(_, at) => Some(at.date()),
            Self::Clock(_)
            | Self::Clocks(..)
            | Self::Length(_)
            | Self::Every(_)
            | Self::Now(_)
            | Self::ToDate(_)
            | Self::Open(_)
            | Self::Vague => None,
        }
    }

    fn grain(&self) -> Grain {
        match self {
            Self::Day(_) | Self::ToDate(_) => Grain::Day,
            Self::Open(grain) | Self::Days { grain, .. } => *grain,
            Self::Clock(clock) | Self::Moment(_, clock) | Self::Clocks(clock, _) => clock.grain,
            Self::Moments(..) | Self::Within(..) => Grain::Hour,
            Self::Instant(_) | Self::Now(_) => Grain::Minute,
            Self::Length(length) => grain_of_length(length),
            Self::Every(_) | Self::Vague => Grain::None,
        }
    }

    /// The value as it is written.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Day(day) | Self::ToDate(day) => Some(day.to_string()),
            Self::Days { start, end, grain, .. } => Some(days_text(*start, *end, *grain)),
            Self::Clock(clock) => Some(clock.to_string()),
            Self::Clocks(from, to) => Some(format!("{from}/{to}")),
            Self::Moment(day, clock) => Some(format!("{day}T{clock}")),
            Self::Within(from, to) if from.second() != to.second() => Some(format!("{from}/{to}")),
            Self::Moments(from, to) | Self::Within(from, to) => Some(format!("{}/{}", minutes(*from), minutes(*to))),
            Self::Instant(at) | Self::Now(at) => Some(minutes(*at)),
            Self::Length(length) | Self::Every(length) => Some(length.clone()),
            Self::Open(_) | Self::Vague => None,
        }
    }

    /// The expression as others see it.
    pub(super) fn into_time(self, range: Range<usize>, shown: Range<usize>) -> Time {
        Time { range, shown, value: self.text(), grain: self.grain(), day: self.due() }
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if self.grain == Grain::Second { write!(f, ":{:02}", self.second) } else { Ok(()) }
    }
}

/// A whole month, quarter or year is written short, any other stretch by its ends.
fn days_text(start: Date, end: Date, grain: Grain) -> String {
    let months = |count| start.day() == 1 && start.checked_add(jiff::Span::new().months(count)).ok() == Some(end);
    match grain {
        Grain::Month if months(1) => format!("{:04}-{:02}", start.year(), start.month()),
        Grain::Quarter if months(3) && (start.month() - 1) % 3 == 0 => {
            format!("{:04}-Q{}", start.year(), (start.month() + 2) / 3)
        }
        Grain::Year if months(12) && start.month() == 1 => format!("{:04}", start.year()),
        _ => format!("{start}/{end}"),
    }
}

fn minutes(at: DateTime) -> String {
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}

fn grain_of_length(length: &str) -> Grain {
    let in_time = length.contains('T');
    match length.as_bytes().last() {
        Some(b'S') => Grain::Second,
        Some(b'M') if in_time => Grain::Minute,
        Some(b'H') => Grain::Hour,
        Some(b'W') => Grain::Week,
        Some(b'M') => Grain::Month,
        Some(b'Y') => Grain::Year,
        _ => Grain::Day,
    }
}
