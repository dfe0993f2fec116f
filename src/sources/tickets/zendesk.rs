//! Zendesk's JSON: tickets with comments, audits and users, as one document or one ticket a line.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use super::ticket::{Change, Changed, Message, Ticket, is_escalation};
use crate::model::{Side, Visibility};
use crate::sources::dates::Moment;
use crate::sources::emit::{self, Person};
use crate::sources::{Sink, json, markup};

type Users = BTreeMap<String, Person>;

/// Reads every ticket of a file.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut document = json::Document::parse(text);
    let users = people(&document.side_list("users"));
    let organizations: BTreeMap<String, String> = document
        .side_list("organizations")
        .iter()
        .filter_map(|value| Some((json::text(value, "id")?, json::text(value, "name")?)))
        .collect();
    for element in document.take(&["tickets"]) {
        match element.value {
            Ok(value) => read_ticket(
                label,
                &element.place,
                value,
                &Around { users: &users, organizations: &organizations },
                sink,
            )?,
            Err(reason) => emit::reject(sink, label, element.place, reason)?,
        }
    }
    ControlFlow::Continue(())
}

/// Lists that stand beside the tickets.
struct Around<'a> {
    users: &'a Users,
    organizations: &'a BTreeMap<String, String>,
}

fn people(users: &[Value]) -> Users {
    users.iter().filter_map(|user| Some((json::text(user, "id")?, person(user)?))).collect()
}

fn person(value: &Value) -> Option<Person> {
    let side = match json::text(value, "role").as_deref() {
        Some("end-user") => Some(Side::Customer),
        Some("agent" | "admin") => Some(Side::Vendor),
        Some(_) | None => None,
    };
    let address = json::text(value, "email").and_then(|text| emit::mail_address(&text));
    Person { name: json::text(value, "name"), address, side, id: None }.known()
}

/// A person given as an object, as a name, or by the id of a user.
fn party(value: &Value, key: &str, users: &Users) -> Option<Person> {
    match value.get(key) {
        Some(object @ Value::Object(_)) => person(object),
        Some(Value::String(text)) => Person::parse(text),
        Some(_) | None => users.get(&json::text(value, &format!("{key}_id"))?).cloned(),
    }
}

fn read_ticket(
    label: &str,
    place: &str,
    mut value: Value,
    around: &Around<'_>,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    // `GET /tickets/1.json` wraps the ticket and puts its comments beside it.
    if let Some(mut inner) = value.get("ticket").filter(|inner| inner.is_object()).cloned() {
        for key in ["comments", "audits", "metric_events"] {
            if let (Some(list), Some(object)) = (value.get_mut(key).map(Value::take), inner.as_object_mut()) {
                object.insert(key.to_owned(), list);
            }
        }
        value = inner;
    }
    let Some(id) = json::first_text(&value, &["id", "ticket_id", "nice_id"]) else {
        return emit::reject(sink, label, place, "a ticket without an id");
    };
    let users = around.users;
    let created = json::moment(&value, &["created_at"]);
    let requester = party(&value, "requester", users);
    let mut ticket = Ticket {
        system: "zendesk",
        first_status: "new",
        title: json::first_text(&value, &["subject", "raw_subject", "title"]),
        status: json::text(&value, "status"),
        priority: json::text(&value, "priority"),
        kind: json::text(&value, "type"),
        updated: json::moment(&value, &["updated_at"]),
        resolved: json::moment(&value, &["solved_at"]),
        assignee: party(&value, "assignee", users),
        ..Ticket::default()
    };
    if let Some(tags) = Some(tags_of(&value)).filter(|tags| !tags.is_empty()) {
        ticket.attributes.insert("ticket.tags".to_owned(), tags.join(","));
    }
    let organization = value.get("organization").and_then(|own| json::text(own, "name").or_else(|| json::scalar(own)));
    let organization =
        organization.or_else(|| around.organizations.get(&json::text(&value, "organization_id")?).cloned());
    if let Some(name) = organization {
        ticket.attributes.insert("account.hint".to_owned(), name);
    }
    ticket.messages =
        json::list(&value, "comments").iter().enumerate().map(|(n, comment)| message(n, comment, users)).collect();
    for audit in json::list(&value, "audits") {
        read_audit(&mut ticket, audit, users);
    }
    add_description(&mut ticket, &value, created, requester.clone());
    add_satisfaction(&mut ticket, &value, requester.clone());
    ticket.requester = requester;
    ticket.id = id;
    ticket.finish(label, sink)
}

fn tags_of(value: &Value) -> Vec<String> {
    json::list(value, "tags").iter().filter_map(json::scalar).collect()
}

