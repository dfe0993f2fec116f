//! Support tickets: Zendesk JSON and CSV, Jira CSV, Intercom JSON. One interaction a comment, and one for each dated
//! change of status, priority or escalation, all in the ticket's thread.

mod intercom;
mod jira;
mod ticket;
mod zendesk;
mod zendesk_csv;

use std::io::BufRead;
use std::ops::ControlFlow;

use super::tables::{TableKind, kind_of_head};
use super::{Sink, json};

/// The exports of tickets that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    ZendeskJson,
    ZendeskCsv,
    JiraCsv,
    IntercomJson,
}

/// Says whether a file is an export of tickets.
pub fn sniff(_name: &str, head: &str) -> bool {
    form(head).is_some()
}

fn form(head: &str) -> Option<Form> {
    if json::starts_like_json(head) {
        let has = |key: &str| json::names_key(head, key);
        let is_list = head.contains("\"conversation.list\"") || head.contains("\"conversation\"") && has("source");
        if has("conversation_parts") || is_list {
            return Some(Form::IntercomJson);
        }
        let is_ticket = has("requester_id") || has("requester") && has("subject") || has("ticket_id") && has("audits");
        return (has("tickets") || has("ticket") && has("comments") || is_ticket && has("status"))
            .then_some(Form::ZendeskJson);
    }
    match kind_of_head(head)? {
        TableKind::Jira => Some(Form::JiraCsv),
        TableKind::Zendesk => Some(Form::ZendeskCsv),
        TableKind::CrmStages
        | TableKind::CrmDeals
        | TableKind::CrmContacts
        | TableKind::CrmCompanies
        | TableKind::Survey
        | TableKind::Usage => None,
    }
}

/// Reads an export of tickets; what cannot be read of it becomes a problem, comment by comment.
pub fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match form(text) {
        Some(Form::ZendeskJson) => zendesk::read(label, text, sink),
        Some(Form::ZendeskCsv) => zendesk_csv::read(label, &mut text.as_bytes(), sink),
        Some(Form::JiraCsv) => jira::read(label, &mut text.as_bytes(), sink),
        Some(Form::IntercomJson) => intercom::read(label, text, sink),
        None => super::emit::reject(sink, label, "", "not an export of tickets that is known"),
    }
}

/// Reads an export in CSV without holding all of it in memory.
pub fn read_table(label: &str, head: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match form(head) {
        Some(Form::JiraCsv) => jira::read(label, input, sink),
        Some(Form::ZendeskCsv) => zendesk_csv::read(label, input, sink),
        Some(Form::ZendeskJson | Form::IntercomJson) | None => {
            super::emit::reject(sink, label, "", "not a table of tickets that is known")
        }
    }
}
