//! What an invitation says of its event, as attributes. Reads the few properties that mail needs; whole calendars are
//! another source.

use std::collections::BTreeMap;

use crate::sources::text;

/// Properties kept, with the attribute they become.
const PROPERTIES: [(&str, &str); 7] = [
    ("METHOD", "event.method"),
    ("SUMMARY", "event.summary"),
    ("DTSTART", "event.start"),
    ("DTEND", "event.end"),
    ("UID", "event.uid"),
    ("LOCATION", "event.location"),
    ("STATUS", "event.status"),
];

/// Puts the first event of `ics` into `attributes` and returns its description.
pub(crate) fn event_facts(ics: &str, attributes: &mut BTreeMap<String, String>) -> Option<String> {
    let unfolded = ics.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut inside = Vec::new();
    let mut description = None;
    for line in unfolded.lines() {
        let Some((head, value)) = split_property(line) else { continue };
        let mut parameters = head.split(';');
        let name = parameters.next().unwrap_or_default().to_ascii_uppercase();
        match name.as_str() {
            "BEGIN" => inside.push(value.trim().to_ascii_uppercase()),
            "END" => drop(inside.pop()),
            // Only the calendar itself and its events: zones and alarms have properties of the same names.
            _ if inside.iter().any(|part| part != "VCALENDAR" && part != "VEVENT") => {}
            "DESCRIPTION" => description = description.or_else(|| Some(unescape(value))),
            _ => keep(&name, parameters, value, attributes),
        }
    }
    description.filter(|text| !text.trim().is_empty())
}

fn keep<'a>(
    name: &str,
    parameters: impl Iterator<Item = &'a str>,
    value: &str,
    attributes: &mut BTreeMap<String, String>,
) {
    let Some((_, attribute)) = PROPERTIES.iter().find(|(property, _)| *property == name) else { return };
    let value = text::one_line(&unescape(value));
    if value.is_empty() || attributes.contains_key(*attribute) {
        return;
    }
    if name == "DTSTART" {
        let zone = parameters.filter_map(|parameter| parameter.split_once('=')).find(|(key, _)| *key == "TZID");
        if let Some((_, zone)) = zone {
            attributes.insert("event.zone".to_owned(), zone.trim_matches('"').to_owned());
        }
    }
    attributes.insert((*attribute).to_owned(), value);
}

/// Splits at the first `:` outside double quotes.
fn split_property(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })?;
    Some((&line[..at], &line[at + 1..]))
}

fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_event_and_not_the_zone() {
        let ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n\
            END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nSUMMARY;LANGUAGE=en:Kick-\r\n off\\, part 1\r\n\
            DTSTART;TZID=\"W. Europe: Standard Time\":20260120T100000\r\nUID:7\r\nDESCRIPTION:a\\nb\r\nEND:VEVENT\r\n";
        let mut attributes = BTreeMap::new();
        assert_eq!(event_facts(ics, &mut attributes).as_deref(), Some("a\nb"));
        let found: Vec<_> = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let expected = [
            ("event.method", "REQUEST"),
            ("event.start", "20260120T100000"),
            ("event.summary", "Kick-off, part 1"),
            ("event.uid", "7"),
            ("event.zone", "W. Europe: Standard Time"),
        ];
        assert_eq!(found, expected);
    }
}
