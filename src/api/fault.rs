//! What sort of failure each error is, whoever is told: HTTP makes a status of it, MCP a word.

use super::ApiError;
use crate::access::Denied;
use crate::graph::GraphError;
use crate::handoff::HandoffError;
use crate::ingest::{IngestError, StoreError};
use crate::notify::WebhookError;
use crate::queries::QueryError;
use crate::review::ReviewError;
use crate::sparql::SparqlError;
use crate::upkeep::ForgetError;

/// A sort of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing of that name.
    NotFound,
    /// An argument is not written as it must be.
    Invalid,
    /// An argument is well written and cannot be used.
    Unfit,
    /// It does not fit what is there.
    Conflict,
    /// The caller may not.
    Forbidden,
    /// It cannot be had in that form.
    NotAcceptable,
    /// It cannot be done at this moment.
    Unavailable,
    /// It is our fault, and nothing of it is told.
    Ours,
}

/// What sort of failure an error is.
pub(super) fn of(error: &ApiError) -> Fault {
    match error {
        ApiError::NotFound { .. } => Fault::NotFound,
        ApiError::Invalid(_) => Fault::Invalid,
        ApiError::Unfit(_) => Fault::Unfit,
        ApiError::Conflict(_) => Fault::Conflict,
        ApiError::Denied(denied) => of_denied(denied),
        ApiError::Store(error) => of_store(error),
        ApiError::Review(error) => of_review(error),
        ApiError::Query(error) => of_query(error),
        ApiError::Webhook(error) => of_webhook(error),
        ApiError::Forget(error) => of_forget(error),
        ApiError::Sparql(error) => of_sparql(error),
        ApiError::File { .. } | ApiError::Internal(_) => Fault::Ours,
    }
}

fn of_denied(denied: &Denied) -> Fault {
    match denied {
        Denied::Account(_) => Fault::NotFound,
        Denied::Role(_) | Denied::AllAccounts | Denied::Handoff | Denied::Sight => Fault::Forbidden,
    }
}

fn of_store(error: &StoreError) -> Fault {
    match error {
        StoreError::UnknownAccount(_) => Fault::NotFound,
        StoreError::InUse(_) | StoreError::Served(_) | StoreError::Beside => Fault::Unavailable,
        StoreError::Archive(_)
        | StoreError::Graph(_)
        | StoreError::Task(_)
        | StoreError::Lock { .. }
        | StoreError::Rules(_)
        | StoreError::File { .. } => Fault::Ours,
    }
}

fn of_review(error: &ReviewError) -> Fault {
    match error {
        ReviewError::Unknown(_) | ReviewError::NoDocument { .. } | ReviewError::UnknownLine(_) => Fault::NotFound,
        ReviewError::IsOpen { .. } | ReviewError::Refused(_) | ReviewError::Decided { .. } | ReviewError::Stale => {
            Fault::Conflict
        }
        ReviewError::NoFact(_)
        | ReviewError::AboutPerson(_)
        | ReviewError::Invalid(_)
        | ReviewError::Person(_)
        | ReviewError::Identity(_)
        | ReviewError::Handoff(HandoffError::UnknownType { .. }) => Fault::Unfit,
        ReviewError::Store(error) | ReviewError::Ingest(IngestError::Store(error)) => of_store(error),
        ReviewError::Handoff(_) => Fault::Ours,
    }
}

fn of_forget(error: &ForgetError) -> Fault {
    match error {
        ForgetError::Store(error) => of_store(error),
        ForgetError::Who(_) => Fault::Unfit,
        ForgetError::NoInteraction { .. } => Fault::NotFound,
        ForgetError::Report(_) | ForgetError::Random(_) => Fault::Ours,
    }
}

fn of_webhook(error: &WebhookError) -> Fault {
    match error {
        WebhookError::Url(_) => Fault::Unfit,
        WebhookError::Unknown(_) | WebhookError::UnknownDelivery(_) => Fault::NotFound,
        WebhookError::Disabled(_) => Fault::Conflict,
        WebhookError::Archive(_) | WebhookError::Random(_) => Fault::Ours,
    }
}

fn of_query(error: &QueryError) -> Fault {
    match error {
        QueryError::Unknown(_) => Fault::NotFound,
        QueryError::MissingValue { .. }
        | QueryError::WrongValue { .. }
        | QueryError::Form { .. }
        | QueryError::Graph(GraphError::Syntax(_) | GraphError::Refused(_)) => Fault::Invalid,
        QueryError::Format(_) => Fault::NotAcceptable,
        QueryError::Graph(GraphError::Cancelled) => Fault::Unavailable,
        QueryError::Graph(_)
        | QueryError::File { .. }
        | QueryError::Folder { .. }
        | QueryError::Column { .. }
        | QueryError::Write(_) => Fault::Ours,
    }
}

fn of_sparql(error: &SparqlError) -> Fault {
    match error {
        SparqlError::Protocol(_) | SparqlError::Malformed(_) => Fault::Invalid,
        SparqlError::Refused(_) => Fault::Forbidden,
        SparqlError::NotAcceptable => Fault::NotAcceptable,
        SparqlError::TooMuch(_) => Fault::Unfit,
        SparqlError::Busy => Fault::Unavailable,
        SparqlError::Failed(_) => Fault::Ours,
    }
}
