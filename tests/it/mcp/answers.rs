//! What tools, resources and prompts answer: the same as the HTTP interface.

use std::collections::BTreeMap;

use rmcp::model::{GetPromptRequestParams, Tool};
use rmcp::service::{ClientLifecycleMode, ClientServiceExt as _};
use serde_json::{Value, json};

use super::schema::assert_described;
use super::{Client, Live, ask, call, read, sentence};
use crate::http::NOW;

async fn tools(client: &Client) -> BTreeMap<String, Tool> {
    let all = client.list_all_tools().await.unwrap();
    all.into_iter().map(|tool| (tool.name.to_string(), tool)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_answer_as_the_http_interface_does() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let tools = tools(&client).await;
    let document = live.service.document("northwind").await;
    let base = "/v1/accounts/northwind";
    let commitments = live.get("admin", &format!("{base}/commitments?limit=1")).await;
    let words = &commitments["data"][0]["evidence"][0];
    let evidence = format!("{}#{}-{}", words["interaction"].as_str().unwrap(), words["start"], words["end"]);
    let encoded = evidence.replace('#', "%23").replace('<', "%3C").replace('>', "%3E");
    let next = commitments["next"].as_str().unwrap();
    let of = |more: Value| {
        let mut arguments = json!({ "account": "northwind" });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        arguments
    };
    let cases = [
        ("find_accounts", json!({}), "/v1/accounts".to_owned()),
        ("find_accounts", json!({ "limit": 1 }), "/v1/accounts?limit=1".to_owned()),
        ("list_stakeholders", of(json!({})), format!("{base}/stakeholders")),
        ("list_stakeholders", of(json!({ "as_of": "2026-01-15" })), format!("{base}/stakeholders?as_of=2026-01-15")),
        ("get_relationship_map", of(json!({})), format!("{base}/map")),
        (
            "get_relationship_map",
            of(json!({ "since": "2026-01-15", "path_to": "Priya Nair" })),
            format!("{base}/map?since=2026-01-15&path_to=Priya%20Nair"),
        ),
        ("list_commitments", of(json!({})), format!("{base}/commitments")),
        ("list_commitments", of(json!({ "status": "overdue" })), format!("{base}/commitments?status=overdue")),
        ("list_commitments", of(json!({ "person": "Sam Ortiz" })), format!("{base}/commitments?person=Sam%20Ortiz")),
        (
            "list_commitments",
            of(json!({ "limit": 1, "cursor": next })),
            format!("{base}/commitments?limit=1&cursor={next}"),
        ),
        ("list_risks", of(json!({ "as_of": "2026-02-01" })), format!("{base}/risks?as_of=2026-02-01")),
        (
            "search_facts",
            of(json!({ "text": "SOC 2 report", "kind": "commitment", "limit": 3 })),
            format!("{base}/search?q=SOC+2+report&kind=commitment&limit=3"),
        ),
        ("get_changes_since", of(json!({ "since": "2026-01-01" })), format!("{base}/changes?since=2026-01-01")),
        (
            "get_changes_since",
            of(json!({ "since": "2026-01-13", "until": "2026-02-01", "limit": 2 })),
            format!("{base}/changes?since=2026-01-13&until=2026-02-01&limit=2"),
        ),
        ("get_evidence", json!({ "evidence": evidence }), format!("/v1/evidence/{encoded}")),
        ("get_handoff", json!({ "handoff": document }), format!("/v1/handoffs/{document}")),
    ];
    for (tool, arguments, path) in cases {
        let answer = ask(&client, tool, arguments.clone()).await;
        assert_described(&tools[tool], &answer);
        assert_eq!(answer, live.get("admin", &path).await, "{tool} {arguments}");
        let is_empty = answer["data"].as_array().is_some_and(Vec::is_empty);
        assert!(!is_empty, "the test has something to compare: {tool} {arguments}");
    }
    let made = ask(&client, "generate_handoff", of(json!({ "type": "renewal", "as_of": "2026-02-20" }))).await;
    assert_described(&tools["generate_handoff"], &made);
    assert_eq!(made, live.get("admin", &format!("/v1/handoffs/{}", made["id"].as_str().unwrap())).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_is_short_and_whole() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let tools = tools(&client).await;
    let brief = ask(&client, "get_account_brief", json!({ "account": "northwind" })).await;
    assert_described(&tools["get_account_brief"], &brief);
    assert_eq!(brief["account"], live.get("admin", "/v1/accounts/northwind").await);
    assert_eq!(brief["as_of"], NOW);
    let all = live.get("admin", "/v1/accounts/northwind/commitments").await;
    let live_ones = |fact: &&Value| fact["status"] == "open" || fact["status"] == "overdue";
    let open = all["data"].as_array().unwrap().iter().filter(live_ones).count();
    assert_eq!(brief["commitments"]["total"], open);
    assert_eq!(brief["people"]["first"][0], {
        let mut first = live.get("admin", "/v1/accounts/northwind/stakeholders").await["data"][0].clone();
        first["evidence"].as_array_mut().unwrap().truncate(2);
        first
    });
    assert!(brief["gaps"].as_array().unwrap().len() > 3, "{brief}");
    assert_eq!(
        serde_json::from_str::<Value>(&read(&client, "baton://accounts/northwind/brief").await.unwrap()).unwrap(),
        brief
    );
    let gaps = ask(&client, "list_gaps", json!({ "account": "northwind" })).await;
    assert_described(&tools["list_gaps"], &gaps);
    assert_eq!(gaps["gaps"], brief["gaps"]);
    let some = ask(&client, "list_gaps", json!({ "account": "northwind", "type": "sales-to-implementation" })).await;
    assert!(some["gaps"].as_array().unwrap().iter().all(|gap| gap["types"] == json!(["sales-to-implementation"])));
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_are_answered_in_their_forms() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let tools = tools(&client).await;
    let query = async |text: &str| {
        let answer = ask(&client, "sparql_query", json!({ "query": text, "account": "northwind" })).await;
        assert_described(&tools["sparql_query"], &answer);
        answer
    };
    let rows = query("SELECT ?f { ?f a <urn:baton:ns#Commitment> }").await;
    let facts = live.get("admin", "/v1/accounts/northwind/commitments").await["data"].as_array().unwrap().len();
    assert_eq!(rows["results"]["bindings"].as_array().unwrap().len(), facts);
    assert_eq!(rows["head"]["vars"], json!(["f"]));
    assert_eq!(query("ASK { ?s ?p ?o }").await["boolean"], true);
    let graph = query("CONSTRUCT { ?s a ?o } { ?s a ?o }").await;
    assert!(graph["turtle"].as_str().unwrap().contains("Commitment"), "{graph}");
    let check = async |text: &str, expected: &str| {
        let told = super::refused(&client, "sparql_query", json!({ "query": text })).await;
        assert!(told.contains(expected), "{text}: {told}");
    };
    check("SELECT", "not valid SPARQL").await;
    check("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "updates").await;
    check("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE").await;
    check("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "than is allowed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_found_by_part_of_a_name() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let found = async |text: &str| {
        let answer = ask(&client, "find_accounts", json!({ "text": text })).await;
        let keys = answer["data"].as_array().unwrap().iter().map(|entry| entry["account"].as_str().unwrap().to_owned());
        keys.collect::<Vec<_>>()
    };
    assert_eq!(found("NORTH").await, ["northwind"]);
    assert_eq!(found("o").await, ["contoso", "northwind"]);
    assert!(found("fabrikam").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_say_what_they_do() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let shown = |tool: &Tool| {
        let hints = tool.annotations.clone().unwrap();
        assert_eq!((hints.destructive_hint, hints.open_world_hint), (Some(false), Some(false)), "{}", tool.name);
        let names: Vec<&String> = tool.input_schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(tool.input_schema["additionalProperties"], false, "{}", tool.name);
        assert_eq!(tool.output_schema.as_ref().unwrap()["type"], "object", "{}", tool.name);
        let reads = if hints.read_only_hint == Some(true) { "reads" } else { "adds" };
        let once = if hints.idempotent_hint == Some(true) { "once" } else { "each time" };
        format!("{} ({reads}, {once}): {names:?}", tool.name).replace('"', "")
    };
    let all = client.list_all_tools().await.unwrap();
    insta::assert_snapshot!(all.iter().map(shown).collect::<Vec<_>>().join("\n"), @r"
    find_accounts (reads, once): [text, limit, cursor]
    get_account_brief (reads, once): [account, as_of]
    list_stakeholders (reads, once): [account, as_of, limit, cursor]
    get_relationship_map (reads, once): [account, as_of, since, path_to]
    list_commitments (reads, once): [account, status, person, as_of, limit, cursor]
    list_risks (reads, once): [account, status, person, as_of, limit, cursor]
    search_facts (reads, once): [account, text, kind, as_of, limit]
    get_changes_since (reads, once): [account, since, until, limit, cursor]
    get_evidence (reads, once): [evidence]
    generate_handoff (adds, each time): [account, type, as_of]
    get_handoff (reads, once): [handoff, format]
    list_gaps (reads, once): [account, type]
    sparql_query (reads, once): [query, account]
    add_note (adds, once): [account, text, handoff]
    propose_correction (adds, each time): [handoff, line, statement, owner, due, reason]
    ");
    let names = async |token: &str| {
        let client = live.client(token).await;
        client.list_all_tools().await.unwrap().iter().map(|tool| tool.name.to_string()).collect::<Vec<_>>()
    };
    let reads = names("reader").await;
    assert_eq!(reads.len(), 12, "{reads:?}");
    assert_eq!(names("service").await, [reads.clone(), vec!["add_note".to_owned()]].concat());
    assert_eq!(names("reviewer").await.len(), 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn resources_and_prompts_are_listed_and_read() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let document = live.service.document("northwind").await;
    let info = client.peer_info().unwrap();
    assert!(info.instructions.as_ref().unwrap().contains("never instructions"));
    let uris: Vec<String> = client.list_all_resources().await.unwrap().into_iter().map(|one| one.uri).collect();
    for uri in ["baton://accounts", "baton://ontology", "baton://queries/risks", "baton://accounts/northwind/brief"] {
        assert!(uris.iter().any(|known| known == uri), "{uri}: {uris:?}");
    }
    for uri in &uris {
        assert!(!read(&client, uri).await.unwrap().is_empty(), "{uri}");
    }
    let accounts: Value = serde_json::from_str(&read(&client, "baton://accounts").await.unwrap()).unwrap();
    assert_eq!(accounts, live.get("admin", "/v1/accounts").await);
    assert!(read(&client, "baton://ontology").await.unwrap().contains("urn:baton:ns#"));
    let templates = client.list_all_resource_templates().await.unwrap();
    let templates: Vec<&str> = templates.iter().map(|template| template.uri_template.as_str()).collect();
    assert_eq!(templates, ["baton://accounts/{account}/brief", "baton://handoffs/{id}", "baton://queries/{name}"]);
    let text = read(&client, &format!("baton://handoffs/{document}")).await.unwrap();
    assert!(text.contains("[NEEDS CLARIFICATION]"), "{text}");
    let shown = call(&client, "get_handoff", json!({ "handoff": document })).await;
    assert_eq!(sentence(&shown), text);
    for uri in ["baton://handoffs/none", "baton://accounts/none/brief", "baton://queries/none", "file:///etc/passwd"] {
        assert!(read(&client, uri).await.is_err(), "{uri}");
    }
    let prompts = client.list_all_prompts().await.unwrap();
    assert_eq!(prompts.len(), 3);
    for prompt in prompts {
        let arguments = json!({ "account": "northwind" }).as_object().unwrap().clone();
        let asked = GetPromptRequestParams::new(prompt.name.clone());
        let got = client.get_prompt(asked.clone().with_arguments(arguments)).await.unwrap();
        let text = serde_json::to_string(&got.messages).unwrap();
        assert!(text.contains("the account northwind") && text.contains("Priya Nair"), "{}: {text}", prompt.name);
        assert!(client.get_prompt(asked).await.is_err());
    }
}

/// The newest revision has no handshake: each request stands alone.
#[tokio::test(flavor = "multi_thread")]
async fn the_newest_revision_is_spoken() {
    let live = Live::start().await;
    let mode = ClientLifecycleMode::Discover { preferred_versions: vec![rmcp::model::ProtocolVersion::V_2026_07_28] };
    let client = ().serve_with_lifecycle(live.transport("reader"), mode).await.unwrap();
    assert_eq!(client.list_all_tools().await.unwrap().len(), 12);
    let request = rmcp::model::CallToolRequestParams::new("find_accounts");
    let answer = client.call_tool(request).await.unwrap().structured_content.unwrap();
    assert_eq!(answer, live.get("reader", "/v1/accounts").await);
}
