//! Where each person stands in the network of contact. They equal networkx's; tests hold that to a millionth.
//!
//! - [`page_rank()`] is our own: petgraph's knows no weights, jumps only where no edge leads, and takes quadratic time.
//! - [`betweenness()`] is our own: rustworkx-core adds up in the order of threads, so its last digits differ from run to
//!   run, and knows no estimate for large networks.
//! - Eigenvector centrality, articulation points and bridges are rustworkx-core's, communities leiden-rs's.

mod betweenness;
mod communities;
mod page_rank;

use std::convert::Infallible;

use rustworkx_core::centrality::eigenvector_centrality;
use rustworkx_core::connectivity::{articulation_points, bridges};

use super::network::Network;

pub use betweenness::{Betweenness, betweenness};
pub use communities::communities;
pub use page_rank::page_rank;

/// The iteration for eigenvectors stops after so many rounds, without an answer.
const EIGENVECTOR_ROUNDS: usize = 2_000;
/// It has settled when the change of a round is below this, for each person.
const EIGENVECTOR_TOLERANCE: f64 = 1e-10;

/// The measures of a whole network, by node.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Over directed weighted contact.
    pub page_rank: Vec<f64>,
    /// Over shortest chains, without weights.
    pub betweenness: Betweenness,
    /// `None` where the iteration does not settle, or where nobody is in contact.
    pub eigenvector: Option<Vec<f64>>,
    /// Number of the community, the largest is 0; `None` without contact.
    pub communities: Vec<Option<usize>>,
    /// Says of each node whether the network falls apart without it.
    pub articulation: Vec<bool>,
    /// Pairs without whose contact the network falls apart, sorted.
    pub bridges: Vec<(u32, u32)>,
}

/// Takes all measures.
pub fn measure(network: &Network) -> Measured {
    let mut articulation = vec![false; network.graph.node_count()];
    for node in articulation_points(&network.graph, None) {
        articulation[node.index()] = true;
    }
    let mut pairs: Vec<(u32, u32)> = bridges(&network.graph)
        .into_iter()
        .map(|(a, b)| (a.index().min(b.index()) as u32, a.index().max(b.index()) as u32))
        .collect();
    pairs.sort_unstable();
    Measured {
        page_rank: page_rank(&network.directed),
        betweenness: betweenness(&network.mutual),
        eigenvector: eigenvector(network),
        communities: communities(network),
        articulation,
        bridges: pairs,
    }
}

fn eigenvector(network: &Network) -> Option<Vec<f64>> {
    if network.graph.edge_count() == 0 {
        return None;
    }
    let settled: Result<_, Infallible> = eigenvector_centrality(
        &network.graph,
        |edge| Ok(*edge.weight()),
        Some(EIGENVECTOR_ROUNDS),
        Some(EIGENVECTOR_TOLERANCE),
    );
    settled.unwrap_or_default()
}
#[cfg(test)]
mod tests;
