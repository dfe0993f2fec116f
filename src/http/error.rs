//! The one place where an error becomes an HTTP status. Every error is a problem document (RFC 9457).

use axum::Json;
use axum::extract::multipart::MultipartError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::access::Denied;
use crate::api::ApiError;
use crate::graph::GraphError;
use crate::handoff::HandoffError;
use crate::ingest::{IngestError, StoreError};
use crate::queries::QueryError;
use crate::review::ReviewError;

/// What a problem document is sent as.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// A problem document.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ProblemDocument)]
pub(super) struct Problem {
    /// What sort of problem it is.
    #[serde(rename = "type")]
    #[schema(example = "urn:baton:problem:not-found")]
    pub kind: String,
    /// The sort in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What is wrong here.
    pub detail: String,
}

/// Why a request was not answered.
#[derive(Debug)]
pub enum Failure {
    /// The operation failed.
    Api(ApiError),
    /// The request itself cannot be used: status and reason.
    Request(StatusCode, String),
    /// No token, or none that is good.
    Unauthenticated,
    /// Too many requests: try again after so many seconds.
    TooMany(u64),
    /// None of the forms asked for is there; these are.
    NotAcceptable(&'static [&'static str]),
    /// The caller has it already.
    NotModified(String),
}

impl<E: Into<ApiError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Api(error.into())
    }
}

impl From<MultipartError> for Failure {
    fn from(error: MultipartError) -> Self {
        Self::Request(error.status(), error.body_text())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, detail, header) = match self {
            Self::Api(error) => {
                let status = status_of(&error);
                (status, told(status, &error), None)
            }
            Self::Request(status, detail) => (status, detail, None),
            Self::Unauthenticated => {
                let detail = "send a token that is good as Authorization: Bearer".to_owned();
                (StatusCode::UNAUTHORIZED, detail, Some((header::WWW_AUTHENTICATE, "Bearer".to_owned())))
            }
            Self::TooMany(seconds) => {
                let detail = format!("too many requests: try again in {seconds} s");
                (StatusCode::TOO_MANY_REQUESTS, detail, Some((header::RETRY_AFTER, seconds.to_string())))
            }
            Self::NotAcceptable(forms) => {
                (StatusCode::NOT_ACCEPTABLE, format!("it can be had as {}", forms.join(", ")), None)
            }
            Self::NotModified(etag) => {
                return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
            }
        };
        problem(status, detail, header)
    }
}

/// A problem document as an answer.
pub fn problem(status: StatusCode, detail: String, header: Option<(HeaderName, String)>) -> Response {
    let title = status.canonical_reason().unwrap_or("Problem").to_owned();
    let kind = format!("urn:baton:problem:{}", title.to_lowercase().replace(' ', "-"));
    let mut answer = (status, Json(Problem { kind, title, status: status.as_u16(), detail })).into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    if let Some((name, value)) = header
        && let Ok(value) = HeaderValue::try_from(value)
    {
        answer.headers_mut().insert(name, value);
    }
    answer
}

/// What the caller is told: of our own faults, nothing that is inside.
fn told(status: StatusCode, error: &ApiError) -> String {
    if status.is_server_error() {
        tracing::error!(%error, "a request failed");
        return if status == StatusCode::SERVICE_UNAVAILABLE {
            error.to_string()
        } else {
            "something went wrong here".to_owned()
        };
    }
    error.to_string()
}

