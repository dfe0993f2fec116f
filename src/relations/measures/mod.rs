//! Where each person stands in the network of contact. They equal networkx's; tests hold that to a millionth.
//!
//! All but the communities (leiden-rs) are our own, over one block of memory: petgraph's `PageRank` knows no weights and
//! takes quadratic time, rustworkx-core's betweenness adds up in the order of threads, so that its last digits differ
//! from run to run, and knows no estimate for large networks; both copy the network into a form of theirs first.

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
    let ((betweenness, (articulation, bridges)), (communities, (page_rank, eigenvector))) = rayon::join(
        || (betweenness(&network.mutual), cuts(&network.mutual)),
        || (communities(&network.mutual), (page_rank(&network.directed), eigenvector(&network.mutual))),
    );
    Measured { page_rank, betweenness, eigenvector, communities, articulation, bridges }
}

#[cfg(test)]
mod tests;
