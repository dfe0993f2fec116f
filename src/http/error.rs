//! The one place where an error becomes an HTTP status. Every error is a problem document (RFC 9457).

use axum::Json;
use axum::extract::multipart::MultipartError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use crate::api::{ApiError, Fault};

/// What a problem document is sent as.
pub const PROBLEM_JSON: &str = "application/problem+json";

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

impl Failure {
    /// What the caller is told: the status, why, and a header that goes with it. Of our own faults it tells nothing.
    pub fn told(self) -> (StatusCode, String, Option<(HeaderName, String)>) {
        match self {
            Self::Api(error) => {
                let status = status_of(error.fault());
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
            Self::NotModified(etag) => (StatusCode::NOT_MODIFIED, String::new(), Some((header::ETAG, etag))),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, detail, header) = self.told();
        if status == StatusCode::NOT_MODIFIED {
            return (status, AppendHeaders(header)).into_response();
        }
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

fn status_of(fault: Fault) -> StatusCode {
    match fault {
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::Invalid => StatusCode::BAD_REQUEST,
        Fault::Unfit => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::Conflict => StatusCode::CONFLICT,
        Fault::Forbidden => StatusCode::FORBIDDEN,
        Fault::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Fault::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Ours => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Denied;
    use crate::graph::GraphError;
    use crate::ingest::StoreError;
    use crate::notify::WebhookError;
    use crate::queries::QueryError;
    use crate::resolve::people::named::FindError;
    use crate::review::ReviewError;

    #[test]
    fn each_error_has_its_status() {
        let check = |error: ApiError, expected: u16| {
            assert_eq!(status_of(error.fault()).as_u16(), expected, "{error}");
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
        check(ReviewError::Person(FindError::Nobody("x".to_owned())).into(), 422);
        check(WebhookError::Unknown("x".to_owned()).into(), 404);
        check(WebhookError::Disabled("x".to_owned()).into(), 409);
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
