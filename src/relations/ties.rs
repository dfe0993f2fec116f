//! What many interactions amount to between two people.

use jiff::Timestamp;

use super::fade::Base;
use super::kind::EdgeKind;
use super::ledger::{Ledger, unpack};
use super::network::{Frame, Network};

/// How somebody relates to somebody, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// Where it starts; of the two who meet the lower number.
    pub source: u32,
    /// Where it ends.
    pub target: u32,
    /// What it says.
    pub kind: EdgeKind,
    /// Sum of what each interaction still counts.
    pub weight: f64,
    /// Number of interactions or promises.
    pub count: u32,
    /// The earliest.
    pub first: Timestamp,
    /// The latest.
    pub last: Timestamp,
}

/// All ties, by source, target and kind.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// The ties.
    pub ties: Vec<Tie>,
    /// Interactions that gave no contact because too many were addressed.
    pub crowds: u32,
}

impl Ties {
    /// The network of contact among so many people.
    pub fn network(&self, people: usize) -> Network {
        let contacts: Vec<&Tie> = self.ties.iter().filter(|tie| tie.kind.is_contact()).collect();
        let frame = Frame::new(people, contacts.iter().map(|tie| (tie.source, tie.target, tie.kind.is_mutual())));
        let weights: Vec<f64> = contacts.iter().map(|tie| tie.weight).collect();
        frame.network(&weights)
    }
}

/// Adds up the touches of a settled ledger.
pub(super) fn merged(ledger: &Ledger, base: Base, scale: f64) -> Vec<Tie> {
    let weights: Vec<f64> = ledger.rows.iter().map(|&at| base.weight(at) * scale).collect();
    let mut ties: Vec<Tie> = Vec::with_capacity(ledger.touches.len() / 2);
    for touches in ledger.touches.chunk_by(|a, b| a.0 == b.0) {
        let (Some(&(key, first)), Some(&(_, last))) = (touches.first(), touches.last()) else { continue };
        let Some((source, target, kind)) = unpack(key) else { continue };
        ties.push(Tie {
            source,
            target,
            kind,
            weight: touches.iter().map(|&(_, row)| weights[row as usize]).sum::<f64>() * kind.worth(),
            count: touches.len() as u32,
            first: ledger.rows[first as usize],
            last: ledger.rows[last as usize],
        });
    }
    ties
}
