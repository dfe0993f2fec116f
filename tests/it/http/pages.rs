//! The pages: every page × role × scope, what shared sight shows, words of others that would be markup, and that no
//! write is taken that no page of the session sent.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{Request, header};
use baton::model::{AccountScope, Sight, TokenRole};
use serde_json::json;

use super::{Answer, Service};

/// Who may use a page: roles by their first letters (admin, editor, reviewer, reader `d`, service), and whether a token
/// for one account is enough for that account (`one`), for some of the page (`some`), or not (`all`).
const TABLE: &str = include_str!("pages.txt");

const ROLES: [(&str, char); 5] =
    [("admin", 'a'), ("editor", 'e'), ("reviewer", 'r'), ("reader", 'd'), ("service", 's')];

/// Pages that need nobody to be signed in.
const OPEN: [&str; 3] = ["/signin", "/signout", "/assets/{name}"];

type Page = (&'static str, &'static str);

fn table() -> BTreeMap<Page, (&'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| !line.is_empty()).map(|line| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [method, path, roles, scope] = parts.as_slice() else { panic!("{line}") };
        ((*method, *path), (*roles, *scope))
    });
    rows.collect()
}

/// Every page, as the index has it.
fn index() -> Vec<Page> {
    static PATTERN: LazyLock<regex::Regex> =
        LazyLock::new(|| regex::Regex::new(r#"route\(\s*"([^"]+)",\s*([^\n]*)"#).unwrap());
    let text = include_str!("../../../src/web/router.rs");
    let mut pages = Vec::new();
    for found in PATTERN.captures_iter(text) {
        let (path, handlers) = (found.get(1).unwrap().as_str(), &found[2]);
        for (method, call) in [("GET", "get("), ("POST", "post(")] {
            if handlers.contains(call) && !OPEN.contains(&path) {
                pages.push((method, path));
            }
        }
    }
    assert!(pages.len() > 15, "the index is written otherwise than this test reads it");
    pages
}

/// A session of somebody.
struct Session {
    cookie: String,
    csrf: String,
}

impl Service {
    /// Signs the bearer of a token in.
    async fn sign_in(&self, token: &str) -> Session {
        let form = format!("token={}&next=/sources", self.secret(token));
        let request = Request::post("/signin").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.send(request.body(Body::from(form)).unwrap()).await;
        assert_eq!(answer.status, 303, "{token}: {}", answer.text());
        let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
        let page =
            self.send(Request::get("/sources").header(header::COOKIE, &cookie).body(Body::empty()).unwrap()).await;
        let text = page.text();
        let csrf = text.split_once("name=\"csrf\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        Session { cookie, csrf }
    }

    async fn page(&self, session: &Session, path: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, &session.cookie).body(Body::empty()).unwrap()).await
    }
}

#[test]
fn the_table_has_every_page() {
    let (table, index) = (table(), index());
    for page in &index {
        assert!(table.contains_key(page), "{page:?} is not in the table");
    }
    for page in table.keys() {
        assert!(index.contains(page), "{page:?} is in the table and not in the index");
    }
}

/// A path with things of northwind in it.
fn filled(path: &str, document: &str) -> String {
    path.replace("{account}", "northwind")
        .replace("{interaction}", "mail:%3C1@northwind.example%3E")
        .replace("{person}", "priya.nair@northwind.example")
        .replace("{handoff}", document)
        .replace("{file}", "document.md")
        .replace("{section}", "promised_deliverables")
        .replace("{number}", "1")
        .replace("{query}", "account_overview")
        .replace("{token}", "none")
        .replace("{schedule}", "none")
        .replace("{job}", "none")
        + if path.ends_with("/search") { "?q=sponsor" } else { "" }
        + &(if path.ends_with("/diff") { format!("?with={document}") } else { String::new() })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_and_scope_sees_its_pages() {
    let service = Service::start().await;
    let document = service.document("northwind").await;
    let mut sessions = BTreeMap::new();
    for (role, _) in ROLES {
        for token in [role.to_owned(), format!("{role}@contoso")] {
            sessions.insert(token.clone(), service.sign_in(&token).await);
        }
    }
    for ((method, path), (roles, scope)) in table() {
        let at = filled(path, &document);
        let status = async |session: Option<&Session>| {
            let mut request = Request::builder().method(method).uri(&at);
            if let Some(Session { cookie, csrf }) = session {
                request = request.header(header::COOKIE, cookie).header("x-csrf-token", csrf);
            }
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            service.status(request.body(Body::empty()).unwrap()).await
        };
        assert_eq!(status(None).await, 303, "{method} {path} without a session");
        for (role, letter) in ROLES {
            let found = status(Some(&sessions[role])).await;
            let other = status(Some(&sessions[&format!("{role}@contoso")])).await;
            if !roles.contains(letter) {
                assert_eq!((found, other), (403, 403), "{method} {path} as {role}");
                continue;
            }
            // A reviewer is let in, and the handoff is another's.
            let own_part = role == "reviewer" && method == "POST" && path.starts_with("/handoffs/{handoff}");
            let is_fine = found < 500 && found != 401 && found != 405 && (found != 403 || own_part);
            assert!(is_fine, "{method} {path} as {role}: {found}");
            let expected: &[u16] = match scope {
                // What is wrong with the request itself may be said first.
                // A part of a page leads to its page, whatever there is.
                "one" if path.ends_with("/side") => &[303],
                "one" => &[404, 415, 422, 400],
                "all" => &[403, 415, 422, 400],
                _ => &[200, 303, 404, 415, 422, 400],
            };
            assert!(expected.contains(&other), "{method} {path} as {role}@contoso: {other}");
        }
    }
}

/// Words that stand in the private note alone.
const PRIVATE: [&str; 3] = ["reorganisation", "note:northwind-1", "call the sponsor"];

#[tokio::test(flavor = "multi_thread")]
async fn shared_sight_shows_nothing_private() {
    let mut service = Service::start().await;
    service.make_token("guest", (TokenRole::Editor, Some(Sight::Shared)), AccountScope::All).await;
    let document = service.document("northwind").await;
    let guest = service.sign_in("guest").await;
    let admin = service.sign_in("admin").await;
    let mut hidden = 0;
    for ((method, path), _) in table() {
        if method != "GET" || path.starts_with("/administration") {
            continue;
        }
        let at = filled(path, &document);
        let (seen, whole) = (service.page(&guest, &at).await, service.page(&admin, &at).await);
        assert!(matches!(seen.status.as_u16(), 200 | 303 | 400 | 403 | 404), "{path}: {}", seen.status);
        for words in PRIVATE {
            hidden += usize::from(whole.text().contains(words));
            assert!(!seen.text().contains(words), "{path} tells {words}");
        }
    }
    assert!(hidden > 2, "the test has something to hide");
    let note = service.page(&guest, "/accounts/northwind/messages/note:northwind-1").await;
    assert_eq!(note.status, 404);
}

/// Markup where words should be.
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>";

#[tokio::test(flavor = "multi_thread")]
async fn words_of_others_stay_words() {
    let service = Service::start().await;
    let party = |role: &str, address: &str| json!({ "role": role, "name": HOSTILE, "address": address });
    let mail = json!({
        "id": format!("mail:{HOSTILE}"), "kind": "email", "thread": HOSTILE, "sent_at": "2026-02-20T09:30:00Z",
        "subject": HOSTILE,
        "text": format!("We will send you the {HOSTILE} report by Friday.\nWe are worried about the budget {HOSTILE}."),
        "participants": [party("from", "eve@northwind.example"), party("to", "sam.ortiz@vendor.example")],
    });
    service.load("northwind", &[mail]).await;
    let document = service.document("northwind").await;
    let admin = service.sign_in("admin").await;
    let id = percent_encoding::utf8_percent_encode(HOSTILE, percent_encoding::NON_ALPHANUMERIC);
    let pages = table().into_keys().filter(|(method, _)| *method == "GET").map(|(_, path)| filled(path, &document));
    let mut told = 0;
    for at in pages.chain([format!("/accounts/northwind/messages/mail:{id}"), format!("/?q={id}")]) {
        let page = service.page(&admin, &at).await;
        let text = page.text();
        if page.header(header::CONTENT_TYPE).starts_with("text/html") {
            told += usize::from(text.contains("&lt;script&gt;alert(1)"));
            for markup in ["<script>alert", "<img src=x", "<svg onload"] {
                assert!(!text.contains(markup), "{at} has {markup}");
            }
            assert!(!page.header(header::CONTENT_SECURITY_POLICY).contains("script-src 'unsafe"), "{at}");
        }
    }
    assert!(told >= 3, "the words are shown on {told} pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_must_come_from_a_page_of_the_session() {
    let service = Service::start().await;
    let (admin, editor) = (service.sign_in("admin").await, service.sign_in("editor").await);
    let form = "application/x-www-form-urlencoded";
    let check = async |headers: &[(&str, &str)], path: &str, body: String, expected: u16| {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, form).header(header::COOKIE, &admin.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let found = service.status(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(found, expected, "{headers:?} {path}");
    };
    let path = "/administration/tokens/none/revoke";
    check(&[], path, String::new(), 403).await;
    check(&[], path, format!("csrf={}", editor.csrf), 403).await;
    check(&[("x-csrf-token", &editor.csrf)], path, String::new(), 403).await;
    check(&[("origin", "https://evil.example"), ("host", "localhost")], path, format!("csrf={}", admin.csrf), 403)
        .await;
    check(&[("sec-fetch-site", "cross-site")], path, format!("csrf={}", admin.csrf), 403).await;
    // Let in, and there is no such token.
    check(&[], path, format!("csrf={}", admin.csrf), 404).await;
    check(&[("x-csrf-token", &admin.csrf)], path, String::new(), 404).await;
    check(&[], &format!("{path}?csrf={}", admin.csrf), String::new(), 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_its_token() {
    let service = Service::start().await;
    let (admin, editor) = (service.sign_in("admin").await, service.sign_in("editor").await);
    assert_eq!(service.page(&editor, "/").await.status, 200);
    let tokens = service.get("admin", "/v1/tokens").await.json();
    let of_editor = |token: &&serde_json::Value| token["name"] == "editor";
    let id = tokens["data"].as_array().unwrap().iter().find(of_editor).unwrap()["id"].as_str().unwrap().to_owned();
    let request = Request::post(format!("/administration/tokens/{id}/revoke"))
        .header(header::COOKIE, &admin.cookie)
        .header("x-csrf-token", &admin.csrf);
    assert_eq!(service.send(request.body(Body::empty()).unwrap()).await.status, 303);
    assert_eq!(service.page(&editor, "/").await.status, 303);
    assert_eq!(service.page(&admin, "/").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_over_all_accounts_misses_none() {
    let service = Service::start().await;
    let said = |account: &str, day: &str, text: &str| {
        json!({
            "id": format!("mail:<1@{account}.example>"), "kind": "email", "sent_at": format!("2026-{day}T09:30:00Z"),
            "subject": "Status", "text": text,
            "participants": [{ "role": "from", "name": "Priya Nair", "address": format!("priya@{account}.example") },
                { "role": "to", "name": "Sam Ortiz", "address": "sam.ortiz@vendor.example" }],
        })
    };
    for number in 0..45 {
        let account = format!("many-{number}");
        service.load(&account, &[said(&account, "02-03", "We are worried about the budget for next year.")]).await;
    }
    // The last by name, and the one in which something was said longest ago.
    service.load("zulu", &[said("zulu", "01-02", "We are worried about the forklifts in hall 2.")]).await;
    let (all, some) = (service.sign_in("admin").await, service.sign_in("reader@northwind").await);
    for (kind, other) in [("fact", "message"), ("message", "fact")] {
        let path = format!("/search?q=forklifts&{other}=none");
        let page = service.page(&all, &path).await.text();
        assert!(page.contains("/accounts/zulu/messages/"), "{kind}: {page}");
        assert!(!service.page(&some, &path).await.text().contains("zulu"), "{kind}");
    }
}
