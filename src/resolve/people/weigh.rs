//! Influence of everybody, relative to the largest counts of their side.

use super::influence::{self, Inputs, Relative};
use super::standing::Standing;
use crate::model::{Side, Stakeholder};

/// What is counted of one person.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Interactions addressed to them, a copy counting half.
    pub(crate) attention: f32,
    /// What others make of them.
    pub(crate) standing: Standing,
    /// Their `PageRank`.
    pub(crate) centrality: f32,
}

/// The largest counts of a side.
#[derive(Clone, Copy, Debug, Default)]
struct Largest {
    attention: f32,
    awaited: f32,
    unblocks: f32,
    centrality: f32,
}

/// Sets influence and its parts.
pub(crate) fn weigh(stakeholders: &mut [Stakeholder], count: impl Fn(&Stakeholder) -> Counts) {
    let counts: Vec<Counts> = stakeholders.iter().map(count).collect();
    let mut largest = [Largest::default(); 3];
    for (person, counts) in stakeholders.iter().zip(&counts) {
        let largest = &mut largest[side_index(person.side)];
        largest.attention = largest.attention.max(counts.attention);
        largest.awaited = largest.awaited.max(counts.standing.awaited as f32);
        largest.unblocks = largest.unblocks.max(counts.standing.unblocks as f32);
        largest.centrality = largest.centrality.max(counts.centrality);
    }
    for (person, counts) in stakeholders.iter_mut().zip(&counts) {
        let largest = largest[side_index(person.side)];
        let relative = |own: f32, largest: f32| Relative { own, largest };
        person.influence_parts = influence::parts(Inputs {
            title: person.title.as_deref(),
            role: person.buying_role,
            attention: relative(counts.attention, largest.attention),
            awaited: relative(counts.standing.awaited as f32, largest.awaited),
            unblocks: relative(counts.standing.unblocks as f32, largest.unblocks),
            centrality: relative(counts.centrality, largest.centrality),
            answered_hours: counts.standing.answered_hours,
        });
        person.influence = influence::score(&person.influence_parts);
    }
}

fn side_index(side: Option<Side>) -> usize {
    match side {
        Some(Side::Customer) => 0,
        Some(Side::Vendor) => 1,
        None => 2,
    }
}
