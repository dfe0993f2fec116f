//! Betweenness by Brandes' method over shortest chains without weights, normalised as networkx does.
//!
//! The exact answer takes nodes times arcs steps. Beyond [`MOST_STEPS`] it is estimated from every k-th node instead:
//! people are numbered by IRI, which is a hash, so every k-th of them is a fair draw and always the same one.
//!
//! Three things make it fast: the last level of a walk leads nowhere and is not walked from; whom a node leads on to is
//! gathered without a branch, in a list that the way back reads again; and all room is kept from walk to walk.

use rayon::prelude::*;

use crate::relations::network::Adjacency;

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

/// The share of shortest chains between two others that pass through each node. Arcs lead both ways.
pub fn betweenness(arcs: &Adjacency) -> Betweenness {
    let nodes = arcs.nodes();
    let affordable = (MOST_STEPS / arcs.arcs().max(1)).max(FEWEST_PIVOTS);
    let step = nodes.div_ceil(affordable).max(1);
    let pivots: Vec<usize> = (0..nodes).step_by(step).collect();
    let sizes = component_sizes(arcs);
    let mut values = vec![0.0; nodes];
    let parts: Vec<Vec<f64>> = pivots
        .par_chunks(pivots.len().div_ceil(PARTS).max(1))
        .map_init(
            || Walk::new(arcs),
            |walk, pivots| {
                for &pivot in pivots {
                    walk.run(pivot, sizes[pivot]);
                }
                std::mem::replace(&mut walk.values, vec![0.0; nodes])
            },
        )
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

/// For each node, how many can be reached from it, itself included.
fn component_sizes(arcs: &Adjacency) -> Vec<usize> {
    let mut sizes = vec![0; arcs.nodes()];
    let mut reached: Vec<u32> = Vec::with_capacity(arcs.nodes());
    for start in 0..arcs.nodes() {
        if sizes[start] > 0 {
            continue;
        }
        reached.clear();
        reached.push(start as u32);
        sizes[start] = 1;
        let mut done = 0;
        while let Some(&node) = reached.get(done) {
            done += 1;
            for &next in arcs.neighbours(node as usize) {
                if sizes[next as usize] == 0 {
                    sizes[next as usize] = 1;
                    reached.push(next);
                }
            }
        }
        for &node in &reached {
            sizes[node as usize] = reached.len();
        }
    }
    sizes
}

/// The shortest chains from one node, and what they add up to.
struct Walk<'a> {
    arcs: &'a Adjacency,
    distances: Vec<u32>,
    /// Number of shortest chains to each node.
    chains: Vec<f64>,
    /// What a node passes back to each chain that ends in it.
    passed_back: Vec<f64>,
    /// Nodes in the order in which they were reached.
    order: Vec<u32>,
    /// Whom each node leads on to, one node after the other, and where its part ends.
    onward: Vec<u32>,
    ends: Vec<usize>,
    values: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(arcs: &'a Adjacency) -> Self {
        let nodes = arcs.nodes();
        Self {
            arcs,
            distances: vec![FAR; nodes],
            chains: vec![0.0; nodes],
            passed_back: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
            onward: vec![0; arcs.arcs() + 1],
            ends: Vec::with_capacity(nodes),
            values: vec![0.0; nodes],
        }
    }

    fn run(&mut self, start: usize, size: usize) {
        self.spread(start, size);
        for &node in &self.order[self.ends.len()..] {
            self.passed_back[node as usize] = 1.0 / self.chains[node as usize];
        }
        // The start itself is between nobody.
        for place in (1..self.ends.len()).rev() {
            let node = self.order[place] as usize;
            let onward = &self.onward[self.ends[place - 1]..self.ends[place]];
            let share: f64 = onward.iter().map(|&next| self.passed_back[next as usize]).sum();
            let share = share * self.chains[node];
            self.passed_back[node] = (1.0 + share) / self.chains[node];
            self.values[node] += share;
        }
        for node in self.order.drain(..) {
            self.distances[node as usize] = FAR;
            self.chains[node as usize] = 0.0;
        }
        self.ends.clear();
    }

    /// Counts the shortest chains to every node, and notes how the nodes before the last level lead on.
    fn spread(&mut self, start: usize, size: usize) {
        self.distances[start] = 0;
        self.chains[start] = 1.0;
        self.order.push(start as u32);
        let (mut place, mut end, mut level_end) = (0, 0, 1);
        while self.order.len() < size || place < level_end {
            if place == level_end {
                level_end = self.order.len();
            }
            let node = self.order[place] as usize;
            let (level, chains, from) = (self.distances[node], self.chains[node], end);
            for &next in self.arcs.neighbours(node) {
                self.onward[end] = next;
                end += usize::from(self.distances[next as usize] > level);
            }
            for &next in &self.onward[from..end] {
                let next = next as usize;
                if self.distances[next] == FAR {
                    self.distances[next] = level + 1;
                    self.order.push(next as u32);
                }
                self.chains[next] += chains;
            }
            self.ends.push(end);
            place += 1;
        }
    }
}
