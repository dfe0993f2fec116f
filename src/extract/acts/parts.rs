//! Where the parts of an act stand in its words: who acts, what they do, until when. Readers of words learn them here.

use std::ops::Range;

use super::candidates::{Actor, Candidate, Deed, Sentence, Shape};
use super::{act_of, deadline};
use crate::extract::{
    SentenceContext, times,
    words::{Class, Words},
};
use crate::model::Act;

/// The parts of an act, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Which act.
    pub act: Act,
    /// The words of the one who will act: a name or a pronoun.
    pub owner: Option<Range<usize>>,
    /// The words of the action, the deadline among them.
    pub action: Range<usize>,
    /// The words of the deadline.
    pub due: Option<Range<usize>>,
}

/// The parts of every act that the grammar found.
pub fn parts(context: &SentenceContext<'_>, sentence: &Sentence<'_>, reference: times::Reference) -> Vec<Parts> {
    let of = |candidate: &Candidate| {
        let act = act_of(candidate.deed).filter(|_| candidate.shape != Shape::Whole && !candidate.core.is_empty())?;
        let words = &sentence.words;
        let due = match candidate.deed {
            Deed::Commitment | Deed::Request => deadline(context, words, candidate, reference),
            Deed::Decision | Deed::Response(_) => None,
        };
        let due = due.map(|deadline| deadline.phrase);
        Some(Parts { act, owner: owner(words, candidate), action: words.span(candidate.core.clone()), due })
    };
    sentence.candidates.iter().filter_map(of).collect()
}

/// The word that names the actor, before the action where it is a pronoun.
fn owner(words: &Words<'_>, candidate: &Candidate) -> Option<Range<usize>> {
    let class = match &candidate.actor {
        Actor::Named(range) => return Some(words.span(range.clone())),
        Actor::Author => Class::I,
        Actor::AuthorSide => Class::WE,
        Actor::Reader | Actor::ReaderSide => Class::YOU,
        Actor::Unknown => return None,
    };
    let before = candidate.clause.start..candidate.core.start;
    before.rev().find(|at| words.has(*at, class)).map(|at| words.span(at..at + 1))
}
