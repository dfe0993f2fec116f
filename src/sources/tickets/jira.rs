//! Jira's CSV of issues: a row an issue, with as many `Comment` columns as the issue with most comments has.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::ticket::{Change, Changed, Message, Ticket, is_escalation};
use crate::model::Visibility;
use crate::sources::Sink;
use crate::sources::dates;
use crate::sources::emit::{self, Person};
use crate::sources::tables::{Row, read_rows};

/// Reads every issue of a table.
pub(super) fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    read_rows(label, input, sink, &mut |row, sink| {
        let (ticket, problems) = match issue(row) {
            Ok(found) => found,
            Err(reason) => return emit::reject(sink, label, row.place(), reason),
        };
        for reason in problems {
            emit::reject(sink, label, row.place(), reason)?;
        }
        ticket.finish(label, sink)
    })
}

fn issue(row: &Row<'_>) -> Result<(Ticket, Vec<String>), String> {
    let key = row.find(&["issuekey"]).ok_or("an issue without a key")?;
    let text = |keys: &[&str]| row.find(keys).map(str::to_owned);
    let date = |keys: &[&str]| row.find(keys).and_then(dates::moment);
    let person = |keys: &[&str]| row.find(keys).and_then(Person::parse);
    let created = row.find(&["created"]).ok_or("no date: the column Created is empty")?;
    let at = Some(dates::moment(created).ok_or_else(|| format!("not a date: {created}"))?);
    let mut ticket = Ticket {
        system: "jira",
        first_status: "open",
        id: key.to_owned(),
        title: text(&["summary"]),
        status: text(&["status"]),
        priority: text(&["priority"]),
        kind: text(&["issuetype"]),
        updated: date(&["updated", "statuscategorychanged"]),
        resolved: date(&["resolved"]),
        requester: person(&["reporter", "creator"]),
        assignee: person(&["assignee"]),
        ..Ticket::default()
    };
    for (keys, name) in [
        (
            &["customfieldorganizations", "organizations", "customfieldcustomer", "customfieldaccount"][..],
            "account.hint",
        ),
        (&["resolution"][..], "ticket.resolution"),
    ] {
        if let Some(value) = text(keys) {
            ticket.attributes.insert(name.to_owned(), value);
        }
    }
    ticket.messages.push(Message {
        id: "0".to_owned(),
        author: ticket.requester.clone(),
        at,
        text: text(&["description"]).unwrap_or_default(),
        visibility: Visibility::Account,
    });
    let problems = add_comments(&mut ticket, row);
    let labels =
        row.header.keys().iter().zip(&row.cells).filter(|(key, _)| *key == "labels").map(|(_, cell)| cell.as_str());
    let labels: Vec<&str> = labels.filter(|label| !label.is_empty()).collect();
    if !labels.is_empty() {
        ticket.attributes.insert("ticket.tags".to_owned(), labels.join(","));
    }
    if let Some(label) = labels.iter().find(|label| is_escalation(label)) {
        let (id, at) = ("escalated".to_owned(), ticket.updated);
        ticket.changes.push(Change {
            id,
            what: Changed::Escalated,
            from: None,
            to: format!("label {label}"),
            at,
            author: None,
        });
    }
    Ok((ticket, problems))
}

/// Comments are cells of the form `12/Jan/26 9:30 AM;author;text`.
fn add_comments(ticket: &mut Ticket, row: &Row<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    let cells = row.header.keys().iter().zip(&row.cells).filter(|(key, _)| *key == "comment" || *key == "comments");
    for (index, cell) in cells.map(|(_, cell)| cell).filter(|cell| !cell.is_empty()).enumerate() {
        let mut parts = cell.splitn(3, ';');
        let (date, author, words) = (parts.next(), parts.next(), parts.next());
        match (date.and_then(dates::moment), author, words) {
            (Some(at), Some(author), Some(words)) => ticket.messages.push(Message {
                id: (index + 1).to_string(),
                author: Person::parse(author),
                at: Some(at),
                text: words.to_owned(),
                visibility: Visibility::Account,
            }),
            _ => problems.push(format!("comment {} is not of the form date;author;text", index + 1)),
        }
    }
    problems
}
