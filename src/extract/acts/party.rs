//! Who owes and who is owed. A wrong person is worse than none: whatever is not certain stays open.

use std::ops::Range;

use super::candidates::{Actor, Candidate, Deed, Target};
use crate::extract::{SentenceContext, words::Words};
use crate::model::Party;

/// Who will act.
pub(super) fn owner(context: &SentenceContext<'_>, words: &Words<'_>, candidate: &Candidate) -> Option<Party> {
    match &candidate.actor {
        Actor::Author => context.speaker.cloned(),
        Actor::AuthorSide => context.speaker.map(side_of),
        Actor::Reader => context.addressee.cloned(),
        Actor::ReaderSide => context.addressee.map(side_of),
        Actor::Named(range) => Some(named(context, words, range.clone())),
        Actor::Unknown => None,
    }
}

/// Who is owed.
pub(super) fn beneficiary(context: &SentenceContext<'_>, words: &Words<'_>, candidate: &Candidate) -> Option<Party> {
    match (&candidate.target, candidate.deed) {
        (Target::Named(range), _) => Some(named(context, words, range.clone())),
        (Target::Open, Deed::Commitment) => match candidate.actor {
            Actor::Reader | Actor::ReaderSide => context.speaker.cloned(),
            Actor::Author | Actor::AuthorSide | Actor::Named(_) | Actor::Unknown => context.addressee.cloned(),
        },
        (Target::Open, Deed::Request) | (Target::Author, _) => context.speaker.cloned(),
        (Target::Open, Deed::Decision | Deed::Response(_)) => None,
    }
}

/// The side of a party, with no person.
fn side_of(party: &Party) -> Party {
    Party { name: None, address: None, side: party.side }
}

/// The party that a name in the text means: the one participant it fits, else the name alone.
fn named(context: &SentenceContext<'_>, words: &Words<'_>, range: Range<usize>) -> Party {
    let written = words.slice(range);
    let known = context.others.iter().chain(context.speaker).chain(context.addressee);
    let mut fits: Vec<&Party> = known.filter(|party| is_called(party, written)).collect();
    fits.dedup_by(|one, other| one.name == other.name && one.address == other.address);
    let first = fits.first().copied();
    let same = fits.iter().all(|party| first.is_some_and(|first| party.name == first.name));
    match first {
        Some(party) if same => party.clone(),
        _ => Party { name: Some(title_case(written)), address: None, side: None },
    }
}

fn is_called(party: &Party, written: &str) -> bool {
    let Some(name) = party.name.as_deref() else { return false };
    let same = |one: &str| one.eq_ignore_ascii_case(written) || one.to_lowercase() == written.to_lowercase();
    if same(name) {
        return true;
    }
    // "Ortiz, Sam" is Sam Ortiz.
    let mut pieces = name.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    let first = if name.contains(',') { pieces.nth(1) } else { pieces.next() };
    first.is_some_and(same)
}

fn title_case(written: &str) -> String {
    let mut made = String::with_capacity(written.len());
    for part in written.split_whitespace() {
        if !made.is_empty() {
            made.push(' ');
        }
        let mut chars = part.chars();
        made.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        made.push_str(chars.as_str());
    }
    made
}
