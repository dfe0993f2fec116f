//! Eigenvector centrality, by rustworkx-core. It shifts its rounds by one, so weights must be of that order: those of
//! [`Adjacency::graph`](crate::relations::Adjacency::graph) are at most one.

use std::convert::Infallible;

use petgraph::graph::UnGraph;
use rustworkx_core::centrality::eigenvector_centrality;

/// The rounds stop after so many, without an answer.
const MOST_ROUNDS: usize = 2_000;
/// They have settled when the change of a round is below this, for each person.
const TOLERANCE: f64 = 1e-10;

/// The centrality of each node, of length one; `None` where nobody is in contact or the rounds do not settle.
pub fn eigenvector(graph: &UnGraph<(), f64>) -> Option<Vec<f64>> {
    if graph.edge_count() == 0 {
        return None;
    }
    let settled: Result<_, Infallible> =
        eigenvector_centrality(graph, |edge| Ok(*edge.weight()), Some(MOST_ROUNDS), Some(TOLERANCE));
    settled.unwrap_or_default()
}
