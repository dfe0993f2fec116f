//! What was said: `/v1/accounts/{account}/interactions`, search over it, and `/v1/evidence`.

use axum::extract::State;
use serde::Deserialize;

use super::error::Failure;
use super::extract::{Account, Bearer, Path, Query};
use crate::api::{
    self, App, EvidenceInContext, FoundMessages, InteractionEntry, InteractionFilter, MessageSearch, Page, PageRequest,
    When,
};
use crate::model::Interaction;

#[derive(Debug, Deserialize)]
pub(super) struct InteractionPath {
    interaction: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct EvidencePath {
    evidence: String,
}

/// Lists the interactions of an account, by time, without their text.
#[utoipa::path(get, path = "/v1/accounts/{account}/interactions", tag = "words",
    params(("account" = String, Path, description = "Key of the account"), InteractionFilter, When, PageRequest),
    responses((status = 200, body = Page<InteractionEntry>)))]
pub(super) async fn list_interactions(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<InteractionFilter>, Query<When>, Query<PageRequest>),
) -> Result<axum::Json<Page<InteractionEntry>>, Failure> {
    let (Query(filter), Query(when), Query(page)) = asked;
    Ok(axum::Json(api::interactions(&app, &caller, &account, (filter, when), &page).await?))
}

/// Shows an interaction with its text. It is logged who read it.
#[utoipa::path(get, path = "/v1/accounts/{account}/interactions/{interaction}", tag = "words",
    params(("account" = String, Path, description = "Key of the account"),
        ("interaction" = String, Path, description = "The source's own identity")),
    responses((status = 200, body = Interaction)))]
pub(super) async fn get_interaction(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Path(path): Path<InteractionPath>,
) -> Result<axum::Json<Interaction>, Failure> {
    Ok(axum::Json(api::interaction(&app, &caller, &account, &path.interaction).await?))
}

/// Finds messages that have all the words, newest first, each with the text around the first of them.
#[utoipa::path(get, path = "/v1/accounts/{account}/messages/search", tag = "words",
    params(("account" = String, Path, description = "Key of the account"), MessageSearch, When),
    responses((status = 200, body = FoundMessages)))]
pub(super) async fn search_messages(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    asked: (Query<MessageSearch>, Query<When>),
) -> Result<axum::Json<FoundMessages>, Failure> {
    let (Query(request), Query(when)) = asked;
    Ok(axum::Json(api::search_messages(&app, &caller, &[account], (&request, when)).await?))
}

/// Shows the words behind a line in their context. It is logged who read it.
#[utoipa::path(get, path = "/v1/evidence/{evidence}", tag = "words",
    params(("evidence" = String, Path, description = "Identity of the evidence: interaction, #, span")),
    responses((status = 200, body = EvidenceInContext)))]
pub(super) async fn get_evidence(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<EvidencePath>,
) -> Result<axum::Json<EvidenceInContext>, Failure> {
    Ok(axum::Json(api::evidence(&app, &caller, &path.evidence).await?))
}
