//! What was read: interactions as the graph shows them, coverage by kind of source, usage figures.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::people::{People, sayers};
use super::{Context, is_dated, whole};
use crate::model::{
    Coverage, Evidence, InteractionKind, InteractionNode, Iri, ParticipantRole, Told, UsagePoint, mint_interaction,
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
    let mut recipients: Vec<Iri> = Vec::new();
    let mut taken = Vec::new();
    for part in parts {
        let is_recipient = Some(part.person) != author && is_addressed(part.role) && !taken.contains(&part.person);
        if is_recipient || (author.is_none() && part.role == ParticipantRole::Speaker && !taken.contains(&part.person))
        {
            taken.push(part.person);
            recipients.push(people.iri(part.person).clone());
        }
    }
    InteractionNode {
        iri: mint_interaction(&context.account, &told.id),
        id: told.id.clone(),
        kind: told.kind,
        at: told.sent_at,
        thread: told.thread.clone(),
        author: author.map(|person| people.iri(person).clone()),
        recipients,
        visibility: told.visibility,
        automatic: told.findings.automatic.is_some(),
        sentiment: told.findings.sentiment,
    }
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
