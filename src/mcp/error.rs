//! What a caller is told when something cannot be done: a plain sentence, and of our own faults nothing that is inside.

use rmcp::ErrorData;

use crate::access::Denied;
use crate::api::ApiError;
use crate::graph::GraphError;
use crate::handoff::HandoffError;
use crate::ingest::{IngestError, StoreError};
use crate::queries::QueryError;
use crate::review::ReviewError;

/// The sentence.
pub(super) fn told(error: &ApiError) -> String {
    if is_ours(error) {
        tracing::error!(%error, "a request failed");
        return "something went wrong here".to_owned();
    }
    error.to_string()
}

/// The same where the protocol has no result that says it: of resources and prompts.
pub(super) fn refusal(error: &ApiError) -> ErrorData {
    let sentence = told(error);
    if is_ours(error) {
        ErrorData::internal_error(sentence, None)
    } else if is_not_there(error) {
        ErrorData::resource_not_found(sentence, None)
    } else {
        ErrorData::invalid_params(sentence, None)
    }
}

fn is_not_there(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::NotFound { .. }
            | ApiError::Denied(Denied::Account(_))
            | ApiError::Store(StoreError::UnknownAccount(_))
    ) || matches!(error, ApiError::Review(ReviewError::Store(StoreError::UnknownAccount(_))))
}

/// Says whether it is our fault, and not the caller's or the moment's.
fn is_ours(error: &ApiError) -> bool {
    match error {
        ApiError::NotFound { .. }
        | ApiError::Invalid(_)
        | ApiError::Unfit(_)
        | ApiError::Conflict(_)
        | ApiError::Denied(_) => false,
        ApiError::Store(error) => is_store(error),
        ApiError::Review(error) => is_review(error),
        ApiError::Query(error) => is_query(error),
        ApiError::File { .. } | ApiError::Internal(_) => true,
    }
}

fn is_store(error: &StoreError) -> bool {
    match error {
        StoreError::UnknownAccount(_) | StoreError::InUse(_) | StoreError::Served(_) | StoreError::Beside => false,
        StoreError::Archive(_) | StoreError::Graph(_) | StoreError::Task(_) | StoreError::Lock { .. } => true,
    }
}

fn is_review(error: &ReviewError) -> bool {
    match error {
        ReviewError::Unknown(_)
        | ReviewError::NoDocument { .. }
        | ReviewError::UnknownLine(_)
        | ReviewError::IsOpen { .. }
        | ReviewError::Refused(_)
        | ReviewError::Decided { .. }
        | ReviewError::Stale
        | ReviewError::NoFact(_)
        | ReviewError::AboutPerson(_)
        | ReviewError::Invalid(_)
        | ReviewError::UnknownPerson(_)
        | ReviewError::SeveralPeople { .. }
        | ReviewError::Identity(_)
        | ReviewError::Handoff(HandoffError::UnknownType { .. }) => false,
        ReviewError::Store(error) | ReviewError::Ingest(IngestError::Store(error)) => is_store(error),
        ReviewError::Handoff(_) => true,
    }
}

fn is_query(error: &QueryError) -> bool {
    match error {
        QueryError::Unknown(_)
        | QueryError::MissingValue { .. }
        | QueryError::WrongValue { .. }
        | QueryError::Form { .. }
        | QueryError::Format(_)
        | QueryError::Graph(GraphError::Syntax(_) | GraphError::Refused(_) | GraphError::Cancelled) => false,
        QueryError::Graph(_)
        | QueryError::File { .. }
        | QueryError::Folder { .. }
        | QueryError::Column { .. }
        | QueryError::Write(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_ours_are_not_told() {
        let check = |error: ApiError, expected: &str| assert_eq!(told(&error), expected);
        check(ApiError::Internal("the secret is 42".to_owned()), "something went wrong here");
        check(StoreError::Task("lost".to_owned()).into(), "something went wrong here");
        check(ApiError::not_found("evidence", "x#1-2"), "there is no evidence x#1-2");
        check(Denied::Role("reader").into(), "a token with the role reader may not do this");
        check(Denied::Account("contoso".to_owned()).into(), "no account contoso in this data folder");
    }
}
