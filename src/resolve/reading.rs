//! What was read: interactions as the graph shows them, coverage by kind of source, usage figures.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::people::{People, PersonId, sayers};
use super::{Context, is_dated, whole};
use crate::model::{
    Coverage, Evidence, InteractionKind, InteractionNode, ParticipantRole, PersonSource, Told, UsagePoint,
    mint_interaction,
};

/// Interactions that one thread writes out at a time.
const BATCH: usize = 1024;

/// The interactions, in the order of `rows`.
pub(crate) fn nodes(context: &Context, people: &People<'_>, rows: &[&Told]) -> Vec<InteractionNode> {
    rows.par_iter().enumerate().with_min_len(BATCH).map(|(row, told)| node(context, people, row as u32, told)).collect()
}

fn node(context: &Context, people: &People<'_>, row: u32, told: &Told) -> InteractionNode {
    let parts = people.parts(row);
    let mut authors = sayers(told.kind, parts);
    let first = authors.next();
    // Several speakers have no one author.
    let author = first.filter(|first| authors.all(|other| other == *first));
    let parts: Vec<Part> = parts.iter().map(|part| (part.role, part.person)).collect();
    let recipients = recipients(&parts, author);
    let iris = |found: &[PersonId]| found.iter().map(|&person| people.iri(person).clone()).collect();
    InteractionNode {
        iri: mint_interaction(&context.account, &told.id),
        id: told.id.clone(),
        kind: told.kind,
        at: told.sent_at,
        thread: told.thread.clone(),
        author: author.map(|person| people.iri(person).clone()),
        copied: iris(&copied(&parts, &recipients)),
        recipients: iris(&recipients),
        mentioned: iris(&mentioned(people, row, told)),
        visibility: told.visibility,
        automatic: told.findings.automatic.is_some(),
        sentiment: told.findings.sentiment,
    }
}

/// Somebody's part in an interaction.
type Part = (ParticipantRole, PersonId);

/// To whom it was said, each once. Where several speak, all who speak are.
fn recipients(parts: &[Part], author: Option<PersonId>) -> Vec<PersonId> {
    let mut recipients = Vec::new();
    for &(role, person) in parts {
        let speaks = author.is_none() && role == ParticipantRole::Speaker;
        let is_recipient = Some(person) != author && is_addressed(role) || speaks;
        if is_recipient && !recipients.contains(&person) {
            recipients.push(person);
        }
    }
    recipients
}

/// Those of the recipients who have no other part than a copy.
fn copied(parts: &[Part], recipients: &[PersonId]) -> Vec<PersonId> {
    let is_copy = |role: ParticipantRole| matches!(role, ParticipantRole::Cc | ParticipantRole::Bcc);
    if !parts.iter().any(|&(role, _)| is_copy(role)) {
        return Vec::new();
    }
    let only_copied = |recipient: &&PersonId| {
        parts.iter().all(|&(role, person)| person != **recipient || !is_addressed(role) || is_copy(role))
    };
    recipients.iter().filter(only_copied).copied().collect()
}

/// Whom the text names, each once, where it is clear who is meant.
fn mentioned(people: &People<'_>, row: u32, told: &Told) -> Vec<PersonId> {
    let mut mentioned = Vec::new();
    for finding in &told.findings.people {
        let is_named = match finding.source {
            PersonSource::Mention | PersonSource::Introduction => finding.name.is_some() || finding.address.is_some(),
            PersonSource::Signature | PersonSource::AutoReply | PersonSource::Directory | PersonSource::Conduct => {
                false
            }
        };
        if !is_named {
            continue;
        }
        let person = people.find(finding.address.as_deref(), finding.name.as_deref(), row).person();
        mentioned.extend(person.filter(|person| !mentioned.contains(person)));
    }
    mentioned
}

fn is_addressed(role: ParticipantRole) -> bool {
    match role {
        ParticipantRole::To
        | ParticipantRole::Cc
        | ParticipantRole::Bcc
        | ParticipantRole::Speaker
        | ParticipantRole::Attendee
        | ParticipantRole::Organizer
        | ParticipantRole::Requester
        | ParticipantRole::Assignee => true,
        ParticipantRole::From
        | ParticipantRole::ReplyTo
        | ParticipantRole::Author
        | ParticipantRole::Owner
        | ParticipantRole::Subject
        | ParticipantRole::Other => false,
    }
}

/// How much of each kind was read. Rows without a time of their own count, but not for first and last.
pub(crate) fn coverage(rows: &[&Told]) -> Vec<Coverage> {
    let mut by_kind: BTreeMap<InteractionKind, Coverage> = BTreeMap::new();
    for told in rows {
        let at = told.sent_at;
        let coverage = by_kind.entry(told.kind).or_insert(Coverage {
            kind: told.kind,
            items: 0,
            automatic: 0,
            first: at,
            last: at,
        });
        coverage.items += 1;
        coverage.automatic += u32::from(told.findings.automatic.is_some());
        if is_dated(told) {
            let is_first_dated = coverage.last == jiff::Timestamp::UNIX_EPOCH;
            coverage.first = if is_first_dated { at } else { coverage.first.min(at) };
            coverage.last = coverage.last.max(at);
        }
    }
    by_kind.into_values().collect()
}

/// Usage figures by metric and date; of two figures for one day the later row counts.
pub(crate) fn usage(rows: &[&Told]) -> Vec<(UsagePoint, Evidence)> {
    let mut points: Vec<(&UsagePoint, &Told)> =
        rows.iter().flat_map(|told| told.findings.usage.iter().map(move |point| (point, *told))).collect();
    points.sort_by(|(a, _), (b, _)| a.metric.cmp(&b.metric).then_with(|| a.date.cmp(&b.date)));
    let mut usage: Vec<(UsagePoint, Evidence)> = Vec::with_capacity(points.len());
    for (point, told) in points {
        match usage.last_mut() {
            Some(last) if last.0.metric == point.metric && last.0.date == point.date => {
                *last = (point.clone(), whole(told));
            }
            _ => usage.push((point.clone(), whole(told))),
        }
    }
    usage
}
