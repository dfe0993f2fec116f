//! Decisions about who is who: two entries are one person, or one is several.

use super::{Desk, ReviewError};
use crate::ingest::project_pending;
use crate::model::{AccountSlug, IdentityReview, PersonKey, Stakeholder};
use crate::resolve::people::decide::Decider;

/// Makes two people one. Each is named by IRI, address, other key or full name. Answers who they are now.
pub async fn merge(
    desk: &Desk,
    account: &AccountSlug,
    (one, other): (&str, &str),
    by: &str,
) -> Result<Vec<Stakeholder>, ReviewError> {
    let people = people_of(desk, account).await?;
    let (one, other) = (find(&people, one)?, find(&people, other)?);
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
    let person = find(&people, person)?;
    let keys: Vec<PersonKey> = keys.iter().map(|text| key(text)).collect();
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

/// A key as it is kept: an address gets its scheme.
fn key(text: &str) -> PersonKey {
    let text = text.trim();
    if text.contains('@') && !text.contains(':') {
        PersonKey::from_text(format!("mailto:{}", text.to_lowercase()))
    } else {
        PersonKey::from_text(text)
    }
}

/// The one person that is meant.
pub fn find<'v>(people: &'v [Stakeholder], wanted: &str) -> Result<&'v Stakeholder, ReviewError> {
    let key = key(wanted);
    let by_key = people.iter().find(|person| person.id.as_str() == wanted || person.keys.contains(&key));
    if let Some(person) = by_key {
        return Ok(person);
    }
    let by_name: Vec<&Stakeholder> = people.iter().filter(|person| person.name.eq_ignore_ascii_case(wanted)).collect();
    match by_name.as_slice() {
        [only] => Ok(only),
        [] => Err(ReviewError::UnknownPerson(wanted.to_owned())),
        several => {
            let keys = several.iter().filter_map(|person| Some(person.keys.first()?.as_str().to_owned())).collect();
            Err(ReviewError::SeveralPeople { name: wanted.to_owned(), keys })
        }
    }
}
