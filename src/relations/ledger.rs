//! Takes what people said, one interaction after the other, as touches between two of them.

use jiff::Timestamp;

use super::fade::Base;
use super::kind::{EdgeKind, contact};
use super::series::Series;
use super::ties::{Ties, merged};
use crate::model::InteractionKind;

/// Addressed to more people than this an interaction is an announcement: it says nothing about two of them and gives
/// no contact.
pub const CROWD: usize = 50;

/// One interaction by the numbers of its people. Nobody is a tie of themselves, and who stands twice counts once.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// When.
    pub at: Timestamp,
    /// What sort of interaction.
    pub kind: InteractionKind,
    /// Who said it, where that was one person.
    pub author: Option<u32>,
    /// To whom, or who was there; those in copy included.
    pub recipients: &'a [u32],
    /// Those of them who were only in copy.
    pub copied: &'a [u32],
    /// Who is named in it.
    pub mentioned: &'a [u32],
}

/// A touch: from whom, to whom and how, packed so that they sort as one number, and when by number of the row.
pub(super) type Touch = (u64, u32);

/// Everything that was said, until it is asked what it amounts to.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub(super) rows: Vec<Timestamp>,
    pub(super) touches: Vec<Touch>,
    crowds: u32,
    /// Room for the people of one interaction.
    present: Vec<u32>,
}

impl Ledger {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one interaction. What a program wrote is for the caller to leave out.
    pub fn add(&mut self, said: &Said<'_>) {
        let row = self.row(said.at);
        if let Some(author) = said.author {
            self.fill(None, said.mentioned);
            self.from(author, row, |_| EdgeKind::Mentions);
        }
        let Some(kind) = contact(said.kind) else { return };
        if said.recipients.len() > CROWD {
            self.crowds += 1;
        } else if kind == EdgeKind::Meets {
            self.fill(said.author, said.recipients);
            self.among_all(row);
        } else if let Some(author) = said.author {
            self.fill(None, said.recipients);
            let in_copy = |person| if said.copied.contains(&person) { EdgeKind::Copies } else { EdgeKind::WritesTo };
            self.from(author, row, in_copy);
        }
    }

    /// Takes a promise.
    pub fn promise(&mut self, owner: u32, owed: u32, at: Timestamp) {
        let row = self.row(at);
        self.touch(owner, owed, EdgeKind::PromisesTo, row);
    }

    /// What all of it still counts at `as_of`; nothing may have been said later.
    pub fn ties(mut self, as_of: Timestamp) -> Ties {
        self.settle();
        let base = Base::at(as_of);
        Ties { ties: merged(&self, base, base.scale(as_of)), crowds: self.crowds }
    }

    /// The networks of contact among so many people at each of `times`, which ascend, from what had been said until
    /// then. Their weights have no unit: they can be compared within one network.
    pub fn networks(mut self, people: usize, times: &[Timestamp]) -> Series {
        self.settle();
        Series::of(&self, people, times)
    }

    fn row(&mut self, at: Timestamp) -> u32 {
        self.rows.push(at);
        self.rows.len() as u32 - 1
    }

    fn fill(&mut self, author: Option<u32>, others: &[u32]) {
        self.present.clear();
        self.present.extend(author);
        self.present.extend_from_slice(others);
        self.present.sort_unstable();
        self.present.dedup();
    }

    fn from(&mut self, author: u32, row: u32, kind: impl Fn(u32) -> EdgeKind) {
        for place in 0..self.present.len() {
            let person = self.present[place];
            self.touch(author, person, kind(person), row);
        }
    }

    fn among_all(&mut self, row: u32) {
        for place in 0..self.present.len() {
            for other in place + 1..self.present.len() {
                self.touch(self.present[place], self.present[other], EdgeKind::Meets, row);
            }
        }
    }

    fn touch(&mut self, source: u32, target: u32, kind: EdgeKind, row: u32) {
        if source != target {
            self.touches.push((pack(source, target, kind), row));
        }
    }

    /// Puts rows in order of time and touches in order of pair, kind and time, so that no sum depends on the order in
    /// which things were told.
    fn settle(&mut self) {
        if !self.rows.is_sorted() {
            let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
            order.sort_by_key(|&row| self.rows[row as usize]);
            let mut places = vec![0; order.len()];
            for (place, &row) in (0u32..).zip(&order) {
                places[row as usize] = place;
            }
            self.rows.sort_unstable();
            for (_, row) in &mut self.touches {
                *row = places[*row as usize];
            }
        }
        self.touches.sort_unstable();
    }
}

/// Bits of a person's number in a packed touch, and of its kind.
const PERSON_BITS: u32 = 30;
const KIND_BITS: u32 = 4;

fn pack(source: u32, target: u32, kind: EdgeKind) -> u64 {
    u64::from(source) << (PERSON_BITS + KIND_BITS) | u64::from(target) << KIND_BITS | kind as u64
}

pub(super) fn unpack(key: u64) -> Option<(u32, u32, EdgeKind)> {
    let person = |shift: u32| (key >> shift) as u32 & ((1 << PERSON_BITS) - 1);
    let kind = EdgeKind::ALL.get((key & ((1 << KIND_BITS) - 1)) as usize)?;
    Some((person(PERSON_BITS + KIND_BITS), person(KIND_BITS), *kind))
}
