//! Decisions about who is who: two entries are one person, or one is several.

use super::{Desk, ReviewError};
use crate::ingest::project_pending;
use crate::model::{AccountSlug, IdentityReview, PersonKey, Stakeholder};
use crate::resolve::people::decide::Decider;
use crate::resolve::people::named::{find_person, person_key};

/// Makes two people one. Each is named by IRI, address, other key or full name. Answers who they are now.
pub async fn merge(
    desk: &Desk,
    account: &AccountSlug,
    (one, other): (&str, &str),
    by: &str,
) -> Result<Vec<Stakeholder>, ReviewError> {
    let people = people_of(desk, account).await?;
    let (one, other) = (find_person(&people, one)?, find_person(&people, other)?);
    let known = desk.stores.archive.identities(account, None).await?;
    let decided = Decider { by, at: desk.now }.merge(one, other, &known)?;
    keep(desk, account, &decided).await
}

/// Parts addresses or other keys from a person; with none given, takes back every merge that was made of them. Answers
/// who they are now.
pub async fn split(
    desk: &Desk,
    account: &AccountSlug,
    (person, keys): (&str, &[String]),
    by: &str,
) -> Result<Vec<Stakeholder>, ReviewError> {
    let people = people_of(desk, account).await?;
    let person = find_person(&people, person)?;
    let keys: Vec<PersonKey> = keys.iter().map(|text| person_key(text)).collect();
    let known = desk.stores.archive.identities(account, None).await?;
    let decided = Decider { by, at: desk.now }.split(person, &keys, &known)?;
    keep(desk, account, &decided).await
}

/// Keeps decisions, and answers the people whom they are about as they are now.
async fn keep(desk: &Desk, account: &AccountSlug, decided: &[IdentityReview]) -> Result<Vec<Stakeholder>, ReviewError> {
    desk.stores.archive.add_identities(account, decided).await?;
    project_pending(&desk.stores, desk.engine.version(), desk.now).await?;
    let about = |person: &Stakeholder| {
        decided.iter().any(|review| person.keys.contains(&review.a) || person.keys.contains(&review.b))
    };
    let people = people_of(desk, account).await?.into_iter().filter(about);
    Ok(people.map(|person| person.judged_at(desk.now)).collect())
}

async fn people_of(desk: &Desk, account: &AccountSlug) -> Result<Vec<Stakeholder>, ReviewError> {
    desk.stores.require(account).await?;
    Ok(desk.stores.graph.account(account).stakeholders()?)
}
