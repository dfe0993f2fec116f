//! Where the network falls apart: people and contacts without whom it has more parts. By rustworkx-core.

use petgraph::graph::UnGraph;
use rustworkx_core::connectivity::{articulation_points, bridges};

/// Says of each node whether the network falls apart without it, and lists the pairs, ascending, without whose contact
/// it does.
pub fn cuts(graph: &UnGraph<(), f64>) -> (Vec<bool>, Vec<(u32, u32)>) {
    let mut points = vec![false; graph.node_count()];
    for node in articulation_points(graph, None) {
        points[node.index()] = true;
    }
    let pair = |a: usize, b: usize| (a.min(b) as u32, a.max(b) as u32);
    let mut pairs: Vec<(u32, u32)> = bridges(graph).into_iter().map(|(a, b)| pair(a.index(), b.index())).collect();
    pairs.sort_unstable();
    (points, pairs)
}
