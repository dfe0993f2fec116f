//! What a caller is told when something cannot be done: a plain sentence, and of our own faults nothing that is inside.

use rmcp::ErrorData;

use crate::api::{ApiError, Fault};

/// The sentence.
pub(super) fn told(error: &ApiError) -> String {
    if error.fault() == Fault::Ours {
        tracing::error!(%error, "a request failed");
        return "something went wrong here".to_owned();
    }
    error.to_string()
}

/// The same where the protocol has no result that says it: of resources and prompts.
pub(super) fn refusal(error: &ApiError) -> ErrorData {
    let sentence = told(error);
    match error.fault() {
        Fault::Ours => ErrorData::internal_error(sentence, None),
        Fault::NotFound => ErrorData::resource_not_found(sentence, None),
        Fault::Invalid
        | Fault::Unfit
        | Fault::Conflict
        | Fault::Forbidden
        | Fault::NotAcceptable
        | Fault::Unavailable => ErrorData::invalid_params(sentence, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Denied;
    use crate::ingest::StoreError;

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
