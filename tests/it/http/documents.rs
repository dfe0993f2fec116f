//! Documents in every form, entity tags, and a handoff taken through its life.

use axum::body::Body;
use axum::http::header;
use serde_json::json;

use super::Service;

#[tokio::test(flavor = "multi_thread")]
async fn a_document_comes_in_the_form_that_is_accepted() {
    let service = Service::start().await;
    let id = service.document("northwind").await;
    let check = async |accept: &str, media: &str, begins: &[u8]| {
        let request = service.request("admin", "GET", &format!("/v1/handoffs/{id}")).header(header::ACCEPT, accept);
        let answer = service.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 200, "{accept}: {}", answer.text());
        assert_eq!(answer.header(header::CONTENT_TYPE), media);
        assert!(answer.body.starts_with(begins), "{accept}");
        let tag = answer.header(header::ETAG).to_owned();
        let again = service.request("admin", "GET", &format!("/v1/handoffs/{id}")).header(header::ACCEPT, accept);
        let again = service.send(again.header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap()).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{accept}");
        tag
    };
    let json = check("application/json", "application/json", b"{").await;
    let page = check("text/html", "text/html; charset=utf-8", b"<!").await;
    assert_ne!(json, page);
    check("text/markdown", "text/markdown; charset=utf-8", b"---").await;
    check("application/pdf", "application/pdf", b"%PDF").await;
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    check(word, word, b"PK").await;
    let request = service.request("admin", "GET", &format!("/v1/handoffs/{id}")).header(header::ACCEPT, "image/png");
    assert_eq!(service.send(request.body(Body::empty()).unwrap()).await.status, 406);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handoff_goes_through_its_life() {
    let service = Service::start().await;
    let open = json!({ "type": "sales-to-implementation", "outgoing": "Sam Ortiz", "incoming": "Dana Whit" });
    let opened = service.post("editor", "/v1/accounts/northwind/handoffs", open.clone()).await;
    assert_eq!(opened.status, 201, "{}", opened.text());
    let again = service.post("editor", "/v1/accounts/northwind/handoffs", open).await;
    assert_eq!((again.status.as_u16(), &again.json()["started"]), (200, &json!(false)));
    let id = opened.json()["handoff"]["document"].as_str().unwrap().to_owned();
    let act = async |token: &str, step: &str, body: serde_json::Value, status: u16| {
        let answer = service.post(token, &format!("/v1/handoffs/{id}/{step}"), body).await;
        assert_eq!(answer.status.as_u16(), status, "{step} as {token}: {}", answer.text());
        answer
    };
    // The one who hands over goes through it under their own name; another reviewer may not.
    act("reviewer", "approve", json!({ "lines": ["promised_deliverables/1"] }), 403).await;
    act("Sam Ortiz", "accept", json!({}), 409).await;
    let approved = act("Sam Ortiz", "approve", json!({ "lines": ["promised_deliverables/1"] }), 200).await.json();
    assert_eq!(approved[0]["verdict"], "accepted");
    let corrected = json!({ "line": "promised_deliverables/1", "due": "2026-04-01" });
    act("Sam Ortiz", "correct", corrected, 200).await;
    act("Sam Ortiz", "reject", json!({ "lines": ["none/1"], "reason": "wrong" }), 404).await;
    let added = json!({ "kind": "risk", "section": "identified_risks", "statement": "The sponsor leaves in May" });
    act("Sam Ortiz", "add", added, 200).await;
    act("Sam Ortiz", "deliver", json!({ "to": "Dana Whit" }), 200).await;
    act("editor", "ask", json!({ "text": "Who signs?", "part": "incoming" }), 200).await;
    act("Sam Ortiz", "answer", json!({ "question": 1, "text": "Priya Nair" }), 200).await;
    act("Sam Ortiz", "accept", json!({}), 409).await;
    act("editor", "accept", json!({ "part": "incoming" }), 200).await;
    act("editor", "feedback", json!({ "feedback": "rating", "stars": 5 }), 204).await;
    act("editor", "feedback", json!({ "feedback": "rating", "stars": 6 }), 422).await;
    let sheet = service.get("editor", &format!("/v1/handoffs/{id}/sheet")).await.json();
    assert_eq!(sheet["state"], "accepted", "{sheet}");
    assert_eq!(sheet["questions"][0]["answers"][0], "Priya Nair");
    let commitments = service.get("admin", "/v1/accounts/northwind/commitments").await.json();
    let is_corrected = |fact: &&serde_json::Value| fact["review"] == "corrected";
    let kept = commitments["data"].as_array().unwrap().iter().find(is_corrected).unwrap();
    assert_eq!(kept["due"]["date"], "2026-04-01");
    let log = service.get("admin", "/v1/audit?limit=500").await.text();
    assert!(log.contains("POST /v1/handoffs/{handoff}/deliver 200"), "{log}");
}
