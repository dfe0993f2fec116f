//! `/sparql`: SPARQL 1.1 Protocol over HTTP.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, FromRef, OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use super::problem;
use crate::access::Caller;
use crate::api::App;
use crate::graph::sparql::NamedNode;
use crate::sparql::protocol::{Method, ProtocolError, Request};
use crate::sparql::{Accepted, Endpoint, SparqlError};

/// The longest request.
const BODY: usize = 1 << 20;

/// Seconds after which it is worth to try again when too many queries run.
const RETRY_AFTER: &str = "1";

impl FromRef<App> for Endpoint {
    fn from_ref(app: &App) -> Self {
        app.sparql.clone()
    }
}

/// What is sent to the endpoint.
pub fn routes(endpoint: Endpoint) -> MethodRouter {
    get(get_sparql).post(post_sparql).layer(DefaultBodyLimit::max(BODY)).with_state(endpoint)
}

/// Answers a query that stands in the address; without one, describes the service.
#[utoipa::path(
    get, path = "/sparql", tag = "sparql",
    params(
        ("query" = Option<String>, Query, description = "The query; without one the service describes itself"),
        ("default-graph-uri" = Option<Vec<String>>, Query, description = "Graphs in place of `FROM`"),
        ("named-graph-uri" = Option<Vec<String>>, Query, description = "Graphs in place of `FROM NAMED`"),
    ),
    responses((status = 200, description = "The whole answer", content(
        (String = "application/sparql-results+json"), (String = "application/sparql-results+xml"),
        (String = "text/csv"), (String = "text/tab-separated-values"),
        (String = "text/turtle"), (String = "application/n-triples"),
        (String = "application/ld+json"), (String = "application/rdf+xml"),
    )))
)]
pub async fn get_sparql(
    State(endpoint): State<Endpoint>,
    Extension(caller): Extension<Caller>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    answer(&endpoint, &caller, (Method::Get, &uri, &headers), b"").await
}

/// Answers a query that stands in the body, as a form or as it is.
#[utoipa::path(
    post, path = "/sparql", tag = "sparql",
    request_body(description = "The query itself, or a form with it as `query`", content(
        (String = "application/sparql-query"), (String = "application/x-www-form-urlencoded"),
    )),
    params(
        ("default-graph-uri" = Option<Vec<String>>, Query, description = "Graphs in place of `FROM`"),
        ("named-graph-uri" = Option<Vec<String>>, Query, description = "Graphs in place of `FROM NAMED`"),
    ),
    responses((status = 200, description = "The whole answer", content(
        (String = "application/sparql-results+json"), (String = "application/sparql-results+xml"),
        (String = "text/csv"), (String = "text/tab-separated-values"),
        (String = "text/turtle"), (String = "application/n-triples"),
        (String = "application/ld+json"), (String = "application/rdf+xml"),
    )))
)]
pub async fn post_sparql(
    State(endpoint): State<Endpoint>,
    Extension(caller): Extension<Caller>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match body {
        Ok(body) => answer(&endpoint, &caller, (Method::Post, &uri, &headers), &body).await,
        Err(rejection) => problem(rejection.status(), rejection.body_text(), None),
    }
}

async fn answer(
    endpoint: &Endpoint,
    caller: &Caller,
    (method, uri, headers): (Method, &Uri, &HeaderMap),
    body: &[u8],
) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let request = Request { method, parameters: uri.query(), content_type: text(header::CONTENT_TYPE), body };
    let accept: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let accepted = Accepted::read(Some(&accept.join(",")));
    let base = base(text(header::HOST).unwrap_or_default(), uri.path());
    match endpoint.answer(caller, &request, accepted, &base).await {
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Ok(Some(answer)) => {
            let headers = [(header::CONTENT_TYPE, answer.media_type.as_str()), (header::VARY, "accept")];
            (headers, Bytes::from(answer.bytes)).into_response()
        }
        Err(error) => refuse(&error),
    }
}

/// The address of the endpoint, as the caller knows it.
fn base(host: &str, path: &str) -> String {
    let known = format!("http://{host}{path}");
    if NamedNode::new(&known).is_ok() { known } else { format!("http://localhost{path}") }
}

/// The status of an error.
fn status_of(error: &SparqlError) -> StatusCode {
    match error {
        SparqlError::Protocol(ProtocolError::MediaType(_) | ProtocolError::Charset(_)) => {
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        }
        SparqlError::Protocol(
            ProtocolError::Missing
            | ProtocolError::Several
            | ProtocolError::UpdateByGet
            | ProtocolError::NotUtf8
            | ProtocolError::NoIri(_),
        )
        | SparqlError::Malformed(_) => StatusCode::BAD_REQUEST,
        SparqlError::Refused(_) => StatusCode::FORBIDDEN,
        SparqlError::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        // Not 503 or 504: to send the same query again does not help.
        SparqlError::TooMuch(_) => StatusCode::UNPROCESSABLE_ENTITY,
        SparqlError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        SparqlError::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn refuse(error: &SparqlError) -> Response {
    let status = status_of(error);
    match error {
        SparqlError::Failed(_) => {
            tracing::error!(%error, "a query failed");
            problem(status, "the query could not be run".to_owned(), None)
        }
        SparqlError::Busy => problem(status, error.to_string(), Some((header::RETRY_AFTER, RETRY_AFTER.to_owned()))),
        SparqlError::Protocol(_)
        | SparqlError::Malformed(_)
        | SparqlError::Refused(_)
        | SparqlError::NotAcceptable
        | SparqlError::TooMuch(_) => problem(status, error.to_string(), None),
    }
}
