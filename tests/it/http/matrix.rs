//! Every route × role × scope: who is let in, who is not, and that no route is unknown to this table.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::header;
use serde_json::json;

use super::Service;

/// Who may use a route: roles by their first letters (admin, editor, reviewer, reader `d`, service), and whether a
/// token for some accounts is enough.
const TABLE: &str = "
GET /v1/accounts                                      aerds some
GET /v1/accounts/{account}                            aerds one
GET /v1/accounts/{account}/changes                    aerds one
GET /v1/accounts/{account}/map                        aerds one
GET /v1/accounts/{account}/sources                    aerds one
GET /v1/accounts/{account}/facts                      aerds one
GET /v1/accounts/{account}/facts/{fact}               aerds one
GET /v1/accounts/{account}/search                     aerds one
GET /v1/accounts/{account}/{kinds}                    aerds one
GET /v1/accounts/{account}/stakeholders               aerds one
GET /v1/accounts/{account}/stakeholders/{stakeholder} aerds one
GET /v1/accounts/{account}/people/suggestions         aerds one
POST /v1/accounts/{account}/people/merges             ae one
POST /v1/accounts/{account}/people/splits             ae one
GET /v1/accounts/{account}/interactions               aerds one
GET /v1/accounts/{account}/interactions/{interaction} aerds one
GET /v1/accounts/{account}/messages/search            aerds one
GET /v1/evidence/{evidence}                           aerds one
POST /v1/accounts/{account}/ingest                    aes one
POST /v1/ingest                                       aes all
GET /v1/jobs                                          aerds some
GET /v1/jobs/{job}                                    aerds some
POST /v1/accounts/{account}/documents                 aer one
POST /v1/accounts/{account}/handoffs                  aer one
GET /v1/accounts/{account}/handoffs                   aerds one
GET /v1/handoffs                                      aerds some
GET /v1/document-types                                aerds some
GET /v1/handoffs/{handoff}                            aerds one
GET /v1/handoffs/{handoff}/diff                       aerds one
GET /v1/handoffs/{handoff}/sheet                      aer one
POST /v1/handoffs/{handoff}/approve                   ae one
POST /v1/handoffs/{handoff}/correct                   ae one
POST /v1/handoffs/{handoff}/reject                    ae one
POST /v1/handoffs/{handoff}/add                       ae one
POST /v1/handoffs/{handoff}/deliver                   ae one
POST /v1/handoffs/{handoff}/ask                       ae one
POST /v1/handoffs/{handoff}/answer                    ae one
POST /v1/handoffs/{handoff}/accept                    ae one
POST /v1/handoffs/{handoff}/reject-document           ae one
POST /v1/handoffs/{handoff}/archive                   ae one
POST /v1/handoffs/{handoff}/feedback                  ae one
POST /v1/handoffs/{handoff}/meeting                   ae one
GET /v1/reports/quality                               aerds some
GET /v1/reports/outcomes                              aerds some
GET /v1/queries                                       aerds some
GET /v1/queries/{query}                               aerds some
GET /v1/schedules                                     a all
PUT /v1/schedules/{schedule}                          a all
DELETE /v1/schedules/{schedule}                       a all
GET /v1/calibration                                   a all
PUT /v1/calibration                                   a all
DELETE /v1/calibration                                a all
GET /v1/tokens                                        a all
POST /v1/tokens                                       a all
DELETE /v1/tokens/{token}                             a all
GET /v1/audit                                         a all
GET /sparql                                           aerds some
POST /sparql                                          aerds some
POST /v1/jobs/{job}/retry                             aes some
POST /v1/accounts/{account}/erasures                  a one
GET /v1/events/log                                    aerds some
GET /v1/events                                        aerds some
GET /v1/webhooks                                      a all
POST /v1/webhooks                                     a all
DELETE /v1/webhooks/{webhook}                         a all
POST /v1/webhooks/{webhook}/secret                    a all
GET /v1/webhooks/{webhook}/deliveries                 a all
POST /v1/webhooks/{webhook}/replay                    a all
";

