//! `PageRank` over weighted arcs, as networkx defines it: jumps and the rank of dead ends go to everybody alike.

use crate::relations::network::Adjacency;

const DAMPING: f64 = 0.85;
/// Rounds stop when a round changes less than this for each node.
const TOLERANCE: f64 = 1e-12;
/// 0.85 to this power is far below the tolerance.
const MOST_ROUNDS: usize = 400;

/// The rank of each node; the ranks sum to one.
pub fn page_rank(arcs: &Adjacency) -> Vec<f64> {
    let nodes = arcs.nodes();
    if nodes == 0 {
        return Vec::new();
    }
    let even = 1.0 / nodes as f64;
    let totals: Vec<f64> = (0..nodes).map(|node| arcs.weights(node).iter().sum()).collect();
    let mut ranks = vec![even; nodes];
    for _ in 0..MOST_ROUNDS {
        let stuck: f64 = ranks.iter().zip(&totals).filter(|&(_, &total)| total <= 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * stuck) * even; nodes];
        for (node, (rank, total)) in ranks.iter().zip(&totals).enumerate().filter(|(_, (_, total))| **total > 0.0) {
            let passed_on = DAMPING * rank / total;
            for (&target, weight) in arcs.neighbours(node).iter().zip(arcs.weights(node)) {
                next[target as usize] += passed_on * weight;
            }
        }
        let change: f64 = ranks.iter().zip(&next).map(|(before, after)| (before - after).abs()).sum();
        ranks = next;
        if change < TOLERANCE * nodes as f64 {
            break;
        }
    }
    ranks
}
