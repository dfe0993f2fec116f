//! What templates do with values: days, names of kinds, counts, small drawings. Words are those of customer success.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::{Environment, Error, ErrorKind, Value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for itself in a part of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Adds the filters to an environment.
pub(super) fn add_to(environment: &mut Environment<'static>) {
    environment.add_filter("day", day);
    environment.add_filter("moment", moment);
    environment.add_filter("month", month);
    environment.add_filter("ago", ago);
    environment.add_filter("words", words);
    environment.add_filter("kind", kind);
    environment.add_filter("count", count);
    environment.add_filter("short", short);
    environment.add_filter("capital", capital);
    environment.add_filter("percent", percent);
    environment.add_filter("mood", mood);
    environment.add_filter("part", |text: &str| utf8_percent_encode(text, PLAIN).to_string());
    environment.add_function("sparkline", |means: Vec<f64>| Value::from_safe_string(sparkline(&means)));
}

fn wrong(what: &str, text: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("{text:?} is no {what}"))
}

/// The day of a date or a time: `13 Feb 2026`. Nothing stays nothing.
fn day(value: &Value) -> Result<String, Error> {
    let Some(text) = value.as_str() else { return Ok(String::new()) };
    let date = match text.parse::<Timestamp>() {
        Ok(time) => time.to_zoned(TimeZone::UTC).date(),
        Err(_) => text.parse::<Date>().map_err(|_| wrong("day", text))?,
    };
    Ok(date.strftime("%-d %b %Y").to_string())
}

/// A time to the minute: `13 Feb 2026, 14:05`.
fn moment(value: &Value) -> Result<String, Error> {
    let Some(text) = value.as_str() else { return Ok(String::new()) };
    let time: Timestamp = text.parse().map_err(|_| wrong("time", text))?;
    Ok(time.to_zoned(TimeZone::UTC).strftime("%-d %b %Y, %H:%M").to_string())
}

/// The month of a day: `February 2026`.
fn month(value: &Value) -> Result<String, Error> {
    let Some(text) = value.as_str() else { return Ok(String::new()) };
    let date: Date = text.parse().map_err(|_| wrong("day", text))?;
    Ok(date.strftime("%B %Y").to_string())
}

/// How long a time lies before another: `today`, `3 days ago`, `5 weeks ago`.
fn ago(value: &Value, now: &str) -> Result<String, Error> {
    let Some(text) = value.as_str() else { return Ok(String::new()) };
    let time: Timestamp = text.parse().map_err(|_| wrong("time", text))?;
    let now: Timestamp = now.parse().map_err(|_| wrong("time", now))?;
    let date = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    let days = (date(now) - date(time)).get_days();
    Ok(match days {
        ..=-2 => format!("in {} days", -days),
        -1 => "tomorrow".to_owned(),
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=13 => format!("{days} days ago"),
        14..=60 => format!("{} weeks ago", days / 7),
        61..=729 => format!("{} months ago", days / 30),
        _ => format!("{} years ago", days / 365),
    })
}

/// A name of the contract as words: `decision_maker` is `decision maker`.
fn words(text: &str) -> String {
    text.replace(['_', '.', '-'], " ")
}

/// What a kind of fact, change or source is called: one, and several.
const KINDS: [(&str, &str, &str); 39] = [
    ("commitment", "promise", "promises"),
    ("request", "request", "requests"),
    ("risk", "risk", "risks"),
    ("objective", "objective", "objectives"),
    ("metric", "success metric", "success metrics"),
    ("pain_point", "pain point", "pain points"),
    ("requirement", "requirement", "requirements"),
    ("decision", "decision", "decisions"),
    ("preference", "preference", "preferences"),
    ("sensitive_topic", "sensitive topic", "sensitive topics"),
    ("buying_motivation", "reason to buy", "reasons to buy"),
    ("open_issue", "open issue", "open issues"),
    ("customization", "customisation", "customisations"),
    ("expansion_signal", "expansion signal", "expansion signals"),
    ("stakeholder.new", "new person", "new people"),
    ("stakeholder.departed", "person left", "people left"),
    ("stakeholder.silent", "person silent", "people silent"),
    ("stakeholder.role_changed", "role changed", "roles changed"),
    ("sentiment.shifted", "mood shifted", "moods shifted"),
    ("usage.changed", "usage changed", "usage changed"),
    ("commitment.new", "new promise", "new promises"),
    ("commitment.fulfilled", "promise kept", "promises kept"),
    ("commitment.overdue", "promise overdue", "promises overdue"),
    ("risk.new", "new risk", "new risks"),
    ("risk.resolved", "risk resolved", "risks resolved"),
    ("objective.changed", "objective changed", "objectives changed"),
    ("fact.conflict", "contradiction", "contradictions"),
    ("owner.changed", "owner changed", "owners changed"),
    ("email", "mail", "mails"),
    ("chat", "chat message", "chat messages"),
    ("call", "call", "calls"),
    ("ticket", "ticket", "tickets"),
    ("note", "note", "notes"),
    ("crm", "CRM record", "CRM records"),
    ("usage", "usage report", "usage reports"),
    ("survey", "survey answer", "survey answers"),
    ("event", "calendar entry", "calendar entries"),
    ("person", "person", "people"),
    ("organization", "organisation", "organisations"),
];

