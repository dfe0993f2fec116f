//! What an account was read from, and what could not be read.

use jiff::Timestamp;
use serde::Serialize;

use super::{ApiError, App, When};
use crate::access::Caller;
use crate::model::{AccountSlug, Coverage};

/// An item that could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RejectedItem {
    /// The file.
    pub path: String,
    /// Where in it.
    pub item: String,
    /// Why.
    pub reason: String,
    /// When it was offered.
    pub at: Timestamp,
}

/// What an account was read from.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Sources {
    /// How much of each kind of source was read.
    pub coverage: Vec<Coverage>,
    /// What could not be loaded, the latest first.
    pub rejected: Vec<RejectedItem>,
}

/// What an account was read from, and what could not be read.
pub async fn sources(app: &App, caller: &Caller, account: &AccountSlug, when: When) -> Result<Sources, ApiError> {
    let known = app.known(caller, account, when).await?;
    let rejected = app.stores.archive.rejections(account, when.known_at).await?;
    let rejected = rejected.into_iter().map(|(problem, at)| RejectedItem {
        path: problem.path,
        item: problem.item,
        reason: problem.reason,
        at,
    });
    Ok(Sources { coverage: known.detail().await?.coverage.clone(), rejected: rejected.collect() })
}
