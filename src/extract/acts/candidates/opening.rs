//! How a clause opens: links, times and opinions before its subject, then subject and verb.

use super::{Clause, Prelude, Reason, Role, Segment, Subject, segment};
use crate::extract::SentenceContext;
use crate::extract::words::{Class, Words, is_common_given_name, phrases};

pub(super) fn clause<'w, 't>(
    words: &'w Words<'t>,
    segment: &'w Segment,
    prelude: &Prelude,
    opens: bool,
) -> Clause<'w, 't> {
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
    let (subject, predicate) = match super::super::subject::subject(words, from, end) {
        Some((subject, next)) => (Some(subject), super::super::predicate::predicate(words, next, end)),
        None => (None, super::super::predicate::predicate(words, from, end)),
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
pub(super) fn names_known(context: &SentenceContext<'_>, words: &Words<'_>, subject: Option<&Subject>) -> bool {
    let Some(Subject::Named(range)) = subject else { return false };
    let raw = words.raw(range.start);
    let fits = |party: &crate::model::Party| {
        party.name.as_deref().is_some_and(|name| name.split([' ', ',']).any(|part| part.eq_ignore_ascii_case(raw)))
    };
    range.len() > 1
        || is_common_given_name(words, range.start)
        || range.start > 0 && words.is_capital(range.start) && !words.has(range.start - 1, Class::END)
        || context.others.iter().chain(context.speaker).chain(context.addressee).any(fits)
}

fn skip_links(words: &Words<'_>, from: usize, end: usize) -> usize {
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
    (from..to).any(|at| words.has(at, Class::HEDGE))
}

/// "I think (that) we'll…": where the inner clause starts.
fn opinion_end(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
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
