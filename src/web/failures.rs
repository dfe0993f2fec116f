//! Problems as people read them: a page, or a notice in the page that is there.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use minijinja::context;

use super::Site;
use super::visit::Extent;
use crate::http::PROBLEM_JSON;

/// Largest problem document.
const PROBLEM_BYTES: usize = 1 << 16;

/// What a page may do: run and load what this service sends, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that are part of a problem.
const KEPT: [HeaderName; 2] = [header::RETRY_AFTER, header::ALLOW];

/// Puts the policy of pages on every answer, and makes pages of problem documents.
pub(super) async fn as_pages(State(site): State<Site>, request: Request, next: Next) -> Response {
    let extent = if request.headers().contains_key("hx-request") { Extent::Part } else { Extent::Page };
    let answer = next.run(request).await;
    let mut answer = if is_problem(&answer) { problem_page(&site, answer, extent).await } else { answer };
    let headers = answer.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    // Without any referrer a browser does not say either that a form was sent from here.
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    answer
}

/// Says whether an answer tells of a problem: as a document of ours, or in the plain words of what reads requests.
fn is_problem(answer: &Response) -> bool {
    let media = answer.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
    media == PROBLEM_JSON || (answer.status().is_client_error() && media.starts_with("text/plain"))
}

async fn problem_page(site: &Site, answer: Response, extent: Extent) -> Response {
    let (status, kept) = (answer.status(), kept(answer.headers()));
    let body = to_bytes(answer.into_body(), PROBLEM_BYTES).await.unwrap_or_default();
    let problem: Option<serde_json::Value> = serde_json::from_slice(&body).ok();
    let words = String::from_utf8_lossy(&body);
    let detail = problem.as_ref().map_or(words.as_ref(), |problem| problem["detail"].as_str().unwrap_or_default());
    let shown = context! { title => title(status), detail };
    let template = match extent {
        Extent::Page => "problem.html",
        Extent::Part => "notice.html",
    };
    let mut page = site.views.open(template, &shown).unwrap_or_default();
    *page.status_mut() = status;
    page.headers_mut().extend(kept);
    page
}

fn kept(headers: &HeaderMap) -> HeaderMap {
    KEPT.into_iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone()))).collect()
}

/// The sort of a problem, for people.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "There is nothing here",
        StatusCode::FORBIDDEN => "You may not do this",
        StatusCode::CONFLICT => "Somebody was quicker",
        StatusCode::TOO_MANY_REQUESTS => "Too many requests",
        StatusCode::PAYLOAD_TOO_LARGE => "This is too large",
        status if status.is_client_error() => "This cannot be done so",
        _ => "Something went wrong here",
    }
}
