//! What a larger model tells of a sentence. The reader weighs it with everything else, and does without where there is
//! none.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sentiment::Scored;
use crate::model::{ActRole, MentionKind};

/// What is told of one sentence; places are in bytes of the interaction's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Insight {
    /// Scores of acts and topics, in the order of [`super::suggest::classes`].
    pub scores: Vec<f32>,
    /// Its mood.
    pub mood: Scored,
    /// Names in it.
    pub mentions: Vec<(MentionKind, Range<usize>)>,
    /// The parts of its act.
    pub roles: Vec<(ActRole, Range<usize>)>,
}

impl Insight {
    /// The first stretch of that role.
    pub fn role(&self, role: ActRole) -> Option<Range<usize>> {
        self.roles.iter().find(|(found, _)| *found == role).map(|(_, range)| range.clone())
    }
}

/// What is told of the sentences of an interaction, by where each begins.
pub type Insights = BTreeMap<usize, Insight>;
