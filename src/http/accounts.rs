//! `/v1/accounts`: which there are, what each is, changes, map, sources.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;

use super::answer::{bytes, negotiate};
use super::error::Failure;
use super::extract::{Account, Bearer, Query};
use crate::api::{self, AccountDetail, AccountEntry, ApiError, App, Page, PageRequest, Sources, When};
use crate::map::{Format, RelationshipMap, render};
use crate::model::Change;

/// Which changes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Period {
    /// From: a date (its start, UTC) or a time.
    #[serde(deserialize_with = "required_start")]
    #[param(value_type = api::time::DateOrTime, inline)]
    since: Timestamp,
    /// Until: a date (its end, UTC) or a time; now when not given.
    #[serde(default, deserialize_with = "api::time::some_end")]
    #[param(value_type = Option<api::time::DateOrTime>, inline)]
    until: Option<Timestamp>,
}

/// Which map.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MapOf {
    /// Also say what is different from the map of this time.
    #[serde(default, deserialize_with = "api::time::some_end")]
    #[param(value_type = Option<api::time::DateOrTime>, inline)]
    since: Option<Timestamp>,
    /// Also say by which path we reach somebody: a name or an address.
    path_to: Option<String>,
}

fn required_start<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    api::time::parse_start(&text).map_err(serde::de::Error::custom)
}

/// The forms of a map.
const MAP_FORMS: &[&str] =
    &["application/json", "application/graphml+xml", "text/vnd.graphviz; charset=utf-8", "image/svg+xml"];

/// Lists the accounts that the caller may see.
#[utoipa::path(get, path = "/v1/accounts", tag = "accounts", params(PageRequest),
    responses((status = 200, body = Page<AccountEntry>)))]
pub(super) async fn list_accounts(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Query(page): Query<PageRequest>,
) -> Result<axum::Json<Page<AccountEntry>>, Failure> {
    Ok(axum::Json(api::accounts(&app, &caller, &page).await?))
}

/// Shows an account: profile, coverage, how many facts there are.
#[utoipa::path(get, path = "/v1/accounts/{account}", tag = "accounts",
    params(("account" = String, Path, description = "Key of the account"), When),
    responses((status = 200, body = AccountDetail)))]
pub(super) async fn get_account(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Query(when): Query<When>,
) -> Result<axum::Json<AccountDetail>, Failure> {
    Ok(axum::Json(api::account(&app, &caller, &account, when).await?))
}

/// Lists what changed between two times, earliest first.
#[utoipa::path(get, path = "/v1/accounts/{account}/changes", tag = "accounts",
    params(("account" = String, Path, description = "Key of the account"), Period, When, PageRequest),
    responses((status = 200, body = Page<Change>)))]
pub(super) async fn list_changes(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<Period>, Query<When>, Query<PageRequest>),
) -> Result<axum::Json<Page<Change>>, Failure> {
    let (Query(period), Query(when), Query(page)) = asked;
    let times = (period.since, period.until.or(when.as_of));
    Ok(axum::Json(api::changes_page(&app, &caller, (&account, when.known_at), times, &page).await?))
}

/// Shows who is in touch with whom, how strongly, and what follows from it.
#[utoipa::path(get, path = "/v1/accounts/{account}/map", tag = "accounts",
    params(("account" = String, Path, description = "Key of the account"), MapOf, When),
    responses((status = 200, description = "The map as JSON, GraphML, DOT or SVG", content(
        (RelationshipMap = "application/json"), (String = "application/graphml+xml"),
        (String = "text/vnd.graphviz"), (String = "image/svg+xml")))))]
pub(super) async fn get_map(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<MapOf>, Query<When>),
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (Query(of), Query(when)) = asked;
    let form = negotiate(&headers, MAP_FORMS)?;
    let map = api::map(&app, &caller, &account, (when, of.since), of.path_to).await?;
    let format = [Format::Json, Format::GraphMl, Format::Dot, Format::Svg][form];
    let text = render(&map, format).map_err(|error| ApiError::Internal(error.to_string()))?;
    bytes(&headers, (MAP_FORMS[form], text.into_bytes()), None)
}

/// Shows what the account was read from, and what could not be read.
#[utoipa::path(get, path = "/v1/accounts/{account}/sources", tag = "accounts",
    params(("account" = String, Path, description = "Key of the account"), When),
    responses((status = 200, body = Sources)))]
pub(super) async fn get_sources(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Query(when): Query<When>,
) -> Result<axum::Json<Sources>, Failure> {
    Ok(axum::Json(api::sources(&app, &caller, &account, when).await?))
}
