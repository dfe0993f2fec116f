//! Zendesk's CSV of tickets: one row a ticket, without the comments.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::ticket::{Change, Changed, Message, Ticket, is_escalation};
use crate::model::{Side, Visibility};
use crate::sources::emit::{self, Person};
use crate::sources::tables::{Row, read_rows};
use crate::sources::{Sink, dates, markup};

/// Reads every ticket of a table.
pub(super) fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    read_rows(label, input, sink, &mut |row, sink| match ticket(row) {
        Ok(ticket) => ticket.finish(label, sink),
        Err(reason) => emit::reject(sink, label, row.place(), reason),
    })
}

fn ticket(row: &Row<'_>) -> Result<Ticket, String> {
    let id = row.find(&["id", "ticketid", "ticketnumber"]).ok_or("a ticket without an id")?;
    let text = |keys: &[&str]| row.find(keys).map(str::to_owned);
    let date = |keys: &[&str]| row.find(keys).and_then(dates::moment);
    let person = |name: &[&str], address: &[&str], side| {
        let name = row.find(name).filter(|name| *name != "-" && emit::mail_address(name).is_none()).map(str::to_owned);
        Person { name, address: row.find(address).and_then(emit::mail_address), side: Some(side), id: None }.known()
    };
    let created = row.find(&["createdat", "created", "ticketcreatedat", "requested", "createddate"]);
    let at = match created {
        Some(written) => Some(dates::moment(written).ok_or_else(|| format!("not a date: {written}"))?),
        None => None,
    };
    let requester = person(&["requester", "requestername"], &["requesteremail", "requester"], Side::Customer);
    let description = text(&["description", "body", "firstcomment", "comment"]).unwrap_or_default();
    let mut ticket = Ticket {
        system: "zendesk",
        first_status: "new",
        id: id.trim_start_matches('#').to_owned(),
        title: text(&["subject", "ticketsubject"]),
        status: text(&["status", "ticketstatus"]).map(|status| status.to_lowercase()),
        priority: text(&["priority", "ticketpriority"]).filter(|own| own != "-").map(|own| own.to_lowercase()),
        kind: text(&["tickettype", "type"]).filter(|own| own != "-").map(|own| own.to_lowercase()),
        updated: date(&["updatedat", "updated", "lastupdated"]),
        resolved: date(&["solvedat", "solved"]),
        assignee: person(&["assignee", "assigneename"], &["assigneeemail", "assignee"], Side::Vendor),
        ..Ticket::default()
    };
    for (keys, name) in [
        (&["organization", "organisation", "requesterdomain"][..], "account.hint"),
        (&["tags", "currenttags"][..], "ticket.tags"),
    ] {
        if let Some(value) = text(keys) {
            ticket.attributes.insert(name.to_owned(), value);
        }
    }
    add_changes(&mut ticket, row, requester.as_ref());
    let opening = Message {
        id: "description".to_owned(),
        author: requester.clone(),
        at,
        text: markup::to_text(&description),
        visibility: Visibility::Account,
    };
    ticket.messages.push(opening);
    ticket.requester = requester;
    Ok(ticket)
}

/// What the row says of satisfaction and escalation.
fn add_changes(ticket: &mut Ticket, row: &Row<'_>, requester: Option<&Person>) {
    if let Some(score) = row.find(&["satisfactionscore", "satisfactionrating"])
        && ["good", "bad"].contains(&score.to_lowercase().as_str())
    {
        let (id, at) = ("satisfaction".to_owned(), ticket.updated);
        ticket.changes.push(Change {
            id,
            what: Changed::Satisfaction,
            from: None,
            to: score.to_owned(),
            at,
            author: requester.cloned(),
        });
    }
    let escalated = row
        .find(&["tags", "currenttags"])
        .into_iter()
        .flat_map(|tags| tags.split([' ', ',']))
        .find(|tag| is_escalation(tag));
    let group = row.find(&["group", "groupname"]).filter(|group| is_escalation(group));
    if let Some(word) = escalated.map(|tag| format!("tag {tag}")).or_else(|| group.map(str::to_owned)) {
        let (id, at) = ("escalated".to_owned(), row.find(&["assignedat"]).and_then(dates::moment).or(ticket.updated));
        ticket.changes.push(Change { id, what: Changed::Escalated, from: None, to: word, at, author: None });
    }
}
