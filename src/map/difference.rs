//! How the map changed between two times.

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Changes, Edge, Measures, Moved, Node, RelationshipMap};
use crate::model::{Iri, PersonStatus};
use crate::relations::EdgeKind;

/// A move of standing smaller than this is noise.
const SMALLEST_MOVE: f64 = 0.01;

/// What is different in `now` from the map of an earlier time.
pub fn difference(before: &RelationshipMap, now: &RelationshipMap) -> Changes {
    let then: FxHashMap<&Iri, &Node> = before.nodes.iter().map(|node| (&node.id, node)).collect();
    let edges_then: FxHashMap<(&Iri, &Iri, EdgeKind), &Edge> =
        before.edges.iter().map(|edge| (key(edge), edge)).collect();
    let people = || now.nodes.iter().filter(|node| node.status.is_some());
    let is_active = |node: &Node| node.status == Some(PersonStatus::Active);
    let fell_silent =
        people().filter(|node| !is_active(node) && then.get(&node.id).is_some_and(|then| is_active(then)));
    let new_people: FxHashSet<&Iri> = people().map(|node| &node.id).filter(|id| !then.contains_key(id)).collect();
    let faded = now.edges.iter().filter(|edge| {
        let unheard = edge.last.is_some_and(|last| last <= before.as_of) && edge.kind.is_contact();
        unheard && edges_then.get(&key(edge)).is_some_and(|then| edge.weight < then.weight / 2.0)
    });
    let mut moved: Vec<Moved> = people().filter_map(|node| moved(then.get(&node.id)?, node)).collect();
    moved.sort_by(|a, b| distance(b).total_cmp(&distance(a)).then_with(|| a.id.cmp(&b.id)));
    Changes {
        since: before.as_of,
        new_people: people().map(|node| &node.id).filter(|id| new_people.contains(id)).cloned().collect(),
        fallen_silent: fell_silent.map(|node| node.id.clone()).collect(),
        new_edges: now.edges.iter().filter(|edge| !edges_then.contains_key(&key(edge))).cloned().collect(),
        faded_edges: faded.cloned().collect(),
        moved,
        was_single_threaded: before.answers.single_threaded.value,
    }
}

fn key(edge: &Edge) -> (&Iri, &Iri, EdgeKind) {
    (&edge.source, &edge.target, edge.kind)
}

fn moved(then: &Node, now: &Node) -> Option<Moved> {
    let (Measures { pagerank: rank_then, betweenness: between_then, .. }, now_at) = (then.measures?, now.measures?);
    let moved = Moved {
        id: now.id.clone(),
        name: now.name.clone(),
        pagerank: (rank_then, now_at.pagerank),
        betweenness: (between_then, now_at.betweenness),
    };
    (distance(&moved) >= SMALLEST_MOVE).then_some(moved)
}

fn distance(moved: &Moved) -> f64 {
    (moved.pagerank.1 - moved.pagerank.0).abs().max((moved.betweenness.1 - moved.betweenness.0).abs())
}
