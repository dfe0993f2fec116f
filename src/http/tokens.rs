//! `/v1/tokens` and `/v1/audit`: who may come in, and who did what.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json as Answer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::Failure;
use super::extract::{Bearer, Json, Path, Query, slug};
use super::gate::Gate;
use crate::access::create;
use crate::api::{ApiError, App, Page, PageRequest};
use crate::archive::AuditEntry;
use crate::model::{AccountScope, AccountSlug, Sight, Token, TokenRole};

/// A token to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    /// Whose it is: the name under which its bearer acts.
    #[schema(min_length = 1)]
    name: String,
    /// What its bearer may do.
    role: TokenRole,
    /// What of an account its bearer sees; that of the role when not given.
    #[serde(default)]
    sight: Option<Sight>,
    /// The accounts it is good for; all when not given.
    #[serde(default)]
    #[schema(value_type = Option<Vec<AccountKey>>)]
    accounts: Option<BTreeSet<String>>,
    /// From when on it is good no more.
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

/// Key of an account.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, min_length = 1, example = "northwind")]
#[allow(dead_code, reason = "it describes a value that is read by hand")]
pub(super) struct AccountKey(String);

/// A token that was made. The secret is shown this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct MadeToken {
    /// What is kept of it.
    #[serde(flatten)]
    token: Token,
    /// The token itself.
    secret: String,
}

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
    caller.require_all_accounts()?;
    Ok(Answer(Page { data: app.stores.archive.tokens().await?, next: None }))
}

/// Makes a token; it is shown this once.
#[utoipa::path(post, path = "/v1/tokens", tag = "access", request_body = NewToken,
    responses((status = 201, body = MadeToken)))]
pub(super) async fn create_token(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Json(new): Json<NewToken>,
) -> Result<Response, Failure> {
    caller.require_all_accounts()?;
    if new.name.trim().is_empty() {
        return Err(ApiError::Unfit("a token needs a name".to_owned()).into());
    }
    let read = |name: &String| slug(name).ok_or_else(|| ApiError::Unfit(format!("{name:?} is no key of an account")));
    let accounts: Option<BTreeSet<AccountSlug>> =
        new.accounts.map(|names| names.iter().map(read).collect::<Result<_, _>>()).transpose()?;
    let (role, times) = ((new.role, new.sight), (app.clock.now(), new.expires_at));
    let scope = AccountScope::from(accounts);
    let (token, secret) = create(&app.stores.archive, new.name.trim(), role, scope, times).await?;
    Ok((StatusCode::CREATED, Answer(MadeToken { token, secret })).into_response())
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
    caller.require_all_accounts()?;
    if !app.stores.archive.revoke_token(&path.token, app.clock.now()).await? {
        return Err(ApiError::not_found("token", path.token).into());
    }
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
