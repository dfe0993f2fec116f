//! The networks of contact at several times, from one pass over what was said.

use jiff::Timestamp;

use super::fade::Base;
use super::ledger::{Ledger, unpack};
use super::network::{Adjacency, Frame, Network};

/// The networks of contact at several ends.
pub struct Series {
    frame: Frame,
    /// For each time, the weight of each tie; zero before its first interaction.
    weights: Vec<Vec<f64>>,
}

impl Series {
    /// Adds up the touches of a settled ledger until each of `ends`, which ascend.
    pub(super) fn of(ledger: &Ledger, people: usize, ends: &[Timestamp]) -> Self {
        let is_contact = |key: u64| unpack(key).filter(|(.., kind)| kind.is_contact());
        let ties: Vec<_> = ledger
            .touches
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|touches| Some((is_contact(touches.first()?.0)?, touches)))
            .collect();
        let frame =
            Frame::new(people, ties.iter().map(|((source, target, kind), _)| (*source, *target, kind.is_mutual())));
        let base = Base::at(ends.last().copied().unwrap_or_default());
        let said: Vec<f64> = ledger.rows.iter().map(|&at| base.weight(at)).collect();
        // The first of `ends` that a row counts for.
        let from: Vec<usize> = ledger.rows.iter().map(|&at| ends.partition_point(|&end| end < at)).collect();
        let mut weights = vec![vec![0.0; ties.len()]; ends.len()];
        for (tie, ((.., kind), touches)) in ties.iter().enumerate() {
            let (mut sum, mut done) = (0.0, 0);
            let rows = touches.iter().map(|&(_, row)| Some(row as usize));
            for row in rows.chain([None]) {
                let until = row.map_or(ends.len(), |row| from[row]);
                if sum > 0.0 {
                    weights[done..until].iter_mut().for_each(|weights| weights[tie] = sum);
                }
                done = until;
                sum += row.map_or(0.0, |row| said[row] * kind.worth());
            }
        }
        Self { frame, weights }
    }

    /// The directed half of the network at the `place`-th of the times, for measures that need no more.
    pub fn directed(&self, place: usize) -> Adjacency {
        self.weights.get(place).map(|weights| self.frame.directed(weights)).unwrap_or_default()
    }

    /// The network at the `place`-th of the times; empty where there is no such time.
    pub fn network(&self, place: usize) -> Network {
        self.weights.get(place).map(|weights| self.frame.network(weights)).unwrap_or_default()
    }
}
