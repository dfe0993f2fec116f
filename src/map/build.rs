//! Makes the map.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    answers,
    edges::{Edges, Index, collect},
    measures::{Measured, measure},
    model::{Edge, EdgeKind, Measures, Node, NodeKind, RelationshipMap},
    network::Network,
};
use crate::{
    graph::{AccountGraph, GraphError},
    model::{AccountSlug, FactKind, FactRecord, InteractionNode, Iri, PersonStatus, Side, Stakeholder},
};

/// What the map is made from.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The account.
    pub account: AccountSlug,
    /// The people, by IRI.
    pub people: Vec<Stakeholder>,
    /// The interactions.
    pub interactions: Vec<InteractionNode>,
    /// The commitments; facts of other kinds are passed over.
    pub commitments: Vec<FactRecord>,
}

/// Reads from the graph what the map is made from.
pub fn read(graph: &AccountGraph<'_>) -> Result<Parts, GraphError> {
    Ok(Parts {
        account: graph.slug().clone(),
        people: graph.stakeholders()?,
        interactions: graph.interactions()?,
        commitments: graph.facts(Some(FactKind::Commitment))?,
    })
}

/// Everything that the answers are found in. People are known by their place in the list.
pub(super) struct Ground<'a> {
    pub(super) people: &'a [Stakeholder],
    pub(super) index: &'a Index<'a>,
    pub(super) interactions: &'a [InteractionNode],
    pub(super) edges: &'a Edges,
    pub(super) network: &'a Network,
    pub(super) measured: &'a Measured,
    pub(super) as_of: Timestamp,
}

impl Ground<'_> {
    /// Says whether somebody is on a side and still there.
    pub(super) fn is_present(&self, person: u32, side: Side) -> bool {
        let person = &self.people[person as usize];
        person.side == Some(side) && person.status != PersonStatus::Departed
    }
}

/// Makes the map as it stands at `as_of`: nothing that was said later counts.
pub fn build(parts: &Parts, as_of: Timestamp) -> RelationshipMap {
    let seen = parts.people.iter().filter(|person| person.first_seen <= as_of);
    let people: Vec<Stakeholder> = seen.map(|person| person.clone().judged_at(as_of)).collect();
    let index = Index::of(&people);
    let edges = collect(&index, &parts.interactions, &parts.commitments, as_of);
    let network = network(people.len(), &edges);
    let measured = measure(&network);
    let ground = Ground {
        people: &people,
        index: &index,
        interactions: &parts.interactions,
        edges: &edges,
        network: &network,
        measured: &measured,
        as_of,
    };
    let answers = answers::answer(&ground);
    let (organizations, memberships) = organizations(&parts.account, &people);
    let persons = people.iter().enumerate().map(|(place, person)| node(person, measures(&measured, place)));
    RelationshipMap {
        account: parts.account.clone(),
        as_of,
        nodes: persons.chain(organizations).collect(),
        edges: shown(&people, &edges, memberships),
        answers,
        changes: None,
    }
}

fn network(people: usize, edges: &Edges) -> Network {
    let mut arcs = Vec::with_capacity(edges.tallies.len());
    for (&(source, target, kind), tally) in edges.tallies.iter().filter(|((.., kind), _)| kind.is_contact()) {
        arcs.push((source, target, tally.weight));
        if kind.is_mutual() {
            arcs.push((target, source, tally.weight));
        }
    }
    Network::new(people, &arcs)
}

fn measures(measured: &Measured, place: usize) -> Measures {
    Measures {
        pagerank: measured.page_rank[place],
        betweenness: measured.betweenness.values[place],
        eigenvector: measured.eigenvector.as_ref().map(|values| values[place]),
        community: measured.communities[place],
        articulation: measured.articulation[place],
    }
}

fn node(person: &Stakeholder, measures: Measures) -> Node {
    Node {
        id: person.id.clone(),
        kind: NodeKind::Person,
        name: person.name.clone(),
        side: person.side,
        title: person.title.clone(),
        organization: person.organization.clone(),
        buying_role: person.buying_role,
        influence: Some(person.influence),
        sentiment: person.sentiment,
        status: Some(person.status),
        measures: Some(measures),
    }
}

/// The edges as they are shown, sorted.
fn shown(people: &[Stakeholder], edges: &Edges, memberships: Vec<Edge>) -> Vec<Edge> {
    let id = |place: u32| people[place as usize].id.clone();
    let between = edges.tallies.iter().map(|(&(source, target, kind), tally)| Edge {
        source: id(source),
        target: id(target),
        kind,
        weight: tally.weight,
        count: tally.count,
        first: Some(tally.first),
        last: Some(tally.last),
    });
    let mut shown: Vec<Edge> = between.chain(memberships).collect();
    shown.sort_unstable_by(|a, b| (&a.source, &a.target, a.kind).cmp(&(&b.source, &b.target, b.kind)));
    shown
}

/// A node for each organisation that people say they belong to, and their memberships. Spellings that differ only in
/// case are one organisation; one name on two sides is two.
fn organizations(account: &AccountSlug, people: &[Stakeholder]) -> (Vec<Node>, Vec<Edge>) {
    let mut nodes: BTreeMap<(String, Option<&str>), Node> = BTreeMap::new();
    let mut edges = Vec::new();
    for person in people {
        let Some(name) = person.organization.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            continue;
        };
        let key = (name.to_lowercase(), person.side.map(Side::as_str));
        let id = mint(account, &key);
        edges.push(Edge {
            source: person.id.clone(),
            target: id.clone(),
            kind: EdgeKind::MemberOf,
            weight: 1.0,
            count: 1,
            first: None,
            last: None,
        });
        nodes.entry(key).or_insert_with(|| Node {
            id,
            kind: NodeKind::Organization,
            name: name.to_owned(),
            side: person.side,
            title: None,
            organization: None,
            buying_role: None,
            influence: None,
            sentiment: None,
            status: None,
            measures: None,
        });
    }
    (nodes.into_values().collect(), edges)
}

/// The name of an organisation follows from the account, its side and its name.
fn mint(account: &AccountSlug, (name, side): &(String, Option<&str>)) -> Iri {
    let words = [account.as_str(), side.unwrap_or_default(), name].join("\u{1f}");
    Iri::from_text(format!("urn:baton:organization:{}", &blake3::hash(words.as_bytes()).to_hex()[..24]))
}
