//! What a sentence could be doing, by grammar alone: each clause is tried against the rules for promises, requests,
//! decisions and answers. How likely a candidate is right is decided elsewhere.

mod around;
mod commitment;
mod decision;
mod elided;
mod handover;
mod imperative;
mod opening;
mod question;
mod reported;
mod request;
mod response;
mod suggested;
mod third;

use std::ops::Range;

use super::{
    predicate::Predicate,
    rule::{Reason, Rule},
    segment::{self, Prelude, Role, Segment},
    subject::Subject,
};
use crate::extract::{
    SentenceContext,
    words::{Class, Words},
};
use crate::model::{Polarity, ResponseAct};

pub(super) use suggested::suggested;

/// What sort of act a sentence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Somebody takes on an action.
    Commitment,
    /// Somebody is asked.
    Request,
    /// Something has been decided.
    Decision,
    /// Answers something said before.
    Response(ResponseAct),
}

/// Who will act, as the words have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The one who says it.
    Author,
    /// The side of the one who says it.
    AuthorSide,
    /// The one it is said to.
    Reader,
    /// The side of the one it is said to.
    ReaderSide,
    /// A name, in words.
    Named(Range<usize>),
    /// Not certain.
    Unknown,
}

/// Who is owed, as the words have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The words do not say: the other side of the talk.
    Open,
    /// The one who says it.
    Author,
    /// A name, in words.
    Named(Range<usize>),
}

/// How a statement is made out of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The core starts with the verb in its base form.
    Action,
    /// The core starts with the `-ing` form or past of the verb.
    Gerund,
    /// What is handed over: "Provide" and the core.
    Provide,
    /// The clause as it stands.
    Whole,
}

/// Something that a clause could be doing.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What.
    pub deed: Deed,
    /// The rule that found it.
    pub rule: Rule,
    /// What speaks for or against it.
    pub reasons: Vec<Reason>,
    /// The clause, in words.
    pub clause: Range<usize>,
    /// The words of the action, in words.
    pub core: Range<usize>,
    /// How its statement is made.
    pub shape: Shape,
    /// Who will act.
    pub actor: Actor,
    /// Who is owed.
    pub target: Target,
    /// Whether it is denied.
    pub polarity: Polarity,
    /// Under which condition, in words.
    pub condition: Option<Range<usize>>,
}

/// A sentence as the grammar reads it.
#[derive(Clone, Debug)]
pub struct Sentence<'t> {
    /// Its words.
    pub words: Words<'t>,
    /// What it could be doing, in text order.
    pub candidates: Vec<Candidate>,
}

/// A clause with what stands around it, as the rules see it.
pub(super) struct Clause<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) segment: &'w Segment,
    /// First word after the adverbs and links that open the clause.
    pub(super) head: usize,
    /// One past the last word.
    pub(super) end: usize,
    pub(super) subject: Option<Subject>,
    pub(super) predicate: Option<Predicate>,
    pub(super) vocative: Option<Range<usize>>,
    /// Whether the clause opens the sentence.
    pub(super) opens: bool,
    pub(super) reasons: Vec<Reason>,
    /// Whether the name that is its subject is surely a person's.
    pub(super) names_known: bool,
}

impl Clause<'_, '_> {
    /// A candidate over this clause.
    pub(super) fn candidate(&self, deed: Deed, rule: Rule, core: usize, actor: Actor) -> Candidate {
        Candidate {
            deed,
            rule,
            reasons: self.reasons.clone(),
            clause: self.segment.words.clone(),
            core: core.min(self.end)..self.end,
            shape: Shape::Action,
            actor,
            target: Target::Open,
            polarity: Polarity::Affirmed,
            condition: None,
        }
    }
}

impl Candidate {
    /// The same with a reason more.
    pub(super) fn with(mut self, reason: Reason) -> Self {
        self.reasons.push(reason);
        self
    }

    /// The same with a reason more if `holds`.
    pub(super) fn with_if(self, holds: bool, reason: Reason) -> Self {
        if holds { self.with(reason) } else { self }
    }

    /// The same in another shape.
    pub(super) fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }
}

/// Reads a sentence.
pub fn read<'t>(context: &SentenceContext<'t>) -> Sentence<'t> {
    let words = Words::new(context.text, context.range.clone());
    let prelude = segment::prelude(&words);
    let segments = segment::segments(&words, prelude.end);
    let mut candidates = Vec::new();
    let mut subject: Option<Subject> = None;
    for (place, segment) in segments.iter().enumerate() {
        if segment.role == Role::Condition {
            continue;
        }
        let mut clause = opening::clause(&words, segment, &prelude, place == 0);
        if clause.subject.is_none() && words.is(clause.head, "will") {
            clause.subject.clone_from(&subject);
        }
        subject = clause.subject.clone().or(subject);
        clause.names_known = opening::names_known(context, &words, clause.subject.as_ref());
        let Some(mut candidate) = classify(&clause) else { continue };
        around::attach_condition(&words, &segments, place, &mut candidate);
        candidates.push(candidate);
    }
    candidates.extend(decision::go_ahead(&words));
    candidates.retain(|candidate| !around::is_courtesy(&words, candidate));
    if around::is_boilerplate(&words) {
        for candidate in &mut candidates {
            candidate.reasons.push(Reason::Boilerplate);
        }
    }
    if let Some(answer) = response::opening(&words, &prelude, &candidates) {
        candidates.insert(0, answer);
    }
    Sentence { words, candidates }
}

/// Says whether the author says "I will" or "we will".
pub(super) fn says_will(words: &Words<'_>) -> bool {
    (0..words.len()).any(|at| words.has(at, Class::I.or(Class::WE)) && words.is(at + 1, "will"))
}

fn classify(clause: &Clause<'_, '_>) -> Option<Candidate> {
    if let Some(found) = response::find(clause) {
        return Some(found);
    }
    if let Some(found) = question::find(clause) {
        return Some(found);
    }
    if clause.segment.asks {
        return question::any(clause);
    }
    reported::find(clause)
        .or_else(|| elided::let_me(clause))
        .or_else(|| imperative::find(clause))
        .or_else(|| request::find(clause))
        .or_else(|| decision::find(clause))
        .or_else(|| commitment::find(clause))
}
