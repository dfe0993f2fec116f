//! Notes in Markdown, with or without YAML front matter. The text is the note without its front matter.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_yaml_ng::Value;

use super::dates::Moment;
use super::emit::{self, Person};
use super::{Sink, dates, json, tables, transcripts};
use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole, Side, Visibility};

/// Says whether a file is a note: front matter or a heading, or named as Markdown, and not one of the other forms.
pub fn sniff(name: &str, head: &str) -> bool {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let named = [".md", ".markdown", ".mdown"].iter().any(|end| name.to_lowercase().ends_with(end));
    let headed = start.lines().take(5).any(|line| line.starts_with("# ") || line.starts_with("## "));
    let plain_note = name.to_lowercase().ends_with(".txt") && header_lines(start).0.date.is_some();
    let dated = named || headed || plain_note || front_matter(start).is_some_and(|(yaml, _)| yaml.contains(':'));
    dated && !start.is_empty() && !is_other_form(name, start)
}

fn is_other_form(name: &str, start: &str) -> bool {
    let upper = start.get(..20).unwrap_or(start).to_uppercase();
    let marks = ["WEBVTT", "BEGIN:VCALENDAR", "<!DOCTYPE", "<HTML"];
    let mail_headers = ["message-id:", "received:", "mime-version:", "return-path:", "from "];
    let is_mail = start.lines().take(30).any(|line| {
        let line = line.to_lowercase();
        mail_headers[..4].iter().any(|header| line.starts_with(header))
    }) || start.starts_with("From ") && start.lines().nth(1).is_some_and(|line| line.contains(':'));
    marks.iter().any(|mark| upper.starts_with(mark))
        || is_mail
        || json::starts_like_json(start)
        || transcripts::sniff(name, start)
        || tables::kind_of_head(start).is_some()
}

/// Reads a note. A note without any date is a problem, for nothing could be judged against time.
pub fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let text = text.trim_start_matches('\u{feff}');
    let mut facts = Stated::default();
    let mut body = text;
    if let Some((yaml, rest)) = front_matter(text) {
        body = rest;
        match serde_yaml_ng::from_str::<Value>(yaml) {
            Ok(value) => facts = Stated::from_yaml(&value),
            Err(error) => emit::reject(sink, label, "front matter", format!("not valid YAML: {error}"))?,
        }
    }
    let (lines, title) = header_lines(body);
    facts = facts.or(lines);
    let body = body.trim();
    if body.is_empty() {
        return emit::reject(sink, label, "", "the note is empty");
    }
    let name = emit::file_name(label);
    let Some(date) = facts.date.or_else(|| dates::in_name(name).map(|(moment, _)| moment)) else {
        return emit::reject(
            sink,
            label,
            "",
            "no date: neither in the front matter, a line `Date: …` nor the file name",
        );
    };
    let mut attributes = BTreeMap::new();
    if let Some(account) = facts.account {
        attributes.insert("account.hint".to_owned(), account);
    }
    let subject = facts.title.or(title);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let about = attributes.get("account.hint").map(String::as_str);
    let parts = [date.at.to_string(), subject.clone().unwrap_or_default(), about.unwrap_or_default().to_owned()];
    let id = facts.id.unwrap_or_else(|| format!("{stem}:{}", emit::short_hash(parts.iter().map(String::as_str))));
    emit::give(
        sink,
        Interaction {
            id: format!("note:{id}"),
            kind: InteractionKind::Note,
            sent_at: Some(date.at),
            utc_offset_minutes: date.utc_offset_minutes,
            subject,
            text: body.to_owned(),
            language: facts.language,
            participants: facts.people,
            visibility: facts.visibility.unwrap_or_default(),
            attributes,
            ..Interaction::default()
        },
    )
}

/// The YAML between the first two `---` lines, and what follows.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---")?.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// What a note says about itself.
#[derive(Default)]
struct Stated {
    date: Option<Moment>,
    title: Option<String>,
    account: Option<String>,
    id: Option<String>,
    language: Option<String>,
    people: Vec<Participant>,
    visibility: Option<Visibility>,
}

impl Stated {
    fn from_yaml(value: &Value) -> Self {
        let text = |keys: &[&str]| keys.iter().find_map(|key| yaml_text(value.get(*key)?));
        let mut people = Vec::new();
        let authors = ["author", "from", "authors", "by"].iter().find_map(|key| value.get(*key));
        people.extend(authors.into_iter().flat_map(persons).map(|person| person.as_role(ParticipantRole::Author)));
        if let Some(author) = people.first_mut() {
            author.address = author.address.take().or_else(|| emit::mail_address(&text(&["author_email", "email"])?));
        }
        let attendees = ["participants", "attendees", "with", "people"].iter().find_map(|key| value.get(*key));
        people.extend(attendees.into_iter().flat_map(persons).map(|person| person.as_role(ParticipantRole::Attendee)));
        let internal = value.get("internal").and_then(Value::as_bool).unwrap_or(false);
        let stated = text(&["visibility"]).map(|word| word.to_lowercase());
        Self {
            date: text(&["date", "created", "datetime", "day", "meeting_date"]).and_then(|date| dates::moment(&date)),
            title: text(&["title", "subject"]),
            account: text(&["account", "customer", "company", "client"]),
            id: text(&["id", "uid"]),
            language: text(&["lang", "language"]),
            people,
            visibility: match stated.as_deref() {
                Some("private") => Some(Visibility::Private),
                Some("internal") => Some(Visibility::Internal),
                Some(_) | None => internal.then_some(Visibility::Internal),
            },
        }
    }

