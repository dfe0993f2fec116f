//! Calendars: one interaction an event, with its times, its people and their answers. Recurrence is told, not expanded.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName, ICalendarProperty,
    ICalendarValue,
};
use calcard::{Entry, Parser};
use jiff::Timestamp;

use super::Sink;
use super::emit::{self, Person};
use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole};

/// Says whether a file is a calendar.
pub fn sniff(_name: &str, head: &str) -> bool {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// What a calendar part of a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarSummary {
    /// `REQUEST`, `CANCEL`, `REPLY`, `PUBLISH`.
    pub method: Option<String>,
    /// The event's own identity.
    pub uid: Option<String>,
    /// Its title.
    pub summary: Option<String>,
    /// When it starts.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Where it takes place.
    pub location: Option<String>,
}

/// Reads the first event of a calendar part; `None` when there is none.
pub fn summary_of_calendar_part(text: &str) -> Option<CalendarSummary> {
    let mut parser = Parser::new(text);
    for _ in 0..ENTRIES_LIMIT {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let event = calendar.components.iter().find(|component| is_event(component))?;
                let zones = Zones::of(&calendar);
                return Some(CalendarSummary {
                    method: method(&calendar),
                    uid: text_of(event, &ICalendarProperty::Uid),
                    summary: text_of(event, &ICalendarProperty::Summary),
                    start: zones.time(event, &ICalendarProperty::Dtstart),
                    end: zones.time(event, &ICalendarProperty::Dtend),
                    location: text_of(event, &ICalendarProperty::Location),
                });
            }
            Entry::Eof => return None,
            _ => {}
        }
    }
    None
}

/// A damaged file yields one entry a line; more than this many are not looked at one by one.
const ENTRIES_LIMIT: usize = 100_000;

/// Reads every event of a file.
pub fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut parser = Parser::new(text);
    let mut events = 0usize;
    for number in 1..=ENTRIES_LIMIT {
        let reason = match parser.entry() {
            Entry::ICalendar(calendar) => {
                events += calendar.components.iter().filter(|component| is_event(component)).count();
                read_calendar(label, &calendar, sink)?;
                continue;
            }
            Entry::Eof => return finish(label, text, events, sink),
            Entry::UnterminatedComponent(name) => format!("{name} does not end"),
            Entry::UnexpectedComponentEnd { expected, found } => {
                format!("{} ends where {} is open", found.as_str(), expected.as_str())
            }
            Entry::TooManyComponents => return emit::reject(sink, label, "", "too many components"),
            Entry::InvalidLine(line) => {
                format!("not a calendar line: {}", line.trim().chars().take(60).collect::<String>())
            }
            Entry::VCard(_) => "a contact card, not an event".to_owned(),
            _ => "not a calendar entry".to_owned(),
        };
        emit::reject(sink, label, format!("entry {number}"), reason)?;
    }
    emit::reject(sink, label, "", "too many damaged lines; the rest was not read")
}

/// At the end of a file: tells when it held no event, or was cut off in the middle of one.
fn finish(label: &str, text: &str, events: usize, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let count = |mark: &str| text.lines().filter(|line| line.trim().eq_ignore_ascii_case(mark)).count();
    if count("BEGIN:VEVENT") > count("END:VEVENT") {
        emit::reject(sink, label, format!("event {events}"), "the event does not end; the file may be cut off")?;
    }
    if events == 0 {
        return emit::reject(sink, label, "", "no events in the file");
    }
    ControlFlow::Continue(())
}

fn read_calendar(label: &str, calendar: &ICalendar, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let zones = Zones::of(calendar);
    let method = method(calendar);
    for (index, component) in calendar.components.iter().filter(|component| is_event(component)).enumerate() {
        match event(component, &zones, method.as_deref()) {
            Ok(interaction) => emit::give(sink, interaction)?,
            Err(reason) => emit::reject(sink, label, format!("event {}", index + 1), reason)?,
        }
    }
    ControlFlow::Continue(())
}

fn is_event(component: &ICalendarComponent) -> bool {
    component.component_type == ICalendarComponentType::VEvent
}

fn method(calendar: &ICalendar) -> Option<String> {
    let root = calendar.components.first()?;
    Some(written(root.property(&ICalendarProperty::Method)?)?.to_uppercase())
}

/// The zones that a calendar defines, Windows names among them.
struct Zones<'a>(calcard::icalendar::timezone::TzResolver<&'a str>);

impl<'a> Zones<'a> {
    fn of(calendar: &'a ICalendar) -> Self {
        Self(calendar.build_tz_resolver())
    }

    /// The instant of a property; a time without a zone counts as UTC.
    fn time(&self, component: &ICalendarComponent, property: &ICalendarProperty) -> Option<Timestamp> {
        let entry = component.property(property)?;
        let date = entry.values.first()?.as_partial_date_time()?;
        let mut whole = date.clone();
        for part in [&mut whole.hour, &mut whole.minute, &mut whole.second] {
            part.get_or_insert(0);
        }
        let zone = entry.tz_id().and_then(|id| self.0.resolve(id)).unwrap_or(Tz::UTC);
        Timestamp::from_second(whole.to_date_time_with_tz(zone)?.timestamp()).ok()
    }
}

