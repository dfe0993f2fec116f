//! A server with the endpoint, on a port of its own, and its callers.

use std::sync::{Arc, Once};
use std::time::Duration;

use axum::{Extension, Router};
use baton::access::Caller;
use baton::archive::Archive;
use baton::graph::GraphStore;
use baton::http::sparql::routes;
use baton::ingest::Stores;
use baton::model::{AccountScope, AccountSlug, Sight, Token, TokenRole};
use baton::sparql::{Endpoint, Limits, Pool, Program, Updates};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A running server. Each caller has the endpoint below a path of their own: `/name/sparql`.
pub(crate) struct Server {
    pub(crate) stores: Stores,
    pub(crate) pool: Pool,
    pub(crate) runtime: Arc<Runtime>,
    pub(crate) client: reqwest::Client,
    pub(crate) address: String,
    pub(crate) folder: TempDir,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) text: String,
}

/// Limits that a test reaches soon.
pub(crate) fn limits() -> Limits {
    Limits { time: Duration::from_secs(20), memory: 1 << 30, ..Limits::default() }
}

/// The callers of every server: one who may write to the test server, and others who may not.
fn callers() -> Vec<(&'static str, Caller, Updates)> {
    vec![
        ("writer", caller(TokenRole::Admin, &[], Sight::Full), Updates::Admins),
        ("admin", caller(TokenRole::Admin, &[], Sight::Full), Updates::Refused),
        ("service", caller(TokenRole::Service, &[], Sight::Shared), Updates::Admins),
        ("northwind", caller(TokenRole::Editor, &["northwind"], Sight::Full), Updates::Admins),
        ("shared", caller(TokenRole::Reader, &["northwind"], Sight::Shared), Updates::Refused),
        ("w3c", caller(TokenRole::Reader, &["data0", "data1", "data2", "data3"], Sight::Full), Updates::Refused),
    ]
}

/// The bearer of a token for some accounts, or for all when none is named.
fn caller(role: TokenRole, accounts: &[&str], sight: Sight) -> Caller {
    let named = accounts.iter().map(|name| AccountSlug::from_name(name).unwrap()).collect();
    let token = Token {
        id: "id".to_owned(),
        name: "Sam Ortiz".to_owned(),
        role,
        sight,
        accounts: if accounts.is_empty() { AccountScope::All } else { AccountScope::Only(named) },
        created_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        revoked_at: None,
        last_used_at: None,
    };
    Caller { token }
}

impl Server {
    /// A server over an empty store.
    pub(crate) fn start(limits: Limits) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let folder = TempDir::new().unwrap();
        let runtime = Arc::new(Runtime::new().unwrap());
        let archive = runtime.block_on(Archive::open(folder.path())).unwrap();
        let stores = Stores::of(archive, GraphStore::open(&folder.path().join("graph")).unwrap());
        let program = Program::at(env!("CARGO_BIN_EXE_baton"));
        let pool = Pool::new(program, stores.clone(), &folder.path().join("sparql"), limits).unwrap();
        let mut router = Router::new();
        for (name, caller, updates) in callers() {
            let endpoint = Endpoint { pool: pool.clone(), stores: stores.clone(), updates };
            router = router.route(&format!("/{name}/sparql"), routes(endpoint).layer(Extension(caller)));
        }
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { stores, pool, runtime, client: reqwest::Client::new(), address, folder }
    }

    /// Sends a request and waits for the answer.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(String, String)], body: Option<Vec<u8>>) -> Reply {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        self.runtime.block_on(reply(request.body(body.unwrap_or_default())))
    }

    /// Sends a query of a caller as it is.
    pub(crate) fn query(&self, caller: &str, text: &str, accept: &str) -> Reply {
        let headers = [("content-type", "application/sparql-query"), ("accept", accept)].map(owned);
        self.send("POST", &format!("/{caller}/sparql"), &headers, Some(text.as_bytes().to_vec()))
    }

    /// The rows of a query that must be answered, as CSV without their header.
    pub(crate) fn rows(&self, caller: &str, text: &str) -> Vec<String> {
        let reply = self.query(caller, text, "text/csv");
        assert_eq!(reply.status, 200, "{text}: {reply:?}");
        reply.text.lines().skip(1).map(str::to_owned).collect()
    }

    /// Runs an update that must be done.
    pub(crate) fn update(&self, text: &str) {
        let headers = [("content-type", "application/sparql-update")].map(owned);
        let reply = self.send("POST", "/writer/sparql", &headers, Some(text.as_bytes().to_vec()));
        assert_eq!(reply.status, 204, "{text}: {reply:?}");
    }
}

/// A header.
pub(crate) fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// What a request is answered. A refused one must say why, as a problem.
pub(crate) async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let media_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let media_type = media_type.unwrap_or_default();
    let text = response.text().await.unwrap();
    if status >= 400 && status != 405 {
        assert_eq!(media_type, "application/problem+json", "{text}");
        let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(problem["status"], status, "{text}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{text}");
    }
    Reply { status, media_type, text }
}
