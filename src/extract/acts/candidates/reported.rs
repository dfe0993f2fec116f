//! What somebody is said to have promised: "Tom promised to waive the fee", "you said you'd send it".

use std::sync::LazyLock;

use super::super::predicate;
use super::super::subject::Subject;
use super::{Actor, Candidate, Clause, Deed, Rule};
use crate::extract::words::{Class, Form, Phrases, Words};

static PROMISING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("promised|committed|offered|agreed|undertook|pledged|volunteered|guaranteed|assured")
});
static SAYING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("said|says|mentioned|told|confirmed|indicated|assured|promised|stated|guaranteed|agreed")
});

/// A reported promise, if the clause tells of one.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let verb = clause.predicate?.verb;
    if clause.predicate?.negated || !words.is_any(verb, &PROMISING) && !words.is_any(verb, &SAYING) {
        return None;
    }
    let (actor, rule) = match clause.subject.as_ref()? {
        Subject::Named(range) => (Actor::Named(range.clone()), Rule::Reported),
        Subject::You => (Actor::Reader, Rule::ReportedReader),
        Subject::Yours => (Actor::ReaderSide, Rule::ReportedReader),
        Subject::Ours => (Actor::AuthorSide, Rule::Reported),
        Subject::I if words.any(verb, &["promised", "committed", "guaranteed", "said"]) => {
            (Actor::Author, Rule::Reported)
        }
        Subject::We if words.any(verb, &["promised", "committed", "guaranteed"]) => (Actor::AuthorSide, Rule::Reported),
        Subject::They => (Actor::Unknown, Rule::Reported),
        Subject::I | Subject::We | Subject::It | Subject::Other => return None,
    };
    let core = direct(words, verb, clause.end).or_else(|| indirect(words, verb, clause.end, &actor))?;
    Some(clause.candidate(Deed::Commitment, rule, core, actor))
}

/// "promised (us) to waive".
fn direct(words: &Words<'_>, verb: usize, end: usize) -> Option<usize> {
    if !words.is_any(verb, &PROMISING) {
        return None;
    }
    let to = (verb + 1..(verb + 4).min(end)).find(|&at| words.is(at, "to"))?;
    (words.is_form(to + 1, Form::BASE | Form::ING) && to + 1 < end).then_some(to + 1)
}

/// "said (that) they'd waive": the inner subject must be the one who said it.
fn indirect(words: &Words<'_>, verb: usize, end: usize, actor: &Actor) -> Option<usize> {
    let inner = (verb + 1..(verb + 5).min(end)).find(|&at| {
        words.has(at, Class::I.or(Class::WE).or(Class::YOU).or(Class::THEY))
            && words.any(at + 1, &["will", "would", "are", "is"])
    })?;
    let same = match actor {
        Actor::Reader | Actor::ReaderSide => words.has(inner, Class::YOU),
        Actor::Author | Actor::AuthorSide => words.has(inner, Class::I.or(Class::WE)),
        Actor::Named(_) | Actor::Unknown => words.has(inner, Class::THEY),
    };
    let found = predicate::predicate(words, inner + 1, end)?;
    let acts =
        words.is_form(found.verb, Form::BASE | Form::ING) && !words.has(found.verb, Class::STATE) && !found.negated;
    (same && acts && found.verb < end).then_some(found.verb)
}
