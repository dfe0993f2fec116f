//! The HTTP interface, called in this process: two accounts, a token of every role, a clock that stands.

mod documents;
mod interface;
mod loading;
mod matrix;
mod once;
mod pages;
mod reading;
mod sight;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use baton::access::create;
use baton::api::{App, Place};
use baton::archive::Archive;
use baton::config::EngineName;
use baton::graph::GraphStore;
use baton::handoff::Definitions;
use baton::http::{Gate, Limits, Rate, router};
use baton::ingest::{Options, Stores, ingest};
use baton::model::{AccountScope, AccountSlug, Sight, TokenRole};
use baton::queries::Catalogue;
use baton::schedule::Clock;
use baton::search::Meanings;
use baton::sparql::Program;
use baton::web::{PageSettings, Transport};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// A clock that stands.
struct Standing(Timestamp);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A service in this process.
pub(crate) struct Service {
    pub(crate) app: App,
    routes: Router,
    tokens: BTreeMap<String, String>,
    stop: CancellationToken,
    _folder: TempDir,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// An answer that has no end.
pub(crate) struct Streamed(axum::body::BodyDataStream);

impl Streamed {
    /// What comes next; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let bytes = futures_util::StreamExt::next(&mut self.0).await?.unwrap();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The time of every test.
pub(crate) const NOW: &str = "2026-03-01T12:00:00Z";

impl Service {
    /// Two accounts, and tokens `admin`, `editor`, `reviewer`, `reader`, `service` for all accounts, the same with
    /// `@northwind` and `@contoso` for one.
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default(), 10_000).await
    }

    pub(crate) async fn with(limits: Limits, rate: u32) -> Self {
        Self::of(limits, rate, Meanings::default()).await
    }

    /// The same as [`Self::start`], with search by meaning.
    #[cfg(feature = "rust-bert")]
    pub(crate) async fn with_meanings(meanings: Meanings) -> Self {
        Self::of(Limits::default(), 10_000, meanings).await
    }

    async fn of(limits: Limits, rate: u32, meanings: Meanings) -> Self {
        let folder = TempDir::new().unwrap();
        let archive = Archive::open(folder.path()).await.unwrap();
        let stores = Stores::of(archive, GraphStore::open(&folder.path().join("graph")).unwrap());
        stores.add_vendor_domains(&["vendor.example".to_owned()]).await.unwrap();
        let files = (Definitions::load(None).unwrap(), Catalogue::load(None).unwrap());
        let clock = Arc::new(Standing(NOW.parse().unwrap()));
        let place = Place::of(folder.path().to_owned(), Program::at(env!("CARGO_BIN_EXE_baton")));
        let app =
            App::new(stores, EngineName::Embedded.engine(None), files, clock, place).unwrap().with_meanings(meanings);
        let stop = CancellationToken::new();
        let (gate, _) = Gate::new(&app, Rate { per_second: NonZeroU32::new(rate).unwrap() });
        let settings = PageSettings { transport: Transport::Plain, folder: None };
        let pages = baton::web::router(&app, &gate, &settings);
        let routes = router(&app, &gate, limits, (Router::new(), pages));
        let mut service = Self { app, routes, tokens: BTreeMap::new(), stop, _folder: folder };
        service.make_tokens().await;
        for account in ["northwind", "contoso"] {
            service.load(account, &mails(account)).await;
        }
        service
    }

    async fn make_tokens(&mut self) {
        for role in TokenRole::ALL {
            for of in ["", "northwind", "contoso"] {
                let scope = match AccountSlug::from_name(of) {
                    Some(account) => AccountScope::Only([account].into()),
                    None => AccountScope::All,
                };
                let name = if of.is_empty() { role.as_str().to_owned() } else { format!("{}@{of}", role.as_str()) };
                self.make_token(&name, (role, None), scope).await;
            }
        }
        self.make_token("Sam Ortiz", (TokenRole::Reviewer, None), AccountScope::All).await;
    }

    /// Makes a token that is called as its bearer.
    pub(crate) async fn make_token(&mut self, name: &str, role: (TokenRole, Option<Sight>), scope: AccountScope) {
        let times = (self.app.clock.now(), None);
        let (_, secret) = create(&self.app.stores.archive, name, role, scope, times).await.unwrap();
        self.tokens.insert(name.to_owned(), secret);
    }

    pub(crate) fn secret(&self, token: &str) -> &str {
        &self.tokens[token]
    }

