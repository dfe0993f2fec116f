//! `/v1/tokens` and `/v1/audit`: who may come in, and who did what.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json as Answer};
use serde::Deserialize;

use super::error::Failure;
use super::extract::{Bearer, Json, Path, Query};
use super::gate::Gate;
use crate::api::{self, App, MadeToken, NewToken, Page, PageRequest};
use crate::archive::AuditEntry;
use crate::model::Token;

#[derive(Debug, Deserialize)]
pub(super) struct TokenPath {
    token: String,
}

/// Lists the tokens.
#[utoipa::path(get, path = "/v1/tokens", tag = "access", responses((status = 200, body = Page<Token>)))]
pub(super) async fn list_tokens(
    State(app): State<App>,
    Bearer(caller): Bearer,
) -> Result<Answer<Page<Token>>, Failure> {
    Ok(Answer(Page { data: api::tokens(&app, &caller).await?, next: None }))
}

/// Makes a token; it is shown this once.
#[utoipa::path(post, path = "/v1/tokens", tag = "access", request_body = NewToken,
    responses((status = 201, body = MadeToken)))]
pub(super) async fn create_token(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Json(new): Json<NewToken>,
) -> Result<Response, Failure> {
    Ok((StatusCode::CREATED, Answer(api::create_token(&app, &caller, new).await?)).into_response())
}

/// Revokes a token.
#[utoipa::path(delete, path = "/v1/tokens/{token}", tag = "access",
    params(("token" = String, Path, description = "Id of the token")),
    responses((status = 204, description = "It is good no more")))]
pub(super) async fn revoke_token(
    State(app): State<App>,
    Extension(gate): Extension<Gate>,
    Bearer(caller): Bearer,
    Path(path): Path<TokenPath>,
) -> Result<StatusCode, Failure> {
    api::revoke_token(&app, &caller, &path.token).await?;
    gate.forget();
    Ok(StatusCode::NO_CONTENT)
}

/// Lists who read which evidence and who wrote what, latest first.
#[utoipa::path(get, path = "/v1/audit", tag = "access", params(PageRequest),
    responses((status = 200, body = Page<AuditEntry>)))]
pub(super) async fn list_audit(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Query(page): Query<PageRequest>,
) -> Result<Answer<Page<AuditEntry>>, Failure> {
    caller.require_all_accounts()?;
    let (limit, before) = (page.limit()?, page.number()?.unwrap_or(i64::MAX));
    let mut data = app.stores.archive.audit(before, limit as u32 + 1).await?;
    let more = data.len() > limit;
    data.truncate(limit);
    let next = data.last().filter(|_| more).map(|last| PageRequest::cursor_of(last.row));
    Ok(Answer(Page { data, next }))
}
