//! The network of contact in the form that the measures need.

use petgraph::graph::UnGraph;

/// Weighted neighbours of numbered nodes, in one block of memory.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Adjacency {
    /// Takes arcs in the order of source and target; several arcs of one pair add up, in their order.
    fn of(nodes: usize, arcs: impl Iterator<Item = (u32, u32, f64)>, room: usize) -> Self {
        let mut found = Self {
            starts: Vec::with_capacity(nodes + 1),
            targets: Vec::with_capacity(room),
            weights: Vec::with_capacity(room),
        };
        let mut latest = None;
        for (source, target, weight) in arcs {
            if latest == Some((source, target))
                && let Some(last) = found.weights.last_mut()
            {
                *last += weight;
                continue;
            }
            while found.starts.len() <= source as usize {
                found.starts.push(found.targets.len());
            }
            found.targets.push(target);
            found.weights.push(weight);
            latest = Some((source, target));
        }
        found.starts.resize(nodes + 1, found.targets.len());
        found
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of arcs.
    pub fn arcs(&self) -> usize {
        self.targets.len()
    }

    /// The neighbours of a node, ascending.
    pub fn neighbours(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }

    /// The weights of its arcs, in the same order.
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.starts[node]..self.starts[node + 1]]
    }

    /// The same for petgraph and the libraries that build on it, for arcs that stand at both their ends: node numbers
    /// stay, an edge for each pair, weights relative to the heaviest.
    pub fn graph(&self) -> UnGraph<(), f64> {
        let heaviest = self.heaviest();
        let mut graph = UnGraph::with_capacity(self.nodes(), self.arcs() / 2);
        for _ in 0..self.nodes() {
            graph.add_node(());
        }
        for node in 0..self.nodes() {
            for (&other, weight) in self.neighbours(node).iter().zip(self.weights(node)) {
                if node < other as usize {
                    graph.add_edge((node as u32).into(), other.into(), weight / heaviest);
                }
            }
        }
        graph
    }

    /// The heaviest of all arcs, and never zero.
    pub fn heaviest(&self) -> f64 {
        self.weights.iter().copied().fold(f64::MIN_POSITIVE, f64::max)
    }
}

/// The network of contact: directed, and with both directions taken together.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Who reaches out to whom.
    pub directed: Adjacency,
    /// Who is in touch with whom; each contact stands at both its ends, with the same weight.
    pub mutual: Adjacency,
}

impl Network {
    /// Takes arcs between numbered nodes; several arcs of one pair add up, and a node is no neighbour of itself.
    pub fn new(nodes: usize, arcs: &[(u32, u32, f64)]) -> Self {
        let frame = Frame::new(nodes, arcs.iter().map(|&(source, target, _)| (source, target, false)));
        let weights: Vec<f64> = arcs.iter().map(|arc| arc.2).collect();
        frame.network(&weights)
    }

    /// Number of pairs in contact.
    pub fn contacts(&self) -> usize {
        self.mutual.arcs() / 2
    }

    /// Weight of the contact of two people; zero where there is none.
    pub fn strength(&self, one: u32, other: u32) -> f64 {
        let place = self.mutual.neighbours(one as usize).binary_search(&other).ok();
        place.and_then(|place| self.mutual.weights(one as usize).get(place)).copied().unwrap_or(0.0)
    }
}

/// An arc and the number of the tie that it stands for.
type Strut = (u32, u32, u32);

/// The arcs of numbered ties in the order in which a network wants them: sorted once, for networks at many times.
pub(super) struct Frame {
    nodes: usize,
    directed: Vec<Strut>,
    mutual: Vec<Strut>,
}

impl Frame {
    /// Takes ties by source, target, and whether they hold both ways.
    pub(super) fn new(nodes: usize, ties: impl Iterator<Item = (u32, u32, bool)>) -> Self {
        let room = 2 * ties.size_hint().0;
        let (mut directed, mut mutual) = (Vec::with_capacity(room), Vec::with_capacity(room));
        for (tie, (source, target, both)) in (0u32..).zip(ties) {
            if source == target {
                continue;
            }
            directed.push((source, target, tie));
            if both {
                directed.push((target, source, tie));
            }
            mutual.extend([(source, target, tie), (target, source, tie)]);
        }
        Self { nodes, directed: sorted(nodes, &directed), mutual: sorted(nodes, &mutual) }
    }

    /// The network of the ties that have a weight.
    pub(super) fn network(&self, weights: &[f64]) -> Network {
        Network { directed: self.directed(weights), mutual: self.adjacency(&self.mutual, weights) }
    }

    /// The directed half of it.
    pub(super) fn directed(&self, weights: &[f64]) -> Adjacency {
        self.adjacency(&self.directed, weights)
    }

    fn adjacency(&self, struts: &[Strut], weights: &[f64]) -> Adjacency {
        let weighed = struts.iter().map(|&(source, target, tie)| (source, target, weights[tie as usize]));
        Adjacency::of(self.nodes, weighed.filter(|arc| arc.2 > 0.0), struts.len())
    }
}

/// By source and target; struts of one pair stay in their order. Two passes that count, each of which keeps the order
/// of the one before.
fn sorted(nodes: usize, struts: &[Strut]) -> Vec<Strut> {
    scattered(nodes, &scattered(nodes, struts, |strut| strut.1), |strut| strut.0)
}

fn scattered(nodes: usize, struts: &[Strut], number: impl Fn(&Strut) -> u32) -> Vec<Strut> {
    let mut places = vec![0usize; nodes + 1];
    for strut in struts {
        places[number(strut) as usize + 1] += 1;
    }
    for node in 0..nodes {
        places[node + 1] += places[node];
    }
    let mut sorted = vec![(0, 0, 0); struts.len()];
    for strut in struts {
        let place = &mut places[number(strut) as usize];
        sorted[*place] = *strut;
        *place += 1;
    }
    sorted
}
