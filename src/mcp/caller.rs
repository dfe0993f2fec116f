//! Whose a question is.

use axum::http::request::Parts;
use jiff::Timestamp;
use rmcp::model::Extensions;

use super::Mcp;
use crate::access::{Caller, verify};
use crate::api::ApiError;
use crate::ingest::project_pending;

/// Whose the questions are.
#[derive(Clone)]
pub enum Who {
    /// Of whoever the gate let in with the request.
    Request,
    /// Of the bearer of a token, as long as it is good.
    Bearer(String),
    /// Of one caller, for the life of the process.
    Local(Box<Caller>),
}

impl Mcp {
    /// The caller of a request. A server that reads from a copy of the graph brings it up to the archive first.
    pub(super) async fn caller(&self, extensions: &Extensions) -> Result<Caller, ApiError> {
        let now = self.app.clock.now();
        if self.app.stores.is_beside() {
            project_pending(&self.app.stores, self.app.engine.version(), now).await?;
        }
        let unknown = || ApiError::Conflict("the token is not good any more".to_owned());
        match &self.who {
            Who::Request => {
                let parts = extensions.get::<Parts>();
                let caller = parts.and_then(|parts| parts.extensions.get::<Caller>());
                caller.cloned().ok_or_else(|| ApiError::Internal("a request came past the gate".to_owned()))
            }
            Who::Bearer(secret) => self.bearer(secret, now).await?.ok_or_else(unknown),
            Who::Local(caller) => Ok(Caller::clone(caller)),
        }
    }

    async fn bearer(&self, secret: &str, now: Timestamp) -> Result<Option<Caller>, ApiError> {
        Ok(verify(&self.app.stores.archive, secret, now).await?.map(|token| Caller { token }))
    }
}
