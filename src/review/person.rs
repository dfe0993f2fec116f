//! Decisions about lines that are about people.

use super::{Desk, LineDecision, ReviewError};
use crate::model::{Actor, BuyingRole, Iri, PersonReview, Process};

/// New values of a person; `None` leaves a value as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonCorrection {
    /// Spelling of the name.
    pub name: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Part in the buying decision.
    pub role: Option<BuyingRole>,
}

/// Says whether an IRI is that of a person.
pub(super) fn is_person(iri: &Iri) -> bool {
    iri.as_str().starts_with("urn:baton:person:")
}

/// What a decision about the line of a person keeps.
pub(super) fn review(
    desk: &Desk,
    person: &Iri,
    decision: &LineDecision,
    actor: &Actor,
    process: &Process,
) -> Result<Option<PersonReview>, ReviewError> {
    let new = match decision {
        LineDecision::Approve => return Ok(None),
        LineDecision::Reject { .. } => {
            let how = "a person is not rejected: see baton people merge and split, or correct title and role";
            return Err(ReviewError::Invalid(how.to_owned()));
        }
        LineDecision::Correct(correction) => &correction.person,
    };
    if *new == PersonCorrection::default() {
        return Err(ReviewError::AboutPerson(person.to_string()));
    }
    let known = desk.stores.graph.account(&process.account).stakeholder(person)?;
    let key = known.as_ref().and_then(|known| known.keys.first().cloned());
    let key = key.ok_or_else(|| ReviewError::UnknownLine(person.to_string()))?;
    Ok(Some(PersonReview {
        person: key,
        by: actor.by.clone(),
        at: desk.now,
        name: new.name.clone(),
        title: new.title.clone(),
        role: new.role,
    }))
}

/// Keeps it.
pub(super) async fn keep(desk: &Desk, process: &Process, review: Option<PersonReview>) -> Result<(), ReviewError> {
    if let Some(review) = review {
        desk.stores.archive.add_person_review(&process.account, &review).await?;
    }
    Ok(())
}
