//! `/v1/accounts/{account}/facts`, the lists of one kind (`/commitments`, `/risks`, …), and search.

use axum::extract::State;
use serde::Deserialize;

use super::error::Failure;
use super::extract::{Account, Bearer, Path, Query};
use crate::api::{self, App, FactFilter, FoundFact, Page, PageRequest, SearchRequest, When};
use crate::model::{Fact, FactKind};

/// A kind of fact as it stands in a path.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the ontology defines them")]
pub(super) enum Kinds {
    Commitments,
    Requests,
    Risks,
    Objectives,
    Metrics,
    PainPoints,
    Requirements,
    Decisions,
    Preferences,
    SensitiveTopics,
    BuyingMotivations,
    OpenIssues,
    Customizations,
    ExpansionSignals,
}

impl Kinds {
    fn kind(self) -> FactKind {
        match self {
            Self::Commitments => FactKind::Commitment,
            Self::Requests => FactKind::Request,
            Self::Risks => FactKind::Risk,
            Self::Objectives => FactKind::Objective,
            Self::Metrics => FactKind::Metric,
            Self::PainPoints => FactKind::PainPoint,
            Self::Requirements => FactKind::Requirement,
            Self::Decisions => FactKind::Decision,
            Self::Preferences => FactKind::Preference,
            Self::SensitiveTopics => FactKind::SensitiveTopic,
            Self::BuyingMotivations => FactKind::BuyingMotivation,
            Self::OpenIssues => FactKind::OpenIssue,
            Self::Customizations => FactKind::Customization,
            Self::ExpansionSignals => FactKind::ExpansionSignal,
        }
    }
}

/// Which kind, of all of them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfKind {
    /// Only of this kind.
    kind: Option<FactKind>,
}

#[derive(Debug, Deserialize)]
pub(super) struct KindsPath {
    kinds: Kinds,
}

#[derive(Debug, Deserialize)]
pub(super) struct FactPath {
    fact: String,
}

/// The parameters that every list of facts takes.
type Asked = (Query<FactFilter>, Query<When>, Query<PageRequest>);

/// Lists the facts of an account, by time.
#[utoipa::path(get, path = "/v1/accounts/{account}/facts", tag = "facts",
    params(("account" = String, Path, description = "Key of the account"), OfKind, FactFilter, When, PageRequest),
    responses((status = 200, body = Page<Fact>)))]
pub(super) async fn list_facts(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<OfKind>, Asked),
) -> Result<axum::Json<Page<Fact>>, Failure> {
    let (Query(of), (Query(filter), Query(when), Query(page))) = asked;
    Ok(axum::Json(api::facts(&app, &caller, (&account, of.kind), (&filter, when), &page).await?))
}

/// Lists the facts of one kind, by time.
#[utoipa::path(get, path = "/v1/accounts/{account}/{kinds}", tag = "facts",
    params(("account" = String, Path, description = "Key of the account"),
        ("kinds" = inline(Kinds), Path, description = "The kind"), FactFilter, When, PageRequest),
    responses((status = 200, body = Page<Fact>)))]
pub(super) async fn list_facts_of_kind(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Path(path): Path<KindsPath>,
    asked: Asked,
) -> Result<axum::Json<Page<Fact>>, Failure> {
    let (Query(filter), Query(when), Query(page)) = asked;
    let kind = Some(path.kinds.kind());
    Ok(axum::Json(api::facts(&app, &caller, (&account, kind), (&filter, when), &page).await?))
}

/// Shows a fact.
#[utoipa::path(get, path = "/v1/accounts/{account}/facts/{fact}", tag = "facts",
    params(("account" = String, Path, description = "Key of the account"),
        ("fact" = String, Path, description = "IRI of the fact, or the end of it"), When),
    responses((status = 200, body = Fact)))]
pub(super) async fn get_fact(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Path(path): Path<FactPath>,
    Query(when): Query<When>,
) -> Result<axum::Json<Fact>, Failure> {
    Ok(axum::Json(api::fact(&app, &caller, &account, &path.fact, when).await?))
}

/// Finds facts of an account by words and, where the service has a base model, by meaning, best first. There is one
/// page: `next` is always `null`.
#[utoipa::path(get, path = "/v1/accounts/{account}/search", tag = "facts",
    params(("account" = String, Path, description = "Key of the account"), SearchRequest, When),
    responses((status = 200, body = Page<FoundFact>)))]
pub(super) async fn search_facts(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<SearchRequest>, Query<When>),
) -> Result<axum::Json<Page<FoundFact>>, Failure> {
    let (Query(request), Query(when)) = asked;
    Ok(axum::Json(api::search(&app, &caller, &account, (request, when)).await?))
}
