//! Tokens: who may come in. They are made, listed and revoked by who may see every account.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ApiError, App};
use crate::access::{Caller, create};
use crate::model::{AccountScope, AccountSlug, Sight, Token, TokenRole};

/// A token to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// Whose it is: the name under which its bearer acts.
    #[schema(min_length = 1)]
    pub name: String,
    /// What its bearer may do.
    pub role: TokenRole,
    /// What of an account its bearer sees; that of the role when not given.
    #[serde(default)]
    pub sight: Option<Sight>,
    /// The accounts it is good for; all when not given.
    #[serde(default)]
    #[schema(value_type = Option<Vec<AccountKey>>)]
    pub accounts: Option<BTreeSet<String>>,
    /// From when on it is good no more.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// Key of an account.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, min_length = 1, example = "northwind")]
#[allow(dead_code, reason = "it describes a value that is read by hand")]
pub struct AccountKey(String);

/// A token that was made. The secret is shown this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MadeToken {
    /// What is kept of it.
    #[serde(flatten)]
    pub token: Token,
    /// The token itself.
    pub secret: String,
}

/// Every token, oldest first.
pub async fn tokens(app: &App, caller: &Caller) -> Result<Vec<Token>, ApiError> {
    caller.require_all_accounts()?;
    Ok(app.stores.archive.tokens().await?)
}

/// Makes a token; it is shown this once.
pub async fn create_token(app: &App, caller: &Caller, new: NewToken) -> Result<MadeToken, ApiError> {
    caller.require_all_accounts()?;
    if new.name.trim().is_empty() {
        return Err(ApiError::Unfit("a token needs a name".to_owned()));
    }
    let unknown = |name: &str| ApiError::Unfit(format!("{name:?} is no key of an account"));
    let read = |name: &String| AccountSlug::from_key(name).ok_or_else(|| unknown(name));
    let accounts: Option<BTreeSet<AccountSlug>> =
        new.accounts.map(|names| names.iter().map(read).collect::<Result<_, _>>()).transpose()?;
    let (role, times) = ((new.role, new.sight), (app.clock.now(), new.expires_at));
    let scope = AccountScope::from(accounts);
    let (token, secret) = create(&app.stores.archive, new.name.trim(), role, scope, times).await?;
    Ok(MadeToken { token, secret })
}

/// Revokes a token.
pub async fn revoke_token(app: &App, caller: &Caller, id: &str) -> Result<(), ApiError> {
    caller.require_all_accounts()?;
    if !app.stores.archive.revoke_token(id, app.clock.now()).await? {
        return Err(ApiError::not_found("token", id));
    }
    Ok(())
}
