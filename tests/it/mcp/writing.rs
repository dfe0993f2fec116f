//! What is added over the protocol: notes become facts, proposals wait for a person, and all of it is logged.

use serde_json::{Value, json};

use super::schema::assert_described;
use super::{Live, ask, refused};

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_read_once_and_seen_by_our_side_alone() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let note = json!({ "account": "northwind", "text": "I'll send Priya the security questionnaire by 2026-03-20." });
    let added = ask(&client, "add_note", note.clone()).await;
    assert_eq!((&added["became"], &added["visibility"]), (&json!("new"), &json!("internal")));
    let tools = client.list_all_tools().await.unwrap();
    assert_described(tools.iter().find(|tool| tool.name == "add_note").unwrap(), &added);
    assert_eq!(ask(&client, "add_note", note).await["became"], "unchanged");
    let promises = async |token: &str| {
        let client = live.client(token).await;
        let found = ask(&client, "list_commitments", json!({ "account": "northwind" })).await;
        let is_it = |fact: &&Value| fact["evidence"][0]["interaction"] == added["interaction"];
        found["data"].as_array().unwrap().iter().filter(is_it).cloned().collect::<Vec<_>>()
    };
    let facts = promises("admin").await;
    assert_eq!(facts.len(), 1, "{facts:?}");
    assert_eq!(facts[0]["due"]["date"], "2026-03-20");
    assert_eq!(facts[0]["evidence"][0]["speaker"], "admin");
    assert!(promises("reader").await.is_empty());
    let check = async |token: &str, arguments: Value, expected: &str| {
        let told = refused(&live.client(token).await, "add_note", arguments).await;
        assert!(told.contains(expected), "{token}: {told}");
    };
    check("reader", json!({ "account": "northwind", "text": "a" }), "role reader").await;
    check("admin", json!({ "account": "northwind", "text": " " }), "1 to 20000").await;
    check("admin", json!({ "account": "fabrikam", "text": "a" }), "no account fabrikam").await;
    check("admin", json!({ "account": "northwind", "text": "a", "handoff": "none" }), "no document none").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_waits_for_a_person() {
    let live = Live::start().await;
    let client = live.client("editor").await;
    let document = live.service.document("northwind").await;
    let sheet = format!("/v1/handoffs/{document}/sheet");
    let before = live.get("editor", &sheet).await;
    let promised =
        before["lines"].as_array().unwrap().iter().find(|line| line["section"] == "promised_deliverables").unwrap();
    let name = promised["line"].as_str().unwrap();
    let proposal = json!({ "handoff": document, "line": name, "due": "2026-03-31", "reason": "Priya moved the date." });
    let kept = ask(&client, "propose_correction", proposal.clone()).await;
    assert_eq!((&kept["status"], &kept["by"]), (&json!("waits"), &json!("editor")));
    let tools = client.list_all_tools().await.unwrap();
    assert_described(tools.iter().find(|tool| tool.name == "propose_correction").unwrap(), &kept);
    let after = live.get("editor", &sheet).await;
    assert_eq!(after["lines"], before["lines"], "nothing is decided");
    assert_eq!(after["state"], before["state"]);
    let shown = &after["proposals"][0];
    assert_eq!(
        (&shown["line"], &shown["fact"], &shown["due"]),
        (&json!(name), &promised["fact"], &json!("2026-03-31"))
    );
    assert_eq!((&shown["by"], &shown["reason"]), (&json!("editor"), &json!("Priya moved the date.")));
    let check = async |token: &str, arguments: Value, expected: &str| {
        let told = refused(&live.client(token).await, "propose_correction", arguments).await;
        assert!(told.contains(expected), "{token}: {told}");
    };
    let other = |name: &str, value: Value| {
        let mut proposal = proposal.clone();
        proposal[name] = value;
        proposal
    };
    check("reader", proposal.clone(), "role reader").await;
    check("reviewer", proposal.clone(), "another's").await;
    check("editor", other("line", json!("nowhere/1")), "no line nowhere/1").await;
    check("editor", other("due", json!(" ")), "statement, owner or due").await;
    check("editor", other("reason", json!("")), "no words").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_and_written_is_logged() {
    let live = Live::start().await;
    let client = live.client("editor").await;
    ask(&client, "list_risks", json!({ "account": "northwind" })).await;
    refused(&client, "get_evidence", json!({ "evidence": "mail:none#1-2" })).await;
    ask(&client, "add_note", json!({ "account": "northwind", "text": "Priya is back." })).await;
    let log = live.get("admin", "/v1/audit").await;
    let entries = log["data"].as_array().unwrap().iter().filter(|entry| entry["by"] == "editor");
    let entries: Vec<[&str; 3]> =
        entries.map(|entry| ["action", "account", "subject"].map(|name| entry[name].as_str().unwrap())).collect();
    assert_eq!(
        entries,
        [["MCP add_note answered", "northwind", ""], ["MCP get_evidence refused", "", "mail:none#1-2"]]
    );
}
