//! Intercom's JSON: conversations with their parts. Notes of admins are internal.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use super::ticket::{Change, Changed, Message, Ticket, is_escalation};
use crate::model::{Side, Visibility};
use crate::sources::emit::{self, Person};
use crate::sources::{Sink, json, markup};

type Contacts = BTreeMap<String, Person>;

/// Reads every conversation of a file.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut document = json::Document::parse(text);
    let mut contacts = Contacts::new();
    let listed = [(Side::Customer, "contacts"), (Side::Vendor, "admins")];
    for (side, key) in listed {
        for value in document.side_list(key) {
            if let (Some(id), Some(person)) = (json::text(&value, "id"), person(&value, Some(side))) {
                contacts.insert(id, person);
            }
        }
    }
    for element in document.take(&["conversations", "data"]) {
        match element.value {
            Ok(value) => read_conversation(label, &element.place, &value, &contacts, sink)?,
            Err(reason) => emit::reject(sink, label, element.place, reason)?,
        }
    }
    ControlFlow::Continue(())
}

fn person(value: &Value, side: Option<Side>) -> Option<Person> {
    let address = json::text(value, "email").and_then(|text| emit::mail_address(&text));
    Person { name: json::text(value, "name"), address, side, id: None }.known()
}

fn author(value: &Value, contacts: &Contacts) -> Option<Person> {
    let author = value.get("author")?;
    let side = match json::text(author, "type").as_deref() {
        Some("user" | "lead" | "contact") => Some(Side::Customer),
        Some("admin" | "team" | "bot") => Some(Side::Vendor),
        Some(_) | None => None,
    };
    let known = json::text(author, "id").and_then(|id| contacts.get(&id).cloned());
    let own = person(author, side);
    match (own, known) {
        (Some(own), Some(known)) => Some(Person {
            name: own.name.or(known.name),
            address: own.address.or(known.address),
            side: side.or(known.side),
            id: None,
        }),
        (own, known) => own.or(known),
    }
}

fn read_conversation(
    label: &str,
    place: &str,
    value: &Value,
    contacts: &Contacts,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let Some(id) = json::text(value, "id") else {
        return emit::reject(sink, label, place, "a conversation without an id");
    };
    let nothing = Value::Null;
    let source = value.get("source").or_else(|| value.get("conversation_message")).unwrap_or(&nothing);
    let title =
        json::text(value, "title").or_else(|| json::text(source, "subject")).map(|title| markup::to_text(&title));
    let mut ticket = Ticket {
        system: "intercom",
        first_status: "open",
        id,
        title: title.filter(|title| !title.is_empty()),
        status: json::text(value, "state"),
        priority: json::text(value, "priority").filter(|priority| priority != "not_priority"),
        kind: value.get("ticket").and_then(|own| json::first_text(own, &["ticket_type", "type"])),
        updated: json::moment(value, &["updated_at"]),
        requester: author(source, contacts).filter(|person| person.side != Some(Side::Vendor)),
        ..Ticket::default()
    };
    let inside = |key: &str| value.get(key).map_or(&[][..], |own| json::list(own, key));
    let of_conversation = inside("contacts").iter().find_map(|contact| {
        let known = json::text(contact, "id").and_then(|id| contacts.get(&id).cloned());
        person(contact, Some(Side::Customer)).or(known)
    });
    ticket.requester = ticket.requester.or(of_conversation);
    let tags: Vec<String> = inside("tags").iter().filter_map(|tag| json::text(tag, "name")).collect();
    if !tags.is_empty() {
        ticket.attributes.insert("ticket.tags".to_owned(), tags.join(","));
    }
    ticket.messages.push(Message {
        id: json::text(source, "id").unwrap_or_else(|| "source".to_owned()),
        author: author(source, contacts),
        at: json::moment(value, &["created_at"]),
        text: json::text(source, "body").map(|body| markup::to_text(&body)).unwrap_or_default(),
        visibility: Visibility::Account,
    });
    let mut status = "open".to_owned();
    for (index, part) in inside("conversation_parts").iter().enumerate() {
        read_part(&mut ticket, &mut status, index, part, contacts);
    }
    ticket.finish(label, sink)
}

/// A part is a message, a note, a change of state, an assignment, or several of these at once.
fn read_part(ticket: &mut Ticket, status: &mut String, index: usize, part: &Value, contacts: &Contacts) {
    let id = json::text(part, "id").unwrap_or_else(|| (index + 1).to_string());
    let kind = json::text(part, "part_type").unwrap_or_default();
    let at = json::moment(part, &["created_at", "updated_at"]);
    let author = author(part, contacts);
    if let Some(body) = json::text(part, "body").map(|body| markup::to_text(&body)).filter(|body| !body.is_empty()) {
        let visibility = if kind.starts_with("note") { Visibility::Internal } else { Visibility::Account };
        ticket.messages.push(Message { id: id.clone(), author: author.clone(), at, text: body, visibility });
    }
    let next = match kind.as_str() {
        "close" | "closed" => Some("closed"),
        "open" | "reopen" | "unsnoozed" => Some("open"),
        "snoozed" => Some("snoozed"),
        _ => None,
    };
    if let Some(next) = next.filter(|next| next != status) {
        let from = Some(std::mem::replace(status, next.to_owned()));
        let id = format!("status:{id}");
        ticket.changes.push(Change {
            id,
            what: Changed::Status,
            from,
            to: next.to_owned(),
            at,
            author: author.clone(),
        });
    }
    let assigned = part.get("assigned_to").and_then(|to| json::text(to, "name").or_else(|| json::scalar(to)));
    if let Some(to) = assigned.filter(|to| is_escalation(to)) {
        let id = format!("escalated:{id}");
        ticket.changes.push(Change { id, what: Changed::Escalated, from: None, to, at, author });
    }
}
