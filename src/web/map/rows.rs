//! The map as two tables: people, and ties.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use super::asked::{Filter, says};
use super::data::short;
use super::marks::{Mark, Marked};
use crate::map::{Edge, Node, NodeKind, RelationshipMap};
use crate::model::{BuyingRole, Iri, Side};

/// Rows of a table on the page of the map.
const MOST: usize = 100;

/// A person of the table.
#[derive(Serialize)]
struct PersonRow<'m> {
    id: &'m str,
    name: &'m str,
    title: Option<&'m str>,
    organization: Option<&'m str>,
    side: Option<Side>,
    role: Option<BuyingRole>,
    influence: f32,
    mood: Option<f32>,
    marks: Vec<Mark>,
    /// With how many people they have a tie that is shown.
    ties: usize,
    last: Option<Timestamp>,
}

/// A tie of the table.
#[derive(Serialize)]
struct TieRow<'m> {
    from: End<'m>,
    to: End<'m>,
    says: &'static str,
    count: u32,
    last: Option<Timestamp>,
    strength: &'static str,
}

/// An end of a tie.
#[derive(Serialize)]
struct End<'m> {
    name: &'m str,
    /// Identity of a person; `None` of an organisation.
    id: Option<&'m str>,
}

/// The tables.
#[derive(Serialize)]
pub(super) struct Tables<'m> {
    people: Vec<PersonRow<'m>>,
    people_count: usize,
    ties: Vec<TieRow<'m>>,
    ties_count: usize,
}

/// How strong a contact is, in words.
pub(super) fn strength(weight: f64) -> &'static str {
    match weight {
        ..0.5 => "faint",
        ..2.0 => "weak",
        ..6.0 => "fair",
        ..15.0 => "strong",
        _ => "very strong",
    }
}

/// What is known of somebody from the ties that are shown.
#[derive(Default)]
struct Seen<'m> {
    others: HashSet<&'m Iri>,
    last: Option<Timestamp>,
}

impl<'m> Tables<'m> {
    /// Makes the tables of what a filter takes, the weightiest first.
    pub(super) fn of(map: &'m RelationshipMap, filter: &Filter) -> Self {
        let shown: HashMap<&Iri, &Node> = map
            .nodes
            .iter()
            .filter(|node| node.kind == NodeKind::Organization || filter.takes(node))
            .map(|node| (&node.id, node))
            .collect();
        let is_shown = |edge: &&Edge| {
            filter.takes_tie(edge) && shown.contains_key(&edge.source) && shown.contains_key(&edge.target)
        };
        let mut edges: Vec<&Edge> = map.edges.iter().filter(is_shown).collect();
        let mut seen: HashMap<&Iri, Seen<'_>> = HashMap::new();
        for edge in &edges {
            for (own, other) in [(&edge.source, &edge.target), (&edge.target, &edge.source)] {
                let of = seen.entry(own).or_default();
                of.others.insert(other);
                of.last = of.last.max(edge.last);
            }
        }
        edges.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let mut people: Vec<&Node> = shown.values().copied().filter(|node| node.kind == NodeKind::Person).collect();
        people.sort_by(|a, b| {
            b.influence.unwrap_or_default().total_cmp(&a.influence.unwrap_or_default()).then_with(|| a.id.cmp(&b.id))
        });
        let marked = Marked::of(map);
        let (people_count, ties_count) = (people.len(), edges.len());
        Self {
            people: people.into_iter().take(MOST).map(|node| person(node, &marked, seen.get(&node.id))).collect(),
            people_count,
            ties: edges.into_iter().take(MOST).filter_map(|edge| tie(edge, &shown)).collect(),
            ties_count,
        }
    }
}

fn person<'m>(node: &'m Node, marked: &Marked<'_>, seen: Option<&Seen<'_>>) -> PersonRow<'m> {
    PersonRow {
        id: short(&node.id),
        name: &node.name,
        title: node.title.as_deref(),
        organization: node.organization.as_deref(),
        side: node.side,
        role: node.buying_role,
        influence: node.influence.unwrap_or_default(),
        mood: node.sentiment,
        marks: marked.marks(node),
        ties: seen.map_or(0, |seen| seen.others.len()),
        last: seen.and_then(|seen| seen.last),
    }
}

fn tie<'m>(edge: &'m Edge, shown: &HashMap<&'m Iri, &'m Node>) -> Option<TieRow<'m>> {
    let end = |id: &Iri| {
        let node = *shown.get(id)?;
        Some(End { name: &node.name, id: (node.kind == NodeKind::Person).then(|| short(&node.id)) })
    };
    Some(TieRow {
        from: end(&edge.source)?,
        to: end(&edge.target)?,
        says: says(edge.kind),
        count: edge.count,
        last: edge.last,
        strength: strength(edge.weight),
    })
}
