//! What stands before the protocol: tokens, hosts, origins; and what is not as it must be.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HOST, ORIGIN};
use rmcp::ServiceError;
use rmcp::model::{CallToolRequestParams, ErrorCode};
use serde_json::{Value, json};

use super::{Live, refused};

async fn post(live: &Live, token: Option<&str>, headers: &[(reqwest::header::HeaderName, &str)]) -> u16 {
    let ask = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    let mut request = live.web.post(live.url("/mcp")).header(CONTENT_TYPE, "application/json");
    request = request.header(ACCEPT, "application/json, text/event-stream").body(ask.to_string());
    if let Some(token) = token {
        request = request.bearer_auth(live.service.secret(token));
    }
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_should_comes_in() {
    let live = Live::start().await;
    assert_eq!(post(&live, Some("reader"), &[]).await, 200);
    assert_eq!(post(&live, None, &[]).await, 401);
    for origin in ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:9"] {
        assert_eq!(post(&live, Some("reader"), &[(ORIGIN, origin)]).await, 200, "{origin}");
    }
    for origin in ["https://evil.example", "null", "http://localhost.evil.example", "nonsense"] {
        assert_eq!(post(&live, Some("reader"), &[(ORIGIN, origin)]).await, 403, "{origin}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"] {
        assert_eq!(post(&live, Some("reader"), &[(HOST, host)]).await, 403, "{host}");
    }
    let get = live.web.get(live.url("/mcp")).bearer_auth(live.service.secret("reader")).send().await.unwrap();
    assert_eq!(get.status().as_u16(), 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_arguments_are_told_in_a_sentence() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let check = async |tool: &str, arguments: Value, expected: &str| {
        let told = refused(&client, tool, arguments).await;
        assert!(told.contains(expected), "{tool}: {told}");
    };
    check("get_account_brief", json!({}), "missing field `account`").await;
    check("get_account_brief", json!({ "account": 3 }), "invalid type").await;
    check("get_account_brief", json!({ "account": "Northwind" }), "there is no account Northwind").await;
    check("get_account_brief", json!({ "account": "northwind", "as_of": "soon" }), "as_of: \"soon\" is neither").await;
    check("list_commitments", json!({ "account": "northwind", "status": "done" }), "unknown variant `done`").await;
    check("list_commitments", json!({ "account": "northwind", "limit": 0 }), "limit is 0").await;
    check("list_risks", json!({ "account": "northwind", "cursor": "x" }), "cursor").await;
    check("get_changes_since", json!({ "account": "northwind", "since": "2027-01-01" }), "since lies after until")
        .await;
    check("get_evidence", json!({ "evidence": "nothing" }), "there is no evidence nothing").await;
    check("generate_handoff", json!({ "account": "northwind", "type": "poem" }), "poem").await;
    check("get_handoff", json!({ "handoff": "none" }), "there is no document none").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_tool_does_not_take_is_refused() {
    let live = Live::start().await;
    let client = live.client("admin").await;
    let check = async |tool: &'static str, arguments: Value, expected: &str| {
        let request = CallToolRequestParams::new(tool).with_arguments(arguments.as_object().unwrap().clone());
        let Err(ServiceError::McpError(error)) = client.call_tool(request).await else { panic!("{tool} answers") };
        assert_eq!((error.code, error.message.as_ref()), (ErrorCode::INVALID_PARAMS, expected));
    };
    check("drop_everything", json!({}), "there is no tool drop_everything").await;
    check("get_evidence", json!({ "evidence": "a", "role": "admin" }), "get_evidence takes no role: it takes evidence")
        .await;
}
