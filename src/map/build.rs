//! Makes the map.

use jiff::Timestamp;

use super::{
    answers,
    ground::{Ground, People, Person, Rows, promise},
    model::{Edge, Measures, Node, NodeKind, RelationshipMap},
    structure::structure,
};
use crate::graph::{AccountGraph, GraphError};
use crate::model::{AccountSlug, FactKind, FactRecord, InteractionNode, Stakeholder};
use crate::relations::measures::{Measured, measure};

/// What the map is made from.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The account.
    pub account: AccountSlug,
    /// The people.
    pub people: Vec<Stakeholder>,
    /// The interactions.
    pub interactions: Vec<InteractionNode>,
    /// The commitments; facts of other kinds are passed over.
    pub commitments: Vec<FactRecord>,
}

/// What the map is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The time that it holds for: nothing that was said later counts.
    pub as_of: Timestamp,
    /// A person by name or address to whom the way is wanted.
    pub path_to: Option<&'a str>,
}

/// Reads from the graph what the map is made from, on several threads.
pub fn read(graph: &AccountGraph<'_>) -> Result<Parts, GraphError> {
    let (interactions, (people, commitments)) = rayon::join(
        || graph.interactions(),
        || rayon::join(|| graph.stakeholders_in_brief(), || graph.facts(Some(FactKind::Commitment))),
    );
    Ok(Parts { account: graph.slug().clone(), people: people?, interactions: interactions?, commitments: commitments? })
}

/// Makes the map as it stands at `as_of`: nothing that was said later counts.
pub fn build(parts: &Parts, as_of: Timestamp) -> RelationshipMap {
    build_asked(parts, Asked { as_of, path_to: None })
}

/// Makes the map, and answers what is asked beside it.
pub fn build_asked(parts: &Parts, Asked { as_of, path_to }: Asked<'_>) -> RelationshipMap {
    let people = People::of(parts, as_of);
    let rows = Rows::of(&people, &parts.interactions, as_of);
    let mut ledger = rows.ledger();
    for record in &parts.commitments {
        if let Some((owner, owed)) = promise(&people, record, as_of) {
            ledger.promise(owner, owed, record.fact.valid_from);
        }
    }
    let ties = ledger.ties(as_of);
    let network = ties.network(people.list.len());
    let measured = measure(&network);
    let ground = Ground { people, rows, ties, network, measured };
    let people = &ground.people;
    let persons = people.list.iter().enumerate().map(|(place, person)| node(person, measures(&ground.measured, place)));
    let mut nodes: Vec<Node> = persons.collect();
    let declared = structure(&parts.account, people, &mut nodes);
    RelationshipMap {
        account: parts.account.clone(),
        as_of,
        nodes,
        edges: shown(&ground, declared),
        answers: answers::answer(&ground, path_to),
        changes: None,
    }
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

fn node(person: &Person<'_>, measures: Measures) -> Node {
    let known = person.known;
    Node {
        id: known.id.clone(),
        kind: NodeKind::Person,
        name: known.name.clone(),
        side: known.side,
        title: known.title.clone(),
        organization: known.organization.clone(),
        buying_role: known.buying_role,
        influence: Some(known.influence),
        sentiment: known.sentiment,
        status: Some(person.status),
        measures: Some(measures),
    }
}

/// The edges as they are shown: by source, target and kind. `declared` are by source already; ties are in the order of
/// places, which is that of IRIs.
fn shown(ground: &Ground<'_>, declared: Vec<Edge>) -> Vec<Edge> {
    let people = &ground.people;
    let mut shown: Vec<Edge> = Vec::with_capacity(ground.ties.ties.len() + declared.len());
    let mut declared = declared.into_iter().peekable();
    let mut ties = ground.ties.ties.iter().peekable();
    for (place, person) in (0u32..).zip(&people.list) {
        let start = shown.len();
        while let Some(tie) = ties.next_if(|tie| tie.source == place) {
            shown.push(Edge {
                source: person.known.id.clone(),
                target: people.id(tie.target),
                kind: tie.kind,
                weight: tie.weight,
                count: tie.count,
                first: Some(tie.first),
                last: Some(tie.last),
            });
        }
        let between = shown.len();
        while let Some(edge) = declared.next_if(|edge| edge.source == person.known.id) {
            shown.push(edge);
        }
        if shown.len() > between {
            shown[start..].sort_by(|a, b| (&a.target, a.kind).cmp(&(&b.target, b.kind)));
        }
    }
    shown
}
