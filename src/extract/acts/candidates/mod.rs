//! What a sentence could be doing, by grammar alone: each clause is tried against the rules for promises, requests,
//! decisions and answers. How likely a candidate is right is decided elsewhere.

mod commitment;
mod decision;
mod imperative;
mod question;
mod reported;
mod request;
mod response;

use std::sync::LazyLock;

use crate::extract::words::{Phrases, phrases};
use std::ops::Range;

use super::{
    predicate::{Predicate, Subject},
    rule::{Reason, Rule},
    segment::{self, Prelude, Role, Segment},
};
use crate::extract::{SentenceContext, words::Words};
use crate::model::{Polarity, ResponseAct};

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
        let mut clause = clause(&words, segment, &prelude, place == 0);
        if clause.subject.is_none() && words.is(clause.head, "will") {
            clause.subject.clone_from(&subject);
        }
        subject = clause.subject.clone().or(subject);
        clause.names_known = names_known(context, &words, clause.subject.as_ref());
        let Some(mut candidate) = classify(&clause) else { continue };
        attach_condition(&words, &segments, place, &mut candidate);
        candidates.push(candidate);
    }
    candidates.retain(|candidate| !is_courtesy(&words, candidate));
    if is_boilerplate(&words) {
        for candidate in &mut candidates {
            candidate.reasons.push(Reason::Boilerplate);
        }
    }
    if let Some(answer) = response::opening(&words, &prelude, &candidates) {
        candidates.insert(0, answer);
    }
    Sentence { words, candidates }
}

fn clause<'w, 't>(words: &'w Words<'t>, segment: &'w Segment, prelude: &Prelude, opens: bool) -> Clause<'w, 't> {
    let (mut from, end) = (segment.words.start, segment.words.end);
    let mut reasons = Vec::new();
    if segment.role == Role::Subordinate {
        reasons.push(Reason::Subordinate);
    }
    from = skip_links(words, from, end);
    if let Some(inner) = opinion_end(words, from, end) {
        reasons.push(Reason::Opinion);
        from = skip_links(words, inner, end);
    }
    let (subject, predicate) = match super::predicate::subject(words, from, end) {
        Some((subject, next)) => (Some(subject), super::predicate::predicate(words, next, end)),
        None => (None, super::predicate::predicate(words, from, end)),
    };
    if predicate.is_some_and(|predicate| predicate.hedged) || opens_hedged(words, segment.words.start, from) {
        reasons.push(Reason::Hedged);
    }
    Clause {
        words,
        segment,
        head: from,
        end,
        subject,
        predicate,
        vocative: if opens { prelude.vocative.clone() } else { None },
        opens,
        reasons,
        names_known: false,
    }
}

/// A name is surely a person's when it is common, of two words, or that of a participant.
fn names_known(context: &SentenceContext<'_>, words: &Words<'_>, subject: Option<&Subject>) -> bool {
    let Some(Subject::Named(range)) = subject else { return false };
    let raw = words.raw(range.start);
    let fits = |party: &crate::model::Party| {
        party.name.as_deref().is_some_and(|name| name.split([' ', ',']).any(|part| part.eq_ignore_ascii_case(raw)))
    };
    range.len() > 1
        || crate::extract::words::is_common_given_name(words, range.start)
        || range.start > 0
            && words.is_capital(range.start)
            && !words.has(range.start - 1, crate::extract::words::Class::END)
        || context.others.iter().chain(context.speaker).chain(context.addressee).any(fits)
}

fn skip_links(words: &Words<'_>, from: usize, end: usize) -> usize {
    use crate::extract::words::Class;
    let mut at = from;
    while at + 1 < end
        && !words.is_any(at, phrases!("please|kindly|thanks|thank|like|thus|no|not|never|right|good|great"))
        && (words.has(at, Class::AND.or(Class::MARK).or(Class::HEDGE)) && !words.has(at, Class::MODAL)
            || words.has(at, Class::ADVERB.or(Class::OPENER)) && !words.has(at, Class::DETERMINER.or(Class::ADJECTIVE))
            || words.is_any(at, phrases!("because|since|although|though|while|um|uh")))
    {
        at += 1;
    }
    for phrase in ["what i will do is", "what we will do is", "what i can do is", "what we can do is"] {
        if words.at(at, phrase) {
            return at + 5;
        }
    }
    // "After the demo, the team chose…"
    if words.has(at, Class::PREPOSITION) && !words.is(at, "like") {
        let comma = (at + 2..end.min(at + 8)).find(|&index| words.is(index, ","));
        if let Some(comma) = comma.filter(|comma| comma + 2 < end) {
            return comma + 1;
        }
    }
    // "Tomorrow I'll…", "By Friday we will…", "On our side, …" open with a time or place.
    if words.has(at, Class::TIME.or(Class::PREPOSITION)) && !words.any(at, &["like", "per"]) {
        let found = (at + 1..end.min(at + 8)).find(|&index| {
            words.has(index, Class::I.or(Class::WE).or(Class::YOU)) && words.has(index + 1, Class::MODAL.or(Class::BE))
                || words.is(index, "please")
        });
        if let Some(found) = found {
            return found;
        }
    }
    at
}

