//! `/v1/queries`: the queries that Baton brings, by name.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::answer::{bytes, negotiate};
use super::error::Failure;
use super::extract::{Bearer, Path, Query};
use crate::api::{self, ApiError, App, NamedQuery, Page, When};
use crate::model::AccountSlug;
use crate::queries::Format;

/// The forms of SPARQL results.
const FORMS: &[&str] = &[
    "application/sparql-results+json",
    "application/json",
    "text/csv; charset=utf-8",
    "text/tab-separated-values; charset=utf-8",
    "application/sparql-results+xml",
];
const FORMATS: [Format; 5] = [Format::Json, Format::Json, Format::Csv, Format::Tsv, Format::Xml];

#[derive(Debug, Deserialize)]
pub(super) struct QueryPath {
    query: String,
}

/// Over which account.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "it describes parameters; they are read beside those of the query")]
pub(super) struct Over {
    /// Key of the account; all that the caller may see when not given.
    account: Option<String>,
    /// Values of the query's own parameters, each by its name.
    #[param(style = Form, explode = true, additional_properties = true)]
    parameters: Option<BTreeMap<String, String>>,
}

/// Lists the named queries with their parameters and text.
#[utoipa::path(get, path = "/v1/queries", tag = "queries", responses((status = 200, body = Page<NamedQuery>)))]
pub(super) async fn list_queries(State(app): State<App>) -> axum::Json<Page<NamedQuery>> {
    axum::Json(Page { data: api::named_queries(&app), next: None })
}

/// Runs a named query. Its parameters are given by name in the query string.
#[utoipa::path(get, path = "/v1/queries/{query}", tag = "queries",
    params(("query" = String, Path, description = "Name of the query"), Over, When),
    responses((status = 200, description = "SPARQL results", content((serde_json::Value = "application/sparql-results+json"),
        (serde_json::Value = "application/json"), (String = "text/csv"), (String = "text/tab-separated-values"),
        (String = "application/sparql-results+xml")))))]
pub(super) async fn run_query(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<QueryPath>,
    asked: (Query<When>, Query<BTreeMap<String, String>>),
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (Query(when), Query(mut given)) = asked;
    let form = negotiate(&headers, FORMS)?;
    let account = given.remove("account");
    let account = match &account {
        Some(name) => Some(AccountSlug::from_key(name).ok_or_else(|| ApiError::not_found("account", name))?),
        None => None,
    };
    given.remove("as_of");
    given.remove("known_at");
    let of = (path.query.as_str(), &given);
    let answered = api::run_named(&app, &caller, of, (account.as_ref(), when), FORMATS[form]).await?;
    bytes(&headers, (FORMS[form], answered.body), None)
}
