//! What a sentence is about: risks, objectives, requirements and the other kinds that nobody owes.
//! A rule is a pattern over words around a trigger; an automaton over all triggers tells at each word which rules may
//! hold there, and only those whose trigger and what follows it stand in the sentence are tried. Entry point: [`find`].

mod guard;
mod keys;
mod literal;
mod pattern;
mod rules;
mod scan;
mod shape;
mod trigger;
mod weigh;

use std::ops::Range;

use crate::extract::SentenceContext;
use crate::model::{BySide, FactKind, Polarity};

pub use scan::find;
pub use weigh::{NAMED, Weighed, weigh};

/// A topic that a sentence carries.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicFinding {
    /// What sort of fact it is.
    pub kind: FactKind,
    /// Category within the kind, for instance `budget` of a risk.
    pub category: Option<String>,
    /// The clause or sentence that carries it, in bytes of the interaction's text.
    pub range: Range<usize>,
    /// How often a finding by this rule is right.
    pub confidence: f32,
    /// Name of the rule.
    pub rule: &'static str,
    /// Whether it says that something is so, or explicitly not.
    pub polarity: Polarity,
    /// The clause without filler words and line breaks.
    pub statement: Option<String>,
    /// How likely it is when the side of its speaker becomes known.
    pub by_side: Option<BySide>,
}

impl TopicFinding {
    /// The key of the topic in an analysis: `risk.budget`, `objective`.
    pub fn topic(&self) -> String {
        match &self.category {
            Some(category) => format!("{}.{category}", self.kind.as_str()),
            None => self.kind.as_str().to_owned(),
        }
    }
}

#[cfg(test)]
mod corpus;
