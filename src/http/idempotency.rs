//! `Idempotency-Key`: a write that is sent again, because its answer was lost, is done once and answered the same.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::Failure;
use super::layers::Limits;
use crate::access::Caller;
use crate::api::{ApiError, App};
use crate::archive::{Kept, KeptAnswer};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key.
const LONGEST: usize = 255;
/// Headers that are part of the answer.
const HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG];

/// Answers a write with a key once; the same request again gets the answer that was kept for 24 hours.
pub(super) async fn answer_once(
    State((app, limits)): State<(App, Limits)>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let Some(key) = request.headers().get(KEY).filter(|_| !is_read) else { return Ok(next.run(request).await) };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST).map(str::to_owned);
    let key =
        key.ok_or_else(|| ApiError::Invalid(format!("Idempotency-Key must be 1 to {LONGEST} plain characters")))?;
    let caller = request.extensions().get::<Caller>().cloned().ok_or(Failure::Unauthenticated)?;
    let (request, hash) = hashed(request, limits).await?;
    let of = (caller.token.id.as_str(), key.as_str());
    match app.stores.archive.begin_answer(of, &hash, app.clock.now()).await? {
        Kept::First => {}
        Kept::UnderWay => {
            return Err(ApiError::Conflict("the first request with this key is under way".to_owned()).into());
        }
        Kept::Other => {
            let detail = "this Idempotency-Key was used for another request".to_owned();
            return Err(Failure::Request(StatusCode::UNPROCESSABLE_ENTITY, detail));
        }
        Kept::Answer(kept) => return Ok(replay(kept)),
    }
    let answer = next.run(request).await;
    if answer.status().is_server_error() {
        app.stores.archive.end_answer(of, None).await?;
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let headers: Vec<(String, String)> = HEADERS
        .iter()
        .filter_map(|name| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_owned())))
        .collect();
    let headers = serde_json::to_string(&headers).map_err(|error| ApiError::Internal(error.to_string()))?;
    let kept = KeptAnswer { status: parts.status.as_u16(), headers, body: without_secret(&body) };
    app.stores.archive.end_answer(of, Some(&kept)).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The body as it is kept: a secret is shown once and stored nowhere, so the same request again is answered without it.
fn without_secret(body: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(body) else { return body.to_vec() };
    match value.get_mut("secret") {
        Some(secret) => {
            *secret = serde_json::Value::Null;
            value.to_string().into_bytes()
        }
        None => body.to_vec(),
    }
}

/// The request with a hash of what it asks. The body of an upload is not part of it: it is too large to be held.
async fn hashed(request: Request, limits: Limits) -> Result<(Request, Vec<u8>), Failure> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(request.method().as_str().as_bytes()).update(request.uri().to_string().as_bytes());
    let is_upload = request.uri().path().ends_with("/ingest") || request.uri().path().ends_with("/meeting");
    if is_upload {
        return Ok((request, hasher.finalize().as_bytes().to_vec()));
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, limits.body)
        .await
        .map_err(|_| Failure::Request(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large".to_owned()))?;
    hasher.update(&body);
    Ok((Request::from_parts(parts, Body::from(body)), hasher.finalize().as_bytes().to_vec()))
}

fn replay(kept: KeptAnswer) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut answer = (status, kept.body).into_response();
    let headers: Vec<(String, String)> = serde_json::from_str(&kept.headers).unwrap_or_default();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    answer
}