    /// Loads interactions without the interface.
    pub(crate) async fn load(&self, account: &str, lines: &[Value]) {
        let path = self.path(&format!("{account}.jsonl"));
        std::fs::write(&path, json_lines(lines)).unwrap();
        let options = Options { paths: vec![path], account: AccountSlug::from_name(account), ..Options::default() };
        let (stores, engine) = (&self.app.stores, &self.app.engine);
        let report = ingest(stores, engine, &options, self.app.clock.now(), Arc::new(|_| {})).await.unwrap();
        assert!(report.rejected.is_empty(), "{:?}", report.rejected);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.app.data.join(name)
    }

    /// Does jobs until the service is dropped.
    pub(crate) fn work(&self) {
        let (app, stop) = (self.app.clone(), self.stop.clone());
        tokio::spawn(async move { app.run_jobs(stop).await });
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.routes.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Sends a request and answers the status alone: a stream of events has no end.
    pub(crate) async fn status(&self, request: Request<Body>) -> u16 {
        self.routes.clone().oneshot(request).await.unwrap().status().as_u16()
    }

    /// Sends a request whose answer has no end.
    pub(crate) async fn stream(&self, request: Request<Body>) -> Streamed {
        let answer = self.routes.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        Streamed(answer.into_body().into_data_stream())
    }

    /// A request of the bearer of a token; none when it is empty.
    pub(crate) fn request(&self, token: &str, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        if token.is_empty() {
            return request;
        }
        request.header(header::AUTHORIZATION, format!("Bearer {}", self.secret(token)))
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        self.send(self.request(token, "GET", path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        let request = self.request(token, "POST", path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Makes a document and answers its id.
    pub(crate) async fn document(&self, account: &str) -> String {
        let made = self
            .post("admin", &format!("/v1/accounts/{account}/documents"), json!({ "type": "sales-to-implementation" }))
            .await;
        assert_eq!(made.status, 201, "{}", made.text());
        made.json()["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Values as JSON Lines.
pub(crate) fn json_lines(values: &[Value]) -> String {
    values.iter().flat_map(|value| [value.to_string(), "\n".to_owned()]).collect()
}

/// An account's mails: promises, a risk, a private note with a sensitive topic.
pub(crate) fn mails(account: &str) -> Vec<Value> {
    let customer = format!("priya.nair@{account}.example");
    let mail = |number: u32, day: &str, from: (&str, &str), to: (&str, &str), text: &str| {
        json!({
            "id": format!("mail:<{number}@{account}.example>"), "kind": "email", "thread": format!("t{number}"),
            "sent_at": format!("2026-{day}T09:30:00Z"), "subject": "Kick-off", "text": text,
            "participants": [{ "role": "from", "name": from.0, "address": from.1 },
                { "role": "to", "name": to.0, "address": to.1 }],
        })
    };
    let (sam, priya) = (("Sam Ortiz", "sam.ortiz@vendor.example"), ("Priya Nair", customer.as_str()));
    let mut mails = vec![
        mail(1, "01-12", sam, priya, "Hi Priya,\n\nI'll send you the SOC 2 report by Friday.\n\nBest,\nSam"),
        mail(
            2,
            "01-14",
            priya,
            sam,
            "Hi Sam,\n\nOur goal is to cut onboarding time from ten days to two.\nWe are worried about the budget for next year.\n\nPriya Nair\nVP Operations",
        ),
        mail(
            3,
            "01-20",
            sam,
            priya,
            "Hi Priya,\n\nI will set up the sandbox next week. We'll deliver the import scripts by 2026-02-20.\n\nBest,\nSam",
        ),
        mail(
            4,
            "02-02",
            priya,
            sam,
            "Hi Sam,\n\nCould you please send the pricing for 40 more seats?\nWe need single sign-on with Okta before go-live.\n\nPriya",
        ),
    ];
    mails.push(json!({
        "id": format!("note:{account}-1"), "kind": "note", "sent_at": "2026-02-10T08:00:00Z", "visibility": "private",
        "subject": "Call with the sponsor",
        "text": "Priya is worried that the reorganisation will cost her the budget owner role. Please do not mention the reorganisation to her team.\nI'll call the sponsor on 2026-03-15.",
        "participants": [{ "role": "author", "name": "Sam Ortiz", "address": "sam.ortiz@vendor.example" }],
    }));
    mails
}