/// What a kind is called, `count` of it.
fn kind(name: &str, count: Option<i64>) -> String {
    let found = KINDS.iter().find(|(known, ..)| *known == name);
    found.map_or_else(|| words(name), |(_, one, several)| (if count == Some(1) { one } else { several }).to_string())
}

/// A number with its noun: `1 promise`, `3 promises`.
fn count(number: i64, one: &str, several: Option<&str>) -> String {
    let several = several.map_or_else(|| format!("{one}s"), str::to_owned);
    format!("{number} {}", if number == 1 { one } else { &several })
}

/// A text that begins with a capital; the rest stays as it is.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The beginning of a text: at most so many characters, cut between words where that is near.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let words =
        cut.rsplit_once(char::is_whitespace).map(|(words, _)| words).filter(|words| words.len() * 4 > cut.len() * 3);
    format!("{}…", words.unwrap_or(&cut).trim_end())
}

/// A share as per cent; nothing where there is none.
fn percent(value: &Value) -> String {
    f64::try_from(value.clone()).map_or_else(|_| String::new(), |share| format!("{:.0} %", share * 100.0))
}

/// Moods in words, worst first.
pub(super) const MOODS: [&str; 5] = ["unhappy", "uneasy", "neutral", "friendly", "happy"];

/// Which of [`MOODS`] a mood is. Moods are -1 to 1 toward us.
pub(super) fn mood_level(mood: f64) -> usize {
    match mood {
        ..-0.4 => 0,
        ..-0.1 => 1,
        ..0.1 => 2,
        ..0.4 => 3,
        _ => 4,
    }
}

/// A mood in words.
fn mood(value: &Value) -> &'static str {
    f64::try_from(value.clone()).map_or("not known", |mood| MOODS[mood_level(mood)])
}

/// Size of a sparkline, in the units of its drawing.
const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 20.0;

/// Moods of months as a line about zero.
fn sparkline(means: &[f64]) -> String {
    let Some(last) = means.last() else { return String::new() };
    let step = if means.len() > 1 { (WIDTH - 6.0) / (means.len() - 1) as f64 } else { 0.0 };
    let place = |at: usize, mean: f64| {
        let x = if means.len() > 1 { 3.0 + step * at as f64 } else { WIDTH - 3.0 };
        (x, HEIGHT / 2.0 - mean.clamp(-1.0, 1.0) * (HEIGHT / 2.0 - 3.0))
    };
    let mut points = String::new();
    for (at, mean) in means.iter().enumerate() {
        let (x, y) = place(at, *mean);
        // Writing to a string cannot fail.
        let _ = write!(points, "{x:.1},{y:.1} ");
    }
    let (x, y) = place(means.len() - 1, *last);
    let sign = if *last < -0.1 {
        "low"
    } else if *last > 0.1 {
        "high"
    } else {
        "even"
    };
    let said = mood(&Value::from(*last));
    format!(
        r#"<svg class="sparkline {sign}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="mood: {said}"><line x1="0" x2="{WIDTH}" y1="{0}" y2="{0}"/><polyline points="{1}"/><circle cx="{x:.1}" cy="{y:.1}" r="2.5"/></svg>"#,
        HEIGHT / 2.0,
        points.trim_end(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_as_people_say_them() {
        let check = |text: &str, expected: &str| assert_eq!(day(&Value::from(text)).unwrap(), expected, "{text}");
        check("2026-02-13", "13 Feb 2026");
        check("2026-02-13T23:59:59Z", "13 Feb 2026");
        let check = |text: &str, expected: &str| {
            assert_eq!(ago(&Value::from(text), "2026-02-13T12:00:00Z").unwrap(), expected, "{text}");
        };
        check("2026-02-13T01:00:00Z", "today");
        check("2026-02-12T23:00:00Z", "yesterday");
        check("2026-02-03T00:00:00Z", "10 days ago");
        check("2026-01-09T00:00:00Z", "5 weeks ago");
        check("2026-02-16T00:00:00Z", "in 3 days");
        assert_eq!(day(&Value::UNDEFINED).unwrap(), "");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let check = |text: &str, most: usize, expected: &str| assert_eq!(short(text, most), expected);
        check("We will send it", 20, "We will send it");
        check("We will send it tomorrow", 18, "We will send it…");
        check("Donaudampfschifffahrt", 8, "Donaudam…");
    }

    #[test]
    fn kinds_have_names() {
        assert_eq!(kind("commitment", Some(1)), "promise");
        assert_eq!(kind("open_issue", None), "open issues");
        assert_eq!(kind("something_else", None), "something else");
        assert_eq!(count(3, "person", Some("people")), "3 people");
    }

    #[test]
    fn a_sparkline_ends_where_the_mood_is() {
        assert_eq!(sparkline(&[]), "");
        let line = sparkline(&[0.5, -0.5]);
        assert!(line.contains("low") && line.contains("3.0,6.5 69.0,13.5"), "{line}");
    }
}
