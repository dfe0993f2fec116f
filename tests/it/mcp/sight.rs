//! Scope and sight hold over the protocol as over HTTP.

use baton::model::{AccountScope, Sight, TokenRole};
use serde_json::{Value, json};

use super::{Client, Live, ask, call, read, refused};

/// Words that stand in the private note alone.
const PRIVATE: [&str; 3] = ["reorganisation", "note:northwind-1", "call the sponsor"];

/// Everything that a client may be told of an account.
async fn everything(client: &Client, account: &str, document: &str) -> Vec<(String, String)> {
    let of = json!({ "account": account });
    let dump = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } LIMIT 4000";
    let calls = [
        ("find_accounts", json!({})),
        ("find_accounts", json!({ "text": account })),
        ("get_account_brief", of.clone()),
        ("get_account_brief", json!({ "account": account, "as_of": "2026-02-20" })),
        ("list_stakeholders", of.clone()),
        ("get_relationship_map", of.clone()),
        ("list_commitments", of.clone()),
        ("list_risks", of.clone()),
        ("search_facts", json!({ "account": account, "text": "call the sponsor about the reorganisation" })),
        ("get_changes_since", json!({ "account": account, "since": "2026-01-01" })),
        ("get_evidence", json!({ "evidence": format!("note:{account}-1#0-5") })),
        ("get_handoff", json!({ "handoff": document })),
        ("list_gaps", of.clone()),
        ("sparql_query", json!({ "query": dump })),
        ("sparql_query", json!({ "query": dump, "account": account })),
    ];
    let mut told = Vec::new();
    for (tool, arguments) in calls {
        let result = call(client, tool, arguments.clone()).await;
        told.push((format!("{tool} {arguments}"), serde_json::to_string(&result).unwrap()));
    }
    for uri in [
        "baton://accounts".to_owned(),
        format!("baton://accounts/{account}/brief"),
        format!("baton://handoffs/{document}"),
    ] {
        let text = read(client, &uri).await.unwrap_or_else(|error| error);
        told.push((uri, text));
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_sight_is_told_nothing_private() {
    let mut live = Live::start().await;
    live.service.make_token("guest", (TokenRole::Editor, Some(Sight::Shared)), AccountScope::All).await;
    let document = live.service.document("northwind").await;
    let whole = everything(&live.client("admin").await, "northwind", &document).await;
    let tells = whole.iter().filter(|(_, text)| PRIVATE.iter().any(|words| text.contains(words))).count();
    assert!(tells >= 8, "the test has something to hide: {tells}");
    for token in ["reader", "guest"] {
        let client = live.client(token).await;
        for (what, text) in everything(&client, "northwind", &document).await {
            for words in PRIVATE {
                let asked_for = what.contains(words);
                assert!(asked_for || !text.contains(words), "{what} as {token} tells {words}: {text}");
            }
        }
        let hidden = refused(&client, "get_evidence", json!({ "evidence": "note:northwind-1#0-5" })).await;
        assert_eq!(hidden, "there is no evidence note:northwind-1#0-5");
    }
    let guest = live.client("guest").await;
    let correction = json!({ "handoff": document, "line": "key_stakeholders/1", "statement": "x", "reason": "y" });
    assert!(refused(&guest, "propose_correction", correction).await.contains("sees everything"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_is_not_there() {
    let live = Live::start().await;
    let document = live.service.document("contoso").await;
    let client = live.client("editor@northwind").await;
    for (what, text) in everything(&client, "contoso", &document).await {
        // What was asked for comes back in the refusal; of the account nothing is told.
        let text = text.replace(&document, "").replace("no account contoso", "").replace("account contoso", "");
        let text = text.replace("evidence note:contoso-1", "").replace("accounts/contoso/brief", "");
        assert!(!text.contains("contoso"), "{what}: {text}");
    }
    for (tool, arguments) in [
        ("get_account_brief", json!({ "account": "contoso" })),
        ("sparql_query", json!({ "account": "contoso", "query": "ASK { ?s ?p ?o }" })),
        ("generate_handoff", json!({ "account": "contoso", "type": "renewal" })),
        ("add_note", json!({ "account": "contoso", "text": "a note" })),
    ] {
        assert_eq!(refused(&client, tool, arguments).await, "no account contoso in this data folder", "{tool}");
    }
    let found = ask(&client, "find_accounts", json!({})).await;
    let keys: Vec<&Value> = found["data"].as_array().unwrap().iter().map(|entry| &entry["account"]).collect();
    assert_eq!(keys, ["northwind"]);
    let uris: Vec<String> = client.list_all_resources().await.unwrap().into_iter().map(|one| one.uri).collect();
    assert!(!uris.iter().any(|uri| uri.contains("contoso")), "{uris:?}");
}
