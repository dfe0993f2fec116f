//! The network of contact in the forms that the measures need.

use petgraph::graph::UnGraph;

/// Weighted neighbours of numbered nodes, in one block of memory.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Adjacency {
    /// Takes arcs in the order of their source, each pair once.
    fn of(nodes: usize, arcs: &[(u32, u32, f64)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(source, ..) in arcs {
            starts[source as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let targets = arcs.iter().map(|arc| arc.1).collect();
        Self { starts, targets, weights: arcs.iter().map(|arc| arc.2).collect() }
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of arcs.
    pub fn arcs(&self) -> usize {
        self.targets.len()
    }

    /// The neighbours of a node.
    pub fn neighbours(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }

    /// The weights of its arcs, in the same order.
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.starts[node]..self.starts[node + 1]]
    }
}

/// The network of contact: directed, and with both directions taken together.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Who reaches out to whom.
    pub directed: Adjacency,
    /// Who is in touch with whom.
    pub mutual: Adjacency,
    /// The same for the libraries; node numbers are those of the people, weights are at most one.
    pub graph: UnGraph<(), f64>,
}

impl Network {
    /// Takes arcs between numbered nodes; several arcs of one pair add up, and a node is no neighbour of itself.
    pub fn new(nodes: usize, arcs: &[(u32, u32, f64)]) -> Self {
        let directed = merged(arcs.iter().copied().filter(|&(source, target, _)| source != target));
        let pairs = merged(directed.iter().map(|&(a, b, weight)| (a.min(b), a.max(b), weight)));
        let both = merged(pairs.iter().flat_map(|&(a, b, weight)| [(a, b, weight), (b, a, weight)]));
        // Measures do not depend on the unit of weight, but iterations that are shifted by one settle faster with it.
        let heaviest = pairs.iter().map(|pair| pair.2).fold(f64::MIN_POSITIVE, f64::max);
        let mut graph = UnGraph::with_capacity(nodes, pairs.len());
        for _ in 0..nodes {
            graph.add_node(());
        }
        for (a, b, weight) in pairs {
            graph.add_edge(a.into(), b.into(), weight / heaviest);
        }
        Self { directed: Adjacency::of(nodes, &directed), mutual: Adjacency::of(nodes, &both), graph }
    }

    /// Weight of the contact of two people; zero where there is none.
    pub fn strength(&self, one: u32, other: u32) -> f64 {
        let place = self.mutual.neighbours(one as usize).binary_search(&other).ok();
        place.and_then(|place| self.mutual.weights(one as usize).get(place)).copied().unwrap_or(0.0)
    }
}

/// Sorts arcs and adds up those of one pair.
fn merged(arcs: impl Iterator<Item = (u32, u32, f64)>) -> Vec<(u32, u32, f64)> {
    let mut arcs: Vec<_> = arcs.collect();
    // By weight too, so that sums do not depend on the order of arcs.
    arcs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    arcs.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        if same {
            kept.2 += next.2;
        }
        same
    });
    arcs
}
