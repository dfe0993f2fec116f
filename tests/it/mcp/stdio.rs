//! `baton mcp` on standard input and output, beside other commands.

use rmcp::ServiceExt as _;
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};

use super::{Client, ask, read, refused};
use crate::http::mails;
use crate::support::{Baton, answer};

fn lines(mails: &[Value]) -> Vec<u8> {
    mails.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

/// A data folder with two accounts.
fn baton() -> Baton {
    let files = ["northwind", "contoso"].map(|account| {
        let mut all = mails(account);
        for mail in &mut all {
            mail["account"] = json!(account);
        }
        (format!("{account}.jsonl"), lines(&all))
    });
    Baton::with_files(&files, &["--vendor-domain", "vendor.example"])
}

async fn client(baton: &Baton, arguments: &[&str]) -> Client {
    let mut command = baton.command(&["mcp"]);
    command.args(arguments).env_remove("BATON_TOKEN").env_remove("BATON_USER");
    ().serve(TokioChildProcess::new(tokio::process::Command::from(command)).unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_as_the_commands_do() {
    let baton = baton();
    let client = client(&baton, &["--role", "admin"]).await;
    assert_eq!(client.list_all_tools().await.unwrap().len(), 15);
    let at = "2026-02-20";
    let of = json!({ "account": "northwind", "as_of": at });
    for (tool, command) in [
        ("list_stakeholders", vec!["stakeholders", "-a", "northwind", "--as-of", at]),
        ("list_commitments", vec!["facts", "-a", "northwind", "--kind", "commitment", "--as-of", at]),
        ("list_risks", vec!["facts", "-a", "northwind", "--kind", "risk", "--as-of", at]),
    ] {
        let by_id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let mut told = ask(&client, tool, of.clone()).await["data"].as_array().unwrap().clone();
        let mut lines = baton.lines(&command);
        told.sort_by_key(by_id);
        lines.sort_by_key(by_id);
        assert!(!lines.is_empty());
        assert_eq!(told, lines, "{tool}");
    }
    let map = ask(&client, "get_relationship_map", of.clone()).await;
    assert_eq!(map, baton.json(0, &["map", "-a", "northwind", "--as-of", at, "--format", "json"]));
    let brief: Value = serde_json::from_str(&read(&client, "baton://accounts/contoso/brief").await.unwrap()).unwrap();
    assert_eq!(brief["account"]["account"], "contoso");
    client.cancel().await.unwrap();
}

/// It holds no lock, and what other commands and it itself write is seen at once.
#[tokio::test(flavor = "multi_thread")]
async fn it_works_beside_other_commands() {
    let baton = baton();
    let client = client(&baton, &["--role", "editor", "--by", "Sam Ortiz"]).await;
    let all = json!({ "account": "northwind" });
    let promises = async || ask(&client, "list_commitments", all.clone()).await["data"].as_array().unwrap().len();
    let before = promises().await;
    let mut mail = mails("northwind")[0].clone();
    mail["id"] = json!("mail:<9@northwind.example>");
    mail["sent_at"] = json!("2026-02-05T09:30:00Z");
    mail["text"] = json!("Hi Priya,\n\nI'll send you the training plan by 2026-02-12.\n\nBest,\nSam");
    std::fs::write(baton.path("more.jsonl"), lines(&[mail])).unwrap();
    let loaded = baton.ingest(&baton.path("more.jsonl"), 0, &["--account", "northwind"]);
    assert_eq!(loaded["new"], 1);
    assert_eq!(promises().await, before + 1);
    let note = json!({ "account": "northwind", "text": "I'll book the workshop room by 2026-03-10." });
    assert_eq!(ask(&client, "add_note", note).await["became"], "new");
    assert_eq!(promises().await, before + 2);
    let facts = baton.lines(&["facts", "-a", "northwind", "--kind", "commitment"]);
    assert_eq!(facts.len(), before + 2);
    client.cancel().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_sees_what_it_was_given() {
    let baton = baton();
    let promise = async |client: &Client| {
        let told = ask(client, "list_commitments", json!({ "account": "northwind" })).await.to_string();
        told.contains("call the sponsor")
    };
    let reader = client(&baton, &[]).await;
    assert_eq!(reader.list_all_tools().await.unwrap().len(), 12);
    assert!(!promise(&reader).await, "without more words nothing private leaves");
    let told = refused(&reader, "add_note", json!({ "account": "northwind", "text": "a" })).await;
    assert!(told.contains("role reader"), "{told}");
    assert!(promise(&client(&baton, &["--sight", "full"]).await).await);
    let scoped = client(&baton, &["--account", "contoso"]).await;
    assert!(refused(&scoped, "list_risks", json!({ "account": "northwind" })).await.contains("no account northwind"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_says_who_asks_as_long_as_it_is_good() {
    let baton = baton();
    let made = baton.json(0, &["token", "create", "--name", "helper", "--role", "service", "--account", "northwind"]);
    let secret = made["secret"].as_str().unwrap();
    let client = client(&baton, &["--token", secret]).await;
    let found = ask(&client, "find_accounts", json!({})).await;
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    let note = json!({ "account": "northwind", "text": "Priya is back from leave." });
    assert_eq!(ask(&client, "add_note", note).await["became"], "new");
    baton.expect(0, &["token", "revoke", made["id"].as_str().unwrap()]);
    assert!(refused(&client, "find_accounts", json!({})).await.contains("not good any more"));
    client.cancel().await.unwrap();
    let ended = answer(&mut baton.command(&["mcp", "--token", secret]));
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("the token is not good") && ended.out.is_empty(), "{ended:?}");
    let ended = answer(&mut baton.command(&["mcp"]));
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "no client, nothing to do: {}", ended.err);
}
