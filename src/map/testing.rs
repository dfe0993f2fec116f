//! Small accounts for tests.

use jiff::{SignedDuration, Timestamp};

use super::Parts;
use crate::model::*;

pub(super) fn as_of() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

pub(super) fn days_ago(days: i64) -> Timestamp {
    as_of() - SignedDuration::from_hours(24 * days)
}

pub(super) fn id(name: &str) -> Iri {
    Iri::from_text(format!("urn:baton:person:{}", name.to_lowercase().replace(' ', "-")))
}

pub(super) fn person(name: &str, side: Option<Side>, role: Option<BuyingRole>) -> Stakeholder {
    Stakeholder {
        side,
        organization: side.map(|side| if side == Side::Vendor { "Tarn Systems" } else { "Northwind" }.to_owned()),
        buying_role: role,
        influence: 0.5,
        first_seen: days_ago(400),
        last_seen: days_ago(1),
        interactions: 1,
        ..Stakeholder::named(id(name), AccountSlug::from_name("northwind").unwrap(), name)
    }
}

pub(super) fn said(
    kind: InteractionKind,
    number: usize,
    days: i64,
    author: Option<&str>,
    to: &[&str],
) -> InteractionNode {
    InteractionNode {
        iri: Iri::from_text(format!("urn:baton:interaction:{number}")),
        id: format!("mail:{number}"),
        kind,
        at: days_ago(days),
        thread: None,
        author: author.map(id),
        recipients: to.iter().map(|name| id(name)).collect(),
        copied: Vec::new(),
        mentioned: Vec::new(),
        visibility: Visibility::Account,
        automatic: false,
        sentiment: None,
    }
}

/// An account from lines such as `10 Sam > Priya, Dana` (a mail of ten days ago) and `5 Sam, Priya` (a meeting).
/// Names with a role and side: `Priya decision_maker`; ours end in `*`, of unknown side in `?`.
pub(super) fn account(people: &[&str], lines: &[&str]) -> Parts {
    let read = |text: &&str| {
        let (words, side) = match (text.strip_suffix('*'), text.strip_suffix('?')) {
            (Some(words), _) => (words, Some(Side::Vendor)),
            (None, Some(words)) => (words, None),
            (None, None) => (*text, Some(Side::Customer)),
        };
        let (name, role) = words.split_once(' ').unwrap_or((words, ""));
        person(name, side, BuyingRole::from_name(role))
    };
    let line = |(number, text): (usize, &&str)| {
        let (days, who) = text.split_once(' ').unwrap();
        let (author, to) = who.split_once(" > ").map_or((None, who), |(author, to)| (Some(author), to));
        let kind = if author.is_some() { InteractionKind::Email } else { InteractionKind::Call };
        said(kind, number, days.parse().unwrap(), author, &to.split(", ").collect::<Vec<_>>())
    };
    let mut people: Vec<Stakeholder> = people.iter().map(read).collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    Parts {
        account: AccountSlug::from_name("northwind").unwrap(),
        people,
        interactions: lines.iter().enumerate().map(line).collect(),
        commitments: Vec::new(),
    }
}