fn event(component: &ICalendarComponent, zones: &Zones<'_>, method: Option<&str>) -> Result<Interaction, String> {
    let start = zones.time(component, &ICalendarProperty::Dtstart);
    let said = [ICalendarProperty::LastModified, ICalendarProperty::Dtstamp, ICalendarProperty::Created];
    let sent_at = said.iter().find_map(|property| zones.time(component, property)).or(start);
    let sent_at = sent_at.ok_or("no date: neither a start nor a time stamp")?;
    let summary = text_of(component, &ICalendarProperty::Summary);
    let description = text_of(component, &ICalendarProperty::Description);
    let text = [summary.clone(), description].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    if text.is_empty() {
        return Err("an event without title and description".to_owned());
    }
    let mut attributes = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            attributes.insert(name.to_owned(), value);
        }
    };
    put("event.start", start.map(|at| at.to_string()));
    put("event.end", end(component, zones, start).map(|at| at.to_string()));
    put("event.status", text_of(component, &ICalendarProperty::Status).map(|status| status.to_lowercase()));
    put("event.location", text_of(component, &ICalendarProperty::Location));
    put("event.rrule", component.property(&ICalendarProperty::Rrule).and_then(rule));
    put("event.method", method.map(str::to_lowercase));
    let recurrence = zones.time(component, &ICalendarProperty::RecurrenceId);
    let uid = text_of(component, &ICalendarProperty::Uid).unwrap_or_else(|| {
        emit::short_hash([text.as_str(), start.map(|at| at.to_string()).unwrap_or_default().as_str()])
    });
    let (participants, answers) = people(component);
    attributes.extend(answers);
    Ok(Interaction {
        id: match recurrence {
            Some(at) => format!("ics:{uid}:{at}"),
            None => format!("ics:{uid}"),
        },
        kind: InteractionKind::Event,
        thread: Some(format!("ics:{uid}")),
        sent_at: Some(sent_at),
        subject: summary,
        text,
        participants,
        attributes,
        ..Interaction::default()
    })
}

/// The end as stated, or by the duration.
fn end(component: &ICalendarComponent, zones: &Zones<'_>, start: Option<Timestamp>) -> Option<Timestamp> {
    if let Some(end) = zones.time(component, &ICalendarProperty::Dtend) {
        return Some(end);
    }
    let ICalendarValue::Duration(duration) = component.property(&ICalendarProperty::Duration)?.values.first()? else {
        return None;
    };
    let part = |count: u32, seconds: i64| i64::from(count).checked_mul(seconds);
    let parts = [
        part(duration.weeks, 604_800),
        part(duration.days, 86_400),
        part(duration.hours, 3600),
        part(duration.minutes, 60),
        part(duration.seconds, 1),
    ];
    let seconds = parts.into_iter().try_fold(0i64, |sum, own| sum.checked_add(own?))?;
    start?.checked_add(jiff::SignedDuration::from_secs(if duration.neg { -seconds } else { seconds })).ok()
}

fn text_of(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    written(component.property(property)?)
}

fn written(entry: &ICalendarEntry) -> Option<String> {
    let parts: Vec<&str> = entry.values.iter().filter_map(ICalendarValue::as_text).collect();
    emit::full(&parts.join(", ").replace("\r\n", "\n"))
}

/// The rule in its own spelling.
fn rule(entry: &ICalendarEntry) -> Option<String> {
    match entry.values.first()? {
        ICalendarValue::RecurrenceRule(rule) => Some(rule.to_string()),
        other => other.as_text().map(str::to_owned),
    }
}

/// Who invites and who is invited, with the answers as attributes `event.partstat.<address>`.
fn people(component: &ICalendarComponent) -> (Vec<Participant>, BTreeMap<String, String>) {
    let mut people = Vec::new();
    let mut answers = BTreeMap::new();
    let roles = [
        (ICalendarProperty::Organizer, ParticipantRole::Organizer),
        (ICalendarProperty::Attendee, ParticipantRole::Attendee),
    ];
    for (property, role) in roles {
        for entry in component.properties(&property) {
            let parameter = |name: &ICalendarParameterName| entry.parameters(name).find_map(|value| value.as_text());
            let stated = parameter(&ICalendarParameterName::Email).map(str::to_owned);
            let address = stated
                .or_else(|| entry.calendar_address().map(str::to_owned))
                .and_then(|text| emit::mail_address(&text.to_lowercase()));
            let name = parameter(&ICalendarParameterName::Cn).and_then(emit::full);
            let name = name.filter(|name| emit::mail_address(name).is_none());
            let answer = parameter(&ICalendarParameterName::Partstat).map(str::to_lowercase);
            let Some(person) = (Person { name, address, ..Person::default() }).known() else { continue };
            if let (Some(answer), Some(key)) = (answer, person.address.as_ref().or(person.name.as_ref())) {
                answers.insert(format!("event.partstat.{key}"), answer);
            }
            people.push(person.as_role(role));
        }
    }
    (people, answers)
}
