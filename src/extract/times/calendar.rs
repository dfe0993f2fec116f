//! Calendar arithmetic that cannot fail: what leaves the calendar answers nothing.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::words::Unit;
use crate::model::Grain;

/// A day so many units later; negative is earlier.
pub(super) fn shift(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let span = match unit {
        Unit::Day => Span::new().try_days(count),
        Unit::Weekday => return business_days(day, count),
        Unit::Week | Unit::Workweek | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Fortnight => Span::new().try_weeks(count.checked_mul(2)?),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count.checked_mul(3)?),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(count.checked_mul(10)?),
        Unit::Century => Span::new().try_years(count.checked_mul(100)?),
        Unit::Second | Unit::Minute | Unit::Hour => return None,
    };
    day.checked_add(span.ok()?).ok()
}

/// Working days later or earlier; more than a few hundred years of them answer nothing.
pub(super) fn business_days(mut day: Date, count: i64) -> Option<Date> {
    const MOST: i64 = 2_000;
    if count.abs() > MOST {
        return None;
    }
    let step = count.signum().days();
    let mut left = count.abs();
    while left > 0 {
        day = day.checked_add(step).ok()?;
        if !is_weekend(day) {
            left -= 1;
        }
    }
    Some(day)
}

/// Saturday or Sunday.
pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Monday of the week of `day`.
pub(super) fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

/// A weekday (1 Monday … 7 Sunday) of the week that starts at `monday`.
pub(super) fn in_week(monday: Date, weekday: i8) -> Option<Date> {
    monday.checked_add(i64::from(weekday - 1).days()).ok()
}

/// The coming day of that weekday, `from` included.
pub(super) fn coming(from: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - from.weekday().to_monday_one_offset()).rem_euclid(7);
    from.checked_add(i64::from(ahead).days()).ok()
}

/// The latest day of that weekday before `from`.
pub(super) fn past(from: Date, weekday: i8) -> Option<Date> {
    let behind = (from.weekday().to_monday_one_offset() - weekday - 1).rem_euclid(7) + 1;
    from.checked_sub(i64::from(behind).days()).ok()
}

/// A date, if the calendar has it.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The unit around `day`, so many units on: start, end exclusive and grain.
pub(super) fn around(day: Date, unit: Unit, offset: i64) -> Option<(Date, Date, Grain)> {
    let (start, grain) = match unit {
        Unit::Day | Unit::Weekday => (day, Grain::Day),
        Unit::Week | Unit::Workweek | Unit::Fortnight => (monday(day)?, Grain::Week),
        Unit::Weekend => (in_week(monday(day)?, 6)?, Grain::Day),
        Unit::Month => (day.first_of_month(), Grain::Month),
        Unit::Quarter => (date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)?, Grain::Quarter),
        Unit::Year => (day.first_of_year(), Grain::Year),
        Unit::Decade => (date(day.year() / 10 * 10, 1, 1)?, Grain::Year),
        Unit::Century => (date(day.year() / 100 * 100, 1, 1)?, Grain::Year),
        Unit::Second | Unit::Minute | Unit::Hour => return None,
    };
    let start = shift(start, offset, unit)?;
    let end = match unit {
        Unit::Weekend => start.checked_add(2.days()).ok()?,
        Unit::Workweek => start.checked_add(5.days()).ok()?,
        _ => shift(start, 1, unit)?,
    };
    Some((start, end, grain))
}

/// A year as written: two digits are of this century up to 49.
pub(super) fn year(number: u32, digits: u8) -> Option<i16> {
    match digits {
        2 => Some(if number < 50 { 2000 } else { 1900 } + number as i16),
        4 if (1000..=2999).contains(&number) => Some(number as i16),
        _ => None,
    }
}
