//! What lies around every route: limits, headers, compression, spans, metrics, and that a panic ends one request alone.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Response as HttpResponse, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::set_header::SetResponseHeaderLayer;

use super::error::problem;

/// Limits of a request.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a body that is no upload.
    pub body: usize,
    /// Bytes of an upload.
    pub upload: usize,
    /// How long an answer may take, but for uploads and streams.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 1 << 20, upload: 256 << 20, time: Duration::from_secs(30) }
    }
}

/// Headers that every answer has. Documents may be shown as pages: nothing in them may run or load.
const HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Puts the layers around the routes, the innermost first.
pub(super) fn around(routes: Router, limits: Limits) -> Router {
    let is_text = DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"));
    let mut routes = routes
        .layer(from_fn_with_state(limits, in_time))
        .layer(from_fn_with_state(limits, in_size))
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(panicked));
    for (name, value) in HEADERS {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        routes = routes.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    routes.layer(ServiceBuilder::new().layer(from_fn(observe)).layer(CompressionLayer::new().compress_when(is_text)))
}

/// Whether a path takes uploads.
fn is_upload(path: &str) -> bool {
    path.ends_with("/ingest") || path.ends_with("/meeting")
}

/// Refuses bodies that are too large, as soon as that is known.
async fn in_size(axum::extract::State(limits): axum::extract::State<Limits>, request: Request, next: Next) -> Response {
    let most = if is_upload(request.uri().path()) { limits.upload } else { limits.body };
    let told = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|told| told > most as u64) {
        return problem(StatusCode::PAYLOAD_TOO_LARGE, format!("a body here has at most {most} bytes"), None);
    }
    next.run(request.map(|body| Body::new(http_body_util::Limited::new(body, most)))).await
}

/// Ends what takes too long.
async fn in_time(axum::extract::State(limits): axum::extract::State<Limits>, request: Request, next: Next) -> Response {
    if is_upload(request.uri().path()) || request.uri().path() == "/v1/events" {
        return next.run(request).await;
    }
    let answer = tokio::time::timeout(limits.time, next.run(request)).await;
    answer.unwrap_or_else(|_| {
        let detail = format!("no answer within {} s", limits.time.as_secs());
        problem(StatusCode::SERVICE_UNAVAILABLE, detail, None)
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> HttpResponse<Body> {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("no message"), "a request panicked");
    problem(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong here".to_owned(), None)
}

/// Counts requests and tells each in the log: method, route, status, time. Neither path nor parameters: they may name
/// people.
async fn observe(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let started = Instant::now();
    let answer = next.run(request).await;
    let (status, seconds) = (answer.status().as_u16(), started.elapsed().as_secs_f64());
    let labels = [("method", method.to_string()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("baton_http_requests_total", &labels).increment(1);
    metrics::histogram!("baton_http_request_seconds", "route" => route.clone()).record(seconds);
    tracing::debug!(%method, route, status, seconds, "answered");
    answer
}
