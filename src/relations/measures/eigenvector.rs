//! Eigenvector centrality by rounds of passing on, each node keeping its own share: the plain rounds would swing for
//! ever where the network has two halves that only touch each other.

use crate::relations::network::Adjacency;

/// The rounds stop after so many, without an answer.
const MOST_ROUNDS: usize = 2_000;
/// They have settled when the change of a round is below this, for each person.
const TOLERANCE: f64 = 1e-10;

/// The centrality of each node, of length one; `None` where nobody is in contact or the rounds do not settle.
pub fn eigenvector(arcs: &Adjacency) -> Option<Vec<f64>> {
    let nodes = arcs.nodes();
    if arcs.arcs() == 0 {
        return None;
    }
    // What a node keeps must be of the order of what it passes on; the heaviest contact makes it so.
    let unit = arcs.heaviest().recip();
    let mut values = vec![1.0 / nodes as f64; nodes];
    let mut next = vec![0.0; nodes];
    for _ in 0..MOST_ROUNDS {
        for (node, next) in next.iter_mut().enumerate() {
            let passed: f64 = arcs
                .neighbours(node)
                .iter()
                .zip(arcs.weights(node))
                .map(|(&from, weight)| weight * values[from as usize])
                .sum();
            *next = values[node] + passed * unit;
        }
        let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
        let mut change = 0.0;
        for (value, next) in values.iter_mut().zip(&next) {
            let settled = next / length;
            change += (settled - *value).abs();
            *value = settled;
        }
        if change < TOLERANCE * nodes as f64 {
            return Some(values);
        }
    }
    None
}
