//! Communities of contact by the Leiden method, always with the same seeds. One run can end far from the best answer
//! (on the karate club with 0.430 where 0.444 can be had), so a small network is read several times.

use std::cmp::Reverse;

use leiden_rs::leiden::LeidenOutput;
use leiden_rs::partition::Partition;
use leiden_rs::{GraphData, GraphDataBuilder, Leiden, LeidenConfig};

use crate::relations::network::Adjacency;

/// Runs on a small network; the one with the highest modularity counts, of equals the first.
const MOST_RUNS: usize = 24;
/// Contacts that all runs together may read; there is always one run.
const MOST_CONTACTS: usize = 40_000;

/// The community of each node, the largest has number 0; `None` for nodes without contact.
pub fn communities(arcs: &Adjacency) -> Vec<Option<usize>> {
    let nodes = arcs.nodes();
    let Some(found) = best(arcs) else { return vec![None; nodes] };
    let is_alone = |node: usize| arcs.neighbours(node).is_empty();
    let members: Vec<(usize, usize)> = found.iter().filter(|&(node, _)| !is_alone(node)).collect();
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

/// The best of several runs; `None` where nobody is in contact.
fn best(arcs: &Adjacency) -> Option<Partition> {
    let contacts = arcs.arcs() / 2;
    if contacts == 0 {
        return None;
    }
    let data = data(arcs)?;
    let runs = (MOST_CONTACTS / contacts).clamp(1, MOST_RUNS);
    let found = (1..=runs as u64)
        .filter_map(|seed| Leiden::new(LeidenConfig { seed: Some(seed), ..LeidenConfig::default() }).run(&data).ok());
    // A tie goes to the first: `max_by` would take the last.
    let better = |best: LeidenOutput, next: LeidenOutput| if next.quality > best.quality { next } else { best };
    found.reduce(better).map(|output| output.partition)
}

/// The contacts as the library wants them, with weights of at most one.
fn data(arcs: &Adjacency) -> Option<GraphData> {
    let heaviest = arcs.heaviest();
    let mut builder = GraphDataBuilder::new(arcs.nodes());
    for node in 0..arcs.nodes() {
        for (&other, weight) in arcs.neighbours(node).iter().zip(arcs.weights(node)) {
            if node < other as usize {
                builder.add_edge(node, other as usize, weight / heaviest).ok()?;
            }
        }
    }
    builder.build().ok()
}