const ROLES: [(&str, char); 5] =
    [("admin", 'a'), ("editor", 'e'), ("reviewer", 'r'), ("reader", 'd'), ("service", 's')];

struct Row {
    roles: &'static str,
    scope: &'static str,
}

fn table() -> BTreeMap<(&'static str, &'static str), Row> {
    let rows = TABLE.lines().filter(|line| !line.is_empty()).map(|line| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [method, path, roles, scope] = parts.as_slice() else { panic!("{line}") };
        ((*method, *path), Row { roles, scope })
    });
    rows.collect()
}

fn described() -> Vec<(String, String)> {
    let api = serde_json::to_value(baton::http::openapi()).unwrap();
    let paths = api["paths"].as_object().unwrap();
    let methods = |(path, item): (&String, &serde_json::Value)| {
        item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(methods).collect()
}

#[test]
fn the_table_has_every_route() {
    let table = table();
    let described = described();
    for (method, path) in &described {
        assert!(table.contains_key(&(method.as_str(), path.as_str())), "{method} {path} is not in the table");
    }
    for (method, path) in table.keys() {
        let is_there = described.iter().any(|(known, at)| known == method && at == path);
        assert!(is_there, "{method} {path} is in the table and not in the service");
    }
}

/// A path with things of northwind in it.
fn filled(path: &str, document: &str) -> String {
    path.replace("{account}", "northwind")
        .replace("{kinds}", "risks")
        .replace("{fact}", "none")
        .replace("{stakeholder}", "priya.nair@northwind.example")
        .replace("{interaction}", "mail:%3C1@northwind.example%3E")
        .replace("{evidence}", "mail:%3C1@northwind.example%3E%230-2")
        .replace("{handoff}", document)
        .replace("{query}", "account_overview")
        + if path.ends_with("/search") { "?q=report" } else { "" }
        + if path.ends_with("/changes") { "?since=2026-01-01" } else { "" }
        + &(if path.ends_with("/diff") { format!("?with={document}") } else { String::new() })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_and_scope_comes_in_where_it_may() {
    let service = Service::start().await;
    let document = service.document("northwind").await;
    for ((method, path), row) in table() {
        let at = filled(path, &document);
        let status = async |token: &str| {
            let request = service.request(token, method, &at).header(header::CONTENT_TYPE, "application/json");
            service.status(request.body(Body::from(json!({}).to_string())).unwrap()).await
        };
        assert_eq!(status("").await, 401, "{method} {path} without a token");
        for (role, letter) in ROLES {
            let may = row.roles.contains(letter);
            let own_part = path.starts_with("/v1/handoffs/{handoff}/") && method == "POST" && role == "reviewer";
            let expected_refusal = !may;
            let found = status(role).await;
            if own_part {
                // Let in, but the handoff is another's; a body that says nothing may be refused before.
                assert!(matches!(found, 403 | 415 | 422 | 400), "{method} {path} as {role}: {found}");
            } else if expected_refusal {
                assert_eq!(found, 403, "{method} {path} as {role}");
            } else {
                assert!(!matches!(found, 401 | 403 | 405) && found < 500, "{method} {path} as {role}: {found}");
            }
            let other = status(&format!("{role}@contoso")).await;
            match row.scope {
                _ if expected_refusal && !own_part => assert_eq!(other, 403, "{method} {path} as {role}@contoso"),
                "one" => assert!(matches!(other, 404 | 415 | 422 | 400), "{method} {path} as {role}@contoso: {other}"),
                "all" => assert!(matches!(other, 403 | 422 | 400), "{method} {path} as {role}@contoso: {other}"),
                _ => assert!(other < 500 && other != 401 && other != 403, "{method} {path} as {role}@contoso: {other}"),
            }
        }
    }
}
