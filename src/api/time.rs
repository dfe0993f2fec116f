//! Times as a person writes them, on the command line and in requests.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize as _, Deserializer};

/// Reads a date (the end of that day, UTC) or an RFC 3339 time.
pub fn parse(text: &str) -> Result<Timestamp, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let wrong = || format!("{text:?} is neither a date (2026-01-12) nor a time (2026-01-12T09:30:00Z)");
    let date: Date = text.parse().map_err(|_| wrong())?;
    if text.len() > "2026-01-12".len() {
        return Err(wrong());
    }
    let end = date.at(23, 59, 59, 999_999_999).to_zoned(TimeZone::UTC).map_err(|_| wrong())?;
    Ok(end.timestamp())
}

/// Reads a date (the start of that day, UTC) or an RFC 3339 time.
pub fn parse_start(text: &str) -> Result<Timestamp, String> {
    let end = parse(text)?;
    let is_date = text.parse::<Timestamp>().is_err();
    Ok(if is_date {
        end.to_zoned(TimeZone::UTC).start_of_day().map_err(|error| error.to_string())?.timestamp()
    } else {
        end
    })
}

/// How a time is written where a date will do.
#[derive(utoipa::ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it describes a value that is read by hand")]
pub enum DateOrTime {
    /// A day.
    Date(Date),
    /// A moment.
    Time(Timestamp),
}

/// Reads an optional date (its end) or time.
pub fn some_end<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    read_some(deserializer, parse)
}

/// Reads an optional date (its start) or time.
pub fn some_start<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    read_some(deserializer, parse_start)
}

fn read_some<'de, D: Deserializer<'de>>(
    deserializer: D,
    read: fn(&str) -> Result<Timestamp, String>,
) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| read(&text).map_err(serde::de::Error::custom)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_times() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(parse(text).ok().map(|at| at.to_string()).as_deref(), expected, "{text}");
        };
        check("2026-01-12", Some("2026-01-12T23:59:59.999999999Z"));
        check("2026-01-12T09:30:00Z", Some("2026-01-12T09:30:00Z"));
        check("2026-01-12T09:30:00+01:00", Some("2026-01-12T08:30:00Z"));
        check("2026-01-12T09:30", None);
        check("yesterday", None);
    }
}
