//! Compares a value of ours with those that a spec lists.

use jiff::civil::Date;
use serde_json::Value;

/// Says whether `ours` is one of the listed values; one that the spec leaves open is met by having none.
pub(super) fn is_listed(ours: Option<&str>, listed: &Value) -> bool {
    let listed = listed.as_array().map(Vec::as_slice).unwrap_or_default();
    match ours {
        None => listed.iter().any(|value| value["value"] == "not resolved"),
        Some(ours) => listed.iter().any(|value| is_same(&bounds(ours), value)),
    }
}

fn is_same(ours: &(String, Option<String>), listed: &Value) -> bool {
    let text = |field: &str| listed[field].as_str().map(short);
    let (start, end) = ours;
    if let ("duration" | "set", Some(timex)) = (listed["type"].as_str().unwrap_or_default(), text("timex")) {
        return *start == timex
            || seconds(start).is_some_and(|length| text("value").and_then(|value| value.parse().ok()) == Some(length));
    }
    if let Some(value) = text("value") {
        // The present is told to the minute.
        let present = listed["timex"] == "PRESENT_REF" && value.get(..start.len()) == Some(start.as_str());
        return end.is_none() && (*start == value || (present && start.len() == "2016-11-15T08:00".len()));
    }
    match (text("start"), text("end")) {
        (Some(from), Some(to)) => *start == from && end.as_ref() == Some(&to),
        // Open at one end ("since 2016", "before Friday"): we name the bound.
        (Some(from), None) => *start == from || end.as_ref() == Some(&from),
        (None, Some(to)) => *start == to || end.as_ref() == Some(&to),
        (None, None) => false,
    }
}

/// A listed value in our form, which keeps seconds only where there are any: `2016-11-15T08:00`, `07:15`, `07:15:30`. The
/// last second of a day is written as its last minute.
fn short(value: &str) -> String {
    let value = value.replace(' ', "T");
    match value.rsplit_once(':') {
        Some((rest, seconds)) if rest.contains(':') && (seconds == "00" || value.ends_with("23:59:59")) => {
            rest.to_owned()
        }
        Some(_) | None => value,
    }
}

/// Both ends of our value, the second one exclusive; a month, quarter or year has two.
fn bounds(ours: &str) -> (String, Option<String>) {
    if let Some((start, end)) = ours.split_once('/') {
        return (start.to_owned(), Some(end.to_owned()));
    }
    let whole = |start: Date, months: i64| {
        let end = start.checked_add(jiff::Span::new().months(months)).ok()?;
        Some((start.to_string(), Some(end.to_string())))
    };
    let year: Option<i16> = ours.get(..4).and_then(|year| year.parse().ok());
    let month: Option<i8> = ours.get(5..7).and_then(|month| month.parse().ok());
    let quarter: Option<i8> = ours.get(4..).and_then(|rest| rest.strip_prefix("-Q")).and_then(|q| q.parse().ok());
    let found = match (ours.len(), year, month, quarter) {
        (4, Some(year), ..) => Date::new(year, 1, 1).ok().and_then(|start| whole(start, 12)),
        (7, Some(year), _, Some(quarter)) => Date::new(year, quarter * 3 - 2, 1).ok().and_then(|start| whole(start, 3)),
        (7, Some(year), Some(month), None) => Date::new(year, month, 1).ok().and_then(|start| whole(start, 1)),
        _ => None,
    };
    found.unwrap_or_else(|| (ours.to_owned(), None))
}

/// Seconds of a length; a month has 30 days and a year 365.
fn seconds(length: &str) -> Option<f64> {
    let rest = length.strip_prefix('P')?;
    let (days, clock) = rest.split_once('T').unwrap_or((rest, ""));
    let sum = |part: &str, units: &[(char, f64)]| {
        let mut total = 0.0;
        let mut number = String::new();
        for c in part.chars() {
            match units.iter().find(|(unit, _)| *unit == c) {
                Some((_, seconds)) => {
                    total += number.parse::<f64>().ok()? * seconds;
                    number.clear();
                }
                None => number.push(c),
            }
        }
        number.is_empty().then_some(total)
    };
    let day = 86_400.0;
    let days = sum(days, &[('Y', 365.0 * day), ('M', 30.0 * day), ('W', 7.0 * day), ('D', day)])?;
    Some(days + sum(clock, &[('H', 3600.0), ('M', 60.0), ('S', 1.0)])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_compared_in_one_form() {
        let check = |ours: Option<&str>, listed: Value, expected: bool| {
            assert_eq!(is_listed(ours, &json!([listed])), expected, "{ours:?}");
        };
        check(Some("2016-11"), json!({"type": "daterange", "start": "2016-11-01", "end": "2016-12-01"}), true);
        check(Some("2016-Q4"), json!({"type": "daterange", "start": "2016-10-01", "end": "2017-01-01"}), true);
        check(Some("2016-11-15T08:00"), json!({"type": "datetime", "value": "2016-11-15 08:00:00"}), true);
        check(Some("07:15"), json!({"type": "time", "value": "07:15:00"}), true);
        check(Some("07:15"), json!({"type": "time", "value": "19:15:00"}), false);
        check(Some("07:15:30"), json!({"type": "time", "value": "07:15:30"}), true);
        check(Some("07:15"), json!({"type": "time", "value": "07:15:30"}), false);
        check(Some("P2W"), json!({"type": "duration", "timex": "P14D", "value": "1209600"}), true);
        check(Some("2016"), json!({"type": "daterange", "start": "2016-01-01", "Mod": "since"}), true);
        check(None, json!({"type": "date", "value": "not resolved"}), true);
        check(None, json!({"type": "date", "value": "2016-01-01"}), false);
    }
}
