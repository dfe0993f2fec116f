//! Betweenness by Brandes' method over shortest chains without weights, normalised as networkx does.
//!
//! The exact answer takes nodes times arcs steps. Beyond [`MOST_STEPS`] it is estimated from every k-th node instead:
//! people are numbered by IRI, which is a hash, so every k-th of them is a fair draw and always the same one.

use rayon::prelude::*;

use crate::map::network::Adjacency;

/// Arcs walked for an answer.
const MOST_STEPS: usize = 60_000_000;
/// The estimate is made from no fewer nodes than this.
const FEWEST_PIVOTS: usize = 16;
/// Parts that are summed on their own and then in order, so that the sum does not depend on the number of cores.
const PARTS: usize = 16;
/// Not reached yet.
const FAR: u32 = u32::MAX;

/// Betweenness of each node.
#[derive(Clone, Debug, Default)]
pub struct Betweenness {
    /// 0..1 by node.
    pub values: Vec<f64>,
    /// The number of nodes that it was estimated from; `None` when it is exact.
    pub estimated_from: Option<usize>,
}

/// The share of shortest chains between two others that pass through each node.
pub fn betweenness(arcs: &Adjacency) -> Betweenness {
    let nodes = arcs.nodes();
    let affordable = (MOST_STEPS / arcs.arcs().max(1)).max(FEWEST_PIVOTS);
    let step = nodes.div_ceil(affordable).max(1);
    let pivots: Vec<usize> = (0..nodes).step_by(step).collect();
    let mut values = vec![0.0; nodes];
    let parts: Vec<Vec<f64>> = pivots
        .par_chunks(pivots.len().div_ceil(PARTS).max(1))
        .map(|pivots| {
            let mut sweep = Sweep::new(nodes);
            for &pivot in pivots {
                sweep.run(arcs, pivot);
            }
            sweep.values
        })
        .collect();
    for part in parts {
        for (value, more) in values.iter_mut().zip(part) {
            *value += more;
        }
    }
    if nodes > 2 {
        let others = (nodes - 1) as f64 * (nodes - 2) as f64;
        let scale = nodes as f64 / pivots.len() as f64 / others;
        for value in &mut values {
            *value *= scale;
        }
    }
    Betweenness { values, estimated_from: (step > 1).then_some(pivots.len()) }
}

/// The chains from one node, and what they add up to.
struct Sweep {
    distances: Vec<u32>,
    chains: Vec<f64>,
    shares: Vec<f64>,
    order: Vec<u32>,
    values: Vec<f64>,
}

impl Sweep {
    fn new(nodes: usize) -> Self {
        Self {
            distances: vec![FAR; nodes],
            chains: vec![0.0; nodes],
            shares: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
            values: vec![0.0; nodes],
        }
    }

    fn run(&mut self, arcs: &Adjacency, start: usize) {
        self.spread(arcs, start);
        for &node in self.order.iter().rev() {
            let node = node as usize;
            let passed_back = (1.0 + self.shares[node]) / self.chains[node];
            for &before in arcs.neighbours(node) {
                let before = before as usize;
                // Of two neighbours that were reached, distances differ by one at most.
                if self.distances[before] < self.distances[node] {
                    self.shares[before] += self.chains[before] * passed_back;
                }
            }
            if node != start {
                self.values[node] += self.shares[node];
            }
        }
        for node in self.order.drain(..) {
            let node = node as usize;
            self.distances[node] = FAR;
            self.chains[node] = 0.0;
            self.shares[node] = 0.0;
        }
    }

    /// Counts the shortest chains to every node.
    fn spread(&mut self, arcs: &Adjacency, start: usize) {
        self.distances[start] = 0;
        self.chains[start] = 1.0;
        self.order.push(start as u32);
        let mut done = 0;
        while let Some(&node) = self.order.get(done) {
            done += 1;
            let node = node as usize;
            let (next, chains) = (self.distances[node] + 1, self.chains[node]);
            for &neighbour in arcs.neighbours(node) {
                let place = neighbour as usize;
                if self.distances[place] == FAR {
                    self.distances[place] = next;
                    self.order.push(neighbour);
                }
                if self.distances[place] == next {
                    self.chains[place] += chains;
                }
            }
        }
    }
}
