//! Decisions about lines that are about people.

use jiff::Timestamp;

use super::find::Found;
use super::lines::TRIES;
use super::{Desk, LineDecision, ReviewError};
use crate::archive::PersonStep;
use crate::lifecycle::{Act, step};
use crate::model::{Actor, BuyingRole, Event, Happened, Iri, PersonReview, Process};

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
pub fn is_person(iri: &Iri) -> bool {
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

/// Keeps it with the move that it makes; tries again when others moved the handoff.
pub(super) async fn keep(
    desk: &Desk,
    found: &mut Found,
    (review, seen): (&PersonReview, Option<Timestamp>),
    happened: &Happened,
) -> Result<(), ReviewError> {
    let archive = &desk.stores.archive;
    for _ in 0..TRIES {
        let state = step(found.process.state, Act::Decide, happened.actor.role)?;
        let after = Process { state, ..found.process.clone() };
        match archive.decide_person((&found.process, &after), review, seen, happened).await? {
            PersonStep::Done => {
                found.process = after;
                return Ok(());
            }
            PersonStep::Stale => desk.look_again(found).await?,
            PersonStep::Decided(other) => {
                let held = Happened { event: Event::HeldPerson { review: review.clone() }, ..happened.clone() };
                archive.add_handoff_event(&found.process, &held).await?;
                return Err(told(&other));
            }
        }
    }
    Err(ReviewError::Stale)
}

fn told(other: &PersonReview) -> ReviewError {
    let role = other.role.map(|role| role.as_str().replace('_', " "));
    let values: Vec<String> = [other.name.clone(), other.title.clone(), role].into_iter().flatten().collect();
    ReviewError::Decided {
        by: other.by.clone(),
        verdict: "corrected",
        at: other.at,
        value: format!(" (to {})", values.join(", ")),
    }
}
