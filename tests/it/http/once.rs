//! `Idempotency-Key`: done once, answered the same.

use axum::body::Body;
use axum::http::header;
use serde_json::{Value, json};

use super::{Answer, Service};

async fn make(service: &Service, token: &str, key: &str, body: Value) -> Answer {
    let request = service
        .request(token, "POST", "/v1/tokens")
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key);
    service.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_is_done_once() {
    let service = Service::start().await;
    let body = json!({ "name": "importer", "role": "service" });
    let before = service.app.stores.archive.tokens().await.unwrap().len();
    let first = make(&service, "admin", "k1", body.clone()).await;
    let second = make(&service, "admin", "k1", body.clone()).await;
    assert_eq!(first.status, 201, "{}", first.text());
    let mut expected = first.json();
    let secret = expected["secret"].take();
    // The token is shown once and stored nowhere; all else is the same.
    assert_eq!((second.status, second.json()), (first.status, expected));
    let archive = std::fs::read(service.app.data.join("archive.sqlite")).unwrap();
    let log = std::fs::read(service.app.data.join("archive.sqlite-wal")).unwrap_or_default();
    for bytes in [archive, log] {
        assert!(memchr::memmem::find(&bytes, secret.as_str().unwrap().as_bytes()).is_none(), "the token is stored");
    }
    assert_eq!(second.headers["idempotency-replayed"], "true");
    assert_eq!(service.app.stores.archive.tokens().await.unwrap().len(), before + 1);
    let other = make(&service, "admin", "k1", json!({ "name": "other", "role": "reader" })).await;
    assert_eq!(other.status, 422, "{}", other.text());
    assert_eq!(make(&service, "admin", "k2", body.clone()).await.status, 201);
    // A key is its token's own.
    assert_eq!(make(&service, "editor", "k1", body.clone()).await.status, 403);
    assert_eq!(make(&service, "admin", "", body).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_one() {
    let service = Service::start().await;
    let before = service.app.stores.archive.tokens().await.unwrap().len();
    let body = json!({ "name": "importer", "role": "service" });
    let all = (0..20).map(|_| make(&service, "admin", "same", body.clone()));
    let answers = futures_util::future::join_all(all).await;
    assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 201 | 409)));
    assert_eq!(service.app.stores.archive.tokens().await.unwrap().len(), before + 1);
}
