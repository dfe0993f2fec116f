//! What was said in private is seen by nobody who may not, in no answer.

use axum::body::Body;
use axum::http::header;
use baton::model::{AccountScope, Sight, TokenRole};
use serde_json::json;

use super::Service;

/// Words that stand in the private note alone.
const PRIVATE: [&str; 3] = ["reorganisation", "note:northwind-1", "call the sponsor"];

#[tokio::test(flavor = "multi_thread")]
async fn shared_sight_shows_nothing_private() {
    let mut service = Service::start().await;
    service.make_token("guest", (TokenRole::Editor, Some(Sight::Shared)), AccountScope::All).await;
    let document = service.document("northwind").await;
    let whole = service.get("admin", &format!("/v1/handoffs/{document}")).await.text();
    assert!(PRIVATE.iter().any(|words| whole.contains(words)), "the test has something to hide");
    let facts = service.get("admin", "/v1/accounts/northwind/facts?limit=500").await.json();
    let is_hidden = |fact: &&serde_json::Value| fact["evidence"][0]["interaction"] == "note:northwind-1";
    let hidden_fact = facts["data"].as_array().unwrap().iter().find(is_hidden).unwrap()["id"].as_str().unwrap();
    let found = service.get("admin", "/v1/accounts/northwind/messages/search?q=SPONSOR").await.text();
    assert!(found.contains("note:northwind-1"), "{found}");
    let made = json!({ "type": "sales-to-implementation" });
    for token in ["reader", "guest"] {
        let mut answers = Vec::new();
        for path in [
            "/v1/accounts",
            "/v1/accounts/northwind",
            "/v1/accounts/northwind/facts",
            "/v1/accounts/northwind/sensitive-topics",
            "/v1/accounts/northwind/commitments?as_of=2026-02-20",
            "/v1/accounts/northwind/search?q=reorganisation+call+the+sponsor",
            "/v1/accounts/northwind/search?q=what+must+stay+between+us&limit=500",
            "/v1/accounts/northwind/stakeholders",
            "/v1/accounts/northwind/people/suggestions",
            "/v1/accounts/northwind/interactions",
            "/v1/accounts/northwind/messages/search?q=sponsor",
            "/v1/accounts/northwind/changes?since=2026-01-01",
            "/v1/accounts/northwind/map",
            "/v1/accounts/northwind/sources",
            "/v1/queries/open_commitments?account=northwind",
            "/v1/queries/stakeholders?account=northwind",
            &format!("/v1/queries/who_said_what?account=northwind&fact={hidden_fact}"),
            &format!("/v1/handoffs/{document}"),
        ] {
            let answer = service.get(token, path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            answers.push((path.to_owned(), answer.text()));
        }
        if token == "guest" {
            let answer = service.post(token, "/v1/accounts/northwind/documents", made.clone()).await;
            assert_eq!(answer.status, 201, "{}", answer.text());
            answers.push(("a document".to_owned(), answer.text()));
        }
        for (path, text) in answers {
            for words in PRIVATE {
                assert!(!text.contains(words), "{path} as {token} tells {words}: {text}");
            }
        }
        let hidden = "/v1/evidence/note:northwind-1%230-5";
        assert_eq!(service.get(token, hidden).await.status, 404);
        assert_eq!(service.get(token, "/v1/accounts/northwind/interactions/note:northwind-1").await.status, 404);
        assert_eq!(service.get(token, &format!("/v1/handoffs/{document}/sheet")).await.status, 403);
    }
    assert_eq!(service.get("admin", "/v1/evidence/note:northwind-1%230-5").await.status, 200);
    let guest = service.request("guest", "POST", &format!("/v1/handoffs/{document}/approve"));
    let guest = guest.header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).unwrap();
    assert_eq!(service.send(guest).await.status, 403);
}
