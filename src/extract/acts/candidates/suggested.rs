//! An act that the models saw and no rule: the whole sentence, or the parts of it that the encoder points at.

use std::ops::Range;

use super::{Actor, Candidate, Deed, Shape, Target, around};
use crate::extract::{
    SentenceContext,
    acts::{
        rule::Rule,
        subject::{self, Subject},
    },
    insight::Insight,
    words::Words,
};
use crate::model::{Act, ActRole, Polarity};

/// The sentence as an act.
pub(in crate::extract::acts) fn suggested(
    context: &SentenceContext<'_>,
    words: &Words<'_>,
    act: Act,
    insight: Option<&Insight>,
) -> Candidate {
    let (deed, rule, actor) = match act {
        Act::Commitment => (Deed::Commitment, Rule::SuggestedCommitment, around::actor(context, words)),
        Act::Request => (Deed::Request, Rule::SuggestedRequest, Actor::Reader),
        Act::Decision => (Deed::Decision, Rule::SuggestedDecision, Actor::Unknown),
    };
    let pointed = |role| insight.and_then(|insight| insight.role(role)).and_then(|range| inside(words, &range));
    let action = pointed(ActRole::Action);
    let told =
        pointed(ActRole::Owner).and_then(|owner| actor_at(context, words, owner)).filter(|_| act == Act::Commitment);
    let (core, shape) = action.map_or((0..words.len(), Shape::Whole), |action| (action, Shape::Action));
    Candidate {
        deed,
        rule,
        reasons: Vec::new(),
        clause: 0..words.len(),
        core,
        shape,
        // What the grammar is certain of it knows better.
        actor: told.filter(|_| actor == Actor::Unknown).unwrap_or(actor),
        target: Target::Open,
        polarity: Polarity::Affirmed,
        condition: None,
    }
}

/// The words within a range of bytes; `None` where it holds none.
fn inside(words: &Words<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let within = |at: &usize| {
        let word = words.range(*at);
        range.start <= word.start && word.end <= range.end
    };
    let first = (0..words.len()).find(within)?;
    let last = (first..words.len()).take_while(within).last()?;
    Some(first..last + 1)
}

/// Who acts where these words name them; `None` where that is not certain.
fn actor_at(context: &SentenceContext<'_>, words: &Words<'_>, owner: Range<usize>) -> Option<Actor> {
    let (subject, _) = subject::subject(words, owner.start, owner.end)?;
    match subject {
        Subject::I => Some(Actor::Author),
        Subject::We | Subject::Ours => Some(Actor::AuthorSide),
        Subject::Named(range) => {
            let known = super::opening::names_known(context, words, Some(&Subject::Named(range.clone())));
            known.then_some(Actor::Named(range))
        }
        Subject::You | Subject::Yours | Subject::They | Subject::It | Subject::Other => None,
    }
}