    /// What is stated here, and from `other` what is not.
    fn or(self, other: Self) -> Self {
        Self {
            date: self.date.or(other.date),
            title: self.title.or(other.title),
            account: self.account.or(other.account),
            id: self.id.or(other.id),
            language: self.language.or(other.language),
            people: if self.people.is_empty() { other.people } else { self.people },
            visibility: self.visibility.or(other.visibility),
        }
    }
}

fn yaml_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => emit::full(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

/// The people of a front matter field: a text (split at commas), a list, or a mapping of name, email and side.
fn persons(value: &Value) -> Vec<Person> {
    match value {
        Value::String(text) => text.split([',', ';']).filter_map(Person::parse).collect(),
        Value::Sequence(list) => list.iter().flat_map(persons).collect(),
        Value::Mapping(_) => {
            let text = |keys: &[&str]| keys.iter().find_map(|key| yaml_text(value.get(*key)?));
            let address = text(&["email", "address"]).and_then(|address| emit::mail_address(&address));
            let side = text(&["side"]).and_then(|side| Side::from_name(&side.to_lowercase()));
            Person { name: text(&["name"]), address, side, id: None }.known().into_iter().collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => Vec::new(),
    }
}

/// `Date: …`, `Author: …` lines, a date in the first headings, and the first heading as title.
fn header_lines(body: &str) -> (Stated, Option<String>) {
    let mut stated = Stated::default();
    let mut title = None;
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()).take(12) {
        let is_heading = line.starts_with('#');
        let plain = line.trim_start_matches(['#', '*', '-', '_', '>', ' ']).replace("**", "").replace("__", "");
        if is_heading && title.is_none() {
            title = emit::full(&plain);
        }
        if is_heading && stated.date.is_none() {
            stated.date =
                dates::moment(&plain).or_else(|| dates::in_name(&plain).map(|(moment, _)| moment)).or_else(|| {
                    plain.split(['-', '–', '—', '(', ')', ':']).filter(|part| part.len() > 5).find_map(dates::moment)
                });
        }
        let Some((key, value)) = plain.split_once(':') else { continue };
        match key.trim().to_lowercase().as_str() {
            "date" | "when" | "datum" | "meeting date" => stated.date = dates::moment(value).or(stated.date),
            "author" | "by" | "written by" | "from" | "note taker" => {
                stated.people.extend(Person::parse(value).map(|person| person.as_role(ParticipantRole::Author)));
            }
            "attendees" | "participants" | "present" | "with" => {
                let people = value.split([',', ';']).filter_map(Person::parse);
                stated.people.extend(people.map(|person| person.as_role(ParticipantRole::Attendee)));
            }
            "account" | "customer" | "client" => stated.account = emit::full(value),
            _ => {}
        }
    }
    (stated, title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Item;

    fn check(label: &str, text: &str, expected: &str) {
        let mut shown = String::new();
        let _ = read(label, text, &mut |item| {
            shown = match item {
                Item::Interaction(note) => {
                    let people: Vec<_> = note.participants.iter().filter_map(|person| person.name.clone()).collect();
                    format!("{} [{}] {}", note.sent_at.unwrap(), people.join(", "), note.text.replace('\n', "/"))
                }
                Item::Problem(problem) => format!("problem: {}", problem.reason),
            };
            ControlFlow::Continue(())
        });
        assert_eq!(shown, expected, "{label}");
    }

    #[test]
    fn reads_notes() {
        check(
            "a.md",
            "---\ndate: 2026-01-12\nauthor: Ines Moreau\n---\nHello\n",
            "2026-01-12T00:00:00Z [Ines Moreau] Hello",
        );
        check("2026-01-12 x.md", "Hello", "2026-01-12T00:00:00Z [] Hello");
        check("a.md", "# Kick-off - 12 Jan 2026\nHello", "2026-01-12T00:00:00Z [] # Kick-off - 12 Jan 2026/Hello");
        check(
            "a.md",
            "**Date:** January 12, 2026\nAttendees: Ines, Tomas\n\nHello",
            "2026-01-12T00:00:00Z [Ines, Tomas] **Date:** January 12, 2026/Attendees: Ines, Tomas//Hello",
        );
        check("a.md", "Hello", "problem: no date: neither in the front matter, a line `Date: …` nor the file name");
        check("a.md", "---\ndate: 2026-01-12\n---\n \n", "problem: the note is empty");
    }
}
