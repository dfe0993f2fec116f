//! `/v1/accounts/{account}/stakeholders` and decisions about who is who.

use axum::extract::State;
use serde::Deserialize;

use super::error::Failure;
use super::extract::{Account, Bearer, Json, Path, Query};
use crate::api::{self, App, Page, PageRequest, PossiblePair, When};
use crate::model::Stakeholder;

#[derive(Debug, Deserialize)]
pub(super) struct PersonPath {
    stakeholder: String,
}

/// Two people who are one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Merge {
    /// One: IRI, address, other key or full name.
    one: String,
    /// The other.
    other: String,
}

/// A person who is several.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Split {
    /// The person: IRI, address, other key or full name.
    person: String,
    /// What to split off: addresses or other keys; without any, every merge that people made is taken back.
    #[serde(default)]
    keys: Vec<String>,
}

/// Lists the people of an account, most influential first.
#[utoipa::path(get, path = "/v1/accounts/{account}/stakeholders", tag = "people",
    params(("account" = String, Path, description = "Key of the account"), When, PageRequest),
    responses((status = 200, body = Page<Stakeholder>)))]
pub(super) async fn list_stakeholders(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<When>, Query<PageRequest>),
) -> Result<axum::Json<Page<Stakeholder>>, Failure> {
    let (Query(when), Query(page)) = asked;
    Ok(axum::Json(api::stakeholders(&app, &caller, &account, when, &page).await?))
}

/// Shows a person.
#[utoipa::path(get, path = "/v1/accounts/{account}/stakeholders/{stakeholder}", tag = "people",
    params(("account" = String, Path, description = "Key of the account"),
        ("stakeholder" = String, Path, description = "IRI of the person, the end of it, or an address"), When),
    responses((status = 200, body = Stakeholder)))]
pub(super) async fn get_stakeholder(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Path(path): Path<PersonPath>,
    Query(when): Query<When>,
) -> Result<axum::Json<Stakeholder>, Failure> {
    Ok(axum::Json(api::stakeholder(&app, &caller, &account, &path.stakeholder, when).await?))
}

/// Lists the pairs of people who may be one though no certain key says so, likeliest first.
#[utoipa::path(get, path = "/v1/accounts/{account}/people/suggestions", tag = "people",
    params(("account" = String, Path, description = "Key of the account"), When),
    responses((status = 200, body = Page<PossiblePair>)))]
pub(super) async fn list_suggestions(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Query(when): Query<When>,
) -> Result<axum::Json<Page<PossiblePair>>, Failure> {
    let data = api::suggestions(&app, &caller, &account, when).await?;
    Ok(axum::Json(Page { data, next: None }))
}

/// Makes two people one, until it is taken back. Answers who they are now.
#[utoipa::path(post, path = "/v1/accounts/{account}/people/merges", tag = "people",
    params(("account" = String, Path, description = "Key of the account")), request_body = Merge,
    responses((status = 200, body = Page<Stakeholder>)))]
pub(super) async fn merge_people(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Json(merge): Json<Merge>,
) -> Result<axum::Json<Page<Stakeholder>>, Failure> {
    let data = api::merge(&app, &caller, &account, (&merge.one, &merge.other)).await?;
    Ok(axum::Json(Page { data, next: None }))
}

/// Parts a person. Answers who they are now.
#[utoipa::path(post, path = "/v1/accounts/{account}/people/splits", tag = "people",
    params(("account" = String, Path, description = "Key of the account")), request_body = Split,
    responses((status = 200, body = Page<Stakeholder>)))]
pub(super) async fn split_person(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Json(split): Json<Split>,
) -> Result<axum::Json<Page<Stakeholder>>, Failure> {
    let data = api::split(&app, &caller, &account, (&split.person, &split.keys)).await?;
    Ok(axum::Json(Page { data, next: None }))
}
