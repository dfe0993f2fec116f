//! The subject of a clause: who does it, as the words have it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::words::{Class, Form, Phrases, Words, looks_like_name, phrases};

/// The subject of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// `I`.
    I,
    /// `we`, "Tom and I".
    We,
    /// "our team".
    Ours,
    /// `you`.
    You,
    /// "your team".
    Yours,
    /// `he`, `she`, `they`.
    They,
    /// `it`, `this`, `there`.
    It,
    /// A name.
    Named(Range<usize>),
    /// Any other noun phrase.
    Other,
}

static GROUPS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "team|teams|engineer|engineers|group|people|folks|guys|colleague|colleagues|side|company|manager|\
    support|department|lawyer|lawyers|legal|assistant|boss|developers|developer|csm|staff|office|\
    specialist|consultant|consultants|rep|reps|lead|architect|counsel|devs|engineering|product|finance|\
    security",
    )
});

/// Reads the subject at `at` and says where it ends.
pub(super) fn subject(words: &Words<'_>, at: usize, end: usize) -> Option<(Subject, usize)> {
    if at >= end {
        return None;
    }
    if words.has(at, Class::I) {
        return Some((Subject::I, at + 1));
    }
    if words.has(at, Class::WE) {
        let next = if words.any(at + 1, &["all", "both"]) { at + 2 } else { at + 1 };
        return Some((Subject::We, next));
    }
    if words.has(at, Class::YOU) {
        let next = if words.any(at + 1, &["guys", "all", "both"]) { at + 2 } else { at + 1 };
        if words.any(next, &["and"]) && words.any(next + 1, &["i", "we"]) {
            return Some((Subject::We, next + 2));
        }
        return Some((Subject::You, next));
    }
    if words.has(at, Class::THEY) {
        return Some((Subject::They, at + 1));
    }
    if (words.has(at, Class::POSSESSIVE) || words.has(at, Class::DETERMINER))
        && let Some(found) = noun_phrase(words, at, end)
    {
        return Some(found);
    }
    if words.has(at, Class::IT) {
        return Some((Subject::It, at + 1));
    }
    if let Some(found) = named(words, at, end) {
        return Some(found);
    }
    words
        .any(at, &["someone", "somebody", "everyone", "everybody", "nobody"])
        .then_some((Subject::Other, at + 1))
        .or_else(|| bare_noun_phrase(words, at, end))
}

fn named(words: &Words<'_>, at: usize, end: usize) -> Option<(Subject, usize)> {
    if !looks_like_name(words, at) {
        return None;
    }
    let mut last = at + 1;
    while last < end && last < at + 3 && looks_like_name(words, last) {
        last += 1;
    }
    if words.any(last, &["and", "&", "or", ","]) {
        let with_author = (last..(last + 5).min(end)).find(|&index| words.any(index, &["i", "myself"]));
        if let Some(index) = with_author {
            return Some((Subject::We, index + 1));
        }
        let other = (last + 1..(last + 5).min(end)).find(|&index| starts_verb(words, index));
        return other.map(|index| (Subject::Other, index));
    }
    if starts_verb(words, last) {
        return Some((Subject::Named(at..last), last));
    }
    if words.is_any(last, phrases!("from|in|on|at|here|over|(")) {
        let verb = (last + 1..(last + 5).min(end)).find(|&index| words.has(index, Class::MODAL.or(Class::BE)))?;
        return Some((Subject::Named(at..last), verb));
    }
    None
}

fn starts_verb(words: &Words<'_>, at: usize) -> bool {
    let at = if words.has(at, Class::ADVERB.or(Class::HEDGE)) { at + 1 } else { at };
    words.has(at, Class::MODAL.or(Class::BE).or(Class::HAVE))
        || words.is_form(at, Form::THIRD | Form::PAST)
        || words.is(at, "'s") && (words.is_form(at + 1, Form::ING) || words.any(at + 1, &["going", "happy", "gonna"]))
}

/// "our team will", "the engineers are": a determiner and up to five words until an auxiliary.
fn noun_phrase(words: &Words<'_>, at: usize, end: usize) -> Option<(Subject, usize)> {
    let reach = at + 1..(at + 7).min(end);
    let auxiliary = |index: &usize| words.has(*index, Class::MODAL.or(Class::BE).or(Class::HAVE));
    let past = |index: &usize| words.is_form(*index, Form::PAST) && !words.is_form(*index, Form::BASE);
    let verb = reach.clone().find(auxiliary).or_else(|| reach.clone().skip(1).find(past))?;
    if (at + 1..verb).any(|index| words.has(index, Class::MARK.or(Class::WH).or(Class::I).or(Class::YOU)))
        || verb == at + 1
    {
        return None;
    }
    let group = (at + 1..verb).any(|index| GROUPS.has(words.norm(index)));
    let subject = match words.norm(at) {
        "our" | "my" if group => Subject::Ours,
        "your" if group => Subject::Yours,
        _ => Subject::Other,
    };
    Some((subject, verb))
}

fn bare_noun_phrase(words: &Words<'_>, at: usize, end: usize) -> Option<(Subject, usize)> {
    if words.has(at, Class::CLOSED.or(Class::MARK)) || words.is_form(at, Form::BASE) {
        return None;
    }
    let reach = at + 1..(at + 4).min(end);
    let auxiliary = |index: &usize| words.has(*index, Class::MODAL.or(Class::BE).or(Class::HAVE));
    let decided = |index: &usize| {
        words.has(*index, Class::DECIDING) || words.any(*index, &["signed", "promised", "asked", "wants", "needs"])
    };
    let verb = reach.clone().find(auxiliary).or_else(|| reach.clone().find(decided))?;
    let plain = (at + 1..verb).all(|index| !words.has(index, Class::MARK.or(Class::WH)));
    plain.then_some((Subject::Other, verb))
}
