//! What stands out about people: who carries all contact, who is only copied, who has left or fallen silent.

use std::collections::HashSet;

use serde::Serialize;

use crate::map::{Node, RelationshipMap};
use crate::model::{Iri, PersonStatus};

/// Something that stands out about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    /// Its bit in the data of the page.
    pub(super) bit: u8,
    /// Its name in styles.
    name: &'static str,
    /// In words.
    pub(super) words: &'static str,
}

pub(super) const ALONE: Mark = Mark { bit: 1, name: "alone", words: "carries nearly all contact" };
pub(super) const GHOST: Mark = Mark { bit: 2, name: "ghost", words: "never heard, only copied or named" };
pub(super) const DEPARTED: Mark = Mark { bit: 4, name: "departed", words: "has left" };
pub(super) const SILENT: Mark = Mark { bit: 8, name: "silent", words: "has fallen silent" };
/// Every mark.
pub(super) const MARKS: [Mark; 4] = [ALONE, GHOST, DEPARTED, SILENT];

/// Whom the marks of a map are on.
pub(super) struct Marked<'m> {
    alone: HashSet<&'m Iri>,
    ghosts: HashSet<&'m Iri>,
}

impl<'m> Marked<'m> {
    pub(super) fn of(map: &'m RelationshipMap) -> Self {
        Self {
            alone: map.answers.single_threaded.people.iter().map(|share| &share.id).collect(),
            ghosts: map.answers.ghosts.iter().map(|ghost| &ghost.id).collect(),
        }
    }

    /// The marks of somebody.
    pub(super) fn marks(&self, node: &Node) -> Vec<Mark> {
        let has = |mark: &Mark| match mark.bit {
            1 => self.alone.contains(&node.id),
            2 => self.ghosts.contains(&node.id),
            4 => node.status == Some(PersonStatus::Departed),
            _ => node.status == Some(PersonStatus::Silent),
        };
        MARKS.into_iter().filter(has).collect()
    }
}
