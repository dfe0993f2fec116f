//! What the map and its answers are found in: people by their place in a list, and interactions by these places, so that
//! every IRI is looked up once.

use std::ops::Range;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::Parts;
use crate::model::{
    FactKind, FactRecord, FactStatus, InteractionNode, Iri, PersonStatus, Polarity, ReviewState, Side, Stakeholder,
};
use crate::relations::{Ledger, Network, Said, Ties, measures::Measured};

/// Everything that the answers are found in.
pub(super) struct Ground<'a> {
    pub(super) people: People<'a>,
    pub(super) rows: Rows<'a>,
    pub(super) ties: Ties,
    pub(super) network: Network,
    pub(super) measured: Measured,
}

/// The people known by then, by IRI.
pub(super) struct People<'a> {
    pub(super) list: Vec<Person<'a>>,
    places: FxHashMap<&'a Iri, u32>,
}

/// A person, and how they stand at the time of the map.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) known: &'a Stakeholder,
    pub(super) status: PersonStatus,
}

impl Person<'_> {
    /// Says whether they have not left.
    pub(super) fn is_there(&self) -> bool {
        self.status != PersonStatus::Departed
    }

    /// Says whether they are on our own side.
    pub(super) fn is_ours(&self) -> bool {
        self.known.side == Some(Side::Vendor)
    }
}

impl<'a> People<'a> {
    pub(super) fn of(parts: &'a Parts, as_of: Timestamp) -> Self {
        let known = parts.people.iter().filter(|person| person.first_seen <= as_of);
        let mut list: Vec<Person<'a>> = known.map(|known| Person { known, status: known.status_at(as_of) }).collect();
        list.sort_by(|a, b| a.known.id.cmp(&b.known.id));
        let places = list.iter().zip(0..).map(|(person, place)| (&person.known.id, place)).collect();
        Self { list, places }
    }

    pub(super) fn place(&self, iri: &Iri) -> Option<u32> {
        self.places.get(iri).copied()
    }

    pub(super) fn at(&self, place: u32) -> Person<'a> {
        self.list[place as usize]
    }

    pub(super) fn id(&self, place: u32) -> Iri {
        self.at(place).known.id.clone()
    }
}

/// One interaction with the places of its people.
pub(super) struct Row<'a> {
    pub(super) node: &'a InteractionNode,
    pub(super) author: Option<u32>,
    recipients: Range<usize>,
    copied: Range<usize>,
    mentioned: Range<usize>,
}

/// The interactions that people had written by then.
pub(super) struct Rows<'a> {
    pub(super) list: Vec<Row<'a>>,
    places: Vec<u32>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(people: &People<'a>, interactions: &'a [InteractionNode], as_of: Timestamp) -> Self {
        let mut rows = Self { list: Vec::with_capacity(interactions.len()), places: Vec::new() };
        for node in interactions.iter().filter(|node| node.at <= as_of && !node.automatic) {
            let author = node.author.as_ref().and_then(|iri| people.place(iri));
            let recipients = rows.take(people, &node.recipients);
            let copied = rows.take(people, &node.copied);
            let mentioned = rows.take(people, &node.mentioned);
            rows.list.push(Row { node, author, recipients, copied, mentioned });
        }
        rows
    }

    fn take(&mut self, people: &People<'_>, iris: &[Iri]) -> Range<usize> {
        let start = self.places.len();
        self.places.extend(iris.iter().filter_map(|iri| people.place(iri)));
        start..self.places.len()
    }

    pub(super) fn recipients(&self, row: &Row<'_>) -> &[u32] {
        &self.places[row.recipients.clone()]
    }

    pub(super) fn mentioned(&self, row: &Row<'_>) -> &[u32] {
        &self.places[row.mentioned.clone()]
    }

    /// Author and recipients.
    pub(super) fn present(&self, row: &Row<'_>) -> impl Iterator<Item = u32> {
        row.author.into_iter().chain(self.recipients(row).iter().copied())
    }

    /// Writes all of them into a ledger.
    pub(super) fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::new();
        for row in &self.list {
            ledger.add(&Said {
                at: row.node.at,
                kind: row.node.kind,
                author: row.author,
                recipients: self.recipients(row),
                copied: &self.places[row.copied.clone()],
                mentioned: self.mentioned(row),
            });
        }
        ledger
    }
}

/// Who owes whom by a promise that stands at `as_of`.
pub(super) fn promise(people: &People<'_>, record: &FactRecord, as_of: Timestamp) -> Option<(u32, u32)> {
    let fact = &record.fact;
    let replaced = matches!(fact.status, FactStatus::Withdrawn | FactStatus::Superseded);
    let stands = fact.polarity == Polarity::Affirmed && fact.review != ReviewState::Rejected && !replaced;
    if fact.kind != FactKind::Commitment || !stands || fact.retired_at.is_some() || fact.valid_from > as_of {
        return None;
    }
    Some((people.place(record.owner.as_ref()?)?, people.place(record.beneficiary.as_ref()?)?))
}
