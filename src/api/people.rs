//! People: lists, single ones, who may be one person, and what is decided about it.

use serde::Serialize;

use super::{ApiError, App, Page, PageRequest, When};
use crate::access::Caller;
use crate::archive::Cut;
use crate::ingest;
use crate::model::{AccountSlug, IdentitySuggestion, Iri, LikenessReason, PersonKey, Side, Stakeholder};
use crate::review::identities;

/// The order of people: influence, then identity.
pub(super) fn key(person: &Stakeholder) -> String {
    format!("{:08}{}", ((1.0 - f64::from(person.influence)) * 1e6) as u64, person.id)
}

/// A person in a few words.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PersonBrief {
    /// Identity.
    pub id: Iri,
    /// Name.
    pub name: String,
    /// Mail addresses.
    pub addresses: Vec<String>,
    /// Every certain key.
    pub keys: Vec<PersonKey>,
    /// Side.
    pub side: Option<Side>,
    /// Job title.
    pub title: Option<String>,
}

impl From<&Stakeholder> for PersonBrief {
    fn from(person: &Stakeholder) -> Self {
        Self {
            id: person.id.clone(),
            name: person.name.clone(),
            addresses: person.addresses.clone(),
            keys: person.keys.clone(),
            side: person.side,
            title: person.title.clone(),
        }
    }
}

/// Two people who may be one.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PossiblePair {
    /// One.
    pub a: PersonBrief,
    /// The other.
    pub b: PersonBrief,
    /// How likely it is, 0 to 1.
    pub score: f32,
    /// Why.
    pub reasons: Vec<LikenessReason>,
}

impl PossiblePair {
    /// A suggestion with what is known of the two; `None` when one of them is not among `people`.
    pub fn of(pair: IdentitySuggestion, people: &[Stakeholder]) -> Option<Self> {
        let brief = |iri: &Iri| people.iter().find(|person| person.id == *iri).map(PersonBrief::from);
        Some(Self { a: brief(&pair.a)?, b: brief(&pair.b)?, score: pair.score, reasons: pair.reasons })
    }
}

/// A page of the people of an account, most influential first.
pub async fn stakeholders(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    when: When,
    page: &PageRequest,
) -> Result<Page<Stakeholder>, ApiError> {
    let known = app.known(caller, account, when).await?;
    let now = app.judged_at(when);
    let people = known.people().await?;
    let (range, next) = page.of(people, key)?;
    let data = people[range].iter().map(|person| person.clone().judged_at(now)).collect();
    Ok(Page { data, next })
}

/// One person, by IRI, the end of it, or an address.
pub async fn stakeholder(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    id: &str,
    when: When,
) -> Result<Stakeholder, ApiError> {
    let known = app.known(caller, account, when).await?;
    let iri = format!("urn:baton:person:{id}");
    let is_meant = |person: &&Stakeholder| {
        person.id.as_str() == id
            || person.id.as_str() == iri
            || person.addresses.iter().any(|address| address.eq_ignore_ascii_case(id))
    };
    let found = known.people().await?.iter().find(is_meant).cloned();
    Ok(found.ok_or_else(|| ApiError::not_found("stakeholder", id))?.judged_at(app.judged_at(when)))
}

/// The pairs of people who may be one though no certain key says so, likeliest first.
pub async fn suggestions(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    when: When,
) -> Result<Vec<PossiblePair>, ApiError> {
    caller.require_account(account)?;
    app.stores.require(account).await?;
    let cut = Cut { as_of: Some(app.judged_at(when)), known_at: when.known_at, sight: caller.sight() };
    let (people, found) = ingest::suggestions(&app.stores, account, app.engine.version(), cut).await?;
    Ok(found.into_iter().filter_map(|pair| PossiblePair::of(pair, &people)).collect())
}

/// Makes two people one. Answers who they are now.
pub async fn merge(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (one, other): (&str, &str),
) -> Result<Vec<Stakeholder>, ApiError> {
    caller.require_account(account)?;
    Ok(identities::merge(&app.desk(), account, (one, other), &caller.token.name).await?)
}

/// Parts keys from a person; with none, takes back every merge that people made of them. Answers who they are now.
pub async fn split(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (person, keys): (&str, &[String]),
) -> Result<Vec<Stakeholder>, ApiError> {
    caller.require_account(account)?;
    Ok(identities::split(&app.desk(), account, (person, keys), &caller.token.name).await?)
}
