//! Communities of contact by the Leiden method, always with the same seed.

use std::cmp::Reverse;

use leiden_rs::{Leiden, LeidenConfig, from_petgraph};

use crate::map::network::Network;

const SEED: u64 = 7;

/// The community of each node, the largest has number 0; `None` for nodes without contact.
pub fn communities(network: &Network) -> Vec<Option<usize>> {
    let nodes = network.graph.node_count();
    if network.graph.edge_count() == 0 {
        return vec![None; nodes];
    }
    let config = LeidenConfig { seed: Some(SEED), ..LeidenConfig::default() };
    let found = from_petgraph(&network.graph).and_then(|data| Leiden::new(config).run(&data));
    let Ok(found) = found else { return vec![None; nodes] };
    let is_alone = |node: usize| network.mutual.neighbours(node).is_empty();
    let members: Vec<(usize, usize)> = found.partition.iter().filter(|&(node, _)| !is_alone(node)).collect();
    let mut sizes: Vec<(usize, usize)> = Vec::new();
    for &(node, community) in &members {
        if sizes.len() <= community {
            sizes.resize(community + 1, (0, usize::MAX));
        }
        let size = &mut sizes[community];
        *size = (size.0 + 1, size.1.min(node));
    }
    let mut order: Vec<usize> = (0..sizes.len()).filter(|&community| sizes[community].0 > 0).collect();
    order.sort_unstable_by_key(|&community| (Reverse(sizes[community].0), sizes[community].1));
    let mut numbers = vec![0; sizes.len()];
    for (number, community) in order.into_iter().enumerate() {
        numbers[community] = number;
    }
    let mut communities = vec![None; nodes];
    for (node, community) in members {
        communities[node] = Some(numbers[community]);
    }
    communities
}