fn status_of(error: &ApiError) -> StatusCode {
    match error {
        ApiError::NotFound { .. } => StatusCode::NOT_FOUND,
        ApiError::Invalid(_) => StatusCode::BAD_REQUEST,
        ApiError::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Conflict(_) => StatusCode::CONFLICT,
        ApiError::Denied(denied) => of_denied(denied),
        ApiError::Store(error) => of_store(error),
        ApiError::Review(error) => of_review(error),
        ApiError::Query(error) => of_query(error),
        ApiError::File { .. } | ApiError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn of_denied(denied: &Denied) -> StatusCode {
    match denied {
        Denied::Account(_) => StatusCode::NOT_FOUND,
        Denied::Role(_) | Denied::AllAccounts | Denied::Handoff | Denied::Sight => StatusCode::FORBIDDEN,
    }
}

fn of_store(error: &StoreError) -> StatusCode {
    match error {
        StoreError::UnknownAccount(_) => StatusCode::NOT_FOUND,
        StoreError::InUse(_) | StoreError::Served(_) | StoreError::Beside => StatusCode::SERVICE_UNAVAILABLE,
        StoreError::Archive(_) | StoreError::Graph(_) | StoreError::Task(_) | StoreError::Lock { .. } => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

fn of_review(error: &ReviewError) -> StatusCode {
    match error {
        ReviewError::Unknown(_) | ReviewError::NoDocument { .. } | ReviewError::UnknownLine(_) => StatusCode::NOT_FOUND,
        ReviewError::IsOpen { .. } | ReviewError::Refused(_) | ReviewError::Decided { .. } | ReviewError::Stale => {
            StatusCode::CONFLICT
        }
        ReviewError::NoFact(_)
        | ReviewError::AboutPerson(_)
        | ReviewError::Invalid(_)
        | ReviewError::UnknownPerson(_)
        | ReviewError::SeveralPeople { .. }
        | ReviewError::Identity(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ReviewError::Store(error) | ReviewError::Ingest(IngestError::Store(error)) => of_store(error),
        ReviewError::Handoff(HandoffError::UnknownType { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
        ReviewError::Handoff(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn of_query(error: &QueryError) -> StatusCode {
    match error {
        QueryError::Unknown(_) => StatusCode::NOT_FOUND,
        QueryError::MissingValue { .. } | QueryError::WrongValue { .. } | QueryError::Form { .. } => {
            StatusCode::BAD_REQUEST
        }
        QueryError::Format(_) => StatusCode::NOT_ACCEPTABLE,
        QueryError::Graph(GraphError::Syntax(_) | GraphError::Refused(_)) => StatusCode::BAD_REQUEST,
        QueryError::Graph(GraphError::Cancelled) => StatusCode::SERVICE_UNAVAILABLE,
        QueryError::Graph(_)
        | QueryError::File { .. }
        | QueryError::Folder { .. }
        | QueryError::Column { .. }
        | QueryError::Write(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_has_its_status() {
        let check = |error: ApiError, expected: u16| {
            assert_eq!(status_of(&error).as_u16(), expected, "{error}");
        };
        check(ApiError::not_found("job", "1"), 404);
        check(ApiError::Invalid("limit".to_owned()), 400);
        check(ApiError::Unfit("no such zone".to_owned()), 422);
        check(ApiError::Conflict("other".to_owned()), 409);
        check(Denied::Account("northwind".to_owned()).into(), 404);
        check(Denied::Role("reader").into(), 403);
        check(Denied::Handoff.into(), 403);
        check(Denied::Sight.into(), 403);
        check(Denied::AllAccounts.into(), 403);
        check(StoreError::UnknownAccount("northwind".to_owned()).into(), 404);
        check(StoreError::Beside.into(), 503);
        check(StoreError::Task("lost".to_owned()).into(), 500);
        check(ReviewError::Unknown("x".to_owned()).into(), 404);
        check(ReviewError::Stale.into(), 409);
        check(ReviewError::Invalid("x".to_owned()).into(), 422);
        check(ReviewError::UnknownPerson("x".to_owned()).into(), 422);
        check(QueryError::Unknown("x".to_owned()).into(), 404);
        check(QueryError::Graph(GraphError::Cancelled).into(), 503);
        check(ApiError::Internal("x".to_owned()), 500);
    }

    #[test]
    fn faults_of_ours_are_not_told() {
        let error = ApiError::Internal("the secret is 42".to_owned());
        assert!(!told(StatusCode::INTERNAL_SERVER_ERROR, &error).contains("42"));
    }
}
