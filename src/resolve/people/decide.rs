//! What a decision about two people comes to, key by key.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::verdicts::Verdicts;
use crate::model::{IdentityReview, PersonKey, Stakeholder, Verdict};

/// Who decides, and when.
#[derive(Clone, Copy, Debug)]
pub struct Decider<'a> {
    /// Name of the person.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Why a decision cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// Both are the same entry.
    #[error("{0} is one person already")]
    OneAlready(String),
    /// Nobody ever joined what there is to part.
    #[error("nothing was merged into {0} by a person: name the address or id to split off")]
    NothingMerged(String),
    /// A key that the person does not have.
    #[error("{name} is not known by {key}; there are {known}")]
    UnknownKey {
        /// The person.
        name: String,
        /// The key.
        key: String,
        /// What they are known by.
        known: String,
    },
    /// Every key was named, so nobody would be left.
    #[error("{0} would be left with nothing to be known by")]
    NothingLeft(String),
}

impl Decider<'_> {
    /// Makes two entries one person; takes back what was decided against it.
    pub fn merge(
        self,
        a: &Stakeholder,
        b: &Stakeholder,
        known: &[IdentityReview],
    ) -> Result<Vec<IdentityReview>, DecideError> {
        if a.id == b.id {
            return Err(DecideError::OneAlready(a.name.clone()));
        }
        let mut pairs: BTreeSet<(&PersonKey, &PersonKey)> = BTreeSet::new();
        pairs.extend(a.keys.first().zip(b.keys.first()));
        for (x, y) in Verdicts::fold(known).different {
            let is_between = |one, other| a.keys.contains(one) && b.keys.contains(other);
            if is_between(x, y) || is_between(y, x) {
                pairs.insert((x, y));
            }
        }
        Ok(pairs.into_iter().map(|(x, y)| self.review(x, y, Verdict::Same)).collect())
    }

    /// Parts `keys` from the rest of a person; without any, takes back every merge that people made of them.
    pub fn split(
        self,
        person: &Stakeholder,
        keys: &[PersonKey],
        known: &[IdentityReview],
    ) -> Result<Vec<IdentityReview>, DecideError> {
        if keys.is_empty() {
            let merged = Verdicts::fold(known).same;
            let mut own = merged.iter().filter(|(a, b)| person.keys.contains(a) || person.keys.contains(b)).peekable();
            if own.peek().is_none() {
                return Err(DecideError::NothingMerged(person.name.clone()));
            }
            return Ok(own.map(|(a, b)| self.review(a, b, Verdict::Different)).collect());
        }
        if let Some(key) = keys.iter().find(|key| !person.keys.contains(key)) {
            let known = person.keys.iter().map(PersonKey::as_str).collect::<Vec<_>>().join(", ");
            return Err(DecideError::UnknownKey { name: person.name.clone(), key: key.to_string(), known });
        }
        let rest: Vec<&PersonKey> = person.keys.iter().filter(|key| !keys.contains(key)).collect();
        if rest.is_empty() {
            return Err(DecideError::NothingLeft(person.name.clone()));
        }
        let pairs = keys.iter().flat_map(|key| rest.iter().map(move |other| (key, *other)));
        Ok(pairs.map(|(a, b)| self.review(a, b, Verdict::Different)).collect())
    }

    fn review(self, a: &PersonKey, b: &PersonKey, verdict: Verdict) -> IdentityReview {
        IdentityReview { a: a.clone(), b: b.clone(), verdict, by: self.by.to_owned(), at: self.at }
    }
}
