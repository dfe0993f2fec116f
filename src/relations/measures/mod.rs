//! Where each person stands in the network of contact. They equal networkx's; tests hold that to a millionth.
//!
//! - [`page_rank()`] is our own: petgraph's knows no weights, jumps only where no edge leads, and takes quadratic time.
//! - [`betweenness()`] is our own: rustworkx-core adds up in the order of threads, so its last digits differ from run to
//!   run, and knows no estimate for large networks.
//! - Eigenvector centrality, articulation points and bridges are rustworkx-core's, communities leiden-rs's.

mod betweenness;
mod communities;
mod cuts;
mod eigenvector;
mod page_rank;

use super::network::Network;

pub use betweenness::{Betweenness, betweenness};
pub use communities::communities;
pub use cuts::cuts;
pub use eigenvector::eigenvector;
pub use page_rank::page_rank;

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
    let graph = network.mutual.graph();
    let ((betweenness, (articulation, bridges)), (communities, (page_rank, eigenvector))) = rayon::join(
        || (betweenness(&network.mutual), cuts(&graph)),
        || (communities(&network.mutual), (page_rank(&network.directed), eigenvector(&graph))),
    );
    Measured { page_rank, betweenness, eigenvector, communities, articulation, bridges }
}

#[cfg(test)]
mod tests;
