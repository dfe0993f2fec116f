//! The map as its script reads it: small, with places in a list instead of names.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::answers::{Sentence, sentences};
use super::asked::says;
use super::marks::{MARKS, Marked};
use crate::map::{Node, NodeKind, RelationshipMap};
use crate::model::{BuyingRole, Iri, Side};
use crate::relations::EdgeKind;
use crate::web::wording::{MOODS, mood_level};

/// Who somebody is: identity, name, side, influence of 100, place of mood and role among their words (-1 is none), bits
/// of marks, community (-1 is none), title, organisation.
type PersonData<'m> = (&'m str, &'m str, u8, u32, i64, i64, u8, i64, &'m str, &'m str);

/// A tie: places of both ends (organisations come after people), kind, strength of 100, count, and how many days ago the
/// last contact was (-1 is no time).
type TieData = (usize, usize, usize, u64, u32, i64);

/// The map as its script reads it.
#[derive(Serialize)]
pub(super) struct MapData<'m> {
    day: Date,
    people: Vec<PersonData<'m>>,
    organizations: Vec<(&'m str, u8)>,
    ties: Vec<TieData>,
    answers: Vec<Sentence>,
    moods: [&'static str; 5],
    roles: [String; 7],
    marks: [(u8, &'static str); 4],
    kinds: [(&'static str, &'static str); 7],
}

impl<'m> MapData<'m> {
    /// Makes it of a map.
    pub(super) fn of(map: &'m RelationshipMap) -> Self {
        let (persons, organizations): (Vec<&Node>, Vec<&Node>) =
            map.nodes.iter().partition(|node| node.kind == NodeKind::Person);
        let places: HashMap<&Iri, usize> =
            persons.iter().chain(&organizations).enumerate().map(|(place, node)| (&node.id, place)).collect();
        let marked = Marked::of(map);
        Self {
            day: map.as_of.to_zoned(TimeZone::UTC).date(),
            people: persons.into_iter().map(|node| person(node, &marked)).collect(),
            organizations: organizations.iter().map(|node| (node.name.as_str(), side(node))).collect(),
            ties: ties(map, &places),
            answers: sentences(map),
            moods: MOODS,
            roles: BuyingRole::ALL.map(|role| role.as_str().replace('_', " ")),
            marks: MARKS.map(|mark| (mark.bit, mark.words)),
            kinds: EdgeKind::ALL.map(|kind| (kind.as_str(), says(kind))),
        }
    }
}

fn side(node: &Node) -> u8 {
    match node.side {
        Some(Side::Vendor) => 0,
        Some(Side::Customer) => 1,
        None => 2,
    }
}

fn person<'m>(node: &'m Node, marked: &Marked<'_>) -> PersonData<'m> {
    let role = node.buying_role.and_then(|role| BuyingRole::ALL.into_iter().position(|known| known == role));
    let place = |place: Option<usize>| place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1);
    (
        short(&node.id),
        &node.name,
        side(node),
        (node.influence.unwrap_or_default() * 100.0).round() as u32,
        place(node.sentiment.map(|mood| mood_level(f64::from(mood)))),
        place(role),
        marked.marks(node).iter().map(|mark| mark.bit).sum(),
        place(node.measures.and_then(|measures| measures.community)),
        node.title.as_deref().unwrap_or_default(),
        node.organization.as_deref().unwrap_or_default(),
    )
}

fn ties(map: &RelationshipMap, places: &HashMap<&Iri, usize>) -> Vec<TieData> {
    let tie = |edge: &crate::map::Edge| {
        let kind = EdgeKind::ALL.into_iter().position(|kind| kind == edge.kind)?;
        let days = edge.last.map_or(-1, |last| map.as_of.duration_since(last).as_hours() / 24);
        let strength = (edge.weight * 100.0).round() as u64;
        Some((*places.get(&edge.source)?, *places.get(&edge.target)?, kind, strength, edge.count, days))
    };
    map.edges.iter().filter_map(tie).collect()
}

/// The end of the identity of a person, as addresses have it.
pub(in crate::web) fn short(id: &Iri) -> &str {
    id.as_str().strip_prefix("urn:baton:person:").unwrap_or(id.as_str())
}
