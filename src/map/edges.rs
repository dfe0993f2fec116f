//! Who relates to whom: interactions, promises and memberships counted into edges.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::model::EdgeKind;
use crate::model::{
    FactKind, FactRecord, FactStatus, InteractionKind, InteractionNode, Iri, Polarity, ReviewState, Stakeholder,
};

/// After so many days an interaction counts half.
pub const HALF_LIFE_DAYS: f64 = 90.0;
/// With more people than this an interaction is an announcement: it says nothing about two of them and gives no edge.
pub const CROWD: usize = 50;
/// What is older than so many half-lives fades no further, so that no weight is ever zero.
const LONGEST_FADE: f64 = 50.0;

/// Place of a person in the list of people.
pub(super) type Place = u32;

/// The people by IRI.
pub(super) struct Index<'a>(FxHashMap<&'a Iri, Place>);

impl<'a> Index<'a> {
    pub(super) fn of(people: &'a [Stakeholder]) -> Self {
        Self(people.iter().zip(0..).map(|(person, place)| (&person.id, place)).collect())
    }

    pub(super) fn place(&self, iri: &Iri) -> Option<Place> {
        self.0.get(iri).copied()
    }

    /// Those who took part, the author first, nobody twice.
    pub(super) fn present(&self, node: &InteractionNode) -> Vec<Place> {
        let all = node.author.iter().chain(&node.recipients);
        let mut places: Vec<Place> = all.filter_map(|iri| self.place(iri)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// What is counted for one edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tally {
    pub(super) weight: f64,
    pub(super) count: u32,
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
}

/// The edges between people.
#[derive(Debug, Default)]
pub(super) struct Edges {
    pub(super) tallies: FxHashMap<(Place, Place, EdgeKind), Tally>,
    /// Interactions that gave no edge because too many took part.
    pub(super) crowds: u32,
}

/// Counts everything that was said until `as_of`.
pub(super) fn collect(
    index: &Index<'_>,
    interactions: &[InteractionNode],
    facts: &[FactRecord],
    as_of: Timestamp,
) -> Edges {
    let mut edges = Edges::default();
    for node in interactions.iter().filter(|node| node.at <= as_of && !node.automatic) {
        match contact(node.kind) {
            Some(EdgeKind::WritesTo) => edges.written(index, node, as_of),
            Some(EdgeKind::Meets) => edges.met(index, node, as_of),
            Some(EdgeKind::PromisesTo | EdgeKind::MemberOf) | None => {}
        }
    }
    for record in facts {
        edges.promised(index, record, as_of);
    }
    edges
}

/// What sort of contact an interaction is. Rows, figures and survey answers are none.
pub(super) fn contact(kind: InteractionKind) -> Option<EdgeKind> {
    match kind {
        InteractionKind::Email | InteractionKind::Chat | InteractionKind::Ticket => Some(EdgeKind::WritesTo),
        // The people of a note are those who were present.
        InteractionKind::Call | InteractionKind::Event | InteractionKind::Note => Some(EdgeKind::Meets),
        InteractionKind::Crm | InteractionKind::Usage | InteractionKind::Survey => None,
    }
}

/// What an interaction of `at` still counts at `as_of`.
pub(super) fn decay(at: Timestamp, as_of: Timestamp) -> f64 {
    let days = as_of.duration_since(at).as_secs_f64() / 86_400.0;
    (-(days / HALF_LIFE_DAYS).clamp(0.0, LONGEST_FADE)).exp2()
}

impl Edges {
    fn written(&mut self, index: &Index<'_>, node: &InteractionNode, as_of: Timestamp) {
        let Some(author) = node.author.as_ref().and_then(|iri| index.place(iri)) else { return };
        if node.recipients.len() > CROWD {
            self.crowds += 1;
            return;
        }
        let weight = decay(node.at, as_of);
        for recipient in index.present(node) {
            self.add((author, recipient, EdgeKind::WritesTo), node.at, weight);
        }
    }

    fn met(&mut self, index: &Index<'_>, node: &InteractionNode, as_of: Timestamp) {
        let present = index.present(node);
        if present.len() > CROWD {
            self.crowds += 1;
            return;
        }
        let weight = decay(node.at, as_of);
        for (skipped, &one) in present.iter().enumerate() {
            for &other in present.iter().skip(skipped + 1) {
                self.add((one, other, EdgeKind::Meets), node.at, weight);
            }
        }
    }

    fn promised(&mut self, index: &Index<'_>, record: &FactRecord, as_of: Timestamp) {
        let fact = &record.fact;
        let replaced = matches!(fact.status, FactStatus::Withdrawn | FactStatus::Superseded);
        let stands = fact.polarity == Polarity::Affirmed && fact.review != ReviewState::Rejected && !replaced;
        if fact.kind != FactKind::Commitment || !stands || fact.retired_at.is_some() || fact.valid_from > as_of {
            return;
        }
        let place = |person: &Option<Iri>| person.as_ref().and_then(|iri| index.place(iri));
        if let (Some(owner), Some(owed)) = (place(&record.owner), place(&record.beneficiary)) {
            self.add((owner, owed, EdgeKind::PromisesTo), fact.valid_from, decay(fact.valid_from, as_of));
        }
    }

    /// What somebody writes to themselves is no relation.
    fn add(&mut self, key: (Place, Place, EdgeKind), at: Timestamp, weight: f64) {
        if key.0 == key.1 {
            return;
        }
        let tally = self.tallies.entry(key).or_insert(Tally { weight: 0.0, count: 0, first: at, last: at });
        tally.weight += weight;
        tally.count += 1;
        tally.first = tally.first.min(at);
        tally.last = tally.last.max(at);
    }
}
