//! What lies around the routes: limits, headers, health, metrics, description, tokens that end.

use axum::body::Body;
use axum::http::header;
use baton::http::Limits;
use serde_json::json;

use super::Service;

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold() {
    let service = Service::with(Limits { body: 2_000, ..Limits::default() }, 10_000).await;
    let large = json!({ "type": "x".repeat(3_000) });
    let answer = service.post("admin", "/v1/accounts/northwind/documents", large).await;
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    let hurried = Service::with(Limits::default(), 2).await;
    let mut refused = None;
    for _ in 0..10 {
        let answer = hurried.get("reader", "/v1/accounts").await;
        if answer.status == 429 {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("a token that is used too often is refused");
    assert!(refused.header(header::RETRY_AFTER).parse::<u64>().unwrap() >= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_its_headers() {
    let service = Service::start().await;
    for path in ["/v1/accounts", "/health", "/docs", "/none", "/openapi.json"] {
        let answer = service.get("admin", path).await;
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY")] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
        assert!(answer.headers.contains_key("content-security-policy"), "{path}");
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_run_it_see_how_it_is() {
    let service = Service::start().await;
    service.get("admin", "/v1/accounts/northwind").await;
    assert_eq!(service.get("", "/health").await.json()["status"], "ready");
    assert_eq!(service.get("", "/health/live").await.status, 200);
    let metrics = service.get("", "/metrics").await.text();
    assert!(metrics.contains("baton_http_requests_total"), "{metrics}");
    assert!(metrics.contains("route=\"/v1/accounts/{account}\""), "{metrics}");
    assert!(!metrics.contains("northwind"), "a metric names no account");
    let api = service.get("", "/openapi.json").await.json();
    assert_eq!(api["openapi"], "3.1.0");
    assert!(service.get("", "/docs").await.text().contains("v1&#x2f;accounts"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends() {
    let service = Service::start().await;
    let made = service.post("admin", "/v1/tokens", json!({ "name": "x", "role": "reader" })).await.json();
    let come = async || {
        let request = axum::http::Request::get("/v1/accounts");
        let request = request.header(header::AUTHORIZATION, format!("bearer {}", made["secret"].as_str().unwrap()));
        service.send(request.body(Body::empty()).unwrap()).await
    };
    assert_eq!(come().await.status, 200);
    let listed = service.get("admin", "/v1/tokens").await.text();
    assert!(!listed.contains(made["secret"].as_str().unwrap()));
    let path = format!("/v1/tokens/{}", made["id"].as_str().unwrap());
    let revoke = service.request("admin", "DELETE", &path).body(Body::empty()).unwrap();
    assert_eq!(service.send(revoke).await.status, 204);
    let refused = come().await;
    assert_eq!((refused.status.as_u16(), refused.header(header::WWW_AUTHENTICATE)), (401, "Bearer"));
    let past = json!({ "name": "x", "role": "reader", "expires_at": "2026-01-01T00:00:00Z" });
    let past = service.post("admin", "/v1/tokens", past).await.json();
    let request = axum::http::Request::get("/v1/accounts")
        .header(header::AUTHORIZATION, format!("Bearer {}", past["secret"].as_str().unwrap()));
    assert_eq!(service.send(request.body(Body::empty()).unwrap()).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_streamed_from_where_the_listener_was() {
    let service = Service::start().await;
    let news = |number: u32| baton::model::News {
        account: baton::model::AccountSlug::from_name("northwind").unwrap(),
        name: baton::model::EventName::RiskNew,
        at: super::NOW.parse().unwrap(),
        audience: baton::model::Audience::All,
        data: json!({ "number": number }),
    };
    let tell = async |number| {
        service.app.hub.tell(&service.app.stores.archive, &[news(number)], service.app.clock.now()).await.unwrap();
    };
    tell(1).await;
    tell(2).await;
    let listed = service.get("reader", "/v1/events/log?account=northwind&type=risk.new").await.json();
    assert_eq!(listed["data"].as_array().unwrap().len(), 2, "{listed}");
    let first = listed["data"][0]["row"].to_string();
    let request = service.request("reader", "GET", "/v1/events?account=northwind").header("last-event-id", first);
    let mut stream = service.stream(request.body(Body::empty()).unwrap()).await;
    let mut seen = String::new();
    while !seen.contains("\"number\":2") {
        seen.push_str(&stream.next().await.expect("the stream goes on"));
    }
    tell(3).await;
    while !seen.contains("\"number\":3") {
        seen.push_str(&stream.next().await.expect("the stream goes on"));
    }
    assert!(!seen.contains("\"number\":1"), "{seen}");
    assert!(seen.contains("event: risk.new") || seen.contains("event:risk.new"), "{seen}");
    let other = service.get("reader@contoso", "/v1/events/log").await.json();
    assert!(other["data"].as_array().unwrap().is_empty(), "{other}");
    assert_eq!(service.get("reader@contoso", "/v1/events?account=northwind").await.status, 404);
}
