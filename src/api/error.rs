//! Why an operation could not be done: one enum for all of them, so that each way in has one place that turns it into
//! its own form.

use super::fault::{self, Fault};
use crate::access::{Denied, SecretError};
use crate::archive::ArchiveError;
use crate::graph::GraphError;
use crate::handoff::HandoffError;
use crate::ingest::{IngestError, StoreError};
use crate::notify::WebhookError;
use crate::queries::QueryError;
use crate::review::ReviewError;
use crate::sparql::SparqlError;
use crate::upkeep::ForgetError;

/// Why an operation could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// There is nothing of that name, or the caller may not know of it.
    #[error("there is no {what} {name}")]
    NotFound {
        /// What was asked for.
        what: &'static str,
        /// By which name.
        name: String,
    },
    /// An argument cannot be used.
    #[error("{0}")]
    Invalid(String),
    /// An argument is well written and still cannot be used: there is no such zone, the period ends before it begins.
    #[error("{0}")]
    Unfit(String),
    /// It does not fit what is there.
    #[error("{0}")]
    Conflict(String),
    /// The caller may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An operation on a handoff failed.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// A query failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// An operation on webhooks failed.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    /// An erasure failed.
    #[error(transparent)]
    Forget(#[from] ForgetError),
    /// SPARQL could not be answered.
    #[error(transparent)]
    Sparql(#[from] SparqlError),
    /// A file of the service cannot be written or read.
    #[error("{what}: {source}")]
    File {
        /// What was to be done.
        what: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// A background task was lost, or something that cannot be happened.
    #[error("{0}")]
    Internal(String),
}

impl ApiError {
    /// What sort of failure it is.
    pub fn fault(&self) -> Fault {
        fault::of(self)
    }

    /// Nothing of that name.
    pub fn not_found(what: &'static str, name: impl Into<String>) -> Self {
        Self::NotFound { what, name: name.into() }
    }
}

impl From<ArchiveError> for ApiError {
    fn from(error: ArchiveError) -> Self {
        Self::Store(error.into())
    }
}

impl From<GraphError> for ApiError {
    fn from(error: GraphError) -> Self {
        Self::Store(error.into())
    }
}

impl From<IngestError> for ApiError {
    fn from(error: IngestError) -> Self {
        Self::Review(error.into())
    }
}

impl From<HandoffError> for ApiError {
    fn from(error: HandoffError) -> Self {
        Self::Review(error.into())
    }
}

impl From<SecretError> for ApiError {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Archive(error) => error.into(),
            SecretError::Random(_) => Self::Internal(error.to_string()),
        }
    }
}

impl From<tokio::task::JoinError> for ApiError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(format!("a background task was lost: {error}"))
    }
}