fn message(index: usize, comment: &Value, users: &Users) -> Message {
    let public = comment.get("public").or_else(|| comment.get("is_public")).and_then(Value::as_bool).unwrap_or(true);
    let text = json::first_text(comment, &["plain_body", "body", "value"]);
    let text = text.or_else(|| json::text(comment, "html_body")).map(|text| markup::to_text(&text));
    Message {
        id: json::text(comment, "id").unwrap_or_else(|| (index + 1).to_string()),
        author: party(comment, "author", users),
        at: json::moment(comment, &["created_at", "created"]),
        text: text.unwrap_or_default(),
        visibility: if public { Visibility::Account } else { Visibility::Internal },
    }
}

/// The description opens the ticket, unless the first comment already is it.
fn add_description(ticket: &mut Ticket, value: &Value, created: Option<Moment>, requester: Option<Person>) {
    let description = json::text(value, "description").map(|text| markup::to_text(&text)).unwrap_or_default();
    // Undated ones come last, so that the first one is the opening.
    ticket.messages.sort_by_key(|message| (message.at.is_none(), message.at));
    let first = ticket.messages.first().map(|message| message.text.trim().to_owned());
    let is_told =
        first.is_some_and(|first| description.is_empty() || first == description || description.starts_with(&first));
    if !is_told && (created.is_some() || !description.is_empty()) {
        let opening = Message {
            id: "description".to_owned(),
            author: requester,
            at: created,
            text: description,
            visibility: Visibility::Account,
        };
        ticket.messages.insert(0, opening);
    }
}

fn add_satisfaction(ticket: &mut Ticket, value: &Value, requester: Option<Person>) {
    let Some(rating) = value.get("satisfaction_rating") else { return };
    let Some(score) = json::text(rating, "score").filter(|score| !matches!(score.as_str(), "unoffered" | "offered"))
    else {
        return;
    };
    let comment = json::text(rating, "comment").map(|comment| format!("\n{comment}")).unwrap_or_default();
    let at = json::moment(rating, &["updated_at", "created_at"]).or(ticket.updated);
    let to = format!("{score}{comment}");
    let id = "satisfaction".to_owned();
    ticket.changes.push(Change { id, what: Changed::Satisfaction, from: None, to, at, author: requester });
}

/// Reads the events of one audit: comments that the ticket does not list itself, and changes.
fn read_audit(ticket: &mut Ticket, audit: &Value, users: &Users) {
    let at = json::moment(audit, &["created_at"]);
    let author = party(audit, "author", users);
    let audit_id = json::text(audit, "id").unwrap_or_default();
    for (index, event) in json::list(audit, "events").iter().enumerate() {
        let id = json::text(event, "id").unwrap_or_else(|| format!("{audit_id}.{}", index + 1));
        let kind = json::text(event, "type").unwrap_or_default();
        if kind == "Comment" {
            let mut comment = message(index, event, users);
            let listed =
                ticket.messages.iter().any(|own| own.id == comment.id || own.text.trim() == comment.text.trim());
            if !listed {
                comment.at = comment.at.or(at);
                comment.author = comment.author.or_else(|| author.clone());
                ticket.messages.push(comment);
            }
            continue;
        }
        if kind == "Change" {
            ticket.changes.extend(change(event, &id, at, author.clone()));
        }
    }
}

fn change(event: &Value, id: &str, at: Option<Moment>, author: Option<Person>) -> Option<Change> {
    let from = json::text(event, "previous_value");
    let to = json::text(event, "value");
    let of = |what, word: &str, from, to| Some(Change { id: format!("{word}:{id}"), what, from, to, at, author });
    match json::text(event, "field_name")?.as_str() {
        "status" => of(Changed::Status, "status", from, to?),
        "priority" => of(Changed::Priority, "priority", from, to?),
        "tags" => {
            let before = tag_list(event.get("previous_value"));
            let added = tag_list(event.get("value")).into_iter().filter(|tag| !before.contains(tag));
            let tag = added.into_iter().find(|tag| is_escalation(tag))?;
            of(Changed::Escalated, "escalated", None, format!("tag {tag}"))
        }
        "group_id" | "group" | "assignee" | "assignee_id" => {
            let group = to.filter(|group| is_escalation(group))?;
            of(Changed::Escalated, "escalated", from, group)
        }
        _ => None,
    }
}

fn tag_list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(json::scalar).collect(),
        Some(Value::String(text)) => text.split([' ', ',']).filter_map(emit::full).collect(),
        Some(_) | None => Vec::new(),
    }
}
