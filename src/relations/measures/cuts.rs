//! Where the network falls apart: people and contacts without whom it has more parts. Tarjan's walk, without recursion.

use crate::relations::network::Adjacency;

/// Not reached yet.
const NEW: u32 = u32::MAX;

/// Says of each node whether the network falls apart without it, and lists the pairs, ascending, without whose contact
/// it does. Arcs lead both ways.
pub fn cuts(arcs: &Adjacency) -> (Vec<bool>, Vec<(u32, u32)>) {
    let nodes = arcs.nodes();
    let mut walk =
        Walk { reached: vec![NEW; nodes], lowest: vec![NEW; nodes], points: vec![false; nodes], pairs: Vec::new() };
    let mut clock = 0;
    for root in 0..nodes {
        if walk.reached[root] == NEW {
            walk.from(arcs, root as u32, &mut clock);
        }
    }
    walk.pairs.sort_unstable();
    (walk.points, walk.pairs)
}

struct Walk {
    /// When each node was reached.
    reached: Vec<u32>,
    /// The earliest that can be reached from a node and those below it by one step back.
    lowest: Vec<u32>,
    points: Vec<bool>,
    pairs: Vec<(u32, u32)>,
}

impl Walk {
    fn from(&mut self, arcs: &Adjacency, root: u32, clock: &mut u32) {
        // The way down: a node, where we came from, and how many of its neighbours were seen.
        let mut way = vec![(root, root, 0usize)];
        let mut branches = 0;
        self.reach(root, clock);
        while let Some((node, from, seen)) = way.last_mut() {
            let (node, from) = (*node, *from);
            if let Some(&next) = arcs.neighbours(node as usize).get(*seen) {
                *seen += 1;
                if self.reached[next as usize] == NEW {
                    self.reach(next, clock);
                    way.push((next, node, 0));
                } else if next != from {
                    self.lowest[node as usize] = self.lowest[node as usize].min(self.reached[next as usize]);
                }
                continue;
            }
            way.pop();
            if node == root {
                break;
            }
            let (low, above) = (self.lowest[node as usize], self.reached[from as usize]);
            self.lowest[from as usize] = self.lowest[from as usize].min(low);
            if low > above {
                self.pairs.push((node.min(from), node.max(from)));
            }
            if from == root {
                branches += 1;
            } else if low >= above {
                self.points[from as usize] = true;
            }
        }
        self.points[root as usize] = branches > 1;
    }

    fn reach(&mut self, node: u32, clock: &mut u32) {
        self.reached[node as usize] = *clock;
        self.lowest[node as usize] = *clock;
        *clock += 1;
    }
}