fn opens_hedged(words: &Words<'_>, from: usize, to: usize) -> bool {
    use crate::extract::words::Class;
    (from..to).any(|at| words.has(at, Class::HEDGE))
}

/// "I think (that) we'll…": where the inner clause starts.
fn opinion_end(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    use crate::extract::words::Class;
    if !words.has(at, Class::I.or(Class::WE)) {
        return None;
    }
    let mut verb = at + 1;
    while words.has(verb, Class::ADVERB.or(Class::MODAL)) || words.is(verb, "am") {
        verb += 1;
    }
    if !words.is_any(
        verb,
        phrases!("think|believe|guess|suppose|hope|figure|assume|suspect|feel|hoping|afraid|thinking|imagine|expect"),
    ) {
        return None;
    }
    let inner = if words.is(verb + 1, "that") { verb + 2 } else { verb + 1 };
    (inner < end && segment::starts_clause(words, inner)).then_some(inner)
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
        .or_else(|| commitment::let_me(clause))
        .or_else(|| imperative::find(clause))
        .or_else(|| request::find(clause))
        .or_else(|| decision::find(clause))
        .or_else(|| commitment::find(clause))
}

/// Hangs the condition that stands next to the clause on it.
fn attach_condition(words: &Words<'_>, segments: &[Segment], place: usize, candidate: &mut Candidate) {
    let before = place.checked_sub(1).and_then(|before| segments.get(before));
    let after = segments.get(place + 1);
    let neighbour = [after, before].into_iter().flatten().find(|segment| segment.role == Role::Condition);
    let Some(condition) = neighbour else { return };
    let mut range = condition.words.clone();
    while words.is_any(range.start, phrases!("and|but|so|then|or|only|just|also")) && range.start + 1 < range.end {
        range.start += 1;
    }
    if is_empty_condition(words, range.clone()) {
        return;
    }
    if matches!(candidate.deed, Deed::Commitment) {
        candidate.reasons.push(Reason::Conditional);
    }
    candidate.clause = candidate.clause.start.min(range.start)..candidate.clause.end.max(range.end);
    candidate.condition = Some(range);
}

/// "if possible", "when you get a chance": manners, not a condition.
fn is_empty_condition(words: &Words<'_>, range: Range<usize>) -> bool {
    static MANNERS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "if possible|if you can|if you could|if you would|if you do not mind|if that works|if that is ok|\
        if that is okay|if you have time|if you have a|if you get a|if you get the|when you get a|\
        when you have a|when you can|when possible|if it is ok|if you please|if you will|if it helps|if not|\
        if so|if you have the|when you get the|when you have time|if you have some|once you can|\
        if you are able|if anything|if needed|if at all possible|if convenient|if that helps",
        )
    });
    words.any_at(range.start, &MANNERS).is_some() || range.len() <= 1
}

/// "Call me if you have any questions": an offer of help, no request.
fn is_courtesy(words: &Words<'_>, candidate: &Candidate) -> bool {
    if candidate.deed != Deed::Request {
        return false;
    }
    let help = &[
        "question",
        "questions",
        "concern",
        "concerns",
        "need",
        "needs",
        "help",
        "issue",
        "issues",
        "problem",
        "problems",
        "else",
        "clarification",
        "trouble",
        "comment",
        "comments",
        "information",
        "assistance",
        "further",
        "interested",
        "anything",
    ];
    let Some(condition) = candidate.condition.clone() else { return false };
    let contact = words
        .find(phrases!(
            "call|contact|let me know|let us know|email|reach|give me|drop|feel free|holler|ping|shout|write|ask|\
            get in touch|reply"
        ))
        .is_some();
    let yours = words.has(condition.start + 1, crate::extract::words::Class::YOU)
        || words.any(condition.start + 1, &["there", "any", "anything"]);
    contact && yours && condition.clone().any(|at| help.contains(&words.norm(at)))
}

/// Words of advertising, mailing lists and legal notices.
fn is_boilerplate(words: &Words<'_>) -> bool {
    static SIGNS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "unsubscribe|click here|click below|click on|click the|clicking|opt out|opt-out|mailing list|\
        address book|in error|view in browser|web browser|privacy policy|free trial|limited time|act now|\
        shop now|coupon|promo code|intended recipient|do not reply to this|email preferences|your inbox|\
        spam|app store|for free|save up to|no longer wish|wish to receive|future mailings|to be removed|\
        notification settings|follow us|sign up now|your favorite|instant access|gift card|best price|\
        future emails|receiving these|safe sender|terms of use",
        )
    });
    words.find(&SIGNS).is_some()
}
